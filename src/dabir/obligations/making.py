"""How a debt is made: its lead or group, its due, those involved, its place in the search.

Both doors of the room, `services` and `parts`, make debts by `make`; nothing here asks who may.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Count
from django.utils.translation import gettext as _

from dabir.directory.models import Body, Party, PartyKind
from dabir.directory.queries import members_on
from dabir.directory.spans import check_span
from dabir.foundation import ledger
from dabir.foundation.errors import Invalid
from dabir.foundation.search import squashed
from dabir.meetings.models import Meeting, Point, Resolution, ResolutionKind
from dabir.obligations.models import ENDED, DueKind, Involved, Obligation, Order, Role, SearchText, SheetRow, State
from dabir.persian import clock
from dabir.reading import minutes as paper

DAYS = (paper.DueKind.DATE, paper.DueKind.DURATION, paper.DueKind.PERIOD)


@dataclass(frozen=True, slots=True)
class Source:
    """What a debt cites, and the body and meeting that go with it; `day` decides who is a group's member."""

    body: Body
    day: date
    code: str
    text: str
    meeting: Meeting | None = None
    resolution: Resolution | None = None
    point: Point | None = None
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A due as the register keeps it; the words of the paper always, the rest by kind."""

    kind: DueKind = DueKind.NONE
    day: date | None = None
    instant: datetime | None = None
    text: str = ""
    trigger: str = ""

    @classmethod
    def on_paper(cls, due: paper.Due | None) -> Due:
        """Date, duration and period with a day are a day, or an instant with an hour too; a limit that starts with an
        event is a trigger (seed ج/۵); vague words are none, and stay as words."""
        if due is None:
            return cls()
        text = due.text[:300]
        if due.kind in DAYS and due.iso:
            return cls.on(date.fromisoformat(due.iso), text=text, hour=due.time)
        if due.kind == paper.DueKind.RECURRING:
            return cls(DueKind.RECURRENCE, text=text)
        if due.kind == paper.DueKind.EVENT or due.trigger:
            return cls(DueKind.TRIGGER, text=text, trigger=(due.trigger or due.text)[:300])
        return cls(text=text)

    @classmethod
    def on(cls, day: date, *, text: str = "", hour: str | None = None) -> Due:
        if hour is None:
            return cls(DueKind.DAY, day, text=text)
        return cls(DueKind.INSTANT, day, datetime.combine(day, time.fromisoformat(hour), clock.TEHRAN), text)

    def as_fields(self) -> dict[str, object]:
        return {
            "due_kind": self.kind,
            "due_day": self.day,
            "due_instant": self.instant,
            "due_text": self.text,
            "trigger": self.trigger,
            "clock_day": None,  # what is given runs from no letter
            "clock_start": "",
        }


@dataclass(frozen=True, slots=True)
class Before:
    """What an old register says of a debt that comes from it: its row there, how it stands, verbatim and whether that
    is done; `at` is when it came here, and it sleeps until it is woken."""

    row: SheetRow
    at: datetime
    state: str = ""
    done: bool = False
    woken: bool = False

    @classmethod
    def of(cls, debt: Obligation) -> Before | None:
        """For those who are to owe it in place of a debt that is here already, or beside it; none where it came from no
        old register. What was opened again is not done any longer, and what was woken stays awake."""
        if debt.sheet_row is None:
            return None
        done = debt.closed_before and debt.state in ENDED
        return cls(debt.sheet_row, clock.now(), debt.old_state, done, woken=not done and not debt.asleep)

    def as_fields(self, *, settled: bool, is_group: bool = False) -> dict[str, object]:
        """Whoever owes it knows of it from paper; nobody is reminded before the secretary says so."""
        told = settled and not is_group
        return {
            "sheet_row": self.row,
            "old_state": self.state[:300],
            "closed_before": self.done and not is_group,
            "on_paper": told,
            "asleep": not self.woken and (not self.done or is_group),
            "released_at": self.at if told else None,
        }


@dataclass(frozen=True, slots=True)
class Duty:
    """A debt to be made. Without a lead that is certain it is unsettled, and keeps the paper's words for one."""

    action: str
    lead: Party | None = None
    lead_text: str = ""
    due: Due = field(default_factory=Due)
    involved: tuple[tuple[Role, Party | None, str], ...] = ()
    lines: tuple[int, int] | None = None
    before: Before | None = None


LONGEST_TEXT = 20_000
"""Characters of what was ordered or decided, written by hand."""
MOST_DUTIES = 50


def check_by_hand(text: str, day: date, duties: Sequence[Duty]) -> None:
    """`Invalid` where an order or a resolution written by hand cannot stand; a duty's fields are `1-action` …"""
    if not text.strip():
        raise Invalid(_("Write what was ordered."), field="text")
    if len(text) > LONGEST_TEXT:
        raise Invalid(_("This text is too long for one order: bring it as a paper."), field="text")
    check_span(day, None)
    if day > clock.today():
        raise Invalid(_("An order's date is today or earlier."), field="day")
    if len(duties) > MOST_DUTIES:
        raise Invalid(_("These are too many debts for one order."))
    for number, duty in enumerate(duties, 1):
        if not duty.action.strip():
            raise Invalid(_("Write what is to be done."), field=f"{number}-action")
        if duty.due.day and duty.due.day < day:
            raise Invalid(_("The deadline lies before the day on which the debt was made."), field=f"{number}-day")


def make(change: ledger.Change, source: Source, duties: Iterable[Duty]) -> list[Obligation]:
    """One row for each duty, numbered after those that the source has, and a child for each member of a group."""
    return make_all(change, [(source, duties)])


def make_all(change: ledger.Change, wanted: Iterable[tuple[Source, Iterable[Duty]]]) -> list[Obligation]:
    """The same for many sources at once, by a few statements; each source comes once."""
    pairs = [(source, list(duties)) for source, duties in wanted]
    before = _counted([source for source, _ in pairs])
    planned = [
        (source, duty, _row(source, duty, code=f"{source.code}.{n}"))
        for source, duties in pairs
        for n, duty in enumerate(duties, before.get(source.code, 0) + 1)
    ]
    made = change.create_many(row for _, _, row in planned)
    change.subject = change.subject or (made[0] if made else None)
    change.create_many(one for _, duty, row in planned for one in involved_of(row, duty.involved))
    SearchText.objects.bulk_create(_search_text(row, source.text) for source, _, row in planned)
    for source, duty, row in planned:
        if row.is_group and duty.lead:
            expand(change, row, source.day, source.text, before=duty.before)
    return made


def _counted(sources: list[Source]) -> dict[str, int]:
    """How many debts each source has, without a group's children and what recurs again."""
    counted: dict[str, int] = {}
    for kind in ("resolution", "point", "order"):
        codes = [source.code for source in sources if getattr(source, kind) is not None]
        for start in range(0, len(codes), 500):
            rows = Obligation.objects.filter(
                **{f"{kind}__code__in": codes[start : start + 500]}, parent=None, recurs_from=None
            )
            counted |= dict(rows.values_list(f"{kind}__code").annotate(Count("id")).order_by())
    return counted


def expand(
    change: ledger.Change, row: Obligation, day: date, text: str, *, before: Before | None = None
) -> list[Obligation]:
    """A child for each member of the row's group on that day; without members the row is unsettled (seed ج/۲)."""
    assert row.group is not None
    members = members_on(row.group, day)
    if not members:
        return []
    if row.state == State.UNSETTLED:
        row.settle()
        change.touch(row, "state")
    involved = tuple((Role(i.role), i.party, i.text) for i in row.involved.all())
    children = []
    for n, member in enumerate(members, 1):
        child = change.create(
            Obligation(
                code=f"{row.code}-{n}",
                body=row.body,
                meeting=row.meeting,
                resolution=row.resolution,
                point=row.point,
                order=row.order,
                parent=row,
                lead=member,
                lead_text=row.lead_text,
                action=row.action,
                first_due_day=row.first_due_day,
                report_months=row.report_months,
                first_line=row.first_line,
                last_line=row.last_line,
                state=State.CLOSED if before and before.done else State.OPEN,
                **{name: getattr(row, name) for name in (*Due().as_fields(), "started_by")},
                **(before.as_fields(settled=True) if before else {}),
            )
        )
        change.create_many(involved_of(child, involved))
        index(child, text)
        children.append(child)
    return children


def index(row: Obligation, source_text: str) -> None:
    """Put what the debt is found by into the search table, in place of what stood there."""
    SearchText.objects.filter(rowid=row.pk).delete()
    _search_text(row, source_text).save(force_insert=True)


def _search_text(row: Obligation, source_text: str) -> SearchText:
    names = [row.lead.name if row.lead else "", row.lead_text, row.group.name if row.group else ""]
    return SearchText(
        rowid=row.pk, squash=squashed(row.action, source_text, *names, row.due_text, row.trigger, row.code)
    )


def source_of(row: Obligation) -> Source:
    """The source of a debt that is there already."""
    return Source(
        body=row.body,
        day=row.meeting.date if row.meeting else row.source.date,  # type: ignore[union-attr]
        code=row.source.code,
        text=row.source.text,
        meeting=row.meeting,
        resolution=row.resolution,
        point=row.point,
        order=row.order,
    )


def _row(source: Source, duty: Duty, *, code: str) -> Obligation:
    is_group = duty.lead is not None and duty.lead.kind == PartyKind.GROUP
    settled = duty.lead is not None and not is_group
    done = duty.before is not None and duty.before.done
    due = _due_of(source, duty)
    return Obligation(
        code=code,
        body=source.body,
        meeting=source.meeting,
        resolution=source.resolution,
        point=source.point,
        order=source.order,
        is_group=is_group,
        group=duty.lead if is_group else None,
        lead=duty.lead if settled else None,
        lead_text=duty.lead_text[:300],
        action=duty.action,
        first_due_day=due.day,
        report_months=0 if due.kind == DueKind.ALWAYS else source.body.report_months,
        state=State.CLOSED if done and not is_group else State.OPEN if settled else State.UNSETTLED,
        first_line=(duty.lines[0] or None) if duty.lines else None,
        last_line=(duty.lines[1] or None) if duty.lines else None,
        **due.as_fields(),
        **(duty.before.as_fields(settled=settled, is_group=is_group) if duty.before else {}),
    )


def _due_of(source: Source, duty: Duty) -> Due:
    """What a standing rule asks holds for as long as the rule does, and is never late (seed ج/۶)."""
    if source.resolution and source.resolution.kind == ResolutionKind.STANDING_RULE:
        return Due(DueKind.ALWAYS, text=duty.due.text or duty.due.trigger)
    return duty.due


def involved_of(row: Obligation, involved: Iterable[tuple[Role, Party | None, str]]) -> list[Involved]:
    """Those beside the lead, each once."""
    seen: set[tuple[Role, int | None, str]] = set()
    rows = []
    for role, party, text in involved:
        key = (role, party.pk if party else None, "" if party else text)
        if key not in seen:
            seen.add(key)
            rows.append(Involved(obligation=row, role=role, party=party, text=text[:300]))
    return rows
