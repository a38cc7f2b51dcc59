"""Limits that are no day: how often («هر سه ماه یکبار») and how soon («در اسرع وقت»)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dabir.reading.dates.hints import OFTEN, UNITS, WEEKDAYS, hints
from dabir.reading.dates.scan import Limit, occurrences
from dabir.reading.dates.vocabulary import AFTER, BEFORE, NUMBER, ORDINAL, PAST, WEEKDAY
from dabir.reading.minutes import DueKind
from dabir.reading.wording import any_of, rx

_Form = tuple[frozenset[str], re.Pattern[str], re.Pattern[str] | None]

_PERIODIC = any_of("روزانه|هفتگی|ماهانه|ماهیانه|سالانه|سالیانه|فصلی")
_SPAN = any_of("روز|هفته|ماه|فصل|سال|سه ماهه|شش ماهه|نیم سال")
_TIMES = r"(?:بار|مرتبه|نوبت)"
_AT_LEAST = r"(?:حداقل|دست کم|لااقل|حداکثر)"
_ONCE = rf"""(?:(?: (?:ی|ه ای|ای))? (?:{_AT_LEAST} )?{NUMBER} {_TIMES}
    | (?:ی|ه ای|ای) {NUMBER} (?:روز(?! مرخصی)|جلسه|نشست|گزارش|بازدید)){AFTER}"""
_ON = rf"(?:پایان|ابتدای|آخر|آغاز|اول|نیمه|(?:روز ?های )?{WEEKDAY}(?: ?های)?)"
_EVERY = hints("هر", "|".join(UNITS)) | hints("هرساله|هرروزه|هرماهه|هرهفتهای")
# What recurs, by the word that every pattern begins with, so that `re` can skip to it; and what may stand before that.
_RECURRING = (
    (
        hints(
            "روزانه|هفتگی|ماهانه|ماهیانه|سالانه|سالیانه|فصلی|مستمر|مستمرا|مداوم|منظم|مرتب|ادواری|دوره|دورهای|دائم|دائمی|پیوسته"
        )
        | OFTEN,
        rx(
            rf"""(?:صورت|طور) (?:{_PERIODIC}|مستمرا?|مداوم|منظم|مرتب|ادواری|دوره ای|دائم|دائمی|پیوسته|شش ماهه یک ?بار
            |سه ماهه یک ?بار){AFTER}"""
        ),
        rx(rf"{BEFORE}ب(?:ه )?\Z"),
    ),
    (
        _EVERY,
        rx(
            rf"""هر (?:{NUMBER} )?(?:{_SPAN}(?:{_ONCE}|(?: (?:صبح|عصر|شب))?{AFTER})|{WEEKDAY}{AFTER}
            |(?:ماه|روز|سال|هفته)(?:ه| ای){AFTER})"""
        ),
        rx(rf"{BEFORE}(?:(?:(?:در|تا) )?{_ON} )?(?:{_AT_LEAST} )?\Z"),
    ),
    (
        _EVERY,
        rx(rf"(?<!م)هر ماه{AFTER}"),  # not in «۲۸ مهرماه»
        rx(rf"{BEFORE}(?:(?:در|تا) )?(?:روز )?(?:{ORDINAL}|\d{{1,2}}(?: ا?م)?) \Z"),
    ),
    (
        OFTEN | hints("ای|ماهی|سالی|روزی|هفتهای"),
        rx(rf"{_SPAN}(?:ه)?{_ONCE}"),
        rx(rf"{BEFORE}(?:{_AT_LEAST} )?(?:{NUMBER} )?\Z"),
    ),
    (
        OFTEN,
        rx(rf"{_TIMES} در (?:هر )?{_SPAN}{AFTER}(?! {PAST})"),
        rx(rf"{BEFORE}(?:{_AT_LEAST} )?{NUMBER} \Z"),
    ),
    (hints("میان|درمیان"), rx(rf"یک {_SPAN} در میان{AFTER}"), None),
    (
        WEEKDAYS | hints("زوج|فرد"),
        rx(rf"روز ?های (?:{WEEKDAY}(?:(?: ،| و|،) {WEEKDAY}){{0,6}}|زوج|فرد)(?: هر هفته)?{AFTER}"),
        rx(rf"{BEFORE}(?:(?:در|تا) )?\Z"),
    ),
    (WEEKDAYS, rx(rf"{WEEKDAY} ها{AFTER}(?:(?: ،| و|،) {WEEKDAY} ها{AFTER}){{0,6}}"), None),
    (
        hints("فواصل|مقاطع|دوره|دورههای|بازه|بازههای"),
        rx(rf"(?:فواصل|مقاطع|دوره ?های|بازه ?های)(?: زمانی)? {NUMBER} {_SPAN}ه{AFTER}"),
        rx(rf"{BEFORE}(?:در )?\Z"),
    ),
    (hints("مستمرا|دائما|همه|همهساله|همهروزه|همههفته"), rx(rf"(?:مستمرا|دائما|همه (?:ساله|روزه|هفته)){AFTER}"), None),
)
# «روزانه ۲۰۰ تن» is a rate.
_ADVERB = rx(rf"{_PERIODIC}{AFTER}(?! (?:حدود )?\d{{1,9}} (?:هزار|میلیون|میلیارد|تن|لیتر|متر|نفر|عدد|واحد|کیلو))")
# «هزینه‌های سالانه» says what a cost is, not when something is due.
_FIGURES = any_of(
    "هزینه|بودجه|برنامه|تقویم|درآمد|تولید|مصرف|مردمی|حقوق|عملکرد|میانگین|متوسط|نرخ|سود|اجاره|نیاز|سهمیه|ظرفیت|مالیات"
    "|عوارض|شهریه|رشد|تسهیلات|بهای|قیمت|زندگی|مرخصی|نشریه|مجله|آمار|تعمیرات|اعتبار|اعتبارات|بیمه|دستمزد|کارگر|کارگران"
    "|قرارداد|ارزیابی|مجمع|همایش|جشنواره|بازار|بازارهای|کنگره|تعطیلات|پرداخت|مستمری|اقساط|آب و هوای|کشت|مشاغل|ترازنامه"
    "|عضویت|کمک|یارانه|سرانه|مبلغ"
)
_ADJECTIVE = rx(rf"{BEFORE}{_FIGURES}(?: ?های?| ?ی)?\s+\Z")
_MOMENT = r"(?:زمان|مدت|فرصت|وقت)"
# «سریع‌تر تهیه شود», not «اینترنت سریع‌تر»
_DUTY = any_of(
    """نسبت به|تهیه|تدوین|ارسال|انجام|اقدام|اعلام|پیگیری|تعیین تکلیف|تعیین|تکمیل|آماده|ابلاغ|برگزار|اجرا|معرفی|ارائه
    |بررسی|تشکیل|مشخص|رفع|آغاز|شروع|پرداخت|تحویل"""
)
_VAGUE = (
    (hints("اسرع"), rx(rf"اسرع (?:وقت|زمان)(?: ممکن)?{AFTER}"), rx(rf"{BEFORE}(?:(?:در|به) )?\Z")),
    (hints("فرصت"), rx(rf"در (?:اولین|نخستین) فرصت(?: ممکن)?{AFTER}"), None),
    (
        hints("ترین|کوتاهترین|کمترین|سریعترین|نزدیکترین|حداقل|اقرب"),
        rx(rf"در (?:کوتاه ?ترین|کم ?ترین|سریع ?ترین|نزدیک ?ترین|حداقل|اقرب) {_MOMENT}(?: ممکن)?{AFTER}"),
        None,
    ),
    (hints("هرچه|چه"), rx(rf"هر ?چه (?:سریع ?تر|زود ?تر){AFTER}"), None),
    (
        hints("فوری|فوریت|بفوریت"),
        rx(rf"(?:(?:به|با|با اولویت و|به قید) فوریت|بفوریت|با قید فوریت|ب(?:ه )?(?:صورت|طور) فوری){AFTER}"),
        None,
    ),
    (
        hints("فوری"),
        rx(rf"فوری{AFTER}"),
        rx(r"(?:(?<=اقدام\s)|(?<=اقدامات\s)|(?<=پیگیری\s)|(?<=رسیدگی\s)|(?<=بررسی\s)|(?<=لازم\sو\s)|(?<=را\s))\Z"),
    ),
    (hints("تر|سریعتر|زودتر"), rx(rf"(?:سریع|زود) ?تر{AFTER}(?= {_DUTY}{AFTER})"), rx(rf"{BEFORE}\Z")),
    (
        hints(
            "سریعا|فورا|سرعت|بسرعت|بلافاصله|درنگ|بیدرنگ|متعاقبا|زودی|بزودی|بهزودی|موقع|بهموقع|هنگام|بههنگام|فوت|وقفه"
        ),
        rx(
            rf"""(?:سریعا|فورا|به سرعت|بسرعت|بلافاصله(?! (?:پس|بعد))|بی درنگ|متعاقبا|به زودی|بزودی|به موقع|به هنگام
            |بدون (?:فوت وقت|وقفه|درنگ)){AFTER}"""
        ),
        None,
    ),
    (hints("ثانوی"), rx(rf"تا اطلاع ثانوی{AFTER}"), None),
    (
        hints("مقرر|مقتضی|مناسب|قانونی|تعیین"),
        rx(rf"(?:موعد|مهلت|مدت|زمان|وقت|فرصت) (?:مقرر|مقتضی|مناسب|قانونی|تعیین شده){AFTER}"),
        rx(rf"{BEFORE}(?:در|ظرف|طی) \Z"),
    ),
    (
        hints("آینده|آیندهای|آتی|آتیه|چند|چندین|رو|پیشرو"),
        rx(
            rf"""(?:در (?:آینده|آتیه) (?:نزدیک|ای نزدیک)
            |(?:ظرف|طی|در|تا) (?:چند|چندین) (?:روز|هفته|ماه|ساعت|سال)(?: (?:آینده|آتی|دیگر))?
            |(?:ظرف|طی|در|تا) (?:روز|هفته|ماه|سال) ?های (?:آینده|آتی|پیش رو)){AFTER}"""
        ),
        None,
    ),
)
_CELL_RECURRING = rx(rf"(?:{_PERIODIC}|مستمرا?|دائمی?|مداوم|همیشگی|ادواری|دوره ای|منظم|جاری)\Z")
_REGULAR = hints("روزانه|هفتگی|ماهانه|ماهیانه|سالانه|سالیانه|فصلی")
HINTS = _REGULAR.union(*(needed for needed, _, _ in (*_RECURRING, *_VAGUE)))
_REACH = 30


def recurrences(folded: str, words: frozenset[str]) -> Iterator[Limit]:
    """Every recurrence and every vague limit of the folded text."""
    yield from _told(_RECURRING, folded, words, DueKind.RECURRING)
    for match in () if _REGULAR.isdisjoint(words) else occurrences(_ADVERB, folded):
        if not _ADJECTIVE.search(folded, max(0, match.start() - _REACH), match.start()):
            yield Limit(*match.span(), DueKind.RECURRING)
    yield from _told(_VAGUE, folded, words, DueKind.VAGUE)


def _told(forms: tuple[_Form, ...], folded: str, words: frozenset[str], kind: DueKind) -> Iterator[Limit]:
    for needed, pattern, before in forms:
        if needed.isdisjoint(words):
            continue
        for match in occurrences(pattern, folded) if before is None else pattern.finditer(folded):
            ahead = before.search(folded, max(0, match.start() - _REACH), match.start()) if before else match
            if ahead:
                yield Limit(ahead.start(), match.end(), kind)


def is_recurring_cell(folded: str) -> bool:
    """True where the words of a cell alone mean a recurrence («مستمر»)."""
    return _CELL_RECURRING.match(folded) is not None
