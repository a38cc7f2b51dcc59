"""Whose figures they are, where a sentence says so: «به گزارش مرکز آمار ایران», «آمار منتشر شده از سوی بانک مرکزی»."""

from __future__ import annotations

from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.wording import folded_words, has_one, rx

_NEEDED = folded_words("آمار گزارش اعلام نقل داده اطلاعات بررسی مطالعات برآورد")
_DATA = r"(?:آمار|آمارها|آمارهای|گزارش|گزارشات|داده ها|داده های|اطلاعات|برآورد|مطالعات|سرشماری|بررسی های)"
_AFTER = rx(
    r"""(?<!\w)(?:(?:به|بنا به|بنابه|طبق|مطابق|برابر|بر ?اساس|بر ?پایه|حسب)\s+(?:آخرین\s+)?(?:گزارش|آمار|آمارهای|اعلام
        |اظهار|برآورد|داده های|اطلاعات|مطالعات|گزارش های)|به نقل از|به استناد (?:آمار|گزارش))(?!\w)\s*(?:رسمی\s+)?"""
)
_BY = rx(rf"""(?<!\w){_DATA}(?!\w)(?:\s+[^\W\d]+){{0,4}}?\s+(?:از سوی|توسط|از طرف|از جانب)(?!\w)\s*""")
_OF = rx(rf"(?<!\w)(?:(?:با )?اشاره به|با استناد به|با توجه به)\s+(?:آخرین\s+)?{_DATA}(?!\w)\s*")
_KNOWN = rx(r"(?:مرکز آمار(?: ایران)?|بانک مرکزی(?: (?:ایران|جمهوری اسلامی ایران))?)(?!\w)")
_HEAD = rx(
    r"""(?:مرکز|سازمان|اداره|اداره کل|بانک|وزارت|موسسه|پژوهشکده|دانشگاه|معاونت
        |شرکت|ستاد|صندوق|فرمانداری|استانداری|شهرداری
        |بنیاد|جهاد)(?!\w)"""
)
_REST = rx(r"(?:\s+(?!(?:در|از|به|با|که|را|و|اعلام|طی|برای|مبنی|حاکی|نشان|پیرامون|درخصوص|،)(?!\w))[^\W\d]+){0,5}")


def source_in(sentence: Passage, before: int) -> str | None:
    """The one body whose figure, at `before`, it is said to be, in the words of the paper; None where none or several
    are named."""
    folded = sentence.folded
    if not has_one(folded, _NEEDED):
        return None
    for pattern in (_AFTER, _BY, _OF):
        found = [match for match in pattern.finditer(folded, 0, before)]
        if found and (name := _name(sentence, found[-1].end(), before)):
            return name
    return None


def _name(sentence: Passage, at: int, end: int) -> str | None:
    if known := _KNOWN.match(sentence.folded, at, end):
        return sentence.text[at : known.end()]
    spans, _ = names_from(sentence, at, end)
    if spans:
        return sentence.text[slice(*spans[0])].strip() if len(spans) == 1 else None
    head = _HEAD.match(sentence.folded, at, end)
    rest = _REST.match(sentence.folded, head.end(), end) if head else None
    return sentence.text[at : rest.end()].strip() if head and rest and rest.end() > head.end() else None
