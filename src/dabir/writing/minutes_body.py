"""The body of minutes as they are printed: sections with their paragraphs and numbered items, in the paper's order.

What the source says is printed in its own words: a line that an item came from stands as it is, unless the item was
corrected, and a line that belongs to no item (who spoke, what was said in between) stands where it stood. What the
source does not hold (an item put in by hand, minutes without lines) is put behind the others of its kind. Nothing of
the structure is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dabir.persian.digits import to_persian
from dabir.persian.letters import squash
from dabir.reading.minutes import Attendance, Lines, Minutes, Person, Section, SectionKind, Statement
from dabir.writing.minutes import Amendment, Objection, Paper

LETTERS = ("الف", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ی")
TITLES = {
    SectionKind.AGENDA: "دستور جلسه",
    SectionKind.DISCUSSION: "مذاکرات جلسه",
    SectionKind.RESOLUTIONS: "مصوبات جلسه",
    SectionKind.PRESENT: "اعضا و مدعوین حاضر در جلسه",
    SectionKind.ABSENT: "اعضا و مدعوین غایب در جلسه",
}
WITHHELD = "یک نظر مخالف ثبت شده است؛ متن آن در نسخه عمومی نیامده است."
CAPACITIES = {"member": "اعضای اصلی", "invitee": "اعضای مدعو"}


class Look(StrEnum):
    """How a block is set. A `HEAD` is a line above what follows («اعضای اصلی:»)."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    BULLET = "bullet"
    HEAD = "head"


Piece = tuple[str, bool]
"""Words, and whether they are set bold."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or an item; `label` is the item's number as it is printed. `of` is the id of the statement, point or
    resolution that it prints, where it prints one."""

    look: Look
    pieces: tuple[Piece, ...]
    label: str = ""
    of: str = ""

    @property
    def text(self) -> str:
        return "".join(words for words, _bold in self.pieces)


@dataclass(slots=True)
class Part:
    """A section. `heading` is empty where the paper has none; `names` are spoken of in bold letters."""

    kind: SectionKind
    letter: str
    title: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return (
            f"{self.letter} - {self.title}:" if self.letter and self.title else f"{self.title}:" if self.title else ""
        )


@dataclass(frozen=True, slots=True)
class _Unit:
    """An item of the structure: the lines that it came from, its number, words and id."""

    lines: Lines
    text: str
    number: str | None = None
    id: str = ""


_BULLET = re.compile(r"\A[\s\u200f\u200e]*(?:[-–—*•●▪]\s+)?(?P<mark>[✓✔•●▪➢❖])\s*|\A[\s\u200f\u200e]*[-–—•●▪]\s+")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_HONORIFIC = r"(?:(?:جناب|سرکار)\s+)?(?:(?:آقای|خانم|آقایان)\s+)?"
_ENDED = re.compile(r"[.!؟?:؛]\s*\Z")
_NUMBERED = re.compile(r"\A\s*[-–—]?\s*(?:[0-9۰-۹٠-٩]{1,3}|الف|[بپتجچحدهوزطی])\s*[-–—.)ـ]\s*")
_KINDS = tuple(TITLES)


def parts(minutes: Minutes) -> list[Part]:
    """The sections of the paper, then those that its structure has beside them, each with its letter."""
    units = {
        SectionKind.AGENDA: [_Unit(item.lines, item.text, item.number) for item in minutes.agenda],
        SectionKind.RESOLUTIONS: [_Unit(r.lines, r.text, r.number, r.id) for r in minutes.resolutions],
    }
    statements = list(minutes.discussion)
    entries = {
        SectionKind.PRESENT: [entry for entry in minutes.attendance if entry.present],
        SectionKind.ABSENT: [entry for entry in minutes.attendance if not entry.present],
    }
    made: list[Part] = []
    for section in sorted(minutes.sections, key=lambda one: one.lines):
        if section.kind in (SectionKind.HEADER, SectionKind.SIGNATURES):
            continue
        body = _body_lines(minutes, section)
        part = Part(section.kind, section.letter or "", _title(section))
        if section.kind in units:
            mine, units[section.kind] = _within(units[section.kind], body)
            part.blocks += _printed(minutes, body, mine)
        elif section.kind == SectionKind.DISCUSSION:
            told = [one for one in statements if _meets(one.lines, body)]
            statements = [one for one in statements if one not in told]
            part.blocks += _talk(minutes, body, told)
        elif section.kind in entries:
            here = [entry for entry in entries[section.kind] if entry.lines[0] in body]
            entries[section.kind] = [entry for entry in entries[section.kind] if entry.lines[0] not in body]
            part.blocks += _listed(minutes, body, here)
        else:
            part.blocks += _printed(minutes, body, [])
        _join(made, part)
    for kind in _KINDS:
        left = units.get(kind, [])
        blocks = [_item(unit) for unit in left]
        if kind == SectionKind.DISCUSSION:
            blocks = [block for statement in statements for block in _spoken(statement)]
        elif kind in entries:
            blocks = _by_capacity(entries[kind])
        if blocks:
            _put_in(made, kind, blocks)
    return _lettered(made)


def _lettered(made: list[Part]) -> list[Part]:
    """Sections without anything go; where no section has a letter, all with a title get theirs."""
    made = [part for part in made if part.blocks]
    if not any(part.letter for part in made):
        for part, letter in zip([part for part in made if part.title], LETTERS, strict=False):
            part.letter = letter
    return made


def _join(made: list[Part], part: Part) -> None:
    """A section under another («اعضای اصلی» under «حاضران») goes on with it, its title as a line of its own."""
    before = made[-1] if made else None
    if before and before.kind == part.kind and not part.letter:
        if part.title and part.blocks:
            before.blocks.append(Block(Look.HEAD, ((f"{part.title}:", True),)))
        before.blocks += part.blocks
        return
    if not part.title and part.kind in TITLES and not part.letter:
        part.title = TITLES[part.kind] if part.blocks else ""
    made.append(part)


def _put_in(made: list[Part], kind: SectionKind, blocks: list[Block]) -> None:
    """Behind what stands of this kind, or as a section of its own where that belongs."""
    for part in reversed(made):
        if part.kind == kind:
            part.blocks += blocks
            return
    order = list(_KINDS)
    place = next(
        (n for n, part in enumerate(made) if part.kind in order and order.index(part.kind) > order.index(kind)), None
    )
    part = Part(kind, "", TITLES[kind], blocks)
    made.insert(len(made) if place is None else place, part)
    if any(one.letter for one in made):
        taken = {one.letter for one in made}
        part.letter = next((letter for letter in LETTERS if letter not in taken), "")


def _title(section: Section) -> str:
    return section.title.replace("**", "").strip().rstrip(":").strip()


def _body_lines(minutes: Minutes, section: Section) -> range:
    """The numbers of its lines, without the one that is its title."""
    first, last = max(section.lines[0], 1), min(section.lines[1], len(minutes.lines))
    if first <= last and (title := squash(section.title)):
        line = squash(minutes.lines[first - 1])
        if title in line and len(line) <= len(title) + 8:
            first += 1
    return range(first, last + 1)


def _meets(lines: Lines, body: range) -> bool:
    return bool(body) and lines[0] <= body[-1] and lines[1] >= body[0] and lines[0] > 0


def _within(units: list[_Unit], body: range) -> tuple[list[_Unit], list[_Unit]]:
    """Those that came from these lines, and the others."""
    mine = [unit for unit in units if unit.lines[0] in body]
    return mine, [unit for unit in units if unit.lines[0] not in body]


def _printed(minutes: Minutes, body: range, units: Sequence[_Unit], people: Sequence[Person] = ()) -> list[Block]:
    """The lines in their order, with the items in their places; names are bold where the paper introduces them."""
    blocks: list[Block] = []
    loose: list[str] = []
    number = body.start
    starts = _by_start(units, body)

    def named(first: int, last: int) -> list[str]:
        return [person.name for person in people if person.lines and first <= person.lines[0] <= last]

    def close() -> None:
        names = named(number - len(loose), number - 1)
        blocks.extend(_plain(paragraph, names) for paragraph in _paragraphs(loose))
        loose.clear()

    while number < body.stop:
        if number not in starts:
            loose.append(minutes.lines[number - 1])
            number += 1
            continue
        close()
        here, last = starts[number], number
        for line, found in starts.items():  # an item may begin within the lines of the one before
            if number <= line <= last:
                last = max(last, *(min(unit.lines[1], body.stop - 1) for unit in found))
                here = here if line == number else [*here, *found]
        blocks += _as_it_stands(here, _words(minutes, number, last), named(number, last))
        number = last + 1
    close()
    return blocks


def _by_start(units: Sequence[_Unit], body: range) -> dict[int, list[_Unit]]:
    found: dict[int, list[_Unit]] = {}
    for unit in units:
        found.setdefault(unit.lines[0], []).append(unit)
    return {line: found[line] for line in sorted(found) if line in body}


def _words(minutes: Minutes, first: int, last: int) -> str:
    return " ".join(line.strip() for line in minutes.lines[first - 1 : last] if line.strip())


def _as_it_stands(units: list[_Unit], words: str, names: Sequence[str]) -> Iterator[Block]:
    """The lines of these items as they stand there, where they hold the words of all; else each item's own words."""
    bare = words.replace("**", "")
    held = squash(bare)
    if len(units) == 1 and squash(units[0].text) in held:
        yield _item(units[0], words, names)
    elif len({unit.lines for unit in units}) == 1 and all(squash(unit.text) in held for unit in units):
        ids = " ".join(unit.id for unit in units)
        block = _plain(words, names)
        yield Block(block.look, block.pieces, block.label, ids)
    else:
        yield from (_item(unit) for unit in units)


def _item(unit: _Unit, words: str = "", names: Sequence[str] = ()) -> Block:
    """One item: by its number, its bullet, or as a paragraph. `words` are the source's, with its mark before them."""
    mark = _BULLET.match(words)
    text = words[mark.end() :] if mark else words
    if unit.number:
        bare = _NUMBERED.sub("", text, count=1)
        text = bare if squash(bare).startswith(squash(unit.text)) else unit.text
        return Block(Look.ITEM, _bold(text, names), f"{to_persian(unit.number)}-", unit.id)
    look = Look.BULLET if not words or mark else Look.PARAGRAPH
    return Block(look, _bold(text or unit.text, names), of=unit.id)


def _plain(text: str, names: Sequence[str]) -> Block:
    mark = _BULLET.match(text)
    if mark and mark["mark"]:
        return Block(Look.BULLET, _bold(text[mark.end() :], names))
    return Block(Look.PARAGRAPH, _bold(text[mark.end() :] if mark else text, names))


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines put together where one goes on in the next."""
    held = ""
    for line in (line.strip() for line in lines):
        if not line:
            if held:
                yield held
            held = ""
        elif held and not _ENDED.search(held) and not _BULLET.match(line) and not _NUMBERED.match(line):
            held += " " + line
        else:
            if held:
                yield held
            held = line
    if held:
        yield held


def _talk(minutes: Minutes, body: range, statements: Sequence[Statement]) -> list[Block]:
    units, people, unheard = [], [], []
    for statement in statements:
        inside = [point for point in statement.points if point.lines[0] in body]
        units += [_Unit(point.lines, point.text, point.number, point.id) for point in inside]
        people += [person for person in statement.speakers if person.lines]
        if len(inside) < len(statement.points) or not statement.points:
            left = [point for point in statement.points if point not in inside]
            unheard.append(Statement(statement.speakers, left, statement.lines, statement.id))
    blocks = _printed(minutes, body, units, people)
    said = squash("".join(block.text for block in blocks))
    for statement in unheard:
        if statement.points or not all(squash(person.name) in said for person in statement.speakers):
            blocks += _spoken(statement)
    return blocks


def _spoken(statement: Statement) -> Iterator[Block]:
    """A statement that no line holds: who spoke, and the points."""
    pieces: list[Piece] = []
    for place, person in enumerate(statement.speakers):
        if place:
            pieces.append(("، ", False))
        pieces += [(person.name, True), *([(f" ({person.post})", False)] if person.post else [])]
    if len(statement.points) == 1 and not statement.points[0].number:
        point = statement.points[0]
        yield Block(Look.PARAGRAPH, (*pieces, *([(": ", False)] if pieces else []), (point.text, False)), of=point.id)
        return
    if pieces:
        yield Block(Look.PARAGRAPH, (*pieces, (":" if statement.points else "", False)), of=statement.id)
    for point in statement.points:
        yield _item(_Unit(point.lines, point.text, point.number, point.id))


def _listed(minutes: Minutes, body: range, entries: Sequence[Attendance]) -> list[Block]:
    """The names as the paper lists them, where it holds them all; else one by one."""
    blocks = _printed(minutes, body, [])
    held = squash("".join(block.text for block in blocks))
    return blocks if all(squash(entry.text) in held for entry in entries) else _by_capacity(entries)


def _by_capacity(entries: Sequence[Attendance]) -> list[Block]:
    blocks: list[Block] = []
    known = [capacity for capacity in CAPACITIES if any(entry.capacity == capacity for entry in entries)]
    for capacity in (*known, None):
        names = [entry.text for entry in entries if (entry.capacity if entry.capacity in known else None) == capacity]
        if names:
            if known:
                blocks.append(Block(Look.HEAD, ((f"{CAPACITIES[capacity] if capacity else 'دیگران'}:", True),)))
            blocks.append(Block(Look.PARAGRAPH, ((" - ".join(names), False),)))
    return blocks


def _bold(text: str, names: Sequence[str]) -> tuple[Piece, ...]:
    """The words in pieces: what the source marks with `**`, and the names of those who spoke, is bold."""
    if "**" in text and _BOLD.search(text):
        pieces, end = [], 0
        for found in _BOLD.finditer(text):
            pieces += [(text[end : found.start()].replace("**", ""), False), (found[1], True)]
            end = found.end()
        pieces.append((text[end:].replace("**", ""), False))
        return tuple(piece for piece in pieces if piece[0])
    text = text.replace("**", "")
    pieces, end = [], 0
    for first, last in sorted(span for name in names if len(name) > 2 for span in _spans(text, name)):
        if first >= end:
            pieces += [(text[end:first], False), (text[first:last], True)]
            end = last
    pieces.append((text[end:], False))
    return tuple(piece for piece in pieces if piece[0])


def _spans(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where the name first stands, with the form of address before it."""
    found = re.search(rf"(?<!\w){_HONORIFIC}{re.escape(name)}(?!\w)", text)
    if found:
        yield found.span()


def further(paper: Paper) -> list[Part]:
    """What stands behind the minutes: dissents, errata, attachments."""
    told = [
        Part(SectionKind.OTHER, "", "نظر مخالف", [_objection(one) for one in paper.objections]),
        Part(SectionKind.OTHER, "", "اصلاحیه", [_amendment(one) for one in paper.amendments]),
        Part(
            SectionKind.OTHER,
            "",
            "پیوست‌ها",
            [
                Block(Look.ITEM, ((name, False),), f"{to_persian(str(n))}-")
                for n, name in enumerate(paper.attachments, 1)
            ],
        ),
    ]
    return [part for part in told if part.blocks]


def _objection(one: Objection) -> Block:
    if not one.text:
        return Block(Look.BULLET, ((WITHHELD, False),))
    told = [f"مصوبه {to_persian(one.about)}"] if one.about else []
    told += [f"ثبت‌شده در {to_persian(one.since)}، پس از این نسخه"] if one.since else []
    about = f" ({'، '.join(told)})" if told else ""
    return Block(Look.BULLET, ((one.name, True), (f"{about}: {one.text}", False)))


def _amendment(one: Amendment) -> Block:
    words = (
        f"«{one.old}» به «{one.new}» اصلاح شد"
        if one.old and one.new
        else f"«{one.new or one.old}» {'افزوده' if one.new else 'حذف'} شد"
    )
    pieces = [
        (f"اصلاحیه {to_persian(str(one.number))}", True),
        (f" (به موجب مصوبه {to_persian(one.decided_by)}): {words}", False),
    ]
    if one.reason:
        pieces.append((f"؛ {one.reason}", False))
    return Block(Look.BULLET, (*pieces, (".", False)))
