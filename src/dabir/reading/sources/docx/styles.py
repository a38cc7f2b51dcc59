"""Styles: what a paragraph, a run or a table takes from the one that it is based on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dabir.reading.sources.docx.xml import down, number, switch, value

_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself: None where it says nothing."""

    based_on: str | None
    hidden: bool | None
    list_key: int | None
    level: int | None
    mirrored: bool | None


class Styles:
    """All styles of a document by their keys."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.paragraph: str | None = None
        """The style of paragraphs that name none."""
        for one in root.findall("w:style") if root is not None else ():
            key = one.get("w:styleId", "")
            numbers = down(one, "w:pPr", "w:numPr")
            self._styles[key] = Style(
                based_on=value(one, "w:basedOn"),
                hidden=switch(one.find("w:rPr"), "w:vanish"),
                list_key=number(numbers, "w:numId"),
                level=number(numbers, "w:ilvl"),
                mirrored=switch(one.find("w:tblPr"), "w:bidiVisual"),
            )
            if one.get("w:type") == "paragraph" and one.get("w:default") in ("1", "true", "on"):
                self.paragraph = key

    def chain(self, key: str | None) -> Iterator[tuple[str, Style]]:
        """The style and those that it is based on, nearest first."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(key) if key else None
            if style is None or key is None:
                return
            yield key, style
            key = style.based_on

    def hidden(self, key: str | None) -> bool | None:
        return next((style.hidden for _, style in self.chain(key) if style.hidden is not None), None)

    def mirrored(self, key: str | None) -> bool | None:
        return next((style.mirrored for _, style in self.chain(key) if style.mirrored is not None), None)
