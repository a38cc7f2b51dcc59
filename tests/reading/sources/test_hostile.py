"""Word documents made to do harm are refused, quickly and in little memory; broken ones are told as broken."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable

import pytest

from dabir.reading.sources import Unreadable, read
from dabir.reading.sources.docx.xml import DEEPEST
from tests.reading.sources.word import (
    NAMESPACES,
    cell,
    changed,
    docx,
    inserted,
    level,
    notes,
    numbering,
    p,
    parts_of,
    run,
    table,
    text_box,
    zipped,
)

MAIN = "word/document.xml"


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as error:
        read(data, "minutes.docx")
    return error.value.cause


def with_body(body: str) -> bytes:
    return changed(
        docx(p("متن")), MAIN, lambda _: f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode()
    )


def test_zip_that_unfolds_without_end_is_refused() -> None:
    began = time.process_time()
    assert refused(with_body("<w:p/>" + " " * 100_000_000)) == "too-much"
    assert time.process_time() - began < 5


def test_zip_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(with_body("<w:p/>" + " " * 1_000_000))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(MAIN.encode()))
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    assert refused(bytes(data)) == "damaged"


def test_more_elements_than_any_minutes_are_refused() -> None:
    assert refused(with_body("<w:p/>" * 500_001)) == "too-much"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of memory")
def test_largest_document_that_is_let_in_stays_under_half_a_gigabyte() -> None:
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20));"
        "from dabir.reading.sources import read; print(len(read(sys.stdin.buffer.read()).lines))"
    )
    body = p("متن") + '<w:p w:rsidR="00A1"><w:r/></w:p>' * 240_000
    done = subprocess.run([sys.executable, "-c", code], input=with_body(body), capture_output=True, check=False)
    assert done.stdout == b"1\n", done.stderr[-300:]


def test_deep_nesting_is_refused() -> None:
    assert refused(with_body("<w:sdt>" * DEEPEST + "</w:sdt>" * DEEPEST)) == "too-much"
    assert refused(with_body("<w:sdt>" * 500_000)) == "too-much"


def test_nesting_as_deep_as_it_may_be_is_read() -> None:
    deep = "<w:sdt><w:sdtContent>" * 90 + p("متن") + "</w:sdtContent></w:sdt>" * 90
    assert read(with_body(deep)).text == "متن"
    inner = p("متن")
    for _ in range(40):
        inner = table([cell(inner)])
    assert read(with_body(inner)).text == "متن"


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><d>&c;</d>'
)
STRANGER = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'
FETCHED = '<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><d/>'


@pytest.mark.parametrize("xml", [LAUGHS, STRANGER, FETCHED])
@pytest.mark.parametrize("part", [MAIN, "word/numbering.xml", "_rels/.rels", "word/_rels/document.xml.rels"])
def test_entities_are_refused_in_every_part(part: str, xml: str) -> None:
    data = docx(p("متن"), parts={"numbering": numbering({})})
    assert refused(changed(data, part, lambda _: xml.encode())) == "unsafe"


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<",
        b"<w:document",
        b"\xff\xfe<",
        b'<?xml version="1.0" encoding="x-none"?><a/>',
        b"<a>&b;</a>",
        b"\0" * 50,
    ],
)
def test_broken_xml_is_damaged(xml: bytes) -> None:
    assert refused(changed(docx(p("متن")), MAIN, lambda _: xml)) == "damaged"


def test_missing_parts() -> None:
    whole = docx(p("متن", num=(1, 0)), parts={"numbering": numbering({1: [level(0, "decimal", "%1-")]})})
    files = parts_of(whole)
    assert refused(zipped({name: one for name, one in files.items() if name != MAIN})) == "damaged"
    for name in files.keys() - {MAIN}:
        without = zipped({other: one for other, one in files.items() if other != name})
        assert read(without).text.endswith("متن"), name


def test_document_whose_main_part_is_elsewhere_is_read() -> None:
    parts = parts_of(docx(p("متن")))
    first = parts["_rels/.rels"].replace(b"word/document.xml", b"/docs/Main.xml")
    moved = {"[Content_Types].xml": parts["[Content_Types].xml"], "_rels/.rels": first, "docs/main.xml": parts[MAIN]}
    assert read(zipped(moved)).text == "متن"


def test_cut_off_file_is_damaged() -> None:
    data = docx(*[p("متن")] * 100)
    assert {refused(data[:length]) for length in range(4, len(data) - 1, 37)} == {"damaged"}


def test_encrypted_zip_is_protected() -> None:
    data = bytearray(docx(p("متن")))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    assert refused(bytes(data)) == "protected"


def test_compression_that_no_document_has_is_damaged() -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive,
        zipfile.ZipFile(io.BytesIO(docx(p("متن")))) as whole,
    ):
        for name in whole.namelist():
            archive.writestr(name, whole.read(name))
    assert refused(stream.getvalue()) == "damaged"


def test_zip_of_very_many_names_is_refused() -> None:
    assert refused(zipped({f"word/{number}": "" for number in range(10_001)})) == "too-much"


def long_cell_over_many_rows() -> str:
    return table(["1", cell("متن " * 40_000, merge="restart")], *[["2", cell(merge="continue")]] * 5_000)


def tall_cell_over_many_rows() -> str:
    tall = cell(*["<w:p/>"] * 50_000, "متن", merge="restart")
    return table(["1", tall], *[["2", cell(merge="continue")]] * 20_000)


def many_paragraphs() -> str:
    return p("متن") * 60_000


def many_tables() -> str:
    return table(["1", "متن"]) * 20_000


def fields_in_fields() -> str:
    begins = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>' * 40_000
    return f"<w:p>{begins}{'<w:r><w:t>متن</w:t></w:r>' * 40_000}</w:p>"


def paragraphs_whose_ends_are_deleted() -> str:
    return p("متن " * 50, end="<w:del/>") * 40_000


@pytest.mark.parametrize(
    "body",
    [
        *(long_cell_over_many_rows, tall_cell_over_many_rows, many_paragraphs, many_tables),
        *(fields_in_fields, paragraphs_whose_ends_are_deleted),
    ],
    ids=lambda one: one.__name__,
)
def test_much_out_of_little_takes_little(body: Callable[[], str]) -> None:
    data = with_body(body())
    began = time.process_time()
    try:
        assert len(read(data).text) < 11_000_000
    except Unreadable as error:
        assert error.cause in ("too-much", "long-line")
    assert time.process_time() - began < 10


def test_long_number_pattern_is_no_number() -> None:
    parts = {"numbering": numbering({1: [level(0, "decimal", "%1" * 1_000_000)]})}
    assert read(docx(p("متن", num=(1, 0)), parts=parts)).text == "متن"


@pytest.mark.parametrize("value", ["", "-1", "x", "1e9", "99999999999999999999", "٣", "999999999"])
def test_numbers_beyond_reason_harm_nothing(value: str) -> None:
    numbers = numbering({1: [level(0, "upperRoman", "%1-", 7), level(8, "arabicAlpha", "%9)")]}).replace(
        '"7"', f'"{value}"'
    )
    row = table([cell("الف", span=2), "ب"]).replace('<w:gridSpan w:val="2"/>', f'<w:gridSpan w:val="{value}"/>')
    placed = p("متن", num=(1, 0)).replace('<w:ilvl w:val="0"/>', f'<w:ilvl w:val="{value}"/>')
    text = read(docx(placed, p("متن", num=(1, 0)), row, parts={"numbering": numbers})).text
    assert text.count("متن") == 2 and "الف" in text


def test_shape_of_everything_in_everything_is_read() -> None:
    xml = p(text_box(table([cell(p(text_box(p(inserted(run("متن"))))), p("زیر"))])))
    assert read(docx(xml)).text.split() == ["متن", "زیر"]


SAMPLE = docx(
    p("صورتجلسه شماره ۴", text_box(p("شماره: ۴"))),
    p("مقرر شد", num=(1, 0)),
    p("شهرداری ", inserted(run("گزارش دهد")), '<w:r><w:footnoteReference w:id="1"/></w:r>', num=(1, 1)),
    table([cell("ردیف", merge="restart"), cell("شرح", span=2)], [cell(merge="continue"), "پل", "راه"]),
    section='<w:headerReference w:type="default" r:id="header1"/>',
    parts={
        "numbering": numbering({1: [level(0, "decimal", "%1-"), level(1, "arabicAbjad", "%1-%2)")]}),
        "footnotes": notes("footnote", n1="موضوع"),
        "header1": f"<w:hdr {NAMESPACES}>{p('ستاد')}</w:hdr>",
    },
)


def test_mutated_documents_are_read_or_refused() -> None:
    from tools.drill.documents import read_broken_documents

    assert read_broken_documents(times=300, seed=7) < 10
