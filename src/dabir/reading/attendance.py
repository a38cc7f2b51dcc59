"""Who was there and who was not: lists under titles, tables, and sentences («… حضور داشتند»)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dabir.persian.letters import same_length_fold
from dabir.reading.decisions import CLOSING
from dabir.reading.items import group, sentences
from dabir.reading.lines import Line, Passage
from dabir.reading.minutes import Attendance, Lines, SectionKind
from dabir.reading.names import split_names
from dabir.reading.parties import POST, begins_at
from dabir.reading.sections import Block
from dabir.reading.tables import table_in
from dabir.reading.wording import any_of, rx

_AWAY = rx(r"غایب|غیبت|مرخصی|عدم حضور|حضور نداشت|نیامد")
_NOTE = rx(
    r"""\s*\(\s*(?:بدون|با|در|به علت|به دلیل|مرخصی|ماموریت|غایب|حاضر|عذر|موجه|غیرموجه|غیر موجه|امضا)[^()]{0,60}\)
        |\s*[-–:]?\s*(?<!\w)(?:غایب|حاضر|امضا(?:ء)?)\s*\Z"""
)
_INNER = re.compile(r"(?P<head>[^()]{0,80})\((?P<list>[^()]{3,400})\)\s*")
_DASH = re.compile(r"\s+[-–—]\s+")
_HELD = rx(r"(?<!\w)(?:تشکیل|برگزار|منعقد|آغاز|رسمیت یافت|شروع|جلسه)")
_WITH = rx(r"(?<!\w)(?:با حضور|با شرکت|با مشارکت|به اتفاق)(?!\w)\s*(?:و مشارکت )?")
_MEETING_WITH = rx(r"(?<!\w)جلسه با(?!\w|\s*(?:حضور|تلاوت|قرائت|ذکر|نام|یاد|توجه|موضوع|دستور|هدف))\s*")
_JOINT = rx(r"(?:جلسه|نشست|دیدار)(?: ای| ی)? (?:مشترک|هم اندیشی|صمیمی)(?: ای| ی)?(?: بین| میان| فیمابین)?\s+")
_AND_WITH = rx(r"\s+(?:با|و)\s+(?=\S)")
_WERE_THERE = rx(
    r"""(?:در (?:این )?(?:جلسه|نشست) )?(?:نیز )?(?:حضور (?:داشتند|یافتند|داشت|به هم رساندند|بهم رساندند)|حاضر بودند
        |شرکت (?:داشتند|کردند|نمودند))"""
)
_WERE_AWAY = rx(
    r"""(?:در (?:این )?(?:جلسه|نشست) ?)?(?:حضور (?:نداشتند|نداشت|نیافتند|نیافت)|غایب (?:بودند|بود|می باشند)
        |شرکت (?:نداشتند|نکردند|نداشت))"""
)
_EXCUSE = rx(
    r"""\s*(?:(?:به )?(?:علت|دلیل|جهت|واسطه|خاطر)|با (?:اطلاع|عذر|هماهنگی)|بدون|به لحاظ|در مرخصی
        |در ماموریت)(?!\w).{0,80}\Z"""
)
_BEFORE_LIST = rx(r".*(?:(?<!\w)(?:در (?:این|ابتدای|ادامه)? ?(?:جلسه|نشست)|ضمنا|همچنین|اعضا|ابتدا)[،,:]?\s|:)")
_TELLING = (SectionKind.HEADER, SectionKind.DISCUSSION, SectionKind.RESOLUTIONS, SectionKind.AGENDA)
_WRAPPED = 40  # letters; a shorter line is complete
_NARRATIVE = 8  # paragraphs in which presence is told
_COUNT = re.compile(r"(?:\A|(?<=\s))(?P<number>\d{1,2})[-–—ـ).]\s*(?=[^\W\d])")
_EDGES = " \t\n،؛.:-–—*•/"
_CUT = rx(
    r"(?<!\w)(?:"
    + any_of(
        r"""تشکیل|برگزار|منعقد|آغاز|شروع|در(?!\s*(?:استان|مجلس|شهرستان))|راس|روز|مورخ|مورخه|با تلاوت
            |با قرائت|به ریاست|جلسه|رسمیت|و با|به منظور|جهت|به شرح|و پس|پس از"""
    )
    + r")(?!\w)"
)


def attendance_of(blocks: list[Block]) -> list[Attendance]:
    """The entries in the paper's order, with ids («a1»): one per name, a name with its post, or a collective."""
    found: list[Attendance] = []
    for block in blocks:
        if block.kind in (SectionKind.PRESENT, SectionKind.ABSENT):
            found += _listed(block)
    listed = any(entry.present for entry in found)
    for entry in _told(blocks):
        if not (entry.present and listed):
            found.append(entry)
    for count, entry in enumerate(found, 1):
        entry.id = f"a{count}"
    return found


def _entry(text: str, lines: Lines, present: bool, capacity: str | None) -> Attendance | None:
    name = _NOTE.sub("", same_length_fold(text))
    kept = text[: len(name)] if same_length_fold(text).startswith(name) else text
    kept = kept.strip(_EDGES)
    if sum(char.isalpha() for char in kept) < 2:
        return None
    return Attendance(kept, present, lines, capacity)


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
            if entry := _entry(text, row.lines, present and not away, capacity):
                yield entry
        return
    for line in _unwrapped(block.lines):
        if not CLOSING.match(line.folded):
            yield from _line(line, present, capacity)


def _unwrapped(lines: list[Line]) -> list[Line]:
    """The lines of a list; one that goes on from a line of several names is joined to it."""
    joined: list[Line] = []
    gap = True
    for line in lines:
        if line.blank:
            gap = True
            continue
        before = joined[-1] if joined else None
        plain = line.mark is None and len(line.cells) == 1
        several = before and (len(split_names(before.words)) > 1 or _numbered(before.words, before))
        if before and several and plain and not gap and len(before.words) >= _WRAPPED:
            joined[-1] = Line(before.number, f"{before.text} {line.words}", f"{before.words} {line.words}", before.mark)
        else:
            joined.append(line)
        gap = False
    return joined


def _line(line: Line, present: bool, capacity: str | None) -> Iterator[Attendance]:
    cells = [cell for cell in line.cells if cell and not cell.isdigit()]
    text = line.words if len(cells) < 2 else " ".join(cells)
    numbered = _numbered(text, line)
    away = present and len(cells) > 1 and bool(_AWAY.search(same_length_fold(cells[-1])))
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
            if entry := _entry(name, (line.number, line.number), present and not away, capacity):
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


def _opened(piece: str) -> list[str]:
    """The names in one bracket where it holds several («دفاتر استانداری (… - …)»: seed د), else the piece itself."""
    match = _INNER.fullmatch(piece.strip())
    if match is None or not re.search(r"\s[-–]\s|[،,]", match["list"]):
        return [piece]
    inner = split_names(match["list"])
    return inner if len(inner) > 1 else [piece]


def _told(blocks: list[Block]) -> Iterator[Attendance]:
    """Presence and absence told in sentences of the first paragraphs; what a title says
    («… با حضور بخشدار برگزار شد») only where nothing else does."""
    told = [block for block in blocks if block.kind in _TELLING]
    paragraphs = [item.passage for block in told for item in group(block.lines) if item.mark is None][:_NARRATIVE]
    entries = [[one for part in _brackets_apart(each) for one in _sentence(part)] for each in paragraphs]
    if entries and not paragraphs[0].text.endswith(".") and any(one.present for each in entries[1:] for one in each):
        entries = entries[1:]
    return iter([one for each in entries for one in each])


def _brackets_apart(passage: Passage) -> list[Passage]:
    """The sentences; a bracket that tells of an absence is one of its own."""
    found = []
    for sentence in sentences(passage):
        start = 0
        for match in re.finditer(r"\(([^()]{10,300})\)", sentence.folded):
            if _WERE_AWAY.search(match[1]):
                found += [sentence.cut(start, match.start()), sentence.cut(match.start() + 1, match.end() - 1)]
                start = match.end()
        found.append(sentence.cut(start))
    return [one for one in found if one.text]


def _sentence(sentence: Passage) -> Iterator[Attendance]:
    folded = sentence.folded
    for pattern, present in ((_WERE_AWAY, False), (_WERE_THERE, True)):
        if verb := pattern.search(folded):
            begin = _BEFORE_LIST.match(folded[: min(verb.start(), 60)])
            start = begin.end() if begin else 0
            names = sentence.text[start : verb.start()]
            if excuse := _EXCUSE.search(same_length_fold(names)):
                names = names[: excuse.start()]
            yield from _names(names, sentence.lines(start, verb.start()), present)
            return
    if not _HELD.search(folded):
        return
    joint = _JOINT.search(folded)
    if joint and begins_at(folded, joint.end()):
        stop = _CUT.search(folded, joint.end())
        both = sentence.text[joint.end() : stop.start() if stop else min(len(folded), joint.end() + 300)]
        yield from _names(_AND_WITH.sub("، ", both, count=1), sentence.lines(), True)
    for pattern in (_WITH, _MEETING_WITH):
        for match in pattern.finditer(folded):
            if pattern is _MEETING_WITH and not begins_at(folded, match.end()):
                continue
            rest = sentence.cut(match.end())
            stop = _CUT.search(rest.folded)
            if stop is None and pattern is _MEETING_WITH:
                continue
            end = stop.start() if stop else min(len(rest.text), 300)
            yield from _names(rest.text[:end], rest.lines(0, max(1, end)), True)


def _names(text: str, lines: Lines, present: bool) -> Iterator[Attendance]:
    for piece in split_names(text, prose=True):
        if entry := _entry(piece, lines, present, None):
            yield entry
