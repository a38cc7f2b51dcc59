"""The stamp on a document: what the QR code says leads back to it, and nothing else does."""

from __future__ import annotations

import pytest

from dabir.writing.stamp import SHORT, Stamp, parse

STAMP = Stamp.of("zanjan-hq-1398-11", 1, "3f5a9c01b2d4" + "0" * 52)


@pytest.mark.parametrize("base", ["https://dabir.example", "http://127.0.0.1:8000/", "https://example.ir/dabir"])
def test_the_address_is_ascii_and_leads_back_whatever_the_host(base: str) -> None:
    address = STAMP.address(base)
    assert address.isascii() and "//authenticate" not in address
    assert parse(address) == STAMP and parse(f" {address}?from=paper") == STAMP


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://dabir.example/m/zanjan-hq-1398-11/",
        "/authenticate/zanjan-hq-1398-11/0/3f5a9c01b2d4/",
        "/authenticate/zanjan-hq-1398-11/1/3f5a9c01b2d/",
        "/authenticate/zanjan-hq-1398-11/1/3f5a9c01b2d44/",
        "/authenticate/../1/3f5a9c01b2d4/",
        "x" * 100_000 + STAMP.address("https://dabir.example"),
    ],
)
def test_what_is_no_stamp_is_none(text: str) -> None:
    assert parse(text) is None


def test_the_stamp_holds_the_beginning_of_the_hash() -> None:
    assert len(STAMP.short) == SHORT and STAMP.short == "3f5a9c01b2d4"
