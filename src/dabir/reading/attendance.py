"""Who was there and who was not: lists under titles, tables, and what sentences tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dabir.persian.letters import same_length_fold
from dabir.reading.decisions import CLOSING
from dabir.reading.entries import entry_of, names_in
from dabir.reading.items import sentences
from dabir.reading.lines import Line, Passage
from dabir.reading.minutes import Attendance, SectionKind
from dabir.reading.names import split_names
from dabir.reading.parties import PERSON, POST, begins_at
from dabir.reading.sections import Block
from dabir.reading.tables import table_in
from dabir.reading.told import told_in
from dabir.reading.wording import rx

_AWAY = rx(r"غایب|غیبت|مرخصی|عدم حضور|حضور نداشت|نیامد")
_INNER = re.compile(r"(?P<head>[^()]{0,80})\((?P<list>[^()]{3,400})\)\s*")
_DASH = re.compile(r"\s+[-–—]\s+")
# «آقای … در مسافرت هستند», «… کلاس دارند»
_ELSEWHERE = rx(
    r"""\s*(?:نیز |هم )?(?:در |به )?(?:مسافرت|سفر|ماموریت|مرخصی|بیمار|کلاس|جلسه دیگری)(?!\w)[^.؛]{0,30}?
        (?:هستند|است|بودند|بود|دارند|دارد|داشتند|داشت|رفته اند|می باشند|می باشد)(?!\w)"""
)
_AWAY_WORDS = ("سفر", "مسافرت", "ماموریت", "مرخصی", "بیمار", "کلاس", "دیگر")
_LABEL = rx(r"(?:اعضای |افراد )?(?P<who>حاضران|حاضرین|حاضر|غایبین|غایبان|غایب|مدعوین|مدعو|میهمانان)\s*:")
_NO_ENTRY = rx(
    r"""\W*(?:(?:تاریخ|مورخ|مورخه|ساعت|زمان|محل|مکان|شماره|روز|موضوع|دستور)(?!\w)[^:]{0,30}:
        |(?:جلسه|نشست)(?!\w).{3,200}(?:شد|گردید|یافت)\W*\Z)"""
)
_NEXT_TITLE = rx(
    r"""\W{0,20}(?:(?:الف|ب|ج|د|\d{1,2})\W{0,3}\s)?\W{0,20}(?:(?:اهم|خلاصه|شرح|مشروح|عناوین) )*
        (?:دستور(?:ات)? (?:کار|جلسه)|مباحث|مذاکرات|مصوبات|تصمیمات
        |(?:مطالب|موارد|مسائل|موضوعات) (?:مطروحه|مطرح|مصوب))(?!\w)[^،]{0,40}\Z"""
)
_PLURAL = rx(r"(?:سرکار |جناب )?(?:آقایان|برادران|خواهران|خانم ها)(?!\w)")
_NOT_OVER = rx(r"(?:(?<!\w)(?:و|آقای|خانم|دکتر|مهندس|جناب|سرکار)|[-–،(])\s*\Z")
_WRAPPED = 40  # letters; a shorter line is complete
_LONGEST = 5_000  # letters of a list of names; behind them nothing is joined any more
_COUNT = re.compile(r"(?:\A|(?<=\s))(?P<number>\d{1,2})[-–—ـ).]\s*(?=[^\W\d])")


def attendance_of(blocks: list[Block]) -> list[Attendance]:
    """The entries in the paper's order, with ids («a1»): one per name, a name with its post, or a collective."""
    found: list[Attendance] = []
    for block in blocks:
        if block.kind in (SectionKind.PRESENT, SectionKind.ABSENT):
            found += _listed(block)
    listed = any(entry.present for entry in found)
    for entry in told_in(blocks):
        if not (entry.present and listed):
            found.append(entry)
    for count, entry in enumerate(found, 1):
        entry.id = f"a{count}"
    return found


def _listed(block: Block) -> Iterator[Attendance]:
    present = block.kind is SectionKind.PRESENT
    capacity = block.title.capacity if block.title else None
    table = table_in(block.lines)
    if table and {"name", "post", "lead", "text"} & set(table.columns):
        for row in table.rows:
            text = " ".join(
                row.cells[c].replace("\n", " ")
                for c in table.columns
                if c in ("name", "post", "lead", "text") and c in row.cells
            )
            away = bool(_AWAY.search(same_length_fold(" ".join(row.cells.get(c, "") for c in ("sign", "note")))))
            if entry := entry_of(text, row.lines, present and not away, capacity):
                yield entry
        return
    for line in _unwrapped(block.lines):
        if _NEXT_TITLE.match(line.folded):
            return
        if not (CLOSING.match(line.folded) or _NO_ENTRY.match(line.folded)):
            yield from _parts_of(line, present, capacity)


def _unwrapped(lines: list[Line]) -> list[Line]:
    """The lines of a list; one that goes on from a line of several names is joined to it."""
    joined: list[Line] = []
    gap, several = True, False
    for line in lines:
        if line.blank:
            gap = True
            continue
        if joined and not gap and _goes_on(joined[-1], line, several):
            joined[-1] = joined[-1].with_next(line)
            several = True
        else:
            joined.append(line)
            several = False
        gap = False
    return joined


def _goes_on(before: Line, line: Line, several: bool) -> bool:
    """True where `line` belongs to the names before it; `several` where these are already known to be more than one."""
    if line.mark is not None or line.is_row or not _WRAPPED <= len(before.words) <= _LONGEST:
        return False
    if (PERSON.match(line.folded) or _PLURAL.match(line.folded)) and not _NOT_OVER.search(before.folded):
        return False
    return several or len(split_names(before.words)) > 1 or bool(_numbered(before.words, before))


def _parts_of(line: Line, present: bool, capacity: str | None) -> Iterator[Attendance]:
    """The entries of a line of a list, in which there may stand other labels, or sentences about who is elsewhere."""
    if present and any(word in line.folded for word in _AWAY_WORDS) and _ELSEWHERE.search(line.folded):
        for sentence in sentences(Passage.of([(line.number, line.words)])):
            where = _ELSEWHERE.search(sentence.folded)
            names = sentence.text[: where.start()] if where else sentence.text
            yield from names_in(names, (line.number, line.number), where is None)
        return
    labels = list(_LABEL.finditer(line.folded)) if ":" in line.words else []
    if not labels:
        yield from _line(line, present, capacity)
        return
    first = line.words[: labels[0].start()].strip()
    yield from _line(Line(line.number, first, first), present, capacity)
    for label, end in zip(labels, [after.start() for after in labels[1:]] + [None], strict=True):
        words = line.words[label.end() : end].strip()
        yield from _line(Line(line.number, words, words), label["who"][0] != "غ", None)


def _line(line: Line, present: bool, capacity: str | None) -> Iterator[Attendance]:
    cells = [cell for cell in line.cells if cell and not cell.isdigit()]
    if cells and "\t" not in line.text and "،" in cells[0]:  # gaps between names that commas divide
        cells = [line.words]
    text = line.words if len(cells) < 2 else " ".join(cells)
    numbered = _numbered(text, line)
    away = present and len(cells) > 1 and bool(_AWAY.search(same_length_fold(cells[-1])))
    pieces: Sequence[str]
    if numbered:
        pieces = numbered
    elif len(cells) > 1 or _is_name_and_post(text):
        pieces = [text]
    elif line.mark and line.mark.style != "bullet" and " - " not in text:
        pieces = [text]  # a numbered line is one entry, whatever commas its name has
    else:
        pieces = split_names(text)
    for piece in pieces:
        for name in _opened(piece):
            if entry := entry_of(name, (line.number, line.number), present and not away, capacity):
                yield entry


def _numbered(text: str, line: Line) -> list[str]:
    """The entries of a line that counts them («۱- فرماندار ۲- شهردار»); none where it does not."""
    first = line.mark.label if line.mark and line.mark.style == "number" else None
    numbers = [int(match["number"]) for match in _COUNT.finditer(text)]
    counted = ([int(first)] if first else []) + numbers
    in_order = len(counted) > 1 and counted == list(range(counted[0], counted[0] + len(counted)))
    return [piece.strip() for piece in _COUNT.sub("\n", text).split("\n") if piece.strip()] if in_order else []


def _is_name_and_post(text: str) -> bool:
    """True for one person with a post behind a dash («هادی نوری - فرماندار»)."""
    name, *rest = _DASH.split(text)
    return len(rest) == 1 and not begins_at(same_length_fold(name), 0) and bool(POST.match(same_length_fold(rest[0])))


def _opened(piece: str) -> Sequence[str]:
    """The names in one bracket where it holds several («دفاتر استانداری (… - …)»: seed د), else the piece itself."""
    match = _INNER.fullmatch(piece.strip())
    if match is None or not re.search(r"\s[-–]\s|[،,]", match["list"]):
        return [piece]
    inner = split_names(match["list"])
    return inner if len(inner) > 1 else [piece]
