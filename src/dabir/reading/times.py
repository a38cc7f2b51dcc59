"""Hours as minutes write them: «ساعت ۸:۳۰», «ساعت30/6» (6:30, reversed), «ساعت ده صبح», «از ساعت ۱۶ الی ۱۹:۳۰»."""

from __future__ import annotations

import re

from dabir.persian.digits import number_in
from dabir.reading.wording import rx

_WORDS = r"""(?:(?:یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|نوزده
    |بیست)(?: و (?:یک|دو|سه|نیم|ربع|(?:ده|پانزده|بیست|سی|چهل|پنجاه)(?: و پنج)?(?: دقیقه)?))?)"""
HOUR = rf"""(?:\d{{1,2}}\s*[:/.]\s*\d{{1,2}}|\d{{1,2}}(?:\s*و\s*\d{{1,2}} دقیقه)?|{_WORDS})(?!\w)(?:\s*(?:صبح|عصر
    |بعد از ظهر|بعدازظهر|شب|ظهر))?"""
HOURS = rx(rf"(?:ساعت)\s*:?\s*(?P<start>{HOUR})(?:\s*(?:الی|تا|لغایت|-|–)\s*(?:ساعت )?(?P<end>{HOUR}))?")
_BARE = rx(rf"\s*(?:از )?(?:ساعت )?(?P<start>{HOUR})(?:\s*(?:الی|تا|لغایت|-|–)\s*(?:ساعت )?(?P<end>{HOUR}))?")
_PAIR = re.compile(r"(\d{1,2})\s*([:/.])\s*(\d{1,2})")
_AND = rx(r"(.+?)\s+و\s+(.+?)(?: دقیقه)?\Z")
_PART = rx(r"\s*(?:صبح|ظهر|(?P<late>عصر|بعد از ظهر|بعدازظهر|شب))\s*\Z")


def hours_in(folded: str) -> tuple[str | None, str | None]:
    """The first hour («HH:MM») said after «ساعت», and the one that it lasts until."""
    match = HOURS.search(folded)
    return _both(match)


def hours_of(folded: str) -> tuple[str | None, str | None]:
    """The hours that a header's field holds."""
    match = _BARE.match(folded)
    return _both(match) if match else hours_in(folded)


def _both(match: re.Match[str] | None) -> tuple[str | None, str | None]:
    if match is None:
        return None, None
    return clock(match["start"]), clock(match["end"]) if match["end"] else None


def clock(said: str) -> str | None:
    """«HH:MM» for one hour in digits or words, or None where there is no such hour."""
    late = _PART.search(said)
    plain = said[: late.start()] if late else said
    hour, minute = _numbers(plain.strip())
    if hour is None or minute is None:
        return None
    if late and late["late"] and hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _numbers(plain: str) -> tuple[int | None, int | None]:
    if pair := _PAIR.fullmatch(plain):
        first, second = int(pair[1]), int(pair[3])
        reversed_ = first > 23 or (pair[2] == "/" and first in (15, 30, 45) and second < 24)
        return (second, first) if reversed_ else (first, second)
    if (both := _AND.fullmatch(plain)) and (hour := number_in(both[1])) is not None:
        said = both[2].strip()
        return hour, {"نیم": 30, "ربع": 15}.get(said, number_in(said))
    return number_in(plain), 0
