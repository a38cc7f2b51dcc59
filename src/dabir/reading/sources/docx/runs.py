"""The words of one paragraph as the paper shows them: accepted changes, results of fields, no hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dabir.reading.sources.docx.styles import Styles
from dabir.reading.sources.docx.xml import switch, value

INSERTED = frozenset({"w:ins", "w:moveTo"})
DELETED = frozenset({"w:del", "w:moveFrom"})
WRAPPERS = frozenset({"w:smartTag", "w:customXml", "w:sdtContent"})
_INLINE_WRAPPERS = WRAPPERS | {"w:hyperlink", "w:bdo", "w:dir", "w:ruby", "w:rubyBase"}
_CONTROLS = frozenset({"w:sdt", "w:fldSimple"})
_FORMULAS = frozenset({"m:oMath", "m:oMathPara"})
_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})  # what they show is of one page
_DRAWN = frozenset({"w:drawing", "w:pict", "w:object"})
_PICTURES = frozenset({"pic:pic", "v:imagedata", "c:chart", "dgm:relIds"})
# Signs of the fonts Symbol and Wingdings by their codes in the private area.
_SYMBOLS = {0xF0FC: "✓", 0xF0FE: "☑", 0xF0A8: "☐", 0xF06F: "☐", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF076: "❖"}
_ODD = re.compile("[\t\n\r\uf000-\uf0ff]")


@dataclass(slots=True)
class Seen:
    """What a document has besides its words, counted."""

    changes: int = 0
    pictures: int = 0
    hidden: int = 0
    comments: int = 0
    embedded: int = 0


@dataclass(slots=True)
class _Field:
    """A complex field: its instruction comes first, and is not shown. `within`: what is around it is shown."""

    within: bool
    kind: str = ""
    instructs: bool = True

    @property
    def shown(self) -> bool:
        return self.within and not self.instructs and self.kind not in _PAGE_FIELDS


class Runs:
    """Walks the content of one paragraph; `boxes` are the text boxes that are anchored in it."""

    def __init__(self, styles: Styles, seen: Seen, style: str | None) -> None:
        self._styles = styles
        self._seen = seen
        self._hidden = bool(styles.hidden(style))
        self._fields: list[_Field] = []
        self._pieces: list[str] = []
        self.boxes: list[Element] = []
        self.notes: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def walk(self, parent: Iterable[Element]) -> None:
        for child in parent:
            tag = child.tag
            if tag == "w:r":
                self._content(child, self._is_hidden(child.find("w:rPr")))
            elif tag in INSERTED or tag in DELETED:
                self._seen.changes += 1
                if tag in INSERTED:
                    self.walk(child)
            elif tag in _INLINE_WRAPPERS or (tag in _CONTROLS and not _shows_no_content(child)):
                self.walk(child)
            elif tag == "mc:AlternateContent":
                self.walk(chosen(child))
            elif tag in _FORMULAS:
                self._pieces += [one.text for one in child.iter("m:t") if one.text]

    def _content(self, run: Iterable[Element], hidden: bool) -> None:
        for child in run:
            tag = child.tag
            if tag in ("w:fldChar", "w:instrText"):
                self._field(child)
            elif tag == "w:commentReference":
                self._seen.comments += 1
            elif hidden:
                self._seen.hidden += tag == "w:t"
            elif tag in _DRAWN:
                self._draw(child)
            elif tag == "mc:AlternateContent":
                self._content(chosen(child), hidden)
            elif tag == "w:ruby":
                self.walk(child)
            elif self._shows:
                self._character(child, tag)

    @property
    def _shows(self) -> bool:
        """Whether what comes next is shown, as far as fields tell."""
        return not self._fields or self._fields[-1].shown

    def _character(self, child: Element, tag: str) -> None:
        if tag == "w:t":
            text = child.text or ""
            text = _ODD.sub(_plain, text) if _ODD.search(text) else text
            self._pieces.append(text if child.get("xml:space") == "preserve" else text.strip(" "))
        elif tag in _CHARACTERS:
            self._pieces.append(_CHARACTERS[tag])
        elif tag == "w:sym":
            self._pieces.append(_symbol(child.get("w:char", "")))
        elif tag == "w:footnoteReference":
            self.notes.append("f" + child.get("w:id", ""))
        elif tag == "w:endnoteReference":
            self.notes.append("e" + child.get("w:id", ""))

    def _is_hidden(self, properties: Element | None) -> bool:
        own = switch(properties, "w:vanish")
        if own is None:
            own = self._styles.hidden(value(properties, "w:rStyle"))
        return self._hidden if own is None else own

    def _field(self, child: Element) -> None:
        kind = child.get("w:fldCharType")
        if kind == "begin":
            self._fields.append(_Field(self._shows))
        elif self._fields and child.tag == "w:instrText":
            self._fields[-1].kind = self._fields[-1].kind or _kind(child.text or "")
        elif self._fields and kind == "separate":
            self._fields[-1].instructs = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _draw(self, drawing: Element) -> None:
        """Find the text boxes of a drawing, and count its pictures; boxes in boxes are found with the outer one."""
        waiting = [drawing]
        while waiting:
            one = waiting.pop()
            if one.tag == "w:txbxContent":
                self.boxes.append(one)
                continue
            self._seen.pictures += one.tag in _PICTURES
            waiting += reversed(chosen(one) if one.tag == "mc:AlternateContent" else list(one))


def chosen(alternatives: Element) -> list[Element]:
    """Of the two ways in which the same is drawn (a text box for new and for old Word) one only."""
    choice = alternatives.find("mc:Choice")
    choice = alternatives.find("mc:Fallback") if choice is None else choice
    return [] if choice is None else list(choice)


def is_placeholder(control: Element) -> bool:
    """True for a form field that nobody has filled: it shows «Click here to enter text.»"""
    return bool(switch(control.find("w:sdtPr"), "w:showingPlcHdr"))


def _shows_no_content(control: Element) -> bool:
    return is_placeholder(control) or _kind(control.get("w:instr", "")) in _PAGE_FIELDS


def _kind(instruction: str) -> str:
    return (instruction.split(maxsplit=1) or [""])[0].upper()[:20]


def _plain(odd: re.Match[str]) -> str:
    return " " if odd[0].isspace() else _SYMBOLS.get(ord(odd[0]), "")


def _symbol(code: str) -> str:
    try:
        sign = int(code[:6], 16)
    except ValueError:
        return ""
    sign |= 0xF000 if sign < 0x100 else 0
    if not 0x100 <= sign <= 0x10FFFF or 0xD800 <= sign < 0xE000:
        return ""
    return _SYMBOLS.get(sign, "") if 0xF000 <= sign < 0xF100 else chr(sign)
