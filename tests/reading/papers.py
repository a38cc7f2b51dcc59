"""Papers for the tests of the proofreader: minutes put together by hand, and what is found in them."""

from __future__ import annotations

from dabir.persian.jalali import format_day, parse_day
from dabir.reading.context import Context
from dabir.reading.findings import proofread
from dabir.reading.minutes import (
    Attendance,
    Day,
    Due,
    DueKind,
    Finding,
    Header,
    Minutes,
    Obligation,
    Party,
    Resolution,
    ResolutionKind,
    Section,
    SectionKind,
)


def day(text: str) -> Day:
    found = parse_day(text)
    assert found is not None
    return Day(format_day(found, persian_digits=False), found.isoformat(), text)


def due(text: str, kind: DueKind = DueKind.DATE, jalali: str | None = None) -> Due:
    resolved = day(jalali) if jalali else None
    return Due(text, kind, resolved.jalali if resolved else None, resolved.iso if resolved else None)


def minutes(*lines: str, session: str | None = "1398/07/17", **parts: object) -> Minutes:
    return Minutes(header=Header(date=day(session) if session else None), lines=list(lines), **parts)  # type: ignore[arg-type]


def resolution(text: str, *dues: Due | None, lead: str | None = "شهرداری", line: int = 1) -> Resolution:
    party = Party(lead) if lead else None
    duties = [Obligation(text, (line, line), lead=party, due=limit) for limit in dues]
    return Resolution(text, (line, line), ResolutionKind.OBLIGATION, obligations=duties)


def found(paper: Minutes, rule: str, context: Context | None = None) -> list[Finding]:
    return [finding for finding in proofread(paper, context or Context()) if finding.rule == rule]


def sections(*kinds: tuple[str, SectionKind, int, int]) -> list[Section]:
    return [Section(letter, "", kind, (first, last)) for letter, kind, first, last in kinds]


def present(*names: str, absent: tuple[str, ...] = ()) -> list[Attendance]:
    return [Attendance(name, name not in absent, (1, 1)) for name in (*names, *absent)]
