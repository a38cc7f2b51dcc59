"""The words that dates are made of, as parts of patterns for `reading.wording.rx`."""

from __future__ import annotations

import re
from datetime import date

from dabir.persian.digits import words_to_int
from dabir.persian.jalali import MONTHS, from_gregorian, full_year
from dabir.reading.wording import any_of

BEFORE = r"(?<![^\W\d])"
AFTER = r"(?![^\W\d])"

UNIT = any_of("یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه")
TEEN = any_of("ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|هیجده|نوزده")
TENS = any_of("بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود")
CARDINAL = f"(?:{TENS}(?: و {UNIT})?|{TEEN}|{UNIT}|یک صد|صد)"
_ORDINAL_UNIT = any_of("اول|نخست|یکم|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم")
ORDINAL = f"(?:(?:{TENS} و )?{_ORDINAL_UNIT}|{TEEN}م|{TENS} ا?م)"
NUMBER = rf"(?:\d{{1,3}}|{CARDINAL})"

# «مهر و موم», «تیر چراغ برق», «آبان‌دخت» are no months.
MONTH = (
    any_of("|".join((*MONTHS, "امرداد")))
    + rf"(?: ماه)?{AFTER}(?! (?:دخت|چراغ|برق|آهن|اکسید|و موم|و امضا|مشبک|تایید{AFTER}))"
)
WEEKDAY = r"(?:(?:یک|دو|سه|چهار|پنج) شنبه|شنبه|جمعه|آدینه)"
NEXT = "(?:آینده|آتی|بعدی?|پیش رو)"
IN_A_MEETING = "(?:دستور(?: کار)?|ابتدای|آغاز|شروع|خلال|اثنای|پایان|انتهای)"
PAST = rf"(?:گذشته|اخیر|قبل(?! از)|پیش(?! از| رو)|ماضی){AFTER}"
THIS_YEAR = "(?:سال جاری|امسال|همین سال|جاری)"
# «۱۵ آبان ۲۰ نفر» counts people.
COUNTED = (
    any_of(
        "نفر|متر|هکتار|درصد|میلی[^\\W\\d]*|هزار|کیلو[^\\W\\d]*|تن|عدد|باب|دستگاه|واحد|روستا|مورد|پروژه|خانوار|فقره|شهر|اصله"
        "|راس(?! ساعت)|قطعه|روز|ماه|هفته|ساعت|سال|طرح(?! (?:و |شود|شد|گردد|گردید))"
    )
    + f"(?:ه|ی)?{AFTER}"
)
YEAR = (
    rf"(?:[،,/-]? (?:(?:(?P<of>سال) )?(?:(?P<year>\d{{4}}|\d{{2}}(?(of)|(?! {COUNTED})))(?!\d|[:/.٫]\d)"
    rf"|(?P<year_words>(?:(?:یک )?هزار و (?:سیصد|چهارصد)(?: و {CARDINAL})?|{TENS}(?: و {UNIT})?){AFTER}))"
    rf"|(?P<this_year>{THIS_YEAR}){AFTER}|سال (?P<next_year>{NEXT}){AFTER}))"
)
YEAR_WORDS = rf"(?:(?:سال )?(?:\d{{4}}|\d{{2}})|{THIS_YEAR})"  # without groups, to stand twice in one pattern
# What a two-digit year may mean, in years from the session: «۱۵ آبان ۲۰ نفر» in 1397 names no year.
_BACK, _AHEAD = 20, 7


def year_of(match: re.Match[str], session: date | None) -> int | None:
    """The Jalali year that a match of `YEAR` names; None where it names none, or only an unknown session would tell."""
    session_year = from_gregorian(session)[0] if session else None
    if digits := match["year"]:
        return plausible_year(digits, session_year)
    if words := match["year_words"]:
        return plausible_year(f"{words_to_int(words) or 0:02}", session_year)
    if session_year and match["this_year"]:
        return session_year
    return session_year + 1 if session_year and match["next_year"] else None


def plausible_year(digits: str, session_year: int | None) -> int | None:
    """The year of four digits, or of two that lie near the session's; None for others."""
    year = full_year(int(digits), session_year)
    if len(digits) == 4:
        return year
    near = -_BACK <= year - session_year <= _AHEAD if session_year else 1360 <= year <= 1420
    return year if len(digits) == 2 and near else None
