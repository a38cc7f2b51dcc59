"""Which body met: out of the title («صورتجلسه ستاد …»), or of the first sentence («یازدهمین جلسه شورای … در …»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from dabir.persian.letters import same_length_fold
from dabir.reading.lines import Line, Passage
from dabir.reading.wording import any_of, rx

_KIND = any_of(
    "ستاد|شورا|شورای|کمیته|کمیسیون|کارگروه|هیات|هیئت|انجمن|مجمع|قرارگاه|گروه|کنسرسیوم|اتاق|کانون|هسته|دبیرخانه"
)
_TITLE = rx(r"صور ?ت ?جلسه\s+(?:(?:شماره )?\d{1,4}\s+)?")
_SESSION = rx(
    r"""(?:مین|شماره \d{1,4}|\))\s*(?:جلسه|نشست|اجلاس)(?: رسمی| عادی| فوق العاده| علنی| مشترک)*\s+
        |(?:جلسه|نشست)(?: رسمی| عادی| فوق العاده)*\s+(?:شماره \d{1,4}\s+)?(?:مورخه?\s+[\d/]+\s+)?(?="""
    + _KIND
    + ")"
)
_OVER = r"""(?<!\w)(?:در|روز|روزهای|مورخ|مورخه|با|به|ساعت|راس|تشکیل|برگزار|منعقد|شد|سال|که|از|بشرح|مصوب|آغاز|جهت|پیرو
    |شماره|جلسه|صورتجلسه|صورت جلسه|دوشنبه|شنبه|قرار|مطرح|ارائه|موافقت|تصویب|نسبت|استانشماره|شهرقرار|نمایند|نماید|گردید
    |گرفت|محترم)(?!\w)"""
_TERM = r"(?:[^\W\d]+مین\s+دوره\s+|\w+\s+دوره\s+)?"
_NAME = rx(rf"{_TERM}(?P<name>{_KIND}(?!\w).*?)(?=\s*(?:[،:؛.|—–\t\n]|{_OVER}|\(\s*\d)|\Z)")
_TITLE_NAME = rx(rf"{_TERM}(?P<name>{_KIND}(?!\w).*?)(?=\s*(?:[:؛.|—–\t\n]|\s{{3}}|{_OVER}|\(\s*\d)|\Z)")  # commas too
# Without the word «جلسه», only a title's own words or its members («اعضای شورای …») name the body that met.
_NAMED = rx(
    rf"""(?<!\w)(?<!رئیس\s)(?<!دبیر\s)(?<!به\s)(?<!توسط\s)(?<!نماینده\s)(?<!محترم\s)
        (?={_KIND}(?!\w)(?!\s+ای(?!\w)))"""
)
_MEMBERS = rx(rf"(?<!\w)اعضا(?:ی|ء)? (?:محترم )?(?={_KIND}(?!\w))")
_LONGEST = 120
_TITLES = 8


def body_in(head: list[Line], told: Passage) -> str | None:
    """The body's name as the paper has it, or None."""
    cells = [cell for line in head for cell in line.text.split("\t")]
    titles = (_name(text[at:], _TITLE_NAME) for text, at in _after(_TITLE, cells))
    places = (_name(text[at : at + _LONGEST], _NAME) for text, at in _places(head, told))
    return next(filter(None, chain(titles, places)), None)


def _places(head: list[Line], told: Passage) -> Iterator[tuple[str, int]]:
    """Where the body's name may begin, the likeliest first."""
    yield from _after(_SESSION, [line.words for line in head])
    yield from _after(_SESSION, [told.text])
    yield from _after(_NAMED, [line.words for line in head[:_TITLES] if len(line.words) <= _LONGEST])
    yield from _after(_MEMBERS, [line.words for line in head])


def _after(pattern: re.Pattern[str], texts: list[str]) -> Iterator[tuple[str, int]]:
    for text in texts:
        for match in pattern.finditer(same_length_fold(text)):
            yield text, match.end()


def _name(text: str, pattern: re.Pattern[str]) -> str | None:
    match = pattern.match(same_length_fold(text))
    return text[match.start("name") : match.end("name")].strip(" -–—،") if match else None
