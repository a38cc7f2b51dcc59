"""The workbench as a browser without scripts has it: each act is a form, and each answer the page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.cycle.importing import import_register
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.models import Draft, DraftState, Meeting
from dabir.meetings.reviewing import corrected
from dabir.reading.minutes import Finding, Party, Severity
from tests import builders, drafts
from tests.desk.conftest import SignIn
from tests.personas import Personas
from tests.sheets import register, row


@pytest.fixture
def draft(world: Personas) -> Draft:
    read = builders.minutes(world)
    read.lines = [f"سطر {n}" for n in range(1, 31)]
    read.resolutions[2].lines = read.resolutions[2].obligations[0].lines = (7, 8)
    read.findings = [Finding("due.holiday", Severity.WARNING, "مهلت «۱۳۹۸/۰۸/۰۵» تعطیل است.", (7, 8), "۱۳۹۸/۰۸/۰۶")]
    likely = world.parties["housing"]
    read.resolutions[4].obligations[0].lead = Party("بنیاد", likely.name, likely.pk, 0.9, "like")
    return builders.draft(world, read)


@pytest.fixture
def secretary(sign_in: SignIn) -> Client:
    return sign_in("secretary")


def post(client: Client, draft: Draft, op: str, *, version: int | None = None, **fields: Any) -> HttpResponse:
    draft.refresh_from_db()
    sent = {"op": op, "version": draft.version if version is None else version, **fields}
    return client.post(f"/papers/{draft.pk}/correct/", sent)  # type: ignore[return-value]


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# --- the page


def test_both_sides_know_of_each_other(secretary: Client, draft: Draft) -> None:
    page = text(secretary.get(f"/papers/{draft.pk}/"))
    assert re.search(r'id="i-r3"[^>]*data-first="7" data-last="8"', page)
    assert re.search(r'id="L8" data-line="8" data-item="r3"', page)


def test_finding_stands_at_its_line_with_its_suggestion(secretary: Client, draft: Draft) -> None:
    page = text(secretary.get(f"/papers/{draft.pk}/"))
    line = page[page.index('id="L8"') : page.index('id="L9"')]
    assert "تعطیل است" in line and "۱۳۹۸/۰۸/۰۶" in line


def test_gaps_are_counted_and_lead_to_the_first_of_them(secretary: Client, draft: Draft) -> None:
    page = text(secretary.get(f"/papers/{draft.pk}/"))
    assert f"/papers/{draft.pk}/?edit=r2o2#i-r2o2" in page  # the first without a deadline
    assert 'data-gap="due"' in page and 'data-gap="lead"' in page and 'data-gap="party"' in page


def test_only_the_opened_item_has_an_editor(secretary: Client, draft: Draft) -> None:
    assert 'class="editor"' not in text(secretary.get(f"/papers/{draft.pk}/"))
    page = text(secretary.get(f"/papers/{draft.pk}/?edit=r4o1"))
    assert page.count('class="editor"') == 1 and 'id="due-day"' in page


@pytest.mark.parametrize(
    "key",
    "h-bodies h-date h-times h-venue h-chair h-secretary h-title h-invitation h-next ag-0 s1 p1 r1 r2o1 a1"
    " new-agenda new-resolution new-attendance".split(),
)
def test_every_item_has_an_editor_with_one_field_in_focus(secretary: Client, draft: Draft, key: str) -> None:
    page = text(secretary.get(f"/papers/{draft.pk}/?edit={key}"))
    assert len(re.findall(r"\sautofocus", page)) == 1
    assert f'name="key" value="{key}"' in page


@pytest.mark.parametrize("persona", ["governor", "auditor"])
def test_readers_see_no_control(sign_in: SignIn, draft: Draft, persona: str) -> None:
    page = text(sign_in(persona).get(f"/papers/{draft.pk}/?edit=r2o1"))
    assert "/correct/" not in page and "/undo/" not in page and "/discard/" not in page


@pytest.mark.parametrize("persona", ["county", "officer", "consultant", "admin", "other_secretary"])
def test_others_are_not_told_that_the_paper_exists(sign_in: SignIn, draft: Draft, persona: str) -> None:
    client = sign_in(persona)
    for tail in ("", "accept/", "original/", "parties/?who=x", "day/?day=1"):
        assert client.get(f"/papers/{draft.pk}/{tail}").status_code == 404
    assert post(client, draft, "set_title", title="x").status_code == 404


def test_page_costs_the_same_queries_however_long_the_paper_is(
    world: Personas, secretary: Client, draft: Draft
) -> None:
    def queries(pk: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert secretary.get(f"/papers/{pk}/").status_code == 200
        return len(captured)

    long = builders.minutes(world, number=30)
    long.resolutions *= 12
    long.attendance *= 40
    long.lines = ["سطر"] * 400
    assert queries(builders.draft(world, long).pk) == queries(draft.pk) <= 12


# --- corrections


def test_correction_is_made_and_the_item_looked_at(secretary: Client, draft: Draft) -> None:
    answer = post(secretary, draft, "set_resolution_kind", key="r1", id="r1", kind="approval")
    assert answer.headers["Location"] == f"/papers/{draft.pk}/?at=r1#i-r1"
    draft.refresh_from_db()
    assert corrected(draft).resolutions[0].kind == "approval"


def test_a_decision_on_a_debt_is_offered_stated_and_taken_out(world: Personas, secretary: Client, draft: Draft) -> None:
    builders.meeting(world, builders.minutes(world, number=9, session="1398/07/03"))
    post(secretary, draft, "edit_resolution", key="r1", id="r1", text="مصوبه ۳ جلسه ۹ مختومه شد.")
    page = secretary.get(f"/papers/{draft.pk}/?edit=r1").content.decode()
    assert 'value="hq-1398-9/3.1"' in page
    draft.refresh_from_db()
    answer = post(secretary, draft, "add_act", key="r1", id="r1", debt="hq-۱۳۹۸-۹/۳.۱", act="close", day="", into="")
    assert "edit=r1" in answer.headers["Location"]
    preview = secretary.get(f"/papers/{draft.pk}/accept/").content.decode()
    assert "/o/hq-1398-9/3.1/" in preview
    draft.refresh_from_db()
    post(secretary, draft, "remove_act", key="r1", id="r1", index="0")
    draft.refresh_from_db()
    assert corrected(draft).resolutions[0].acts == []


def test_editor_stays_open_while_its_item_lacks_something(world: Personas, secretary: Client, draft: Draft) -> None:
    party = world.parties["roads"].pk
    answer = post(secretary, draft, "add_obligation", key="r1", source="r1")
    assert answer.headers["Location"].endswith("?edit=n1&at=n1#i-n1")
    answer = post(secretary, draft, "name_party", key="n1", id="n1", role="lead", party=party)
    assert "edit=n1" in answer.headers["Location"]
    answer = post(secretary, draft, "set_due", key="n1", id="n1", kind="date", day="+۱۵", time="", trigger="", text="")
    assert answer.headers["Location"].endswith("?at=n1#i-n1")
    draft.refresh_from_db()
    due = corrected(draft).resolutions[0].obligations[0].due
    assert due and due.jalali == "1398/08/02"


def test_what_comes_after_a_removed_item_is_looked_at(secretary: Client, draft: Draft) -> None:
    answer = post(secretary, draft, "remove_resolution", key="r6", id="r6")
    assert answer.headers["Location"].endswith("?at=r7#i-r7")


def test_party_is_typed_by_a_part_of_its_name(world: Personas, secretary: Client, draft: Draft) -> None:
    post(secretary, draft, "name_party", key="r4o1", id="r4o1", role="lead", who="راه و شهرسازی")
    draft.refresh_from_db()
    lead = corrected(draft).resolutions[3].obligations[0].lead
    assert lead and lead.known == world.parties["roads"].pk


def test_several_parties_of_a_name_are_offered(world: Personas, secretary: Client, draft: Draft) -> None:
    answer = post(secretary, draft, "name_party", key="r4o1", id="r4o1", role="lead", who="کشاورزی")
    page = text(answer)
    assert answer.status_code == 422
    for code in ("agriculture", "county-agriculture"):
        assert f'name="party" value="{world.parties[code].pk}"' in page
    assert answer.headers["HX-Replace-Url"] == f"/papers/{draft.pk}/?edit=r4o1&at=r4o1"


def test_helper_may_stay_words(secretary: Client, draft: Draft) -> None:
    post(secretary, draft, "name_party", key="r4o1", id="r4o1", role="helper", who="بخشداران", words="1")
    draft.refresh_from_db()
    assert [h.text for h in corrected(draft).resolutions[3].obligations[0].helpers] == ["بخشداران"]


def test_bodies_speakers_and_presence_come_from_forms_of_several_fields(
    world: Personas, secretary: Client, draft: Draft
) -> None:
    hq, committee = (world.bodies[code].party_id for code in ("hq", "committee"))
    post(secretary, draft, "set_bodies", key="h-bodies", body1=hq, number1="۱۱", body2=committee, number2="4")
    post(secretary, draft, "set_speakers", key="s1", id="s1", name1="نجفی", post1="", name2="فتحی", post2="فرماندار")
    post(secretary, draft, "set_attendance", key="a1", id="a1", present="0", capacity="")
    draft.refresh_from_db()
    minutes = corrected(draft)
    assert [(body.party, body.number) for body in minutes.bodies] == [(hq, 11), (committee, 4)]
    assert [(s.name, s.post) for s in minutes.discussion[0].speakers] == [("نجفی", None), ("فتحی", "فرماندار")]
    assert (minutes.attendance[0].present, minutes.attendance[0].capacity) == (False, None)


def test_resolution_is_split_where_enter_was_pressed(secretary: Client, draft: Draft) -> None:
    broken = "مشاور پیش‌نویس دوم\r\nرا ارائه نماید"
    answer = post(secretary, draft, "split_resolution", key="r3", id="r3", broken=broken)
    assert answer.headers["Location"].endswith("?at=n1#i-n1")
    draft.refresh_from_db()
    assert [r.text for r in corrected(draft).resolutions[2:4]] == ["مشاور پیش‌نویس دوم", "را ارائه نماید"]
    answer = post(secretary, draft, "split_resolution", key="r6", id="r6", broken="واژه‌های\nدیگر")
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("op", "fields"),
    [
        ("set_due", {"id": "r4o1", "kind": "date", "day": "۱۳۹۸/۱۳/۰۱"}),
        ("name_party", {"id": "r4o1", "role": "lead", "who": "هیچ‌کس"}),
        ("name_party", {"id": "r4o1", "role": "lead", "party": "x"}),
        ("nothing", {}),
        ("split_resolution", {"id": "none"}),
    ],
)
def test_wrong_correction_is_told_beside_its_form(
    secretary: Client, draft: Draft, op: str, fields: dict[str, Any]
) -> None:
    answer = post(secretary, draft, op, key="r4o1", **fields)
    assert answer.status_code == 422 and 'class="fault" role="alert"' in text(answer)
    draft.refresh_from_db()
    assert draft.version == 0


def test_late_correction_shows_both_and_can_be_made_again(world: Personas, secretary: Client, draft: Draft) -> None:
    services.correct_draft(draft, {"op": "set_venue", "venue": "تالار"}, version=0, by=world.staff)
    answer = post(secretary, draft, "set_title", version=0, key="h-title", title="عنوان من")
    page = text(answer)
    assert answer.status_code == 409
    assert world.staff.name in page and "عنوان من" in page and 'name="version" value="1"' in page
    assert post(secretary, draft, "set_title", key="h-title", title="عنوان من").status_code == 302


def test_undo_takes_the_last_correction_back(secretary: Client, draft: Draft) -> None:
    post(secretary, draft, "set_venue", key="h-venue", venue="تالار")
    address = f"/papers/{draft.pk}/undo/"
    assert secretary.post(address, {"version": 0}).status_code == 409
    assert secretary.post(address, {"version": 1, "key": "h-venue"}).status_code == 302
    assert secretary.post(address, {"version": "x"}).status_code == 422
    draft.refresh_from_db()
    assert draft.corrections == []


def test_paper_is_put_away_and_restored(secretary: Client, draft: Draft) -> None:
    secretary.post(f"/papers/{draft.pk}/discard/")
    draft.refresh_from_db()
    page = text(secretary.get(f"/papers/{draft.pk}/"))
    assert draft.state == DraftState.DISCARDED and "/restore/" in page and "/correct/" not in page
    secretary.post(f"/papers/{draft.pk}/restore/")
    assert "/restore/" not in text(secretary.get(f"/papers/{draft.pk}/"))


def test_class_is_said_by_the_secretary(secretary: Client, sign_in: SignIn, draft: Draft) -> None:
    assert "/secrecy/" not in text(sign_in("staff").get(f"/papers/{draft.pk}/"))
    secretary.post(f"/papers/{draft.pk}/secrecy/", {"secrecy": "secret"})
    draft.refresh_from_db()
    assert draft.secrecy == SecrecyClass.SECRET
    assert secretary.post(f"/papers/{draft.pk}/secrecy/", {"secrecy": "x"}).status_code == 422


# --- fragments, the file, and accepting


def test_typed_day_is_told_with_its_weekday_and_what_closes_it(secretary: Client, draft: Draft) -> None:
    def day(typed: str) -> str:
        return text(secretary.get(f"/papers/{draft.pk}/day/", {"day": typed}))

    assert "یکشنبه ۲۸ مهر ۱۳۹۸" in day("۱۳۹۸/۷/۲۸") and "shut" not in day("۱۳۹۸/۷/۲۸")
    assert "جمعه ۱۰ آبان ۱۳۹۸" in day("+۲۳") and "shut" in day("+۲۳")
    assert "رحلت رسول اکرم" in day("1398/08/05")
    assert "fault" in day("فردا") and day("").strip() == ""


def test_undoing_an_addition_comes_back_to_where_it_was_made(secretary: Client, draft: Draft) -> None:
    post(secretary, draft, "add_resolution", key="new-resolution", text="مقرر شد", kind="obligation")
    draft.refresh_from_db()
    page = text(secretary.get(f"/papers/{draft.pk}/"))
    key = page.split('id="undo"')[1].split('name="key" value="')[1].split('"')[0]
    answer = secretary.post(f"/papers/{draft.pk}/undo/", {"version": draft.version, "key": key}, follow=True)
    assert 'id="i-new-resolution" autofocus' in text(answer)


def test_refused_value_is_still_in_its_field(secretary: Client, draft: Draft) -> None:
    page = text(post(secretary, draft, "set_due", key="r5o1", id="r5o1", kind="date", day="فردا", text="تا <فردا>"))
    assert 'value="فردا"' in page and 'value="تا &lt;فردا&gt;"' in page
    field = page.split('id="due-day"')[1].split(">")[0]
    assert "autofocus" in field


def test_parties_are_found_while_typing(secretary: Client, draft: Draft) -> None:
    found = text(secretary.get(f"/papers/{draft.pk}/parties/", {"who": "بنیاد مسکن"}))
    assert found.count("<li>") == 2 and "<html" not in found


def test_likest_parties_are_offered_with_their_likeness_where_no_name_fits(
    world: Personas, secretary: Client, draft: Draft
) -> None:
    found = text(secretary.get(f"/papers/{draft.pk}/parties/", {"who": "سازمان جهادکشاورزي استان"}))
    assert f'value="{world.parties["agriculture"].pk}"' in found
    slip = text(secretary.get(f"/papers/{draft.pk}/parties/", {"who": "فرمانداری شهرستن ایجرود"}))
    assert f'value="{world.parties["county-office"].pk}"' in slip and "faint" in slip
    none = text(secretary.get(f"/papers/{draft.pk}/parties/", {"who": "غغغغ"}))
    assert "<button" not in none and "faint" in none


def test_parties_found_while_typing_stand_in_the_order_of_their_likeness(
    world: Personas, secretary: Client, draft: Draft
) -> None:
    found = text(secretary.get(f"/papers/{draft.pk}/parties/", {"who": "بنیاد مسکن"}))
    first, second = found.split("<li>")[1:3]
    assert f'value="{world.parties["housing"].pk}"' in first and "is-sure" in first and "یکی از نام‌های آن" in first
    assert "is-sure" not in second


def test_lead_says_how_sure_it_is_and_why(world: Personas, secretary: Client, draft: Draft) -> None:
    housing = world.parties["housing"]
    leads = [
        {"text": "بنیاد", "organization": housing.name, "party": housing.pk, "score": 1.0, "reason": "alias"},
        {"text": "مشاور", "organization": "مشاور آرتا", "score": 0.9, "reason": "said", "named_at": 23},
        {"text": "دستگاه‌های ذیربط", "reason": "vague"},
    ]
    for place, lead in enumerate(leads):
        draft.minutes["resolutions"][4]["obligations"][0]["lead"] = lead
        Draft.objects.filter(pk=draft.pk).update(minutes=draft.minutes)
        duty = text(secretary.get(f"/papers/{draft.pk}/")).split('id="i-r5o1"')[1].split("</article>")[0]
        said = ("یکی از نام‌های آن", "نام کامل در سطر ۲۳", "گروهی که متن اعضای آن را نگفته است")[place]
        assert said in duty
        assert ("is-sure" in duty) == (place == 0)
        assert ("مشاور آرتا" in duty) == (place == 1)


def test_editor_tells_why_a_lead_is_suggested(secretary: Client, draft: Draft) -> None:
    page = text(secretary.get(f"/papers/{draft.pk}/?edit=r5o1"))
    assert '<bdi dir="auto">«بنیاد»</bdi>: ۹۰٪ شباهت' in page.split("چرا؟")[1]


def test_words_of_an_unrecognised_lead_are_looked_for_at_once(secretary: Client, draft: Draft) -> None:
    draft.minutes["resolutions"][4]["obligations"][0]["lead"] = {"text": "دستگاه ناشناخته"}
    Draft.objects.filter(pk=draft.pk).update(minutes=draft.minutes)
    page = text(secretary.get(f"/papers/{draft.pk}/?edit=r5o1"))
    assert 'value="دستگاه ناشناخته"' in page and "delay:200ms, load" in page


def test_file_is_an_attachment_that_no_browser_opens(secretary: Client, draft: Draft) -> None:
    answer = secretary.get(f"/papers/{draft.pk}/original/")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_accepting_is_asked_once_more_and_leads_to_the_meeting(secretary: Client, draft: Draft) -> None:
    page = text(secretary.get(f"/papers/{draft.pk}/accept/"))
    assert "<dd" in page and not Meeting.objects.exists()
    answer = secretary.post(f"/papers/{draft.pk}/accept/", {"version": draft.version})
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == f"/m/{meeting.code}/"
    page = text(secretary.get(f"/papers/{draft.pk}/"))
    assert f"/m/{meeting.code}/" in page and "/correct/" not in page
    again = secretary.get(f"/papers/{draft.pk}/accept/")
    assert (again.status_code, again.headers["Location"]) == (302, f"/papers/{draft.pk}/")


def test_what_cannot_be_accepted_says_why(secretary: Client, draft: Draft) -> None:
    draft.minutes["header"]["date"] = None
    Draft.objects.filter(pk=draft.pk).update(minutes=draft.minutes)
    answer = secretary.post(f"/papers/{draft.pk}/accept/", {"version": 0})
    assert answer.status_code == 422 and 'role="alert"' in text(answer) and not Meeting.objects.exists()


def test_before_accepting_it_is_told_whom_the_paper_and_the_recorded_attendance_differ_about(
    world: Personas, draft: Draft, secretary: Client
) -> None:
    drafts.held(world)
    page = text(secretary.get(f"/papers/{draft.pk}/accept/"))
    items = [" ".join(re.sub(r"<[^>]*>", "", item).split()) for item in re.findall(r"<li>(.*?)</li>", page, re.S)]
    assert [item for item in items if "در حضور و غیاب" in item] == [
        "اتاق تعاون: در متن غایب · در حضور و غیاب نیامده",
        "بنیاد مسکن انقلاب اسلامی استان زنجان: در متن نام برده نشده · در حضور و غیاب حاضر",
    ]


def test_staff_prepares_and_does_not_accept(sign_in: SignIn, draft: Draft) -> None:
    staff = sign_in("staff")
    assert post(staff, draft, "set_venue", key="h-venue", venue="تالار").status_code == 302
    assert '<button class="btn primary"' not in text(staff.get(f"/papers/{draft.pk}/accept/"))
    assert staff.post(f"/papers/{draft.pk}/accept/", {"version": 1}).status_code == 403


def test_the_page_before_accepting_tells_which_meeting_gets_the_minutes(world: Personas, sign_in: SignIn) -> None:
    rows = [row(3, number=11, day="1398/07/16", text="پیش‌نویس دوم"), row(9, number=11, day="1398/07/16")]
    import_register(register(*rows), name="دفتر.xlsx", body=world.bodies["hq"], by=world.secretary)
    page = sign_in("secretary").get(f"/papers/{builders.draft(world).pk}/accept/").content.decode()
    assert "hq-1398-11/3" in page and "پیش‌نویس دوم" in page
    assert "۱۳۹۸/۰۷/۱۶" in page and "۱۳۹۸/۰۷/۱۷" in page
    assert "hq-1398-11/9" not in page
