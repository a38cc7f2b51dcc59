"""The page of the proposed agenda: its lines, and the form that puts the ticked ones into a meeting's agenda."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from dabir.meetings import services
from dabir.meetings.models import Meeting
from dabir.meetings.services.planning import Plan
from dabir.persian.digits import to_persian
from tests.conftest import TODAY
from tests.desk.conftest import SignIn
from tests.personas import Personas

pytestmark = pytest.mark.django_db


def words_of(paper: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in PdfDocument(paper)]


PAGE, PUT = "/meetings/agenda/", "/meetings/agenda/put/"


def test_ticked_lines_stand_on_the_agenda_of_the_planned_meeting(
    world: Personas, sign_in: SignIn, meeting: Meeting
) -> None:
    staff, hq = sign_in("staff"), world.bodies["hq"]
    page = staff.get(PAGE).content.decode()
    assert "hq-1398-11/4.1" in page and "جلسه‌ای در پیش ندارد" in page
    plan = Plan(TODAY + timedelta(days=9))
    coming = services.plan_meeting(plan, by=world.secretary, kept_by=hq, bodies=[(hq, None)])
    assert f'value="{coming.code}"' in staff.get(PAGE).content.decode()
    sent = {"body": "hq", "line": ["hq-1398-11/4.1", "hq-1398-11/5.1"], "meeting": coming.code, "invite": "1"}
    answer = staff.post(PUT, sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"/m/{coming.code}/"
    assert "۲ مورد به دستور جلسه افزوده شد" in answer.content.decode()
    assert [("4.1" in item.text, "5.1" in item.text) for item in coming.agenda.all()] == [(True, False), (False, True)]
    again = staff.post(PUT, sent, follow=True).content.decode()
    assert "از پیش در دستور جلسه هست" in again and coming.agenda.count() == 2


def test_the_chair_reads_it_without_a_form_and_a_quiet_body_says_so(
    world: Personas, sign_in: SignIn, meeting: Meeting
) -> None:
    governor = sign_in("governor")
    page = governor.get(f"{PAGE}?body=hq").content.decode()
    assert "hq-1398-11/4.1" in page and PUT not in page
    assert governor.post(PUT, {"body": "hq", "line": "hq-1398-11/4.1"}).status_code == 403
    assert "به این جلسه نیاز" in governor.get(f"{PAGE}?body=committee").content.decode()
    listed = sign_in("secretary").get("/meetings/").content.decode()
    assert PAGE in listed
    assert f"{PAGE}?body=hq" in governor.get("/parties/hq/").content.decode()
    assert PAGE not in sign_in("officer").get("/parties/hq/").content.decode()
    assert PAGE not in sign_in("officer").get("/meetings/").content.decode()


def test_the_evaluation_is_a_page_a_workbook_and_a_paper(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    page = "/meetings/evaluation/?body=hq&since=1398/07/01&until=1398/07/30"
    governor = sign_in("governor")
    shown = governor.get(page).content.decode()
    assert "hq-1398-11/4.1" in shown and "طبقه‌بندی بالاتر" in shown
    paper = governor.get(f"{page}&form=pdf").content
    assert len(load_workbook(BytesIO(governor.get(f"{page}&form=xlsx").content)).sheetnames) == 5
    governor.cookies["language"] = "en"
    assert "On time (%)" in governor.get(page).content.decode()
    assert words_of(governor.get(f"{page}&form=pdf").content) == words_of(paper)
    assert sign_in("officer").get(page).status_code == 403


@pytest.mark.parametrize(
    ("typed", "at", "why"),
    [
        ({"since": "۱۳۹۸/۱۲/۳۰", "until": "1398/07/30"}, "since", "چنین روزی در تقویم نیست."),
        ({"since": "1398/07/01", "until": "فردا"}, "until", "روز را به شکل ۱۳۹۸/۰۷/۲۰ بنویسید"),
        ({"since": "1398/07/01", "until": "1398/06/30"}, "until", "روز پایان پیش از روز آغاز است."),
        ({"since": "+5", "until": "+6"}, "since", "این دوره هنوز آغاز نشده است."),
    ],
)
def test_an_evaluation_of_days_that_cannot_be_comes_back_with_them(
    sign_in: SignIn, meeting: Meeting, typed: dict[str, str], at: str, why: str
) -> None:
    for form in ("", "pdf"):
        answer = sign_in("governor").get("/meetings/evaluation/", typed | {"form": form})
        html = answer.content.decode()
        assert answer.status_code == 422 and 'class="refusal"' not in html and "<table" not in html
        for name, day in typed.items():
            field = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
            assert field and f'value="{to_persian(day)}"' in field[0] and ("autofocus" in field[0]) == (name == at)
        note = re.search(rf'<p class="fault" id="f-{at}-note">(.*?)</p>', html)
        assert note and why in note[1] and html.count('class="fault"') == 1
