"""Texts to measure on: minutes made by seed out of the project's own examples, no two alike.

A document is the skeleton of one example, whose items are drawn from all examples; then every date, number, time,
name, agency and place in it is changed. A reader that remembered lines would gain next to nothing.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dabir.persian.digits import to_persian
from tools.bench.changes import changed

ROOT = Path(__file__).parents[2]
SMALLEST, LARGEST = 1_000, 4_000
"""Bytes of a document."""

_MARK = re.compile(r"\s*(?:[-*•]\s*\d*|(?:مصوبه )?[(\[]?\d{1,3}(?:-\d{1,2})?\s*[-.):–])[-ـ.)]*\s*")
_HEAD = re.compile(r"\s*(?:#+ .*|[^\t]{3,}:|مصوبات)\s*")
_SORTS = {"decisions": ("مصوب", "تصمیم"), "agenda": ("دستور",), "talk": ("مذاکرات", "مباحث", "نکات", "گزارش")}


@dataclass(slots=True)
class _Block:
    """A heading and what stands below it. Items are (mark, words); what is no item has the mark ""."""

    heading: str
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sort(self) -> str:
        return next((sort for sort, words in _SORTS.items() if any(word in self.heading for word in words)), "others")


def documents(count: int = 1_000, seed: int = 1) -> list[str]:
    """`count` texts of `SMALLEST` to `LARGEST` bytes in UTF-8. The same seed gives the same texts."""
    chance, drawn = random.Random(seed), set[str]()
    made: dict[str, None] = {}
    while len(made) < count:
        text = _document(chance, chance.randrange(SMALLEST, LARGEST), drawn)
        if SMALLEST <= len(text.encode()) <= LARGEST:
            made[text] = None
    return list(made)


def long_document(size: int, seed: int = 1) -> str:
    """One text of about `size` bytes, made of items that differ."""
    return _document(random.Random(seed), size, set())


def distinct_lines(texts: list[str]) -> tuple[int, int]:
    """How many lines are different, and how many there are; blank lines are none."""
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    return len(set(lines)), len(lines)


def _document(chance: random.Random, size: int, drawn: set[str]) -> str:
    """About `size` bytes: an example that is no longer, and as many more decisions as it takes."""
    skeletons, pools = _examples()
    blocks = chance.choice([blocks for length, blocks in skeletons if length <= size])
    lines = [line for block in blocks for line in _filled(block, pools, chance, drawn)]
    length = sum(len(line.encode()) + 1 for line in lines)
    if length < size - 150:
        lines.append("سایر مصوبات:")
    number = 1
    while length < size - 150:
        lines.append(f"{to_persian(str(number))}- {_item(pools['decisions'], chance, drawn)}")
        number, length = number + 1, length + len(lines[-1].encode()) + 1
    return "\n".join(lines) + "\n"


def _filled(block: _Block, pools: dict[str, list[str]], chance: random.Random, drawn: set[str]) -> list[str]:
    """The block with other items in its items' places."""
    lines = [changed(block.heading, chance)] if block.heading else []
    for mark, words in block.lines:
        replaced = mark and block.sort in pools
        lines.append(mark + (_item(pools[block.sort], chance, drawn) if replaced else changed(words, chance)))
    return lines


def _item(pool: list[str], chance: random.Random, drawn: set[str]) -> str:
    """An item, or the beginning of one and the end of another; seldom one that has been `drawn`."""
    for _ in range(10):
        first, second = chance.sample(pool, 2)
        head, tail = first.split(". ")[0].rstrip("."), second.split(". ")[-1]
        item = changed(f"{head}. {tail}" if chance.random() < 0.3 else first, chance)
        if item not in drawn:
            break
    drawn.add(item)
    return item


@cache
def _examples() -> tuple[list[tuple[int, list[_Block]]], dict[str, list[str]]]:
    """The examples with their lengths in bytes, and the items of each sort."""
    folders = (ROOT / "examples" / "minutes", ROOT / "tests" / "golden" / "reading")
    paths = sorted(path for folder in folders for path in folder.iterdir() if path.suffix in (".txt", ".md"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    skeletons = [(len(text.encode()), _blocks(text)) for text in texts]
    pools: dict[str, list[str]] = {sort: [] for sort in _SORTS}
    for block in (block for _, blocks in skeletons for block in blocks if block.sort in pools):
        pools[block.sort] += [words for mark, words in block.lines if mark and "\t" not in words and words[-1] != ":"]
    return skeletons, pools


def _blocks(text: str) -> list[_Block]:
    blocks = [_Block("")]
    for line in text.rstrip().split("\n"):
        mark = _MARK.match(line)
        if mark and mark.end() < len(line):
            blocks[-1].lines.append((mark.group(), line[mark.end() :]))
        elif _HEAD.fullmatch(line):
            blocks.append(_Block(line))
        else:
            blocks[-1].lines.append(("", line))
    return blocks
