"""Limits that start with a communication: «ظرف یک هفته پس از ابلاغ», counted once its day is known."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from dabir.persian.calendar import Calendar
from dabir.persian.letters import same_length_fold
from dabir.reading.dates.scan import Limit, Scan
from dabir.reading.dates.spans import Clock, ending, spans
from dabir.reading.minutes import DueKind
from dabir.reading.wording import rx

_PAPER = r"(?:مصوبات|مصوبه(?: ها)?|صورت ?جلسه|تصمیم(?: ها|ات)?|دستور|نامه|متن مصوبه|بند)"
_WHOSE = "(?: (?:جلسه|ستاد|کارگروه|کمیته|شورا|حاضر|مذکور|یادشده|فوق))?"
_WHICH = rf"(?: (?:این|آن|همین|رسمی|کتبی|متن))?(?: {_PAPER})?{_WHOSE}"
_COMMUNICATION = rx(rf"(?:(?:تاریخ|زمان|روز) )?(?:ابلاغیه|ابلاغ(?: {_WHICH})?) ?")
_RECEIPT = rx(
    rf"(?:(?:تاریخ|زمان|روز) )?(?:دریافت|وصول)(?: (?:این|آن|همین))? (?:ابلاغیه|ابلاغ|{_PAPER})(?: (?:جلسه|حاضر))? ?"
)


class Awaits(StrEnum):
    """What a limit after a communication waits for: that it is communicated, or that it was received."""

    COMMUNICATION = "communication"
    RECEIPT = "receipt"


def awaits(trigger: str) -> Awaits | None:
    """Whether the event that starts a limit is the communication of what was decided («ابلاغ», «ابلاغ این مصوبه»), or
    its receipt («دریافت صورتجلسه»). That of anything else, such as «ابلاغ اعتبار», is none."""
    folded = same_length_fold(trigger.strip())
    if _COMMUNICATION.fullmatch(folded):
        return Awaits.COMMUNICATION
    return Awaits.RECEIPT if _RECEIPT.fullmatch(folded) else None


def counted_from(text: str, start: date, calendar: Calendar) -> date | None:
    """The last day of the duration in `text`, counted from the day `start` as the reader counts one from a session's:
    working days by `calendar`, hours as whole days. None where the text has no duration, or a vague one."""
    scan = Scan.of(text)
    for span in spans(scan.folded):
        return ending(Limit(*span.span(), DueKind.DURATION), span, start, Clock(start, None, calendar)).last
    return None
