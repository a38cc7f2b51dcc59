"""What our register has of the meetings that an old one tells of: meetings, resolutions, and rows brought in before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dabir.directory.models import Body
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import codes
from dabir.meetings.models import Meeting, MeetingBody, MeetingState, Resolution
from dabir.obligations.models import Obligation, SheetRow, State
from dabir.obligations.queries import UNCLASSIFIED
from dabir.persian import jalali
from dabir.persian.letters import squash

CHUNK = 500

Key = tuple[int, int]
"""Jalali year and number of a meeting."""


@dataclass(frozen=True, slots=True)
class KnownDebt:
    """A debt that a row brought in, as it is now."""

    code: str
    lead: int | None
    is_group: bool
    due_day: date | None
    state: str
    closed_before: bool


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row brought in before: what it said, and its debts."""

    pk: int
    said: dict[str, Any]
    resolution_id: int
    debts: tuple[KnownDebt, ...]

    @property
    def code(self) -> str:
        """By which the row is told: that of its first debt."""
        return self.debts[0].code if self.debts else ""


@dataclass(frozen=True, slots=True)
class KnownResolution:
    """A resolution of ours; `rows` are those of old registers that it comes from, none for one of minutes."""

    pk: int
    text: str
    code: str
    rows: tuple[KnownRow, ...]


@dataclass(slots=True)
class KnownMeeting:
    """A meeting of ours, its resolutions by their number; those of minutes, and those that no old register numbered,
    by their text too."""

    pk: int
    code: str
    day: date
    classified: bool = False
    sealed: bool = False
    by_item: dict[str, KnownResolution] = field(default_factory=dict)
    of_minutes: dict[str, KnownResolution] = field(default_factory=dict)
    unnumbered: dict[str, KnownResolution] = field(default_factory=dict)

    def add(self, number: str, known: KnownResolution) -> None:
        if number:
            self.by_item.setdefault(codes.ascii_number(number), known)
        elif known.rows:
            self.unnumbered.setdefault(squash(known.text), known)
        if not known.rows:
            self.of_minutes.setdefault(squash(known.text), known)

    def find(self, item: str, text: str) -> KnownResolution | None:
        """The resolution under this number, or the one of minutes with this text; without a number, that text alone."""
        same = self.of_minutes.get(squash(text))
        return (self.by_item.get(codes.ascii_number(item)) if item else self.unnumbered.get(squash(text))) or same


class Known:
    """The part of the register that a sheet speaks of; six queries, whatever its length."""

    def __init__(self, body: Body, keys: Iterable[Key], debts: Iterable[str]) -> None:
        self._body = body
        wanted = set(keys)
        met = MeetingBody.objects.filter(body=body, year__in={year for year, _ in wanted})
        rows = met.values_list(
            "year", "number", "meeting", "meeting__code", "meeting__date", "meeting__secrecy", "meeting__state"
        )
        self.meetings: dict[Key, KnownMeeting] = {
            (year, number): KnownMeeting(pk, code, day, secrecy != SecrecyClass.NORMAL, state == MeetingState.SEALED)
            for year, number, pk, code, day, secrecy, state in rows
            if number is not None and (year, number) in wanted
        }
        self._codes = set(Meeting.objects.filter(code__startswith=body.code).values_list("code", flat=True))
        self._load_resolutions({meeting.pk: meeting for meeting in self.meetings.values()})
        self.debts = self._load_debts(list(debts))
        waiting = Obligation.objects.filter(body=body, state=State.UNSETTLED, sheet_row__isnull=False)
        self.waiting = {squash(text) for text in waiting.values_list("lead_text", flat=True)}
        """The names, squashed, of whom nobody has said who owes what they owe."""

    def new_code(self, day: date, number: int) -> str:
        """The code that a meeting is to have which is not there yet."""
        return codes.meeting_code(self._body, day, number, taken=self._codes)

    def _load_resolutions(self, meetings: dict[int, KnownMeeting]) -> None:
        rows: dict[int, list[KnownRow]] = defaultdict(list)
        found: list[tuple[int, int, str, str, str]] = []
        for ids in chunked(list(meetings)):
            for row in _known_rows(resolution__meeting__in=ids):
                rows[row.resolution_id].append(row)
            resolutions = Resolution.objects.filter(meeting__in=ids).order_by("order")
            found += resolutions.values_list("id", "meeting", "number", "text", "code")
        for pk, meeting, number, text, code in found:
            meetings[meeting].add(number, KnownResolution(pk, text, code, tuple(rows[pk])))

    def _load_debts(self, wanted: list[str]) -> dict[str, tuple[Key | None, str, KnownRow | None]]:
        """For each code of a debt of the body: its meeting's year and number, the text, and the row it came from."""
        found: dict[str, tuple[Key | None, str, KnownRow | None]] = {}
        for some in chunked(wanted):
            debts = Obligation.objects.filter(UNCLASSIFIED, code__in=some, body=self._body)
            values = list(debts.values_list("code", "sheet_row", "resolution__text", "meeting"))
            rows = {row.pk: row for row in _known_rows(pk__in={row for _, row, _, _ in values if row})}
            met = MeetingBody.objects.filter(
                body=self._body, meeting__in={meeting for *_, meeting in values if meeting}
            )
            numbered = met.values_list("meeting", "year", "number")
            keys = {meeting: (year, number) for meeting, year, number in numbered if number is not None}
            for code, row, text, meeting in values:
                found[code] = (keys.get(meeting), text or "", rows.get(row))
        return found


def key_of(day: date, number: int) -> Key:
    return jalali.from_gregorian(day)[0], number


def chunked(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def _known_rows(**which: Any) -> list[KnownRow]:
    rows = list(SheetRow.objects.filter(**which).order_by("id").values_list("id", "said", "resolution"))
    found = Obligation.objects.filter(**{f"sheet_row__{name}": value for name, value in which.items()}, parent=None)
    columns = ("sheet_row", "code", "lead", "is_group", "due_day", "state", "closed_before")
    debts: dict[int, list[KnownDebt]] = defaultdict(list)
    for row, *values in found.exclude(state=State.CANCELLED).order_by("id").values_list(*columns):
        debts[row].append(KnownDebt(*values))
    return [KnownRow(pk, said, resolution, tuple(debts[pk])) for pk, said, resolution in rows]
