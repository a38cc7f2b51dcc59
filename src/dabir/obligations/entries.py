"""Meetings and debts as entries of a calendar, each with how often and when the ledger last wrote of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Max, Model, Q, QuerySet
from django.utils.translation import gettext as _

from dabir.directory.models import Party
from dabir.foundation.models import Event
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter
from dabir.meetings.models import AgendaItem, Meeting, MeetingState, Point, Resolution
from dabir.obligations.columns import due_in_words
from dabir.obligations.models import NO_DAY, Extract, Obligation, Order, State
from dabir.writing import ical
from dabir.writing.ical import Progress, Session, Standing, Task

MOST = 2_000
"""Meetings, and debts, in one calendar; the newest."""
LONGEST_TITLE = 120

Address = Callable[[str, str], str]
"""That of the page of a "meeting" or "debt" with this code."""

_STANDINGS = {MeetingState.PLANNED: Standing.PLANNED, MeetingState.CANCELLED: Standing.CANCELLED}
_PROGRESS = {
    State.PROPOSED: Progress.PROPOSED,
    State.CLOSED: Progress.DONE,
    State.SUPERSEDED: Progress.CANCELLED,
    State.CANCELLED: Progress.CANCELLED,
}
_MAKING = (
    "obligations.create_from_minutes",
    "obligations.create_for_resolution",
    "obligations.create_from_sheet",
    "obligations.promote_point",
    "obligations.record_order",
)
"""Verbs that make debts; what their event is about is the debts' source."""
_SOURCES = {"meeting_id": Meeting, "resolution_id": Resolution, "point_id": Point, "order_id": Order}
_NEVER = (0, datetime(1970, 1, 1, tzinfo=UTC))


def sessions(meetings: QuerySet[Meeting], readable: QuerySet[Meeting], address: Address) -> list[Session]:
    """The newest meetings, with the address of their page where they are among the `readable`. Four queries."""
    found = list(meetings.order_by("-date", "-id")[:MOST])
    agenda: dict[int, list[str]] = {}
    for meeting_id, text in AgendaItem.objects.filter(meeting__in=[m.pk for m in found]).values_list("meeting", "text"):
        agenda.setdefault(meeting_id, []).append(text)
    open_to = set(readable.filter(pk__in=[m.pk for m in found]).values_list("pk", flat=True))
    history = _history(Q(subject__in=_subjects(Meeting, (m.pk for m in found))))
    made = []
    for meeting in found:
        sequence, changed = history.get(f"{Meeting._meta.label_lower}:{meeting.pk}", _NEVER)
        lines = [_("Agenda:"), ical.numbered(agenda[meeting.pk])] if meeting.pk in agenda else []
        cancelled = meeting.state == MeetingState.CANCELLED
        made.append(
            Session(
                code=meeting.code,
                title=_("Cancelled: %(title)s") % {"title": meeting.title} if cancelled else meeting.title,
                changed=changed,
                sequence=sequence,
                text="\n".join([*([_("Chair: %(name)s") % {"name": meeting.chair}] if meeting.chair else []), *lines]),
                address=address("meeting", meeting.code) if meeting.pk in open_to else "",
                confidential=meeting.secrecy != SecrecyClass.NORMAL,
                day=meeting.date,
                starts=meeting.starts_at,
                ends=meeting.ends_at,
                venue=meeting.venue,
                standing=_STANDINGS.get(MeetingState(meeting.state), Standing.SET),
            )
        )
    return made


def tasks(debts: QuerySet[Obligation], address: Address) -> list[Task]:
    """The debts with the latest days; they have one. Five queries."""
    found = list(
        debts.order_by("-due_day", "-id").values(
            "id", "code", "action", "state", "lead_text", "due_day", "due_instant", "due_text", "trigger", "parent_id",
            "lead_id", "meeting_id", "resolution_id", "point_id", "order_id",
            lead_name=F("lead__name"), secrecy=F("meeting__secrecy"),
        )[:MOST]
    )  # fmt: skip
    history = _history_of(found)
    made = []
    for row in found:
        sequence, changed = history[row["id"]]
        unsettled = row["state"] == State.UNSETTLED
        title = ical.shortened(row["action"], LONGEST_TITLE)
        who = row["lead_name"] or row["lead_text"]
        words = due_in_words(row["due_day"], row["due_text"], row["trigger"])
        made.append(
            Task(
                code=row["code"],
                title=_("Unsettled: %(title)s") % {"title": title} if unsettled else title,
                changed=changed,
                sequence=sequence,
                text="\n".join(
                    [
                        row["action"],
                        *([_("Lead: %(name)s") % {"name": who}] if who else []),
                        _("Due: %(when)s") % {"when": words},
                        _("Code: %(code)s") % {"code": row["code"]},
                    ]
                ),
                address=address("debt", row["code"]),
                confidential=row["secrecy"] not in (None, SecrecyClass.NORMAL),
                due=row["due_instant"] or row["due_day"] or NO_DAY,
                progress=_PROGRESS.get(State(row["state"]), Progress.WAITING),
            )
        )
    return made


def _subjects(model: type[Model], keys: Iterable[int | None]) -> set[str]:
    return {f"{model._meta.label_lower}:{pk}" for pk in keys}


def _history(about: Q) -> dict[str, tuple[int, datetime]]:
    """The number of the newest event about each subject, and when that was."""
    rows = Event.objects.filter(about).order_by().values("subject").annotate(newest=Max("number"), at=Max("at"))
    return {row["subject"]: (row["newest"], row["at"]) for row in rows}


def _history_of(debts: Sequence[Mapping[str, Any]]) -> dict[int, tuple[int, datetime]]:
    """The number of the newest event that can have changed what a calendar tells of each debt, and when that was: about
    itself, its group's row, its lead and whoever became that, and the letters by which it was communicated; or the
    event that made it. Such a number never falls, whatever is done and undone. Three queries."""
    letters: dict[int, list[int]] = {}
    for debt, letter in Extract.objects.filter(obligation__in=[r["id"] for r in debts]).values_list(
        "obligation", "letter"
    ):
        letters.setdefault(debt, []).append(letter)
    merged: dict[int | None, list[int]] = {}
    for party, into in Party.objects.filter(merged_into__in={r["lead_id"] for r in debts}).values_list(
        "pk", "merged_into"
    ):
        merged.setdefault(into, []).append(party)
    own: dict[int, set[str]] = {}
    made: dict[int, set[str]] = {}
    for row in debts:
        parties = [row["lead_id"], *merged.get(row["lead_id"], [])] if row["lead_id"] else []
        own[row["id"]] = {
            *_subjects(Obligation, filter(None, (row["id"], row["parent_id"]))),
            *_subjects(Party, parties),
            *_subjects(Letter, letters.get(row["id"], [])),
        }
        made[row["id"]] = {f"{model._meta.label_lower}:{row[name]}" for name, model in _SOURCES.items() if row[name]}
    history = _history(Q(subject__in=set().union(*own.values())))
    making = _history(Q(subject__in=set().union(*made.values()), verb__in=_MAKING))
    return {
        pk: max(
            [history[s] for s in own[pk] if s in history] + [making[s] for s in made[pk] if s in making] or [_NEVER]
        )
        for pk in own
    }
