"""The class of a statement: an explicit mark, «(محرمانه)» or «(خیلی محرمانه)», at the head or the end of a line.

Words alone («این موضوع محرمانه است») are no mark. A mark on any line of a statement is the whole statement's, so that
nothing which was marked stands in the public version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dabir.persian.letters import squash
from dabir.reading.lines import Line, number_lines
from dabir.reading.minutes import Minutes, SectionKind, Statement, StatementClass
from dabir.reading.sections import Block
from dabir.reading.wording import rx

_CLASSES = {
    "محرمانه": StatementClass.CONFIDENTIAL,
    "خیلیمحرمانه": StatementClass.SECRET,
}
_HIGHEST = (StatementClass.NORMAL, StatementClass.CONFIDENTIAL, StatementClass.SECRET)
_MARK = r"[(\[] (?P<class>(?:خیلی )?محرمانه) [)\]]"
_HEAD = rx(rf" {_MARK} [-–—:،]? ")
_END = rx(rf" {_MARK} (?P<sign>[.:؛،]?) \Z")
_WORD = "محرمانه"


def take_marks(blocks: Iterable[Block]) -> dict[int, StatementClass]:
    """Take the marks out of the lines of the discussion: the classes by the numbers of the lines that they are of. A
    mark that stands alone is the next line's."""
    found: dict[int, StatementClass] = {}
    for block in blocks:
        if block.kind is SectionKind.DISCUSSION and any(_WORD in line.folded for line in block.lines):
            _take(block, found)
    return found


def classify(statements: Iterable[Statement], marks: dict[int, StatementClass]) -> None:
    """Give each statement the highest class that its lines are marked with."""
    for statement in statements if marks else ():
        first, last = statement.lines
        said = [marks[number] for number in range(first, last + 1) if number in marks]
        statement.secrecy = max(said, key=_HIGHEST.index, default=StatementClass.NORMAL)


def unheard(minutes: Minutes) -> list[int]:
    """The numbers of the marked lines of the discussion on which neither a statement nor a resolution was found: whose
    words they are is not known, and the mark counts all the same."""
    lines = number_lines("\n".join(minutes.lines))
    told = [one for one in minutes.sections if one.kind is SectionKind.DISCUSSION]
    marked = take_marks([Block(one.kind, lines=lines[one.lines[0] - 1 : one.lines[1]]) for one in told])
    heard = [*(one.lines for one in minutes.discussion), *(one.lines for one in minutes.resolutions)]
    return sorted(number for number in marked if not any(first <= number <= last for first, last in heard))


def _take(block: Block, found: dict[int, StatementClass]) -> None:
    above: StatementClass | None = None
    for place, line in enumerate(block.lines):
        if line.blank:
            continue
        bare, written = _without(line)
        if written and not bare.words:
            above = written
        else:
            said = [one for one in (above, written) if one]
            if said:
                found[line.number] = max(said, key=_HIGHEST.index)
            above = None
        block.lines[place] = bare


def _without(line: Line) -> tuple[Line, StatementClass | None]:
    """The line without its mark, and the class that this says."""
    folded = line.folded
    if _WORD not in folded:
        return line, None
    begin, end, sign, written = 0, len(folded), "", None
    if head := _HEAD.match(folded):
        begin, written = head.end(), head["class"]
    elif last := _END.search(folded):
        end, sign, written = last.start(), last["sign"], last["class"]
    if written is None:
        return line, None
    bare = replace(
        line, text=line.words[begin:end] + sign, words=line.words[begin:end] + sign, folded=folded[begin:end] + sign
    )
    return bare, _CLASSES[squash(written)]
