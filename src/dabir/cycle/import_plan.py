"""What each row of an old register is to become: new, the same, updated or refused with its reason; and what must be
asked first. Nothing is written here; `importing.apply_sheet` does what a plan says."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from dabir.cycle.import_names import Candidate, Named, Names
from dabir.cycle.import_reasons import Reason
from dabir.cycle.import_register import Key, Known, KnownMeeting, KnownRow, key_of
from dabir.cycle.import_said import changed, moved_since, said_by
from dabir.directory.models import Body
from dabir.meetings.codes import ascii_number
from dabir.obligations.making import Due
from dabir.obligations.models import State
from dabir.persian import clock
from dabir.persian.letters import squash
from dabir.reading.sheets.columns import Recognised
from dabir.reading.sheets.entries import Entry, read_entries
from dabir.reading.sheets.table import Table


class Outcome(StrEnum):
    NEW = "new"
    SAME = "same"
    UPDATED = "updated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row and what it becomes. `leads` and `helpers` are whom it names; `meeting` is a code, also of one to be made;
    `code` the debt that it is in the register; `known` the row of an earlier sheet that it corrects; `continues` that
    an earlier row of this sheet makes its resolution."""

    entry: Entry
    outcome: Outcome
    reason: Reason | None = None
    meeting: str = ""
    key: Key | None = None
    leads: tuple[Named, ...] = ()
    helpers: tuple[Named, ...] = ()
    code: str = ""
    known: KnownRow | None = None
    resolution: int | None = None

    @property
    def due(self) -> Due:
        return Due.on_paper(self.entry.due)

    @property
    def debtors(self) -> list[tuple[int | None, str]]:
        """Who owes a debt each, as id, or none where nobody knows, with the words; one debt where nobody is named."""
        meant = [(party, named.text) for named in self.leads for party in (named.parties or (None,))]
        return list({party if party else squash(text): (party, text) for party, text in meant}.values()) or [(None, "")]

    @property
    def state(self) -> str:
        """The state in which its debts come in, or in which the first one is; "" for a row that is refused,
        and for one of minutes, whose debts no sheet closes."""
        if self.outcome is Outcome.REFUSED or (self.reason and self.reason.cause == "of-minutes"):
            return ""
        if self.outcome is Outcome.SAME and self.known and self.known.debts:
            return self.known.debts[0].state
        if self.entry.done:
            return State.CLOSED
        return State.OPEN if self.leads and all(named.parties for named in self.leads) else State.UNSETTLED

    @property
    def writes(self) -> bool:
        return self.outcome in (Outcome.NEW, Outcome.UPDATED)


@dataclass(slots=True)
class Question:
    """A name of which nobody has said whom it means, with the rows that wait for the answer; `day` is that of the first
    one's meeting."""

    text: str
    day: date
    rows: list[int] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    rows: list[PlannedRow]
    questions: list[Question]
    unread: list[str] = field(default_factory=list)
    """Sheets of the file that could be registers too, and are not in the rows."""

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.outcome for row in self.rows)
        return {str(outcome): found[outcome] for outcome in Outcome}

    @property
    def is_idle(self) -> bool:
        """Whether applying it would change nothing."""
        return not any(row.writes for row in self.rows)

    @property
    def mark(self) -> str:
        """Tells one plan from another: what was confirmed is what is applied."""
        said = [(row.entry.row, str(row.outcome), row.code, str(row.state), said_by(row.entry)) for row in self.rows]
        parties = [(named.text, named.parties) for row in self.rows for named in (*row.leads, *row.helpers)]
        return hashlib.sha256(repr((said, parties)).encode()).hexdigest()[:16]


MOST_SUGGESTED = 100
"""Questions for which likely parties are looked up; beyond, a sheet is answered in turns."""


def make_plan(table: Table, found: Recognised, body: Body, *, suggesting: bool = True) -> Plan:
    """What the rows become today; some ten queries, and three for each time between two changes of the directory."""
    names = Names(body)
    entries = list(read_entries(table, found.layout, clock.today(), names.knows))
    sessions = {key_of(e.day, e.number) for e in entries if not e.fault and e.day and e.number}
    known = Known(body, sessions, {entry.code for entry in entries if entry.code})
    planner = _Planner(names, known)
    rows = [planner.plan(entry) for entry in entries]
    questions = planner.questions(rows)
    if suggesting:
        for question in questions[:MOST_SUGGESTED]:
            question.candidates = names.candidates(question.text, question.day)
    return Plan(rows, questions)


class _Planner:
    """Goes through the rows in their order; what an earlier row makes counts for a later one."""

    def __init__(self, names: Names, known: Known) -> None:
        self._names, self._known = names, known
        self._days: dict[Key, tuple[date, int]] = {}
        """The day of each meeting that is to be made, and the row that said so."""
        self._made: dict[tuple[Key, str], list[Entry]] = {}
        """The rows that make one resolution."""
        self._claimed: set[int] = set()
        """Rows of earlier sheets that a row of this one has been found to be."""

    def plan(self, entry: Entry) -> PlannedRow:
        if entry.fault or entry.day is None or entry.number is None:
            return PlannedRow(entry, Outcome.REFUSED, Reason(entry.fault))
        return self._read(entry, entry.day, entry.number)

    def _read(self, entry: Entry, said: date, number: int) -> PlannedRow:
        meeting = self._known.meetings.get(key_of(said, number))
        if meeting and meeting.classified:
            return PlannedRow(entry, Outcome.REFUSED, Reason("classified"))
        if entry.code:
            return self._by_code(entry)
        key = key_of(said, number)
        day, told_in = (meeting.day, 0) if meeting else self._days.setdefault(key, (said, entry.row))
        if day != said:
            code = meeting.code if meeting else ""
            return PlannedRow(entry, Outcome.REFUSED, Reason("other-day", day=day, row=told_in), code, key)
        if meeting and (found := meeting.find(entry.item, entry.text)):
            if squash(found.text) != squash(entry.text):
                reason = Reason("other-text", code=found.code)
                return PlannedRow(entry, Outcome.REFUSED, reason, meeting.code, key, code=found.code)
            return self._known_resolution(entry, meeting, key, found.rows, found.pk)
        return self._new(entry, meeting, key)

    def _new(self, entry: Entry, meeting: KnownMeeting | None, key: Key) -> PlannedRow:
        if meeting and meeting.sealed:
            return PlannedRow(entry, Outcome.REFUSED, Reason("sealed"), meeting.code, key)
        code = meeting.code if meeting else self._known.new_code(entry.day or clock.today(), key[1])
        made = self._made.setdefault((key, ascii_number(entry.item) or squash(entry.text)), [])
        if made and squash(made[0].text) != squash(entry.text):
            return PlannedRow(entry, Outcome.REFUSED, Reason("twice", row=made[0].row), code, key)
        if twin := next((other for other in made if not changed(said_by(other), said_by(entry))), None):
            return PlannedRow(entry, Outcome.SAME, Reason("repeats", row=twin.row), code, key, *self._parties(entry))
        made.append(entry)
        return self._writing(entry, Outcome.NEW, code, key)

    def _known_resolution(
        self, entry: Entry, meeting: KnownMeeting, key: Key, rows: tuple[KnownRow, ...], resolution: int
    ) -> PlannedRow:
        """A row whose resolution is in the register: from minutes, which hold; or from an earlier sheet."""
        said = said_by(entry)
        if not rows:
            return PlannedRow(entry, Outcome.SAME, Reason("of-minutes"), meeting.code, key, *self._parties(entry))
        same = [row for row in rows if not changed(row.said, said)]
        if same:
            free = next((row for row in same if row.pk not in self._claimed), same[0])
            self._claimed.add(free.pk)
            return self._same(entry, meeting.code, key, free)
        free_rows = [row for row in rows if row.pk not in self._claimed]
        alike = [row for row in free_rows if len(rows) == 1 or "owing" not in changed(row.said, said)]
        if len(alike) == 1:
            return self._corrected(entry, meeting.code, key, alike[0])
        return self._writing(entry, Outcome.NEW, meeting.code, key, resolution=resolution)

    def _by_code(self, entry: Entry) -> PlannedRow:
        """A row with «شناسه دبیر»: it corrects the row that this debt came from."""
        if entry.code not in self._known.debts:
            return PlannedRow(entry, Outcome.REFUSED, Reason("unknown-code", code=entry.code))
        key, text, known = self._known.debts[entry.code]
        meeting = self._known.meetings.get(key) if key else None
        if key is None or meeting is None or (entry.day, entry.number) != (meeting.day, key[1]):
            return PlannedRow(entry, Outcome.REFUSED, Reason("other-meeting", code=entry.code), code=entry.code)
        of_minutes = squash(text) == squash(entry.text)
        if known is None or (meeting.sealed and not of_minutes):
            reason = Reason("of-minutes") if of_minutes else Reason("minutes-hold", code=entry.code)
            outcome = Outcome.SAME if of_minutes else Outcome.REFUSED
            return PlannedRow(entry, outcome, reason, meeting.code, key, code=entry.code)
        if known.pk not in self._claimed:
            return self._corrected(entry, meeting.code, key, known)
        if not changed(known.said, said_by(entry)):
            return self._same(entry, meeting.code, key, known)
        return PlannedRow(entry, Outcome.REFUSED, Reason("code-twice", code=entry.code), meeting.code, key)

    def _same(self, entry: Entry, meeting: str, key: Key, known: KnownRow) -> PlannedRow:
        return PlannedRow(entry, Outcome.SAME, None, meeting, key, *self._parties(entry), known.code, known)

    def _corrected(self, entry: Entry, meeting: str, key: Key, known: KnownRow) -> PlannedRow:
        """The row that is known, as this sheet has it: the same, corrected, or refused where that cannot be."""
        self._claimed.add(known.pk)
        parts = changed(known.said, said_by(entry))
        if not parts:
            return self._same(entry, meeting, key, known)
        cause = "moved" if moved_since(known, parts) else ""
        if "owing" in parts and any(debt.is_group for debt in known.debts):
            cause = "group"
        planned = self._writing(entry, Outcome.UPDATED, meeting, key, known=known)
        debtors = planned.debtors
        if "owing" in parts and len(known.debts) > len(debtors):
            cause = "lead-less"
        elif "owing" in parts and any(
            debt.lead and not who for debt, (who, _) in zip(known.debts, debtors, strict=False)
        ):
            cause = "ask-first"
        if not cause:
            return planned
        asks = planned.leads if cause == "ask-first" else ()
        return replace(planned, outcome=Outcome.REFUSED, reason=Reason(cause, code=known.code), leads=asks, helpers=())

    def _writing(
        self,
        entry: Entry,
        outcome: Outcome,
        meeting: str,
        key: Key | None,
        *,
        known: KnownRow | None = None,
        resolution: int | None = None,
    ) -> PlannedRow:
        leads, helpers = self._parties(entry)
        return PlannedRow(
            entry,
            outcome,
            meeting=meeting,
            key=key,
            leads=leads,
            helpers=helpers,
            code=known.code if known else "",
            known=known,
            resolution=resolution,
        )

    def _parties(self, entry: Entry) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
        return self._named(entry.leads, entry), self._named(entry.helpers, entry)

    def _named(self, names: Iterable[str], entry: Entry) -> tuple[Named, ...]:
        day = entry.day or clock.today()
        return tuple(self._names.named(name, day) for name in names)

    def questions(self, rows: Iterable[PlannedRow]) -> list[Question]:
        """Each unknown name once, in the order of the sheet. A row that is in the register already asks only while a
        debt waits for the answer."""
        found: dict[str, Question] = {}
        for row in rows:
            for named in (*row.leads, *row.helpers):
                key = squash(named.text)
                if not named.is_question or not (row.outcome is not Outcome.SAME or key in self._known.waiting):
                    continue
                question = found.setdefault(key, Question(named.text, row.entry.day or clock.today()))
                if row.entry.row not in question.rows:
                    question.rows.append(row.entry.row)
        return list(found.values())
