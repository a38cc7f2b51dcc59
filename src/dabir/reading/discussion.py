"""The discussion: who spoke, and the points made, listed or in prose."""

from __future__ import annotations

from dabir.reading.items import Item, group
from dabir.reading.lines import Passage
from dabir.reading.minutes import Lines, Person, Point, SectionKind, Statement
from dabir.reading.sections import Block
from dabir.reading.speakers import before_colon
from dabir.reading.turns import comes_on, turns_in
from dabir.reading.wording import rx

_HE = rx(r"(?:ایشان|وی|نامبرده|مشارالیه)(?!\w)")


def discussion_of(blocks: list[Block], decided: set[Lines]) -> list[Statement]:
    """The statements in order, with ids («s1») and points («p1»); items on the lines that were `decided` are none."""
    statements: list[Statement] = []
    for block in blocks:
        if block.kind is SectionKind.DISCUSSION:
            _read(block, statements, decided)
    statements = [one for one in statements if one.speakers or one.points]
    points = [point for one in statements for point in one.points]
    for count, one in enumerate(statements, 1):
        one.id = f"s{count}"
    for count, point in enumerate(points, 1):
        point.id = f"p{count}"
    return statements


def _read(block: Block, statements: list[Statement], decided: set[Lines]) -> None:
    items = group(block.lines)
    current: Statement | None = None
    for place, item in enumerate(items):
        named = before_colon(item.passage)
        if named:  # «رئیس اداره صمت: …»
            speaker, said = named
            current = Statement([speaker], [_point(said, item.label)], item.passage.lines())
            statements.append(current)
            continue
        speaks = item.passage.lines() not in decided and comes_on(item.passage)
        spoken = turns_in(item.passage) if item.mark is None or _introduces(item) or speaks else []
        if item.mark is None or spoken:
            followed = place + 1 < len(items) and items[place + 1].mark is not None and item.opens
            for statement in _statements(item.passage, spoken, followed):
                statements.append(statement)
                current = statement
            if not spoken and current is not None and _HE.match(item.passage.folded):
                current.points.append(_point(item.passage, None))
        elif item.passage.lines() not in decided:
            if current is None:
                current = Statement([], [], item.passage.lines())
                statements.append(current)
            current.points.append(_point(item.passage, item.label))
            current.lines = (current.lines[0], item.passage.lines()[1])


def _introduces(item: Item) -> bool:
    """True for a marked line that is no point but brings a speaker on («- سپس گزارش … توسط … ارائه شد:»)."""
    return item.opens and len(item.passage.text) > 60


def _statements(passage: Passage, spoken: list[tuple[int, list[Person]]], followed: bool) -> list[Statement]:
    """A statement for each turn in the paragraph; what is said in it is one point, unless a list follows."""
    made = []
    bounds = [start for start, _ in spoken] + [len(passage.text)]
    for (start, speakers), end in zip(spoken, bounds[1:], strict=True):
        part = passage.cut(start, end)
        points = [] if followed and end == len(passage.text) else [_point(part, None)]
        made.append(Statement(speakers, points, part.lines()))
    return made


def _point(passage: Passage, number: str | None) -> Point:
    return Point(passage.text, passage.lines(), number)
