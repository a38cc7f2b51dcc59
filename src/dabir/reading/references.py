"""Mentions of other places of the paper and of laws: «جزء ۳ بند ب», «ماده ۲۷ قانون برنامه ششم»."""

from __future__ import annotations

from dabir.reading.lines import Passage
from dabir.reading.minutes import Reference
from dabir.reading.wording import any_of, rx

_LABEL = r"""[(«\"]?\s*(?:\d{1,4}|الف|[بپتثجچحخدرزسشصطعفقکگلمنوهی]|اول|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم
    |واحده)(?!\w)\s*[)»\"]?"""
_PART = rf"(?:جزء|جزو|بند|بندهای|تبصره|ماده|مواد|ردیف|اصل|فصل)(?!\w) {_LABEL}"
_LAW = any_of(
    """قانون|آیین نامه|آئین نامه|تصویب نامه|تصویبنامه|دستورالعمل|بخشنامه|اساسنامه|مصوبه|مصوبات|صورتجلسه|صورت جلسه
        |دستور جلسه|این صورتجلسه|این جدول"""
)
_REFERENCE = rx(rf"(?<!\w){_PART}(?:\s*(?:و|،|از)?\s*{_PART}){{0,3}}(?:\s+{_LAW}(?:\s+[^\s،.؛:()]+){{0,4}})?")


def references_in(passage: Passage) -> list[Reference]:
    """The references of the passage, with the lines on which they stand."""
    return [
        Reference(passage.text[match.start() : match.end()].strip(), passage.lines(match.start(), match.end()))
        for match in _REFERENCE.finditer(passage.folded)
    ]
