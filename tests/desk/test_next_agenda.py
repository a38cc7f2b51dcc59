"""The page of the proposed agenda: its lines, and the form that puts the ticked ones into a meeting's agenda."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from dabir.meetings import services
from dabir.meetings.models import Meeting
from dabir.meetings.services.planning import Plan
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
    assert governor.get(page.replace("1398/07/30", "1398/06/30")).status_code == 422
