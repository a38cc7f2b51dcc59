"""What a cell of an old register says: a day in any form, the number of a meeting, a deadline, whether it is done."""

from __future__ import annotations

import re
from datetime import date, datetime

from dabir.persian import jalali
from dabir.persian.digits import to_ascii, words_to_int
from dabir.persian.jalali import DayError
from dabir.persian.letters import fold, same_length_fold
from dabir.reading.dates import find_days, read_due
from dabir.reading.dates.recurrences import is_recurring_cell
from dabir.reading.minutes import Due, DueKind
from dabir.reading.sheets.table import Value
from dabir.reading.wording import rx

MOST_MEETINGS = 10_000
"""More than any body holds in a year."""

_SERIALS = range(20_000, 80_000)
"""Days as Excel counts them, 1954 to 2119; a number outside is none."""
_COMPACT = re.compile(r"(1[34]\d\d|\d\d)(\d\d)(\d\d)")
_GREGORIAN = re.compile(r"(19\d\d|20\d\d|21\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?")
_LONGEST_ORDINAL = 5  # words
_BEFORE_DAY = re.compile(r"(?<!\d)(\d{1,4})\s*[/\\-]\s*(?=1[34]\d\d\s*[/.-])")
_EIGHT = re.compile(r"(?<!\d)1[34]\d{6}(?!\d)")
_DIGITS = re.compile(r"\d+")
_LABELS = rx(r"(?<!\w)(?:جلسه|جلسات|نشست|صورت ?جلسه|شماره|مورخه?|تاریخ|روز|ستاد|نوبت|سال|مصوبات)(?!\w)")
_NOTHING = rx(r"[\W_]*\Z")
_DONE = rx(
    r"""\W*(?:(?:مصوبه|موضوع|کار) )?(?:(?:به ?طور |ب(?:ه )?صورت )?(?:کاملا?|تماما?) )?
    (?:(?:انجام|اجرا|اجرایی|محقق|تکمیل|خاتمه|پایان|عملیاتی|مختومه)(?: و (?:انجام|اجرا|خاتمه|مختومه|تکمیل))?
    \s*(?:شد|شده|گردید|گردیده|یافت|یافته|پذیرفت|پذیرفته)(?: است)?|مختومه)(?!\w)"""
)
_ALSO = rx(
    r"""(?<!\w)(?:ولی|اما|لیکن|لکن|به جز|بجز|غیر از|بخشی|قسمتی|ناقص|نیمه|مابقی|الباقی|باقی|ادامه|نشده|نشد|نیست|درصد
    |در حال|قرار|منتظر|در انتظار|به ?استثنا\w*|نیاز\w*|پیگیری|ن(?:داد|کرد|گرفت|گردید|پذیرفت|یافت|رسید)\w*)(?!\w)
    |(?<!\w)(?:ولیکن|مگر|فقط|صرفا?|ناتمام|بدون|عدم|احتمالا?|ظاهرا?|باشد|ننمود\w*)(?!\w)|[؟?%٪]"""
)
_STARTS = rx(r"\A\W*(?:از|بعد از|پس از|شروع|آغاز)(?!\w)|(?<!\w)به بعد(?!\w)")
_ENDS = rx(r"(?<!\w)(?:تا|لغایت|الی|مدت|ظرف)(?!\w)")


def day_of(value: Value, near: date) -> date | None:
    """The day that a cell is: a day of Excel, its serial, or text in any form; None where it is none.

    A day of Excel in a year before 1600 was typed as Jalali. `near` settles years of two digits.
    """
    if isinstance(value, datetime):
        return _typed(value)
    if isinstance(value, int | float):
        return _numbered(int(value)) if value == int(value) else None
    plain = " ".join(to_ascii(value or "").split())
    if match := _GREGORIAN.fullmatch(plain):
        return _or_none(date, *map(int, match.groups()))
    if plain.isdigit() and len(plain) <= 8:
        return _numbered(int(plain))
    if day := jalali.parse_day(plain, near):
        return day
    text = _BEFORE_DAY.sub(r"\1 - ", plain)
    days: set[date | None] = {found.date for found in find_days(text, near)}
    days = days or {_numbered(int(run)) for run in _EIGHT.findall(text)}
    return days.pop() if len(days) == 1 else None


def session_of(number: Value, day: Value, both: Value, near: date) -> tuple[int | None, date | None]:
    """The number and the day of a meeting, from the cells of each, or from one that holds both."""
    found_day = day_of(day, near)
    found_number = _number(number, found_day)
    if both is not None:
        found_day = found_day or day_of(both, near)
        found_number = found_number or _number(both, found_day)
    elif found_day is None and day is None:  # both in the cell that its header says to be the number's
        found_day = day_of(number, near) if isinstance(number, str) and _has_day(number, near) else None
        found_number = _number(number, found_day)
    return found_number, found_day


def due_of(value: Value, session: date) -> Due | None:
    """The deadline that a cell is; words that say none are kept as vague. None for an empty cell or a dash."""
    if value is None or (isinstance(value, str) and _NOTHING.match(same_length_fold(value))):
        return None
    bare = isinstance(value, str) and (value.strip().isdigit() or _GREGORIAN.fullmatch(to_ascii(value.strip())))
    if not isinstance(value, str) or bare:
        day = day_of(value, session)
        if day is None:
            return Due(words(value), DueKind.VAGUE)
        shown = jalali.format_day(day, persian_digits=False)
        hour = f"{value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else None
        return Due(shown, DueKind.DATE, shown, day.isoformat(), hour)
    text = " ".join(value.split())[:300]
    due = read_due(text, session)
    if due and due.kind is DueKind.VAGUE and any(is_recurring_cell(part) for part in _parts(text)):
        return Due(text, DueKind.RECURRING)
    days = {found.date for found in find_days(text, session)}
    plain = same_length_fold(text)
    if due and due.kind is DueKind.DATE and len(days) > 1:
        period = read_due(f"از {text}", session)  # «97/1/15 تا 97/2/15» ends with its last day
        due = period if period and period.kind is DueKind.PERIOD else Due(text, DueKind.VAGUE)
    elif due and due.iso and len(days) == 1 and _STARTS.search(plain) and not _ENDS.search(plain):
        due = Due(text, DueKind.VAGUE)  # a day on which it begins
    if due:
        due.text = text  # the whole cell, not the words in it that say the day
    return due


def is_done(text: str) -> bool:
    """Whether «وضعیت» says that all is done, without a but: «انجام شد», «خاتمه یافته», «مختومه»."""
    folded = fold(text)
    return bool(_DONE.match(folded)) and not _ALSO.search(folded)


def words(value: Value) -> str:
    """A cell as text: whole numbers without a point, days as Jalali."""
    if isinstance(value, datetime):
        day = _typed(value)
        return jalali.format_day(day, persian_digits=False) if day else value.isoformat(" ")
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return "" if value is None else str(value)


def _typed(value: datetime) -> date | None:
    if value.year >= 1600:
        return value.date()
    try:
        return jalali.to_gregorian(value.year, value.month, value.day)
    except DayError:
        return None


def _numbered(number: int) -> date | None:
    """A serial of Excel, or a day written without strokes («13980717», «980717»)."""
    if number in _SERIALS:
        return date.fromordinal(number + 693_594)
    if match := _COMPACT.fullmatch(str(number)):
        try:
            return jalali.to_gregorian(jalali.full_year(int(match[1])), int(match[2]), int(match[3]))
        except DayError:
            return None
    return None


def _number(value: Value, day: date | None) -> int | None:
    """The number of a meeting in a cell, beside a day that may stand there too; «11/98» where 98 is the day's year."""
    if isinstance(value, datetime) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if value == int(value) and 0 < value < MOST_MEETINGS else None
    text = _BEFORE_DAY.sub(r"\1 - ", to_ascii(value))
    for found in reversed(find_days(text, day)):
        text = f"{text[: found.start]} {text[found.end :]}"
    if day:
        text = _EIGHT.sub(" ", text)
    digits = [int(run) for run in _DIGITS.findall(text) if len(run) < 9]
    if len(digits) == 2 and day:
        year = jalali.from_gregorian(day)[0]
        digits = [number for number in digits if number not in (year, year % 100)] or digits
    if len(digits) == 1 or (digits and len(set(digits)) == 1):
        return digits[0] if 0 < digits[0] < MOST_MEETINGS else None
    if digits:
        return None
    bare = _LABELS.sub(" ", same_length_fold(text)).split()
    return words_to_int(" ".join(bare)) or _ordinal(bare)


def _ordinal(words: list[str]) -> int | None:
    """The number of a title's longest ordinal («بیست و یکمین جلسه ستاد …»)."""
    for length in range(_LONGEST_ORDINAL, 0, -1):
        for start in range(len(words) - length + 1):
            if words[start + length - 1].endswith(("م", "مین", "ام")) and (
                number := words_to_int(" ".join(words[start : start + length]))
            ):
                return number
    return None


def _has_day(text: str, near: date) -> bool:
    return bool(find_days(_BEFORE_DAY.sub(r"\1 - ", to_ascii(text)), near))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\sو\s|[،,;؛/()\-–]", same_length_fold(text)) if part.strip()]


def _or_none(make: type[date], *numbers: int) -> date | None:
    try:
        return make(*numbers)
    except ValueError:
        return None
