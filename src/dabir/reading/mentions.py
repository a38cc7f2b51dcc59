"""Where on a paper a short name stands in full («مهندسین مشاور» → «مهندسین مشاور …»), and which places it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from dabir.persian.honorifics import strip_honorifics
from dabir.persian.letters import same_length_fold, squash
from dabir.reading.endings import LEADS_ON
from dabir.reading.lines import Line
from dabir.reading.parties import begins_at, is_thing, name_end
from dabir.reading.wording import any_of, rx

# «سازمان مدیریت (که از این پس «سازمان» نامیده می‌شود)», «شرکت آب منطقه‌ای (به اختصار آبمنطقه)»
_HENCEFORTH = rx(
    r"""[(،]\s*(?:که )?(?:از این پس|زین پس|ازین پس|من ?بعد|به اختصار|اختصارا|به طور اختصار)\s+(?:به عنوان |در این \w+ )?
        [«"]?(?P<short>[^\W\d]{2,}(?:\s+[^\W\d]{2,}){0,2}?)[»"]?\s*(?=(?:نامیده|خوانده|گفته|ذکر)\s|\)|،)"""
)
_HENCE_WORDS = ("این پس", "زین پس", "اختصار", "بعد")
_NEAR = 60  # lines in which whoever a pronoun means is named
_MOST = 100  # mentions of one name that are looked at
_LONGEST_NAME = 120  # letters
_GAP = re.compile(r"\t|\||\s{3}")
_WORD = re.compile(r"(?<!\w)[^\W\d]")
_LONGEST_LINE = 20_000  # letters
# What may follow a short name and does not make it a full one.
_ADDS_NOTHING = rx(
    any_of(
        """محترم|مذکور|یادشده|یاد شده|فوق الذکر|فوق|مزبور|مربوطه|مربوط|ذیربط|ذی ربط|مرتبط|طرح|پروژه|متولی|مسئول|عضو
            |حاضر|مدعو|استان|شهرستان|شهر|بخش|منطقه|محل|و"""
    )
    + r"(?!\w)\W*"
)
_PLACE = rx(
    r"(?<!\w)(?P<kind>شهرستان|استان|بخش|شهر|روستای)\s+(?:محترم\s+|محروم\s+)?"
    r"(?P<name>سیستان و بلوچستان|چهارمحال و بختیاری|کهگیلویه و بویراحمد|[^\W\d]{2,}(?:\s+[^\W\d]{2,})?)"
)
_NO_PLACE = rx(
    any_of(
        """های|ها|ی|در|از|به|با|و|که|را|این|آن|برای|جهت|مورخه?|تاریخ|روز|ساعت|شماره|جلسه|سال|است|شد|می|محترم|مذکور
            |خصوصی|دولتی|کشاورزی|صنعتی|تعاون|جدید|مرکز|هر|نیز|تا|بر|مربوطه|یک|دو|سه|ما|محل|فرمانداری|شهرداری
            |استانداری|بخشداری|سالن|برگزار|تشکیل|عمومی|صنعت|درمان|خدمات|معدن|آب|اول|دوم|گردید|دارای|راس|ریاست"""
    )
    + r"(?!\w)"
)
# First words of two-word names; behind any other word the name is over.
_COMPOUND = frozenset("بندر باغ سر علی شاهین نجف خرم پل چهار کوه دره هفت تربت کهن فیروز مسجد قلعه ده".split())
_DIRECTIONS = frozenset("غربی شرقی شمالی جنوبی رضوی مرکزی".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A full name and the line on which it stands."""

    name: str
    line: int


class Mentions:
    """The names that a paper has. Looked for only when a short name asks, once for each."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = [line for line in lines if not line.blank and len(line.words) <= _LONGEST_LINE]
        self._full: dict[str, tuple[list[Mention], Mention | None]] = {}

    def best(self, short: str, at: int) -> tuple[Mention, bool] | None:
        """The full name for which the folded words `short` stand on line `at`, and whether the paper has no other:
        else it is the last one named until there, or the first of all."""
        if short not in self._full:
            found = list(self._look_for(short))
            self._full[short] = found, _sole(found)
        found, sole = self._full[short]
        if sole or not found:
            return (sole, True) if sole else None
        return found[max(0, bisect_right(found, at, key=lambda one: one.line) - 1)], False

    @cached_property
    def introduced(self) -> dict[str, Mention]:
        """The short names that the paper gives itself («که از این پس … نامیده می‌شود»), by their folded words."""
        found: dict[str, Mention] = {}
        for line in self._lines:
            if any(word in line.folded for word in _HENCE_WORDS):
                for match in _HENCEFORTH.finditer(line.folded):
                    start = _name_before(line.folded, match.start())
                    if start is not None:
                        name = strip_honorifics(line.words[start : match.start()])
                        found.setdefault(match["short"], Mention(name, line.number))
        return found

    def _look_for(self, short: str) -> Iterator[Mention]:
        count = 0
        for line, start in self._places(short):
            gap = _GAP.search(line.folded, start)  # the name ends with its cell
            end = name_end(line.folded, start, gap.start() if gap else len(line.folded)) or 0
            rest = start + len(short)
            while rest < end and not line.folded[rest].isalnum():
                rest += 1
            while rest < end and (match := _ADDS_NOTHING.match(line.folded, rest, end)):
                rest = match.end()
            if any(char.isalpha() for char in line.folded[rest:end]) and not is_thing(line.folded[rest:end]):
                yield Mention(strip_honorifics(line.words[start:end]), line.number)
                count += 1
            if count == _MOST:
                return

    def line_of(self, name: str) -> int | None:
        """The first line that has these words."""
        folded = same_length_fold(name)
        return next((line.number for line in self._lines if folded in line.folded), None)

    def last_line_of(self, name: str, until: int) -> int | None:
        """The last line, not behind `until` and not far before it, that has these words."""
        folded = same_length_fold(name)
        end = bisect_right(self._lines, until, key=lambda line: line.number)
        near = reversed(self._lines[max(0, end - _NEAR) : end])
        return next((line.number for line in near if folded in line.folded), None)

    def _places(self, short: str) -> Iterator[tuple[Line, int]]:
        for line in self._lines:
            folded, at = line.folded, line.folded.find(short)
            while at >= 0:
                end = at + len(short)
                if (at == 0 or not folded[at - 1].isalnum()) and (end == len(folded) or not folded[end].isalnum()):
                    yield line, at
                at = folded.find(short, end)


def _sole(found: list[Mention]) -> Mention | None:
    """The longest of the names, where all the others are parts of it."""
    by_key = {squash(one.name): one for one in reversed(found)}
    longest = max(by_key, key=len, default="")
    return by_key[longest] if found and all(longest.startswith(key) for key in by_key) else None


def _name_before(folded: str, end: int) -> int | None:
    """Where the name that ends just before `end` begins."""
    for match in _WORD.finditer(folded, max(0, end - _LONGEST_NAME), end):
        reach = name_end(folded, match.start(), end) if begins_at(folded, match.start()) else None
        if reach is not None and not folded[reach:end].strip():
            return match.start()
    return None


def places_in(texts: Iterable[str]) -> dict[str, str]:
    """The one county, city, province, district that the texts name, by the folded word for its kind; a kind of which
    they name several is left out."""
    found: dict[str, list[str]] = {}
    for text in texts:
        folded = same_length_fold(text)
        for match in _PLACE.finditer(folded):
            words = match["name"].split()
            if any(pattern.match(words[0]) for pattern in (_NO_PLACE, LEADS_ON)) or is_thing(words[0]):
                continue
            two = len(words) > 1 and (words[0] in _COMPOUND or words[1] in _DIRECTIONS or "و" in words)
            start = match.start("name")
            end = match.end("name") if two else start + len(words[0])
            found.setdefault(match["kind"], []).append(text[start:end])
    return {kind: names[0] for kind, names in found.items() if len({squash(name) for name in names}) == 1}
