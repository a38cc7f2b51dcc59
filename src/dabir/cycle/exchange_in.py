"""A profile's table that came back: what each row's forecast and performance would record, and the recording of it.

A row is known by the debt's code, the year and the quarter. A forecast is a point of the planned path at the quarter's
end, a performance a report of the quarter. What stands here is never overwritten: where the table says something else,
that is a conflict and stays out; the same table again is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dabir.cycle import report_cells as cells
from dabir.cycle.courier_in import MOST_ROWS, Fate, Returned, stored_form
from dabir.cycle.report_forms_in import standing
from dabir.foundation import ledger
from dabir.foundation.access import REASONS, may, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.obligations.exchange.profiles import NEEDED, Profile
from dabir.obligations.exchange.tables import QUARTERS, Quarter, newest_in
from dabir.obligations.models import Milestone, Obligation, Obstacle, Report, ReportState
from dabir.obligations.queries import followed_by
from dabir.obligations.reporting import parts as reporting
from dabir.obligations.reporting.periods import planned_on, since
from dabir.obligations.reporting.stating import Statement, news_in
from dabir.obligations.reporting.values import MOST_MILESTONES, Progress, Signed, check_percent
from dabir.obligations.rules import owes
from dabir.persian import clock
from dabir.persian.digits import parse_int, to_ascii
from dabir.persian.letters import squash
from dabir.reading.sheets.table import Row, Value

FIRST_YEAR, LAST_YEAR = 1380, 1480
_QUARTERS = {squash(name): number for number, name in enumerate(QUARTERS, 1)}
_QUARTERS |= {squash(word): n for n, word in enumerate(("اول", "دوم", "سوم", "چهارم"), 1)}
_QUARTERS |= {f"{squash(prefix)}{word}": n for prefix in ("فصل", "سه‌ماهه") for word, n in list(_QUARTERS.items())}
_QUARTERS |= {squash("پائیز"): 3, **{str(n): n for n in range(1, 5)}}


_Beside = tuple[Sequence[Report], Sequence[Obstacle]]
"""A debt's reports that stand, and its obstacles."""


@dataclass(slots=True)
class Part:
    """What becomes of a row's forecast, or of its performance; `was` is what stands here."""

    fate: Fate = Fate.SAME
    why: str = ""
    was: int | None = None
    says: int | None = None

    def refuse(self, why: str) -> None:
        if self.fate != Fate.REFUSED:
            self.fate, self.why = Fate.REFUSED, why


@dataclass(slots=True)
class Line:
    """A row of a table."""

    form: Returned
    number: int
    said: dict[str, Value]
    why: str = ""
    debt: Obligation | None = None
    quarter: Quarter | None = None
    forecast: Part = field(default_factory=Part)
    performance: Part = field(default_factory=Part)
    states: Statement = field(default_factory=Statement)

    @property
    def fate(self) -> Fate:
        fates = {self.forecast.fate, self.performance.fate}
        if self.why or Fate.REFUSED in fates:
            return Fate.REFUSED
        return Fate.NEW if Fate.NEW in fates else Fate.SAME

    @property
    def is_news(self) -> bool:
        """Whether any part of it is recorded."""
        return not self.why and Fate.NEW in (self.forecast.fate, self.performance.fate)

    @property
    def code(self) -> str:
        return cells.words(self.said.get("code"))


def preview_exchange(forms: Sequence[Returned], profile: Profile, *, by: Acting) -> list[Line]:
    """What each row would record, without recording it; `Invalid` where no table is of this profile. A bounded number
    of queries."""
    require(by, "cycle.preview_exchange")
    lines = [line for form in forms for line in _lines(form, profile)]
    if not lines:
        raise Invalid(_("No table here has the columns of this profile, or none has rows."), field="file")
    if len(lines) > MOST_ROWS:
        raise Invalid(_("These are too many rows at once."), field="file")
    found = _debts(lines, by)
    by_code = {debt.code: debt for debt in found}
    reports, obstacles = standing({debt.pk: debt for debt in found})
    seen: dict[tuple[int, Quarter], Line] = {}
    for line in lines:
        try:
            line.debt, line.quarter = by_code.get(to_ascii(line.code)), _quarter(line.said)
        except Invalid as error:
            line.why = str(error)
            continue
        if line.debt is None:
            line.why = _("This code is unknown here.")
        elif (other := seen.setdefault((line.debt.pk, line.quarter), line)) is not line:
            if other.said != line.said:
                other.why = line.why = _("This debt and quarter stand twice, with different figures.")
        else:
            _weigh(line, line.debt, line.quarter, (reports.get(line.debt.pk, []), obstacles.get(line.debt.pk, [])), by)
    for debt in found:
        _check_path(debt, [line for line in lines if line.debt is debt and line.forecast.fate == Fate.NEW])
    return lines


def record_exchange(forms: Sequence[Returned], profile: Profile, *, by: Acting) -> list[Line]:
    """Record what `preview_exchange` tells, in one transaction: points of planned paths for the secretary of the body,
    reports for whoever may report. What was refused stays out."""
    require(by, "cycle.record_exchange")
    with ledger.standstill():
        lines = preview_exchange(forms, profile, by=by)
        stored = cache(partial(stored_form, by=by))
        points: dict[int, tuple[Obligation, dict[Quarter, int]]] = {}
        for line in lines:
            if line.is_news and line.debt and line.quarter and line.forecast.fate == Fate.NEW:
                require(by, "reporting.plan_path", line.debt)
                points.setdefault(line.debt.pk, (line.debt, {}))[1][line.quarter] = line.forecast.says or 0
        for debt, planned in points.values():
            reporting.extend_path(debt, {quarter.ends: percent for quarter, percent in planned.items()}, by=by)
        for line in lines:
            if line.is_news and line.debt and line.performance.fate == Fate.NEW:
                require(by, "reporting.report", line.debt)
                reporting.record_statement(line.debt, line.states, by=by, form=stored(line.form.sha256))
    return lines


def _debts(lines: Sequence[Line], by: Acting) -> QuerySet[Obligation]:
    codes = {to_ascii(line.code)[:200] for line in lines}
    found = followed_by(by).filter(code__in=codes, is_group=False)
    return found.select_related("lead", "meeting", "body").prefetch_related("milestones")


def _lines(form: Returned, profile: Profile) -> Iterator[Line]:
    heads = profile.heads
    for table in form.tables:
        columns: dict[str, int] = {}
        for row in table.rows:
            found = _columns(row, heads)
            if found.keys() >= set(NEEDED):
                columns = found
            elif columns and cells.words(row.cell(columns["code"])):
                yield Line(form, row.number, {value: row.cell(at) for value, at in columns.items()})


def _columns(row: Row, heads: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        value = heads.get(squash(cell)) if isinstance(cell, str) else None
        if value:
            found.setdefault(value, at)
    return found


def _quarter(said: Mapping[str, Value]) -> Quarter:
    year, text = parse_int(cells.words(said.get("year"))), cells.words(said.get("quarter"))
    number = _QUARTERS.get(squash(to_ascii(text)))
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(_("The year is none of the Jalali calendar."))
    if number is None:
        raise Invalid(_("“%(text)s” is no quarter.") % {"text": text[:40]})
    return Quarter(year, number)


def _weigh(line: Line, debt: Obligation, quarter: Quarter, beside: _Beside, by: Acting) -> None:
    try:
        _weigh_forecast(line.forecast, line.said, debt, quarter, by)
    except Invalid as error:
        line.forecast.refuse(str(error))
    try:
        line.states = _weigh_performance(line, debt, quarter, beside, by)
    except Invalid as error:
        line.performance.refuse(str(error))
    else:
        if not line.states.is_empty:
            line.performance.fate = Fate.NEW


def _weigh_forecast(part: Part, said: Mapping[str, Value], debt: Obligation, quarter: Quarter, by: Acting) -> None:
    path: list[Milestone] = list(debt.milestones.all())
    part.was, part.says = planned_on(path, quarter.ends), cells.percent(said.get("forecast"))
    if part.says is None or part.says == part.was:
        return
    check_percent(part.says)
    if not may(by, "reporting.plan_path", debt):
        raise Invalid(REASONS["reporting.plan_path"])
    if any(one.day == quarter.ends for one in path):
        raise Invalid(_("Another figure stands here, and stays."))
    part.fate = Fate.NEW


def _check_path(debt: Obligation, lines: Sequence[Line]) -> None:
    """The new points beside those that stand here make a path that does not go down; else all of them are refused."""
    points = {one.day: one.percent for one in debt.milestones.all()}
    points |= {line.quarter.ends: line.forecast.says or 0 for line in lines if line.quarter}
    path = [percent for _day, percent in sorted(points.items())]
    for line in lines:
        if path != sorted(path):
            line.forecast.refuse(_("A path does not go down."))
        elif len(path) > MOST_MILESTONES:
            line.forecast.refuse(_("At most %(count)s points of a path.") % {"count": MOST_MILESTONES})


def _weigh_performance(line: Line, debt: Obligation, quarter: Quarter, beside: _Beside, by: Acting) -> Statement:
    """What is news of it."""
    said, part = line.said, line.performance
    reports, obstacles = beside
    there = newest_in(quarter, reports)
    part.was, done = there.percent if there else None, cells.yes(said.get("done"))
    part.says = cells.percent(said.get("performance"))
    if done and part.says not in (None, 100):
        raise Invalid(_("It says that it is done, and that it is not whole."))
    if part.says is None and not done:
        return Statement()
    part.says = 100 if done else part.says
    narrative = cells.words(said.get("narrative"))
    if there:
        same = (part.says, squash(narrative or there.narrative), done) == (
            there.percent,
            squash(there.narrative),
            there.done,
        )
        if not same:
            raise Invalid(_("Another report stands here, and stays."))
        signed = _signed(said) if there.state == ReportState.REPORTED else None
        if signed and not may(by, "reporting.report", debt):
            raise Invalid(REASONS["reporting.report"])
        return Statement(signed=signed, of=there)
    if not may(by, "reporting.report", debt):
        raise Invalid(REASONS["reporting.report"])
    whose = "" if owes(by, debt) else cells.words(said.get("agency_by")) or (debt.lead.name if debt.lead else "")
    starts, ends = max(quarter.starts, since(debt) or quarter.starts), min(quarter.ends, clock.today())
    before = [one.ends for one in reports if one.starts < quarter.starts <= one.ends]
    starts = max([starts, *(last + timedelta(days=1) for last in before)])
    if starts > ends:
        raise Invalid(_("There is nothing to report of this quarter yet, or no more."))
    progress = Progress(starts, ends, part.says or 0, done, narrative, whose).checked()
    return news_in(Statement(progress, _signed(said)), debt, reports, obstacles)


def _signed(said: Mapping[str, Value]) -> Signed | None:
    """The letter by which the head stands for it; none where it has neither number nor date."""
    number, dated = cells.words(said.get("agency_number")), cells.day(said.get("agency_day"))
    if not number and dated is None:
        return None
    return Signed(cells.words(said.get("agency_by")), number, dated).checked()
