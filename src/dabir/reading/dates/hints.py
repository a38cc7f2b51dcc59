"""The words of a sentence, and the words without which a pattern cannot match: most patterns need not be tried.

Words are looked up whole, as folding leaves them: apart at a ZWNJ, or joined where it was lost («یکماه», «سهشنبه»,
«بهزودی»); digits may touch them.
"""

from __future__ import annotations

import re

from dabir.persian.jalali import MONTHS
from dabir.persian.letters import same_length_fold

_WORD = re.compile(r"[^\W\d]+")


def words_in(folded: str) -> frozenset[str]:
    """The words of the folded text."""
    return frozenset(_WORD.findall(folded))


def hints(text: str, endings: str = "") -> frozenset[str]:
    """The words between the bars of `text`, folded, each as it is and with each of the `endings`."""
    plain = [same_length_fold(word.strip()) for word in text.split("|")]
    return frozenset(word + same_length_fold(end) for word in plain for end in ("", *filter(None, endings.split("|"))))


UNITS = hints("ساعت|روز|هفته|ماه|سال")
_NUMBERS = hints(
    """یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|هیجده|نوزده|بیست|سی|چهل|پنجاه
    |شصت|هفتاد|هشتاد|نود|صد|نیم"""
)
_JOINED = hints("|".join(number + unit for number in _NUMBERS for unit in UNITS), "ه|هیکبار|یکبار")
WEEKDAYS = hints("شنبه|یکشنبه|دوشنبه|سهشنبه|چهارشنبه|پنجشنبه|جمعه|آدینه", "ی|ها|های")
MONTH_NAMES = hints("|".join((*MONTHS, "امرداد")), "ماه")
SPANS = hints("ساعت|روز|هفته|ماه|سال", "ه|ها|های|ای|جاری|آینده|آتی|بعد|کاری|اداری") | _JOINED
"""What measures time, and what is named by its measure («ماه آینده»)."""
GLUED = hints(
    "|".join(
        before + word
        for before in ("در", "از", "تا")
        for word in "اولین نخستین آخرین جلسه نشست روز تاریخ هفته ماه سال پایان آخر مدت طول ابتدای نیمه اسرع".split()
    ),
    "های",
)
"""Words of time with a preposition that lost its space."""
OFTEN = hints("بار|مرتبه|نوبت|یکبار|دوبار|سهبار|چهاربار|هیکبار") | _JOINED
