"""When the meeting was: its day and its weekday, told apart from the days of letters and of the next meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dabir.persian.letters import same_length_fold
from dabir.reading.dates import FoundDay, find_days
from dabir.reading.decisions import decides
from dabir.reading.lines import Line, Passage
from dabir.reading.numbering import SESSION, Field, announced
from dabir.reading.wording import rx

TITLED = rx("صور ?ت ?جلسه|مصوبات|جلسه")
NEXT = rx(r"(?:جلسه|نشست) (?:آینده|آتی|بعد|بعدی)(?!\w)")
_SESSIONS = rx(SESSION)
_MEETING_DATE = rx(
    rf"""(?:{SESSION}[^.؛\n]{{0,60}}?(?:مورخ|مورخه|تاریخ)|مصوب
        |{SESSION}(?: روز)?(?: (?:یک|دو|سه|چهار|پنج)? ?شنبه| جمعه)?(?: مورخ)?
        |{SESSION} (?:شماره )?\d{{1,4}}\s*[-–—،(]?)\s*:?\s*\Z"""
)
_LETTER_DATE = rx(
    r"""(?:(?<!\w)(?!برنامه|دانشنامه|روزنامه|گواهینامه)\w{0,12}نامه(?: های| ای)?(?!\w)|ابلاغیه|دستورالعمل|استعلام
        |دستور ?کار|پیرو|(?:پیشنهاد|درخواست|تقاضا|گزارش|نظریه|لایحه|بخشنامه|حکم|دادنامه|مکاتبه|ابلاغ)
        (?: های)? شماره)[^.؛\n]{0,60}\Z"""
)
_HELD = rx(r"(?<!\w)(?:تشکیل|برگزار|منعقد|آغاز|رسمیت)")
# «گزارش مجمع که روز شنبه … تشکیل شده بود»: of another meeting, where the paper has a day beside it
_HAD_MET = rx(r"[^.؛:]{0,60}?(?<!\w)(?:تشکیل|برگزار|منعقد) (?:شده|گردیده) بود(?!\w)")
_WEEKDAY_WORDS = r"(?<!\w)(?P<day>(?:یک|دو|سه|چهار|پنج) ?شنبه|شنبه|جمعه)"
_WEEKDAY = rx(_WEEKDAY_WORDS + r"(?!\w|\s*\w*\s*نامه)")
_WEEKDAY_AND_HOUR = rx(
    _WEEKDAY_WORDS
    + r"""[\s،-]*(?:از |رأس |راس |در )?ساعت [\d:.]{1,5}(?: (?:صبح|عصر|بعد از ظهر|شب|ظهر))?[\s،-]*
        (?:مورخ|مورخه|به تاریخ)?\s*\Z"""
)
_LONGEST_HOUR = 60  # letters from the weekday to the day
_THEN = rx(r"[\s،(–—-]*(?:مصادف با |برابر با )?(?:روز )?")
_TITLE_LINES = 3
_LONGEST_TITLE = 120  # letters
_AROUND = (250, 400)  # letters before and behind a day, within its sentence, in which the meeting is said to be held


def session_day(fields: dict[str, Field], head: list[Line], told: Passage, near: date | None) -> FoundDay | None:
    """The day of the meeting: by its label, by «جلسه مورخ …», in the title, or where it is said to have been held."""
    return next(_session_days(fields, head, told, near), None)


def _session_days(fields: dict[str, Field], head: list[Line], told: Passage, near: date | None) -> Iterator[FoundDay]:
    """What may be the day of the meeting, the surest first."""
    yield from _labelled(fields, "session_date", near)
    folded, days = told.folded, _own(told, near)
    met = (day for day in days if _MEETING_DATE.search(folded[max(0, day.start - 90) : day.start]))
    yield from (day for day in met if not decides(folded[: day.start]))  # «مقرر شد … در جلسه مورخ … طرح شود»
    if anchor := announced(told):
        begin, end = anchor.span()
        after = (day for day in days if begin <= day.start < end + _AROUND[1])
        yield from (day for day in after if not decides(folded[end : day.start]))  # behind decisions: of the report
    yield from _titled(head, near)
    yield from _labelled(fields, "date", near)
    yield from (day for day in days if _is_held(folded, day))
    yield from _labelled(fields, "approved", near)


def _labelled(fields: dict[str, Field], name: str, near: date | None) -> list[FoundDay]:
    return find_days(fields[name].text, near)[:1] if name in fields else []


def weekday_of(fields: dict[str, Field], day: FoundDay | None, told: Passage) -> str | None:
    """The weekday as the paper writes it: with the label, beside the day, or in the sentence that opens the meeting."""
    beside = day.weekday if day else None
    labelled = _in_field(fields, "weekday") or beside or _in_field(fields, "session_date")
    if labelled or ("شنبه" not in told.folded and "جمعه" not in told.folded):
        return labelled
    if day is None:
        return _undated(told)
    same = (other for other in find_days(told.text, day.date) if other.date == day.date)
    return next(
        filter(None, (other.weekday or _behind(told, other.end) or _before(told, other.start) for other in same)), None
    )


def _in_field(fields: dict[str, Field], name: str) -> str | None:
    text = fields[name].text if name in fields else ""
    match = _WEEKDAY.search(same_length_fold(text))
    return text[match.start() : match.end()].strip() if match else None


def _own(told: Passage, near: date | None) -> list[FoundDay]:
    """The days told, without those of letters, of the next meeting and of those before this one."""
    days = [day for day in find_days(told.text, near) if not _of_a_letter(told.folded, day.start)]
    days = [day for day in days if not NEXT.search(told.folded, max(0, day.start - 70), day.start)]
    return [day for day in days if not _HAD_MET.match(told.folded, day.end)] or days


def _of_a_letter(folded: str, at: int) -> bool:
    before = folded[max(0, at - 80) : at]
    letter = _LETTER_DATE.search(before)
    return bool(letter) and not _SESSIONS.search(before, letter.start() if letter else 0)


def _titled(head: list[Line], near: date | None) -> Iterator[FoundDay]:
    """The one day in the paper's title («مصوبات جلسه ۲۴ – ۹۹/۰۲/۱۷»)."""
    written = [line for line in head if not line.blank][:_TITLE_LINES]
    for line in written:
        title = line.mark is None and len(line.words) < _LONGEST_TITLE and TITLED.search(line.folded)
        if title and not decides(line.folded):
            days = _own(Passage.of([(line.number, line.words)]), near)
            yield from days if len(days) == 1 else ()


def _is_held(folded: str, day: FoundDay) -> bool:
    before, behind = folded[max(0, day.start - _AROUND[0]) : day.start], folded[day.end : day.end + _AROUND[1]]
    before = before.rpartition(". ")[2]
    if decides(before):  # «مقرر شد جلسه‌ای در تاریخ … برگزار گردد»
        return False
    return bool(_HELD.search(before) or _HELD.search(behind.partition(". ")[0]))


def _undated(told: Passage) -> str | None:
    """The weekday of a meeting whose day is not written («جلسه روز یکشنبه ساعت ۱۰ تشکیل شد»)."""
    start = 0
    for sentence in told.folded.split(". "):
        match = _WEEKDAY.search(sentence)
        if match and _SESSIONS.search(sentence) and not (NEXT.search(sentence) or decides(sentence[: match.start()])):
            return told.text[start + match.start() : start + match.end()].strip()
        start += len(sentence) + 2
    return None


def _before(told: Passage, at: int) -> str | None:
    """The weekday before a day, with the hour between them («روز دوشنبه ساعت ۱۰ صبح ۹۸/۰۲/۳۰»)."""
    start = max(0, at - _LONGEST_HOUR)
    match = _WEEKDAY_AND_HOUR.search(told.folded, start, at)
    return told.text[match.start("day") : match.end("day")].strip() if match else None


def _behind(told: Passage, at: int) -> str | None:
    """The weekday that follows a day («مورخ ۹۲/۱۲/۰۳ روز شنبه», «۹۸/۳/۲۰ (دوشنبه)»)."""
    then = _THEN.match(told.folded, at)
    match = _WEEKDAY.match(told.folded, then.end()) if then else None
    return told.text[match.start() : match.end()].strip() if match else None
