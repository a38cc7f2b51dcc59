"""Encryption under a passphrase, in the format of age (age-encryption.org/v1), so that an archive can also be opened
without Dabir (`age -d`).

A header holds the file's key, itself encrypted under scrypt of the passphrase. Behind it come chunks of 64 kB, each
under ChaCha20-Poly1305 with its number and whether it is the last: none can be changed, moved, left out or cut off.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import os
import re
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"age-encryption.org/v1\n"
CHUNK = 64 * 1024
TAG = 16
WORK = 16
"""log2 of scrypt's N: 64 MB and about a fifth of a second for each key that somebody tries."""
MOST_WORK = 20
"""A header may not ask for more: 1 GB."""
LONGEST_HEADER = 1024

_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n"
    rb"---( [A-Za-z0-9+/]{43}\n)"
)


class WrongKey(Exception):
    """The archive does not open with this key."""


class Damaged(Exception):
    """The bytes are not those that were written."""


class Sealing(io.RawIOBase):
    """A stream that encrypts what is written to it into `target`; `close` writes the end, and leaves `target` open."""

    def __init__(self, target: IO[bytes], key: str) -> None:
        self._target = target
        self._pending = bytearray()
        self._number = 0
        file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
        body = ChaCha20Poly1305(_wrapping_key(key, salt, WORK)).encrypt(bytes(12), file_key, None)
        header = MAGIC + b"-> scrypt %s %d\n%s\n---" % (_b64(salt), WORK, _b64(body))
        target.write(header + b" " + _b64(_mac(file_key, header)) + b"\n" + nonce)
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pending += data
        while len(self._pending) > CHUNK:  # the last chunk waits for the end
            self._put(bytes(self._pending[:CHUNK]), last=False)
            del self._pending[:CHUNK]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._pending), last=True)
        super().close()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, None))
        self._number += 1


class Sealed(io.RawIOBase):
    """What lies in an encrypted file, to read at any place.

    `WrongKey` or `Damaged` when it is opened; `Damaged` also when a place is read that somebody has changed.
    """

    def __init__(self, source: IO[bytes], key: str) -> None:
        self._source = source
        source.seek(0)
        found = _HEADER.match(source.read(LONGEST_HEADER))
        if not found:
            raise Damaged("the file begins like an encrypted one, but its head cannot be read")
        salt, work, body, mac = found.groups()
        if int(work) > MOST_WORK:
            raise Damaged("its head asks for more work than any key needs")
        try:
            file_key = ChaCha20Poly1305(_wrapping_key(key, _unb64(salt), int(work))).decrypt(
                bytes(12), _unb64(body), None
            )
        except InvalidTag:
            raise WrongKey("it does not open with this key") from None
        if not hmac.compare_digest(_mac(file_key, found.group()[: -len(mac)]), _unb64(mac.strip())):
            raise Damaged("its head is not what was written")
        self._start = found.end() + 16
        source.seek(found.end())
        self._cipher = ChaCha20Poly1305(_derived(file_key, source.read(16), b"payload"))
        cipher_size = source.seek(0, os.SEEK_END) - self._start
        self._chunks = max(1, -(-cipher_size // (CHUNK + TAG)))
        self._size = cipher_size - self._chunks * TAG
        self._at = 0
        self._cached: tuple[int, bytes] = (-1, b"")
        self._chunk(self._chunks - 1)  # a cut-off tail shows at once

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            return 0
        number, within = divmod(self._at, CHUNK)
        part = self._chunk(number)[within : within + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _chunk(self, number: int) -> bytes:
        if self._cached[0] != number:
            self._source.seek(self._start + number * (CHUNK + TAG))
            sealed = self._source.read(CHUNK + TAG)
            try:
                chunk = self._cipher.decrypt(_nonce(number, last=number == self._chunks - 1), sealed, None)
            except (InvalidTag, ValueError):
                raise Damaged("it was cut off, or changed after it was written") from None
            self._cached = (number, chunk)
        return self._cached[1]


def is_sealed(source: IO[bytes]) -> bool:
    source.seek(0)
    return source.read(len(MAGIC)) == MAGIC


def _wrapping_key(key: str, salt: bytes, work: int) -> bytes:
    salt = b"age-encryption.org/v1/scrypt" + salt
    return hashlib.scrypt(
        key.encode(), salt=salt, n=1 << work, r=8, p=1, maxmem=(1 << work) * 1024 + (1 << 21), dklen=32
    )


def _derived(file_key: bytes, salt: bytes, what: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=what).derive(file_key)


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.new(_derived(file_key, b"", b"header"), header, hashlib.sha256).digest()


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _b64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unb64(text: bytes) -> bytes:
    """`Damaged` for another spelling of the same bytes: the bits left over at the end are 0, as age has it."""
    data = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _b64(data) != text:
        raise Damaged("its head is not what was written")
    return data
