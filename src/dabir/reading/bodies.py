"""Which body met: out of the title («صورتجلسه ستاد …»), or of the first sentence («یازدهمین جلسه شورای … در …»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from dabir.persian.letters import same_length_fold
from dabir.reading.lines import Line, Passage
from dabir.reading.wording import any_of, folded_words, has_one, rx

_KIND = any_of(
    "ستاد|شورا|شورای|کمیته|کمیسیون|کارگروه|هیات|هیئت|انجمن|مجمع|قرارگاه|گروه|کنسرسیوم|اتاق|کانون|هسته|دبیرخانه"
)
_TITLE = rx(r"صور ?ت ?جلسه\s+(?:(?:شماره )?\d{1,4}\s+)?")
_SORT = "(?: رسمی| عادی| فوق العاده| علنی| مشترک| تخصصی| کارشناسی| عمومی| هماهنگی| هفتگی| نوبتی)*"
_SESSION = rx(
    rf"""(?:مین|شماره \d{{1,4}}|\))\s*(?:جلسه|نشست|اجلاس){_SORT}\s+
        |(?:جلسه|نشست){_SORT}\s+(?:شماره \d{{1,4}}\s+)?(?:مورخه?\s+[\d/]+\s*)?(?={_KIND})
        |(?<!\w)[^\W\d]{{2,}}ین\s+(?=مجمع(?!\w))"""
)
# «شورای عالی اداری در یکصد و هفدهمین جلسه …»
_IN_SESSION = rx(rf"\W*(?={_KIND}(?!\w).{{3,80}}?\s+در\s+(?:[^\W\d]+مین\s+)?(?:جلسه|نشست)(?!\w))")
_OVER = r"""(?<!\w)(?:در|روز|روزهای|مورخ|مورخه|با|به|ساعت|راس|تشکیل|برگزار|منعقد|شد|سال|که|از|بشرح|مصوب|آغاز|جهت|پیرو
    |شماره|جلسه|صورتجلسه|صورت جلسه|دوشنبه|شنبه|قرار|مطرح|ارائه|موافقت|تصویب|نسبت|استانشماره|شهرقرار|نمایند|نماید|گردید
    |گرفت|محترم|توسط|برای|مبنی|ریاست|\d{1,2} (?:فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند)
    |و (?:شهردار|فرماندار|بخشدار|معاون|رئیس|مدیر|مدیران|جمعی|تعدادی|برخی|نماینده|نمایندگان|سایر))(?!\w)"""
_TERM = r"(?:[^\W\d]{1,20}مین\s+دوره\s+|\w{1,20}\s+دوره\s+)?"
_NAME = rx(rf"{_TERM}(?P<name>{_KIND}(?!\w).*?)(?=(?<=\S)-\s|\s*(?:[،:؛.|—–\t\n]|{_OVER}|\(\s*\d)|\Z)")
_TITLE_NAME = rx(rf"{_TERM}(?P<name>{_KIND}(?!\w).*?)(?=\s*(?:[:؛.|—–\t\n]|\s{{3}}|{_OVER}|\(\s*\d)|\Z)")  # commas too
# Without the word «جلسه», only a title's own words or its members («اعضای شورای …») name the body that met.
_NAMED = rx(
    rf"""(?<!\w)(?<!رئیس\s)(?<!دبیر\s)(?<!به\s)(?<!توسط\s)(?<!نماینده\s)(?<!محترم\s)
        (?={_KIND}(?!\w)(?!\s+ای(?!\w)))"""
)
_MEMBERS = rx(rf"(?<!\w)اعضا(?:ی|ء)? (?:محترم )?(?={_KIND}(?!\w))")
_SORTS = rx(r"(?:[\W_]|عادی|فوق العاده|علنی|غیر ?علنی|رسمی|غیر ?رسمی|حضوری|مجازی|مشترک)*")
_MEETS = folded_words("جلسه نشست اجلاس مجمع")
_BEFORE_SESSION = 200  # letters in which a body's name and its session stand
_LONGEST = 120
_TITLES = 8
_FIRST = 30  # letters of a line in which a title says that it is one


def body_in(head: list[Line], told: Passage) -> str | None:
    """The body's name as the paper has it, or None. One that says what it deals with goes before a bare «شورا»."""
    bare = None
    for name in chain(_titles(head), (_name(text[at : at + _LONGEST], _NAME) for text, at in _places(head, told))):
        if name and " " in name:
            return name
        bare = bare or name
    return bare


def is_sort(text: str) -> bool:
    """True for what a form asks about the session («عادی / فوق‌العاده»), which is no body's name."""
    return bool(_SORTS.fullmatch(same_length_fold(text)))


def _titles(head: list[Line]) -> Iterator[str | None]:
    """The names after «صورتجلسه» near the beginning of a line that is no item of a list."""
    for line in head:
        for cell in line.text.split("\t") if line.mark is None or line.mark.style == "bullet" else ():
            match = _TITLE.search(same_length_fold(cell[: _FIRST + _LONGEST])) if "صور" in cell[:_FIRST] else None
            if match and match.start() <= _FIRST:
                yield _name(cell[match.end() :], _TITLE_NAME)


def _places(head: list[Line], told: Passage) -> Iterator[tuple[str, int]]:
    """Where the body's name may begin, the likeliest first."""
    texts = [(line.words, line.folded) for line in head]
    meets = [(words, folded) for words, folded in (*texts, (told.text, told.folded)) if has_one(folded, _MEETS)]
    yield from _after(_SESSION, meets)
    for words, folded in meets:
        if match := _IN_SESSION.match(folded[:_BEFORE_SESSION]):
            yield words, match.end()
    yield from _after(_NAMED, [text for text in texts[:_TITLES] if len(text[0]) <= _LONGEST])
    yield from _after(_MEMBERS, [text for text in texts if "اعضا" in text[1]])


def _after(pattern: re.Pattern[str], texts: list[tuple[str, str]]) -> Iterator[tuple[str, int]]:
    for words, folded in texts:
        for match in pattern.finditer(folded):
            yield words, match.end()


def _name(text: str, pattern: re.Pattern[str]) -> str | None:
    match = pattern.match(same_length_fold(text))
    if match is None:
        return None
    name = text[match.start("name") : match.end("name")]
    return (name.partition("(")[0] if name.count("(") > name.count(")") else name).strip(" -–—،")
