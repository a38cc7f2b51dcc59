"""Report forms that came back: what each of their rows would record, and the recording of it.

A row is known by its id. One that is unknown here, was changed, stands twice with different words, or cannot be true is
refused with a reason; the others are recorded together. The same form again is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from django.utils.translation import gettext as _

from dabir.cycle import report_cells as cells
from dabir.cycle.courier_in import MOST_ROWS, Fate, Returned, stored_form
from dabir.cycle.report_forms import is_key_of, number_in_key
from dabir.foundation import ledger
from dabir.foundation.access import may, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.obligations.models import Asks, Obligation, Obstacle, Report, ReportState
from dabir.obligations.queries import visible_to
from dabir.obligations.reporting import parts as reporting
from dabir.obligations.reporting.periods import Period
from dabir.obligations.reporting.stating import Statement, news_in
from dabir.obligations.reporting.values import Hindrance, Progress, Signed
from dabir.persian.letters import squash
from dabir.reading.sheets.table import Row, Value
from dabir.writing.courier import CODE, ID
from dabir.writing.report_form import (
    BETWEEN,
    DATED,
    DONE,
    NARRATIVE,
    NUMBER,
    OBSTACLE,
    PERCENT,
    PERIOD,
    REPORT,
    SIGNED,
    SIGNER,
    WANTED,
)

_HEADS = {squash(head): head for head in (*REPORT.given, *REPORT.asked, *SIGNED)}
_NEEDED, _SIGNATURE = {ID, PERIOD, PERCENT}, set(SIGNED)
Said = dict[str, Value]


@dataclass(slots=True)
class Line:
    """A row of a form: where it stands, the debt that it is about, what it says and what becomes of it. `states` is
    what of it is news."""

    form: Returned
    number: int
    said: Said
    signature: Said
    fate: Fate = Fate.SAME
    why: str = ""
    debt: Obligation | None = None
    progress: Progress | None = None
    states: Statement = field(default_factory=Statement)

    @property
    def key(self) -> str:
        return cells.words(self.said.get(ID))

    def refuse(self, why: str) -> None:
        if self.fate != Fate.REFUSED:
            self.fate, self.why = Fate.REFUSED, why


def preview_report_forms(forms: Sequence[Returned], *, by: Acting) -> list[Line]:
    """What each row would record, without recording it; `Invalid` where no table is a report form. A bounded number of
    queries."""
    require(by, "cycle.preview_report_forms")
    lines = [line for form in forms for line in _lines(form)]
    if not lines:
        raise Invalid(_("No table here is a report form: the column of ids is missing."), field="file")
    if len(lines) > MOST_ROWS:
        raise Invalid(_("These are too many rows at once."), field="file")
    keys = {number for line in lines if (number := number_in_key(line.key)) is not None}
    found = visible_to(by).select_related("lead", "meeting", "body").in_bulk(keys)
    reports, obstacles = standing(found)
    for line in lines:
        debt = found.get(number_in_key(line.key) or 0)
        # To whoever may not report on a debt its id is as unknown as one that was made up.
        if debt is None or debt.body_id not in by.secretariats or not may(by, "reporting.report", debt):
            line.refuse(_("This id is unknown here."))
        elif not is_key_of(line.key, debt) or squash(cells.words(line.said.get(CODE))) != squash(debt.code):
            line.refuse(_("The id or the code was changed in the form, or the debt has another lead now."))
        else:
            line.debt = debt
            _weigh(line, debt, reports.get(debt.pk, []), obstacles.get(debt.pk, []))
    _twice(lines)
    return lines


def record_report_forms(forms: Sequence[Returned], *, by: Acting) -> list[Line]:
    """Record what `preview_report_forms` tells: reports, their confirmation by the letter, obstacles; together. Refused
    rows stay out."""
    require(by, "cycle.record_report_forms")
    with ledger.standstill():
        lines = preview_report_forms(forms, by=by)
        stored = cache(partial(stored_form, by=by))
        for line in lines:
            if line.fate == Fate.NEW and line.debt:
                require(by, "reporting.report", line.debt)
                reporting.record_statement(line.debt, line.states, by=by, form=stored(line.form.sha256))
    return lines


def standing(debts: dict[int, Obligation]) -> tuple[dict[int, list[Report]], dict[int, list[Obstacle]]]:
    """The reports of these debts that were not returned, and all their obstacles, by the debt's key; two queries."""
    reports: dict[int, list[Report]] = {}
    for report in Report.objects.filter(obligation__in=debts).exclude(state=ReportState.RETURNED):
        reports.setdefault(report.obligation_id, []).append(report)
    obstacles: dict[int, list[Obstacle]] = {}
    for obstacle in Obstacle.objects.filter(obligation__in=debts):
        obstacles.setdefault(obstacle.obligation_id, []).append(obstacle)
    return reports, obstacles


def _lines(form: Returned) -> Iterator[Line]:
    """The rows of its tables that have an id; the row beneath the heads of the signature is that of the whole form."""
    made: list[Line] = []
    signature: Said = {}
    for table in form.tables:
        columns: dict[str, int] = {}
        signs: dict[str, int] = {}
        for row in table.rows:
            heads = _heads(row)
            if heads.keys() >= _SIGNATURE:
                columns, signs = {}, heads
            elif heads.keys() >= _NEEDED:
                columns, signs = heads, {}
            elif signs and not signature:
                signature.update({head: row.cell(at) for head, at in signs.items()})
            elif columns and cells.words(row.cell(columns[ID])):
                made.append(Line(form, row.number, {head: row.cell(at) for head, at in columns.items()}, signature))
    yield from made


def _heads(row: Row) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        head = _HEADS.get(squash(cell)) if isinstance(cell, str) else None
        if head:
            found.setdefault(head, at)
    return found


def _weigh(line: Line, debt: Obligation, reports: list[Report], obstacles: list[Obstacle]) -> None:
    if not any(cells.words(line.said.get(head)) for head in REPORT.asked):
        return
    try:
        said = _statement(line, debt)
        line.progress = said.progress
        line.states = news_in(said, debt, reports, obstacles)
    except Invalid as error:
        return line.refuse(str(error))
    if not line.states.is_empty:
        line.fate = Fate.NEW


def _statement(line: Line, debt: Obligation) -> Statement:
    said, signer = line.said, cells.words(line.signature.get(SIGNER))
    done, part = cells.yes(said.get(DONE)), cells.percent(said.get(PERCENT))
    if done and part not in (None, 100):
        raise Invalid(_("It says that it is done, and that it is not whole."))
    if part is None and not done:
        raise Invalid(_("Its words stand beside no percentage."))
    starts, ends = _period(said.get(PERIOD))
    words = cells.words(said.get(NARRATIVE))
    whose = signer or (debt.lead.name if debt.lead else "")
    progress = Progress(starts, ends, 100 if done else part or 0, done, words, whose).checked()
    return Statement(progress, _signed(line.signature), _hindrance(said))


def _period(cell: Value) -> Period:
    first, _between, last = cells.words(cell).partition(BETWEEN.strip())
    starts, ends = cells.day(first.strip()), cells.day(last.strip())
    if starts is None or ends is None:
        raise Invalid(_("The period of the report was changed in the form."))
    return starts, ends


def _signed(signature: Said) -> Signed | None:
    """The letter by which the head stands for the form; none where it has neither number nor date."""
    number, dated = cells.words(signature.get(NUMBER)), cells.day(signature.get(DATED))
    if not number and dated is None:
        return None
    return Signed(cells.words(signature.get(SIGNER)), number, dated).checked()


def _hindrance(said: Said) -> Hindrance | None:
    text, wanted = cells.words(said.get(OBSTACLE)), cells.words(said.get(WANTED))
    if not text and not wanted:
        return None
    return Hindrance(text or wanted, Asks.DECISION if wanted else Asks.NOTHING, wanted).checked()


def _twice(lines: Sequence[Line]) -> None:
    """A row that stands twice: the same again is nothing, something else refuses both. An empty one says nothing."""
    first: dict[tuple[int, Period], Line] = {}
    for line in lines:
        if line.debt is None or line.progress is None:
            continue
        other = first.setdefault((line.debt.pk, (line.progress.starts, line.progress.ends)), line)
        if other is line:
            continue
        if (other.said, other.signature) == (line.said, line.signature):
            line.fate, line.states = Fate.SAME, Statement()
        else:
            why = _("This id stands twice, with different answers.")
            other.refuse(why)
            line.refuse(why)
