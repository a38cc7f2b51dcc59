"""Minutes for Word: opened again by other programs, from right to left, with the same parts as the PDF."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from dabir.reading.minutes import EMBEDDED, Minutes
from dabir.writing.minutes import DRAFT, Audience
from dabir.writing.minutes_docx import SOURCE_PART, to_docx
from tests.writing.papers import full, minutes_of, paper

_PARAGRAPH = "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs \
suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid \
spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl \
divId cnfStyle rPr sectPr pPrChange".split()
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish \
webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang".split()
)
_TABLE = "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd \
tblBorders shd tblLayout tblCellMar tblLook".split()
_CELL = "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark".split()


def paragraphs(part: Any) -> Iterator[str]:
    """The text of every paragraph, those in tables too, in their order."""
    for one in part.element.body.iter(qn("w:p")) if hasattr(part, "element") else part._element.iter(qn("w:p")):
        yield "".join(text.text or "" for text in one.iter(qn("w:t"))).strip()


@pytest.fixture(scope="module")
def made() -> bytes:
    return to_docx(paper())


def test_it_has_the_parts_of_the_paper(made: bytes) -> None:
    text = "\n".join(paragraphs(Document(io.BytesIO(made))))
    minutes = minutes_of()
    for words in (
        "بسمه تعالی",
        str(minutes.header.title),
        "شماره جلسه: ۱۱",
        "شماره دعوت‌نامه: ۳۸۵۹۶۶",
        "ج - مصوبات جلسه:",
        "امضای حاضران:",
        "امضا در ۱۳۹۸/۰۷/۲۰",
        *(f"{'۰۱۲۳۴۵۶۷'[int(one.number or 0)]}-{one.text}" for one in minutes.resolutions),
        *(point.text for statement in minutes.discussion for point in statement.points),
    ):
        assert words in text, words


def test_head_and_foot_tell_title_version_hash_and_page() -> None:
    of = full()
    section = Document(io.BytesIO(to_docx(of))).sections[0]
    assert "محرمانه  |  نسخه داخلی" in list(paragraphs(section.header))
    foot = "\n".join(paragraphs(section.footer))
    assert of.stamp.short in foot and of.code in foot and "نسخه ۱" in foot and "میدان استقلال" in foot
    fields = [one.text.strip() for one in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    public = Document(io.BytesIO(to_docx(paper(audience=Audience.PUBLIC)))).sections[0]
    assert "نسخه عمومی" in list(paragraphs(public.header))


def test_a_draft_says_so_and_has_no_hash_code_or_source() -> None:
    data = to_docx(paper(version=0, sha256="", address="", source=b"", state=DRAFT))
    section = Document(io.BytesIO(data)).sections[0]
    assert DRAFT in list(paragraphs(section.header)) and "چکیده" not in "".join(paragraphs(section.footer))
    assert source_in(data) is None and not list(section.footer._element.iter(qn("w:drawing")))


def source_in(data: bytes) -> bytes | None:
    """The record inside."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        name = SOURCE_PART.lstrip("/")
        return package.read(name) if name in package.namelist() else None


def test_the_source_is_inside_as_it_is_and_its_kind_is_told(made: bytes) -> None:
    assert SOURCE_PART.endswith(EMBEDDED) and source_in(made) == paper().source
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        kinds = package.read("[Content_Types].xml").decode()
    assert 'ContentType="application/json"' in kinds


def test_the_same_paper_gives_the_same_file(made: bytes) -> None:
    assert to_docx(paper()) == made


def test_every_paragraph_runs_from_right_to_left(made: bytes) -> None:
    document = Document(io.BytesIO(made))
    for name in {p.style.name for p in document.paragraphs if p.text}:
        assert document.styles[name].element.pPr.find(qn("w:bidi")) is not None, name
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)


@pytest.mark.parametrize("data", [to_docx(paper()), to_docx(full())])
def test_properties_stand_in_the_order_that_word_wants(data: bytes) -> None:
    orders = {"pPr": _PARAGRAPH, "rPr": _RUN, "tblPr": _TABLE, "tcPr": _CELL}
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    for root in (document.element, section.header._element, section.footer._element):
        for name, order in orders.items():
            for properties in root.iter(qn(f"w:{name}")):
                places = [order.index(child.tag.split("}")[1]) for child in properties]
                assert places == sorted(places), [child.tag.split("}")[1] for child in properties]


def test_the_body_s_font_is_that_of_all_styles() -> None:
    document = Document(io.BytesIO(to_docx(paper(font="B Nazanin"))))
    fonts = {one.get(qn("w:cs")) for one in document.styles.element.iter(qn("w:rFonts")) if one.get(qn("w:cs"))}
    assert fonts == {"B Nazanin"}


@pytest.mark.parametrize("text", ["<b>&\0\x0b", "\u202e", "\ufffe", "x" * 3_000, ""])
def test_no_text_breaks_it(text: str) -> None:
    minutes = minutes_of()
    minutes.resolutions[0].text = text
    minutes.header.venue = minutes.header.title = text
    assert Document(io.BytesIO(to_docx(paper(minutes, heading=(text,), title=text, footer=text))))
    assert to_docx(paper(Minutes.from_json({"header": {}}), signers=()))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is missing")
def test_libreoffice_opens_it_with_the_number_on_each_page(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "minutes.docx").write_bytes(made)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "minutes.docx")], check=True, capture_output=True, timeout=120)
    document = pypdfium2.PdfDocument(tmp_path / "minutes.pdf")
    texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) in (2, 3) and all(paper().stamp.short in text and "صفحه" in text for text in texts)
