"""A reading as a page of plain text for people: header, resolutions with kind, lead and limit, findings."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.minutes import Finding, Minutes, Obligation, Resolution, ResolutionKind, Severity

KINDS = {
    ResolutionKind.OBLIGATION: "تکلیف",
    ResolutionKind.INFORMATION: "اطلاع",
    ResolutionKind.APPROVAL: "تصویب",
    ResolutionKind.CONDITIONAL_APPROVAL: "تصویب مشروط",
    ResolutionKind.STANDING_RULE: "قاعده",
    ResolutionKind.RECURRING: "دوره‌ای",
    ResolutionKind.AMENDMENT: "اصلاح",
    ResolutionKind.PROPOSAL: "پیشنهاد",
}
SEVERITIES = {Severity.ERROR: "خطا", Severity.WARNING: "هشدار", Severity.NOTE: "نکته"}
_WIDTH = 72
_GAP = "—"


def summary(minutes: Minutes) -> str:
    """The page, without a line break at its end."""
    return "\n".join([*_header(minutes), *_resolutions(minutes), *_findings(minutes.findings)])


def _header(minutes: Minutes) -> Iterator[str]:
    header = minutes.header
    yield header.body or _GAP
    number = f"جلسه {header.number}" if header.number else "جلسه بی‌شماره"
    yield f"{number}، {header.date.jalali if header.date else 'بی‌تاریخ'}"
    yield f"{len(minutes.discussion)} سخن، {len(minutes.resolutions)} مصوبه، {len(minutes.attendance)} حاضر و غایب"


def _resolutions(minutes: Minutes) -> Iterator[str]:
    if minutes.resolutions:
        yield ""
    for resolution in minutes.resolutions:
        yield _resolution(resolution)
        yield from map(_obligation, resolution.obligations)


def _resolution(resolution: Resolution) -> str:
    number = resolution.number or "•"
    return f"{number}  [{KINDS[resolution.kind]}]  {_short(resolution.text)}  (سطر {resolution.lines[0]})"


def _obligation(obligation: Obligation) -> str:
    lead = obligation.lead.text if obligation.lead else _GAP
    due = obligation.due
    day = f" ({due.jalali})" if due and due.jalali else ""
    return f"     مسئول: {lead}   مهلت: {due.text + day if due else _GAP}"


def _findings(findings: list[Finding]) -> Iterator[str]:
    if findings:
        yield ""
    for finding in findings:
        yield f"سطر {finding.lines[0]}: {SEVERITIES[finding.severity]}: {finding.message} [{finding.rule}]"


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[:_WIDTH].rsplit(" ", 1)[0] + " …"
