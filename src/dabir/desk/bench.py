"""What the workbench shows of a draft: the minutes as corrected, their gaps, and which line belongs to which item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dabir.desk.terms import STEPS
from dabir.meetings.corrections.findings import standing
from dabir.meetings.corrections.lookup import binding, carriers, points
from dabir.meetings.gaps import Gap, GapKind, gaps_of
from dabir.meetings.models import Draft, DraftState
from dabir.reading.minutes import Finding, Fix, Lines, Minutes, Obligation

HEADER = ("bodies", "date", "times", "venue", "chair", "secretary", "title", "invitation", "next")
ADDERS = {"add_agenda_item": "new-agenda", "add_resolution": "new-resolution", "add_attendance": "new-attendance"}
_OF_FINDINGS = ("replace_words", "waive_finding", "heed_finding")
GAP_PLACES = {GapKind.DATE: "h-date", GapKind.BODY: "h-bodies"}


@dataclass(frozen=True, slots=True)
class GapCount:
    """How many gaps of a kind there are, and the item with the first of them."""

    kind: str
    count: int
    item: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding on the page: its key, the line below which it stands, what of its fixes can still be made, and whether
    some have been."""

    key: str
    finding: Finding
    line: int
    fixes: tuple[Fix, ...]
    applied: bool

    @property
    def open(self) -> bool:
        """False where it was waived, or all was put right that can be."""
        return not self.finding.waived and not (self.applied and not self.fixes)


@dataclass(frozen=True)
class Bench:
    """One draft on the page. Items are known by keys: `h-date` of the header, `ag-0` of the agenda, else the ids of
    the minutes, `f1` … of the findings; `editing` is the one whose editor is open, `at` the one that is to have the
    focus."""

    draft: Draft
    minutes: Minutes
    editable: bool
    editing: str = ""
    at: str = ""

    @cached_property
    def gaps(self) -> list[Gap]:
        return gaps_of(self.minutes)

    @cached_property
    def gap_counts(self) -> list[GapCount]:
        counts = Counter(gap.kind for gap in self.gaps)
        first = {gap.kind: key_of(gap) for gap in reversed(self.gaps)}
        return [GapCount(kind, counts[kind], first[kind]) for kind in GapKind if counts[kind]]

    @cached_property
    def gap_kinds(self) -> dict[str, list[str]]:
        """The kinds of an item's gaps, by its key."""
        found: dict[str, list[str]] = {}
        for gap in self.gaps:
            found.setdefault(key_of(gap), []).append(gap.kind)
        return found

    @cached_property
    def findings(self) -> list[Noticed]:
        """The findings in the page's order: those of the whole paper first, the others by the last of their lines."""
        whole = [one for one in self.minutes.findings if self._line_of(one) == 0]
        others = sorted((one for one in self.minutes.findings if one not in whole), key=self._line_of)
        done = {
            (change["old"], change["new"])
            for correction in self.draft.corrections
            if correction["op"] == "replace_words"
            for change in correction["changes"]
        }
        return [
            Noticed(
                f"f{number}",
                one,
                self._line_of(one),
                tuple(standing(self.minutes, one.fixes, one.lines)),
                any((fix.old, fix.new) in done for fix in one.fixes),
            )
            for number, one in enumerate(whole + others, 1)
        ]

    @cached_property
    def findings_at(self) -> dict[int, list[Noticed]]:
        """Findings by the line below which they stand; 0 for those of the whole paper."""
        found: dict[int, list[Noticed]] = {}
        for one in self.findings:
            found.setdefault(one.line, []).append(one)
        return found

    def _line_of(self, finding: Finding) -> int:
        first, last = finding.lines
        whole = len(self.minutes.lines)
        return 0 if last > whole or (first, last) == (1, max(whole, 2)) else last

    @cached_property
    def item_at(self) -> dict[int, str]:
        """The item to which a line of the paper belongs: the narrowest of those that it has made."""
        found: dict[int, str] = {}
        for key, lines in self._spans():
            for number in range(lines[0], lines[1] + 1):
                found.setdefault(number, key)
        found.pop(0, None)
        return found

    @property
    def keys(self) -> list[str]:
        """All items in the order in which they stand."""
        minutes = self.minutes
        statements = [key for s in minutes.discussion for key in (s.id, *self._carriers(s.points))]
        return [
            *(f"h-{name}" for name in HEADER),
            *(f"ag-{place}" for place in range(len(minutes.agenda))),
            *statements,
            *self._carriers(minutes.resolutions),
            *(entry.id for entry in minutes.attendance),
        ]

    @cached_property
    def duties(self) -> list[Obligation]:
        """What will become a debt."""
        return binding(self.minutes)

    @cached_property
    def duty_names(self) -> dict[str, str]:
        """What an obligation is called where another one waits for it: its source's number and its first words."""
        return {
            duty.id: f"{source.number or ''} {' '.join(duty.action.split()[:7])}…".strip()
            for source in carriers(self.minutes)
            for duty in source.obligations
        }

    @property
    def unsettled(self) -> int:
        """Obligations that would be stored without a lead."""
        return sum(duty.lead is None or duty.lead.known is None for duty in self.duties)

    @property
    def is_open(self) -> bool:
        return bool(self.draft.state == DraftState.OPEN)

    @property
    def last_step(self) -> str:
        """What undo would take back, in words; empty where there is nothing."""
        return str(STEPS[self.draft.corrections[-1]["op"]]) if self.draft.corrections else ""

    @property
    def last_key(self) -> str:
        """The item that undo would change, where it is still there; of one that it would take away, its place."""
        done = self.draft.corrections[-1] if self.draft.corrections else {}
        if adder := ADDERS.get(done.get("op", "")):
            return adder
        key = str(done.get("id") or done.get("source") or "")
        return key if key in self.keys else ""

    def opens(self, key: str) -> bool:
        return self.editable and self.editing == key

    def _carriers(self, sources: Any) -> list[str]:
        return [key for source in sources for key in (source.id, *(duty.id for duty in source.obligations))]

    def _spans(self) -> Iterator[tuple[str, Lines]]:
        minutes = self.minutes
        for things in (points(minutes), minutes.resolutions, minutes.attendance, minutes.discussion):
            yield from ((thing.id, thing.lines) for thing in things)
        yield from ((f"ag-{place}", item.lines) for place, item in enumerate(minutes.agenda))
        if minutes.header.lines:
            yield "h-bodies", minutes.header.lines


def key_of(gap: Gap) -> str:
    return GAP_PLACES.get(gap.kind, gap.id)


def after(was: Bench, now: Bench, op: str, key: str, *, more: bool) -> tuple[str, str]:
    """Which item to edit and which to look at after a correction made at `key`: what it has made, what still lacks
    something or takes `more` of the same, or else the item itself, or the one that has come into its place."""
    if op in _OF_FINDINGS:
        return "", key
    made = [new for new in now.keys if new not in was.keys and not new.startswith("ag-")]
    if made:
        return (made[0] if op in ("add_obligation", "promote_point") else ""), made[0]
    if key in now.keys:
        return (key if key in now.gap_kinds or more else ""), key
    order = was.keys
    behind = order[order.index(key) + 1 :] if key in order else []
    return "", next((other for other in behind if other in now.keys), now.keys[-1])
