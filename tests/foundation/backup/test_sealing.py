"""Encryption under a passphrase: nothing of it can be changed, moved or cut off unseen, and other programs open it."""

from __future__ import annotations

import base64
import io
import os

import pytest

from dabir.foundation.backup import sealing
from dabir.foundation.backup.sealing import CHUNK, TAG, Damaged, Sealed, Sealing, WrongKey

KEY = "دوازده حرف یا بیشتر"
BY_ANOTHER_PROGRAM = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBrZURMTHY2bVd5VDh2U3JNZE5PQVVRIDE5CkpDcU9TblZWRGsvRVZpNm51"
    "STJQRU1Jc2JOZHh2YmlPdFU1T3cyeHpzOG8KLS0tIGgzRksrOWVuZVBLQUZOTHRpWWVmZ0xRaGo4NHJ1MHVrQnpHaFc5c2FMdTgK"
    "wWPf0jqZrmlTE3qPi+jhJIx1Qh+1uw74zyVrZ90VatFh1QYuiet4+xCYbS7wYICmyPj6nZC5p4wnSCnVI/bD9r1eGknbrL0h"
)
"""Written by rage 0.11, another program for this format, under `KEY`."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "WORK", 4)


def sealed(data: bytes, key: str = KEY) -> bytes:
    target = io.BytesIO()
    stream = Sealing(target, key)
    for start in range(0, len(data), 50_000):
        stream.write(data[start : start + 50_000])
    stream.close()
    return target.getvalue()


def unsealed(data: bytes, key: str = KEY) -> bytes:
    return io.BufferedReader(Sealed(io.BytesIO(data), key)).read()


def head(data: bytes) -> int:
    """Where the chunks begin."""
    return data.index(b"\n", data.index(b"---")) + 1 + 16


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_what_was_sealed_comes_out_again(size: int) -> None:
    data = os.urandom(size)
    found = sealed(data)
    assert unsealed(found) == data
    assert size < 64 or data[:64] not in found


def test_any_place_of_it_can_be_read() -> None:
    data = os.urandom(3 * CHUNK)
    stream = io.BufferedReader(Sealed(io.BytesIO(sealed(data)), KEY), 1000)
    for place in (2 * CHUNK - 5, 0, CHUNK - 1, 3 * CHUNK - 10):
        stream.seek(place)
        assert stream.read(10) == data[place : place + 10]


def test_a_file_of_another_program_for_this_format_is_read() -> None:
    assert unsealed(base64.b64decode("".join(BY_ANOTHER_PROGRAM))).decode() == "متن از برنامه‌ای دیگر"


def test_another_key_is_refused() -> None:
    with pytest.raises(WrongKey):
        unsealed(sealed(b"text"), "another key altogether")


@pytest.mark.parametrize("kept", [0, 1, TAG, CHUNK + TAG, CHUNK + TAG + 1, 2 * (CHUNK + TAG), 3 * (CHUNK + TAG) - 1])
def test_a_file_that_was_cut_off_is_refused(kept: int) -> None:
    found = sealed(os.urandom(3 * CHUNK))
    with pytest.raises(Damaged):
        unsealed(found[: head(found) + kept])


def test_chunks_that_change_places_are_refused() -> None:
    found = sealed(os.urandom(3 * CHUNK))
    start, step = head(found), CHUNK + TAG
    first, second = found[start : start + step], found[start + step : start + 2 * step]
    with pytest.raises(Damaged):
        unsealed(found[:start] + second + first + found[start + 2 * step :])


def test_a_head_has_one_spelling() -> None:
    found = sealed(b"text")
    end = found.index(b"\n", found.index(b"--- ")) - 1
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    with pytest.raises(Damaged):  # the last letter holds two bits that no byte has
        unsealed(found[:end] + letters[letters.index(found[end]) ^ 1 :][:1] + found[end + 1 :])


def test_what_is_added_is_refused() -> None:
    with pytest.raises(Damaged):
        unsealed(sealed(b"text") + b"more")


def test_no_byte_can_be_changed() -> None:
    found = sealed(b"text")
    for place in range(len(found)):
        changed = bytearray(found)
        changed[place] ^= 1
        with pytest.raises((Damaged, WrongKey)):
            unsealed(bytes(changed))


def test_a_head_that_asks_for_endless_work_is_refused() -> None:
    found = sealed(b"text").replace(b" 4\n", b" 63\n", 1)
    with pytest.raises(Damaged, match="work"):
        unsealed(found)
