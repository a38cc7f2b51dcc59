"""What makes a day or a stretch of time a limit: the words around it, «تا», «قبل از», «در», «مهلت», «ساعت ۱۴»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dabir.persian.jalali import MONTHS
from dabir.reading.dates.hints import hints
from dabir.reading.dates.scan import Limit, Named
from dabir.reading.dates.terms import ends_in_the_past, is_told_of_another, is_told_of_the_past, is_validity
from dabir.reading.dates.vocabulary import AFTER, BEFORE, IN_A_MEETING, MONTH, ORDINAL, WEEKDAY, YEAR_WORDS
from dabir.reading.minutes import DueKind
from dabir.reading.times import HOUR, clock
from dabir.reading.wording import rx

_REACH = 70  # letters before and behind a day in which the words stand that make it a limit, or not

_AT = rf"(?:(?:رأس )?ساعت (?P<hour>{HOUR})|(?P<noon>ظهر))"
_HOUR_BEHIND = rx(rf"[،,]? {_AT}(?! (?:الی|تا|لغایت))")
_DATED = rf"(?: (?:روز(?: های)?|مورخه?|به تاریخ|تاریخ))*(?: {WEEKDAY} [،,]?)?(?: (?:مورخه?|به تاریخ|تاریخ))? [:(]? \Z"
_END_OF_DAY = "(?:پایان|آخر|انتهای)(?: (?:وقت|ساعت)(?: (?:اداری|کاری))?| روز(?: کاری)?)?"
_UNTIL = rx(
    rf"""{BEFORE}(?:(?:حداکثر|نهایتا|دست بالا|حتما) )?(?:(?P<before>(?:تا )?(?:قبل|پیش) از)|تا|الی|لغایت)
    (?: (?:حداکثر|نهایتا))?(?: {_END_OF_DAY})?(?: {_AT})?{_DATED}"""
)
_UNTIL_HINT = rx("تا|الی|لغایت|قبل|پیش")
_RANGE = rx(
    rf"{BEFORE}(?:از|در فاصله|در بازه(?: زمانی)?|بین|مابین)(?: (?:تاریخ|روز|مورخه?))?(?: {WEEKDAY})?"
    rf""" (?:\d{{1,4}}/\d{{1,2}}/\d{{1,4}}|{WEEKDAY}|امروز|فردا
    |(?:(?:\d{{1,2}}|{ORDINAL}|ابتدای|آغاز|اوایل|نیمه)(?: {MONTH})?|{MONTH})(?: {YEAR_WORDS})?)(?: و)? \Z"""
)
_ON = rx(
    rf"{BEFORE}(?:(?:در طول|در|طی|[ظط]رف|برای|هم ?زمان با|حداکثر(?: در)?|نهایتا(?: در)?|روز|(?<=[،,]))"
    rf"|(?:مهلت|موعد)(?! های?)(?: (?!مورخ|جلسه)[^\W\d]+){{0,3}}) [:]?(?: {_AT})?{_DATED}"
)
# «در دستور جلسه ۸ آذر», «در جلسه روز شنبه مورخ …»
_IN_MEETING = rx(
    rf"""{BEFORE}(?:در|برای|تا|به) (?:{IN_A_MEETING} )?(?:جلسه|نشست)(?: ی{AFTER})?
    (?: (?!(?:را|در|با|از|به|و|که|مورد|شد|گردید|روز|مورخه?){AFTER})[^\W\d]{{1,20}}{AFTER}){{0,4}}{_DATED}"""
)
_FIRST_MEETING = rx(r"(?:اولین|نخستین) (?:جلسه|نشست)[^.؛:،\n]{0,40}\Z")
_OBJECT = rx(rf" را{AFTER}")  # «برنامه سال آینده را» says which one
# «مقرر شد پنجم دی …», «نامه را ۱۵ آبان …»
_ORDERED = rx(rf"{BEFORE}(?:را|باید|بایستی|(?:مقرر|قرار|بنا) (?:شد|گردید)(?: که{AFTER})?) (?P<at>){_DATED}")
# «… از روز شنبه مورخ ۹۸/۷/۲۰ آغاز شود» is to be begun on that day.
_FROM = rx(rf"{BEFORE}از{_DATED}")
_BEGINS = rx(
    r"(?! (?:تا|لغایت|الی|به مدت|ظرف|به بعد))[^.؛:،\n]{0,60}"
    r"(?:صورت|آغاز|شروع|انجام|اجرا) (?:شود|گردد|گیرد|پذیرد|کند|نماید|کنند|نمایند)"
)
_BARE = hints("|".join(MONTHS))
_ORDER = rx(rf"{BEFORE}(?:را|باید|بایستی|مقرر شد|مقرر گردید) \Z")
_OF_WHAT = rx(r"(?:مهلت|موعد) [^\W\d]")
_SINCE = rx(rf"{BEFORE}(?:از|مورخه?|جلسه|نامه) \Z")
_TODAY = ("امروز", "همین امروز", "روز جاری", "روزجاری")
# Where an adverb may stand: not behind a noun that it would belong to («برنامه سال آینده»).
_ADVERB_PLACE = rx(
    rf"""(?:\A|[،,:؛;.()\-–]|{BEFORE}(?:شد|شدند|گردید|گردیدند|است|اند|که|را|نمود|نمودند|کرد|کردند|دارد|باید|بایستی|حداکثر
    |نیز|شود|گردد|تا|و)) \Z"""
)


def around(folded: str, named: Sequence[Named], session: date | None) -> Iterator[Limit]:
    """The days and stretches that the words around them make a limit."""
    for one in named:
        behind = max(0, one.start - _REACH)
        if is_validity(folded, one.start, one.end) or _OBJECT.match(folded, one.end):
            continue
        if _UNTIL_HINT.search(folded, behind, one.start) and (until := _UNTIL.search(folded, behind, one.start)):
            # «تا پایان سال ۹۷ … هزینه شده است» tells what was; a chosen day that has passed is an error to be shown.
            passed = session and (one.last is None or one.last < session)
            if not (passed and is_told_of_the_past(folded, one.end)):
                yield _until(one, folded, until)
        elif _is_to_come(one, folded, session) and (limit := _on(one, folded, behind, session)):
            if not is_told_of_another(folded, limit.start, one.end):
                yield limit


def _on(one: Named, folded: str, behind: int, session: date | None) -> Limit | None:
    """«در روز …», «در جلسه ۸ آذر», «مهلت: …», «فردا»: the limit of a day or stretch to come, or None."""
    if meeting := _in_meeting(one, folded, behind, session):
        return _at_hour(_limit(one, meeting.start()), folded, None)
    if one.last and one.kind is DueKind.DATE and (since := _FROM.search(folded, behind, one.start)):
        return _limit(one, since.start()) if _BEGINS.match(folded, one.end) else None
    if on := _ON.search(folded, behind, one.start):
        of_another = _SINCE.search(folded, max(0, on.start() - 10), on.start())
        return None if of_another or _says_which(one, folded, on) else _at_hour(_limit(one, on.start()), folded, on)
    if one.adverb and _is_adverb(folded, one.start):
        return _at_hour(_limit(one, one.start), folded, None)
    order = None if folded[one.start : one.end] in _BARE else _ORDERED.search(folded, behind, one.start)
    return _at_hour(_limit(one, order.start("at")), folded, None) if order else None


def _in_meeting(one: Named, folded: str, behind: int, session: date | None) -> re.Match[str] | None:
    """«در جلسه ۸ آذر»: another meeting, which is still to come."""
    meets = folded.find("جلسه", behind, one.start) >= 0 or folded.find("نشست", behind, one.start) >= 0
    if not meets or (session and one.last == session):
        return None
    match = _IN_MEETING.search(folded, behind, one.start)
    return None if match and ends_in_the_past(folded, one.end) else match


def _says_which(one: Named, folded: str, on: re.Match[str]) -> bool:
    """«مهلت ارسال گزارش سال ۹۵» says which report it is, «در اولین جلسه شورا در سال ۹۹» which first meeting; «انصار،
    مهر، مسکن» are banks."""
    if one.kind is not DueKind.PERIOD:
        return False
    if not on[0].strip():
        return folded[one.start : one.end] in _BARE
    before = max(0, on.start() - _REACH)
    return bool(_OF_WHAT.match(folded, on.start(), on.end()) or _FIRST_MEETING.search(folded, before, on.start()))


def _until(one: Named, folded: str, until: re.Match[str]) -> Limit:
    limit = _at_hour(_limit(one, until.start()), folded, until)
    if until["before"] and not (until["hour"] or until["noon"] or limit.time or limit.end > one.end):
        return replace(limit, last=one.eve)  # «قبل از ساعت ۱۰ شنبه» is on that day, «قبل از شنبه» not
    span = _RANGE.search(folded, max(0, until.start() - _REACH), until.start())
    return replace(limit, start=span.start(), kind=DueKind.PERIOD) if span else limit


def _is_to_come(one: Named, folded: str, session: date | None) -> bool:
    """«در تاریخ …», «روز …» of the past tell what was; only a day to come is a limit."""
    if session is None or one.last is None or one.last > session:
        return True
    return one.last == session and (one.kind is DueKind.PERIOD or folded.startswith(_TODAY, one.start))


def _is_adverb(folded: str, at: int) -> bool:
    """True where «روز دوشنبه», «همین هفته» or «فردا» at `at` stands by itself, and belongs to no noun before it."""
    if folded.startswith(("روز", "همین"), at):
        return _SINCE.search(folded, max(0, at - 10), at) is None
    if folded.startswith("امروز", at):  # what is told of today is mostly news
        return _ORDER.search(folded, max(0, at - 12), at) is not None
    return _ADVERB_PLACE.search(folded, max(0, at - 12), at) is not None


def _limit(one: Named, start: int) -> Limit:
    return Limit(start, one.end, one.kind, one.last, one.time)


def _at_hour(limit: Limit, folded: str, before: re.Match[str] | None) -> Limit:
    """`limit` with the hour that the words before the day, or those behind it, name."""
    behind = _HOUR_BEHIND.match(folded, limit.end)
    match = before if before and (before["hour"] or before["noon"]) else behind
    if match is None or limit.kind is not DueKind.DATE:
        return limit
    end = match.end() if match is behind else limit.end
    hour = "12:00" if match["noon"] else clock(match["hour"].strip())
    # «ساعت ۲» in an office is hardly two at night; which of the two it is, the paper does not say.
    told = hour and (hour >= "07:00" or any(half in match["hour"] for half in ("صبح", "عصر", "شب", "ظهر")))
    return replace(limit, end=end, time=hour if told else None)
