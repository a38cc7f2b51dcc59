"""The marks that Word prints before list paragraphs, and that stand nowhere in their text: «۱-», «الف)», «•».

Lists count as Word does (ECMA-376 part 1, 17.9): the lists made of one pattern go on with each other's numbers; a list
may start anew; a level begins again when one above it has moved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from dabir.reading.sources.docx.numerals import numeral
from dabir.reading.sources.docx.styles import Styles
from dabir.reading.sources.docx.xml import down, number, switch, value, whole

LEVELS = 9
_LONGEST_MARK = 60  # letters of a level's pattern; a longer one is no mark
_PLACE = re.compile(r"%([1-9])")
_BARE = re.compile(r"[^\W_]\Z")
_TURNED = re.compile(r"([-–—.)]+)\s*([^\W_]+)")
_LIST = tuple[int, int]  # a list's key and a level


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None  # 0: never; n: when level n (from 1) moves; None: when any above does
    legal: bool = False  # all numbers in digits
    spaced: bool = True
    hidden: bool = False
    style: str | None = None


@dataclass(slots=True)
class _Pattern:
    levels: dict[int, Level]
    link: str | None = None  # the numbering style that holds the levels
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(slots=True)
class _Numbered:
    pattern: int
    own: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._patterns: dict[int, _Pattern] = {}
        self._lists: dict[int, _Numbered] = {}
        self._by_style: dict[str, int] = {}
        for one in root if root is not None else ():
            if one.tag == "w:abstractNum":
                self._add_pattern(one)
            elif one.tag == "w:num":
                self._add_list(one)

    def place(self, properties: Element | None, style: str | None) -> _LIST | None:
        """The list and the level of a paragraph, by its own properties or by its style; None for no list."""
        own = down(properties, "w:numPr")
        key, level = number(own, "w:numId"), number(own, "w:ilvl")
        for name, inherited in self._styles.chain(style):
            if key is not None:
                break
            if inherited.list_key is not None:
                key = inherited.list_key
                level = inherited.level if level is None else level
                level = self._level_of_style(key, name) if level is None else level
        if not key or key not in self._lists:  # key 0 takes a paragraph out of its style's list
            return None
        return key, min(max(level or 0, 0), LEVELS - 1)

    def next_mark(self, place: _LIST) -> str:
        """Count on, and give the mark with the space behind it: a number in ASCII digits, or a bullet."""
        key, depth = place
        listed = self._lists[key]
        counts = self._count(listed, depth)
        level = self._level(listed, depth)
        if level.hidden:
            return ""
        if level.form == "bullet":
            return _bullet(level.pattern) + " "

        def shown(match: re.Match[str]) -> str:
            upper = int(match[1]) - 1
            one = self._level(listed, upper)
            counted = counts[upper] if upper <= depth else None
            form = "decimal" if level.legal and one.form != "none" else one.form
            return numeral(one.start if counted is None else counted, form)

        mark = _PLACE.sub(shown, level.pattern).strip()
        return _closed(mark) + (" " if level.spaced else "") if mark else ""

    def _count(self, listed: _Numbered, depth: int) -> list[int | None]:
        counts = self._patterns[listed.pattern].counts
        if depth in listed.starts:  # the list's own start holds once
            counts[depth] = listed.starts.pop(depth)
        else:
            before = counts[depth]
            counts[depth] = self._level(listed, depth).start if before is None else before + 1
        for lower in range(depth + 1, LEVELS):
            restart = self._level(listed, lower).restart
            if restart is None or depth < restart:
                counts[lower] = None
        return counts

    def _level(self, listed: _Numbered, depth: int) -> Level:
        pattern = self._patterns[listed.pattern]
        return listed.own.get(depth) or pattern.levels.get(depth) or Level()

    def _level_of_style(self, key: int, style: str) -> int | None:
        listed = self._lists.get(key)
        levels = self._patterns[listed.pattern].levels if listed else {}
        return next((depth for depth, level in levels.items() if level.style == style), None)

    def _add_pattern(self, element: Element) -> None:
        key = whole(element.get("w:abstractNumId"))
        if key is None:
            return
        self._patterns[key] = _Pattern(_levels(element), value(element, "w:numStyleLink"))
        if named := value(element, "w:styleLink"):
            self._by_style[named] = key

    def _add_list(self, element: Element) -> None:
        key, pattern = whole(element.get("w:numId")), number(element, "w:abstractNumId")
        if key is None or pattern is None or pattern not in self._patterns:
            return
        link = self._patterns[pattern].link
        if link is not None and link in self._by_style:
            pattern = self._by_style[link]
        starts: dict[int, int] = {}
        own: dict[int, Level] = {}
        for changed in element.findall("w:lvlOverride"):
            depth = whole(changed.get("w:ilvl"))
            if depth is None:
                continue
            for level in changed.findall("w:lvl"):
                own[depth] = _level(level)
            start = number(changed, "w:startOverride")
            if start is not None:
                starts[depth] = start
        self._lists[key] = _Numbered(pattern, own, starts)


def _levels(parent: Element) -> dict[int, Level]:
    return {depth: _level(one) for one in parent.findall("w:lvl") if (depth := whole(one.get("w:ilvl"))) is not None}


def _level(element: Element) -> Level:
    form = value(element, "w:numFmt") or value(down(element, "mc:AlternateContent", "mc:Fallback"), "w:numFmt")
    pattern = value(element, "w:lvlText") or ""
    start = number(element, "w:start")
    return Level(
        start=1 if start is None else start,
        form=form or "decimal",
        pattern=pattern if len(pattern) <= _LONGEST_MARK else "",
        restart=number(element, "w:lvlRestart"),
        legal=bool(switch(element, "w:isLgl")),
        spaced=value(element, "w:suff") != "nothing",
        hidden=bool(switch(element.find("w:rPr"), "w:vanish")),
        style=value(element, "w:pStyle"),
    )


def _bullet(pattern: str) -> str:
    """The sign itself, or «•» for one that only a font of symbols shows."""
    sign = pattern.strip()
    plain = len(sign) == 1 and not sign.isalnum() and not "\ue000" <= sign <= "\uf8ff"
    return sign if plain else "•"


def _closed(mark: str) -> str:
    """The mark as one that a reader knows: «1» is «1-», and «-1», typed for the wrong direction, is «1-» too."""
    turned = _TURNED.fullmatch(mark)
    mark = turned[2] + turned[1] if turned else mark
    return mark + "-" if _BARE.search(mark) else mark
