"""Numbers that are written twice or that can be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dabir.persian.amounts import amount_of
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.findings.sums import UNIT
from dabir.reading.lines import Line
from dabir.reading.minutes import Fix, Severity
from dabir.reading.wording import rx

_ONE_UNIT = rx(UNIT)
_BRACKET = re.compile(r"\(([^()\n]{1,60})\)")
_WITH_UNIT = rx(rf"(?P<number>[^\n]{{1,60}}?)(?: (?P<unit>{UNIT}))? \Z")
_REACH, _WORDS_BEFORE = 120, 14  # letters and words before a bracket in which one number may stand
_LABELS = frozenset("ماده بند تبصره شماره جزء جزو ردیف اصل فصل کلاس پایه درجه منطقه ناحیه فاز طبقه".split())
_YEARS = range(1300, 1500)
_TOMAN = 10  # rials

_COMMA = re.compile(r"(?P<part>[,،]\s?\d{1,2})\s?(?:درصد|٪|%)")
_BEFORE_COMMA = re.compile(r"(?<![\d,،٫٬/])\d{1,3}\Z")


@rule("number.words", Severity.ERROR, "A number's words and its digits disagree")
def words_and_digits(paper: Paper) -> Iterator[Said]:
    if not paper.has("("):
        return
    for line in paper.lines:
        if "(" not in line.folded:
            continue
        for match in _BRACKET.finditer(line.folded):
            if words := _disagree(line, match):
                yield Said(f"عدد به حروف و به رقم در {quote(words)} یکی نیست.", (line.number, line.number))


def _disagree(line: Line, match: re.Match[str]) -> str | None:
    """The words before a bracket with it, where both are a number, one in words and one in digits, and not the same."""
    inside = _WITH_UNIT.match(match[1].strip())
    value = amount_of(inside["number"].strip()) if inside else None
    if inside is None or value is None:
        return None
    shift = max(0, match.start() - _REACH)
    words = list(re.finditer(r"\S+", line.folded[shift : match.start()]))
    unit = words.pop()[0] if words and _ONE_UNIT.fullmatch(words[-1][0]) else None
    found = _number_before(words, digits=not _has_digits(inside["number"]))
    if found is None:
        return None
    start, outer = found
    rials = {unit, inside["unit"]} == {"ریال", "تومان"}
    same = value if not rials else value * _TOMAN if inside["unit"] == "تومان" else value // _TOMAN
    if outer == same or (outer in _YEARS and outer % 100 == value):
        return None
    return line.words[shift + start : match.end()]


def _number_before(words: list[re.Match[str]], *, digits: bool) -> tuple[int, int] | None:
    """The longest number that the last words write, with the place where it begins; None for «بند سه»."""
    for first in range(max(0, len(words) - _WORDS_BEFORE), len(words)):
        text = " ".join(word[0] for word in words[first:])
        if words[first][0] != "و" and _has_digits(text) is digits and (value := amount_of(text)) is not None:
            return None if first and words[first - 1][0] in _LABELS else (words[first].start(), value)
    return None


def _has_digits(text: str) -> bool:
    return any(char.isdigit() for char in text)


@rule("number.decimal", Severity.NOTE, "A comma that may be a decimal mark")
def decimal_comma(paper: Paper) -> Iterator[Said]:
    # seed ب: «۵,۲ درصد»
    if not paper.has("درصد", "%", "٪"):
        return
    spans = []
    for comma in _COMMA.finditer(paper.folded):
        if whole := _BEFORE_COMMA.search(paper.folded, max(0, comma.start() - 4), comma.start()):
            spans.append((whole.start(), comma.end("part")))
    if spans:
        line = paper.line_at(spans[0][0])
        written = [paper.text[slice(*span)] for span in spans]
        fixes = tuple(Fix(old, re.sub(r"[,،]\s?", "٫", old)) for old in dict.fromkeys(written))
        said = f"در {quote(written[0])} معلوم نیست ویرگول ممیز است یا جداکننده؛ ممیز «٫» است."
        yield Said(said, (line, line), fixes[0].new, fixes=fixes)


RULES = (
    words_and_digits,
    decimal_comma,
)
