"""Pages to check, seal, sign and correct minutes, without scripts."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dabir.cycle.sealing import seal_minutes
from dabir.desk.sent_once import NAME
from dabir.directory.models import Post
from dabir.foundation.errors import Invalid
from dabir.meetings import services
from dabir.meetings.audiences import HIDDEN
from dabir.meetings.compiling import text_of
from dabir.meetings.documents import stamp_of
from dabir.meetings.models import Dissent, Manuscript, Meeting, MinutesVersion, SignedScan, Suggestion
from dabir.meetings.services.holding import Mark, Standing
from dabir.obligations.models import Obligation
from dabir.persian import clock
from tests import builders, drafts
from tests.desk.conftest import SignIn
from tests.personas import Personas
from tests.writing.test_minutes_pdf import pages

CODE = "hq-1398-11"
LINE = next(n for n, line in enumerate(drafts.TEXT.split("\n"), 1) if line.startswith("۲-"))


@pytest.fixture
def draft(world: Personas) -> Manuscript:
    return drafts.manuscript(world)


@pytest.fixture
def version(world: Personas, draft: Manuscript) -> MinutesVersion:
    return seal_minutes(draft, revision=2, by=world.secretary)


def scan(*says: str, name: str = "scan.png", scale: int = 5) -> SimpleUploadedFile:
    held = io.BytesIO()
    segno.make(says[0] if says else "-").save(held, kind="png", scale=scale)
    return SimpleUploadedFile(name, held.getvalue())


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def newest_of(version: MinutesVersion) -> MinutesVersion:
    return version.meeting.versions.order_by("-number")[0]


def differing(shown: str) -> list[str]:
    """The lines of the list, as somebody reads them."""
    box = re.search(r'id="differing">(.*?)</ul>', shown, re.S)
    items = re.findall(r"<li>(.*?)</li>", box[1], re.S) if box else []
    return [" ".join(re.sub(r"<[^>]*>", "", item).split()) for item in items]


def test_a_member_corrects_a_line_and_the_secretary_accepts_it(
    world: Personas, draft: Manuscript, sign_in: SignIn
) -> None:
    secretary, member = sign_in("secretary"), sign_in("officer")
    page(member, f"/m/{CODE}/check/", 404)
    secretary.post(f"/m/{CODE}/check/round/", {"until": "1398/07/25"})
    shown = page(member, f"/m/{CODE}/check/?line={LINE}")
    typed = re.search(r'<textarea id="f-new".*?>(.*?)</textarea>', shown, re.S)
    assert typed and typed[1].startswith("۲-")
    new = typed[1].replace("گزارش خود", "گزارش مکتوب خود")
    member.post(f"/m/{CODE}/check/suggest/", {"line": LINE, "revision": 2, "new": new, "reason": "روشن‌تر"})
    said = Suggestion.objects.get()
    assert said.old in drafts.TEXT and len(said.old) < 12 and said.party.code == "agriculture"
    assert "مکتوب" in page(secretary, f"/m/{CODE}/")  # it waits for an answer
    secretary.post(f"/corrections/{said.pk}/", {"act": "accept"})
    assert text_of(draft) == drafts.TEXT.replace("گزارش خود", "گزارش مکتوب خود")
    assert "پذیرفته" in page(member, f"/m/{CODE}/check/")


def test_members_see_that_a_line_of_the_draft_is_classified_and_not_what_it_says(
    world: Personas, sign_in: SignIn
) -> None:
    said, loose = "نرخ بیکاری ۵ درصد است", "موضوع سد گلابر مسکوت ماند"
    before = drafts.TEXT.replace("ب - مذاکرات جلسه:\n", f"ب - مذاکرات جلسه:\n\n(محرمانه) {loose}.\n")
    draft = drafts.manuscript(world, before)
    hidden = before.split("\n").index(f"آقای نجفی گفت {said}.") + 1
    drafts.write(world, draft, before.replace(f"{said}.", f"{said}. (محرمانه)"))
    draft = services.circulate(draft, until=clock.today(), by=world.secretary)
    member, check = sign_in("officer"), f"/m/{CODE}/check/"
    shown = page(member, f"{check}?line={hidden}")
    lines = re.findall(r'<span class="text(?: faint)?" dir="auto">(.*?)</span>', shown)
    assert lines[hidden - 1] == HIDDEN and lines.count(HIDDEN) == 2
    assert f"?line={hidden}#" not in shown and f"?line={LINE + 2}#" in shown
    assert lines[LINE + 1].startswith("۲-")
    assert f'href="/m/{CODE}/draft.pdf"' in shown
    printed = "".join(pages(member.get(f"/m/{CODE}/draft.pdf").content))
    for words in (said, loose, "نجفی"):
        assert words not in shown and words not in printed
    assert HIDDEN in printed
    for posted in (  # the line as it stands, and as it stood before it was marked
        {"line": hidden, "revision": 3, "new": "آقای نجفی چیزی نگفت."},
        {"line": hidden, "revision": 2, "new": "آقای نجفی چیزی نگفت."},
    ):
        assert member.post(f"{check}suggest/", posted).status_code in (409, 422)
    with pytest.raises(Invalid) as refused:
        services.suggest(draft, by=world.officer, revision=3, old=said, new="")
    assert refused.value.field == "old"  # as words that stand nowhere
    assert not Suggestion.objects.exists()
    member.post(f"{check}suggest/", {"line": LINE + 2, "revision": 3, "new": lines[LINE + 1] + " فوری است."})
    services.accept_suggestion(Suggestion.objects.get(), by=world.secretary)
    assert "فوری است." in text_of(draft) and said in text_of(draft)
    whole = page(sign_in("secretary"), check)
    assert said in whole and loose in whole and HIDDEN not in whole
    services.name_reader(draft.meeting, Post.objects.get(party__code="post-officer"), by=world.secretary)
    assert said in page(member, check)
    seal_minutes(draft, revision=4, by=world.secretary)
    public = page(sign_in("head"), f"/m/{CODE}/versions/1/")
    assert "فوری است." in public and said not in public and loose not in public


def test_a_late_dissent_is_recorded_on_the_page_of_minutes_that_stand(world: Personas, sign_in: SignIn) -> None:
    """Also where they came on paper, and no draft of them was ever here."""
    meeting = builders.meeting(world)
    address, secretary = f"/m/{meeting.code}/", sign_in("secretary")
    form = f'action="{address}dissent/"'
    assert form in page(secretary, address) and form not in page(sign_in("staff"), address)
    said = {
        "text": "با مصوبه دوم مخالفم",
        "about": "۲",
        "party": world.parties["housing"].pk,
        "secrecy": "confidential",
    }
    answer = secretary.post(f"{address}dissent/", said)
    assert answer["Location"] == f"{address}#dissent"
    one = Dissent.objects.get()
    assert (one.party, one.about, one.secrecy) == (world.parties["housing"], "۲", "confidential")
    assert "با مصوبه دوم مخالفم" in page(secretary, address)
    refused = secretary.post(
        f"{address}dissent/", said | {"about": "۹۹"}, headers={"referer": f"http://testserver{address}"}
    )
    assert refused.status_code == 422 and Dissent.objects.count() == 1
    assert sign_in("staff").post(f"{address}dissent/", said).status_code == 403
    assert sign_in("head").post(f"{address}dissent/", said).status_code == 404
    planned = drafts.held(world, number=12)
    assert f"{planned.code}/dissent/" not in page(secretary, f"/m/{planned.code}/")


def test_the_class_of_a_dissent_is_set_where_it_stands(world: Personas, draft: Manuscript, sign_in: SignIn) -> None:
    services.circulate(draft, until=clock.today(), by=world.secretary)
    code = draft.meeting.code
    said = {"text": "مخالفم", "secrecy": "confidential"}
    sign_in("head").post(f"/m/{code}/check/dissent/", said)
    one = Dissent.objects.get()
    assert one.secrecy == "confidential"
    set_it = f'action="/dissents/{one.pk}/class/"'
    assert set_it not in page(sign_in("head"), f"/m/{code}/check/")
    secretary = sign_in("secretary")
    assert set_it in page(secretary, f"/m/{code}/check/")
    seal_minutes(draft, revision=2, by=world.secretary)
    shown = page(secretary, f"/m/{code}/")
    assert set_it in shown and 'class="badge confidential"' in shown
    answer = secretary.post(f"/dissents/{one.pk}/class/", {"secrecy": "normal", "next": f"/m/{code}/"})
    assert answer["Location"] == f"/m/{code}/#dissent" and Dissent.objects.get().secrecy == "normal"
    assert secretary.post(f"/dissents/{one.pk}/class/", {"secrecy": "-"}).status_code == 422


def test_a_refused_correction_comes_back_filled(world: Personas, draft: Manuscript, sign_in: SignIn) -> None:
    services.circulate(draft, until=builders.SESSION_11.replace(day=20), by=world.secretary)
    member, address = sign_in("officer"), f"/m/{CODE}/check/?line={LINE}"
    same = drafts.TEXT.split("\n")[LINE - 1]
    posted = {"line": LINE, "revision": 2, "new": same, "reason": "به همین دلیل"}
    answer = member.post(f"/m/{CODE}/check/suggest/", posted, headers={"referer": f"http://testserver{address}"})
    assert answer.status_code == 422
    assert "به همین دلیل" in answer.content.decode() and "همان عبارت پیشین" in answer.content.decode()


def test_members_are_told_nothing_of_what_others_said(world: Personas, draft: Manuscript, sign_in: SignIn) -> None:
    draft = services.circulate(draft, until=builders.SESSION_11.replace(day=20), by=world.secretary)
    said = services.suggest(draft, by=world.secretary, revision=2, party=world.parties["housing"], reason="سخن دیگری")
    member = sign_in("officer")
    assert "سخن دیگری" not in page(member, f"/m/{CODE}/check/")
    assert member.post(f"/corrections/{said.pk}/", {"act": "withdraw"}).status_code == 404


def test_the_page_before_sealing_tells_what_will_be_made(world: Personas, draft: Manuscript, sign_in: SignIn) -> None:
    secretary = sign_in("secretary")
    shown = page(secretary, f"/m/{CODE}/seal/")
    assert "بنیاد مسکن انقلاب اسلامی استان زنجان" in shown and 'name="revision" value="2"' in shown
    drafts.write(world, draft, drafts.TEXT + "\n")
    assert secretary.post(f"/m/{CODE}/seal/", {"revision": 2}).status_code == 422
    assert secretary.post(f"/m/{CODE}/seal/", {"revision": 3}).status_code == 302
    assert Meeting.objects.get(code=CODE).state == "sealed" and Obligation.objects.count() == 2


def test_the_page_before_sealing_tells_where_text_and_attendance_differ(
    world: Personas, draft: Manuscript, sign_in: SignIn
) -> None:
    secretary = sign_in("secretary")
    rows = {row.party: row for row in draft.meeting.attendance.select_related("party")}
    shown = differing(page(secretary, f"/m/{CODE}/seal/"))
    assert shown == ["اتاق تعاون: در متن غایب · در حضور و غیاب نیامده"]
    with_notice = {rows[world.parties["housing"]].pk: Mark(Standing.EXCUSED)}
    services.mark_attendance(draft.meeting, with_notice, by=world.secretary)
    services.add_attendee(draft.meeting, "مهندس دیگر", by=world.secretary)
    assert differing(page(secretary, f"/m/{CODE}/seal/")) == [
        "بنیاد مسکن انقلاب اسلامی استان زنجان: در متن حاضر · در حضور و غیاب غایب با اطلاع",
        "اتاق تعاون: در متن غایب · در حضور و غیاب نیامده",
        "مهندس دیگر: در متن نام برده نشده · در حضور و غیاب حاضر",
    ]
    nothing = {row.pk: Mark(Standing.UNKNOWN) for row in draft.meeting.attendance.all()}
    services.mark_attendance(draft.meeting, nothing, by=world.secretary)
    assert differing(page(secretary, f"/m/{CODE}/seal/")) == []  # nothing was recorded that it could differ from


def test_what_stands_in_the_way_is_named_and_staff_cannot_seal(
    world: Personas, draft: Manuscript, sign_in: SignIn
) -> None:
    drafts.write(world, draft, drafts.TEXT.replace("اتاق تعاون", "بنیاد مسکن انقلاب اسلامی استان زنجان"))
    secretary = sign_in("secretary")
    assert "هم در فهرست" in page(secretary, f"/m/{CODE}/seal/")
    assert secretary.post(f"/m/{CODE}/seal/", {"revision": 3}).status_code == 422
    shown = page(secretary, f"/m/{CODE}/check/")
    words = re.search(r'name="words" value="(.*?)"', shown)
    assert words
    posted = {"rule": "attendance.both", "words": words[1], "reason": "دو نماینده داشت"}
    secretary.post(f"/m/{CODE}/check/errors/", posted)
    assert "دو نماینده داشت" in page(secretary, f"/m/{CODE}/seal/")
    assert sign_in("staff").post(f"/m/{CODE}/seal/", {"revision": 3}).status_code == 403
    assert secretary.post(f"/m/{CODE}/seal/", {"revision": 3}).status_code == 302


def test_signatures_are_ticked_and_scans_attached(world: Personas, version: MinutesVersion, sign_in: SignIn) -> None:
    secretary = sign_in("secretary")
    boxes = re.findall(r'name="signer" value="(.*?)" checked', page(secretary, f"/m/{CODE}/"))
    assert len(boxes) == 3  # the chair, and two agencies
    posted = {"signer": boxes, "name": "مهندس دیگر\n", "day": "1398/07/18"}
    assert secretary.post(f"/m/{CODE}/sign/", posted).status_code == 302
    assert version.signatures.count() == 4
    assert version.signatures.filter(party=world.parties["housing"]).exists()
    assert secretary.post(f"/m/{CODE}/scans/", {"scan": scan()}).status_code == 302
    kept = SignedScan.objects.get()
    assert secretary.get(f"/scans/{kept.pk}/")["Content-Disposition"].startswith("attachment")
    assert sign_in("officer").get(f"/scans/{kept.pk}/").status_code == 404


def test_a_pile_of_scans_is_sorted_by_their_codes(world: Personas, version: MinutesVersion, sign_in: SignIn) -> None:
    address = stamp_of(version).address("http://dabir.example")
    pile = [scan(address, name="الف.png"), scan(name="ب.png"), SimpleUploadedFile("پ.txt", b"no scan")]
    shown = sign_in("secretary").post("/scans/", {"scan": pile}).content.decode()
    assert [(one.version, one.matched) for one in SignedScan.objects.all()] == [(version, True)]
    assert f"/m/{CODE}/" in shown and "ب.png" in shown and "پ.txt" in shown


def test_a_pile_that_was_cut_off_is_sent_again_and_the_rest_of_it_placed(
    world: Personas, version: MinutesVersion, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = stamp_of(version).address("http://dabir.example")
    secretary, sort = sign_in("secretary"), services.sort_scan

    def posted() -> dict[str, Any]:
        return {NAME: "page.1", "scan": [scan(address, name="الف.png"), scan(address, name="ب.png", scale=6)]}

    def cut_off(data: bytes, *, name: str, **more: Any) -> list[SignedScan]:
        if name == "ب.png":
            raise RuntimeError("the process is gone")
        return sort(data, name=name, **more)

    monkeypatch.setattr(services, "sort_scan", cut_off)
    with pytest.raises(RuntimeError, match="gone"):
        secretary.post("/scans/", posted())
    monkeypatch.setattr(services, "sort_scan", sort)
    assert SignedScan.objects.count() == 1
    assert secretary.post("/scans/", posted()).status_code == 200
    assert [one.name for one in SignedScan.objects.order_by("id")] == ["الف.png", "ب.png"]


def test_of_the_scans_of_a_meeting_those_that_can_be_kept_are(
    world: Personas, version: MinutesVersion, sign_in: SignIn
) -> None:
    secretary = sign_in("secretary")

    def posted() -> dict[str, Any]:
        return {"scan": [SimpleUploadedFile("پ.txt", b"no scan"), scan(name="الف.png")]}

    shown = secretary.post(f"/m/{CODE}/scans/", posted(), follow=True).content.decode()
    assert [one.name for one in SignedScan.objects.all()] == ["الف.png"]
    assert "پ.txt: " in shown
    assert secretary.post(f"/m/{CODE}/scans/", posted()).status_code == 422  # that one is no scan, this one is here
    assert secretary.post(f"/m/{CODE}/scans/", {}).status_code == 422


def test_an_erratum_is_shown_with_both_versions_and_the_debts_that_cite_it(
    world: Personas, version: MinutesVersion, sign_in: SignIn
) -> None:
    secretary = sign_in("secretary")
    decided = version.meeting.resolutions.get(order=1)
    services.record_signatures(version, [(None, "امضاکننده")], day=builders.SESSION_11, by=world.secretary)
    posted = {"old": "نقشه را", "new": "نقشهٔ نهایی را", "decided_by": decided.pk, "reason": "افتادگی"}
    assert secretary.post(f"/m/{CODE}/erratum/", posted).status_code == 302
    shown = page(secretary, f"/m/{CODE}/")
    assert "امضاکننده" in shown and 'id="unsigned"' in shown  # of the version before
    services.record_signatures(newest_of(version), [(None, "امضاکننده")], day=builders.SESSION_11, by=world.secretary)
    assert 'id="unsigned"' not in page(secretary, f"/m/{CODE}/")
    assert f"{CODE}/3.1" in shown and f"/m/{CODE}/versions/1/" in shown and "نقشهٔ نهایی" in shown
    assert "نقشهٔ نهایی" not in page(secretary, f"/m/{CODE}/versions/1/")
    assert "نقشهٔ نهایی" in page(secretary, f"/m/{CODE}/versions/2/")
    refused = secretary.post(
        f"/m/{CODE}/erratum/",
        posted | {"old": "نیست"},
        headers={"referer": f"http://testserver/m/{CODE}/erratum/"},
    )
    assert refused.status_code == 422 and "افتادگی" in refused.content.decode()
