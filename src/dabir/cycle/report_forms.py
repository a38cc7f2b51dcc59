"""The report forms of agencies without an account: what each owes, how far it should be, and what it said last.

A row's id is the debt's key and a check over it, its code and its lead: one that was changed, made elsewhere, or is of
a debt that has another lead by now, is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from hmac import compare_digest

from django.utils.translation import override

from dabir.cycle.courier import check_over
from dabir.cycle.debtors import signing_in
from dabir.cycle.extract_text import until
from dabir.directory.models import Body, Party
from dabir.foundation.access import may, require
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.obligations.models import RUNNING, Obligation
from dabir.obligations.queries import visible_to
from dabir.obligations.reporting.periods import Period, periods_from, planned_on, since
from dabir.persian import clock, jalali
from dabir.persian.digits import to_ascii, to_persian
from dabir.writing.courier import CourierForm
from dabir.writing.report_form import BETWEEN, REPORT, ReportRow

_KEY = re.compile(r"R(\d{1,12})-([A-Z2-9]{4})-?([A-Z2-9]{4})")
_DAY = timedelta(days=1)
_LAST_WORDS = 120
NOTHING = "—"


def key_of(debt: Obligation) -> str:
    """`R123-XXXX-XXXX`."""
    check = _check(debt)
    return f"R{debt.pk}-{check[:4]}-{check[4:]}"


def number_in_key(text: str) -> int | None:
    """The debt's key that an id names, whatever its check; None for what is no id."""
    found = _KEY.fullmatch(_plain(text))
    return int(found[1]) if found else None


def is_key_of(text: str, debt: Obligation) -> bool:
    found = _KEY.fullmatch(_plain(text))
    return found is not None and compare_digest(found[2] + found[3], _check(debt))


def period_on_paper(debt: Obligation, today: date) -> Period | None:
    """What a form that leaves today asks about: from the last report on to the end of the last period that is over, or
    to today while the first one runs; none for what was told to nobody, or reported until today."""
    starts = debt.reported_on + _DAY if debt.reported_on else since(debt)
    if starts is None or starts > today:
        return None
    over = [last for _first, last in periods_from(starts, today, debt.report_months or 3) if last < today]
    return starts, over[-1] if over else today


def report_forms(body: Body, *, by: Acting, everyone: bool = False) -> list[tuple[str, CourierForm]]:
    """The form of each debtor of a body that has no account here, or of `everyone`, with the name that it is saved
    under; debts above the normal class stand on a form of their own. A bounded number of queries."""
    require(by, "cycle.report_forms")
    today = clock.today()
    debts = visible_to(by).filter(body=body, state__in=RUNNING, is_group=False, asleep=False)
    debts = debts.filter(lead__isnull=False, released_at__isnull=False, instances_made=0)
    rows = debts.select_related("lead", "meeting", "body__party").prefetch_related("milestones")
    asked = [
        (debt, period)
        for debt in rows.order_by("lead__sort_key", "sort_day", "id")
        if may(by, "reporting.report", debt) and (period := period_on_paper(debt, today))
    ]
    signing = set() if everyone else signing_in({debt.lead_id: debt.lead for debt, _p in asked if debt.lead}.values())
    found: dict[tuple[int, str], list[tuple[Obligation, Period]]] = {}
    for debt, period in asked:
        if debt.lead_id not in signing:
            found.setdefault((debt.lead_id or 0, debt.secrecy), []).append((debt, period))
    forms = []
    for (_lead, secrecy), owed in found.items():
        lead = owed[0][0].lead
        assert lead is not None
        mark = _mark(secrecy)
        forms.append((" ".join([lead.name, *mark]), _form(body, lead, owed, mark, today)))
    return forms


def _form(
    body: Body, lead: Party, owed: Iterable[tuple[Obligation, Period]], marks: tuple[str, ...], today: date
) -> CourierForm:
    return CourierForm(
        heads=(f"{body.party.name} به {lead.name}", f"تاریخ تهیه: {jalali.format_day(today)}"),
        rows=tuple(_row(debt, period) for debt, period in owed),
        marks=marks,
        layout=REPORT,
    )


def _row(debt: Obligation, period: Period) -> ReportRow:
    planned = planned_on(debt.milestones.all(), period[1])
    return ReportRow(
        key=key_of(debt),
        code=debt.code,
        action=to_persian(debt.action),
        until=until(debt),
        planned=NOTHING if planned is None else to_persian(str(planned)),
        last=_last(debt),
        period=BETWEEN.join(map(jalali.format_day, period)),
    )


def _last(debt: Obligation) -> str:
    if debt.reported_on is None:
        return NOTHING
    said = f"{to_persian(str(debt.reported_percent))}٪ تا {jalali.format_day(debt.reported_on)}"
    words = to_persian(debt.last_words[:_LAST_WORDS])
    return f"{said}: {words}" if words else said


def _mark(secrecy: str) -> tuple[str, ...]:
    with override("fa"):
        return () if secrecy == SecrecyClass.NORMAL else (str(SecrecyClass(secrecy).label),)


def _plain(text: str) -> str:
    return "".join(to_ascii(text[:60]).upper().split())


def _check(debt: Obligation) -> str:
    return check_over("dabir.cycle.report_forms", f"{debt.pk}:{debt.lead_id}:{debt.code}")
