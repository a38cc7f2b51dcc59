"""Limits that an event sets: «پس از تأیید نهایی سند», «تا اتمام پروژه», «هم‌زمان با افتتاح», «در جلسه آینده»."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.dates.scan import Limit
from dabir.reading.dates.vocabulary import AFTER, BEFORE, MONTH, NEXT
from dabir.reading.minutes import DueKind
from dabir.reading.wording import any_of, rx

_LONGEST = 70  # letters of an event's words

# Deliberation («پس از بحث و بررسی») starts no clock, so the events are named.
EVENTS = any_of(
    "تایید|تصویب|ابلاغ|وصول|دریافت|اخذ|صدور|تکمیل|اتمام|پایان|خاتمه|تعیین|تحویل|انعقاد|عقد|افتتاح|شروع|آغاز|تامین"
    "|تخصیص|اعلام|برگزاری|ارسال|نهایی|بازگشایی|رفع|حصول|انجام|پرداخت|اجرای|تشکیل|ثبت|معرفی|بهره برداری|راه اندازی"
    "|امضا|امضای|تهیه|تدوین|ارجاع|واگذاری|انتخاب|آماده|مشخص|فراهم|قطعی|کسب|انتشار|استقرار|نصب|جلسه|سفر|هر|ورود|ایجاد"
    "|اصلاح|طی|هماهنگی|موافقت|احراز|اعمال|حل|بررسی و (?:تایید|تصویب)"
)
_ENDS = any_of(
    "اتمام|تکمیل|حصول|رفع|تعیین تکلیف|صدور|ابلاغ|تصویب|برگزاری|شروع|آغاز|بهره برداری|راه اندازی|تحویل|وصول|افتتاح"
)
_NO_STRETCH = f"(?! (?:سال(?! (?:تحصیلی|زراعی|آبی))|ماه|هفته|وقت|{MONTH}))"
_UNTIL = rf"(?:{_ENDS}{AFTER}|(?:پایان|آخر|خاتمه){AFTER}{_NO_STRETCH})"

_AFTER_EVENT = rx(
    rf"{BEFORE}(?:بلافاصله )?(?:(?:پس|بعد) از|به محض|به مجرد|هم ?زمان با) (?P<event>(?:تاریخ |زمان )?{EVENTS}{AFTER})"
)
_FROM_EVENT = rx(rf"{BEFORE}از (?:تاریخ|زمان|روز) (?P<event>{EVENTS}{AFTER})")
_UNTIL_EVENT = rx(rf"{BEFORE}تا (?P<event>(?:زمان|هنگام) [^\W\d]+|{_UNTIL})")
_BEFORE_EVENT = rx(
    rf"{BEFORE}(?:تا )?(?:قبل|پیش) از (?P<event>{_UNTIL}"
    rf"|(?:فرا رسیدن|فصل|بارندگی|پرداخت|انعقاد|جلسه|سفر){AFTER})"
)
_BODY = any_of("شورا|ستاد|کمیته|کارگروه|کمیسیون|هیات مدیره|هیات رییسه|انجمن")
_NEXT_MEETING = rx(
    rf"(?:{BEFORE}(?:در|برای|تا|طی|به) |\A\W*)(?P<event>(?:جلسه|نشست)(?: {_BODY})? (?:{NEXT}|فوق العاده){AFTER}"
    rf"|اولین (?:جلسه|نشست){AFTER}|مجمع عمومی{AFTER})(?: {_BODY}{AFTER})?"
)
_MEETINGS_TO_COME = rx(rf"{BEFORE}جلسات {NEXT}{AFTER}")
_TO_THE_DUTY = any_of("نسبت به|را|توسط|از سوی|از طرف|در|با|جهت|به|برای|اقدام|حداکثر|ظرف|مقرر|می باشد|میباشد|تا")
_VERB = any_of(
    "شود|شوند|گردد|گردند|نماید|نمایند|کند|کنند|دهد|دهند|یابد|آورد|آورند|است|باشد|باشند"
    "|شد|شدند|گردید|گردیدند|کرد|کردند|نمود|نمودند|داد|دادند"
)
_STOP = rx(rf"[،,؛;:.()«»\n]|\s(?:{_TO_THE_DUTY}|[^\W\d]+\s+{_VERB}){AFTER}")
_DAYS_OF_NOTE = any_of("دهه فجر|دهه مبارک فجر|هفته دولت|شب عید|عید نوروز|عید|نوروز|ماه رمضان|ماه مبارک رمضان|اربعین")
_OCCASION = rx(rf"{BEFORE}(?:در|تا|(?:تا )?(?:قبل|پیش) از|هم ?زمان با) (?P<event>(?:ایام )?{_DAYS_OF_NOTE}){AFTER}")
_DELIBERATION = rx(r"مقرر|مصوب|تصمیم|موارد|به شرح|بشرح|موافقت")
_EACH = rx(rf"{BEFORE}هر{AFTER}")


def event_end(folded: str, start: int) -> int:
    """Where the words of an event that begins at `start` end: at punctuation, or at a word that leads to the duty."""
    stop = _STOP.search(folded, start, start + _LONGEST)
    if stop is None:
        return _last_word(folded, start)
    if stop[0].strip() != "را":
        return stop.start()
    # What stands right before «را» is the duty's object: «پس از تحویل زمین نقشه را …».
    return max(folded.rfind(" ", start + 1, stop.start()), start)


def events(folded: str) -> Iterator[Limit]:
    """Every limit of the folded text that an event sets, and, `chained`, every event that may start a duration."""
    for match in _AFTER_EVENT.finditer(folded):
        end = event_end(folded, match.end())
        if not _DELIBERATION.match(folded, end) and not _DELIBERATION.match(folded, end + 1):
            repeated = _EACH.search(folded, match.start("event"), end)
            kind = DueKind.RECURRING if repeated else DueKind.EVENT
            yield Limit(match.start(), end, kind, trigger=(match.start("event"), end), chained=True)
    for match in _FROM_EVENT.finditer(folded):
        end = event_end(folded, match.end())
        yield Limit(match.start(), end, None, trigger=(match.start("event"), end), chained=True)
    for pattern in (_UNTIL_EVENT, _BEFORE_EVENT):
        for match in pattern.finditer(folded):
            end = event_end(folded, match.end())
            yield Limit(match.start(), end, DueKind.EVENT, trigger=(match.start("event"), end))
    for pattern in (_NEXT_MEETING, _OCCASION):
        for match in pattern.finditer(folded):
            yield Limit(*match.span(), DueKind.EVENT, trigger=(match.start("event"), match.end()))
    for match in _MEETINGS_TO_COME.finditer(folded):
        yield Limit(*match.span(), DueKind.RECURRING)


def _last_word(folded: str, start: int) -> int:
    window = folded[start : start + _LONGEST]
    return start + (len(window) if start + len(window) == len(folded) else max(window.rfind(" "), 0))
