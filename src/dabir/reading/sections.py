"""The blocks of a paper: header, agenda, discussion, resolutions, attendance; by titles, or by what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from dabir.reading.decisions import decides
from dabir.reading.items import group
from dabir.reading.lines import Line, Mark
from dabir.reading.members import are_parts, under
from dabir.reading.minutes import ResolutionKind, Section, SectionKind
from dabir.reading.tables import card_lines, upright_head
from dabir.reading.titles import OBLIGES, Title, opens_list, title_of
from dabir.reading.wording import rx, words

_LISTS = (SectionKind.AGENDA, SectionKind.PRESENT, SectionKind.ABSENT)
_SPOKEN = (SectionKind.HEADER, SectionKind.DISCUSSION, SectionKind.RESOLUTIONS)
_LISTED = (SectionKind.AGENDA, SectionKind.DISCUSSION, SectionKind.RESOLUTIONS)
_NARRATIVE_LENGTH = 60
_SENTENCE_LENGTH = 25
_TITLE_LINES = 4
_HEAD_LINES = 20
_LONGEST_LIST = 80  # lines that are looked at
_FOOTNOTE = re.compile(r"\s*\[\d{1,3}\]")
_HEADING = rx(r"\W*(?:صور ?ت ?جلسه|مصوبا ?ت|مصوبه|موافقت|الزام|تصویب|اصلاح|تصمیم|تصمیمات|خلاصه|متن|گزارش|اهم)(?!\w)")

_CONVENED = rx(
    r"""(?<!\w)(?:جلسه|نشست)\s(?:[^.؛]|\.(?!\s)){0,400}(?:(?:تشکیل|برگزار|منعقد|آغاز) (?:شد|گردید)
        |رسمیت یافت)(?!\w)"""
)
_FINITE = words(
    """شد|شدند|گردید|گردیدند|کرد|کردند|نمود|نمودند|داد|دادند|داشت|داشتند|گفت|گفتند|رسید|یافت|گرفت|گرفتند|برگزار می شود
        |است|بود|بودند"""
    "|شود|گردد|نماید|نمایند|کند|کنند|دهد|دهند|باید|خواهد|خواهند|می باشد|می باشند|می شود|می گردد|می کند|می رود"
)
_GOES_ON = rx(r"\W*(?:در (?:ابتدا|ابتدای|آغاز|ادامه|پایان)|پس از (?:تلاوت|قرائت)|سپس|ابتدا)(?!\w)")
_HEADER_LABEL = rx(
    r"""\W*(?:شماره|تاریخ|روز|ساعت|زمان|محل|مکان|موضوع|رئیس|ریاست|دبیر|جلسه|نوع|نشست|مدت|شروع|پایان|خاتمه|پیوست|عنوان
        |دستگاه)[^:]{0,40}:"""
)


@dataclass(slots=True)
class Block:
    """Lines under one title (or under none): `list_kind` what the sentence that opened it makes of its items."""

    kind: SectionKind
    title: Title | None = None
    title_line: int | None = None
    lines: list[Line] = field(default_factory=list)
    list_kind: ResolutionKind | None = None
    review: bool = False

    def as_section(self) -> Section | None:
        numbers = [line.number for line in self.lines if not line.blank]
        if self.title_line is not None:
            numbers.insert(0, self.title_line)
        if not numbers:
            return None
        letter, text = (self.title.letter, self.title.text) if self.title else (None, "")
        return Section(letter, text, self.kind, (min(numbers), max(numbers)))


def blocks_of(lines: list[Line]) -> list[Block]:
    """The blocks of the paper in its order. The first is the header, possibly empty."""
    heads = _upright_heads(lines)
    deciding = card_lines(lines) | {head for head, columns in heads.items() if "text" in columns}
    titles = {
        line.number: title for line in lines if line.number not in deciding | heads.keys() and (title := title_of(line))
    }
    # A numbered line that would be the next resolution is one, even where it looks like a title («۵- نتایج جلسه: …»).
    titled = any(title.kind is SectionKind.RESOLUTIONS for title in titles.values())
    blocks = [Block(SectionKind.HEADER)]
    paragraph, number = "", 0
    begun = 0  # where the paragraph begins in its block
    for place, line in enumerate(lines):
        current = blocks[-1]
        title = titles.get(line.number)
        if title and _is_none(blocks, title):
            title = None
        before, number = number, _number(line) or number
        if title and not _is_item(current, line, title, before):
            blocks.append(Block(title.kind, title, line.number, review=title.review))
            paragraph = ""
            if title.rest:
                mark = Mark("clause") if title.single else None
                blocks[-1].lines.append(line.rest(title.rest, mark))
            continue
        if line.blank:
            current.lines.append(line)
            paragraph = ""
            continue
        kind = SectionKind.RESOLUTIONS if line.number in deciding else _turn(current, line)
        if kind is not current.kind:
            blocks.append(Block(kind, lines=_begun(current) if kind is SectionKind.DISCUSSION else []))
            current, paragraph = blocks[-1], ""
        current.lines.append(line)
        if current.kind in _SPOKEN:
            begun = begun if paragraph and line.mark is None else len(current.lines) - 1
            paragraph = f"{paragraph} {line.folded}"[-600:] if line.mark is None else line.folded
            opened = opens_list(paragraph)
            if opened and not _holds(opened, lines, place, titled and current.kind is not SectionKind.RESOLUTIONS):
                opened = None
            owned = opened is not None and OBLIGES.search(paragraph) is not None
            if opened and not (current.kind is SectionKind.RESOLUTIONS and (line.mark or owned)):
                blocks.append(_opened(current, opened, begun if owned else len(current.lines)))
                paragraph = ""
    return blocks


def _opened(block: Block, kind: ResolutionKind, begun: int) -> Block:
    """The list that a sentence opens, with its lines from `begun` on: the owner of all items is said in it."""
    owner = block.lines[begun:]
    del block.lines[begun:]
    return Block(SectionKind.RESOLUTIONS, lines=owner, list_kind=kind, review=block.review)


def _is_none(blocks: list[Block], title: Title) -> bool:
    """True for the end of a wrapped sentence, and for the paper's own title («گزارش جلسه هفتم»)."""
    if title.colon:
        return False
    before = blocks[-1].lines
    first = len(blocks) == 1 and all(line.blank for line in before)
    own = first and title.kind is SectionKind.DISCUSSION and title.letter is None
    return own or (bool(before) and _wraps(before[-1]))


def _is_item(block: Block, line: Line, title: Title, before: int) -> bool:
    """True where an item of the block's list looks like a title: «۱- پیگیری مصوبات جلسه قبل» of an agenda, «۵- نتایج
    جلسه: …» of resolutions; `before` is the last number of the paper. A title that looks like the block's is one."""
    if line.mark is None or (title.colon and not title.rest and block.kind is not SectionKind.AGENDA):
        return False
    style = line.mark.style
    titled = block.title.style if block.title else None
    items = [other for other in block.lines if not other.blank]
    marked = any(other.mark and other.mark.style == style for other in items)
    if style == "number" and _number(line) == before + 1 > 1:
        return block.kind in _LISTED and (titled != style or marked)
    return block.kind is SectionKind.AGENDA and titled != style and (marked or not items) and not title.colon


def _upright_heads(lines: list[Line]) -> dict[int, tuple[str, ...]]:
    """The lines that head a table whose cells came out one to a line, and its columns: «شرح مصوبه» is no title."""
    heads: dict[int, tuple[str, ...]] = {}
    for place in range(len(lines)):
        columns, taken = upright_head(lines, place)
        heads |= {line.number: columns for line in lines[place : place + taken]}
    return heads


def _number(line: Line) -> int:
    return int(line.mark.label) if line.mark and line.mark.style == "number" and line.mark.label else 0


def _turn(block: Block, line: Line) -> SectionKind:
    """The kind that the text takes at an untitled line: a list or a header ends where somebody tells what happened."""
    if block.kind is SectionKind.HEADER:
        header = line.is_row or _HEADER_LABEL.match(line.folded) or _is_heading(block, line)
        return SectionKind.DISCUSSION if not header and (line.mark or _tells(line)) else block.kind
    written = any(not other.blank for other in block.lines)
    signed = line.mark is None and line.is_row and written and not _in_table(block)
    if block.kind in _LISTS:
        if line.mark:
            return SectionKind.RESOLUTIONS if decides(line.folded) else block.kind  # no agenda tells what was decided
        told = SectionKind.DISCUSSION if written and _tells(line) else block.kind
        return SectionKind.SIGNATURES if signed and not _listed_in_rows(block) else told
    footnote = "[" in line.text and _is_footnote(block, line)
    if footnote or block.kind is not SectionKind.RESOLUTIONS:
        return SectionKind.OTHER if footnote else block.kind
    if block.title and not line.mark and _CONVENED.search(line.folded) and not any(one.mark for one in block.lines):
        return SectionKind.DISCUSSION  # «مصوبات جلسه هفتم» stands above the whole paper
    return SectionKind.SIGNATURES if signed and "\t\t" in line.text.strip() else block.kind


def _is_footnote(block: Block, line: Line) -> bool:
    """True for «[1]- …» below text that is no list of such numbers."""
    written = [other for other in block.lines if not other.blank]
    return bool(written and _FOOTNOTE.match(line.text)) and not any(_FOOTNOTE.match(other.text) for other in written)


def _listed_in_rows(block: Block) -> bool:
    """True where the list has a name and its post on each line, which therefore is no signature."""
    last = next((other for other in reversed(block.lines) if not other.blank), None)
    return last is not None and last.is_row


def _is_heading(block: Block, line: Line) -> bool:
    """True for the paper's own title: one of its first lines, without a full stop («موافقت هیئت وزیران … با …»)."""
    written = sum(not other.blank for other in block.lines[:_HEAD_LINES])
    first = len(block.lines) < _HEAD_LINES and written < _TITLE_LINES and line.mark is None
    listed = "شرح" in line.folded  # «مصوبات به شرح زیر است: …»
    return first and not listed and bool(_HEADING.match(line.folded)) and not line.words.endswith((".", ":", "؛"))


def _tells(line: Line) -> bool:
    long = len(line.words) >= _NARRATIVE_LENGTH or (len(line.words) >= _SENTENCE_LENGTH and line.words.endswith("."))
    return (long and bool(_FINITE.search(line.folded) or _GOES_ON.match(line.folded))) or decides(line.folded)


def _begun(block: Block) -> list[Line]:
    """The lines with which the block's last paragraph began, taken from it: a sentence is told in one block."""
    begun: list[Line] = []
    while block.lines and _wraps(block.lines[-1]) and not _HEADING.match(block.lines[-1].folded):
        begun.insert(0, block.lines.pop())
    if block.lines and block.lines[-1].mark and _is_long(block.lines[-1]) and block.kind in _LISTS:
        begun.insert(0, block.lines.pop())  # an item that began as one of the agenda
    return begun


def _wraps(line: Line) -> bool:
    plain = not line.blank and line.mark is None and not line.is_row and not _HEADER_LABEL.match(line.folded)
    return plain and _is_long(line)


def _is_long(line: Line) -> bool:
    return len(line.words) >= _SENTENCE_LENGTH and not line.words.endswith((".", ":", "؛"))


def _in_table(block: Block) -> bool:
    return any(len([cell for cell in line.cells if cell]) > 2 for line in block.lines[-12:])


def _holds(kind: ResolutionKind, lines: list[Line], place: int, elsewhere: bool) -> bool:
    """True where what follows is a list of that kind: not one of people; proposals are marked, and under no title of
    resolutions `elsewhere`."""
    following = (line for line in lines[place + 1 :] if not line.blank)
    style = mark.style if (mark := lines[place].mark) else None
    marked = list(takewhile(lambda line: line.mark and line.mark.style != style, following))
    if kind is ResolutionKind.PROPOSAL and (elsewhere or not marked):
        return False
    opening, *items = group(lines[place : place + _LONGEST_LIST])
    return not are_parts(lines[place].folded, [item.passage for item in under(opening, items)])
