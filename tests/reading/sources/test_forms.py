"""The content tells which form a file has; a name that says another kind is told, and so is what cannot be read."""

from __future__ import annotations

import pytest

from dabir.reading.sources import LARGEST, Unreadable, read
from dabir.reading.sources.forms import form_of
from dabir.reading.sources.unreadable import CAUSES, LONGEST_LINE, MOST_LINES
from tests.reading.sources.word import docx, p, zipped

TEXT = "صورتجلسه شورا: مقرر شد شهرداری گزارش دهد."
WORD = docx(p(TEXT))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def refused(data: bytes, name: str | None = None) -> str:
    with pytest.raises(Unreadable) as error:
        read(data, name)
    assert error.value.remedy and str(error.value)
    return error.value.cause


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(500)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("ی", "ي").replace("ک", "ك").encode("cp1256"),
        WORD,
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "utf-16-le",
        "utf-16-be",
        "bare utf-16-le",
        "bare utf-16-be",
        "windows-1256",
        "docx",
    ],
)
def test_same_line_in_every_form(data: bytes) -> None:
    (line,) = read(data).lines
    assert line.text.replace("ي", "ی").replace("ك", "ک") == TEXT
    assert (line.page, line.box) == (None, None)


def test_line_ends_of_all_systems_part_lines() -> None:
    assert [line.text for line in read("الف\r\nب\rج\nد".encode()).lines] == ["الف", "ب", "ج", "د"]


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\x00\x01\x02" * 50, "binary"),
        ("two words of English".encode("utf-16-le"), "binary"),
        (b"\xff\xfe\x00\xd8", "undecodable"),
        ("Änderungsprotokoll für größere Räume".encode("latin-1"), "undecodable"),
        (b"a" * (LARGEST + 1), "too-large"),
        (("ا" * (LONGEST_LINE + 1)).encode(), "long-line"),
        (b"a" * LARGEST, "long-line"),
        ("ا\n".encode() * (MOST_LINES + 1), "too-much"),
        (b"%PDF-1.7\n" + bytes(range(256)), "damaged-pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        (b"BM\x9a\0\0\0\0\0\0\0" + bytes(50), "picture"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "picture"),
        (b"\x1f\x8b\x08" + bytes(50), "archive"),
        (zipped({"minutes.txt": TEXT}), "archive"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "spreadsheet"),
        (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "slides"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, compressed=False), "spreadsheet"),
        (zipped({"mimetype": "application/epub+zip"}, compressed=False), "archive"),
        (ole("EncryptedPackage"), "protected"),
        (ole("Workbook"), "spreadsheet"),
        (ole("PowerPoint Document"), "slides"),
        (OLE, "binary"),
        (b"<!DOCTYPE html><p>" + TEXT.encode(), "markup"),
        (b"  <HTML><p>" + TEXT.encode(), "markup"),
    ],
)
def test_what_is_not_read_is_refused_with_its_cause(data: bytes, cause: str) -> None:
    assert refused(data) == cause
    assert refused(data, "minutes.docx") == cause


@pytest.mark.parametrize(
    ("data", "name", "cause"),
    [
        (TEXT.encode(), "minutes.docx", "named-word"),
        (TEXT.encode(), "MINUTES.DOC", "named-word"),
        (WORD, "minutes.txt", "named-text"),
        (WORD, "minutes.md", "named-text"),
        (b"{\\rtf1 x}", "minutes.txt", "named-text"),
    ],
)
def test_name_that_says_another_kind_is_refused(data: bytes, name: str, cause: str) -> None:
    assert refused(data, name) == cause


@pytest.mark.parametrize("name", ["minutes.docx", "minutes.DOCM", "minutes", "minutes.2023", "صورتجلسه.docx", None])
def test_name_that_says_the_same_or_nothing_is_fine(name: str | None) -> None:
    assert read(WORD, name).remarks == ()


def test_word_document_under_the_name_of_another_is_read_and_said() -> None:
    source = read(WORD, "minutes.doc")
    assert source.text == TEXT
    assert [note.rule for note in source.remarks] == ["source.name"]


def test_old_documents_are_known() -> None:
    assert form_of(ole("WordDocument")) == "doc"
    assert form_of(b"{\\rtf1\\ansi}") == "rtf"
    assert form_of(zipped({"mimetype": "application/vnd.oasis.opendocument.text"}, compressed=False)) == "odt"


def test_every_cause_has_words() -> None:
    assert all(str(Unreadable(cause)) and Unreadable(cause).remedy for cause in CAUSES)
