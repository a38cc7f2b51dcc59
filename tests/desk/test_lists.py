"""Lists leave as files: what the page shows, all of it, in its order and with its columns."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting
from dabir.obligations import services
from dabir.obligations.columns import COLUMNS
from dabir.obligations.models import Obligation
from dabir.writing import tables_pdf
from tests import builders
from tests.desk.conftest import SignIn
from tests.personas import Personas

EVERY = "&".join(f"column={name}" for name in COLUMNS)


def lines(response: Any) -> list[list[str]]:
    assert response.status_code == 200, response.content.decode()[-500:]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def sheet(response: Any) -> Any:
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content)).worksheets[0]


def by_head(rows: list[list[str]]) -> list[dict[str, str]]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def codes_on(page: str) -> list[str]:
    return re.findall(r'<bdi class="code" dir="ltr">([^<]+)</bdi>', page)


@pytest.mark.parametrize("query", ["", "?order=-due", "?order=-made", "?order=lead", "?unsettled=1", "?words=پیش نویس"])
def test_a_file_has_the_rows_of_the_page_in_its_order(sign_in: SignIn, meeting: Meeting, query: str) -> None:
    client = sign_in("secretary")
    page = client.get(f"/register/{query}").content.decode()
    written = [row["شناسه دبیر"] for row in by_head(lines(client.get(f"/register.csv{query}")))]
    assert written == codes_on(page) != []


def test_a_file_has_more_rows_than_a_page(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    for number in range(12, 20):
        builders.meeting(world, builders.minutes(world, number=number, session=f"1398/07/{number + 6}"))
    client = sign_in("secretary")
    assert len(codes_on(client.get("/register/").content.decode())) == 50
    assert len(lines(client.get("/register.csv"))) == 1 + 9 * 7


def test_the_usual_csv_says_what_the_usual_page_says(sign_in: SignIn, meeting: Meeting) -> None:
    rows = by_head(lines(sign_in("secretary").get("/register.csv")))
    assert list(rows[0]) == ["مهلت", "مهلت (میلادی)", "تکلیف", "شناسه دبیر", "مجری", "همکاران", "مرجع تصویب", "وضعیت"]
    third = next(row for row in rows if row["شناسه دبیر"] == "hq-1398-11/3.1")
    lead = Obligation.objects.get(code="hq-1398-11/3.1").lead
    assert lead and third["مجری"] == lead.name
    assert (third["مهلت"], third["مهلت (میلادی)"]) == ("۱۳۹۸/۰۸/۰۵", "2019-10-27")
    assert (third["تکلیف"], third["وضعیت"]) == ("پیش‌نویس دوم را ارائه نماید", "جاری")
    assert third["مرجع تصویب"] == meeting.kept_by.party.name
    undated = next(row for row in rows if row["شناسه دبیر"] == "hq-1398-11/5.1")
    assert undated["مهلت"] and not undated["مهلت (میلادی)"]


def test_a_workbook_has_real_dates_persian_heads_and_the_chosen_columns(
    world: Personas, sign_in: SignIn, meeting: Meeting
) -> None:
    services.release(Obligation.objects.filter(resolution__number="۳"), by=world.secretary)
    rows = list(
        sheet(sign_in("secretary").get(f"/register.xlsx?{EVERY}&words=پیش‌نویس دوم")).iter_rows(values_only=True)
    )
    assert len(rows) == 2
    one = dict(zip(rows[0], rows[1], strict=True))
    assert one["مهلت"] == one["مهلت نخست"] == datetime(2019, 10, 27)
    assert one["مهلت (به شمسی)"] == one["مهلت نخست (به شمسی)"] == "۱۳۹۸/۰۸/۰۵"
    assert one["تاریخ جلسه"] == datetime(2019, 10, 9)
    assert (one["روز مانده"], one["شماره مصوبه"], one["ابلاغ"]) == (15, "۳", None)
    assert one["آزادسازی"].date() == datetime(2019, 10, 12).date()
    assert not any(re.search("[A-Za-z]", head) for head in rows[0])


def test_a_file_is_persian_whatever_language_its_readers_pages_are_in(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    client.cookies["language"] = "en"
    rows = by_head(lines(client.get("/register.csv")))
    assert rows[0]["وضعیت"] == "جاری"


def test_columns_are_on_the_page_and_the_debt_is_always_among_them(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    page = client.get("/register/?column=left&column=nonsense").content.decode()
    assert "پیش‌نویس دوم را ارائه نماید" in page and "روز مانده" in page and 'class="lead"' not in page
    rows = by_head(lines(client.get("/register.csv?column=left&column=nonsense")))
    assert list(rows[0]) == ["تکلیف", "شناسه دبیر", "روز مانده"]


def test_pages_in_the_order_of_leads_follow_each_other(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    for number in range(12, 20):
        builders.meeting(world, builders.minutes(world, number=number, session=f"1398/07/{number + 6}"))
    client, seen, address = sign_in("secretary"), list[str](), "/register/?order=lead"
    for _page in range(3):
        page = client.get(address).content.decode()
        seen += codes_on(page)
        found = re.search(r'href="(\?[^"]+)" rel="next"', page)
        if not found:
            break
        address = "/register/" + found[1].replace("&amp;", "&")
    assert seen == [row["شناسه دبیر"] for row in by_head(lines(client.get("/register.csv?order=lead")))]
    assert len(set(seen)) == 9 * 7


def test_whoever_may_not_see_a_debt_does_not_take_it_out(world: Personas, sign_in: SignIn) -> None:
    secret = builders.meeting(world, secrecy=SecrecyClass.CONFIDENTIAL)
    services.release(Obligation.objects.filter(resolution__number="۳"), by=world.secretary)
    assert len(lines(sign_in("secretary").get("/register.csv"))) > 1
    for persona in ("staff", "auditor", "consultant", "officer", "admin"):
        client = sign_in(persona)
        assert len(lines(client.get(f"/register.csv?{EVERY}"))) == 1, persona
        assert sheet(client.get("/register.xlsx")).max_row == 1, persona
        # Nor its meeting's title, which the paper would name among what narrows it.
        assert secret.title.encode() not in client.get(f"/register.csv?meeting={secret.code}").content


def test_formulas_from_papers_are_inert(world: Personas, sign_in: SignIn) -> None:
    read = builders.minutes(world)
    read.resolutions[2].obligations[0].action = '=HYPERLINK("http://evil","x")'
    builders.meeting(world, read)
    client = sign_in("secretary")
    assert "'=HYPERLINK" in client.get("/register.csv?words=hyperlink").content.decode()
    cells = [cell for row in sheet(client.get("/register.xlsx")).iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_a_file_is_saved_under_a_name_with_the_day(sign_in: SignIn, meeting: Meeting) -> None:
    for form in ("csv", "xlsx", "pdf"):
        response = sign_in("secretary").get(f"/register.{form}")
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Content-Disposition"].endswith(f"1398-07-20.{form}")
        assert response["X-Content-Type-Options"] == "nosniff"


def test_the_paper_is_a_pdf_with_its_font_within(sign_in: SignIn, meeting: Meeting) -> None:
    data = sign_in("secretary").get("/register.pdf?unsettled=1").content
    assert data.startswith(b"%PDF-") and b"Vazirmatn" in data


def test_a_list_too_long_to_print_says_so(sign_in: SignIn, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_pdf, "MOST_ROWS", 3)
    client = sign_in("secretary")
    response = client.get("/register.pdf")
    assert response.status_code == 422 and "۳" in response.content.decode()
    assert client.get("/register.pdf?unsettled=1").status_code == 200


def test_no_other_form_is_known(sign_in: SignIn) -> None:
    assert sign_in("secretary").get("/register.exe").status_code == 404


def test_a_file_costs_the_same_queries_however_many_rows(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/register.csv?{EVERY}")
        return len(captured)

    before = queries()
    builders.meeting(world, builders.minutes(world, number=12, session="1398/07/18"))
    assert queries() == before <= 10


def test_meetings_leave_newest_first_with_what_they_decided(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    builders.meeting(world, builders.minutes(world, number=12, session="1398/07/18"))
    builders.meeting(world, builders.minutes(world, number=10, session="1398/07/10"), secrecy=SecrecyClass.CONFIDENTIAL)
    rows = by_head(lines(sign_in("secretary").get("/meetings.csv")))
    assert [row["شناسه"] for row in rows] == ["hq-1398-12", "hq-1398-11", "hq-1398-10"]
    assert (rows[1]["تاریخ"], rows[1]["تاریخ (میلادی)"]) == ("۱۳۹۸/۰۷/۱۷", "2019-10-09")
    assert (rows[1]["مصوبه‌ها"], rows[1]["تکلیف‌ها"]) == ("7", "7")
    assert len(lines(sign_in("staff").get("/meetings.csv"))) == 3
    assert len(lines(sign_in("secretary").get("/meetings.csv?body=committee"))) == 1
    assert len(lines(sign_in("secretary").get("/meetings.csv?state=planned"))) == 1
    called = by_head(lines(sign_in("officer").get("/meetings.csv")))  # they may read the minutes of two
    assert [(row["شناسه"], row["مصوبه‌ها"]) for row in called] == [("hq-1398-12", "7"), ("hq-1398-11", "7")]
    listed = sign_in("officer").get("/meetings/").content.decode()
    assert listed.index("hq-1398-12") < listed.index("hq-1398-11") and "hq-1398-10" not in listed
    first = sheet(sign_in("secretary").get("/meetings.xlsx"))["A2"]
    assert first.value == datetime(2019, 10, 10)
    assert sign_in("secretary").get("/meetings.pdf?body=hq").content.startswith(b"%PDF")


def test_parties_leave_as_they_are_narrowed(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    every = by_head(lines(client.get("/parties.csv")))
    assert [row["نام"] for row in every] and {row["نوع"] for row in every} > {"دستگاه"}
    agencies = by_head(lines(client.get("/parties.csv?kind=organization")))
    assert {row["نوع"] for row in agencies} == {"دستگاه"} and 0 < len(agencies) < len(every)
    assert "agriculture" in [row["شناسه"] for row in by_head(lines(client.get("/parties.csv?words=جهاد")))]
    assert sheet(client.get("/parties.xlsx")).max_row == 1 + len(every)
    assert client.get("/parties.pdf").content.startswith(b"%PDF")
