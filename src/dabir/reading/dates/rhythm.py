"""How often something comes again («هر سه ماه یک‌بار», «ماهانه», «هر جلسه»), where the words tell that and no more.

«پایان هر ماه», «دهم هر ماه» name a day besides, and «ماهی دو بار» a number of times: those are a person's to say.
"""

from __future__ import annotations

from dataclasses import dataclass

from dabir.persian.digits import number_in
from dabir.persian.letters import same_length_fold
from dabir.reading.dates.vocabulary import NUMBER
from dabir.reading.wording import rx

WEEK, MONTH, SESSION = "week", "month", "session"


@dataclass(frozen=True, slots=True)
class Recurs:
    """Every `count` weeks or months; or with each session of the body, where the count is 1."""

    unit: str
    count: int = 1


_WEEKLY, _QUARTERLY, _YEARLY = Recurs(WEEK), Recurs(MONTH, 3), Recurs(MONTH, 12)
_PERIODIC = {
    "هفتگی": _WEEKLY,
    "ماهانه": Recurs(MONTH),
    "ماهیانه": Recurs(MONTH),
    "فصلی": _QUARTERLY,
    "سالانه": _YEARLY,
    "سالیانه": _YEARLY,
}
_UNITS = {"هفته": _WEEKLY, "ماه": Recurs(MONTH), "فصل": _QUARTERLY, "سال": _YEARLY}

_WORD = rx(rf"(?:(?:ب(?:ه )?)?(?:صورت|طور) )?(?P<word>{'|'.join(_PERIODIC)})")
_ONCE = "(?: (?:یک|1) ?(?:بار|مرتبه|نوبت))"
_EVERY = rx(
    rf"""(?:حداقل |دست کم |لااقل )?(?:هر (?P<count>{NUMBER} )?(?P<unit>{"|".join(_UNITS)})(?:ه|ی)?{_ONCE}?
    |(?P<count2>{NUMBER} )?(?P<unit2>{"|".join(_UNITS)})(?:ه|ی)?{_ONCE})"""
)
_SESSIONS = rx(
    r"""(?:در )?(?:هر (?:جلسه|نشست)(?: (?:ستاد|شورا|کارگروه|کمیته))?
    |(?:جلسات|جلسه ?های|نشست ?های) (?:آینده|آتی|بعدی?)(?: (?:ستاد|شورا|کارگروه|کمیته))?)"""
)


def recurs(text: str) -> Recurs | None:
    """The rhythm that these words are, and nothing but that; else None."""
    folded = same_length_fold(text).strip()
    if match := _WORD.fullmatch(folded):
        return _PERIODIC[match["word"]]
    if _SESSIONS.fullmatch(folded):
        return Recurs(SESSION)
    if match := _EVERY.fullmatch(folded):
        one = _UNITS[match["unit"] or match["unit2"]]
        number = (match["count"] or match["count2"] or "").strip()
        times = number_in(number) if number else 1
        return Recurs(one.unit, one.count * times) if times else None
    return None
