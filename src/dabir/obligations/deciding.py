"""What a body decides on a debt that is there: it is over, has longer or no longer, reads otherwise, or is not over.

The debtor proposes, the secretariat verifies, the body decides: on its own debts alone, by a resolution. A group's
row is decided on together with its members' rows, and is over once each of these is; a duty that comes again ends
with its instances that are open, unless it is closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max
from django.utils.translation import gettext as _

from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting, Resolution
from dabir.obligations.chains import would_wait_for_itself
from dabir.obligations.making import index
from dabir.obligations.models import (
    ENDED,
    RUNNING,
    Act,
    Decision,
    DueKind,
    Extension,
    ExtensionState,
    Obligation,
    State,
    Wait,
)
from dabir.persian import clock, jalali

TAKEN_FROM: dict[Act, tuple[State, ...]] = {
    Act.CLOSE: RUNNING,
    Act.EXTEND: (State.UNSETTLED, *RUNNING),
    Act.REFUSE: RUNNING,
    Act.AMEND: (State.UNSETTLED, *RUNNING),
    Act.SUPERSEDE: (State.UNSETTLED, *RUNNING),
    Act.MERGE: (State.UNSETTLED, *RUNNING),
    Act.CANCEL: (State.UNSETTLED, *RUNNING),
    Act.REOPEN: ENDED,
}
"""The states in which a debt can be decided on so."""
ENDS: dict[Act, State] = {
    Act.CLOSE: State.CLOSED,
    Act.SUPERSEDE: State.SUPERSEDED,
    Act.MERGE: State.SUPERSEDED,
    Act.CANCEL: State.CANCELLED,
}
TIMELESS = (DueKind.ALWAYS, DueKind.RECURRENCE)
"""What has no deadline that could be moved: a standing rule, a duty whose instances have them (seed ج/۶، ج/۷), and one
of those while its session is not planned."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided on a debt: of an extension the new `day`, of a merger the debt that it goes `into`, which is for
    one that is superseded the debt in its place, where there is one; `text` says why, or what changes; `wording`: of an
    amendment that says them the words that bind from then on. An extension may be refused that nobody has asked for
    here: then it is noted."""

    act: Act
    day: date | None = None
    into: Obligation | None = None
    text: str = ""
    wording: str = ""


def refusal(debt: Obligation, decided: Decided, *, bodies: Collection[int], met: date) -> str:
    """Why these bodies, meeting on that day, cannot decide so; empty where they can. No query where `debt.meeting` and
    `debt.order` are at hand."""
    return next(_reasons(debt, decided, bodies, met), "")


def _reasons(debt: Obligation, decided: Decided, bodies: Collection[int], met: date) -> Iterator[str]:
    code = {"code": debt.code}
    if debt.body_id not in bodies:
        yield _("%(code)s is another body's debt: a body decides on its own.") % code
    yield from _too_early(debt, decided.act, met)
    if decided.act == Act.CLOSE and debt.state == State.UNSETTLED:
        yield _("%(code)s has no lead yet: settle it first.") % code
    if debt.state not in TAKEN_FROM[decided.act]:
        yield _("%(code)s is still running.") % code if decided.act == Act.REOPEN else _over(debt)
    if decided.act in (Act.EXTEND, Act.REFUSE):
        yield from _timeless(debt)
    if decided.act == Act.EXTEND:
        yield from _no_longer(debt, decided.day, met)
    if decided.act == Act.AMEND and decided.wording == debt.action:
        yield _("%(code)s has these words already.") % code
    if decided.act == Act.MERGE and decided.into is None:
        yield _("Say with which debt %(code)s is merged.") % code
    if decided.into:
        yield from _not_into(debt, decided.into)


def _too_early(debt: Obligation, act: Act, met: date) -> Iterator[str]:
    if met < _made_on(debt):
        yield _("%(code)s was made after this meeting.") % {"code": debt.code}
    if act == Act.REOPEN and debt.closed_at and met < debt.closed_at.astimezone(clock.TEHRAN).date():
        yield _("%(code)s was closed after this meeting.") % {"code": debt.code}


def decide(change: ledger.Change, debt: Obligation, decided: Decided, resolution: Resolution) -> list[Obligation]:
    """Write what a resolution decides on a debt, with its group's or its members' rows; the rows that changed.

    `Invalid` where it cannot be decided so.
    """
    meeting = resolution.meeting
    if reason := refusal(debt, decided, bodies=bodies_of(meeting), met=meeting.date):
        raise Invalid(reason)
    done = set(Decision.objects.filter(resolution=resolution, act=decided.act).values_list("obligation", flat=True))
    if debt.pk in done:
        raise Invalid(
            _("%(resolution)s has decided so on %(code)s already.") % {"resolution": resolution.code, "code": debt.code}
        )
    together = [debt]
    for child in debt.children.order_by("id") if debt.is_group else ():
        if child.pk not in done and child.state in TAKEN_FROM[decided.act] and _goes_along(child, debt, decided):
            together.append(child)
    together += [row for row in _instances_with(debt, together, decided) if row.pk not in done]
    was, words = State(debt.state), {row.pk: row.action for row in together}
    for row in together:
        _write(change, row, decided, meeting)
        _answer_request(change, row, decided, resolution, change.by)
    change.create_many(
        Decision(
            obligation=row,
            act=decided.act,
            resolution=resolution,
            text=decided.text,
            before="" if row.action == words[row.pk] else words[row.pk],
            at=clock.now(),
            recorded_by=change.by.name[:100],
        )
        for row in together
    )
    if debt.parent and _group_follows(change, debt.parent, was, decided):
        together.append(debt.parent)
    return together


def move_due(change: ledger.Change, debt: Obligation, day: date) -> None:
    """Let a debt be due on that day, which counts as an extension where it was due before. Its first deadline stays,
    and what was counted from a letter is counted no more."""
    moved = debt.due_day is not None
    change.update(
        debt,
        due_kind=DueKind.DAY,
        due_day=day,
        due_instant=None,
        clock_day=None,
        clock_start="",
        first_due_day=debt.first_due_day or day,
        extensions=debt.extensions + moved,
    )


def withdraw_request(change: ledger.Change, debt: Obligation) -> None:
    """Let nobody answer any longer what was asked for a debt that has ended."""
    if asked := _request(debt):
        asked.withdraw()
        change.touch(asked, "state")


def bodies_of(meeting: Meeting) -> set[int]:
    """Those that met, and the one that keeps the minutes."""
    return {meeting.kept_by_id, *meeting.bodies.values_list("body", flat=True)}


def _made_on(debt: Obligation) -> date:
    if debt.meeting:
        return debt.meeting.date
    assert debt.order is not None  # obligation_cites_one_source
    return debt.order.date


def _over(debt: Obligation) -> str:
    state = {"code": debt.code, "state": State(debt.state).label}
    return _("%(code)s is not running any more: it is %(state)s.") % state


def _timeless(debt: Obligation) -> Iterator[str]:
    if debt.due_kind == DueKind.ALWAYS:
        yield _("A standing rule has no deadline: it holds until the body decides otherwise.")
    elif debt.due_kind == DueKind.RECURRENCE and debt.recurs_from_id:
        yield _("It is due on the day of the body's next session, and none is planned yet.")
    elif debt.due_kind == DueKind.RECURRENCE:
        yield _("This duty comes again by itself: its instances have the deadlines.")


def _no_longer(debt: Obligation, day: date | None, met: date) -> Iterator[str]:
    if day is None:
        yield _("Say until which day %(code)s has time.") % {"code": debt.code}
    elif debt.due_day and day <= debt.due_day:
        yield _("%(code)s is due on %(day)s already, which is no earlier.") % {
            "code": debt.code,
            "day": jalali.format_day(debt.due_day),
        }
    elif day < met:
        yield _("The new deadline of %(code)s lies before the meeting.") % {"code": debt.code}


def _not_into(debt: Obligation, into: Obligation) -> Iterator[str]:
    if debt.pk in (into.pk, into.parent_id) or debt.parent_id == into.pk:
        yield _("%(code)s cannot take its own place.") % {"code": debt.code}
    if into.body_id != debt.body_id:
        yield _("%(code)s is another body's debt: a body decides on its own.") % {"code": into.code}
    if into.state in ENDED:
        yield _over(into)


def _goes_along(child: Obligation, group: Obligation, decided: Decided) -> bool:
    """Whether what is decided on a group is decided on this member: who has longer already keeps it, and who had ended
    otherwise than the group stays so."""
    if decided.act == Act.EXTEND:
        return child.due_day is None or (decided.day is not None and child.due_day < decided.day)
    return decided.act != Act.REOPEN or child.state == group.state


def _instances_with(debt: Obligation, rows: list[Obligation], decided: Decided) -> list[Obligation]:
    """The instances of duties that come again on which is decided as on the duties: those that are open go with what is
    cancelled or has another in its place, and come back with it; those that run have its new words."""
    found = Obligation.objects.filter(recurs_from__in=rows).order_by("id")
    if decided.act in ENDS and decided.act != Act.CLOSE:
        return list(found.filter(state=State.OPEN))
    if decided.act == Act.AMEND:
        return list(found.filter(state__in=RUNNING))
    if decided.act != Act.REOPEN or debt.state == State.CLOSED:
        return []
    ended = debt.decisions.filter(act__in=ENDS).exclude(act=Act.CLOSE).last()
    if ended is None:
        return []
    with_it = {"act": ended.act, "resolution": ended.resolution, "text": ended.text, "at__gte": ended.at}
    return list(found.filter(state=debt.state, pk__in=Decision.objects.filter(**with_it).values("obligation")))


def _write(change: ledger.Change, row: Obligation, decided: Decided, meeting: Meeting) -> None:
    if decided.act == Act.EXTEND:
        assert decided.day is not None
        if row.state == State.PROPOSED:  # more time is for what is not done
            row.take_up_again()
            row.proposed_at = None
            change.touch(row, "state", "proposed_at")
        move_due(change, row, decided.day)
    elif decided.act == Act.REOPEN:
        _reopen(change, row)
    elif decided.act in ENDS:
        over_at = datetime.combine(meeting.date, meeting.ends_at or meeting.starts_at or time(), clock.TEHRAN)
        _end(change, row, ENDS[decided.act], closed_at=over_at, into=decided.into)
    elif decided.wording and not SecrecyClass(meeting.secrecy).is_above(row.secrecy):  # else its readers learn them
        change.update(row, action=decided.wording)
        index(row, row.source.text)


def _end(
    change: ledger.Change,
    row: Obligation,
    state: State,
    *,
    closed_at: datetime | None,
    into: Obligation | None = None,
) -> None:
    if state == State.CLOSED:
        row.close()
        row.closed_at = closed_at
        change.touch(row, "state", "closed_at")
    elif state == State.CANCELLED:
        row.cancel()
        change.touch(row, "state")
    else:
        row.supersede()
        row.superseded_by = into
        change.touch(row, "state", "superseded_by")
        if into:
            _take_its_place(change, row, into)


def _take_its_place(change: ledger.Change, row: Obligation, into: Obligation) -> None:
    """What waits for a debt waits for the one in its place too, and that one for what the debt waits for; but nothing
    for itself, near or far, and nothing that has ended is held up or holds up."""
    running = Obligation.objects.exclude(state__in=ENDED).order_by("id")
    waiting = running.filter(waits_for__waits_for=row).exclude(waits_for__waits_for=into)
    awaited = running.filter(awaited_by__obligation=row).exclude(awaited_by__obligation=into)
    for one, other in [*((one, into) for one in waiting), *((into, one) for one in awaited)]:
        if not would_wait_for_itself(one, other):
            change.create(Wait(obligation=one, waits_for=other))


def _reopen(change: ledger.Change, row: Obligation) -> None:
    if row.lead_id or row.is_group:
        row.reopen()
    else:
        row.reopen_unsettled()
    row.closed_at, row.closed_before, row.superseded_by, row.proposed_at = None, False, None, None
    change.touch(row, "state", "closed_at", "closed_before", "superseded_by", "proposed_at")


def end_with_members(change: ledger.Change, group: Obligation) -> bool:
    """Let a group's row be over with the last of its members, as the first of `ENDED` that one of them is; whether it
    is that now."""
    states = set(group.children.values_list("state", flat=True))
    closed_at = group.children.aggregate(last=Max("closed_at"))["last"]
    ends = [state for state in ENDED if state in states and (closed_at or state != State.CLOSED)]
    if group.state not in RUNNING or not ends or not states <= set(ENDED):
        return False
    _end(change, group, ends[0], closed_at=closed_at)
    return True


def _group_follows(change: ledger.Change, group: Obligation, was: State, decided: Decided) -> bool:
    """Whether the group's row moved with a member's: it is over with the last of them, and runs again with one."""
    if decided.act == Act.REOPEN and group.state in ENDED:
        _reopen(change, group)
        return True
    return was not in ENDED and end_with_members(change, group)


def _answer_request(
    change: ledger.Change, row: Obligation, decided: Decided, resolution: Resolution, by: Acting
) -> None:
    """What was asked for is granted with the new day, or refused; for a debt that has ended nobody needs it."""
    if decided.act in ENDS:
        withdraw_request(change, row)
    asked = _request(row) if decided.act in (Act.EXTEND, Act.REFUSE) else None
    if asked is None:
        return
    if decided.act == Act.EXTEND:
        asked.grant()
        asked.granted = decided.day
    else:
        asked.refuse()  # why stands on the decision, which may be classified
    asked.resolution, asked.decided_at, asked.decided_by = resolution, clock.now(), by.name[:100]
    change.touch(asked, "state", "granted", "resolution", "decided_at", "decided_by")


def _request(row: Obligation) -> Extension | None:
    return Extension.objects.filter(obligation=row, state=ExtensionState.ASKED).first()
