"""What makes a day or a stretch of time a limit: the words around it, «تا», «قبل از», «در», «مهلت», «ساعت ۱۴»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dabir.reading.dates.scan import Limit, Named
from dabir.reading.dates.terms import is_told_of_the_past, is_validity
from dabir.reading.dates.vocabulary import BEFORE, MONTH, ORDINAL, WEEKDAY, YEAR_WORDS
from dabir.reading.minutes import DueKind
from dabir.reading.times import HOUR, clock
from dabir.reading.wording import rx

_REACH = 70  # letters before and behind a day in which the words stand that make it a limit, or not

_AT = rf"(?:(?:رأس )?ساعت (?P<hour>{HOUR})|(?P<noon>ظهر))"
_HOUR_BEHIND = rx(rf"[،,]? {_AT}(?! (?:الی|تا|لغایت))")
_DATED = rf"(?: (?:روز|مورخه?|به تاریخ|تاریخ))*(?: {WEEKDAY} [،,]?)?(?: (?:مورخه?|به تاریخ|تاریخ))? [:(]? \Z"
_END_OF_DAY = "(?:پایان|آخر|انتهای)(?: (?:وقت|ساعت)(?: (?:اداری|کاری))?| روز(?: کاری)?)?"
_UNTIL = rx(
    rf"""{BEFORE}(?:(?:حداکثر|نهایتا|دست بالا|حتما) )?(?:(?P<before>(?:تا )?(?:قبل|پیش) از)|تا|الی|لغایت)
    (?: (?:حداکثر|نهایتا))?(?: {_END_OF_DAY})?(?: {_AT})?{_DATED}"""
)
_RANGE = rx(
    rf"{BEFORE}(?:از|در فاصله|بین)(?: (?:تاریخ|روز|مورخه?))?(?: {WEEKDAY})? (?:\d{{1,4}}/\d{{1,2}}/\d{{1,4}}"
    rf"|(?:(?:\d{{1,2}}|{ORDINAL}|ابتدای|آغاز|اوایل|نیمه)(?: {MONTH})?|{MONTH})(?: {YEAR_WORDS})?|{WEEKDAY}|امروز|فردا)"
    r"(?P<and> و)? \Z"
)
_ON = rx(
    rf"{BEFORE}(?:(?:در طول|در|طی|ظرف|برای|هم ?زمان با|حداکثر(?: در)?|نهایتا(?: در)?|روز|(?<=[،,]))"
    rf"|(?:مهلت|موعد)(?! های?)(?: (?!مورخ|جلسه)[^\W\d]+){{0,3}}) [:]?(?: {_AT})?{_DATED}"
)
_SINCE = rx(rf"{BEFORE}(?:از|مورخه?|جلسه|نامه) \Z")
# Where an adverb may stand: not behind a noun that it would belong to («برنامه سال آینده»).
_ADVERB_PLACE = rx(
    rf"""(?:\A|[،,:؛;.()\-–]|{BEFORE}(?:شد|شدند|گردید|گردیدند|است|اند|که|را|نمود|نمودند|کرد|کردند|دارد|باید|بایستی|حداکثر
    |نیز|شود|گردد|تا|و)) \Z"""
)


def around(folded: str, named: Sequence[Named], session: date | None) -> Iterator[Limit]:
    """The days and stretches that the words around them make a limit."""
    for one in named:
        behind = max(0, one.start - _REACH)
        if is_validity(folded, one.start, one.end):
            continue
        if until := _UNTIL.search(folded, behind, one.start):
            # «تا پایان سال ۹۷ … هزینه شده است» tells what was.
            if session and one.last and one.last < session and is_told_of_the_past(folded, one.end):
                continue
            limit = _at_hour(_limit(one, until.start(), one.eve if until["before"] else one.last), folded, until)
            span = _RANGE.search(folded, behind, until.start())
            yield replace(limit, start=span.start(), kind=DueKind.PERIOD) if span else limit
        elif on := _ON.search(folded, behind, one.start):
            # «در تاریخ …» of the past tells what was; only a day to come is a limit.
            to_come = (
                not session or not one.last or one.last > session or (one.last == session and one.start > on.start())
            )
            if to_come and not _SINCE.search(folded, max(0, on.start() - 10), on.start()):
                yield _at_hour(_limit(one, on.start(), one.last), folded, on)
        elif one.adverb and _is_adverb(folded, one.start):
            yield _at_hour(_limit(one, one.start, one.last), folded, None)


def _is_adverb(folded: str, at: int) -> bool:
    """True where «روز دوشنبه» or «فردا» at `at` stands by itself, and belongs to no noun before it."""
    if folded.startswith("روز", at):
        return _SINCE.search(folded, max(0, at - 10), at) is None
    return _ADVERB_PLACE.search(folded, max(0, at - 12), at) is not None


def _limit(one: Named, start: int, last: date | None) -> Limit:
    return Limit(start, one.end, one.kind, last, one.time)


def _at_hour(limit: Limit, folded: str, before: re.Match[str] | None) -> Limit:
    """`limit` with the hour that the words before the day, or those behind it, name."""
    behind = _HOUR_BEHIND.match(folded, limit.end)
    match = before if before and (before["hour"] or before["noon"]) else behind
    if match is None:
        return limit
    end = match.end() if match is behind else limit.end
    hour = "12:00" if match["noon"] else clock(match["hour"].strip())
    # «ساعت ۲» in an office is hardly two at night; which of the two it is, the paper does not say.
    told = hour and (hour >= "07:00" or any(half in match["hour"] for half in ("صبح", "عصر", "شب", "ظهر")))
    return replace(limit, end=end, time=hour if told else None)
