"""Which session this is: «شماره جلسه: ۱۱», «یازدهمین جلسه», «جلسه شماره 19», «صورت جلسه سی و ششم»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dabir.persian.digits import number_in, parse_int, words_to_int
from dabir.persian.letters import same_length_fold
from dabir.reading.lines import Line, Passage
from dabir.reading.wording import rx

SESSION = r"(?:جلسه(?:ی)?|نشست|اجلاس|مجمع|گردهمایی)"
_ORDINAL_BEFORE = rx(
    rf"""(?P<words>(?:[^\W\d]{{1,20}}\s+){{0,6}}?(?:[^\W\d]{{0,20}}مین|اولین
        |نخستین))\s*(?:\(\s*(?P<digits>\d{{1,4}})\s*\)\s*)?(?:صورت ?)?{SESSION}(?!\w)"""
)
_SESSION = rx(rf"{SESSION}(?!\w)")
_NEAR, _REACH = 24, 160  # letters before «جلسه» in which an ordinal ends, and begins
_COUNTED_BEFORE = rx(rf"(?<![\d/])(?P<digits>\d{{1,4}})\s*[-–]?\s*(?:ا?مین|م)\s+{SESSION}(?!\w)")
# The paper's own title; «مصوبات جلسه پنجم» further down is another session's.
_OWN_TITLE = rx(
    rf"""\W*(?:(?:اهم|خلاصه|متن|گزیده|مشروح|گزارش|صورت) )?(?:مصوبات|تصمیمات|مذاکرات|گزارش
        |صورت ?جلسات) {SESSION} (?:شماره )?(?P<rest>[^\n:]{{1,60}})"""
)
_NUMBER_AFTER = rx(rf"{SESSION}\s*(?:شماره|ش|به شماره)\s*[:(]?\s*(?P<digits>\d{{1,4}})(?![\d/])")
_TITLE_NUMBER = rx(rf"(?<!مصوبات\s)(?<!\w)(?:صورت ?)?{SESSION}\s+(?:شماره )?(?P<rest>[^\n:]{{1,40}})")
_REVIEWED = rx(r"(?<!\w)(?:مصوبات|مصوبه|تصمیمات|بند|پیگیری|بررسی|مرور|صورت ?جلسات)(?!\w)[^:\n]{0,20}\Z")
_OF_BODY = rx(r"\W*صورت ?جلسه\s[^:\n]{3,80}?\s(?:شماره|به شماره)\s*[:(]?\s*(?P<digits>\d{1,4})(?![\d/])")
_COUNTED = rx("نفر|ساعت|روز|عضو|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|ماه")
_TITLES = 8  # lines that may be the paper's title
_EDGES = " \t\n\r:،؛.-–—|()"


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value of the header, and its line."""

    text: str
    line: int


def announced(told: Passage) -> re.Match[str] | None:
    """Where the meeting is announced by its number: its date stands behind."""
    return next(_ordinals(told.folded), None) or _NUMBER_AFTER.search(told.folded)


def _ordinals(folded: str) -> Iterator[re.Match[str]]:
    """Where an ordinal stands before «جلسه»; looked for only there, since any words may be part of one."""
    begin = 0
    for session in _SESSION.finditer(folded):
        if "ین" in folded[max(begin, session.start() - _NEAR) : session.start()]:
            match = _ORDINAL_BEFORE.search(folded, max(begin, session.start() - _REACH), session.end())
            if match:
                yield match
        begin = session.end()


def session_number(fields: dict[str, Field], head: list[Line], told: Passage) -> int | None:
    """The number: by its label, by an ordinal before «جلسه», by «جلسه شماره …», or in the paper's title."""
    return next(filter(None, _numbers(fields, head, told)), None)


def _numbers(fields: dict[str, Field], head: list[Line], told: Passage) -> Iterator[int | None]:
    """What may be the session's number, the surest first."""
    if "number" in fields:
        folded = same_length_fold(fields["number"].text)
        digits = re.match(r"\W*(\d{1,4})(?![\d/])", folded)
        yield int(digits[1]) if digits else words_to_int(folded)
    if "session" in fields:
        yield number_in(fields["session"].text)
    for match in _ordinals(told.folded):
        yield int(match["digits"]) if match["digits"] else _ordinal(match["words"])
    for pattern in (_COUNTED_BEFORE, _NUMBER_AFTER):
        if found := pattern.search(told.folded):
            yield int(found["digits"])
    first = next((line.folded for line in head if not line.blank), "")
    own = _OWN_TITLE.match(first)
    yield _leading_number(own["rest"]) if own else None
    yield from map(_in_title, head[:_TITLES])
    bare = fields.get("bare_number")
    yield parse_int(bare.text) if bare and len(bare.text) < 4 else None  # a longer one is a letter's


def _in_title(line: Line) -> int | None:
    folded = line.folded[:200]
    if body := _OF_BODY.match(folded):
        return int(body["digits"])
    titles = _TITLE_NUMBER.finditer(folded)
    # «بررسی مصوبات جلسه پنجم» tells another session's.
    own = (_leading_number(title["rest"]) for title in titles if not _REVIEWED.search(folded, 0, title.start()))
    return next(filter(None, own), None)


def _ordinal(said: str) -> int | None:
    """The number of the longest ordinal with which `said` ends."""
    tokens = said.split()
    for start in range(len(tokens)):
        if number := words_to_int(" ".join(tokens[start:])):
            return number
    return None


def _leading_number(rest: str) -> int | None:
    tokens = rest.split()
    for end in range(min(6, len(tokens)), 0, -1):
        said = " ".join(tokens[:end]).strip(_EDGES)
        ordinal = said.endswith("م") or said == "اول"
        composed = " و " in said and not (end < len(tokens) and _COUNTED.match(tokens[end]))  # «جلسه سیصد و نه»
        if (ordinal or composed) and (number := words_to_int(said)):
            return number
    digits = re.fullmatch(r"(\d{1,3})(?:-\d{2,4})?", tokens[0].strip(_EDGES)) if tokens else None
    return int(digits[1]) if digits and (len(tokens) == 1 or not _COUNTED.match(tokens[1])) else None
