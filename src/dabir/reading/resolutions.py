"""The resolutions of a paper: where they stand, in lists, in tables and in prose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from dabir.persian.digits import to_ascii
from dabir.persian.letters import same_length_fold
from dabir.reading.cells import parties_in_cell
from dabir.reading.dates import read_due
from dabir.reading.decided import List, Paper, resolution_of, surroundings
from dabir.reading.decisions import decides, is_formula
from dabir.reading.duties import Inherited, obligations_of
from dabir.reading.items import Item, group, nest
from dabir.reading.joined import names_from
from dabir.reading.lines import Line, Mark, Passage
from dabir.reading.members import are_members, are_parts, with_parts
from dabir.reading.minutes import DueKind, Obligation, Resolution, ResolutionKind, SectionKind
from dabir.reading.prose import names_act, orders
from dabir.reading.sections import Block
from dabir.reading.tables import Row, Table, table_in
from dabir.reading.talk import decided_in_talk, deciding_sentences, reported, without_headlines
from dabir.reading.titles import AMENDS_WORDING, OBLIGES, opens_list
from dabir.reading.waiting import wait
from dabir.reading.wording import rx

_WHAT = {"text", "subject"}
_WHO_AND_WHEN = {"lead", "due"}
_SHORT = 120  # letters; a longer item that ends with a colon is more than a heading
_LEAST = 50  # letters of a paragraph that is no signature
_FEW, _WRAPPED = 3, 80  # lines, letters
_HEADING = 40  # letters; a shorter parent of details is only their heading
_DITTO = rx(r"\W*(?:همان|همان دستگاه|همان مسئول|ایضا|\"|〃|//|″|دستگاه (?:فوق|مذکور)|فوق)\W*")
_FOLLOWS = rx("موظف|مکلف|ملزم|زیر|ذیل|اقدام|نماید|نمایند")


def resolutions_of(blocks: list[Block], paper: Paper) -> list[Resolution]:
    """All resolutions in the paper's order, with ids."""
    found = [one for block in blocks for one in _in_block(block, paper)] or list(reported(blocks, paper))
    found.sort(key=lambda resolution: resolution.lines)
    found = without_headlines(found)
    for place, resolution in enumerate(found, 1):
        resolution.id = f"r{place}"
        for count, obligation in enumerate(resolution.obligations, 1):
            obligation.id = f"r{place}o{count}"
        wait(resolution.obligations)
    return found


def _in_block(block: Block, paper: Paper) -> Iterator[Resolution]:
    if block.kind is SectionKind.RESOLUTIONS:
        found = list(_titled(block, paper))
        yield from found or _whole(block, paper)
    elif block.kind is SectionKind.DISCUSSION:
        yield from decided_in_talk(block, paper)
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
    roots = _acts(lines) or nest(with_parts(group(lines)))
    marked = lines is not block.lines or any(item.mark for root in roots for item in root.walk())
    acts = not marked or block.list_kind is ResolutionKind.OBLIGATION  # «… به شرح زیر تصویب شد:»
    amended = False
    for root in roots:
        folded = root.passage.folded
        quoted = amended and root.passage.text.startswith("«")  # the new wording, not an order of this meeting
        if root.mark or root.children:
            yield from _item(root, _list(block), paper, Inherited(), None)
        elif not (quoted or is_formula(folded) or (root.opens and opens_list(folded))):
            yield from deciding_sentences(root.passage, paper, orders=acts, acts=acts)
        amended = quoted or (root.opens and AMENDS_WORDING.search(folded) is not None)


def _whole(block: Block, paper: Paper) -> Iterator[Resolution]:
    """The first paragraph behind «… تصویب کرد:», which is decided whatever its form."""
    if block.list_kind is ResolutionKind.OBLIGATION:
        long = (item for item in group(block.lines) if item.mark is None and len(item.passage.text) > _LEAST)
        for item in islice(long, 1):
            if not is_formula(item.passage.folded):
                yield resolution_of(item.passage, None, paper)


def _acts(lines: list[Line]) -> list[Item]:
    """The lines as items, where each without a mark names an act («خرید کولر», «دعوت از اولیا»); none otherwise."""
    written = [line for line in lines if not line.blank]
    acts = (line.mark is None and names_act(line.folded) and ". " not in line.words for line in written)
    if len(written) < 2 or not all(acts):
        return []
    if len(written) < _FEW and any(len(line.words) >= _WRAPPED for line in written):
        return []  # one paragraph may be wrapped so
    return [Item(Mark("bullet"), Passage.of([(line.number, line.words)])) for line in written]


def _item(item: Item, listed: List, paper: Paper, inherited: Inherited, prefix: str | None) -> Iterator[Resolution]:
    """The resolution that the item is, or those of its sub-items, which carry its number («3-الف»)."""
    folded, label = item.passage.folded, item.label
    own = label is None or prefix is None or (label != prefix and prefix in label.replace(".", "-").split("-"))
    number = label if own else f"{prefix}-{label}"
    passed = _passed_on(item, paper, inherited) if item.children else None
    if passed is not None:
        listed = replace(listed, owed=listed.owed or decides(folded))
        for child in item.children:
            note = child.mark is not None and child.mark.word == "تبصره"  # a note owes nothing to its item's owner
            yield from _item(child, listed, paper, Inherited() if note else passed, number)
    elif item.children:
        named = are_members(folded, [child.passage for child in item.children]) and orders(item.passage)
        said = item.passage if named else None
        yield resolution_of(item.whole(), number, paper, inherited=inherited, listed=listed, said=said)
    elif not (is_formula(folded) or _is_heading(item) or not any(char.isalpha() for char in folded)):
        yield resolution_of(item.passage, number, paper, inherited=inherited, listed=listed)


def _is_heading(item: Item) -> bool:
    return item.opens and len(item.passage.text) < _SHORT and not decides(item.passage.folded)


def _passed_on(item: Item, paper: Paper, inherited: Inherited) -> Inherited | None:
    """What a parent passes to its items; None where the parent is the resolution and its items are only details."""
    passage = item.passage
    amends = item.opens and AMENDS_WORDING.search(passage.folded)
    if amends or are_parts(passage.folded, [child.passage for child in item.children]):
        return None
    if item.opens and opens_list(passage.folded) and not OBLIGES.search(passage.folded):
        return inherited
    bare = passage.text.rstrip(" :-–،")
    spans, end = names_from(passage, 0, len(bare))
    if spans and not passage.folded[end : len(bare)].strip(" .،"):  # «شهرداری:», a name alone, owns its items
        named = parties_in_cell(bare)
        return replace(inherited, lead=named[0], helpers=(*inherited.helpers, *named[1:]))
    if item.opens and _FOLLOWS.search(passage.folded) and (own := _own(item, paper, inherited)):
        return own
    orders_own = item.opens and all(orders(child.passage) for child in item.children[:2])  # «تلاش کنیم تا: ۱- …»
    if orders_own and len(item.children) > 1:
        return _limit(item, paper, inherited)
    details = not any(decides(child.passage.folded) for child in item.children)
    return None if details and (item.opens or len(passage.text) > _HEADING) else inherited


def _own(item: Item, paper: Paper, inherited: Inherited) -> Inherited | None:
    """The owner, the helpers and the limit that the parent's own words give."""
    duties = obligations_of(item.passage, surroundings(item.passage, paper, inherited))
    first = next((one for one in duties if one.lead), None)
    due = next((one.due for one in duties if one.lead and one.due), None)
    return Inherited(first.lead, tuple(first.helpers), due) if first else None


def _limit(item: Item, paper: Paper, inherited: Inherited) -> Inherited:
    """The parent's limit, for items that have their own verbs."""
    duties = obligations_of(item.passage, surroundings(item.passage, paper, inherited))
    due = next((one.due for one in duties if one.due), None)
    return replace(inherited, due=due or inherited.due)


def _rows(table: Table, listed: List, paper: Paper) -> Iterator[Resolution]:
    """The rows of a table of resolutions: «همان» stands for the cell above, a dash for nothing. A row with the number
    of the one above and a ditto for its text is a further duty of the same resolution."""
    above: dict[str, str] = {}
    found: Resolution | None = None
    for row in table.rows:
        if _WHAT & set(row.cells):
            cells = {
                column: above.get(column, "") if _DITTO.fullmatch(same_length_fold(cell)) else cell
                for column, cell in row.cells.items()
            }
            above |= {column: cells.get(column, "") for column in ("lead", "helpers", "due")}
            if what := cells.get("text") or cells.get("subject"):  # a ditto in this column says nothing
                found = _row(row, what, cells, listed, paper)
                yield found
            elif found and found.obligations and cells.get("number") in (None, found.number):
                found.obligations.append(_share(found.obligations[0], row, cells, paper))
                found.lines = (found.lines[0], row.lines[1])


def _share(first: Obligation, row: Row, cells: dict[str, str], paper: Paper) -> Obligation:
    """What another owes, or until another day, of what the first owes."""
    leads = parties_in_cell(cells.get("lead", ""))
    helpers = [*leads[1:], *parties_in_cell(cells.get("helpers", ""))]
    due = read_due(cells["due"], paper.session, paper.starts_at, paper.calendar) if cells.get("due") else None
    return replace(first, lead=leads[0] if leads else None, helpers=helpers, due=due, lines=row.lines)


def _row(row: Row, what: str, cells: dict[str, str], listed: List, paper: Paper) -> Resolution:
    passage = Passage.of([(row.lines[0], what.replace("\n", " "))])
    number = to_ascii(cells["number"]) if "number" in cells else None
    leads = parties_in_cell(cells.get("lead", ""))
    helpers = [*leads[1:], *parties_in_cell(cells.get("helpers", ""))]
    due = read_due(cells["due"], paper.session, paper.starts_at, paper.calendar) if cells.get("due") else None
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
