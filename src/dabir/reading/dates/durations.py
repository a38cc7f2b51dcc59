"""Durations: «ظرف مدت ۱۵ روز», «ظرف ۴۸ ساعت», «یک هفته پس از ابلاغ», «از تاریخ ۹۸/۰۸/۰۱ ظرف دو ماه»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dabir.reading.dates.events import EACH, EVENTS, event_end
from dabir.reading.dates.scan import Limit, Named
from dabir.reading.dates.spans import SPAN, Clock, ending, spans
from dabir.reading.dates.terms import is_given, is_property, is_term, is_told_of_the_past
from dabir.reading.dates.vocabulary import AFTER, BEFORE, CARDINAL, NEXT, NUMBER
from dabir.reading.minutes import DueKind
from dabir.reading.wording import any_of, rx

_REACH = 45  # letters beside a span in which the words stand that make it a limit or date its start

_STRONG = any_of(
    """ظرف|طرف مدت|در ظرف|ظرف و مدت|طی|در طی|در طول|در خلال|در عرض|در مدت|مهلت|به مهلت|با مهلت|در مهلت|فرصت|با فرصت
    |در فرصت|در (?:یک )?بازه(?: زمانی)?|در (?:یک )?فاصله(?: زمانی)?|با ضرب الاجل|ضرب الاجل|تا سقف(?: زمانی)?"""
)
_WEAK = any_of("تا|تا حداکثر|حداکثر تا|نهایتا تا|حداکثر|حداکثر مدت|حداکثر زمان|نهایتا")
_OR = rf"(?: {NUMBER} (?:تا|الی|یا))?"  # «۱۰ الی ۱۵ روز»: the longer one limits
_WITHIN = rx(
    rf"""{BEFORE}(?:حداکثر(?: تا)? (?:پس|بعد) از
    |(?:(?:حداکثر|نهایتا|حداکثر تا) )?{_STRONG}(?: (?:مدت(?: زمان)?|مهلت(?: زمانی)?|زمان))?(?: (?:حداکثر|تا|حداکثر تا))?
    (?: کمتر از)?(?P<about> (?:حدود|حدودا|تقریبا))?{_OR}
    |مهلت(?: [^\W\d]+){{1,3}}?|(?P<weak>{_WEAK})(?: مدت)?{_OR}
    |(?P<term>به مدت(?: حداکثر)?)|(?P<least>حداقل|دست کم|لااقل)|(?P<in>(?:(?:حداکثر|نهایتا) )?در)) \Z"""
)
_GRANTED = rx(rf" (?:مهلت|فرصت|وقت){AFTER}")
_NO_LIMIT = rx(rf"{BEFORE}(?:مدت|پس از|بعد از|هر|به|عدم|گذشت) \Z")
_COUNT_BEFORE = rx(rf"(?:\d|{BEFORE}{CARDINAL}) \Z")
_STARTS = r"تاریخ|زمان|روز|امروز|فردا|\d{1,4} ?[/.\-]|(?:این|همین) (?:تاریخ|جلسه|نشست|مصوبه|صورت)"
_FROM_WORDS = rx(
    rf""" (?:(?P<before>(?:قبل|پیش) از|مانده به)|(?:پس|بعد) از|از(?= (?:{_STARTS}|{EVENTS})))
    (?: (?:تاریخ|زمان|روز|مورخه?))? """
)
_FROM_SESSION = rx(
    rf"""(?:(?:این|همین) (?:تاریخ|جلسه|نشست)|(?:تاریخ )?(?:برگزاری|تشکیل) (?:این )?(?:جلسه|نشست)(?! {NEXT})
    |(?:این )?(?:جلسه|صورت ?جلسه)(?! (?:{NEXT}|[^\W\d]+ {NEXT}))){AFTER}"""
)
_START_BEHIND = rx(rf"{BEFORE}از(?: (?:تاریخ|روز|مورخه?))? \Z")


class Starts:
    """The days and stretches that may start a span, found by where their words begin or end."""

    def __init__(self, named: Iterable[Named]) -> None:
        longest = sorted(named, key=lambda one: one.end - one.start)  # of two that begin or end together, it stays
        self._by_start = {one.start: one for one in longest}
        self._by_end = {one.end: one for one in longest}

    def behind(self, first: int, last: int) -> Named | None:
        """The one that begins between the offsets and reaches beyond them."""
        found = (self._by_start.get(at) for at in range(first, last + 1))
        return next((one for one in found if one and one.end >= last), None)

    def before(self, folded: str, at: int) -> Named | None:
        """The one that ends before `at`, but for a space or a comma."""
        while at and folded[at - 1] in " ،," and at not in self._by_end:
            at -= 1
        return self._by_end.get(at)


def durations(folded: str, clock: Clock, starts: Starts) -> Iterator[Limit]:
    """Every duration of the folded text that limits a duty, counted from the session unless another start is told:
    one of `starts`, or an event, which leaves its day open."""
    for span in spans(folded):
        within = _WITHIN.search(folded, max(0, span.start() - _REACH), span.start())
        limit = _from_its_start(span, clock, starts)
        if limit.trigger is None and limit.end == span.end():
            limit = _started_before(limit, within.start() if within else span.start(), span, clock, starts)
        found = _within(limit, span, within) if within and not within["least"] else _by_itself(limit, span, within)
        if found:
            yield found


def bare_duration(folded: str, clock: Clock, starts: Starts) -> Limit | None:
    """The duration that the whole of a cell is («۱۵ روز»), or None."""
    span = SPAN.fullmatch(folded)
    return _from_its_start(span, clock, starts) if span else None


def _within(limit: Limit, span: re.Match[str], within: re.Match[str]) -> Limit | None:
    """`limit` with the words before its span («ظرف مدت»), or None where they make it none."""
    folded, start = span.string, within.start()
    # «در دو ماه», «حداکثر پنج سال سابقه», «ظرف دو ماه ۳۰ جلسه برگزار شد»
    if (within["in"] and not span["coming"]) or is_property(folded, span) or is_told_of_the_past(folded, span.end()):
        return None
    if within["weak"]:
        # «۱۸ تا ۲۵ سال», «سن متقاضیان حداکثر ۳۰ سال»
        ranged = within["weak"] == "تا" and _COUNT_BEFORE.search(folded, max(0, start - _REACH), start)
        if ranged or is_term(folded, start):
            return None
    if within["term"]:
        if limit.trigger or is_given(folded, start, span.end()):
            return None
        limit = replace(limit, loose=limit.start == span.start() or limit.last is None)
    if within["about"]:
        limit = replace(limit, last=None, time=None)
    return replace(limit, start=min(limit.start, start))


def _by_itself(limit: Limit, span: re.Match[str], least: re.Match[str] | None) -> Limit | None:
    """`limit` where a grant behind the span («ده روز مهلت») or its start («دو ماه پس از ابلاغ») makes it one."""
    folded, start = span.string, span.start()
    if granted := _GRANTED.match(folded, span.end()):
        return replace(limit, end=max(limit.end, granted.end()))
    started = limit.end > span.end() and not _NO_LIMIT.search(folded, max(0, start - _REACH), start)
    if not started or is_term(folded, start):
        return None
    return replace(limit, start=least.start()) if least else limit


def _from_its_start(span: re.Match[str], clock: Clock, starts: Starts) -> Limit:
    """The duration with the day on which it ends: from the session, a day that is named behind it, or no day where an
    event starts it."""
    folded, at = span.string, span.end()
    limit = Limit(span.start(), at, DueKind.DURATION)
    behind = _FROM_WORDS.match(folded, at)
    if behind is None:
        return ending(limit, span, clock.session, clock)
    if start := starts.behind(behind.start() + 1, behind.end()):
        sign = -1 if behind["before"] else 1
        return ending(replace(limit, end=start.end), span, start.last, replace(clock, hour=start.time), sign)
    here = _FROM_SESSION.match(folded, behind.end())
    if here and not behind["before"]:
        return ending(replace(limit, end=here.end()), span, clock.session, clock)
    end = event_end(folded, behind.end())
    if end <= behind.end():
        return limit
    kind = DueKind.RECURRING if EACH.search(folded, behind.end(), end) else DueKind.DURATION
    return replace(limit, end=end, kind=kind, trigger=(behind.end(), end))


def _started_before(limit: Limit, start: int, span: re.Match[str], clock: Clock, starts: Starts) -> Limit:
    """`limit` from the day that is named right before its words («از تاریخ ۱۳۹۸/۸/۱ ظرف دو ماه»)."""
    one = starts.before(span.string, start)
    since = _START_BEHIND.search(span.string, max(0, one.start - 20), one.start) if one else None
    if one is None or since is None:
        return limit
    started = replace(limit, start=since.start(), last=None, time=None)
    return ending(started, span, one.last, replace(clock, hour=None))
