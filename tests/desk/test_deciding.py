"""The page of a decision on a debt, and the list of those that are proposed for closing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from dabir.cycle.classifying import classify_meeting
from dabir.cycle.next_minutes import add_to_next_minutes
from dabir.cycle.recording import promote_point, record_resolution, settle
from dabir.desk.sources import lines_of
from dabir.foundation import ledger
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.compiling import text_of
from dabir.meetings.models import Manuscript, Meeting, Resolution
from dabir.meetings.services import classify_statement
from dabir.obligations import services
from dabir.obligations.deciding import Decided
from dabir.obligations.making import Duty
from dabir.obligations.models import Act, Obligation
from dabir.persian import clock
from tests import builders, drafts
from tests.desk.conftest import SignIn
from tests.personas import Personas

MET = builders.SESSION_11 + timedelta(days=30)


@pytest.fixture
def proposed(world: Personas, meeting: Meeting) -> Obligation:
    row = Obligation.objects.get(code="hq-1398-11/3.1")
    with ledger.change("tests.propose", by=world.operator) as change:
        row.propose()
        row.proposed_at = clock.now()
        change.touch(row, "state", "proposed_at")
    return row


def test_decision_that_a_resolution_written_by_hand_tells_is_recorded_by_one_press(
    world: Personas, sign_in: SignIn
) -> None:
    builders.meeting(world)
    text = "با تمدید مهلت تکلیف hq-1398-11/3.1 موافقت نشد، زیرا سند رسیده است."
    day = builders.SESSION_11 + timedelta(days=2)
    resolution, _ = record_resolution(by=world.secretary, body=world.bodies["hq"], number=12, day=day, text=text)
    address = f"/r/{resolution.code}/"
    assert "by-resolution" not in sign_in("staff").get(address).content.decode()
    secretary = sign_in("secretary")
    page = secretary.get(address).content.decode()
    form = page[page.index("/by-resolution/") :]
    form = form[: form.index("</form>")]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert (fields["act"], fields["text"]) == ("refuse", "سند رسیده است")
    debt = Obligation.objects.get(code="hq-1398-11/3.1")
    assert secretary.post(f"/debts/{debt.pk}/by-resolution/", fields).status_code == 302
    assert list(debt.decisions.values_list("act", "text", "resolution")) == [("refuse", "سند رسیده است", resolution.pk)]
    assert "by-resolution" not in secretary.get(address).content.decode()


def test_one_click_puts_the_line_into_the_draft(world: Personas, sign_in: SignIn, proposed: Obligation) -> None:
    client, source = sign_in("staff"), "/r/hq-1398-11/3/"
    page = client.get(f"/debts/{proposed.pk}/decide/").content.decode()
    assert "/meetings/new/" in page and "/debts/to-minutes/" not in page
    sent = {"debt": proposed.pk, "act": "close", "next": source}
    assert client.post("/debts/to-minutes/", sent).status_code == 422
    drafts.held(world, number=12, date=MET, title="جلسه ۱۲ ستاد")
    assert "/debts/to-minutes/" in client.get(source).content.decode()
    assert client.post("/debts/to-minutes/", sent).headers["Location"] == source
    assert proposed.code in text_of(Manuscript.objects.get())
    listed = client.get("/debts/proposed/").content.decode()
    assert f'value="{proposed.pk}"' in listed and 'value="hq-1398-12"' in listed
    opened = client.post("/debts/to-minutes/", sent | {"open": "1", "meeting": "hq-1398-12"})
    assert opened.headers["Location"] == "/m/hq-1398-12/minutes/"
    assert text_of(Manuscript.objects.get()).count(proposed.code) == 1


def test_whoever_types_the_code_of_a_classified_debt_reads_no_words_of_it(
    world: Personas, sign_in: SignIn, proposed: Obligation
) -> None:
    met, action = drafts.held(world, number=12, date=MET, title="جلسه ۱۲ ستاد"), "واژه‌های محرمانه"
    add_to_next_minutes([proposed], Decided(Act.CLOSE), by=world.staff)
    with ledger.change("tests.reworded", by=world.operator) as change:
        change.update(proposed, action=action)
    assert action in sign_in("staff").get(f"/m/{met.code}/seal/").content.decode()
    assert proposed.meeting
    classify_meeting(proposed.meeting, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    staff, secretary = (
        sign_in(persona).get(f"/m/{met.code}/seal/").content.decode() for persona in ("staff", "secretary")
    )
    assert proposed.code in staff and action not in staff and action in secretary


def test_who_owes_what_was_said_in_a_classified_statement_does_not_read_that(
    world: Personas, sign_in: SignIn, meeting: Meeting
) -> None:
    point = meeting.points.get(number="۸")
    debt = promote_point(point, by=world.secretary, duty=Duty("گزارش دهد"))
    settle(debt, by=world.secretary, lead=world.parties["roads"])
    services.release([Obligation.objects.get(pk=debt.pk)], by=world.secretary)
    at, hidden = f"/o/{debt.code}/", "طبقه‌بندی بالاتر از عادی دارد"
    (said,) = lines_of(point)
    shown = sign_in("outsider").get(at).content.decode()
    assert said in shown and hidden not in shown
    classify_statement(point.statement, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    shown = sign_in("outsider").get(at).content.decode()
    assert said not in shown and hidden in shown
    assert said in sign_in("staff").get(at).content.decode()


def test_a_resolution_on_record_is_named_on_the_pages_of_both(sign_in: SignIn, proposed: Obligation) -> None:
    client = sign_in("secretary")
    other = Resolution.objects.get(code="hq-1398-11/6")
    sent = {"act": "merge", "into": "HQ-۱۳۹۸-۱۱/۲.۲", "resolution": other.pk, "next": f"/debts/{proposed.pk}/decide/"}
    assert client.post(f"/debts/{proposed.pk}/by-resolution/", sent | {"into": "x"}).status_code == 422
    assert client.post(f"/debts/{proposed.pk}/by-resolution/", sent | {"resolution": ""}).status_code == 422
    assert client.post(f"/debts/{proposed.pk}/by-resolution/", sent).status_code == 302
    for address in (f"/debts/{proposed.pk}/decide/", "/r/hq-1398-11/3/"):
        assert re.search(r'class="decisions".*?/r/hq-1398-11/6/', client.get(address).content.decode(), re.S), address
    assert "hq-1398-11/3.1" in client.get("/r/hq-1398-11/6/").content.decode()


@pytest.mark.parametrize(("persona", "status"), [("governor", 403), ("officer", 404), ("other_secretary", 404)])
def test_nobody_else_decides(world: Personas, sign_in: SignIn, proposed: Obligation, persona: str, status: int) -> None:
    drafts.held(world, number=12, date=MET)
    client = sign_in(persona)
    resolution = Resolution.objects.get(code="hq-1398-11/6").pk
    assert client.get(f"/debts/{proposed.pk}/decide/").status_code == status
    assert client.post("/debts/to-minutes/", {"debt": proposed.pk, "act": "close"}).status_code == status
    sent = {"act": "close", "resolution": resolution}
    assert client.post(f"/debts/{proposed.pk}/by-resolution/", sent).status_code == status
    assert str(proposed.pk) not in re.findall(
        r'name="debt" value="(\d+)"', client.get("/debts/proposed/").content.decode()
    )
    assert not Manuscript.objects.exists()
