"""An empty Word document for Persian: A4, right to left, styles that hold for Persian letters, the font inside it.

Word sets text marked `w:rtl` by the complex-script properties (`w:cs`, `w:szCs`, `w:bCs`) alone, and a paragraph turns
by `w:bidi`; python-docx writes neither, so the styles are put in as XML, in the order that the schema asks for.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from lxml import etree

from dabir.writing.letters import directions

FONT = "Vazirmatn"
_FONTS = Path(__file__).parent / "fonts"
_FONT_TYPE = RELATIONSHIP_TYPE.FONT
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


def reference(title: str, styles: dict[str, tuple[float, bool, str, int]]) -> Any:
    """A document with these paragraph styles: name → (points, bold, alignment, twentieths of a point below).

    `alignment` is that of `w:jc`; "start" is the right edge here, and written by leaving it out, since programs differ
    in what "left" means in a paragraph from right to left.
    """
    document = Document()
    document.core_properties.title = title[:255]
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.language = "fa-IR"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(1.8)
    section.left_margin = section.right_margin = Cm(2.4)
    turned = parse_xml(f"<w:bidi {nsdecls('w')}/>")
    section._sectPr.find(qn("w:docGrid")).addprevious(turned)
    holder = document.styles.element
    for old in holder.findall(qn("w:docDefaults")):
        holder.remove(old)
    holder.insert(0, parse_xml(_DEFAULTS))
    for name, (points, bold, align, below) in styles.items():
        holder.append(parse_xml(_style(name, points, bold, align, below)))
    _embed(document)
    return document


def paragraph_in(holder: Any, style: str) -> Any:
    """One more paragraph. Its style is named by its key: python-docx would look through all styles for each name."""
    paragraph = holder.add_paragraph()
    paragraph._p.style = style
    return paragraph


def write(paragraph: Any, text: str, *, bold: bool | None = None) -> None:
    """Add the text in runs of one direction each."""
    for piece, is_latin in directions(text):
        _run(paragraph, piece, is_latin=is_latin, bold=bool(bold))


def latin(paragraph: Any, text: str) -> None:
    """Add a code or an address, from left to right as a whole."""
    _run(paragraph, text, is_latin=True)


def _run(paragraph: Any, text: str, *, is_latin: bool, bold: bool = False) -> None:
    """The elements themselves: python-docx looks for the place of each property, for thousands of runs in a file."""
    run = etree.SubElement(paragraph._p, _R)
    properties = etree.SubElement(run, _RPR)
    if bold:
        etree.SubElement(properties, _B)
        etree.SubElement(properties, _BCS)
    turned = etree.SubElement(properties, _RTL)
    if is_latin:
        turned.set(_VAL, "0")
    run.text = text  # python-docx writes tabs and new lines as what Word has for them


def width_of(text: str, points: float) -> float:
    """How wide Latin signs are in our font, in centimetres, at most: a column that is as wide does not break a code,
    whose hyphens Word takes for places to do so."""
    return sum(0.0317 if sign in "mwMW" else 0.0255 if sign.isupper() else 0.02 for sign in text) * points


_R, _RPR, _B, _BCS, _RTL, _VAL = (qn(f"w:{name}") for name in ("r", "rPr", "b", "bCs", "rtl", "val"))


class Alike:
    """Word files that differ in title and body alone: what they share, above all the fonts, is made and packed once.

    `document` is the first of them without its body. For each file: `begin`, write into `document`, `packed`.
    """

    def __init__(self, document: Any) -> None:
        self.document = document
        package = document.part.package
        self._own = (document.part, package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES))
        held = io.BytesIO()
        document.save(held)
        self._shared = _without(held, {part.partname.membername for part in self._own})

    def begin(self, title: str) -> None:
        self.document.element.body.clear_content()
        self.document.core_properties.title = title[:255]

    def packed(self) -> bytes:
        held = io.BytesIO(self._shared)
        with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as package:
            for part in self._own:
                package.writestr(part.partname.membername, part.blob)
        return held.getvalue()


def _without(held: io.BytesIO, names: set[str]) -> bytes:
    """The archive without these members."""
    left = io.BytesIO()
    with zipfile.ZipFile(held) as whole, zipfile.ZipFile(left, "w", zipfile.ZIP_DEFLATED) as package:
        for name in whole.namelist():
            if name not in names:
                package.writestr(name, whole.read(name))
    return left.getvalue()


_RUN = (
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    '{bold}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/><w:lang w:val="fa-IR" w:bidi="fa-IR"/>'
)
_DEFAULTS = (
    f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_RUN.format(bold='', half=23)}</w:rPr></w:rPrDefault>"
    '<w:pPrDefault><w:pPr><w:bidi/><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
)


def _style(name: str, points: float, bold: bool, align: str, below: int) -> str:
    heavy = "<w:b/><w:bCs/>" if bold else ""
    jc = "" if align == "start" else f'<w:jc w:val="{align}"/>'
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:bidi/><w:spacing w:before="0" w:after="{below}"/>{jc}</w:pPr>'
        f"<w:rPr>{_RUN.format(bold=heavy, half=round(points * 2))}</w:rPr></w:style>"
    )


def _embed(document: Any) -> None:
    embed(document, FONT, {"embedRegular": "Vazirmatn-Regular", "embedBold": "Vazirmatn-Bold"})
    zoom = document.settings.element.find(qn("w:zoom"))
    zoom.addnext(parse_xml(f"<w:embedTrueTypeFonts {nsdecls('w')}/>"))


def embed(document: Any, family: str, faces: dict[str, str]) -> None:
    """Put a font inside, as the format asks for it: its first 32 bytes XORed with a key that stands beside it. `faces`
    are its files by the element that names them."""
    package, body = document.part.package, document.part
    table = next((r.target_part for r in body.rels.values() if r.reltype == RELATIONSHIP_TYPE.FONT_TABLE), None)
    if table is None:
        return
    named = ""
    for element, file in faces.items():
        key = uuid.uuid5(uuid.NAMESPACE_URL, file)
        data = bytearray((_FONTS / f"{file}.ttf").read_bytes())
        mask = bytes.fromhex(key.hex)[::-1]
        for at in range(32):
            data[at] ^= mask[at % 16]
        name = PackURI(f"/word/fonts/{file}.odttf")
        relation = table.relate_to(Part(name, _OBFUSCATED, bytes(data), package), _FONT_TYPE)
        named += f'<w:{element} r:id="{relation}" w:fontKey="{{{str(key).upper()}}}"/>'
    font = (
        f'<w:font w:name="{family}"><w:charset w:val="B2"/><w:family w:val="auto"/><w:pitch w:val="variable"/>'
        f"{named}</w:font>"
    )
    table._blob = table.blob.replace(b"</w:fonts>", font.encode() + b"</w:fonts>")
