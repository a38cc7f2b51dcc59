"""Obligations that cannot be followed up as they stand: nobody to ask, or no day to ask on."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.persian.letters import same_length_fold
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import ResolutionKind, Severity
from dabir.reading.wording import rx

_OPENING = 20  # letters of an act in which it says that it is a meeting
_NEXT_MEETING = rx(r"(?:مقرر شد |مقرر گردید )?جلس(?:ه|ات) (?:های )?(?:آتی|بعدی?|آینده)(?!\w)")
_WITHOUT_DUE = (ResolutionKind.STANDING_RULE, ResolutionKind.RECURRING, ResolutionKind.AMENDMENT)


@rule("obligation.no-lead", Severity.WARNING, "An obligation names nobody who owes it")
def nobody_owes_it(paper: Paper) -> Iterator[Said]:
    # An amendment (a limit extended, words changed) leaves the debt with whoever owes it already.
    for resolution, duty in paper.duties:
        if duty.lead is None and resolution.kind is not ResolutionKind.AMENDMENT and not _own_meeting(duty.action):
            yield Said(f"برای {quote(duty.action)} مسئولی نیامده است.", duty.lines)


@rule("obligation.no-due", Severity.WARNING, "An obligation has no time limit")
def no_time_limit(paper: Paper) -> Iterator[Said]:
    # A standing rule or a recurring duty (seed ج/۶، ۷) needs none; an amendment changes what it names.
    for resolution, duty in paper.duties:
        if duty.due is None and resolution.kind not in _WITHOUT_DUE:
            yield Said(f"برای {quote(duty.action)} مهلتی نیامده است.", duty.lines)


def _own_meeting(action: str) -> bool:
    """Whether it is the body's own next meeting (seed ج/۷), which its secretariat calls without being told."""
    return "جلس" in action[:_OPENING] and _NEXT_MEETING.match(same_length_fold(action)) is not None


RULES = (
    nobody_owes_it,
    no_time_limit,
)
