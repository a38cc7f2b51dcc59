"""PDFs: what their pages show becomes lines; whatever is none, or means harm, is refused with its cause."""

from __future__ import annotations

import io
import random
import time
import zlib
from functools import cache

import pypdfium2
import pytest

from dabir.reading.context import Context
from dabir.reading.reader import read
from dabir.reading.sources import Unreadable, pdf
from dabir.reading.sources import read as read_source
from dabir.reading.sources.own import hash_of
from dabir.reading.sources.pdf.inside import MOST_PAGES
from dabir.writing.minutes_pdf import to_pdf
from tests.writing.papers import minutes_of, paper


@cache
def ours() -> bytes:
    return to_pdf(paper())


def refused(data: bytes, name: str = "minutes.pdf") -> str:
    with pytest.raises(Unreadable) as error:
        read_source(data, name)
    return error.value.cause


def empty(pages: int) -> bytes:
    """A PDF of blank pages."""
    kids = " ".join(f"{3 + n} 0 R" for n in range(pages))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"]
    objects += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"] * pages
    return assembled([one.encode() for one in objects])


def with_stream(stream: bytes, flate: bytes = b"") -> bytes:
    """A PDF of one page with that content."""
    head = b"<</Length %d%s>>stream\n" % (len(stream), flate)
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            head + stream + b"\nendstream",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def assembled(objects: list[bytes]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + head + table + end


def test_page_of_ours_is_read_as_it_was_written() -> None:
    written, seen = minutes_of(), read(ours(), Context(), "minutes.pdf")
    assert [(one.number, one.kind) for one in seen.resolutions] == [
        (one.number, one.kind) for one in written.resolutions
    ]
    assert seen.header.date == written.header.date and seen.header.number == written.header.number
    assert [one.text for one in seen.resolutions] == [one.text for one in written.resolutions]
    assert not any("صفحه" in line for line in seen.lines)
    assert [remark.rule for remark in seen.source] == ["source.own-unknown"]


def test_lines_have_their_page_and_place() -> None:
    lines = read_source(ours()).lines
    pages = [line.page for line in lines]
    assert pages == sorted(page for page in pages if page is not None) and pages[0] == 1
    for line in lines:
        assert line.box is not None
        left, top, right, bottom = line.box
        assert 0 <= left < right <= 1 and 0 <= top < bottom <= 1


def test_half_spaces_and_rows_of_the_head_are_kept() -> None:
    text = read_source(ours()).text
    assert "\u200c" in text and any(line.count("\t") >= 2 for line in text.split("\n")[:8])


def test_record_inside_is_given_with_what_is_seen() -> None:
    source = read_source(ours())
    assert source.own == paper().source and hash_of(source.own) == paper().sha256
    assert source.visible.own is None


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"%PDF-1.7\n" + bytes(range(256)), "damaged-pdf"),
        (b"%PDF-1.7 ", "damaged-pdf"),
        (empty(1), "empty"),
        (empty(MOST_PAGES + 1), "too-much"),
        (with_stream(b"BT /F 12 Tf 100 700 Td (nothing"), "empty"),
    ],
    ids=["noise", "beginning", "blank", "many-pages", "open-string"],
)
def test_what_is_no_readable_pdf_is_refused(data: bytes, cause: str) -> None:
    assert refused(data) in (cause, "damaged-pdf")


def test_pages_that_are_pictures_are_told_as_such() -> None:
    made = pypdfium2.PdfDocument.new()
    page = made.new_page(600, 800)
    picture = pypdfium2.PdfImage.new(made)
    picture.set_bitmap(pypdfium2.PdfBitmap.new_native(10, 10, pypdfium2.raw.FPDFBitmap_BGR))
    page.insert_obj(picture)
    page.gen_content()
    out = io.BytesIO()
    made.save(out)
    assert refused(out.getvalue()) == "scanned"


def test_stream_that_unfolds_without_end_is_refused_in_time() -> None:
    text = b"BT /F 9 Tf 10 700 Td " + b"(minutes of a meeting that never ends) Tj " * 200_000 + b" ET"
    began = time.monotonic()
    with pytest.raises(Unreadable) as error:
        pdf.read(with_stream(zlib.compress(text), b"/Filter/FlateDecode"), memory=256 * 1024 * 1024, seconds=3)
    assert error.value.cause in ("time", "damaged-pdf", "memory", "too-much")
    assert time.monotonic() - began < 20


def test_a_file_called_pdf_that_is_text_is_told() -> None:
    assert refused("صورتجلسه".encode()) == "named-pdf"


def test_broken_copies_are_read_or_refused() -> None:
    chance = random.Random(7)
    for _ in range(12):
        data = bytearray(ours())
        for _ in range(chance.choice((1, 10, 200))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        try:
            read_source(bytes(data))
        except Unreadable as error:
            assert error.cause in ("damaged-pdf", "empty", "too-much", "time", "protected", "binary", "undecodable")
