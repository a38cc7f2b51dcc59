"""What may be seen of the register: its rows, its filters, its figures, all within `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from functools import lru_cache, reduce
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from dabir.directory.queries import answers_to, called, called_by
from dabir.foundation import paging
from dabir.foundation.access import may
from dabir.foundation.acting import Acting
from dabir.foundation.prepared import AMONG, Prepared
from dabir.foundation.prepared import rows_of as rows_prepared
from dabir.foundation.remembered import until_the_next_event
from dabir.foundation.search import told_by
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting, MeetingBody, Resolution
from dabir.meetings.queries import meetings_visible_to
from dabir.meetings.queries import resolutions_visible_to as resolutions_of_meetings_visible_to
from dabir.obligations import measures
from dabir.obligations.columns import days_left
from dabir.obligations.measures import IS_RUNNING
from dabir.obligations.models import DueKind, Involved, Obligation, Order, Role, SearchText, State
from dabir.persian import clock
from dabir.persian.letters import squash

DEBTS = Q(is_group=False, instances_made=0) | Q(state=State.UNSETTLED)
"""What is counted and listed: a group's row is not, its children are, nor is a recurring duty that has instances; one
that waits to be settled is."""

UNCLASSIFIED = Q(meeting=None) | Q(meeting__secrecy=SecrecyClass.NORMAL)
"""Debts of which a paper or a file may tell that others get, too."""
PRESSED = Q(state=State.OPEN, asleep=False)
"""Debts whose debtor is held to their day: neither what is proposed for closing, which is the body's turn, nor what
sleeps, until it is woken; an unsettled one has nobody to be held to it."""
STARTED_UNDATED = Q(due_kind=DueKind.TRIGGER, clock_day__isnull=False)
"""What they waited for has taken place, and the paper says not how long they have: a day is to be given."""
SOON = timedelta(days=7)
MOST_WORDS = 8
GAPS = {"lead": "unsettled", "due": "undated"}
"""What is missing, and how a debt stands that it is missing from."""
FEW_OWNERS = 5
WITHIN = (Role.HELPER, Role.ENDORSER)
"""Whoever is involved so is told all that is said of a debt, as its lead is."""

ROW_FIELDS = (
    "id", "sort_day", "code", "action", "state", "lead_text", "due_kind", "due_day", "due_text", "trigger",
    "first_due_day", "released_at", "communicated_at", "acknowledged_at", "old_state", "closed_before", "asleep",
    "on_paper", "extensions", "clock_day", "clock_start", "instances_made", "is_group",
)  # fmt: skip
ROW_NAMES = {
    "lead_name": "lead__name",
    "lead_code": "lead__code",
    "group_name": "group__name",
    "resolution_code": "resolution__code",
    "resolution_number": "resolution__number",
    "meeting_code": "meeting__code",
    "meeting_title": "meeting__title",
    "met": "meeting__date",
    "secrecy": "meeting__secrecy",
    "body_name": "body__party__name",
}


def visible_to(by: Acting) -> QuerySet[Obligation]:
    """Debts that the actor may read.

    Those of the meetings that they may read, and of their bodies' orders; besides, for everyone with a post, the
    released ones that their own party leads, helps, receives or endorses, unless the meeting is classified.
    """
    debts = Obligation.objects.all()
    if by.operator:
        return debts
    if by.sees_nothing:
        return debts.none()
    return debts.filter(Prepared(Obligation, _visible, by))


def _visible(by: Acting) -> Q:
    meetings = meetings_visible_to(by)
    led = Obligation.objects.filter(lead__in=by.parties).values("pk")
    involved = Involved.objects.filter(party__in=by.parties).values("obligation")
    classified = Meeting.objects.exclude(secrecy=SecrecyClass.NORMAL).filter(pk=OuterRef("meeting"))
    own = Q(~Exists(classified), released_at__isnull=False, pk__in=led.union(involved))
    if not _sees_many(by):
        return Q(meeting__in=meetings) | own  # few rows, found by their indexes
    # Many rows: what no index serves lets the database walk the register in its order, and stop after a page.
    of_meetings = Q(Exists(meetings.filter(pk=OuterRef("meeting"))))
    of_orders = Q(meeting=None) if by.sees_all else Q(meeting=None, body__in=by.secretariats)
    return of_meetings | of_orders | own


def _sees_many(by: Acting) -> bool:
    """Whether the actor may read so much of the register that it is better walked than its rows looked up."""
    return by.sees_all or bool(by.secretariats)


def leads_visible_to(by: Acting) -> Q:
    """The parties that lead a debt which the actor may see."""
    debts = visible_to(by)
    return Q(Exists(debts.filter(lead=OuterRef("pk")))) if _sees_many(by) else Q(pk__in=debts.values("lead"))


def followed_by(by: Acting) -> QuerySet[Obligation]:
    """The debts of which the actor sees all that is said: not those that they only receive."""
    return visible_to(by).filter(Prepared(Obligation, _followed, by))


def followed_among(by: Acting, debts: Sequence[int]) -> set[int]:
    """The keys of those of these debts that the actor follows; one query."""
    found = rows_prepared(_among_followed, by, AMONG, among=debts, planned=True)
    return {row["pk"] for row in found}


def _among_followed(by: Acting, debts: tuple[int, ...]) -> QuerySet[Obligation, Any]:
    return followed_by(by).filter(pk__in=debts).values("pk")


def _followed(by: Acting) -> Q:
    if by.operator or by.sees_all:
        return Q(pk__isnull=False)
    beside = Involved.objects.filter(party__in=by.parties, role__in=WITHIN, obligation=OuterRef("pk"))
    met = meetings_visible_to(by).filter(pk=OuterRef("meeting"))
    return Q(lead__in=by.parties) | Q(body__in=by.secretariats | by.chaired) | Q(Exists(beside)) | Q(Exists(met))


def resolutions_visible_to(by: Acting) -> QuerySet[Resolution]:
    """Resolutions of meetings that may be read, and those that a visible debt cites."""
    return Resolution.objects.filter(Prepared(Resolution, _cited_or_of_meetings, by))


def _cited_or_of_meetings(by: Acting) -> Q:
    cited = Q(Exists(visible_to(by).filter(resolution=OuterRef("pk"))))
    return Q(pk__in=resolutions_of_meetings_visible_to(by).values("pk")) | cited


def codes_told_to(by: Acting, debts: Iterable[int | None]) -> dict[int, str]:
    """The codes of these debts by their keys, to be named on another one's page; of a classified meeting those alone
    that the actor may read. One query."""
    keys = {key for key in debts if key}
    if not keys:
        return {}
    told = Obligation.objects.filter(UNCLASSIFIED | Q(pk__in=visible_to(by).values("pk")), pk__in=keys)
    return dict(told.order_by().values_list("pk", "code"))


def orders_visible_to(by: Acting) -> QuerySet[Order]:
    """Orders that a visible debt cites."""
    return Order.objects.filter(Exists(visible_to(by).filter(order=OuterRef("pk"))))


def records_orders(by: Acting) -> bool:
    """Whether there is a body whose orders the actor records."""
    return any(may(by, "obligations.record_order", Obligation(body_id=body)) for body in by.secretariats)


@lru_cache(maxsize=8)
def standings(today: date) -> dict[str, Q]:
    """How a debt stands on that day, as the register narrows by it and counts it. Overdue, near and to come are those
    alone that are `PRESSED`."""
    unsettled = Q(state=State.UNSETTLED)
    return {
        "running": IS_RUNNING,
        "overdue": PRESSED & Q(due_day__lt=today),
        "soon": PRESSED & Q(due_day__range=(today, today + SOON)),
        "coming": PRESSED & Q(due_day__gte=today),
        "unsettled": unsettled,
        "proposed": Q(state=State.PROPOSED),
        "unreleased": IS_RUNNING & Q(released_at=None),
        "untold": IS_RUNNING & Q(communicated_at=None, on_paper=False),
        "unacknowledged": IS_RUNNING & Q(communicated_at__isnull=False, acknowledged_at=None),
        "asleep": (IS_RUNNING | unsettled) & Q(asleep=True),
        "closed_before": Q(closed_before=True),
        "undated": (IS_RUNNING | unsettled) & (Q(due_kind=DueKind.NONE) | STARTED_UNDATED),
        "extended": Q(extensions__gt=0),
    }


def saying(words: str) -> Q:
    """Debts whose text holds the words, joined or each somewhere; a word may also stand in a name of whoever owes it.

    Names are looked up with the parties, and not kept with the debts, so that a debt is found by every name that its
    lead has, had, or has by a merge.
    """
    each = [word for word in words.split()[:MOST_WORDS] if squash(word)]
    named = called_by(each)
    if not named:
        return told_by(SearchText, words)
    found = Q()
    for word in each:
        found &= told_by(SearchText, word) | _owed_by(word, named[word]) if word in named else told_by(SearchText, word)
    return told_by(SearchText, words) | found if len(each) > 1 else found


def _owed_by(word: str, parties: set[int]) -> Q:
    """Debts of these parties, whose names hold the word. Those of a few are found by their indexes; where most debts
    are, no index is to lead SQLite away from the order of the register."""
    if len(parties) <= FEW_OWNERS:
        return Q(lead__in=parties) | Q(group__in=parties)
    owners = called(word).values("party")
    return Q(In(Coalesce(F("lead"), 0), owners)) | Q(In(Coalesce(F("group"), 0), owners))


@until_the_next_event
def _keys_of(party: str) -> tuple[int, ...]:
    """Those that its code stands for."""
    return tuple(answers_to(party).values_list("pk", flat=True)) if party else ()


def _led_or_joined_by(party: Sequence[int]) -> Q:
    """Debts that a party leads, is involved in, or owes as a group or as its member. From its keys: few of them, found
    by their indexes, instead of a walk along the whole register."""
    debts = Obligation.objects.order_by()
    owed = [debts.filter(**{field: party}).values("pk") for field in ("lead__in", "group__in", "parent__group__in")]
    return Q(pk__in=Involved.objects.filter(party__in=party).order_by().values("obligation").union(*owed))


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the register; all together. Codes for party, lead, body and meeting, the number of an old register's
    `sheet`; `gap` is "lead" or "due". Those that figures open their rows by are told in `measures`: `kept`, the number
    of an `age`, a `quarter` that was reported on; `closed_since` is a meeting since whose day the body
    that is named behind it (`hq-1398-11@hq`), else the one that keeps its minutes, closed them."""

    words: str = ""
    party: str = ""
    body: str = ""
    meeting: str = ""
    state: str = ""
    overdue: bool = False
    unsettled: bool = False
    unreleased: bool = False
    soon: bool = False
    coming: bool = False
    running: bool = False
    untold: bool = False
    unacknowledged: bool = False
    asleep: bool = False
    closed_before: bool = False
    extended: bool = False
    asks: bool = False
    below_plan: bool = False
    lead: str = ""
    kept: str = ""
    age: str = ""
    quarter: str = ""
    closed_since: str = ""
    sheet: str = ""
    gap: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filters:
        """From an address; what is unknown there is passed over."""
        values: dict[str, Any] = {}
        for f in fields(cls):
            text = str(query.get(f.name) or "").replace("\0", "").strip()[:200]  # PostgreSQL takes no NUL
            values[f.name] = bool(text) if f.type in (bool, "bool") else text
        return cls(**values)

    def as_query(self) -> dict[str, str]:
        """The address's part, without what narrows nothing."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: "1" if value is True else value for name, value in values.items() if value}

    @property
    def looks_up(self) -> bool:
        """Whether a condition hangs on rows, and not on what is asked for alone: its SQL is of this moment."""
        return bool(self.words or self.closed_since)

    @property
    def owners(self) -> tuple[int, ...]:
        """The keys of `party`."""
        return _keys_of(self.party)

    def narrow(
        self, debts: QuerySet[Obligation], today: date, by: Acting, owners: tuple[int, ...] | None = None
    ) -> QuerySet[Obligation]:
        """Those of these debts, which the actor may see, that meet every condition that is set, as far as they may know
        whether they do. `owners` is given where the SQL is to be kept."""
        found = self.owners if owners is None else owners
        return debts.filter(*self._conditions(today, found), *self._measured(today, by))

    def _conditions(self, today: date, owners: tuple[int, ...]) -> Iterator[Q]:
        if self.words:
            yield saying(self.words)
        if self.party:
            yield _led_or_joined_by(owners)
        if self.body:
            met = MeetingBody.objects.filter(meeting=OuterRef("meeting"), body__code=self.body)
            yield Q(body__code=self.body) | Q(Exists(met))
        if self.meeting:
            yield Q(meeting__code=self.meeting)
        if self.state in State.values:
            yield Q(state=self.state)
        if self.sheet:
            known = self.sheet.isdecimal() and len(self.sheet) < 10
            yield Q(sheet_row__sheet=int(self.sheet) if known else 0)
        is_a = standings(today)
        yield from (condition for name, condition in is_a.items() if getattr(self, name, False))
        if self.gap in GAPS:
            yield is_a[GAPS[self.gap]]

    def _measured(self, today: date, by: Acting) -> Iterator[Q]:
        if self.lead:
            yield Q(lead__in=answers_to(self.lead).values("pk"))
        if self.kept in measures.KEPT:
            yield measures.kept(self.kept, today)
        if self.age in map(str, range(len(measures.AGES))):
            yield measures.age_of(int(self.age), today)
        if self.closed_since:
            code, _at, of = self.closed_since.partition("@")
            since = meetings_visible_to(by).filter(code=code).values_list("kept_by__code", "date").first()
            kept_by, day = since or ("", today)
            whose = Q(body__code=of if since and of else kept_by)
            yield whose & Q(state=State.CLOSED, closed_at__gte=datetime.combine(day, time(), clock.TEHRAN))
        said = []
        if days := measures.quarter_of(self.quarter):
            said.append(measures.reported_in(days))
        if self.below_plan:
            said.append(measures.below_plan(today))
        if self.asks:
            said.append(measures.asks_a_decision())
        if said:  # of reports, obstacles and requests those alone know who follow the debt
            yield Q(*said, Prepared(Obligation, _followed, by))


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of the register, as plain values. `days_left` is below 0 after the day, none for a debt that has ended
    and for a group's row, whose members each have theirs."""

    pk: int
    code: str
    action: str
    state: str
    lead: str
    lead_code: str
    lead_text: str
    group: str
    helpers: tuple[str, ...]
    due_kind: str
    due_day: date | None
    due_text: str
    trigger: str
    first_due_day: date | None
    days_left: int | None
    released_at: datetime | None
    communicated_at: datetime | None
    acknowledged_at: datetime | None
    old_state: str
    closed_before: bool
    asleep: bool
    on_paper: bool
    extensions: int
    clock_day: date | None
    clock_start: str
    instances_made: int
    resolution_code: str
    resolution_number: str
    meeting_code: str
    meeting_title: str
    met: date | None
    secrecy: SecrecyClass
    body: str

    @property
    def released(self) -> bool:
        return self.released_at is not None

    @property
    def is_overdue(self) -> bool:
        """As `standings` has it."""
        late = self.days_left is not None and self.days_left < 0
        return late and self.state == State.OPEN and not self.asleep

    def repeats(self, above: RegisterRow | None) -> bool:
        """Whether it owes what the row above owes, by the same day: a ditto stands then, as in any record book."""
        return above is not None and (
            (self.action, self.due_day, self.due_text) == (above.action, above.due_day, above.due_text)
        )


def narrowed(by: Acting, filters: Filters, today: date, owners: tuple[int, ...] | None = None) -> QuerySet[Obligation]:
    """The debts of the register, narrowed, in no order yet."""
    return filters.narrow(visible_to(by).filter(DEBTS), today, by, owners)


def register_page(
    by: Acting, filters: Filters, *, cursor: str = "", descending: bool = False, size: int = paging.SIZE
) -> paging.Page[RegisterRow]:
    """A page of the register in the order of due, those without a day last; two queries, whatever its length.
    `Listing` knows other orders."""
    values = row_values(narrowed(by, filters, clock.today()))
    return paging.page(values, ["sort_day", "id"], cursor=cursor, descending=descending, size=size).with_rows(rows_from)


@until_the_next_event
def debts_of(by: Acting, party: int, most: int) -> list[RegisterRow]:
    """The first rows of the register narrowed to a party, by its key, that is no other one's by now; two queries."""
    return rows_from(rows_prepared(_of_parties, by, most, AMONG, among=[party]))


def _of_parties(by: Acting, most: int, parties: tuple[int, ...]) -> QuerySet[Obligation, dict[str, Any]]:
    return row_values(visible_to(by).filter(DEBTS, _led_or_joined_by(parties)).order_by("sort_day", "id"))[:most]


def row_values(debts: QuerySet[Obligation], *more: str) -> QuerySet[Obligation, dict[str, Any]]:
    """What `rows_from` makes rows of."""
    rows: QuerySet[Obligation, dict[str, Any]] = debts.values(
        *dict.fromkeys((*ROW_FIELDS, *more)), **{name: F(path) for name, path in ROW_NAMES.items()}
    )
    return rows


def rows_of(debts: QuerySet[Obligation]) -> list[RegisterRow]:
    """All of a short list of debts as register rows, in the order of their making."""
    return rows_from(list(row_values(debts.order_by("id"))))


def helpers_of(debts: list[int] | QuerySet[Obligation, Any]) -> dict[int, list[str]]:
    """The names of those who help, by the debt's id; one query."""
    helpers: dict[int, list[str]] = {}
    for row in rows_prepared(_helping, AMONG, among=debts) if isinstance(debts, list) else _helping(debts):
        helpers.setdefault(row["obligation"], []).append(row["party__name"] or row["text"])
    return helpers


def _helping(debts: Any) -> QuerySet[Involved, Any]:
    """One that was merged is there under its other name."""
    rows = Involved.objects.filter(obligation__in=debts, role=Role.HELPER, party__merged_into=None)
    return rows.order_by("id").values("obligation", "party__name", "text")


def row_of(debt: Obligation) -> RegisterRow:
    """A debt in hand as a register row; no query where all that it names (`ROW_NAMES`, `involved__party`) is loaded."""
    named = {name: reduce(_attribute, path.split("__"), debt) for name, path in ROW_NAMES.items()}
    helpers = [
        one.party.name if one.party else one.text
        for one in debt.involved.all()
        if one.role == Role.HELPER and not (one.party and one.party.merged_into_id)
    ]
    return _row({name: getattr(debt, name) for name in ROW_FIELDS} | named, helpers, clock.today())


def _attribute(of: Any, name: str) -> Any:
    return None if of is None else getattr(of, name)


def rows_from(found: list[dict[str, Any]]) -> list[RegisterRow]:
    """The rows of `row_values`, with their helpers; one query."""
    helpers = helpers_of([r["id"] for r in found])
    today = clock.today()
    return [_row(r, helpers.get(r["id"], ()), today) for r in found]


def _row(r: dict[str, Any], helpers: Iterable[str], today: date) -> RegisterRow:
    return RegisterRow(
        pk=r["id"],
        code=r["code"],
        action=r["action"],
        state=r["state"],
        lead=r["lead_name"] or "",
        lead_code=r["lead_code"] or "",
        lead_text=r["lead_text"],
        group=r["group_name"] or "",
        helpers=tuple(helpers),
        due_kind=r["due_kind"],
        due_day=r["due_day"],
        due_text=r["due_text"],
        trigger=r["trigger"],
        first_due_day=r["first_due_day"],
        days_left=None if r["is_group"] else days_left(r["state"], r["due_day"], today),
        released_at=r["released_at"],
        communicated_at=r["communicated_at"],
        acknowledged_at=r["acknowledged_at"],
        old_state=r["old_state"],
        closed_before=r["closed_before"],
        asleep=r["asleep"],
        on_paper=r["on_paper"],
        extensions=r["extensions"],
        clock_day=r["clock_day"],
        clock_start=r["clock_start"],
        instances_made=r["instances_made"],
        resolution_code=r["resolution_code"] or "",
        resolution_number=r["resolution_number"] or "",
        meeting_code=r["meeting_code"] or "",
        meeting_title=r["meeting_title"] or "",
        met=r["met"],
        secrecy=SecrecyClass(r["secrecy"] or SecrecyClass.NORMAL),
        body=r["body_name"],
    )
