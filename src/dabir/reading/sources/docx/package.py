"""The zip file that a Word document is: its parts, by name and by relationship, unfolded within limits.

A part is read only when it is asked for, never more of it than `LARGEST_PART`, whatever the zip declares.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from dabir.reading.sources.docx.xml import Reading
from dabir.reading.sources.unreadable import Unreadable

LARGEST_PART = 48 * 1024 * 1024
"""Bytes of all parts together, unfolded."""
MOST_NAMES = 10_000
_CHUNK = 1024 * 1024
_FALLBACK = "word/document.xml"
# What the standard library raises on broken zips and deflate streams.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
    IndexError,
    OverflowError,
)


class Package:
    """The parts of an open document."""

    def __init__(self, data: bytes) -> None:
        with _broken_means_damaged():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = {name.lstrip("/").lower(): name for name in _bounded(self._zip.namelist())}
        self._left = LARGEST_PART
        self._xml = Reading()
        self._targets: dict[str, dict[str, tuple[str, str]]] = {}
        self.main = self._main()

    def part(self, name: str) -> Element | None:
        """The root of a part, or None where there is none."""
        data = self._bytes(name)
        return None if data is None else self._xml.parse(data)

    def content(self, name: str) -> bytes | None:
        """The bytes of a part, or None where there is none."""
        return self._bytes(name)

    def related(self, kind: str) -> Iterator[Element]:
        """The main part's parts of this kind («styles», «footnotes», …)."""
        for known, target in self._of(self.main).values():
            if known == kind and (root := self.part(target)) is not None:
                yield root

    def by_id(self, key: str | None) -> Element | None:
        """The part to which the main part refers by this key."""
        _, target = self._of(self.main).get(key or "", ("", ""))
        return self.part(target) if target else None

    def _main(self) -> str:
        targets = (target for kind, target in self._of("").values() if kind == "officeDocument")
        name = next(targets, _FALLBACK)
        if name.lower() not in self._names:
            raise Unreadable("damaged")
        return name

    def _of(self, name: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part by their keys: the last word of the kind, and the part they lead to."""
        if name not in self._targets:
            folder, base = posixpath.split(name)
            root = self.part(posixpath.join(folder, "_rels", base + ".rels"))
            found: dict[str, tuple[str, str]] = {}
            for one in root if root is not None else ():
                if one.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target", ""))))
                    found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target.lstrip("/"))
            self._targets[name] = found
        return self._targets[name]

    def _bytes(self, name: str) -> bytes | None:
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        with _broken_means_damaged():
            entry = self._zip.getinfo(stored)
            if entry.flag_bits & 1:
                raise Unreadable("protected")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # the others may take gigabytes
                raise Unreadable("damaged")
            pieces: list[bytes] = []
            with self._zip.open(entry) as unfolding:
                while piece := unfolding.read(_CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise Unreadable("too-much")
                    pieces.append(piece)
        return b"".join(pieces)


def names_in(data: bytes) -> list[str]:
    """The names of a zip's entries; `Unreadable` where it is broken."""
    with _broken_means_damaged(), zipfile.ZipFile(io.BytesIO(data)) as opened:
        return _bounded(opened.namelist())


def _bounded(names: list[str]) -> list[str]:
    if len(names) > MOST_NAMES:
        raise Unreadable("too-much")
    return names


@contextmanager
def _broken_means_damaged() -> Iterator[None]:
    try:
        yield
    except Unreadable:
        raise
    except RuntimeError:
        raise Unreadable("protected") from None
    except _BROKEN:
        raise Unreadable("damaged") from None
