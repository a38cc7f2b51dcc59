"""Papers come in by a form; a job reads them while the page waits a moment, tells how far it is, or says why not."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from dabir.cycle.classifying import classify_meeting
from dabir.desk import papers
from dabir.foundation.jobs import line
from dabir.foundation.jobs.model import JobState
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.issuing import Form
from dabir.meetings.models import Draft, Reading
from dabir.writing.minutes import Audience
from tests import builders
from tests.desk.conftest import SignIn
from tests.jobs import work_off
from tests.meetings.test_readings import no_files_over
from tests.personas import Personas
from tests.reading.sources.test_hostile import LAUGHS, MAIN, STRANGER, with_body
from tests.reading.sources.word import changed, docx, p

PAPER = """صورتجلسه شماره ۱۴ ستاد فرماندهی اقتصاد مقاومتی استان زنجان
تاریخ جلسه: ۱۳۹۸/۰۷/۱۵
مصوبات:
۱- سازمان جهاد کشاورزی موظف است فهرست چاه‌ها را تا ۱۳۹۸/۰۸/۲۰ ارسال نماید.
"""


def with_main(xml: str) -> bytes:
    return changed(docx(p("متن")), MAIN, lambda _: xml.encode())


@pytest.fixture
def secretary(sign_in: SignIn) -> Client:
    return sign_in("secretary")


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a job finds all jobs done: they are done in the test's own thread and transaction."""
    wait_for = line.wait_for

    def worked_off(job: Reading, _seconds: float) -> Reading:
        work_off()
        return wait_for(job, 0)

    monkeypatch.setattr(line, "wait_for", worked_off)


@pytest.fixture
def no_workers(settings: Settings) -> None:
    """Nobody does jobs; whoever waits for one waits a moment and goes on."""
    settings.JOB_PATIENCE = 0.05


@pytest.fixture
def reading(world: Personas, no_workers: None) -> Reading:
    return services.bring_paper(PAPER.encode(), name="۱۴.txt", body=world.bodies["hq"], by=world.staff)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def file(name: str, content: str | bytes = PAPER) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def beside(field: str, response: Any) -> str:
    """What stands beside a field of the form."""
    found = re.search(rf'id="f-{field}-note">(.*?)</div>', text(response))
    assert found
    return found[1]


# --- the list


def test_papers_are_listed_with_their_gaps(world: Personas, secretary: Client) -> None:
    draft = builders.draft(world)
    page = text(secretary.get("/papers/"))
    assert f"/papers/{draft.pk}/" in page and 'class="gaps"' in page and "۱" in page


def test_list_looks_through_a_paper_once_as_long_as_it_stays_as_it_is(
    world: Personas, secretary: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    draft = builders.draft(world)
    with CaptureQueriesContext(connection) as first:
        assert "۱ تکلیف بی‌مجری" in text(secretary.get("/papers/"))
    queries = len(first)
    builders.draft(world, builders.minutes(world, number=12))
    secretary.get("/papers/")
    with django_assert_num_queries(queries - 1):
        assert text(secretary.get("/papers/")).count("۱ تکلیف بی‌مجری") == 2
    fix = {"op": "name_party", "id": "r4o1", "role": "lead", "party": world.parties["roads"].pk}
    services.correct_draft(draft, fix, version=draft.version, by=world.secretary)
    assert text(secretary.get("/papers/")).count("۱ تکلیف بی‌مجری") == 1


def test_empty_list_says_what_to_do(secretary: Client, sign_in: SignIn) -> None:
    assert "<form" in text(secretary.get("/papers/")) and 'class="empty"' in text(secretary.get("/papers/"))
    assert "data-drop" not in text(sign_in("auditor").get("/papers/"))


# --- bringing papers


def test_pasted_paper_opens_on_the_workbench(world: Personas, secretary: Client, workers: None) -> None:
    answer = secretary.post("/papers/", {"text": PAPER, "body": world.bodies["hq"].pk, "secrecy": "normal"})
    made = Draft.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/papers/{made.pk}/")
    assert made.name.startswith("صورتجلسه شماره ۱۴")
    assert "فهرست چاه‌ها" in text(secretary.get(f"/papers/{made.pk}/"))


def test_pasted_paper_is_called_by_its_first_line_that_speaks_of_a_meeting(
    world: Personas, secretary: Client, workers: None
) -> None:
    pasted = "بسمه تعالی\nصورتجلسه مورخ ۱۳۹۸/۰۷/۱۵\n" + PAPER
    secretary.post("/papers/", {"text": pasted, "body": world.bodies["hq"].pk})
    assert Draft.objects.get().name == "صورتجلسه مورخ ۱۳۹۸-۰۷-۱۵"


def test_paper_that_takes_longer_has_a_page_of_its_own(world: Personas, secretary: Client, no_workers: None) -> None:
    began = time.monotonic()
    answer = secretary.post("/papers/", {"file": file("a.txt"), "body": world.bodies["hq"].pk})
    assert time.monotonic() - began < 2
    row = Reading.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/papers/reading/{row.pk}/")
    work_off()
    answer = secretary.get(f"/papers/reading/{row.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/papers/{Draft.objects.get().pk}/")


def test_a_public_version_of_ours_leads_to_its_meeting(
    world: Personas, secretary: Client, no_workers: None, sign_in: SignIn
) -> None:
    meeting = builders.meeting(world)
    services.classify_statement(meeting.statements.all()[0], SecrecyClass.SECRET, by=world.secretary)
    version = meeting.versions.get()
    data = services.issue_document(version, Form.DOCX, audience=Audience.PUBLIC, base="", by=world.secretary)
    secretary.post("/papers/", {"file": file("a.docx", data), "body": world.bodies["hq"].pk})
    work_off()
    page = text(secretary.get(f"/papers/reading/{Reading.objects.get().pk}/"))
    assert "نسخه عمومی" in page and f'href="/m/{meeting.code}/"' in page and "نسخه ۱" in page
    classify_meeting(meeting, SecrecyClass.SECRET, by=world.secretary)
    told = text(sign_in("staff").get(f"/papers/reading/{Reading.objects.get().pk}/"))
    assert meeting.code not in told and "نسخه عمومی" in told


def test_same_file_again_leads_to_the_paper_that_is_there(world: Personas, secretary: Client, workers: None) -> None:
    for status in (302, 409):
        answer = secretary.post("/papers/", {"file": file("a.txt"), "body": world.bodies["hq"].pk})
        assert answer.status_code == status
    assert f'href="/papers/{Draft.objects.get().pk}/"' in beside("file", answer)


def test_file_that_is_being_read_leads_to_its_reading(world: Personas, secretary: Client, reading: Reading) -> None:
    answer = secretary.post("/papers/", {"file": file("b.txt"), "body": world.bodies["hq"].pk})
    assert answer.status_code == 409
    assert f'href="/papers/reading/{reading.pk}/"' in beside("file", answer)


def test_several_files_are_read_one_by_one(world: Personas, secretary: Client, workers: None) -> None:
    files = [file(f"{number}.txt", f"{PAPER}{number}") for number in range(3)]
    answer = secretary.post("/papers/", {"file": files, "body": world.bodies["hq"].pk}, follow=True)
    assert {draft.name for draft in Draft.objects.all()} == {"0.txt", "1.txt", "2.txt"}
    assert "۳ برگه خوانده شد" in text(answer)


def test_of_several_files_the_bad_ones_are_named_and_the_good_ones_read(
    world: Personas, secretary: Client, workers: None
) -> None:
    files = [file("a.txt"), file("خالی.txt", ""), file("عکس.png", b"\x89PNG\r\n\x00\x01" * 30), file("دوباره.txt")]
    answer = secretary.post("/papers/", {"file": files, "body": world.bodies["hq"].pk})
    assert answer.status_code == 422
    assert all(name in beside("file", answer) for name in ("خالی.txt", "عکس.png", "دوباره.txt"))
    assert Draft.objects.get().name == "a.txt" and not Reading.objects.exclude(state=JobState.DONE).exists()


def test_text_and_file_together_are_two_papers(world: Personas, secretary: Client, workers: None) -> None:
    secretary.post("/papers/", {"file": file("a.txt"), "text": PAPER + "۲", "body": world.bodies["hq"].pk})
    assert Draft.objects.count() == 2


# --- bad input


@pytest.mark.parametrize(
    ("sent", "field", "shown"),
    [
        ({"text": "   "}, "file", "پرونده‌ای برگزینید"),
        ({"file": file("خالی.txt", "")}, "file", "خالی.txt"),
        ({"file": file("عکس.png", b"\x89PNG\r\n\x00\x01" * 30)}, "file", "عکس.png"),
        ({"file": file("بمب.docx", with_body("<w:p/>" + " " * 100_000_000))}, "file", "باز شدن"),
        ({"file": file("خنده.docx", with_main(LAUGHS))}, "file", "موجودیت"),
        ({"file": file("بیگانه.docx", with_main(STRANGER))}, "file", "موجودیت"),
        ({"file": file("ناقص.docx", docx(p("متن"))[:300])}, "file", "خراب یا ناقص"),
        ({"file": file("نامش-دیگر.docx", "متن ساده")}, "file", "نامش-دیگر.docx"),
        ({"file": file("یک‌سطر.txt", "متن " * 1_200_000)}, "file", "سطری بیش از اندازه بلند"),
        ({"file": file("رمز.txt", bytes(range(128, 256)) * 40)}, "file", "رمز.txt"),
        ({"text": "چند واژه که صورتجلسه نیست"}, "text", "چند واژه که صورتجلسه نیست"),
        ({"text": PAPER, "secrecy": "topmost"}, "secrecy", ""),
    ],
)
@pytest.mark.usefixtures("workers")
def test_bad_paper_is_told_beside_its_field_and_what_was_pasted_is_kept(
    world: Personas, secretary: Client, sent: dict[str, Any], field: str, shown: str
) -> None:
    answer = secretary.post("/papers/", {**sent, "body": world.bodies["hq"].pk})
    assert answer.status_code == 422
    if field != "secrecy":
        assert shown in beside(field, answer) and 'role="alert"' in beside(field, answer)
        assert re.search(rf'id="f-{field}"[^>]*aria-invalid="true" autofocus', text(answer))
    if sent.get("text", "").strip():
        assert f"{sent['text']}</textarea>" in answer.content.decode()
    assert not Draft.objects.exists() and not Reading.objects.exists()


@pytest.mark.usefixtures("workers")
def test_file_that_is_too_large_is_passed_over_and_never_stored(
    world: Personas, secretary: Client, settings: Settings, tmp_path: Path
) -> None:
    """What came with it is read."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    large = file("بزرگ.txt", "x" * (10 * 1024 * 1024 + 1))
    answer = secretary.post("/papers/", {"file": [large, file("a.txt")], "body": world.bodies["hq"].pk})
    assert answer.status_code == 422 and "بزرگ.txt" in beside("file", answer)
    assert Draft.objects.get().name == "a.txt"
    assert not [path for path in tmp_path.rglob("*.upload")]


def test_text_that_is_too_long_is_told_beside_its_field(world: Personas, secretary: Client) -> None:
    answer = secretary.post("/papers/", {"text": "x" * (11 * 1024 * 1024 + 1), "body": world.bodies["hq"].pk})
    assert answer.status_code == 422 and "۱۰ مگابایت" in beside("text", answer)
    assert "xxx" not in text(answer)


def test_more_files_than_are_taken_at_once_are_refused_before_they_are_read(
    world: Personas, secretary: Client, settings: Settings
) -> None:
    files = [file(f"{number}.txt") for number in range(settings.MOST_UPLOADS + 1)]
    answer = secretary.post("/papers/", {"file": files, "body": world.bodies["hq"].pk})
    assert answer.status_code == 422 and "۱۰ پرونده" in beside("file", answer)
    assert not Reading.objects.exists()


@pytest.mark.parametrize("size", [3_000, 3_000_000], ids=["of its bytes", "of the upload itself"])
def test_full_disk_is_told_beside_the_field(
    world: Personas, home: Path, secretary: Client, no_workers: None, size: int
) -> None:
    with no_files_over(size // 2):
        answer = secretary.post("/papers/", {"file": file("a.txt", "x" * size), "body": world.bodies["hq"].pk})
    assert answer.status_code == 422 and "دیسک" in beside("file", answer)
    assert not Reading.objects.exists() and not [path for path in home.rglob("*") if path.is_file()]


def test_form_is_still_guarded_against_forgery(world: Personas) -> None:
    """The view reads the form before the guard does, to say what is too large; the guard must come all the same."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["secretary"], backend="dabir.foundation.accounts.NameOrMobileBackend")
    assert client.post("/papers/", {"text": PAPER, "body": world.bodies["hq"].pk}).status_code == 403
    assert not Reading.objects.exists()


def test_broken_form_is_refused(world: Personas, secretary: Client) -> None:
    whole = encode_multipart(BOUNDARY, {"text": PAPER, "body": world.bodies["hq"].pk})
    answer = secretary.generic("POST", "/papers/", whole[: len(whole) // 2], content_type=MULTIPART_CONTENT)
    assert answer.status_code in (400, 404, 422)
    assert not Reading.objects.exists()


def test_paper_is_not_brought_to_a_body_of_others(world: Personas, secretary: Client) -> None:
    assert secretary.post("/papers/", {"text": PAPER, "body": world.bodies["other"].pk}).status_code == 403
    assert secretary.post("/papers/", {"text": PAPER, "body": "x"}).status_code == 404
    assert not Reading.objects.exists()


# --- how far it is


def test_waiting_paper_shows_its_place_in_the_line(world: Personas, secretary: Client, reading: Reading) -> None:
    second = services.bring_paper(b"2", name="2.txt", body=world.bodies["hq"], by=world.staff)
    assert "نخستین در صف" in text(secretary.get(f"/papers/reading/{reading.pk}/"))
    assert "پس از ۱ برگه دیگر" in text(secretary.get(f"/papers/reading/{second.pk}/"))


def test_steps_behind_are_counted_and_none_is_guessed(secretary: Client, reading: Reading) -> None:
    address = f"/papers/reading/{reading.pk}/"
    assert re.search(r'<progress[^>]*max="3" value="1"', text(secretary.get(address)))
    claimed = line.claim_next(limit=1)
    assert claimed
    for step, value, name in (("reading", 1, "خواندن"), ("proofreading", 2, "نمونه‌خوانی")):
        line.step(claimed, step)
        page = text(secretary.get(address))
        assert re.search(rf'<progress[^>]*max="3" value="{value}"', page)
        assert re.search(rf'<li class="now" aria-current="step"> {name}', page)


def test_document_of_an_office_program_is_converted_first(world: Personas, secretary: Client, no_workers: None) -> None:
    row = services.bring_paper(b"PK", name="a.docx", body=world.bodies["hq"], by=world.staff)
    page = text(secretary.get(f"/papers/reading/{row.pk}/"))
    assert 'max="4" value="1"' in page and "تبدیل" in page


def test_page_renews_itself_with_and_without_scripts_until_it_ends(secretary: Client, reading: Reading) -> None:
    address = f"/papers/reading/{reading.pk}/"
    page = text(secretary.get(address))
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'hx-get="{address}" hx-trigger="every 1s"' in page
    line.cancel(reading)
    page = text(secretary.get(address))
    assert 'http-equiv="refresh"' not in page and "hx-get" not in page


def test_part_of_the_page_asks_no_longer_when_the_paper_has_been_read(secretary: Client, reading: Reading) -> None:
    work_off()
    page = text(secretary.get(f"/papers/reading/{reading.pk}/", headers={"HX-Request": "true"}))
    assert f'data-leads-to="/papers/{Draft.objects.get().pk}/"' in page and "hx-get" not in page


def test_failed_reading_names_file_cause_and_remedy_and_leads_back(
    world: Personas, secretary: Client, no_workers: None
) -> None:
    row = services.bring_paper(b"\x89PNG\r\n\x00\x01" * 30, name="عکس.png", body=world.bodies["hq"], by=world.staff)
    work_off()
    for address in (f"/papers/reading/{row.pk}/", "/papers/"):
        page = text(secretary.get(address))
        assert "«\u2068عکس.png\u2069» تصویر است" in page and "به‌صورت سند Word یا متن بدهید" in page
    assert 'href="/papers/#f-file"' in text(secretary.get(f"/papers/reading/{row.pk}/"))
    secretary.cookies["language"] = "en"
    assert "“\u2068عکس.png\u2069” is a picture. Give the minutes" in text(secretary.get(f"/papers/reading/{row.pk}/"))
    answer = secretary.post(f"/papers/reading/{row.pk}/forget/", follow=True)
    assert "عکس.png" not in text(answer)


def test_line_that_does_not_move_is_told(secretary: Client, reading: Reading) -> None:
    Reading.objects.filter(pk=reading.pk).update(queued_at=time.time() - 60)
    assert "اکنون چیزی خوانده نمی‌شود" in text(secretary.get(f"/papers/reading/{reading.pk}/"))


def test_cancelled_reading_leads_to_the_papers_and_says_so(secretary: Client, reading: Reading) -> None:
    answer = secretary.post(f"/papers/reading/{reading.pk}/cancel/", follow=True)
    assert answer.redirect_chain[-1][0] == "/papers/" and "«\u2068۱۴.txt\u2069» انصراف داده شد" in text(answer)
    assert f"/papers/reading/{reading.pk}/" not in text(answer)
    assert "انصراف داده شد" in text(secretary.get(f"/papers/reading/{reading.pk}/"))
    work_off()
    assert not Draft.objects.exists()


def test_cancelling_too_late_leads_to_the_paper(secretary: Client, reading: Reading) -> None:
    work_off()
    answer = secretary.post(f"/papers/reading/{reading.pk}/cancel/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/papers/{Draft.objects.get().pk}/"
    assert "پیش از این خوانده شده است" in text(answer)


def test_cancelling_twice_does_not_say_that_it_was_read(secretary: Client, reading: Reading) -> None:
    address = f"/papers/reading/{reading.pk}/cancel/"
    secretary.post(address)
    assert "خواندن آن پیش از این پایان یافته است" in text(secretary.post(address, follow=True))


def test_old_failures_do_not_hide_what_is_being_read(
    world: Personas, secretary: Client, no_workers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "MOST", 3)  # each is read by a process of its own
    for number in range(papers.MOST):
        services.bring_paper(b"%d" % number, name=f"old{number}", body=world.bodies["hq"], by=world.staff)
    work_off()
    services.bring_paper(PAPER.encode(), name="new.txt", body=world.bodies["hq"], by=world.staff)
    page = text(secretary.get("/papers/reading/"))
    assert "new.txt" in page and "old0<" not in page and page.index("old1<") < page.index("new.txt")


def test_list_of_readings_tells_also_what_it_knew_and_has_been_read(secretary: Client, reading: Reading) -> None:
    known = f"/papers/reading/?of={reading.pk}"
    page = text(secretary.get("/papers/"))
    assert "۱۴.txt" in page and f'hx-get="{known}" hx-trigger="every 2s"' in page
    work_off()
    assert "خوانده شد" in text(secretary.get(known)) and "hx-get" not in text(secretary.get(known))
    assert "۱۴.txt" not in text(secretary.get("/papers/reading/"))
    assert secretary.get("/papers/reading/?of=x,,99999999999999999999,-1").status_code == 200


@pytest.mark.parametrize("persona", ["governor", "auditor", "county", "officer", "other_secretary", "admin"])
def test_others_are_not_told_of_a_paper_being_read(sign_in: SignIn, reading: Reading, persona: str) -> None:
    client = sign_in(persona)
    for act in ("", "cancel/", "forget/"):
        address = f"/papers/reading/{reading.pk}/{act}"
        assert (client.post(address) if act else client.get(address)).status_code == 404
    assert "۱۴.txt" not in text(client.get(f"/papers/reading/?of={reading.pk}"))


def test_list_costs_the_same_however_many_are_being_read(
    world: Personas, secretary: Client, reading: Reading, django_assert_num_queries: Callable[..., Any]
) -> None:
    with CaptureQueriesContext(connection) as one:
        secretary.get("/papers/reading/")
    for number in range(5):
        services.bring_paper(b"%d" % number, name="x.txt", body=world.bodies["hq"], by=world.staff)
    with django_assert_num_queries(len(one)):
        secretary.get("/papers/reading/")
