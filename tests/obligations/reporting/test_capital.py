"""What waits for the capital: across bodies, the longest waiting first, with each letter and promise until its end."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.models import Event
from dabir.obligations.models import Obstacle
from dabir.obligations.reporting import services
from dabir.obligations.reporting.capital import capital_table, capital_works, days_waited
from dabir.obligations.reporting.values import Hindrance, Word
from dabir.obligations.services import cancel
from dabir.writing import sheets
from dabir.writing.table import Form
from tests import reported
from tests.personas import Personas

MINISTRY = "وزارت جهاد کشاورزی"
ASKED = Hindrance(
    "اعتبار ملی نرسیده است", "capital", "تخصیص اعتبار", "استاندار", MINISTRY, "۱۲", reported.day("1398/05/01")
)


def work(world: Personas, found: Hindrance = ASKED) -> Obstacle:
    return services.raise_obstacle(reported.owed(world), found, by=world.officer)


def test_another_letter_and_a_promise_are_events_and_the_first_letters_day_stays(world: Personas) -> None:
    it = work(world)
    before = days_waited(it)
    services.follow_obstacle(it, Word(number="۳۴", dated=reported.day("1398/06/20")), by=world.staff)
    promised = Word(promised_by="نماینده ایجرود", promise="تا پایان سال", promised_for=reported.day("1398/12/29"))
    it = services.follow_obstacle(it, promised, by=world.officer)
    assert (it.number, it.dated, it.first_dated) == ("34", reported.day("1398/06/20"), reported.day("1398/05/01"))
    assert (it.promised_by, it.promise, it.asked_of) == ("نماینده ایجرود", "تا پایان سال", MINISTRY)
    assert days_waited(it) == before == 81
    told = Event.objects.filter(verb="reporting.follow_obstacle").order_by("number")
    assert [event.data["facts"]["reason"] for event in told] == ["34", "34؛ نماینده ایجرود؛ تا پایان سال"]
    services.end_obstacle(it, by=world.staff, outcome="اعتبار رسید")
    assert not capital_works(world.staff).exists() and capital_works(world.staff, ended=True).get() == it
    with pytest.raises(Conflict):
        services.follow_obstacle(it, promised, by=world.staff)
    assert not list(ledger.audit())


def test_nothing_waits_for_a_debt_that_is_over(world: Personas) -> None:
    it = work(world)
    assert capital_works(world.staff).get() == it
    cancel(it.obligation, by=world.secretary, reason="تکراری")
    assert not capital_works(world.staff).exists() and not capital_works(world.staff, ended=True).exists()
    services.end_obstacle(it, by=world.staff, outcome="اعتبار رسید")
    assert capital_works(world.staff, ended=True).get() == it


def test_only_what_waits_for_the_capital_is_followed_there_and_with_something_new(world: Personas) -> None:
    it = work(world)
    with pytest.raises(Invalid):
        services.follow_obstacle(it, Word(), by=world.staff)
    other = work(world, Hindrance("برف"))
    with pytest.raises(Invalid):
        services.follow_obstacle(other, Word(number="۱", dated=reported.day("1398/06/01")), by=world.staff)
    with pytest.raises(Refused):
        services.follow_obstacle(it, Word(promise="-"), by=world.governor)


def test_the_list_is_what_each_may_see_and_costs_the_same_however_long(world: Personas) -> None:
    work(world)
    with CaptureQueriesContext(connection) as one:
        assert len(list(capital_works(world.governor))) == 1
    later = work(
        world, Hindrance("ارز", "capital", asked_of="بانک مرکزی", number="۹", dated=reported.day("1398/07/01"))
    )
    work(world, Hindrance("مجوز", "capital", asked_of="وزارت نیرو", number="۸", dated=reported.day("1398/02/01")))
    with CaptureQueriesContext(connection) as many:
        found = list(capital_works(world.governor))
    assert [one.text for one in found] == ["مجوز", ASKED.text, later.text] and len(one) == len(many)
    assert capital_works(world.governor, body="hq").count() == 3
    assert not capital_works(world.governor, body="committee").exists()
    assert not capital_works(world.other_secretary).exists() and not capital_works(world.outsider).exists()


def test_the_list_leaves_as_a_file_whose_words_are_no_formulas(world: Personas) -> None:
    work(world, Hindrance('=HYPERLINK("x")', "capital", asked_of=MINISTRY))
    table = capital_table(world.governor, Form.XLSX)
    (row,) = table.rows
    assert row[0] == '=HYPERLINK("x")' and len(row) == len(table.columns)
    text = sheets.to_csv(capital_table(world.governor, Form.CSV)).decode("utf-8-sig")
    assert MINISTRY in text and "\"'=HYPERLINK" in text and "مانع" in text
    assert not list(capital_table(world.other_secretary, Form.CSV).rows)
