"""The meeting that writes its own agenda: what the next meeting of a body should look at, worst first.

A line says why it is there and why in that place, with its numbers, its last words, its papers and two decisions that
the minutes' reader understands. Nobody is bound by it: the secretary ticks what goes into the agenda of a meeting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dabir.cycle.agenda_words import OF_ONE, At, Part, alone, asking, candidates_for, item_for, more_of, reasons_for
from dabir.cycle.worst import weighed
from dabir.directory.calendar import calendar_of_party
from dabir.directory.models import Body, Capacity, Party
from dabir.directory.queries import seats_on
from dabir.foundation import ledger
from dabir.foundation.access import may, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.prepared import AMONG, models_of, rows_of
from dabir.foundation.remembered import until_the_next_event
from dabir.letters.models import LetterState
from dabir.meetings import services as meetings
from dabir.meetings.calls import AHEAD, called_to
from dabir.meetings.models import Meeting
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.measures import asking_obstacles
from dabir.obligations.models import (
    NOT_ENDED,
    Extension,
    ExtensionState,
    Extract,
    Involved,
    Obligation,
    Obstacle,
    Role,
)
from dabir.obligations.weighing import Weighed, Why
from dabir.persian import clock

OWNERS = (Role.HELPER, Role.ENDORSER)


@dataclass(frozen=True, slots=True)
class Letter:
    """Number and date of a letter about a debt."""

    number: str
    dated: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """A debt on the agenda. `more` counts the others of its group, or of its recurring duty, that are on it too.
    `about` is what item and decisions name: the group, where all its running members are there for the same reason,
    else the debt. `planned`, `reported` and `verified` are percentages, none where nobody has said one."""

    debt: Obligation
    about: Obligation
    score: int
    parts: tuple[Part, ...]
    candidates: tuple[str, str]
    item: str
    """What the agenda of a meeting would say."""
    planned: int | None
    late: int
    """Days since its deadline; 0 where it is not late."""
    more: int = 0
    letters: tuple[Letter, ...] = ()
    owners: tuple[tuple[str, Party], ...] = ()
    """Who is to come for all that it stands for: the leads first, then helpers and endorsers, each with what they are
    to it."""

    @property
    def others(self) -> str:
        """What is said of those that are on it too; empty where there are none."""
        if not self.more:
            return ""
        said = more_of(self.more)
        return said if self.about != self.debt else f"{said}{_('; ')}{alone(self.code)}"

    @property
    def code(self) -> str:
        return self.debt.code

    @property
    def reasons(self) -> list[str]:
        """Each as a sentence with its part of the score."""
        return [part.told for part in self.parts]


@dataclass(slots=True)
class Guest:
    """A party that should be there, what it is to which lines, and as what it sits in the body, if at all."""

    party: Party
    capacity: str = ""
    roles: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    @property
    def is_member(self) -> bool:
        return self.capacity == Capacity.MEMBER


@dataclass(frozen=True, slots=True)
class Agenda:
    body: Body
    day: date
    lines: tuple[Line, ...]
    invite: tuple[Guest, ...]


def agenda_of(body: Body, *, by: Acting, today: date | None = None) -> Agenda:
    """At most ten lines, worst first, of what the actor may read; a fixed number of queries, however many debts."""
    require(by, "cycle.agenda_of", body)
    return _agenda(body, by, today or clock.today(), get_language())


@until_the_next_event
def _agenda(body: Body, by: Acting, today: date, _language: str | None) -> Agenda:
    lines = tuple(_lines(body, weighed([body], by, today), today, by))
    return Agenda(body, today, lines, tuple(_guests(body, lines, today)))


def next_meetings(body: Body, by: Acting) -> list[Meeting]:
    """Those of the body that are ahead and whose agenda the actor writes, the next one first."""
    met = models_of(_ahead, by, clock.today(), AMONG, among=[body.pk])
    return [meeting for meeting in met if may(by, "meetings.add_item", meeting)]


def _ahead(by: Acting, today: date, bodies: tuple[int, ...]) -> QuerySet[Meeting]:
    met = meetings_visible_to(by).filter(bodies__body__in=bodies, state__in=AHEAD, date__gte=today)
    return met.select_related("kept_by").order_by("date", "id")


def put_on_agenda(
    body: Body, codes: Iterable[str], *, by: Acting, meeting: Meeting | None = None, invite: bool = True
) -> tuple[Meeting, int]:
    """Put these lines of the body's agenda, in its order, into that of its next meeting, or of that `meeting`, and
    call their owners to it; the meeting, and how many items are new. What stands there already is left as it is.

    `Invalid` where no meeting is planned, where a code is on no line (any more), or where a line is of a higher class
    than the meeting, whose agenda goes out with its letters: then nothing is written.
    """
    require(by, "cycle.put_on_agenda", body)
    wanted = set(codes)
    if not wanted:
        raise Invalid(_("Choose a line."), field="line")
    with ledger.standstill():
        ahead = next_meetings(body, by)
        chosen = next((one for one in ahead if meeting is None or one.pk == meeting.pk), None)
        if chosen is None:
            raise Invalid(_("%(body)s has no meeting ahead. Plan one first.") % {"body": body})
        lines = [line for line in agenda_of(body, by=by).lines if line.code in wanted]
        if gone := wanted - {line.code for line in lines}:
            raise Invalid(_("%(code)s is on this agenda no longer. Look at it again.") % {"code": min(gone)})
        for line in lines:
            if line.debt.secrecy.is_above(chosen.secrecy):
                raise Invalid(_("%(code)s is of a higher class than this meeting.") % {"code": line.code})
        texts = list(chosen.agenda.values_list("text", flat=True))
        new = [line for line in lines if not any(_names(text, line.about.code) for text in texts)]
        for line in new:
            meetings.add_item(chosen, by=by, text=line.item, presenter=line.about.lead)
        if invite:
            there = {one.party.pk for one in called_to(chosen) if one.party}
            owners = {party.pk: party for line in lines for _role, party in line.owners}
            for key, party in owners.items():
                if key not in there:
                    meetings.invite_party(chosen, party, by=by)
    return chosen, len(new)


def _names(text: str, code: str) -> bool:
    """Whether an item names the debt; `…/4.1` does not stand in `…/4.10`."""
    return f"{code} " in f"{text} " or f"{code}:" in text


def _lines(body: Body, worst: list[Weighed], today: date, by: Acting) -> Iterable[Line]:
    keys = [one.facts.pk for one in worst]
    members = _by_group(models_of(_members, AMONG, among=[one.facts.parent for one in worst if one.facts.parent]))
    holding = [one.facts.held_by for one in worst if one.facts.held_by]
    debts = {debt.pk: debt for debt in models_of(_debts, AMONG, among=[*keys, *holding])}
    asked = [one.facts.pk for one in worst if one.facts.asked]
    wanted = {row["obligation"]: row["wanted"] for row in rows_of(_asked, AMONG, among=asked)}
    calendar = calendar_of_party(body.party_id) if wanted else None
    hindered = [one.facts.pk for one in worst if one.facts.obstacle]
    obstacles = {row["obligation"]: row["wanted"] for row in rows_of(_obstacles, AMONG, among=hindered)}
    letters = _letters(keys)
    alike = {one.facts.pk: [one.facts.pk, *(other.facts.pk for other in one.kin)] for one in worst}
    involved = _by_debt(models_of(_involved, AMONG, among=[pk for keys in alike.values() for pk in keys]))
    for one in worst:
        debt = debts[one.facts.pk]
        day = wanted.get(debt.pk)
        at = At(
            debt,
            today,
            planned=one.facts.planned,
            wanted=day,
            working=calendar.next_working_day(day) if calendar and day else None,
            obstacle=obstacles.get(debt.pk, ""),
            awaited=debts.get(one.facts.held_by or 0),
            decided=one.facts.decided,
            waiting=one.facts.waiting,
        )
        parts = reasons_for(at, one.points)
        late = (today - debt.due_day).days if debt.due_day and Why.OVERDUE in one.points else 0
        own = {member.pk: member for member in members.get(one.facts.parent or 0, [debt])}
        about = debt.parent if debt.parent and _is_for_all(one, own) else debt
        meant = replace(at, debt=about)
        leads = [("lead", own[pk].lead) for pk in alike[debt.pk] if pk in own]
        beside = [(row.role, row.party) for pk in alike[debt.pk] for row in involved.get(pk, ())]
        yield Line(
            debt,
            about,
            one.score,
            parts,
            candidates_for(meant, parts),
            item_for(meant, parts),
            at.planned,
            late,
            len(one.kin),
            tuple(letters.get(debt.pk, ())),
            tuple((role, party) for role, party in dict.fromkeys([*leads, *beside]) if party),
        )


def _is_for_all(one: Weighed, members: Collection[int]) -> bool:
    """Whether all running members of its group are on the agenda for that which it is looked at for: then it can be
    decided on the group. What is asked for one alone is decided on that one."""
    why = asking(one.reasons)
    same = {other.facts.pk for other in (one, *one.kin) if asking(other.reasons) == why}
    return bool(one.kin) and why not in OF_ONE and same == set(members)


def _debts(keys: tuple[int, ...]) -> QuerySet[Obligation]:
    return Obligation.objects.filter(pk__in=keys).select_related(
        "lead", "meeting", "resolution", "order", "group", "parent__group"
    )


def _members(groups: tuple[int, ...]) -> QuerySet[Obligation]:
    """Those that run."""
    return Obligation.objects.filter(parent__in=groups, state__in=NOT_ENDED).select_related("lead").order_by("id")


def _asked(keys: tuple[int, ...]) -> QuerySet[Extension, Any]:
    return Extension.objects.filter(obligation__in=keys, state=ExtensionState.ASKED).values("obligation", "wanted")


def _obstacles(keys: tuple[int, ...]) -> QuerySet[Obstacle, Any]:
    """Of each debt that one last which is told of it: the first that it has."""
    return asking_obstacles().filter(obligation__in=keys).order_by("-id").values("obligation", "wanted")


def _letters(keys: list[int]) -> Mapping[int, list[Letter]]:
    found: dict[int, list[Letter]] = {}
    for row in rows_of(_sent, AMONG, among=keys):
        found.setdefault(row["obligation"], []).append(Letter(row["letter__number"], row["letter__dated"]))
    return found


def _sent(keys: tuple[int, ...]) -> QuerySet[Extract, Any]:
    sent = Extract.objects.filter(obligation__in=keys, letter__state=LetterState.NUMBERED).order_by("id")
    return sent.values("obligation", "letter__number", "letter__dated")


def _involved(keys: tuple[int, ...]) -> QuerySet[Involved]:
    beside = Involved.objects.filter(obligation__in=keys, role__in=OWNERS, party__merged_into=None)
    return beside.exclude(party=None).select_related("party").order_by("id")


def _by_debt(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.obligation_id, []).append(row)
    return found


def _by_group(members: Iterable[Obligation]) -> dict[int, list[Obligation]]:
    found: dict[int, list[Obligation]] = {}
    for member in members:
        found.setdefault(member.parent_id or 0, []).append(member)
    return found


def _guests(body: Body, lines: Iterable[Line], day: date) -> Iterable[Guest]:
    seats = {seat.party_id: seat.capacity for seat in seats_on(body, day)}
    found: dict[int, Guest] = {}
    for line in lines:
        for role, party in line.owners:
            guest = found.setdefault(party.pk, Guest(party, seats.get(party.pk, "")))
            if line.code not in guest.codes:
                guest.codes.append(line.code)
            if role not in guest.roles:
                guest.roles.append(role)
    return found.values()
