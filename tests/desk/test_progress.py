"""The page of a debt's progress: what each sees of it, what comes back when it is refused, and its files."""

from __future__ import annotations

import io
import os
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from dabir.cycle.classifying import classify_meeting
from dabir.foundation import child, ledger, small_pictures
from dabir.foundation.secrecy import SecrecyClass
from dabir.obligations import extending, waiting
from dabir.obligations.models import Obligation, Occurrence, Report
from dabir.obligations.reporting import services
from dabir.obligations.reporting.values import Found
from dabir.persian import clock
from tests import builders
from tests.personas import Personas
from tests.reported import PNG, day, owed, progress


def address(debt: Obligation) -> str:
    return f"/progress/{debt.code}/"


def photo() -> bytes:
    """Taken by a telephone held upright: the points lie on their side, and it says so, and where it was taken."""
    exif, held = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (1600, 1200), "green").save(held, "JPEG", exif=exif)
    return held.getvalue()


def text_of(client: Client, world: Personas, persona: str, at: str) -> str:
    client.force_login(world.users[persona])
    return client.get(at).content.decode()


def test_a_recipient_reads_what_was_verified_and_no_more(world: Personas, client: Client) -> None:
    debt = owed(world)
    services.plan_path(debt, [(day("1398/06/01"), 77)], by=world.secretary)
    first = services.report(debt, progress(66), by=world.officer, files=[PNG])
    services.return_report(first, "پیوست ناخوانا", by=world.head)
    again = text_of(client, world, "officer", address(debt))
    assert 'value="۶۶"' in again and f">{first.narrative}</textarea>" in again  # its correction begins with it
    second = services.report(debt, progress(55), by=world.head)
    assert debt.due_day
    asked = extending.ask_extension(debt, by=world.officer, wanted=debt.due_day + timedelta(9), reason="برف سنگین")
    extending.refuse_extension(asked, by=world.secretary, answer="دلیل کافی نیست")
    extending.ask_extension(debt, by=world.officer, wanted=debt.due_day + timedelta(9), reason="سیل")
    secrets = ("۷۷٪", "۶۶٪", "۵۵٪", "پیوست ناخوانا", "برف سنگین", "دلیل کافی نیست", "سیل", "درخواست تمدید")
    for at in (address(debt), f"/o/{debt.code}/", f"/deadline/{debt.code}/"):
        seen = text_of(client, world, "county", at)
        assert not any(secret in seen for secret in secrets), at
    told = text_of(client, world, "officer", address(debt))
    assert all(secret in told for secret in ("پیوست ناخوانا", "برف سنگین", "دلیل کافی نیست"))
    services.verify(second, Found(44, "کمتر"), by=world.secretary)
    assert "۴۴٪" in text_of(client, world, "county", address(debt))
    client.force_login(world.users["outsider"])
    assert client.get(address(debt)).status_code == 404


def test_a_classified_debt_is_not_named_on_the_pages_of_another(world: Personas, client: Client) -> None:
    debt, other = owed(world), builders.meeting(world, builders.minutes(world, number=12, session="1398/07/18"))
    secret = Obligation.objects.filter(meeting=other, lead__isnull=False).first()
    assert secret
    waiting.add_wait(debt, by=world.secretary, waits_for=secret)
    with ledger.change("tests.followed", by=world.operator) as change:
        now = Obligation.objects.get(pk=debt.pk)
        happened = {"at": clock.now(), "recorded_by": "نمونه", "debt": secret}
        event = change.create(Occurrence(body=now.body, words="رویداد", day=day("1398/07/18"), **happened))
        now.supersede()
        now.superseded_by, now.started_by = secret, event
        change.touch(now, "state", "superseded_by", "started_by")
    pages = (address(debt), f"/deadline/{debt.code}/", "/events/")
    for secrecy in (SecrecyClass.NORMAL, SecrecyClass.CONFIDENTIAL):
        classify_meeting(other, secrecy, by=world.secretary)
        named = secrecy == SecrecyClass.NORMAL
        assert [secret.code in text_of(client, world, "officer", at) for at in pages] == [named] * 3
        assert (secret.code in text_of(client, world, "staff", f"/debts/{debt.pk}/decide/")) == named
        assert all(secret.code in text_of(client, world, "secretary", at) for at in pages)


def test_a_refused_report_comes_back_with_what_was_typed(world: Personas, client: Client) -> None:
    debt = owed(world)
    client.force_login(world.users["officer"])
    sent = {"starts": "1398/04/10", "ends": "1398/06/31", "narrative": "شرح بلند", "next": address(debt)}
    for percent in ("", "۱۰۱", "x"):
        answer = client.post(f"/debts/{debt.pk}/report/", sent | {"percent": percent})
        assert answer.status_code == 422 and "شرح بلند" in answer.content.decode()
        assert 'aria-errormessage="refusal"' in answer.content.decode()
    photo = SimpleUploadedFile(PNG[0], PNG[1], "image/png")
    client.post(f"/debts/{debt.pk}/report/", sent | {"percent": "٪۴۰", "files": photo, "hindrance": "اعتبار"})
    report = Report.objects.get()
    assert (report.percent, report.evidence.get().name, report.obstacles.get().text) == (40, PNG[0], "اعتبار")

    client.force_login(world.users["secretary"])
    path = {"day-1": "1398/06/31", "percent-1": "60", "day-3": "1398/09/30", "percent-3": "50", "next": address(debt)}
    answer = client.post(f"/debts/{debt.pk}/path/", path)
    assert answer.status_code == 422 and 'id="percent-3"' in answer.content.decode().split("refusal")[0][-400:]


def test_pictures_are_shown_and_nothing_else_is(world: Personas, client: Client) -> None:
    page = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    sent = [("مزرعه.jpg", photo()), PNG, ("x.png", b"\x89PNG\r\n\x1a\n" + page), ("y.png", b"%PDF-1")]
    report = services.report(owed(world), progress(), by=world.head, files=sent)
    shown, *hidden = report.evidence.all()
    debt = report.obligation
    seen = text_of(client, world, "officer", address(debt))
    assert re.search(rf'<img src="/evidence/{shown.pk}/photo/" alt="مزرعه.jpg"[^>]* loading="lazy"', seen)
    answer = client.get(f"/evidence/{shown.pk}/photo/")
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"] and "private" in answer["Cache-Control"]
    drawn = Image.open(io.BytesIO(answer.content))
    assert drawn.size == (360, 480) and not drawn.getexif()  # upright, and it does not tell where it was taken
    for one in hidden:
        assert client.get(f"/evidence/{one.pk}/photo/").status_code == 404, one.name
        assert client.get(f"/evidence/{one.pk}/")["Content-Type"] == "application/octet-stream"
    client.force_login(world.users["consultant"])
    assert client.get(f"/evidence/{shown.pk}/photo/").status_code == 404


def test_a_small_picture_is_made_once_and_goes_with_its_file(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    report = services.report(owed(world), progress(), by=world.head, files=[("مزرعه.jpg", photo())])
    file = report.evidence.get().file
    made = small_pictures.small_of(file)
    monkeypatch.setattr(child, "run", None)
    assert made and small_pictures.small_of(file) == made
    small_pictures.sweep()
    assert len(list(small_pictures.folder().glob(f"*/{file.sha256}.jpg"))) == 1
    (kept,) = small_pictures.folder().glob(f"*/{file.sha256}.jpg")
    other = kept.rename(kept.with_name("0" * 64 + ".jpg"))
    left, under_way = kept.with_name("tmp-killed"), kept.with_name("tmp-now")
    left.touch()
    under_way.touch()
    os.utime(left, (0, 0))
    small_pictures.sweep()
    assert not other.exists() and not left.exists() and under_way.exists()


def test_a_broken_picture_is_tried_once_a_day(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = b"\xff\xd8\xff" + b"x" * 100
    report = services.report(owed(world), progress(), by=world.head, files=[("مزرعه.jpg", broken)])
    file, tried = report.evidence.get().file, []

    def run(*_act: object, **_more: object) -> bytes:
        tried.append(1)
        raise child.ChildFailed("time")

    monkeypatch.setattr(child, "run", run)
    assert small_pictures.small_of(file) == small_pictures.small_of(file) == b"" and len(tried) == 1
    (word,) = small_pictures.folder().glob(f"*/{file.sha256}.jpg")
    small_pictures.sweep()
    assert word.exists()
    os.utime(word, (0, 0))
    small_pictures.sweep()
    assert small_pictures.small_of(file) == b"" and len(tried) == 2


def test_the_page_says_who_has_endorsed_and_who_has_not_and_asks_whose_a_letter_is(
    world: Personas, client: Client
) -> None:
    debt = owed(world, endorser="roads agriculture monitoring")
    report = services.report(debt, progress(), by=world.head)
    first, second, third = debt.involved.filter(role="endorser").order_by("id")
    act, waits = f"/reports/{report.pk}/endorse/", "در انتظار تأیید"
    assert text_of(client, world, "outsider", address(debt)).count(waits) == 3
    assert client.post(act).status_code == 302
    after = text_of(client, world, "outsider", address(debt))
    assert after.count(waits) == 2 and f'action="{act}"' not in after
    assert re.search(rf"از طرف\s+<bdi[^>]*>{world.parties['roads'].name}<", after)
    asks = text_of(client, world, "staff", address(debt))
    assert f'<option value="{first.pk}">' not in asks
    assert all(f'<option value="{row.pk}">' in asks for row in (second, third))
    letter = {"said_by": "مدیر کل", "number": "۱۲", "dated": "1398/07/15", "next": address(debt)}
    for sent in (letter, letter | {"whose": str(first.pk)}, letter | {"whose": "9" * 30}):
        assert client.post(act, sent).status_code == 422
    assert client.post(act, letter | {"whose": str(third.pk)}).status_code == 302
    only = text_of(client, world, "staff", address(debt))
    assert only.count(waits) == 1 and f'name="whose" value="{second.pk}"' in only

    client.force_login(world.users["secretary"])
    chips = {"endorsers-is": [str(second.party_id)], "endorsers": world.parties["housing"].name}
    assert client.post(f"/debts/{debt.pk}/endorsers/", chips | {"next": address(debt)}).status_code == 302
    named = debt.involved.filter(role="endorser").values_list("party__code", flat=True)
    assert set(named) == {"agriculture", "housing"}


def test_the_page_asks_no_more_for_more_reports(world: Personas, client: Client) -> None:
    debt = owed(world, told="1398/01/01")
    client.force_login(world.users["secretary"])

    def asked() -> int:
        client.get(address(debt))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address(debt)).status_code == 200
        return len(queries)

    services.report(debt, progress(10, starts="1398/01/01", ends="1398/01/31"), by=world.officer, files=[PNG])
    one = asked()
    for month in (2, 3, 4, 5):
        said = progress(10 * month, starts=f"1398/0{month}/01", ends=f"1398/0{month}/31")
        report = services.report(debt, said, by=world.head, files=[PNG])
        services.verify(report, Found(10 * month), by=world.secretary, files=[("b.png", PNG[1] + b"1")])
    assert asked() <= one + 2  # the files of steps, once there are steps


def test_a_groups_row_is_not_late_itself_and_says_for_whom_its_settings_are(world: Personas, client: Client) -> None:
    builders.meeting(world)
    group = Obligation.objects.get(is_group=True)
    member = group.children.earliest("pk")
    Obligation.objects.filter(pk__in=[group.pk, member.pk]).update(due_day=clock.today() - timedelta(1))
    said = "برای تکلیف جاری هر یک از اعضا"
    page = text_of(client, world, "secretary", address(group))
    assert "از مهلت گذشته" not in page and said in page
    page = text_of(client, world, "secretary", address(member))
    assert "از مهلت گذشته" in page and said not in page
