"""Numbered lines, the marks they begin with, and passages: text that remembers the lines it came from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from dabir.persian.letters import FILLED, FILLER, MARKS, TATWEEL, ZWNJ, same_length_fold
from dabir.persian.remembering import remembered
from dabir.reading.minutes import Lines
from dabir.reading.wording import any_of, rx

# No minutes come near these; what lies behind them is kept, and not looked at.
LONGEST_LINE = 200_000  # letters
MOST_LINES = 50_000
WIDEST_GAP = 40  # blanks and signs without a letter that stand together; a pattern may try them in every way

_INVISIBLE = re.compile("[\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\ufe0f]")
_BLANKS = "\x00-\x09\x0b-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # but line ends
_GAP = re.compile(rf"[{_BLANKS}{ZWNJ}{FILLER}{MARKS}]{{{WIDEST_GAP + 1},}}")
# «مقـــرر», «مقرّر»: within a word they would be white space to the grammar, which could try to part it in every way.
_FILLED = re.compile(f"[{re.escape(FILLED)}]")
_WITHIN_WORD = re.compile(rf"(?<=[^\W\d{TATWEEL}]){_FILLED.pattern}+(?=[^\W\d{TATWEEL}])")
_MARKDOWN_HEAD = re.compile(r"\s*(#{1,6}\s+|>+\s*)")
_HEADED = ("#", ">", " ")
_RULE = re.compile(r"[\s|:+=_ـ—–\-*~]*")  # a rule under a title, or between the head and the rows of a Markdown table

_BULLET = "[-–—•·●○◦■□▪▫◾◼◻♦❖◆◇➢➤►▶✓✔✅☑√*➖⁃∙ــ←⬅+]"
_LETTERS = any_of("الف|ب|پ|ت|ث|ج|چ|ح|خ|د|ذ|ر|ز|ژ|س|ش|ص|ض|ط|ظ|ع|غ|ف|ق|ک|گ|ل|م|ن|و|ه|ی")
_ORDINALS = any_of("یکم|اول|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم|یازدهم|دوازدهم")
_NUMBER_WORDS = any_of("""یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|نوزده
    |بیست""")
_WORD = r"(?P<word>بند|ردیف|مصوبه(?: شماره)?|تصمیم(?: شماره)?|ماده|تبصره|جزء|جزو|موضوع|محور)"
_SEPARATOR = r"(?:[-–—ـ_.٫):؛/]|\s-)"
_MARKS = tuple(
    rx(pattern)
    for pattern in (
        rf"(?P<word>ماده واحده|تبصره)()\s*{_SEPARATOR}+\s*(?!\d)",
        rf"""{_WORD}\s*[(\[]?(?P<label>\d{{1,4}}(?:[-./]\d{{1,3}}){{0,2}}|{_LETTERS}|{_ORDINALS}
            |{_NUMBER_WORDS})[)\]]?\s*(?:{_SEPARATOR}+\s*|\Z)""",
        r"()(?P<label>\d{1,4}\s+-\s*\d{1,3})(?=[^\W\d])",  # «866 -1مقرر»: the order of a right-to-left number, broken
        rf"()[(\[]\s*(?P<label>\d{{1,4}}|{_LETTERS})\s*[)\]]\s*{_SEPARATOR}*\s*",
        rf"()(?P<label>\d{{1,4}}(?:[-.]\d{{1,3}}){{0,3}})\s*{_SEPARATOR}(?!\d)[-–—ـ.]*\s*",
        rf"()(?P<label>{_LETTERS}(?:[-.]\d{{1,3}})?|\d{{1,3}}[-–]{_LETTERS}|{_ORDINALS})\s*{_SEPARATOR}[-–—ـ.]*\s*",
    )
)
_BULLETS = re.compile(rf"\s*(?:{_BULLET}\s*)+")
# A table of two columns, «ردیف» and «شرح», is a list: its numbers are marks, and its head is a title or nothing.
_IN_CELL = re.compile(r"(?P<label>\d{1,4})\t\s*(?=\S)")
_LIST_HEAD = rx(r"\W*(?:ردیف|شماره|ش)\W*\t\s*(?P<title>(?:شرح|متن|موضوع|عنوان)(?:\s+[^\t]{1,40})?)\s*")
_BARE = re.compile(r"(?P<label>\d{1,4})\s*(?=[^\W\d])")
_DECIDING = rx("(?:مقرر|مصوب|موافقت|تصویب|پیشنهاد)")
_YEARS = range(1300, 1500)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a line's words: `label` («3», «الف», «1-2»; ASCII digits) or none, and `word` («بند»)."""

    style: str  # "number", "part" (1-2), "letter", "bullet", "clause"
    label: str | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, its text without emphasis and invisible signs, its mark, the words after that."""

    number: int
    text: str
    words: str
    mark: Mark | None = None
    folded: str = field(default="", repr=False)  # its words

    def __post_init__(self) -> None:
        if not self.folded:
            object.__setattr__(self, "folded", same_length_fold(self.words))

    @property
    def blank(self) -> bool:
        return not self.words and not self.mark

    @property
    def cells(self) -> list[str]:
        """The line's cells where it is a row (tabs or bars); one cell otherwise."""
        return split_cells(self.text)

    @property
    def is_row(self) -> bool:
        """Whether several cells have words, the mark aside."""
        return sum(map(bool, split_cells(self.words))) > 1

    def with_next(self, line: Line) -> Line:
        """The line and the words of the one that it runs on in."""
        words, folded = f"{self.words} {line.words}", f"{self.folded} {line.folded}"
        return Line(self.number, f"{self.text} {line.words}", words, self.mark, folded)

    def rest(self, text: str, mark: Mark | None) -> Line:
        """The line with only `text`, the end of its words, left of it."""
        return Line(self.number, text, text, mark, self.folded[len(self.words) - len(text) :])


@dataclass(frozen=True, slots=True)
class Passage:
    """Text put together from lines; `folded` has the same length: what is found there can be cut from `text`."""

    text: str
    offsets: tuple[int, ...]
    numbers: tuple[int, ...]
    folded: str = field(default="", repr=False)

    @classmethod
    def of(cls, parts: Iterable[tuple[int, str]]) -> Passage:
        """The passage of (line number, text) pairs, joined by spaces."""
        texts: list[str] = []
        offsets: list[int] = []
        numbers: list[int] = []
        at = 0
        for number, part in parts:
            text = part.strip()
            if not text:
                continue
            offsets.append(at)
            numbers.append(number)
            texts.append(text)
            at += len(text) + 1
        whole = " ".join(texts)
        return cls(whole, tuple(offsets), tuple(numbers), same_length_fold(whole))

    @classmethod
    def of_lines(cls, lines: list[Line]) -> Passage:
        """The passage of the lines' words, joined by spaces."""
        lines = [line for line in lines if line.words] or lines[:1]
        offsets: list[int] = []
        at = 0
        for line in lines:
            offsets.append(at)
            at += len(line.words) + 1
        return cls(
            " ".join([line.words for line in lines]),
            tuple(offsets),
            tuple([line.number for line in lines]),
            " ".join([line.folded for line in lines]),
        )

    def lines(self, start: int = 0, end: int | None = None) -> Lines:
        """The lines on which the characters from `start` to `end` stand."""
        last = max(start, (len(self.text) if end is None else end) - 1)
        first_line, last_line = (self.numbers[max(0, bisect_right(self.offsets, at) - 1)] for at in (start, last))
        return first_line, last_line

    def parts(self) -> Iterator[tuple[int, str]]:
        """The pieces of the passage, each with its line."""
        bounds = (*self.offsets[1:], len(self.text) + 1) if self.offsets else ()
        for number, start, end in zip(self.numbers, self.offsets, bounds, strict=True):
            yield number, self.text[start : end - 1]

    def cut(self, start: int, end: int | None = None) -> Passage:
        """The part from `start` to `end`, without white space around it."""
        end = len(self.text) if end is None else min(end, len(self.text))
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        first, after = max(0, bisect_right(self.offsets, start) - 1), bisect_left(self.offsets, end)
        offsets = tuple(max(0, at - start) for at in self.offsets[first:after])
        numbers = self.numbers[first:after]
        return Passage(self.text[start:end], offsets, numbers, self.folded[start:end])


def number_lines(paper: str) -> list[Line]:
    """The lines of the paper with their marks, without emphasis and invisible signs."""
    # Cleaning keeps the number of lines, and costs a fraction when it is done on the whole paper.
    text = "\n".join([line[:LONGEST_LINE] for line in split_lines(paper)[:MOST_LINES]])
    text = _INVISIBLE.sub("", text).replace("**", "").replace("__", "").replace("\u00a0", " ")
    if _FILLED.search(text):
        text = _WITHIN_WORD.sub("", text)
    text = _GAP.sub(lambda gap: gap[0][:WIDEST_GAP], text)
    return _with_bare_numbers([_line(line, number) for number, line in enumerate(text.split("\n"), 1)])


def split_lines(text: str) -> list[str]:
    """The source lines; only real line ends count, so that numbers agree with an editor's."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def split_cells(text: str) -> list[str]:
    """The cells between bars, tabs or, in old plain text, wide gaps; empty ones are kept."""
    bare = text.strip(" \n\r")
    if bare.count("|") >= 2 or " | " in bare:
        return [cell.strip() for cell in bare.strip("|").split("|")]
    if "\t" in bare:
        return [cell.strip() for cell in bare.split("\t")]
    return [cell.strip() for cell in re.split(r" {3,}", bare.strip())]


@remembered
def _line(text: str, number: int) -> Line:
    folded = same_length_fold(text)
    if text[:1] in _HEADED and (match := _MARKDOWN_HEAD.match(text)):
        text, folded = text[match.end() :], folded[match.end() :]
    if _RULE.fullmatch(text):
        return Line(number, "", "")
    if text.count("\t") == 1 and (head := _LIST_HEAD.fullmatch(folded)):
        begin, end = head.span("title") if " " in head["title"].strip() else (0, 0)
        text, folded = text[begin:end], folded[begin:end]
    text, folded = text.rstrip(), folded[: len(text.rstrip())]
    mark, begin = _mark(folded)
    words = text[begin:].lstrip()
    return Line(number, text, words, mark, folded[len(text) - len(words) :])


def _mark(folded: str) -> tuple[Mark | None, int]:
    if folded.count("\t") == 1 and (match := _IN_CELL.match(folded)):
        return Mark("number", match["label"]), match.end()
    bullets = _BULLETS.match(folded)
    begin = bullets.end() if bullets else len(folded) - len(folded.lstrip())
    for pattern in _MARKS:
        match = pattern.match(folded, begin)
        if match:
            found = match.groupdict()
            label = (found.get("label") or "").strip() or None
            if label and label.isdigit() and int(label) in _YEARS:
                continue
            return Mark(_style(label), label, found.get("word")), match.end()
    if bullets and begin < len(folded):
        return Mark("bullet"), begin
    return None, begin


def _style(label: str | None) -> str:
    if label is None:
        return "clause"
    if label.isdigit():
        return "number"
    return "part" if label[0].isdigit() else "letter"


def _with_bare_numbers(lines: list[Line]) -> list[Line]:
    """Lines that begin with a number and no separator («281 مقرر شد»): marked where a decision or neighbour says so."""
    bare: dict[int, re.Match[str]] = {}
    for place, line in enumerate(lines):
        unmarked = line.mark is None or line.mark.style == "bullet"  # «-۱ …»: the order of the mark turned around
        match = _BARE.match(line.folded) if unmarked and "\t" not in line.text else None
        if match and int(match["label"]) not in _YEARS:
            bare[place] = match
    values = {int(match["label"]) for match in bare.values()}
    marked = list(lines)
    for place, match in bare.items():
        line, value = lines[place], int(match["label"])
        deciding = _DECIDING.match(line.folded, match.end())
        neighbour = len(bare) > 2 and {value - 1, value + 1} & values and line.folded[match.end() - 1] == " "
        if deciding or neighbour:
            words = line.words[match.end() :].lstrip()
            folded = line.folded[len(line.words) - len(words) :]
            marked[place] = replace(line, mark=Mark("number", match["label"]), words=words, folded=folded)
    return marked
