"""What the verbs of following up ask of the database: so many statements, however long a debt's history is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.foundation import ledger
from dabir.obligations import extending
from dabir.obligations import services as obligations
from dabir.obligations.models import Extension, Obligation, ReplyKind, Report
from dabir.obligations.replies import Answer
from dabir.obligations.reporting import services
from dabir.obligations.reporting.values import Found
from tests.personas import Personas
from tests.reported import day, owed, progress

T = TypeVar("T")
STATEMENTS = {
    "acknowledge": 6,
    "report": 6,
    "return": 7,
    "confirm": 5,
    "endorse": 8,
    "verify, endorsed": 6,
    "verify": 7,
    "ask": 5,
    "refuse": 4,
    "grant": 5,
}
"""Those that read or write rows; two of each are the ledger's, which reads its newest event and writes the next."""


def counted(act: Callable[[], T]) -> tuple[int, T]:
    with CaptureQueriesContext(connection) as caught:
        answer = act()
    told = [query["sql"] for query in caught.captured_queries]
    return sum(sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) for sql in told), answer


def each_verb(world: Personas, code: str) -> dict[str, int]:
    """How many statements each verb takes for this debt, whose newest month has no report yet."""
    found: dict[str, int] = {}
    debt = Obligation.objects.select_related("meeting", "body").get(code=code)

    def run(name: str, act: Callable[[], T]) -> T:
        found[name], answer = counted(act)
        return answer

    def report() -> Report:
        said = progress(50, starts="1398/07/01", ends="1398/07/15")
        return services.report(debt, said, by=world.officer)

    def ask() -> Extension:
        return extending.ask_extension(debt, by=world.officer, wanted=day("1398/12/20"), reason="برف")

    received = Answer(ReplyKind.ACKNOWLEDGED)
    run("acknowledge", lambda: obligations.acknowledge(debt, by=world.officer, answer=received))
    given_back = run("report", report)
    run("return", lambda: services.return_report(given_back, "عکس ندارد", by=world.secretary))
    reported = report()
    run("confirm", lambda: services.confirm(reported, by=world.head))
    confirmed = Report.objects.select_related("obligation__meeting").get(pk=reported.pk)
    endorsed = run("endorse", lambda: services.endorse(confirmed, by=world.outsider))
    run("verify, endorsed", lambda: services.verify(endorsed, Found(50), by=world.secretary))
    services.set_endorsers(debt, by=world.operator, parties=[])
    own = services.report(debt, progress(60, starts="1398/07/16", ends="1398/07/16"), by=world.head)
    run("verify", lambda: services.verify(own, Found(60), by=world.secretary))
    refused = ask()
    run("refuse", lambda: extending.refuse_extension(refused, by=world.secretary, answer="نه"))
    granted = run("ask", ask)
    run("grant", lambda: extending.grant_extension(granted, by=world.secretary))
    return found


@pytest.mark.parametrize("history", [0, 12])
def test_each_verb_takes_as_many_statements_however_long_the_history_is(world: Personas, history: int) -> None:
    debt = owed(world, endorser="roads")
    services.plan_path(debt, [(day(f"1398/06/{n + 1:02}"), n) for n in range(history)], by=world.operator)
    for n in range(history):
        said = progress(n, starts=f"1398/06/{n + 1:02}", ends=f"1398/06/{n + 1:02}")
        report = services.confirm(services.report(debt, said, by=world.officer), by=world.head)
        services.verify(services.endorse(report, by=world.outsider), Found(n), by=world.secretary)
    assert each_verb(world, debt.code) == STATEMENTS
    assert not list(ledger.audit())


def test_a_report_of_an_older_period_leaves_the_debts_figures_as_they_are(world: Personas) -> None:
    debt = owed(world)
    newer = services.report(debt, progress(60, starts="1398/06/01", ends="1398/06/31"), by=world.head)
    older = services.report(debt, progress(20, starts="1398/04/10", ends="1398/05/31"), by=world.head)
    debt.refresh_from_db()
    assert (debt.reported_on, debt.reported_percent) == (day("1398/06/31"), 60)

    services.verify(older, Found(20), by=world.secretary)
    services.verify(newer, Found(50, "نیمی"), by=world.secretary)
    services.verify(older, Found(10, "کمتر"), by=world.secretary)
    debt.refresh_from_db()
    assert (debt.verified_on, debt.verified_percent) == (day("1398/06/31"), 50)

    last = services.report(debt, progress(70, starts="1398/07/01", ends="1398/07/10"), by=world.head)
    services.return_report(last, "بی عکس", by=world.secretary)
    debt.refresh_from_db()
    assert (debt.reported_on, debt.reported_percent, debt.last_words) == (day("1398/06/31"), 60, newer.narrative)


def test_an_older_report_that_is_returned_leaves_the_figures_as_they_are(world: Personas) -> None:
    debt = owed(world)
    services.report(debt, progress(60, starts="1398/06/01", ends="1398/06/31"), by=world.head)
    older = services.report(debt, progress(20, starts="1398/04/10", ends="1398/05/31"), by=world.head)
    services.return_report(older, "بی عکس", by=world.secretary)
    debt.refresh_from_db()
    assert (debt.reported_on, debt.reported_percent) == (day("1398/06/31"), 60)
