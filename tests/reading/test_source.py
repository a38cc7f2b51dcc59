from __future__ import annotations

import pytest

from dabir.reading.source import LARGEST, Unreadable, decode

TEXT = "صورتجلسه شورا: مقرر شد شهرداری گزارش دهد."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("ی", "ي").replace("ک", "ك").encode("cp1256"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "windows-1256"],
)
def test_text_is_read_in_the_encodings_of_offices(data: bytes) -> None:
    assert decode(data).replace("ي", "ی").replace("ك", "ک") == TEXT


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"PK\x03\x04\x14\x00\x06\x00", "binary"),
        (b"%PDF-1.7\n" + bytes(range(1, 32)) * 20, "binary"),
        (b"\xff\xfe\x00\xd8", "undecodable"),
        ("Änderungsprotokoll für größere Räume".encode("latin-1"), "undecodable"),
        (b"a" * (LARGEST + 1), "too-large"),
    ],
)
def test_unreadable_file_is_refused_with_its_cause(data: bytes, cause: str) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(data)
    assert refused.value.cause == cause
    assert refused.value.remedy
