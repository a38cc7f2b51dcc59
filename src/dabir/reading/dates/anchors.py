"""The first look at a sentence: which families of time words stand in it, so that only their patterns are tried.

Most sentences hold none. Words are looked up whole, as folding leaves them: apart at a ZWNJ, or joined where it was
lost («یکماه», «سهشنبه», «بهزودی»); digits may touch them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dabir.persian.jalali import MONTHS
from dabir.reading.dates.scan import parts

_WORD = re.compile(r"[^\W\d]+")
_NUMBERS = parts(
    """یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|هیجده|نوزده|بیست|سی|چهل|پنجاه
    |شصت|هفتاد|هشتاد|نود|صد|نیم"""
)
_UNITS = parts("ساعت|روز|هفته|ماه|سال")
_WEEKDAYS = {
    day + end for day in parts("شنبه|یکشنبه|دوشنبه|سهشنبه|چهارشنبه|پنجشنبه|جمعه|آدینه") for end in parts("|ی|ها|های")
}
_ONCE = {number + unit + "یکبار" for number in ("", *_NUMBERS) for unit in _UNITS}
# Named stretches of time, and what measures one.
_TIMES = {
    *(month + ending for month in parts("|".join((*MONTHS, "امرداد"))) for ending in ("", "ماه")),
    *(number + unit + end for number in ("", *_NUMBERS) for unit in _UNITS for end in parts("|ه|ها|های|هها|ههای|ای")),
    *(unit + word for unit in _UNITS for word in parts("جاری|آینده|آتی|بعد|کاری|اداری")),
    *_WEEKDAYS,
    *parts("سیزدهم|چهاردهم|پانزدهم|شانزدهم|هفدهم|هجدهم|هیجدهم|نوزدهم|بیستم|سی|سیام|سیم|بیست"),
    *parts("امسال|امروز|فردا|پسفردا|نیمه|فصل|ربع|همان|همانروز|بهار|تابستان|پاییز|زمستان|فجر|نوروز|دولت|دفاع"),
}
_EVENTS = parts(
    """پس|بعد|پساز|بعداز|قبل|پیش|قبلاز|پیشاز|محض|بمحض|بهمحض|مجرد|بمجرد|بهمجرد|همزمان|زمان|هم|همراه|بلافاصله|فورا|تا|تاریخ|روز|لحظه|هنگام|صفر
    |جلسه|جلسات|نشست|مجمع|عید|رمضان|اربعین|محرم|تاسوعا|عاشورا"""
)
_MANNERS = parts(
    """هر|هرچه|همه|بار|مرتبه|نوبت|یکبار|دوبار|سهبار|چهاربار|مستمر|مستمرا|مداوم|منظم|مرتب|ادواری|دوره|دورهای|دائم|دائما|دائمی
    |پیوسته|روزانه|هفتگی|ماهانه|ماهیانه|سالانه|سالیانه|فصلی|میان|درمیان|ماهی|سالی|روزی|فصلی|هفتهای|ای|اسرع|فرصت|فوری|فوریت
    |بفوریت|سرعت|بسرعت|سریعا|فورا|موقع|بموقع|بهموقع|هنگام|زودی|بزودی|بهزودی|درنگ|بیدرنگ|بلافاصله|متعاقبا|فوت|وقفه|فواصل|مقاطع|نزدیک|نزدیکترین|بازه|ثانوی|مقرر
    |مقتضی|مناسب|قانونی|تعیین|آینده|آتی|آتیه|چند|چندین|پیش|پیشرو|حداقل|کوتاه|کوتاهترین|کم|کمترین|سریع|سریعترین|اقرب
    |همهساله|همهروزه|هرساله|هرروزه|هرماهه|ساله|روزه|ماهه|روزهای"""
)
_TIMES_OF, _EVENTS_OF, _MANNERS_OF = frozenset(_TIMES), frozenset(_EVENTS), frozenset({*_MANNERS, *_WEEKDAYS, *_ONCE})
_ANY = _TIMES_OF | _EVENTS_OF | _MANNERS_OF


class Families(NamedTuple):
    """`times`: what names a stretch of time or measures one; `manners`: recurrences and vague words."""

    times: bool
    events: bool
    manners: bool


_NONE = Families(times=False, events=False, manners=False)


def families(folded: str) -> Families:
    """The families of which a word stands in the folded text."""
    found = _ANY.intersection(_WORD.findall(folded))
    if not found:
        return _NONE
    return Families(
        times=not found.isdisjoint(_TIMES_OF),
        events=not found.isdisjoint(_EVENTS_OF),
        manners=not found.isdisjoint(_MANNERS_OF),
    )
