"""XML from strangers: no document type, so no entities; limits of depth and number; short names for what Word uses."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from dabir.reading.sources.unreadable import Unreadable

DEEPEST = 200
"""Elements in elements. Our own walk goes as deep as the document."""
MOST_ELEMENTS = 500_000

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    _OFFICE + "wordprocessingml/2006/main": "w:",
    _STRICT + "wordprocessingml/main": "w:",
    _OFFICE + "officeDocument/2006/relationships": "r:",
    _STRICT + "officeDocument/relationships": "r:",
    _OFFICE + "markup-compatibility/2006": "mc:",
    _OFFICE + "officeDocument/2006/math": "m:",
    _STRICT + "officeDocument/math": "m:",
    _OFFICE + "drawingml/2006/picture": "pic:",
    _STRICT + "drawingml/picture": "pic:",
    _OFFICE + "drawingml/2006/chart": "c:",
    _OFFICE + "drawingml/2006/diagram": "dgm:",
    "urn:schemas-microsoft-com:vml": "v:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
    _OFFICE + "package/2006/relationships": "",
}


class Reading:
    """Parses the parts of one document; they share the limit of elements."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._left = MOST_ELEMENTS

    def parse(self, data: bytes) -> Element:
        """The root of `data`, its names as «w:p»; `Unreadable` where it is no XML, or hostile."""
        builder = _Builder(self._names, self._left)
        parser = XMLParser(target=builder)  # noqa: S314  (the builder refuses a document type before any entity)
        try:
            parser.feed(data)
            root: Element = parser.close()
        except Unreadable:
            raise
        except (ParseError, ValueError, LookupError):  # the last two: an encoding that nobody knows
            raise Unreadable("damaged") from None
        self._left = builder.left
        return root


class _Builder(TreeBuilder):
    def __init__(self, names: dict[str, str], left: int) -> None:
        super().__init__()
        self._names = names
        self._depth = 0
        self.left = left

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self.left -= 1
        if self._depth > DEEPEST or self.left < 0:
            raise Unreadable("too-much")
        names = self._names
        if attrs:
            attrs = {names.get(name) or self._short(name): given for name, given in attrs.items()}
        return super().start(names.get(tag) or self._short(tag), attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)

    def doctype(self, name: str, public: str, system: str) -> None:
        raise Unreadable("unsafe")

    def _short(self, name: str) -> str:
        space, brace, local = name.rpartition("}")
        prefix = _PREFIXES.get(space[1:]) if brace else ""
        short = self._names[name] = name if prefix is None else prefix + local
        return short


def down(parent: Element | None, *tags: str) -> Element | None:
    """The first child of that tag, its first child of the next …; None where one is missing."""
    for tag in tags:
        parent = None if parent is None else parent.find(tag)
    return parent


def value(parent: Element | None, tag: str) -> str | None:
    """The `w:val` of the child `tag`, or None."""
    child = down(parent, tag)
    return None if child is None else child.get("w:val")


def number(parent: Element | None, tag: str) -> int | None:
    """The child's `w:val` where it is a number that a document may have."""
    return whole(value(parent, tag))


def whole(text: str | None) -> int | None:
    """The number that an attribute is; None for what is none, or of more than nine digits."""
    plain = (text or "").strip()
    digits = plain.removeprefix("-")
    return int(plain) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def switch(parent: Element | None, tag: str) -> bool | None:
    """Whether the child turns its property on; None where there is no such child."""
    child = down(parent, tag)
    return None if child is None else child.get("w:val", "1") not in ("0", "false", "off")
