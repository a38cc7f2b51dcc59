"""Limits that are no day: how often («هر سه ماه یکبار») and how soon («در اسرع وقت»)."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.dates.scan import Limit, any_part, occurrences, parts
from dabir.reading.dates.vocabulary import AFTER, BEFORE, NUMBER, ORDINAL, WEEKDAY
from dabir.reading.minutes import DueKind
from dabir.reading.wording import any_of, rx

_MANNER = "(?:به (?:صورت|طور)|بصورت|بطور)"
_PERIODIC = any_of("روزانه|هفتگی|ماهانه|ماهیانه|سالانه|سالیانه|فصلی|شش ماهه یک ?بار|سه ماهه یک ?بار")
_SPAN = r"(?:روز|هفته|ماه|فصل|سال|سه ماهه|شش ماهه|نیم سال)"
_ONCE = rf"""(?:(?: (?:ی|ه ای|ای))? {NUMBER} (?:بار|مرتبه|نوبت)
    | (?:ی|ه ای|ای) {NUMBER} (?:روز(?! مرخصی)|جلسه|نشست|گزارش|بازدید)){AFTER}"""
_AT_LEAST = r"(?:حداقل|دست کم|لااقل|حداکثر)"

_ON = rf"""(?:پایان|ابتدای|آخر|آغاز|اول|نیمه|(?:روز )?(?:{ORDINAL}|\d{{1,2}}(?: ا?م)?)
    |(?:روز ?های )?{WEEKDAY}(?: ?های)?)"""
_RECURRING = rx(
    rf"""(?:{_MANNER} (?:{_PERIODIC}|مستمرا?|مداوم|منظم|مرتب|ادواری|دوره ای|دائم|دائمی|پیوسته){AFTER}
    |(?:(?:(?:در|تا) )?{_ON}\s+)?(?:{_AT_LEAST} )?هر (?:{NUMBER} )?(?:{_SPAN}(?:{_ONCE}|{AFTER})|{WEEKDAY}{AFTER})
    |(?:{_AT_LEAST} )?(?:{NUMBER} )?{_SPAN}(?:ه)?{_ONCE}
    |(?:{_AT_LEAST} )?{NUMBER} (?:بار|مرتبه|نوبت) در (?:هر )?{_SPAN}{AFTER}
    |یک {_SPAN} در میان{AFTER}
    |(?:(?:در|تا) )?روز ?های (?:{WEEKDAY}(?:(?: ،| و|،) {WEEKDAY}){{0,6}}|زوج|فرد)(?: هر هفته)?{AFTER}
    |{WEEKDAY} ها{AFTER}
    |(?:مستمرا|دائما|همه ساله|هر ساله|همه روزه|هر روزه|همه هفته|هر ماهه|هر هفته ای){AFTER})"""
)
_ADVERB = rx(rf"{_PERIODIC}{AFTER}")
# «هزینه‌های سالانه» says what a cost is, not when something is due.
_FIGURES = any_of(
    "هزینه|بودجه|برنامه|تقویم|درآمد|تولید|مصرف|مردمی|حقوق|عملکرد|میانگین|متوسط|نرخ|سود|اجاره|نیاز|سهمیه|ظرفیت|مالیات"
    "|عوارض|شهریه|رشد|تسهیلات|بهای|قیمت|زندگی|مرخصی|نشریه|مجله|آمار|تعمیرات|اعتبار|اعتبارات|بیمه|دستمزد|کارگر|کارگران"
    "|قرارداد|ارزیابی|مجمع|همایش|جشنواره|بازار|بازارهای|کنگره|تعطیلات|پرداخت|مستمری|اقساط|آب و هوای|کشت|مشاغل|ترازنامه"
)
_ADJECTIVE = rx(rf"{BEFORE}{_FIGURES}(?: ?های?| ?ی)?\s+\Z")
_VAGUE = rx(
    rf"""(?:(?:در |به )?اسرع وقت|در (?:اولین|نخستین) فرصت(?: ممکن)?
    |در (?:کوتاه ?ترین|کم ?ترین|سریع ?ترین|حداقل|اقرب) (?:زمان|مدت|فرصت|وقت)(?: ممکن)?
    |هر ?چه (?:سریع ?تر|زود ?تر)|سریعا|فورا|(?:به|با) فوریت|بفوریت|با قید فوریت|به سرعت|بسرعت|{_MANNER} فوری
    |بلافاصله(?! (?:پس|بعد))|بدون فوت وقت|بی درنگ|تا اطلاع ثانوی|به زودی|بزودی|متعاقبا|به موقع|به هنگام
    |(?:در|ظرف|طی) (?:موعد|مهلت|زمان|وقت|فرصت) (?:مقرر|مقتضی|مناسب|قانونی|تعیین شده)
    |در (?:آینده|آتیه) (?:نزدیک|ای نزدیک)
    |(?:ظرف|طی|در|تا) (?:چند|چندین) (?:روز|هفته|ماه|ساعت|سال)(?: (?:آینده|آتی|دیگر))?
    |(?:ظرف|طی|در|تا) (?:روز|هفته|ماه|سال) ?های (?:آینده|آتی|پیش رو)){AFTER}"""
)
_CELL_RECURRING = rx(rf"(?:{_PERIODIC}|مستمرا?|دائمی?|مداوم|همیشگی|ادواری|دوره ای|منظم|جاری)\Z")
_OFTEN = parts(
    "هر|ماه|هفتگ|روزانه|سال|فصلی|بار|مرتبه|نوبت|مستمر|مداوم|منظم|مرتب|ادواری|دوره|دائم|پیوسته|میان|شنبه|روزه|روز های"
)
_SOON = parts(
    "اسرع|فرصت|حداقل|ترین|اقرب|هرچه|هر چه|سریعا|فور|سرعت|بلافاصله|فوت|درنگ|ثانوی|زودی|متعاقب|موقع|هنگام|موعد|مهلت|زمان"
    "|وقت|آینده|آتی|چند|پیش رو"
)


def recurrences(folded: str) -> Iterator[Limit]:
    """Every recurrence and every vague limit of the folded text."""
    if any_part(folded, _OFTEN):
        for match in occurrences(_RECURRING, folded):
            yield Limit(*match.span(), DueKind.RECURRING)
        for match in occurrences(_ADVERB, folded):
            if not _ADJECTIVE.search(folded, max(0, match.start() - 20), match.start()):
                yield Limit(*match.span(), DueKind.RECURRING)
    if any_part(folded, _SOON):
        for match in occurrences(_VAGUE, folded):
            yield Limit(*match.span(), DueKind.VAGUE)


def is_recurring_cell(folded: str) -> bool:
    """True where the words of a cell alone mean a recurrence («مستمر»)."""
    return _CELL_RECURRING.match(folded) is not None
