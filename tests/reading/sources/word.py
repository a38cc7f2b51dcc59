"""Builds Word documents for tests, from the XML that Word itself would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": f"{OFFICE}/relationships",
        "m": f"{OFFICE}/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, num: tuple[int, int] | None = None, style: str = "", end: str = "") -> str:
    """A paragraph of texts and ready XML; `num` is its list and level, `end` the properties of its end mark."""
    listed = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p><w:pPr>{styled}{listed}<w:bidi/><w:rPr>{end}</w:rPr></w:pPr>{inner}</w:p>"


def cell(*content: str, span: int = 1, merge: str = "") -> str:
    """A cell of texts and ready XML; `merge` is «restart» or «continue»."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merges = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner = "".join(one if one.startswith(("<w:p>", "<w:p/>", "<w:tbl>")) else p(one) for one in content) or p()
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{spans}{merges}</w:tcPr>{inner}</w:tc>'


def table(*rows: Sequence[str], mirrored: bool = True) -> str:
    """A table of rows of texts and ready cells; `mirrored`: the first column stands on the right."""
    width = max(len(row) for row in rows)
    grid = '<w:gridCol w:w="2000"/>' * width
    mirror = "<w:bidiVisual/>" if mirrored else ""
    inner = "".join(
        "<w:tr>" + "".join(one if one.startswith("<w:tc>") else cell(one) for one in row) + "</w:tr>" for row in rows
    )
    return (
        f'<w:tbl><w:tblPr>{mirror}<w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>'
    )


def level(depth: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def numbering(patterns: Mapping[int, Iterable[str]], lists: Mapping[int, int | str] | None = None) -> str:
    """The part of lists: patterns by key, as levels; lists by key, as the key of a pattern or the inner XML."""
    lists = lists or {key: key for key in patterns}
    inner = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>' for key, levels in patterns.items()
    )
    for key, of in lists.items():
        follows = f'<w:abstractNumId w:val="{of}"/>' if isinstance(of, int) else of
        inner += f'<w:num w:numId="{key}">{follows}</w:num>'
    return f"<w:numbering {NAMESPACES}>{inner}</w:numbering>"


def styles(*inner: str) -> str:
    return f"<w:styles {NAMESPACES}>{''.join(inner)}</w:styles>"


def notes(kind: str, **texts: str) -> str:
    """The part of footnotes or endnotes: `notes("footnote", n1="…")` has a note with the key 1."""
    inner = f'<w:{kind} w:type="separator" w:id="-1">{p("ـــ")}</w:{kind}>'
    inner += "".join(f'<w:{kind} w:id="{key[1:]}">{p(text)}</w:{kind}>' for key, text in texts.items())
    return f"<w:{kind}s {NAMESPACES}>{inner}</w:{kind}s>"


def margin(kind: str, *blocks: str) -> str:
    """A header or a footer: `kind` «hdr» or «ftr»."""
    return f"<w:{kind} {NAMESPACES}>{''.join(blocks)}</w:{kind}>"


def docx(*blocks: str, section: str = "", parts: dict[str, str] | None = None) -> bytes:
    """The document of these blocks; `parts` are further ones by name («numbering», «styles», «header1» …), to which it
    refers by the same name."""
    parts = parts or {}
    document = f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}<w:sectPr>{section}</w:sectPr></w:body></w:document>"
    kinds = {name: name.rstrip("0123456789") for name in parts}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{CONTENT}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    refers = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/relationships/{kind}" Target="{name}.xml"/>'
        for name, kind in kinds.items()
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{CONTENT}.document.main+xml"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="d" '
            f'Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{refers}</Relationships>',
            "word/document.xml": document,
            **{f"word/{name}.xml": part for name, part in parts.items()},
        }
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, str | bytes], *, compressed: bool = True) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same document with one part changed."""
    parts = parts_of(data)
    return zipped({**parts, name: change(parts[name])})


def inserted(*runs: str) -> str:
    return f'<w:ins w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z">{"".join(runs)}</w:ins>'


def deleted(text: str) -> str:
    words = f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="a" w:date="2024-01-01T00:00:00Z">{words}</w:del>'


def field(instruction: str, shown: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return (
        f'{begin}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{separate}{run(shown)}{end}'
    )


def text_box(*blocks: str) -> str:
    """A text box as Word writes it: once for itself, and once more for what is older than 2010."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    new = (
        '<w:drawing><wp:inline><wp:extent cx="1000000" cy="500000"/><wp:docPr id="1" name="b"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>'
        f"<wps:spPr/><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing>"
    )
    old = f'<w:pict><v:shape style="width:100pt;height:50pt"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


PICTURE = (
    "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing></w:r>"
)
