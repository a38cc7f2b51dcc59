from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.meetings.models import Meeting
from dabir.obligations import services
from dabir.obligations.models import Obligation
from tests import builders
from tests.desk.conftest import SignIn
from tests.personas import Personas

ACTION = "پیش‌نویس دوم را ارائه نماید"


def test_the_secretary_sees_every_debt_with_its_gaps(sign_in: SignIn, meeting: Meeting) -> None:
    page = sign_in("secretary").get("/register/").content.decode()
    assert ACTION in page and "۱۳۹۸/۰۸/۰۵" in page and 'class="gap"' in page
    assert f"/r/{meeting.code}/3/" in page


def test_an_outsider_sees_an_empty_register_that_says_so(sign_in: SignIn, meeting: Meeting) -> None:
    page = sign_in("outsider").get("/register/").content.decode()
    assert ACTION not in page and 'class="empty"' in page


def test_a_debtor_sees_the_debt_once_it_is_released(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("consultant")
    assert ACTION not in client.get("/register/").content.decode()
    services.release(Obligation.objects.filter(resolution__number="۳"), by=world.secretary)
    assert ACTION in client.get("/register/").content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("words=پیش نویس", True),
        ("words=چیزی که نیست", False),
        ("unsettled=1", False),
        ("body=hq", True),
        ("body=committee", False),
        ("party=consultants", True),
        ("party=roads", False),
        ("state=open", True),
        ("state=closed", False),
        ("overdue=1", False),
        ("state=no-such-state&after=rubbish&order=sideways", True),
    ],
)
def test_filters_narrow_the_register(sign_in: SignIn, meeting: Meeting, query: str, shown: bool) -> None:
    page = sign_in("secretary").get(f"/register/?{query}")
    assert page.status_code == 200
    assert (ACTION in page.content.decode()) is shown


def test_filters_that_fit_nothing_offer_the_way_back(sign_in: SignIn, meeting: Meeting) -> None:
    page = sign_in("secretary").get("/register/?words=هیچ").content.decode()
    assert 'class="empty"' in page and 'href="/register/"' in page


def test_rows_that_repeat_the_one_above_are_dittos(sign_in: SignIn, meeting: Meeting) -> None:
    assert "ditto" in sign_in("secretary").get("/register/").content.decode()


def test_turning_the_order_puts_the_latest_first(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")

    def rows(query: str) -> list[str]:
        return re.findall(r"#o-(\d+)", client.get(f"/register/{query}").content.decode())

    assert rows("?order=-due") == rows("")[::-1] != []


def test_the_count_of_queries_does_not_grow_with_the_rows(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    client.get("/register/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/register/")
        return len(captured)

    before = queries()
    builders.meeting(world, builders.minutes(world, number=12, session="1398/07/18"))
    assert queries() == before <= 20


def test_text_from_papers_is_escaped(world: Personas, sign_in: SignIn) -> None:
    read = builders.minutes(world)
    read.resolutions[2].obligations[0].action = "<script>alert(1)</script> را ارائه نماید"
    builders.meeting(world, read)
    page = sign_in("secretary").get("/register/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
