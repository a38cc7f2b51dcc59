"""What waits for its body to close it: page by page, and put into the next minutes, the ticked ones or all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.cycle import next_minutes
from dabir.cycle.classifying import classify_meeting
from dabir.directory import services
from dabir.directory.models import Body
from dabir.foundation import ledger
from dabir.foundation.paging import SIZE
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.compiling import text_of
from dabir.meetings.models import Manuscript, Meeting
from dabir.obligations.models import Obligation, Order
from dabir.persian import clock
from tests import builders, drafts
from tests.desk.conftest import SignIn
from tests.personas import Personas

MET = builders.SESSION_11 + timedelta(days=30)
PAGE, ALL = "/debts/proposed/", "/debts/to-minutes/all/"


def propose(
    world: Personas, count: int, *, body: Body | None = None, since: date = builders.SESSION_11
) -> list[Obligation]:
    """So many debts of an order that was given on that day, proposed for closing."""
    body = body or world.bodies["hq"]
    with ledger.change("tests.proposed", by=world.operator) as change:
        code = f"{body.code}-order-1398-{Order.objects.count() + 1}"
        order = change.create(Order(body=body, way="note", date=since, text="x", code=code))
        return [
            change.create(
                Obligation(
                    body=body,
                    order=order,
                    code=f"{code}/{n}.1",
                    action=f"کار {n}",
                    lead=world.parties["roads"],
                    state="proposed",
                    due_kind="day",
                    due_day=builders.SESSION_11 + timedelta(days=n % 20),
                    proposed_at=clock.now(),
                )
            )
            for n in range(count)
        ]


@pytest.fixture
def next_one(world: Personas) -> Meeting:
    return drafts.held(world, number=12, date=MET, title="جلسه ۱۲ ستاد")


def ticks(page: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'name="debt" value="(\d+)"', page)]


def rows_of(debts: Sequence[Obligation]) -> list[int]:
    return [debt.pk for debt in sorted(debts, key=lambda debt: (debt.due_day, debt.pk))]


def draft() -> str:
    return text_of(Manuscript.objects.get())


def test_pages_hold_each_debt_once_in_the_order_of_its_deadline(world: Personas, sign_in: SignIn) -> None:
    debts, client = propose(world, SIZE + 3), sign_in("staff")
    first = client.get(PAGE).content.decode()
    (following,) = re.findall(r'href="(\?after=[^"]+)" rel="next"', first)
    last = client.get(PAGE + following).content.decode()
    assert ticks(first) + ticks(last) == rows_of(debts)
    assert 'rel="next"' not in last and 'rel="prev"' in last
    with ledger.change("tests.cancelled", by=world.operator) as change:  # meanwhile, what stood there is gone
        for debt in debts:
            if debt.pk in ticks(last):
                debt.cancel()
                change.touch(debt, "state")
    beyond = client.get(PAGE + following).content.decode()
    assert ticks(beyond) == [] and f'href="{PAGE}"' in beyond
    assert ticks(client.get(PAGE + "?after=x").content.decode()) == ticks(first)


def test_nothing_that_waits_is_said_so(world: Personas, sign_in: SignIn) -> None:
    page = sign_in("secretary").get(PAGE)
    assert page.status_code == 200 and not ticks(page.content.decode())
    assert "to-minutes" not in page.content.decode()
    assert sign_in("officer").get(PAGE).status_code == 404


def test_as_many_statements_whatever_waits_and_is_ticked(world: Personas, sign_in: SignIn, next_one: Meeting) -> None:
    client = sign_in("secretary")

    def statements(debts: list[Obligation]) -> tuple[int, int]:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as shown:
            client.get(PAGE)
        with CaptureQueriesContext(connection) as sent:
            client.post("/debts/to-minutes/", {"debt": [debt.pk for debt in debts], "act": "close"})
        return len(shown), len(sent)

    statements(propose(world, 1))  # begins the draft
    assert statements(propose(world, 2)) == statements(propose(world, 40))
    assert draft().count("مختومه") == 43


def test_all_that_are_ticked_on_a_page_can_be_sent(world: Personas, sign_in: SignIn, next_one: Meeting) -> None:
    propose(world, SIZE + 1)
    client = sign_in("staff")
    sent = {"debt": ticks(client.get(PAGE).content.decode()), "act": "close", "next": PAGE}
    assert client.post("/debts/to-minutes/", sent).headers["Location"] == PAGE
    assert draft().count("مختومه") == SIZE


def test_all_go_into_the_draft_by_one_press_and_no_line_twice(
    world: Personas, sign_in: SignIn, next_one: Meeting
) -> None:
    debts, client = propose(world, SIZE + 2), sign_in("staff")
    others = propose(world, 1, body=world.bodies["committee"])
    page = client.get(PAGE).content.decode()
    assert f'formaction="{ALL}"' in page
    for _again in range(2):
        answer = client.post(ALL, {"body": "hq", "meeting": next_one.code, "next": PAGE})
        assert answer.headers["Location"] == PAGE
    assert [draft().count(f"{debt.code} ") for debt in debts] == [1] * len(debts)
    assert others[0].code not in draft()
    assert set(Obligation.objects.values_list("state", flat=True)) == {"proposed"}  # sealing closes them


def test_what_the_meeting_cannot_decide_on_is_left_out_and_named(world: Personas, sign_in: SignIn) -> None:
    secret = builders.meeting(world)
    row = Obligation.objects.get(code="hq-1398-11/3.1")
    with ledger.change("tests.propose", by=world.operator) as change:
        row.propose()
        row.proposed_at = clock.now()
        change.touch(row, "state", "proposed_at")
    classify_meeting(secret, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    next_one = drafts.held(world, number=12, date=MET, title="جلسه ۱۲ ستاد")
    (fit,), (later,) = propose(world, 1), propose(world, 1, since=MET + timedelta(days=1))
    answer = sign_in("secretary").post(ALL, {"body": "hq", "meeting": next_one.code})
    done, left = (str(one) for one in get_messages(answer.wsgi_request))
    assert fit.code in draft() and later.code not in draft() and row.code not in draft()
    assert later.code in left and row.code in left and fit.code not in left and row.action not in left
    assert next_one.title in done


def test_what_is_all_left_out_begins_no_draft(world: Personas, sign_in: SignIn, next_one: Meeting) -> None:
    propose(world, 2, since=MET + timedelta(days=1))
    answer = sign_in("secretary").post(ALL, {"body": "hq", "meeting": next_one.code})
    (left,) = get_messages(answer.wsgi_request)
    assert left.level_tag == "warning" and not Manuscript.objects.exists()


def test_more_than_go_at_a_time_wait_for_the_next_press(
    world: Personas, sign_in: SignIn, next_one: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_minutes, "MOST", 2)
    debts, client = propose(world, 3), sign_in("secretary")
    for there in (2, 3):
        client.post(ALL, {"body": "hq", "meeting": next_one.code})
        assert draft().count("مختومه") == there
    assert debts[2].code in draft()


def test_without_a_meeting_to_write_for_nothing_is_stored(world: Personas, sign_in: SignIn) -> None:
    propose(world, 2)
    client = sign_in("secretary")
    assert client.post(ALL, {"body": "hq"}).status_code == 422
    drafts.held(world, number=12, date=MET, title="جلسه ۱۲ ستاد", state="cancelled")
    assert client.post(ALL, {"body": "hq"}).status_code == 422
    assert not Manuscript.objects.exists()


@pytest.mark.parametrize("persona", ["governor", "officer", "head", "auditor", "admin"])
def test_nobody_else_puts_them_there(world: Personas, sign_in: SignIn, next_one: Meeting, persona: str) -> None:
    (debt,) = propose(world, 1)
    client = sign_in(persona)
    assert client.post(ALL, {"body": "hq", "meeting": next_one.code}).status_code in (403, 404)
    assert client.post("/debts/to-minutes/", {"debt": debt.pk, "act": "close"}).status_code in (403, 404)
    assert not Manuscript.objects.exists()


def test_another_bodys_secretary_sends_none_of_them(world: Personas, sign_in: SignIn, next_one: Meeting) -> None:
    (debt,) = propose(world, 1)
    client = sign_in("other_secretary")
    assert client.post(ALL, {"body": "hq"}).status_code in (403, 404)
    assert client.post("/debts/to-minutes/", {"debt": debt.pk, "act": "close"}).status_code == 404
    assert not Manuscript.objects.exists()


def test_a_secretariat_of_several_bodies_sees_one_after_the_other(world: Personas, sign_in: SignIn) -> None:
    second = services.create_body(by=world.operator, code="second", name="کارگروه نمونه")
    services.give_seat(by=world.operator, body=second, party=world.parties["planning"], office="secretary")
    own, others = propose(world, 2), propose(world, 1, body=second)
    client = sign_in("secretary")
    seen = [ticks(client.get(f"{PAGE}?body={code}").content.decode()) for code in ("hq", "second", "committee")]
    assert seen[:2] == [rows_of(own), rows_of(others)] and seen[2] in seen[:2]


def test_what_is_proposed_is_no_longer_called_late(world: Personas, sign_in: SignIn) -> None:
    """It is its body's turn; taken up again it is as late as it was."""
    (debt,) = propose(world, 1)
    assert debt.due_day and debt.due_day < clock.today()
    secretary = sign_in("secretary")
    for address in (PAGE, "/register/", f"/progress/{debt.code}/"):
        page = secretary.get(address).content.decode()
        assert debt.code in page and "روز تأخیر" not in page, address
    Obligation.objects.filter(pk=debt.pk).update(state="open", proposed_at=None)
    assert "روز تأخیر" in secretary.get("/register/").content.decode()
