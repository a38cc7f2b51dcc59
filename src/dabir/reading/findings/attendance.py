"""Who was there."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.persian.honorifics import strip_honorifics
from dabir.persian.letters import squash
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import Attendance, Severity


@rule("attendance.both", Severity.ERROR, "Someone is listed as present and as absent")
def present_and_absent(paper: Paper) -> Iterator[Said]:
    # seed د، ه: one council stands in both lists
    present = {key for entry in paper.minutes.attendance if entry.present for key in _keys(entry)}
    for entry in paper.minutes.attendance:
        if not entry.present and present & _keys(entry):
            yield Said(f"{quote(entry.text)} هم در فهرست حاضران و هم در فهرست افراد غایب است.", entry.lines)


def _keys(entry: Attendance) -> set[str]:
    """What tells that two entries are one: the words, and the party where it is certain."""
    keys = {squash(strip_honorifics(entry.text))}
    return keys | ({f"party {entry.known}"} if entry.known is not None else set())


RULES = (present_and_absent,)
