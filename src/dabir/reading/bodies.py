"""Which body met: out of the title («صورتجلسه ستاد …»), or of the first sentence («یازدهمین جلسه شورای … در …»)."""

from __future__ import annotations

from dabir.persian.letters import same_length_fold
from dabir.reading.lines import Line, Passage
from dabir.reading.wording import any_of, rx

_KIND = any_of(
    "ستاد|شورا|شورای|کمیته|کمیسیون|کارگروه|هیات|هیئت|انجمن|مجمع|قرارگاه|گروه|کنسرسیوم|اتاق|کانون|هسته|دبیرخانه"
)
_TITLE = rx(r"صور ?ت ?جلسه\s+(?:(?:شماره )?\d{1,4}\s+)?")
_SESSION = rx(
    r"""(?:مین|شماره \d{1,4}|\))\s*(?:جلسه|نشست|اجلاس)(?: رسمی| عادی| فوق العاده| علنی| مشترک)*\s+|(?:جلسه
        |نشست)(?: رسمی| عادی| فوق العاده)*\s+(?="""
    + _KIND
    + ")"
)
_NAME = rx(
    rf"(?:[^\W\d]+مین\s+دوره\s+|\w+\s+دوره\s+)?(?P<name>{_KIND}(?!\w).*?)"
    r"""(?=\s*(?:[،:؛.|—–\t\n]|(?<!\w)(?:در|روز|روزهای|مورخ|مورخه|با|به|ساعت|راس|تشکیل|برگزار|منعقد|شد|سال|که|از|بشرح
        |مصوب|آغاز|جهت|پیرو|شماره|جلسه|صورتجلسه|صورت جلسه|دوشنبه|شنبه|قرار|مطرح|ارائه|موافقت|تصویب|نسبت
        |استانشماره)(?!\w)|\(\s*\d)|\Z)"""
)
_ANYWHERE = rx(
    rf"""(?<!\w)(?<!رئیس\s)(?<!دبیر\s)(?<!به\s)(?<!توسط\s)(?<!نماینده\s)(?<!محترم\s)
        (?={_KIND}(?!\w)(?!\s+ای(?!\w)))"""
)
_LONGEST = 120
_TITLES = 8  # lines that may name the body without saying «جلسه»


def body_in(head: list[Line], told: Passage) -> str | None:
    """The body's name as the paper has it, or None."""
    for line in head:
        for cell in line.text.split("\t"):
            folded = same_length_fold(cell)
            title = _TITLE.search(folded)
            if title and (name := _name(cell, folded, title.end())):
                return name
    for line in head:
        match = _SESSION.search(line.folded)
        if match and (name := _name(line.words, line.folded, match.end())):
            return name
    for match in _SESSION.finditer(told.folded):
        if name := _name(told.text, told.folded, match.end()):
            return name
    for line in head[:_TITLES]:
        if len(line.words) > _LONGEST and "اعضای شورا" not in line.folded:
            continue
        found = _ANYWHERE.search(line.folded)
        if found and (name := _name(line.words, line.folded, found.start())):
            return name
    return None


def _name(text: str, folded: str, at: int) -> str | None:
    window = folded[at : at + _LONGEST]
    match = _NAME.match(window)
    return text[at + match.start("name") : at + match.end("name")].strip(" -–—،") if match else None
