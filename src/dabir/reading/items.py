"""Items: the numbered, lettered or bulleted pieces of a block with their wrapped lines; paragraphs; sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from dabir.persian.remembering import remembered
from dabir.reading.decisions import SPEECH, decides
from dabir.reading.lines import Line, Mark, Passage
from dabir.reading.parties import SPEAKER
from dabir.reading.quoted import LETTER, closes, is_open, letters_in
from dabir.reading.wording import rx

_ENDED = rx(r".*[.!؟?:؛][\s)»\"*]*\Z")
_UNFINISHED = rx(
    r""".*(?:(?<!\w)(?:و|یا|به|از|در|با|که|را|تا|برای|جهت|بر|این|آن|هر|محترم|محل|طبق|ضمن|نیز|توسط|کل|اداره|سازمان
        |شورای|نسبت|مورد|(?:مقرر|مصوب|موافقت|موظف|مکلف) (?:شد|گردید|است))|[،,(\-–—])\s*\Z"""
)
_FINITE_END = rx(
    r""".*(?:شد|شدند|گردید|گردیدند|شود|گردد|نماید|نمایند|کند|کنند|کرد|نمود|نمودند|کردند|است|بود|باشد|رسید|گرفت|داد|دهد
        |دهند|گیرد|گیرند|پذیرد|یابد|شوند|گردند)\s*\Z"""
)
_STARTERS = rx(
    r"""\W*(?:سپس|در (?:ابتدا|ادامه|پایان|خاتمه|انتها|آغاز|نهایت)|جناب آقای|سرکار خانم|ایشان|با (?:اتفاق|اکثریت
        |وحدت) (?:آراء|آرا|نظر)|رونوشت|صورت جلسه)(?!\w)"""
)
# These begin a paragraph only where the line before them is complete; a wrapped line may begin with them too.
_LIKELY_STARTERS = rx(
    r"""\W*(?:ابتدا|پس از|جناب|سرکار|آقای|خانم|همچنین|ضمنا|لذا|نامبرده|جلسه|مقرر|مصوب|مصوبات
        |مهلت (?:اجرای |انجام )?مصوبه)(?!\w)"""
)
_LABELLED = rx(
    r"""\W*(?:مسئول|مسئولیت|مهلت|مجری|متولی|پیگیری|اقدام کننده|همکار|همکاران|زمان|موعد|تاریخ اجرا|دستگاه (?:اجرایی
        |مسئول|همکار))[^:]{0,25}:"""
)
_NOTE = rx(r"(?<=[.؛:\s])\s*تبصره\s*(?:\d{1,2})?\s*[-–—ـ:]\s*")
# A number that goes on in a list may be glued to the word before it («… خرید کولر2- تعمیر …»).
_INNER_NUMBER = rx(r"(?:(?<=[\s:؛.،])|\A|(?<=[^\W\d])(?!1\s*[-–]))(?P<label>\d{1,2})\s*[-–—ـ_.٫):]+\s*(?=[^\W\d])")
_INNER_LETTER = rx(r"(?:(?<=[\s:؛.،])|\A)(?P<label>الف|[بپتجچد])\s*[-–—ـ)]+\s*(?=\w)")
_INNER_BULLET = re.compile(r"\s[_•●▪]\s*(?=\w)")
_NUMBERS = tuple(str(number) for number in range(1, 40))
_ALPHABET = ("الف", "ب", "ج", "د")
_LONGEST_SENTENCE = 10_000  # letters; no sentence comes near
_SHORT = 60  # letters
_TELLS = rx(r"""\s(?:شد|شود|گردید|گردد|بود|است|نماید|نمایند|باشد|باشند|می باشد|می شود
    |می گردد|کند|کنند|دهد|دهند|بدهد|شوند|گردند|کرد|نمود|خواهد بود)\s*\.\s*\Z""")
_LONGEST_LETTER = 30  # lines
_WRAPPED = 40  # letters; a shorter line that ends nowhere is complete, not wrapped


@dataclass(slots=True)
class Item:
    """A piece of a block: its mark (none for a paragraph), its words, and the items under it."""

    mark: Mark | None
    passage: Passage
    children: list[Item] = field(default_factory=list)

    @property
    def label(self) -> str | None:
        """The number or letter as written; a note («تبصره») is called so."""
        if self.mark is None:
            return None
        return self.mark.label or self.mark.word

    @property
    def opens(self) -> bool:
        """True when the words end with a colon: what follows belongs to them."""
        return self.passage.text.rstrip(" )»\"'").endswith((":", ":-"))

    def whole(self) -> Passage:
        """Its words with those of all items under it."""
        return Passage.of(part for one in self.walk() for part in one.passage.parts())

    def walk(self) -> Iterator[Item]:
        yield self
        for child in self.children:
            yield from child.walk()


def group(lines: list[Line]) -> list[Item]:
    """The items and paragraphs of `lines` in order, flat: a wrapped line belongs to what it goes on."""
    items: list[Item] = []
    mark: Mark | None = None
    parts: list[Line] = []
    gap = 0
    short = 0  # items of one short line each that stand before, as in a list of members

    def close() -> None:
        nonlocal short
        if parts:
            short = short + 1 if mark and len(parts) == 1 and len(parts[0].words) < _SHORT else 0
            items.extend(Item(*piece) for piece in _pieces(Passage.of_lines(parts), mark))
        parts.clear()

    quoting = 0  # lines that a letter may still go on
    for line in lines:
        if line.blank:
            gap += 1
            continue
        if quoting:
            parts.append(line)
            quoting = 0 if closes(line.folded) else quoting - 1
            continue
        told = short > 1 and len(parts) == 1 and len(parts[0].words) < _SHORT and _TELLS.search(line.folded)
        if line.mark or not parts or told or not _goes_on(parts[-1], mark, gap, line):
            close()
            mark = line.mark
        parts.append(line)
        gap = 0
        quoting = _LONGEST_LETTER if is_open(line.folded) else 0
    close()
    return [item for item in items if item.passage.text]


def _goes_on(last: Line, mark: Mark | None, gap: int, line: Line) -> bool:
    before = last.words
    if not before:
        return True
    folded = last.folded[-60:]
    letter = before.endswith(":") and bool(letters_in(line.folded)) and LETTER.search(last.folded) is not None
    if letter or _UNFINISHED.fullmatch(folded) or _LABELLED.match(line.folded):
        return True
    if _STARTERS.match(line.folded) or (SPEAKER.match(line.folded) and SPEECH.search(line.folded)):
        return False
    ended = bool(_ENDED.fullmatch(folded))
    if (ended or gap) and _LIKELY_STARTERS.match(line.folded):
        return before.endswith(":") and mark is not None
    if gap == 0:
        return mark is not None or (not ended and not _FINITE_END.fullmatch(folded))
    return not ended and mark is None and len(before) >= _WRAPPED and not _FINITE_END.fullmatch(folded)


@remembered
def _pieces(passage: Passage, mark: Mark | None) -> tuple[tuple[Mark | None, Passage], ...]:
    """The marks and passages of the items that stand in one piece of the paper."""
    pieces = [item for noted in _with_notes(mark, passage) for item in _with_inner_list(noted)]
    return tuple([(item.mark, item.passage) for item in pieces])


def _with_notes(mark: Mark | None, passage: Passage) -> list[Item]:
    """The item, and each note («تبصره-») that stands inside it as an item of its own."""
    found = list(_NOTE.finditer(passage.folded)) if "تبصره" in passage.folded else []
    if not found:
        return [Item(mark, passage)]
    bounds = [match.start() for match in found] + [len(passage.text)]
    items = [Item(mark, passage.cut(0, bounds[0]))]
    note = Mark("clause", None, "تبصره")
    return items + [Item(note, passage.cut(match.end(), end)) for match, end in zip(found, bounds[1:], strict=True)]


def _with_inner_list(item: Item) -> list[Item]:
    """The item, and the list that runs on inside it («مقرر گردید: ۱- … ۲- …», «… موظف است: الف) … ب) …»)."""
    for pattern, order, style in ((_INNER_NUMBER, _NUMBERS, "number"), (_INNER_LETTER, _ALPHABET, "letter")):
        if order[0] not in item.passage.folded:
            continue
        found: list[re.Match[str]] = []
        for match in pattern.finditer(item.passage.folded):
            if len(found) < len(order) and match["label"] == order[len(found)]:
                found.append(match)
        if len(found) < 2 or (item.mark and item.mark.style == style):
            continue
        bounds = [match.start() for match in found] + [len(item.passage.text)]
        if item.mark and _is_quoted([item.passage.folded[begin:end] for begin, end in pairwise([0, *bounds])]):
            continue
        inner = [
            Item(Mark(style, m["label"]), item.passage.cut(m.end(), end))
            for m, end in zip(found, bounds[1:], strict=True)
        ]
        return [Item(item.mark, item.passage.cut(0, bounds[0])), *inner]
    return _with_inner_bullets(item)


def _is_quoted(parts: list[str]) -> bool:
    """True where a list is a letter's, quoted in the item that decides on it («نامه … مبنی بر ۱- … ۲- … مقرر شد …»)."""
    head, *inner = parts
    if not LETTER.search(head) or decides(head) or decides(inner[0]):
        return False
    return decides(inner[-1])


def _with_inner_bullets(item: Item) -> list[Item]:
    """The item, and the bullets that run on behind its colon («مصوبات به شرح زیر است: _نظارت بر … _بازدید از …»)."""
    colon = item.passage.text.find(":")
    if colon < 0 or not any(sign in item.passage.text for sign in "_•●▪"):
        return [item]
    starts = [match for match in _INNER_BULLET.finditer(item.passage.folded, colon)]
    if len(starts) < 2 or item.passage.folded[colon + 1 : starts[0].start()].strip():
        return [item]
    bounds = [match.start() for match in starts[1:]] + [len(item.passage.text)]
    inner = [
        Item(Mark("bullet"), item.passage.cut(match.end(), end)) for match, end in zip(starts, bounds, strict=True)
    ]
    return [Item(item.mark, item.passage.cut(0, colon + 1)), *inner]


def nest(items: list[Item]) -> list[Item]:
    """The items as a tree: letters under a number, «1-2» under «1», whatever follows a colon in another style."""
    roots: list[Item] = []
    path: list[Item] = []
    for item in items:
        while path and not _under(item, path[-1], [above.mark.style if above.mark else "" for above in path]):
            path.pop()
        (path[-1].children if path else roots).append(item)
        path.append(item)
    return roots


def _under(item: Item, above: Item, styles: list[str]) -> bool:
    style, over = (item.mark.style if item.mark else ""), (above.mark.style if above.mark else "")
    if not style:
        return False
    if style == "part" and above.label and item.label:
        numbers = re.split("[-–.]", item.label)  # «2-1», or «1-2» where right-to-left has turned it
        return over in ("number", "part") and above.label in (numbers[0], numbers[-1])
    if style == over:
        return style == "number" and _begins_anew(item, above)
    if style in styles[:-1]:
        return False
    if above.opens:
        return True
    return (over, style) in {
        ("number", "letter"),
        ("number", "bullet"),
        ("letter", "bullet"),
        ("number", "clause"),
    } and bool(item.mark and item.mark.word is None)


def _begins_anew(item: Item, above: Item) -> bool:
    """True where the numbers begin anew under a number that opens a list, or go on so; what would go on with both
    sequences goes on with the outer one."""
    number, outer = _number(item), _number(above)
    inner = next((_number(child) for child in reversed(above.children) if _number(child)), 0)
    return above.opens and number == inner + 1 and number != outer + 1


def _number(item: Item) -> int:
    mark = item.mark
    return int(mark.label) if mark and mark.style == "number" and mark.label else 0


_SENTENCE_END = rx(r"(?<![\s.]ا)(?<![\d.])[.!؟?؛](?!\d)(?![.…])(?=\s|[^\W\d_a-zA-Z]|\Z)|\n")


@lru_cache(maxsize=64)  # who speaks, what is decided and what is quoted are asked of the same passage
@remembered
def sentences(passage: Passage) -> tuple[Passage, ...]:
    """The sentences of the passage, each with its lines; a full stop may lack the space after it."""
    found: list[Passage] = []
    start = 0
    letters = letters_in(passage.folded)
    for match in _SENTENCE_END.finditer(passage.folded):
        while match.end() - start > _LONGEST_SENTENCE:
            found.append(passage.cut(start, start + _LONGEST_SENTENCE))
            start += _LONGEST_SENTENCE
        word = passage.folded[max(0, match.start() - 4) : match.start()].split(" ")[-1]
        quoted = any(begin < match.end() < end for begin, end in letters)
        if quoted or (word in ("ا", "ه", "ق", "ش", "م", "د") and match[0] == "."):
            continue
        found.append(passage.cut(start, match.end()))
        start = match.end()
    found += [passage.cut(at, at + _LONGEST_SENTENCE) for at in range(start, len(passage.text), _LONGEST_SENTENCE)]
    return tuple([sentence for sentence in found if sentence.text])
