"""Dates, their weekdays and the session's number: what can be checked against the calendar or the paper itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dabir.persian.digits import to_persian, words_to_int
from dabir.persian.jalali import weekday_name, weekday_number
from dabir.persian.letters import same_length_fold
from dabir.reading.dates import find_days, impossible_days
from dabir.reading.dates.vocabulary import BEFORE, CARDINAL, ORDINAL
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import Severity
from dabir.reading.wording import rx

_NAMES_A_DAY = re.compile("شنبه|جمعه|آدینه")
_OPENING = 25  # lines in which a paper tells which session it is
_HUNDREDS = "(?:(?:یک)?صد|دویست|سیصد|چهارصد|پانصد)"
_NTH_SESSION = rx(
    rf"{BEFORE}(?P<words>(?:{_HUNDREDS} و )?(?:{CARDINAL}|{ORDINAL}) (?:ا?م)?ین|اولین|نخستین|سومین) (?:جلسه|نشست)"
    r"(?=[^.؛\n]{0,150}(?:تشکیل|آغاز|برگزار|تلاوت|قرائت قرآن))"
)


@rule("date.weekday", Severity.ERROR, "The weekday is not the date's")
def weekday_of_date(paper: Paper) -> Iterator[Said]:
    said = set()
    for number, line in enumerate(paper.minutes.lines, 1):
        if not _NAMES_A_DAY.search(line):
            continue
        for found in find_days(line, paper.session):
            if found.weekday and weekday_number(found.weekday) != found.date.weekday():
                said.add(found.date)
                yield _wrong_weekday(found.day.text, weekday_name(found.date), found.weekday, (number, number))
    header = paper.minutes.header
    if not (header.date and header.weekday and paper.session) or paper.session in said:
        return
    if weekday_number(header.weekday) not in (None, paper.session.weekday()):
        lines = paper.line_of(header.weekday, header.lines or (1, 1))
        yield _wrong_weekday(header.date.text, weekday_name(paper.session), header.weekday, lines)


def _wrong_weekday(day: str, right: str, written: str, lines: tuple[int, int]) -> Said:
    return Said(f"تاریخ {quote(day)} {right} است، ولی {quote(written)} نوشته شده است.", lines, right)


@rule("date.impossible", Severity.ERROR, "A date that the calendar does not have")
def no_such_day(paper: Paper) -> Iterator[Said]:
    for number, line in enumerate(paper.minutes.lines, 1):
        for words in impossible_days(line, paper.session):
            yield Said(f"تاریخ {quote(words)} در تقویم نیست.", (number, number))


@rule("header.number", Severity.ERROR, "The session's number is not the one that the text tells")
def number_of_session(paper: Paper) -> Iterator[Said]:
    numbers = {paper.minutes.header.number, *(body.number for body in paper.minutes.bodies)} - {None}
    if not numbers:
        return
    for place, line in enumerate(paper.minutes.lines[:_OPENING], 1):
        match = _NTH_SESSION.search(same_length_fold(line))
        told = words_to_int(match["words"]) if match else None
        if match and told:
            if told not in numbers:
                header = to_persian("، ".join(str(number) for number in sorted(n for n in numbers if n is not None)))
                words = quote(line[match.start() : match.end()])
                yield Said(f"شماره جلسه در سربرگ {header} است، ولی متن می‌گوید {words}.", (place, place))
            return


RULES = (
    weekday_of_date,
    no_such_day,
    number_of_session,
)
