"""The resolutions of a paper: where they stand, in lists, in tables and in prose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dabir.persian.digits import to_ascii
from dabir.persian.letters import same_length_fold
from dabir.reading.dates import read_due
from dabir.reading.decided import List, Paper, resolution_of, surroundings
from dabir.reading.decisions import SPEECH, decides, is_formula
from dabir.reading.duties import Inherited, obligations_of, parties_in_cell
from dabir.reading.items import Item, group, nest
from dabir.reading.lines import Passage
from dabir.reading.minutes import DueKind, Resolution, ResolutionKind, SectionKind
from dabir.reading.parties import names_from
from dabir.reading.prose import goes_on, orders, orders_in, resolutions_in
from dabir.reading.sections import Block
from dabir.reading.tables import Row, Table, table_in
from dabir.reading.titles import OBLIGES, opens_list
from dabir.reading.waiting import wait
from dabir.reading.wording import rx

_WHAT = {"text", "subject"}
_WHO_AND_WHEN = {"lead", "due"}
_SHORT = 120  # letters; a longer item that ends with a colon is more than a heading
_LONGEST_BULLET = 700  # letters; a longer bullet of a discussion is a paragraph, of which only sentences decide
_HEADING = 40  # letters; a shorter parent of details is only their heading
_DITTO = rx(r"\W*(?:همان|همان دستگاه|همان مسئول|ایضا|\"|〃|//|″|دستگاه (?:فوق|مذکور)|فوق)\W*")
_MEETING = rx(r"(?<!\w)(?:جلسه|نشست|صورت جلسه|کارگروه|ستاد|شورا|شورای|کمیته|کمیسیون|هیات)(?!\w)")
_FOLLOWS = rx("موظف|مکلف|ملزم|زیر|ذیل|اقدام|نماید|نمایند")


def resolutions_of(blocks: list[Block], paper: Paper) -> list[Resolution]:
    """All resolutions in the paper's order, with ids."""
    found = [one for block in blocks for one in _in_block(block, paper)] or list(_reported(blocks, paper))
    found.sort(key=lambda resolution: resolution.lines)
    for place, resolution in enumerate(found, 1):
        resolution.id = f"r{place}"
        for count, obligation in enumerate(resolution.obligations, 1):
            obligation.id = f"r{place}o{count}"
        wait(resolution.obligations)
    return found


def _in_block(block: Block, paper: Paper) -> Iterator[Resolution]:
    if block.kind is SectionKind.RESOLUTIONS:
        yield from _titled(block, paper)
    elif block.kind is SectionKind.DISCUSSION:
        yield from _spoken(block, paper)
    elif block.kind in (SectionKind.HEADER, SectionKind.OTHER):
        table = table_in(block.lines)
        if table and _WHAT & set(table.columns) and _WHO_AND_WHEN & set(table.columns):
            yield from _rows(table, _list(block), paper)


def _list(block: Block) -> List:
    return List(block.list_kind, block.review)


def _titled(block: Block, paper: Paper) -> Iterator[Resolution]:
    """Under a title «مصوبات»: the rows of its tables, then its items, then the sentences around them."""
    lines = block.lines
    while (table := table_in(lines)) and _WHAT & set(table.columns):
        yield from _rows(table, _list(block), paper)
        lines = [line for line in lines if not table.lines[0] <= line.number <= table.lines[1]]
    roots = nest(group(lines))
    marked = lines is not block.lines or any(item.mark for root in roots for item in root.walk())
    for root in roots:
        if root.mark is None and not root.children:
            if not (is_formula(root.passage.folded) or (opens_list(root.passage.folded) and root.opens)):
                acts = block.list_kind is ResolutionKind.OBLIGATION  # «… به شرح زیر تصویب شد:»
                yield from _sentences(root.passage, paper, orders=acts or not marked, acts=acts)
        else:
            yield from _item(root, _list(block), paper, Inherited(), None)


def _spoken(block: Block, paper: Paper) -> Iterator[Resolution]:
    """In a discussion: the items that decide, those under a deciding sentence, and the sentences that decide."""
    items = group(block.lines)
    numbered = [item for item in items if item.mark and item.mark.style != "bullet"]
    deciding = sum(_binds(item.passage.folded) for item in numbered)
    a_list_of_decisions = deciding * 2 > len(numbered) or (
        deciding > 0 and (block.title is None or block.title.decisions)
    )
    under = False  # items follow a sentence that decides («مقرر گردید: ۱- …»)
    decided = False  # the paragraph before has a decision: this one may go on with it («همچنین … ارسال نمایند»)
    for item in items:
        found = []
        if item.mark is None:
            opening = item.opens and opens_list(item.passage.folded)
            under = bool(opening) or (item.opens and decides(item.passage.folded[-_SHORT:]))
            going_on = decided and goes_on(item.passage.folded)
            found = list(_sentences(item.passage, paper, going_on=going_on))
            decided = bool(found)
        elif not (item.opens and opens_list(item.passage.folded)):
            if under or _decides(item, a_list_of_decisions):
                found = [resolution_of(item.passage, item.label, paper)]
            else:
                found = list(_sentences(item.passage, paper))
        yield from found


def _decides(item: Item, a_list_of_decisions: bool) -> bool:
    if item.mark and item.mark.style != "bullet":
        return a_list_of_decisions or decides(item.passage.folded)
    return len(item.passage.text) < _LONGEST_BULLET and next(resolutions_in(item.passage), None) is not None


def _binds(folded: str) -> bool:
    """True for an item that decides; in a list of such items one that plainly orders («… فراهم شود») is one too."""
    return decides(folded) or (not SPEECH.search(folded) and orders(Passage.of([(1, folded)])))


def _reported(blocks: list[Block], paper: Paper) -> Iterator[Resolution]:
    """The orders of a report that has no deciding verb anywhere: what it tells to be ordered is all it decides."""
    if not any(_MEETING.search(line.folded) for line in paper.lines):
        return
    for block in blocks:
        if block.kind is SectionKind.DISCUSSION:
            for item in group(block.lines):
                yield from (resolution_of(order, None, paper) for order in orders_in(item.passage))


def _sentences(
    paragraph: Passage, paper: Paper, *, orders: bool = False, acts: bool = False, going_on: bool = False
) -> Iterator[Resolution]:
    at = 0
    for sentence in resolutions_in(paragraph, orders_count=orders, acts_count=acts, going_on=going_on):
        start = paragraph.text.find(sentence.text, at)
        at = start + len(sentence.text)
        if not opens_list(sentence.folded):
            yield resolution_of(sentence, None, paper, before=paragraph.text[:start])


def _item(item: Item, listed: List, paper: Paper, inherited: Inherited, prefix: str | None) -> Iterator[Resolution]:
    """The resolution that the item is, or those of its sub-items, which carry its number («3-الف»)."""
    folded, label = item.passage.folded, item.label
    own = label is None or prefix is None or prefix in label.replace(".", "-").split("-")
    number = label if own else f"{prefix}-{label}"
    passed = _passed_on(item, paper, inherited) if item.children else None
    if passed is not None:
        for child in item.children:
            note = child.mark is not None and child.mark.word == "تبصره"  # a note owes nothing to its item's owner
            yield from _item(child, listed, paper, Inherited() if note else passed, number)
    elif item.children:
        whole = Passage.of(part for one in item.walk() for part in one.passage.parts())
        yield resolution_of(whole, number, paper, inherited=inherited, listed=listed)
    elif not (is_formula(folded) or _is_heading(item) or not any(char.isalpha() for char in folded)):
        yield resolution_of(item.passage, number, paper, inherited=inherited, listed=listed)


def _is_heading(item: Item) -> bool:
    return item.opens and len(item.passage.text) < _SHORT and not decides(item.passage.folded)


def _passed_on(item: Item, paper: Paper, inherited: Inherited) -> Inherited | None:
    """What a parent passes to its items; None where the parent is the resolution and its items are only details."""
    passage = item.passage
    if item.opens and opens_list(passage.folded) and not OBLIGES.search(passage.folded):
        return inherited
    bare = passage.text.rstrip(" :-–،")
    spans, end = names_from(passage, 0, len(bare))
    if spans and not passage.folded[end : len(bare)].strip(" .،"):  # «شهرداری:», a name alone, owns its items
        named = parties_in_cell(bare)
        return replace(inherited, lead=named[0], helpers=(*inherited.helpers, *named[1:]))
    if item.opens and _FOLLOWS.search(passage.folded) and (own := _own(item, paper, inherited)):
        return own
    details = not any(decides(child.passage.folded) for child in item.children)
    return None if details and (item.opens or len(passage.text) > _HEADING) else inherited


def _own(item: Item, paper: Paper, inherited: Inherited) -> Inherited | None:
    """The owner, the helpers and the limit that the parent's own words give."""
    duties = obligations_of(item.passage, surroundings(item.passage, paper, inherited))
    first = next((one for one in duties if one.lead), None)
    due = next((one.due for one in duties if one.lead and one.due), None)
    return Inherited(first.lead, tuple(first.helpers), due) if first else None


def _rows(table: Table, listed: List, paper: Paper) -> Iterator[Resolution]:
    """The rows of a table of resolutions: «همان» stands for the cell above, a dash for nothing."""
    above: dict[str, str] = {}
    for row in table.rows:
        if _WHAT & set(row.cells):
            cells = {
                column: above.get(column, "") if _DITTO.fullmatch(same_length_fold(cell)) else cell
                for column, cell in row.cells.items()
            }
            above |= {column: cells.get(column, "") for column in ("lead", "helpers", "due")}
            if what := cells.get("text") or cells.get("subject"):  # a ditto in this column says nothing
                yield _row(row, what, cells, listed, paper)


def _row(row: Row, what: str, cells: dict[str, str], listed: List, paper: Paper) -> Resolution:
    passage = Passage.of([(row.lines[0], what.replace("\n", " "))])
    number = to_ascii(cells["number"]) if "number" in cells else None
    leads = parties_in_cell(cells.get("lead", ""))
    helpers = [*leads[1:], *parties_in_cell(cells.get("helpers", ""))]
    due = read_due(cells["due"], paper.session, paper.starts_at) if cells.get("due") else None
    inherited = Inherited(leads[0] if leads else None, tuple(helpers), due)
    resolution = resolution_of(passage, number, paper, inherited=inherited, listed=listed)
    resolution.lines = row.lines
    for obligation in resolution.obligations:
        obligation.lines = row.lines
        obligation.lead = leads[0] if leads else obligation.lead
        obligation.due = due or obligation.due
    if due and due.kind is DueKind.RECURRING and resolution.kind is ResolutionKind.OBLIGATION:
        resolution.kind = ResolutionKind.RECURRING
    return resolution
