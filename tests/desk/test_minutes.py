"""The editor's pages: without scripts a form that saves and compiles; for its script JSON; clashes side by side."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dabir.foundation import ledger
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.compiling import compiled, text_of
from dabir.meetings.manuscripts.services import open_manuscript, save_text
from dabir.meetings.models import Attendance, Manuscript
from dabir.meetings.typed import LONGEST_TEXT
from tests import builders
from tests.personas import Personas

JSON = {"Accept": "application/json"}
DECIDED = """تاریخ جلسه: ۱۳۹۸/۰۷/۱۷	صورتجلسه ستاد فرماندهی اقتصاد مقاومتی استان زنجان
شماره جلسه: ۴۱

ج - مصوبات جلسه:

۱- سازمان جهاد کشاورزی استان زنجان مکلف است گزارش بهرهوری را حداکثر تا ۱۳۹۸/۰۸/۰۵ ارسال نماید.
"""


@pytest.fixture
def manuscript(world: Personas) -> Manuscript:
    return open_manuscript(builders.held(world), by=world.secretary)


def address(manuscript: Manuscript, name: str = "minutes", **parts: object) -> str:
    return reverse(name, kwargs={"code": manuscript.meeting.code, **parts})


def sign_in(client: Client, world: Personas, persona: str = "secretary") -> Client:
    client.force_login(world.users[persona])
    return client


def test_beginning_leads_to_the_office_form_and_a_second_time_too(client: Client, world: Personas) -> None:
    meeting = builders.held(world)
    sign_in(client, world)
    page = client.get(reverse("minutes", args=[meeting.code])).content.decode()
    assert reverse("minutes-begin", args=[meeting.code]) in page
    for _ in range(2):
        began = client.post(reverse("minutes-begin", args=[meeting.code]))
        assert began["Location"] == reverse("minutes", args=[meeting.code])
    page = client.get(began["Location"]).content.decode()
    assert "الف - دستور جلسه:" in page and 'name="base" value="1"' in page


def test_saving_without_scripts_compiles(client: Client, world: Personas, manuscript: Manuscript) -> None:
    sign_in(client, world)
    answer = client.post(address(manuscript, "minutes-save"), {"base": "1", "text": DECIDED}, follow=True)
    page = answer.content.decode()
    assert text_of(manuscript) == DECIDED
    assert "یکشنبه ۵ آبان ۱۳۹۸" in page and "تعطیل رسمی" in page and 'data-line="6"' in page


def test_too_much_comes_back_with_the_reason(client: Client, world: Personas, manuscript: Manuscript) -> None:
    sign_in(client, world)
    answer = client.post(address(manuscript, "minutes-save"), {"base": "1", "text": "ا" * (LONGEST_TEXT + 1)})
    assert answer.status_code == 422 and "ا" * 1000 in answer.content.decode()
    answer = client.post(address(manuscript, "minutes-compile"), {"text": "ا" * (LONGEST_TEXT + 1)})
    assert answer.status_code == 422 and answer.json()["fault"]


def test_compiling_tells_findings_with_lines_and_fixes(client: Client, world: Personas, manuscript: Manuscript) -> None:
    sign_in(client, world)
    text = DECIDED.replace("۱۳۹۸/۰۷/۱۷", "۱۳۹۸/۰۷/۱۸")
    told = client.post(address(manuscript, "minutes-compile"), {"text": text}).json()
    by_line = {(one["first"], one["severity"]): one for one in told["findings"]}
    assert by_line[1, "error"]["fixes"] == [["۱۳۹۸/۰۷/۱۸", "۱۳۹۸/۰۷/۱۷"]]
    assert ["بهرهوری", "بهره‌وری"] in [fix for one in told["findings"] for fix in one["fixes"]]
    assert told["heads"] == [4]
    assert text_of(manuscript) != text  # compiling saves nothing


def test_markup_in_the_text_is_text(client: Client, world: Personas, manuscript: Manuscript) -> None:
    sign_in(client, world)
    text = DECIDED.replace("گزارش", "<script>alert(1)</script>")
    told = client.post(address(manuscript, "minutes-compile"), {"text": text}).json()
    assert "<script>" not in told["cards"] and "&lt;script&gt;" in told["cards"]
    client.post(address(manuscript, "minutes-save"), {"base": "1", "text": "</textarea><script>x</script>"})
    page = client.get(address(manuscript)).content.decode()
    assert "<script>x" not in page


def test_the_script_is_told_what_became_of_its_text(client: Client, world: Personas, manuscript: Manuscript) -> None:
    sign_in(client, world, "staff")
    save = address(manuscript, "minutes-save")
    begun = text_of(manuscript)
    assert client.post(save, {"base": "1", "text": begun + "\nیک"}, headers=JSON).json()["sent"] == 2
    save_text(manuscript, "سر\n" + begun + "\nیک", base=2, by=world.secretary)
    told = client.post(save, {"base": "2", "text": begun + "\nیک\nدو"}, headers=JSON).json()
    assert (told["sent"], told["now"], told["by"]) == (4, 5, world.staff.name)
    assert told["text"].startswith("سر\n") and told["text"].endswith("یک\nدو")
    newest = client.get(address(manuscript, "minutes-newest"), {"have": "4"}, headers=JSON).json()
    assert newest["now"] == 5 and newest["text"] == told["text"]
    assert "text" not in client.get(address(manuscript, "minutes-newest"), {"have": "5"}, headers=JSON).json()


def test_a_clash_shows_both_texts_and_takes_what_is_chosen(
    client: Client, world: Personas, manuscript: Manuscript
) -> None:
    sign_in(client, world, "staff")
    save_text(manuscript, "سر\nمیان او\nپا", base=1, by=world.secretary)
    Manuscript.objects.get(pk=manuscript.pk).revisions.filter(number=1).update(text="سر\nمیان\nپا")
    answer = client.post(address(manuscript, "minutes-save"), {"base": "1", "text": "سر\nمیان من\nپا"})
    clash = address(manuscript, "minutes-clash", number=3)
    assert answer["Location"] == clash
    page = client.get(clash).content.decode()
    assert "میان او" in page and "میان من" in page
    assert clash in client.get(address(manuscript)).content.decode()
    form = {"against": "2", "side-0": "own", "own-0": "میان او\r\nمیان من", "mine-0": "میان من", "theirs-0": "میان او"}
    client.post(clash, form)
    assert text_of(manuscript) == "سر\nمیان او\nمیان من\nپا"
    assert clash not in client.get(address(manuscript)).content.decode()


def test_revisions_are_compared_and_restored(client: Client, world: Personas, manuscript: Manuscript) -> None:
    sign_in(client, world)
    begun = text_of(manuscript)
    save_text(manuscript, begun.replace("ب - مذاکرات", "ب - سخنان"), base=1, by=world.staff)
    listed = client.get(address(manuscript, "minutes-revisions")).content.decode()
    assert world.staff.name in listed
    page = client.get(address(manuscript, "minutes-revision", number=2)).content.decode()
    assert "<del>ب - مذاکرات جلسه:</del>" in page and "<ins>ب - سخنان جلسه:</ins>" in page
    client.post(address(manuscript, "minutes-restore", number=1))
    assert text_of(manuscript) == begun and manuscript.revisions.count() == 3
    for wrong in (99, 2**40):
        assert client.get(address(manuscript, "minutes-revision", number=wrong)).status_code == 404


def test_attendance_is_written_as_recorded(client: Client, world: Personas) -> None:
    """Minutes that were prepared before the meeting know of nobody."""
    there = Attendance(text="جهاد کشاورزی", capacity="member", present=True)
    away = Attendance(text="اتاق تعاون", present=False)
    meeting = builders.held(world)
    manuscript = open_manuscript(meeting, by=world.secretary)
    sign_in(client, world)
    button = address(manuscript, "minutes-attendance")
    assert button not in client.get(address(manuscript)).content.decode()
    with ledger.change("tests.attended", by=world.operator) as change:
        for order, row in enumerate((there, away), 1):
            row.meeting, row.order = meeting, order
            change.create(row)
    assert button in client.get(address(manuscript)).content.decode()
    written = text_of(manuscript).replace("اعضای مدعو:", "اعضای مدعو:\n\nکسی دیگر") + "\nمحل امضا:\n\nاستاندار\n"
    client.post(button, {"base": "1", "text": written})
    minutes = compiled(meeting, text_of(manuscript))
    assert [(entry.text, entry.present) for entry in minutes.attendance] == [
        ("جهاد کشاورزی", True),
        ("اتاق تعاون", False),
    ]
    assert text_of(manuscript).endswith("محل امضا:\n\nاستاندار\n")
    assert button not in client.get(address(manuscript)).content.decode()


def test_known_words_complete_themselves(client: Client, world: Personas, manuscript: Manuscript) -> None:
    sign_in(client, world)

    def found(before: str) -> list[tuple[str, int]]:
        answer = client.get(address(manuscript, "minutes-words"), {"before": before})
        return [(one["text"], one["replaces"]) for one in answer.json()["found"]]

    assert found("مقرر شد سازمان جهاد")[0] == (world.parties["agriculture"].name, len("سازمان جهاد"))
    assert ("جهاد کشاورزی", 4) in found("مقرر شد جهاد")
    assert ("نمونه officer", 7) in found("جناب آقای officer")
    assert found("حداکثر تا ۱۴") == [("۱۳۹۸/۰۸/۱۴", 2), ("۱۳۹۸/۰۹/۱۴", 2)]
    assert ("چهارشنبه ۱۳۹۸/۰۷/۲۴", 6) in found("روز چهارشن")
    assert ("مقرر شد", 3) in found("و مقر")
    assert found("") == found("سازمان ") == found("§§") == []


def test_sealed_minutes_are_shown_and_not_written(client: Client, world: Personas, manuscript: Manuscript) -> None:
    Manuscript.objects.filter(pk=manuscript.pk).update(state="sealed")
    sign_in(client, world)
    page = client.get(address(manuscript)).content.decode()
    assert "readonly" in page and "data-compile" not in page and 'id="save"' not in page
    answer = client.post(address(manuscript, "minutes-save"), {"base": "1", "text": "متن"}, headers=JSON)
    assert answer.status_code == 422 and answer.json()["fault"]


def test_a_classified_meeting_is_written_by_its_secretary_alone(client: Client, world: Personas) -> None:
    secret = builders.held(world, secrecy=SecrecyClass.SECRET)
    for persona, status in (("secretary", 200), ("staff", 404), ("governor", 403), ("auditor", 404), ("officer", 404)):
        sign_in(client, world, persona)
        assert client.get(reverse("minutes", args=[secret.code])).status_code == status, persona


def test_a_page_asks_as_much_whatever_the_text(
    client: Client, world: Personas, manuscript: Manuscript, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, world)
    many = DECIDED + "".join(
        f"{n}- سازمان جهاد کشاورزی استان زنجان گزارش {n} را تا ۱۳۹۸/۰۹/{n:02} بدهد.\n" for n in range(2, 30)
    )
    with django_assert_max_num_queries(30):
        answer = client.post(address(manuscript, "minutes-compile"), {"text": many})
    assert json.loads(answer.content)["cards"].count("decided-head") == 29
