"""Limits that are no day: how often («هر سه ماه یکبار») and how soon («در اسرع وقت»)."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.dates.scan import Limit
from dabir.reading.dates.vocabulary import AFTER, BEFORE, NUMBER, ORDINAL, WEEKDAY
from dabir.reading.minutes import DueKind
from dabir.reading.wording import any_of, rx

_MANNER = "(?:به (?:صورت|طور)|بصورت|بطور)"
_PERIODIC = any_of("روزانه|هفتگی|ماهانه|ماهیانه|سالانه|سالیانه|فصلی")
_SPAN = r"(?:روز|هفته|ماه|فصل|سال)"
_ONCE = rf"(?: (?:ی|ه ای|ای))? {NUMBER} (?:بار|مرتبه|نوبت){AFTER}"

_RECURRING = rx(
    rf"{BEFORE}(?:{_MANNER} (?:{_PERIODIC}|مستمرا?|مداوم|منظم|مرتب|ادواری|دوره ای|دائم|پیوسته){AFTER}"
    rf"|(?:(?:(?:در|تا) )?(?:پایان|ابتدای|آخر|نیمه|{ORDINAL}|\d{{1,2}}(?: ا?م)?)\s+)?"
    rf"هر (?:{NUMBER} )?(?:{_SPAN}(?:{_ONCE}|{AFTER})|{WEEKDAY}{AFTER})"
    rf"|(?:{NUMBER} )?{_SPAN}(?:ه)?{_ONCE}"
    rf"|روز ?های {WEEKDAY}(?: هر هفته)?{AFTER}"
    rf"|(?:مستمرا|همه ساله|هر ساله|همه روزه|هر روزه){AFTER})"
)
_ADVERB = rx(rf"{BEFORE}{_PERIODIC}{AFTER}")
# «هزینه‌های سالانه» says what a cost is, not when something is due.
_FIGURES = any_of(
    "هزینه|بودجه|برنامه|تقویم|درآمد|تولید|مصرف|مردمی|حقوق|عملکرد|میانگین|متوسط|نرخ|سود|اجاره|نیاز|سهمیه|ظرفیت|مالیات"
    "|عوارض|شهریه|رشد|تسهیلات|بهای|قیمت|زندگی|مرخصی|نشریه|مجله|آمار|تعمیرات|اعتبار|اعتبارات|بیمه"
)
_ADJECTIVE = rx(rf"{BEFORE}{_FIGURES}(?: ?های?)?\s+\Z")
_VAGUE = rx(
    rf"{BEFORE}(?:(?:در |به )?اسرع وقت|در (?:اولین|نخستین) فرصت(?: ممکن)?|در کوتاه ?ترین (?:زمان|مدت|فرصت)(?: ممکن)?"
    r"|هر ?چه (?:سریع ?تر|زود ?تر)|سریعا|فورا|به فوریت|بفوریت|با قید فوریت|(?:به صورت|به طور|بصورت|بطور) فوری"
    r"|بلافاصله(?! (?:پس|بعد))|بدون فوت وقت|تا اطلاع ثانوی|به زودی|بزودی|متعاقبا|به موقع|به هنگام"
    rf"|(?:در|ظرف) (?:موعد|مهلت|زمان|وقت|فرصت) (?:مقرر|مقتضی|مناسب|قانونی)"
    rf"|در آینده نزدیک|(?:طی|در) روز ?های (?:آینده|آتی)){AFTER}"
)
_CELL_RECURRING = rx(rf"(?:{_PERIODIC}|مستمرا?|دائمی?|مداوم|همیشگی|ادواری|دوره ای|منظم|جاری)\Z")


def recurrences(folded: str) -> Iterator[Limit]:
    """Every recurrence and every vague limit of the folded text."""
    for match in _RECURRING.finditer(folded):
        yield Limit(*match.span(), DueKind.RECURRING)
    for match in _ADVERB.finditer(folded):
        if not _ADJECTIVE.search(folded, max(0, match.start() - 20), match.start()):
            yield Limit(*match.span(), DueKind.RECURRING)
    for match in _VAGUE.finditer(folded):
        yield Limit(*match.span(), DueKind.VAGUE)


def is_recurring_cell(folded: str) -> bool:
    """True where the words of a cell alone mean a recurrence («مستمر»)."""
    return _CELL_RECURRING.match(folded) is not None
