"""The resolutions of a paper: listed, in a table, or in prose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dabir.reading.context import Context
from dabir.reading.dates import read_due
from dabir.reading.decisions import decides, is_formula
from dabir.reading.duties import Inherited, Surroundings, amended, obligations_of, parties_in_cell
from dabir.reading.items import Item, group, nest
from dabir.reading.kinds import kind_of
from dabir.reading.lines import Line, Passage
from dabir.reading.minutes import Obligation, Resolution, ResolutionKind, SectionKind
from dabir.reading.parties import names_from
from dabir.reading.prose import resolutions_in
from dabir.reading.references import references_in
from dabir.reading.sections import Block
from dabir.reading.tables import Row, Table, table_in
from dabir.reading.titles import opens_list
from dabir.reading.wording import rx

_BINDING = {ResolutionKind.OBLIGATION, ResolutionKind.RECURRING}
_FREE = {ResolutionKind.INFORMATION, ResolutionKind.PROPOSAL}
_LOOK_BACK = 40  # lines before a resolution in which a pronoun's antecedent is looked for
_SAME = rx(r"\W*(?:همان|همان دستگاه|همان مسئول|ایضا|\"|〃|//|″|دستگاه (?:فوق|مذکور)|فوق)\W*")
_STATE_TABLE = ("note",)


@dataclass(frozen=True, slots=True)
class Paper:
    """What every analyser of a resolution needs of the paper: its lines, the Context, the session's day."""

    lines: list[Line]
    context: Context
    session: date | None

    def before(self, line: int) -> Passage:
        return Passage.of((other.number, other.text) for other in self.lines[max(0, line - 1 - _LOOK_BACK) : line - 1])


def resolutions_of(blocks: list[Block], paper: Paper) -> list[Resolution]:
    """All resolutions in the paper's order, with ids and references."""
    found: list[Resolution] = []
    for block in blocks:
        if block.kind in (SectionKind.HEADER, SectionKind.OTHER):
            found += _tabled(block, paper)
        elif block.kind is SectionKind.RESOLUTIONS:
            found += _titled(block, paper)
        elif block.kind is SectionKind.DISCUSSION:
            found += _spoken(block, paper)
    if not found:  # minutes without one deciding verb: what they order is what they decide
        spoken = [block for block in blocks if block.kind is SectionKind.DISCUSSION]
        found = [one for block in spoken for item in group(block.lines) for one in _sentences(item.passage, block, paper, orders_count=True)]
    found.sort(key=lambda resolution: resolution.lines)
    for place, resolution in enumerate(found, 1):
        resolution.id = f"r{place}"
        for count, obligation in enumerate(resolution.obligations, 1):
            obligation.id = f"r{place}o{count}"
    return found


def _tabled(block: Block, paper: Paper) -> Iterator[Resolution]:
    """The rows of an untitled table, where its columns say that it holds resolutions."""
    table = table_in(block.lines)
    if table and {"text", "subject"} & set(table.columns) and {"lead", "due"} & set(table.columns):
        yield from _rows(table, block, paper)


def _titled(block: Block, paper: Paper) -> Iterator[Resolution]:
    lines = block.lines
    while (table := table_in(lines)) and {"text", "subject"} & set(table.columns):
        yield from _rows(table, block, paper)
        lines = [line for line in lines if not table.lines[0] <= line.number <= table.lines[1]]
    items = nest(group(lines))
    listed = any(item.mark for root in items for item in root.walk())
    for root in items:
        yield from _item(root, block, paper, Inherited(), None, listed=listed or lines is not block.lines)


def _spoken(block: Block, paper: Paper) -> Iterator[Resolution]:
    """Resolutions in a discussion: the items and the sentences that decide."""
    items = group(block.lines)
    numbered = [item for item in items if item.mark and item.mark.style != "bullet"]
    deciding = sum(decides(item.passage.folded) for item in numbered)
    mostly = deciding * 2 > len(numbered) or (bool(deciding) and block.title is None)
    opened = False
    for item in items:
        opened = bool(item.mark and opened) or (item.mark is None and item.opens and decides(item.passage.folded[-120:]))
        if item.mark and opened:
            yield _resolution(item.passage, item.label, block, paper, Inherited())
        elif item.mark and item.mark.style != "bullet" and (mostly or decides(item.passage.folded)):
            yield _resolution(item.passage, item.label, block, paper, Inherited())
        elif item.mark and len(item.passage.text) < 700 and any(True for _ in resolutions_in(item.passage)):
            yield _resolution(item.passage, item.label, block, paper, Inherited())
        else:
            yield from _sentences(item.passage, block, paper, orders_count=False)


def _item(
    item: Item, block: Block, paper: Paper, inherited: Inherited, prefix: str | None, *, listed: bool
) -> Iterator[Resolution]:
    folded = item.passage.folded
    number = f"{prefix}-{item.label}" if prefix and item.label and not item.label.startswith(prefix) else item.label
    if item.children:
        passed = _passed_on(item, paper, inherited)
        if passed is not None:
            for child in item.children:
                yield from _item(child, block, paper, passed, number, listed=listed)
            return
        parts = [(number_, text) for child in item.walk() for number_, text in _parts(child.passage)]
        yield _resolution(Passage.of(parts), number, block, paper, inherited)
        return
    if is_formula(folded) or not any(char.isalpha() for char in folded):
        return
    if item.mark is None:
        if not (opens_list(folded) and item.opens):
            yield from _sentences(item.passage, block, paper, orders_count=not listed)
        return
    if item.opens and not decides(folded) and len(folded) < 120:
        return
    yield _resolution(item.passage, number, block, paper, inherited)


def _parts(passage: Passage) -> Iterator[tuple[int, str]]:
    bounds = (*passage.offsets[1:], len(passage.text) + 1) if passage.offsets else ()
    for number, start, end in zip(passage.numbers, passage.offsets, bounds, strict=True):
        yield number, passage.text[start : end - 1]


def _passed_on(item: Item, paper: Paper, inherited: Inherited) -> Inherited | None:
    """What a parent passes to its items; None where the parent is the resolution and its items are only details."""
    passage = item.passage
    if item.opens and opens_list(passage.folded) and not rx("(?:موظف|مکلف|ملزم)").search(passage.folded):
        return inherited
    bare = passage.text.rstrip(" :-–،")
    spans, end = names_from(passage, 0, len(bare))
    if spans and not passage.folded[end : len(bare)].strip(" .،"):
        named = parties_in_cell(bare, paper.context)
        return replace(inherited, lead=named[0], helpers=(*inherited.helpers, *named[1:]))
    orders = _obliges(passage, paper, inherited)
    details = not any(decides(child.passage.folded) for child in item.children)
    if item.opens and orders is not None and rx("(?:موظف|مکلف|ملزم|زیر|ذیل|اقدام|نماید|نمایند)").search(passage.folded):
        return Inherited(orders.lead, tuple(orders.helpers), orders.due)
    return None if details and (item.opens or len(passage.text) > 40) else inherited


def _obliges(passage: Passage, paper: Paper, inherited: Inherited) -> Obligation | None:
    around = Surroundings(paper.context, paper.session, paper.before(passage.numbers[0]), inherited)
    obligations = [one for one in obligations_of(passage, around) if one.lead]
    if not obligations:
        return None
    first = obligations[0]
    first.due = first.due or next((one.due for one in obligations if one.due), None)
    return first


def _sentences(paragraph: Passage, block: Block, paper: Paper, *, orders_count: bool) -> Iterator[Resolution]:
    before = paper.before(paragraph.numbers[0])
    at = 0
    for sentence in resolutions_in(paragraph, orders_count=orders_count):
        if opens_list(sentence.folded):
            continue
        start = paragraph.text.find(sentence.text, at)
        around = Passage.of([*_parts(before), (1, paragraph.text[max(0, start - 2000) : start])])
        at = start + len(sentence.text)
        yield _resolution(sentence, None, block, paper, Inherited(), around)


def _resolution(
    passage: Passage,
    number: str | None,
    block: Block,
    paper: Paper,
    inherited: Inherited,
    before: Passage | None = None,
) -> Resolution:
    before = paper.before(passage.numbers[0]) if before is None else before
    around = Surroundings(paper.context, paper.session, before, inherited)
    obligations = obligations_of(passage, around)
    listed = block.list_kind if block.kind is SectionKind.RESOLUTIONS else None
    kind = kind_of(passage, obligations, listed, block.review)
    if kind is ResolutionKind.AMENDMENT and not any(one.lead or one.due for one in obligations):
        obligations = amended(passage, around)
    obligations = _kept(kind, obligations, passage)
    return Resolution(passage.text, passage.lines(), kind, number, obligations, references_in(passage))


def _kept(kind: ResolutionKind, obligations: list[Obligation], passage: Passage) -> list[Obligation]:
    """The obligations that a resolution of this kind makes."""
    if kind in _FREE:
        return []
    if kind in _BINDING:
        return obligations or [Obligation(passage.text, passage.lines())]
    if kind is ResolutionKind.STANDING_RULE:
        return [one for one in obligations if one.lead]
    return [one for one in obligations if one.lead or one.due]


def _rows(table: Table, block: Block, paper: Paper) -> Iterator[Resolution]:
    """The rows of a table of resolutions: «همان» stands for the cell above, a dash for nothing."""
    above: dict[str, str] = {}
    for row in table.rows:
        if not {"text", "subject"} & set(row.cells):
            continue
        cells = {
            column: above.get(column, "") if _SAME.fullmatch(_folded(cell)) else cell
            for column, cell in row.cells.items()
        }
        above |= {column: cells.get(column, "") for column in ("lead", "helpers", "due")}
        yield _row(row, cells, block, paper)


def _folded(text: str) -> str:
    return Passage.of([(1, text)]).folded


def _row(row: Row, cells: dict[str, str], block: Block, paper: Paper) -> Resolution:
    passage = Passage.of([(row.lines[0], (cells.get("text") or cells["subject"]).replace("\n", " "))])
    context = paper.context
    leads = parties_in_cell(cells.get("lead", ""), context)
    helpers = [*leads[1:], *parties_in_cell(cells.get("helpers", ""), context)]
    due = read_due(cells["due"], paper.session) if cells.get("due") else None
    inherited = Inherited(leads[0] if leads else None, tuple(helpers), due)
    resolution = _resolution(passage, cells.get("number"), block, paper, inherited)
    resolution.lines = row.lines
    for obligation in resolution.obligations:
        obligation.lines = row.lines
        if leads:
            obligation.lead = leads[0]
        if due:
            obligation.due = due
    if due and resolution.kind is ResolutionKind.OBLIGATION and due.kind == "recurring":
        resolution.kind = ResolutionKind.RECURRING
    return resolution
