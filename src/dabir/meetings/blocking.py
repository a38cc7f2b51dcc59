"""What stands in the way of sealing: errors in the text. The secretary may let some pass with a reason; what would make
the record false never passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.reading.minutes import Finding, Minutes, Severity

NEVER: dict[str, str | Promise] = {
    "header.number": _("Resolutions are cited by the meeting's number for ever."),
    "header.invitation": _("Nobody was invited after the meeting: one of the two dates is false."),
    "header.next-meeting": _("Nobody can come to a meeting that lies before this one."),
    "date.impossible": _("There is no such day in the calendar."),
    "date.weekday": _("Weekday and date cannot both be true."),
    "due.before-meeting": _("A debt cannot be due before the day on which it was made."),
    "obligation.two-leads": _("A debt has one lead; the others help."),
}
"""Rules whose findings are never let pass, each with its reason: number, date, two leads."""

ALSO = frozenset({"obligation.two-leads"})
"""Findings that stand in the way though they are no errors on paper that was signed so."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A finding that stands in the way; `words` are those of its lines. `reason` is why it was let pass, `never` why it
    cannot be."""

    finding: Finding
    words: str
    reason: str = ""
    never: str | Promise = ""

    @property
    def blocks(self) -> bool:
        return not self.reason


def obstacles(minutes: Minutes, overrides: Iterable[Mapping[str, Any]]) -> list[Obstacle]:
    """All of them in the order of the text. An override is of a rule and the words of its lines, and falls when these
    change."""
    let_pass = {(one["rule"], one["words"]): str(one["reason"]) for one in overrides}
    found = []
    for finding in minutes.findings:
        if finding.severity != Severity.ERROR and finding.rule not in ALSO:
            continue
        words = words_of(minutes, finding)
        never = NEVER.get(finding.rule, "")
        reason = "" if never else let_pass.get((finding.rule, words), "")
        found.append(Obstacle(finding, words, reason, never))
    return found


def words_of(minutes: Minutes, finding: Finding) -> str:
    """The words of a finding's lines, spaces apart; of one without lines its own."""
    first, last = finding.lines
    lines = minutes.lines[first - 1 : last] if first > 0 else []
    return " ".join(" ".join(lines).split()) or finding.message
