"""What is theirs to do now: one list across all bodies and rooms, what has waited longest first.

An entry's `day` is the one since which it waits: a deadline, the end of a period that was to be reported, or the day on
which it came. What a person may not do, or may not see, is not on their list; whoever does it takes it off.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least, TruncDate
from django.utils.translation import gettext_lazy as _

from dabir.cycle.reminding import waiting_letters
from dabir.directory.models import Body
from dabir.foundation.acting import READERS, Acting, Function
from dabir.foundation.remembered import until_the_next_event
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.letters.models import Letter, LetterState
from dabir.letters.queries import visible_to as letters_visible_to
from dabir.meetings.checking import manuscripts_visible_to
from dabir.meetings.members import is_theirs
from dabir.meetings.models import Manuscript, ManuscriptState, Meeting, Suggestion, SuggestionState
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.extensions import extensions_visible_to
from dabir.obligations.measures import IS_RUNNING
from dabir.obligations.models import (
    Extension,
    ExtensionState,
    Extract,
    Obligation,
    Order,
    Reply,
    ReplyKind,
    Report,
    ReportState,
    State,
)
from dabir.obligations.queries import (
    DEBTS,
    SOON,
    STARTED_UNDATED,
    RegisterRow,
    row_values,
    rows_from,
    visible_to,
)
from dabir.obligations.reporting.periods import awaiting_report, newest_end
from dabir.obligations.reporting.queries import said_done, to_confirm, to_endorse, to_verify
from dabir.persian import clock

SIZE = 50


class Kind(TextChoices):
    """What is to be done, in the order in which a debt goes its way."""

    CORRECT = "correct", _("To correct")
    SETTLE = "settle", _("To settle")
    TELL = "tell", _("To communicate")
    NUMBER = "number", _("Letters to number")
    ACKNOWLEDGE = "acknowledge", _("To acknowledge")
    DO = "do", _("To carry out")
    REPORT = "report", _("To report")
    REMIND = "remind", _("To remind")
    CONFIRM = "confirm", _("To confirm")
    ENDORSE = "endorse", _("To endorse")
    VERIFY = "verify", _("To verify")
    ANSWER = "answer", _("To answer")
    CLOSE = "close", _("To close")


class What(TextChoices):
    """What an entry is about: which table its key is of."""

    DEBT = "debt"
    REPORT = "report"
    EXTENSION = "extension"
    OBJECTION = "objection"
    DRAFT = "draft"
    CORRECTIONS = "corrections"
    MEETING = "meeting"
    ORDER = "order"
    LETTERS = "letters"
    REMINDERS = "reminders"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do. `debt` where it is one debt's; `count` of how many it is where it is several at once; `words`
    what was asked for, objected to or reported."""

    kind: Kind
    what: What
    day: date
    pk: int
    debt: RegisterRow | None = None
    title: str = ""
    code: str = ""
    body: str = ""
    words: str = ""
    count: int = 0
    until: date | None = None
    percent: int | None = None

    @property
    def days(self) -> int:
        """How many it has waited; below 0 for what is still to come."""
        return (clock.today() - self.day).days


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of it; `next` is the cursor of the page after, empty where there is none. `counts` tells how many things
    wait of each kind of which any does, also of those that are not on the page."""

    entries: tuple[Entry, ...] = ()
    next: str = ""
    counts: Mapping[Kind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Source:
    kind: Kind
    what: What
    rows: QuerySet[Any]
    day: Any
    """A day of the rows, or an expression that is one."""
    debt: str = ""
    """The rows' field that leads to the debt."""


@until_the_next_event
def worklist_of(by: Acting, kinds: tuple[Kind, ...] = (), cursor: str = "", size: int = SIZE) -> Worklist:
    """The page at a cursor, of these kinds alone where any are given. A cursor that is not one of ours gives the first
    page; a fixed number of queries, however long the list is."""
    every = _written(by, clock.today(), connection.alias)
    if not every.sql:
        return Worklist()
    chosen = [n for n, (kind, _what) in enumerate(every.of) if not kinds or kind in kinds]
    conditions, values = f"source IN ({', '.join(map(str, chosen))})" if chosen else "1 = 0", list(every.params)
    if after := _read(cursor):
        conditions += " AND (day, source, key) > (%s, %s, %s)"
        values += [connection.ops.adapt_datefield_value(after[0]), *after[1:]]
    # The counts, which have no day, in the same statement: what waits is looked through once for both.
    asked = (
        f"WITH waiting AS ({every.sql}), page AS ("  # noqa: S608  (values are parameters)
        f"SELECT day, source, key, debt FROM waiting WHERE {conditions} ORDER BY 1, 2, 3 LIMIT {size + 1:d}) "
        "SELECT day, source, key, debt FROM page UNION ALL "
        "SELECT CAST(NULL AS date), source, COUNT(*), 0 FROM waiting GROUP BY 2"
    )
    counts: dict[Kind, int] = {}
    found = []
    for day, source, key, debt in _ask(asked, values):
        kind = every.of[source][0]
        if day is None:
            counts[kind] = counts.get(kind, 0) + key
        else:
            found.append(_Key(_day(day), source, key, debt))
    found.sort()
    entries = tuple(_entries([(*every.of[key.source], key) for key in found[:size]], by))
    following = _cursor(found[size - 1]) if len(found) > size else ""
    return Worklist(entries, following, {kind: counts[kind] for kind in Kind if kind in counts})


@dataclass(frozen=True, slots=True)
class _Written:
    """The keys of all that waits, as one statement, and what its sources are about. Its SQL hangs on the actor and the
    day alone; to write it takes far longer than to ask it."""

    of: tuple[tuple[Kind, What], ...]
    sql: str
    params: tuple[Any, ...]


@lru_cache(maxsize=200)
def _written(by: Acting, _today: date, alias: str) -> _Written:
    sources = list(_sources(by))
    parts = [_keys(n, one) for n, one in enumerate(sources)]
    sql, params = "", ()
    if parts:
        with suppress(EmptyResultSet):  # nothing can wait
            sql, params = parts[0].union(*parts[1:], all=True).query.get_compiler(using=alias).as_sql()
    return _Written(tuple((one.kind, one.what) for one in sources), sql, tuple(params))


def _ask(sql: str, params: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _sources(by: Acting) -> Iterator[_Source]:
    if by.is_stranger or by.function in READERS or by.function is None:
        return
    today = clock.today()
    if by.secretariats:
        yield from _of_a_secretariat(by)
    yield from _of_a_debtor(by, today)
    yield _Source(Kind.ENDORSE, What.REPORT, to_endorse(by), _moment("reported_at"), "obligation")
    drafts = manuscripts_visible_to(by).filter(is_theirs(by), state=ManuscriptState.CIRCULATING, until__gte=today)
    yield _Source(Kind.CORRECT, What.DRAFT, drafts.exclude(meeting__kept_by__in=by.secretariats), F("until"))


def _of_a_debtor(by: Acting, today: date) -> Iterator[_Source]:
    """What the agency owes; of a meeting above the normal class to its head alone."""
    own = visible_to(by).filter(DEBTS, IS_RUNNING, lead__in=by.parties, released_at__isnull=False, asleep=False)
    if by.function != Function.HEAD:
        own = own.exclude(Exists(Meeting.objects.exclude(secrecy=SecrecyClass.NORMAL).filter(pk=OuterRef("meeting"))))
    told = own.filter(communicated_at__isnull=False, acknowledged_at=None)
    yield _Source(Kind.ACKNOWLEDGE, What.DEBT, told.exclude(Exists(_objections_to())), _moment("communicated_at"))
    own = own.exclude(said_done(ReportState.REPORTED, ReportState.CONFIRMED, ReportState.ENDORSED))  # others' turn
    late = awaiting_report(today)
    unreported = Case(When(late, then=True), default=False, output_field=BooleanField())  # a day may be missing there
    pressing = own.alias(unreported=unreported).filter(unreported=False, state=State.OPEN, due_day__lte=today + SOON)
    yield _Source(Kind.DO, What.DEBT, pressing, F("due_day"))
    ended = newest_end(today)
    yield _Source(Kind.REPORT, What.DEBT, own.filter(late), Least(ended, Coalesce(F("due_day"), ended)))
    yield _Source(Kind.CONFIRM, What.REPORT, to_confirm(by), _moment("reported_at"), "obligation")


def _of_a_secretariat(by: Acting) -> Iterator[_Source]:
    debts = visible_to(by).filter(DEBTS, body__in=by.secretariats, asleep=False)
    decided = Coalesce(F("meeting__date"), F("order__date"))
    yield _Source(Kind.SETTLE, What.DEBT, debts.filter(state=State.UNSETTLED), decided)
    yield _Source(Kind.SETTLE, What.DEBT, debts.filter(IS_RUNNING, STARTED_UNDATED), F("clock_day"))
    waiting = Extract.objects.filter(obligation=OuterRef("pk"), letter__state=LetterState.AWAITING)
    untold = debts.filter(IS_RUNNING & ~Exists(waiting), communicated_at=None, on_paper=False)
    # From the few that are untold to their meetings: asked of each meeting, its body's debts were gone through anew.
    meetings = meetings_visible_to(by).filter(pk__in=untold.values("meeting"), kept_by__in=by.secretariats)
    yield _Source(Kind.TELL, What.MEETING, meetings, F("date"))
    orders = Order.objects.filter(pk__in=untold.values("order"), body__in=by.secretariats)
    yield _Source(Kind.TELL, What.ORDER, orders, F("date"))
    letters = _unnumbered(by).filter(body=OuterRef("pk"))
    bodies = Body.objects.filter(Exists(letters), pk__in=by.secretariats)
    first = Subquery(letters.order_by("written_at").values("written_at")[:1])
    yield _Source(Kind.NUMBER, What.LETTERS, bodies, _moment(first))
    proposed = waiting_letters(by).filter(obligation__body=OuterRef("pk"))
    chasing = Body.objects.filter(Exists(proposed), pk__in=by.secretariats)
    since = Subquery(proposed.order_by("at").values("at")[:1])
    yield _Source(Kind.REMIND, What.REMINDERS, chasing, _moment(since))
    yield _Source(Kind.VERIFY, What.REPORT, to_verify(by), _moment("reported_at"), "obligation")
    objected = debts.filter(IS_RUNNING & Exists(_objections_to()), communicated_at__isnull=False, acknowledged_at=None)
    newest = Subquery(_objections_to().values("at")[:1])
    yield _Source(Kind.ANSWER, What.OBJECTION, objected, _moment(newest))
    yield _Source(Kind.CLOSE, What.DEBT, debts.filter(state=State.PROPOSED), _moment("proposed_at"))
    if by.function in KEEPERS:
        asked = extensions_visible_to(by).filter(state=ExtensionState.ASKED, obligation__body__in=by.secretariats)
        yield _Source(Kind.ANSWER, What.EXTENSION, asked, _moment("asked_at"), "obligation")
        said = Suggestion.objects.filter(manuscript=OuterRef("pk"), state=SuggestionState.OPEN).order_by("made_at")
        drafts = manuscripts_visible_to(by).filter(
            Exists(said), state=ManuscriptState.CIRCULATING, meeting__kept_by__in=by.secretariats
        )
        yield _Source(Kind.ANSWER, What.CORRECTIONS, drafts, _moment(Subquery(said.values("made_at")[:1])))


def _unnumbered(by: Acting) -> QuerySet[Letter]:
    return letters_visible_to(by).filter(state=LetterState.AWAITING, registered_on=None, body__in=by.secretariats)


def _objections_to() -> QuerySet[Reply]:
    """Whoever has acknowledged a debt objects to it no longer."""
    return Reply.objects.filter(obligation=OuterRef("pk"), kind=ReplyKind.OBJECTION).order_by("-id")


def _moment(field: Any) -> TruncDate:
    return TruncDate(field, tzinfo=clock.TEHRAN)


# --- keys: by day, then by source, then by the row


class _Key(NamedTuple):
    day: date
    source: int
    key: int
    debt: int


def _keys(number: int, source: _Source) -> QuerySet[Any, Any]:
    debt = F(f"{source.debt}_id") if source.debt else F("pk")
    rows = source.rows.order_by().annotate(day=source.day, source=Value(number, output_field=IntegerField()))
    keys: QuerySet[Any, Any] = rows.annotate(key=F("pk"), debt=debt).values_list("day", "source", "key", "debt")
    return keys


def _day(value: date | str) -> date:
    """SQLite gives it as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _cursor(key: _Key) -> str:
    text = json.dumps([key.day.isoformat(), key.source, key.key])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[date, int, int] | None:
    try:
        day, number, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        found = date.fromisoformat(day), number, key
    except (ValueError, TypeError, RecursionError):
        return None
    whole = all(type(one) is int and 0 <= one < 2**31 for one in (number, key))
    return found if whole else None


# --- what the entries say: a query for each table that is on the page


def _entries(found: list[tuple[Kind, What, _Key]], by: Acting) -> Iterator[Entry]:
    def keys(about: What) -> list[int]:
        return [key.key for _kind, what, key in found if what == about]

    about_debts = [key.debt for _kind, what, key in found if what in _OF_DEBTS]
    debts = {row.pk: row for row in rows_from(list(row_values(Obligation.objects.filter(pk__in=about_debts))))}
    more: dict[tuple[What, int], dict[str, Any]] = {}
    for what, told in (
        (What.REPORT, _reports(keys(What.REPORT))),
        (What.EXTENSION, _extensions(keys(What.EXTENSION))),
        (What.OBJECTION, _objections(keys(What.OBJECTION))),
        (What.DRAFT, _drafts(keys(What.DRAFT))),
        (What.CORRECTIONS, _drafts(keys(What.CORRECTIONS))),
        (What.MEETING, _meetings(keys(What.MEETING), by)),
        (What.ORDER, _orders(keys(What.ORDER), by)),
        (What.LETTERS, _letters(keys(What.LETTERS), by)),
        (What.REMINDERS, _reminders(keys(What.REMINDERS), by)),
    ):
        more |= {(what, pk): values for pk, values in told.items()}
    for kind, what, key in found:
        debt = debts[key.debt] if what in _OF_DEBTS else None
        yield Entry(kind, what, key.day, key.key, debt, **more.get((what, key.key), {}))


_OF_DEBTS = (What.DEBT, What.OBJECTION, What.REPORT, What.EXTENSION)
Told = dict[int, dict[str, Any]]


def _reports(keys: list[int]) -> Told:
    rows = Report.objects.filter(pk__in=keys).values_list("pk", "narrative", "percent", "ends") if keys else ()
    return {pk: {"words": words[:300], "percent": percent, "until": ends} for pk, words, percent, ends in rows}


def _extensions(keys: list[int]) -> Told:
    rows = Extension.objects.filter(pk__in=keys).values_list("pk", "reason", "wanted") if keys else ()
    return {pk: {"words": reason[:300], "until": wanted} for pk, reason, wanted in rows}


def _objections(keys: list[int]) -> Told:
    rows = Reply.objects.filter(obligation__in=keys).order_by("id").values_list("obligation", "text") if keys else ()
    return {pk: {"words": text[:300]} for pk, text in rows}


def _drafts(keys: list[int]) -> Told:
    if not keys:
        return {}
    still = Count("suggestions", filter=Q(suggestions__state=SuggestionState.OPEN))
    rows = Manuscript.objects.filter(pk__in=keys).annotate(still=still).select_related("meeting__kept_by__party")
    return {row.pk: _of_meeting(row.meeting) | {"until": row.until, "count": row.still} for row in rows}


def _meetings(keys: list[int], by: Acting) -> Told:
    if not keys:
        return {}
    untold = _untold(by).filter(meeting__in=keys)
    counts = dict(untold.order_by().values_list("meeting").annotate(Count("pk")))
    rows = Meeting.objects.filter(pk__in=keys).select_related("kept_by__party")
    return {row.pk: _of_meeting(row) | {"count": counts.get(row.pk, 0)} for row in rows}


def _orders(keys: list[int], by: Acting) -> Told:
    """`code` is that of the first debt, whose page is the order's."""
    if not keys:
        return {}
    untold = _untold(by).filter(order__in=keys).order_by()
    found = untold.values_list("order", "order__text", "body__party__name").annotate(Min("code"), Count("pk"))
    return {pk: {"words": text[:300], "body": body, "code": code, "count": n} for pk, text, body, code, n in found}


def _untold(by: Acting) -> QuerySet[Obligation]:
    return visible_to(by).filter(DEBTS, IS_RUNNING, communicated_at=None, on_paper=False, asleep=False)


def _of_meeting(meeting: Meeting) -> dict[str, Any]:
    return {"title": meeting.title, "code": meeting.code, "body": meeting.kept_by.party.name}


def _letters(keys: list[int], by: Acting) -> Told:
    if not keys:
        return {}
    rows = _unnumbered(by).filter(body__in=keys).order_by().values_list("body", "body__party__name")
    return {pk: {"body": name, "count": count} for pk, name, count in rows.annotate(Count("pk"))}


def _reminders(keys: list[int], by: Acting) -> Told:
    """Of how many debts letters are proposed."""
    if not keys:
        return {}
    body, name = "obligation__body", "obligation__body__party__name"
    rows = waiting_letters(by).filter(obligation__body__in=keys).order_by().values_list(body, name)
    return {pk: {"body": told, "count": count} for pk, told, count in rows.annotate(Count("obligation", distinct=True))}
