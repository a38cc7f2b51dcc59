"""The pages of deadlines and events, as a browser asks for them."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.directory.models import Body
from dabir.meetings import services as meetings
from dabir.meetings.models import AgendaItem, Meeting
from dabir.meetings.services.planning import Plan
from dabir.obligations import extending, services, waiting
from dabir.obligations.models import Extension, Obligation, Occurrence, Wait
from tests.desk.conftest import SignIn
from tests.personas import Personas


def debt(number: str) -> Obligation:
    return Obligation.objects.select_related("body").get(resolution__number=number, parent=None, is_group=False)


@pytest.fixture
def owed(world: Personas, meeting: Meeting) -> Obligation:
    """The consultants' debt of resolution 3, released; it waits for one of resolution 2."""
    services.release([debt("۳")], by=world.secretary)
    return debt("۳")


def test_an_extension_goes_from_the_debtor_to_the_secretary_and_then_to_the_body(
    world: Personas, sign_in: SignIn, owed: Obligation
) -> None:
    page, consultant, secretary = f"/deadline/{owed.code}/", sign_in("consultant"), sign_in("secretary")
    asking = {"wanted": "۱۳۹۸/۰۸/۱۲", "reason": "برف", "next": page}
    assert f"/debts/{owed.pk}/extension/" in consultant.get(page).content.decode()
    assert consultant.post(f"/debts/{owed.pk}/extension/", asking).headers["Location"] == page
    first = Extension.objects.get()
    decide = f"/extensions/{first.pk}/decide/"
    assert decide in secretary.get(page).content.decode()
    assert decide not in consultant.get(page).content.decode()
    secretary.post(decide, {"do": "grant", "day": "1398/08/10", "next": page})
    assert str(debt("۳").due_day) == "2019-11-01"
    consultant.post(f"/debts/{owed.pk}/extension/", asking | {"wanted": "1398/08/20"})
    second = Extension.objects.get(state="asked")
    hq = world.bodies["hq"]
    planned = meetings.plan_meeting(
        Plan(date(2019, 10, 22), time(9)), by=world.secretary, kept_by=hq, bodies=[(hq, 12)]
    )
    shown = secretary.get(page).content.decode()
    assert "خود نهاد" in shown and f"/m/{planned.code}/agenda/" in shown
    again = f"/extensions/{second.pk}/decide/"
    assert again not in shown
    for act in ("grant", "refuse"):
        assert secretary.post(again, {"do": act, "answer": "نه", "next": page}).status_code == 422
    text = f"تمدید مهلت تکلیف {owed.code} تا ۱۳۹۸/۰۸/۲۰: {owed.action}"
    assert f'name="text" value="{text}"' in shown
    secretary.post(f"/m/{planned.code}/agenda/", {"text": text})
    assert AgendaItem.objects.get(meeting=planned).text == text
    source = secretary.get(f"/r/{owed.meeting.code}/3/").content.decode()  # type: ignore[union-attr]
    assert page in source and "یک بار تمدید شده" in source and "درخواست تمدید" in source


def test_secretariat_enters_a_request_by_the_letter_in_which_it_came(sign_in: SignIn, owed: Obligation) -> None:
    page, client = f"/deadline/{owed.code}/", sign_in("secretary")
    shown = client.get(page).content.decode()
    for name in ("number", "dated"):
        assert re.search(rf'<input[^>]*name="{name}"[^>]*\srequired\b', shown), name
    asking = {"wanted": "۱۳۹۸/۰۸/۱۲", "reason": "برف", "next": page}
    refused = client.post(f"/debts/{owed.pk}/extension/", asking)
    assert refused.status_code == 422 and "شماره و تاریخ نامه" in refused.content.decode()
    client.post(f"/debts/{owed.pk}/extension/", asking | {"number": "۱۲/۳", "dated": "1398/07/15"})
    assert Extension.objects.get().number == "12/3"


def test_an_event_is_recorded_by_the_debt_whose_closing_it_was(
    world: Personas, sign_in: SignIn, owed: Obligation
) -> None:
    client, plan = sign_in("secretary"), debt("۵")
    shown = client.get("/events/").content.decode()
    assert f'name="debt" value="{plan.pk}"' in shown
    form = {"body": plan.body.pk, "words": plan.trigger, "day": "1398/07/19", "debt": plan.pk, "next": "/events/"}
    assert client.post("/events/record/", form | {"by_code": "nothing"}).status_code == 422
    client.post("/events/record/", form | {"by_code": owed.code})
    event = Occurrence.objects.get()
    assert (event.debt, event.day, debt("۵").started_by) == (owed, date(2019, 10, 11), event)
    assert "باید تعیین شود" in client.get(f"/deadline/{plan.code}/").content.decode()
    client.post(f"/events/{event.pk}/take-back/")
    assert debt("۵").started_by is None


def test_a_chain_is_drawn_and_told_in_a_table(world: Personas, sign_in: SignIn, owed: Obligation) -> None:
    client, session = sign_in("secretary"), debt("۴")
    client.post(f"/debts/{session.pk}/waits/", {"waits_for": owed.code})
    page = client.get(f"/deadline/{owed.code}/").content.decode()
    assert '<svg class="chain"' in page and session.code in page and "روز کاری تأخیر" in page
    assert client.post(f"/debts/{owed.pk}/waits/", {"waits_for": session.code}).status_code == 422
    client.post(f"/debts/{session.pk}/waits/{owed.pk}/remove/")
    assert not Wait.objects.filter(obligation=session).exists()
    assert session.code not in sign_in("consultant").get(f"/deadline/{owed.code}/").content.decode()


def test_the_page_asks_no_more_for_a_longer_chain(world: Personas, sign_in: SignIn, owed: Obligation) -> None:
    client, counts = sign_in("secretary"), []
    for more in ((), (debt("۴"), debt("۵"), debt("۷"))):
        for other in more:
            waiting.add_wait(other, by=world.secretary, waits_for=owed)
        client.get(f"/deadline/{owed.code}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/deadline/{owed.code}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_body_says_how_its_debts_are_followed_and_shows_its_rules(
    world: Personas, sign_in: SignIn, owed: Obligation
) -> None:
    client = sign_in("secretary")
    assert client.post("/parties/hq/follow-up/", {"extensions": "x", "months": "3"}).status_code == 422
    client.post("/parties/hq/follow-up/", {"extensions": "۳", "months": "6", "headquarters": "1"})
    hq = Body.objects.get(code="hq")
    assert (hq.extensions_by_secretary, hq.report_months, hq.headquarters) == (3, 6, True)
    planned = meetings.plan_meeting(
        Plan(date(2019, 10, 22), time(9)), by=world.secretary, kept_by=hq, bodies=[(hq, 12)]
    )
    for page in ("/parties/hq/", f"/deadline/{owed.code}/", f"/m/{planned.code}/"):
        assert "/r/hq-1398-11/6/" in client.get(page).content.decode(), page  # seed ج/۶
    assert "/r/hq-1398-11/6/" not in sign_in("outsider").get("/parties/hq/").content.decode()


def test_the_register_shows_what_was_extended(world: Personas, sign_in: SignIn, owed: Obligation) -> None:
    asked = extending.ask_extension(
        owed, by=world.secretary, wanted=date(2019, 11, 5), reason="برف", number="۱", dated=date(2019, 10, 11)
    )
    extending.grant_extension(asked, by=world.secretary)
    page = sign_in("secretary").get("/register/", {"extended": "1", "column": ["extended", "first"]}).content.decode()
    assert owed.code in page and debt("۴").code not in page and "دفعات تمدید" in page
