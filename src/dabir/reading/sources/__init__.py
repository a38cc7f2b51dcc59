"""Bytes of a file → its numbered lines, whatever form the file has. What cannot be read is refused, with a cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dabir.reading.minutes import Remark
from dabir.reading.sources import own
from dabir.reading.sources.forms import check_name, form_of
from dabir.reading.sources.text import decode
from dabir.reading.sources.unreadable import LARGEST, LONGEST_LINE, MOST_LINES, Unreadable

__all__ = ["LARGEST", "Source", "SourceLine", "Unreadable", "read"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom on the page, as parts of its width and height."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line; its page (from 1) and its place on it, where the form has pages."""

    text: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a file in reading order; `remarks` tell what its reader would ask about (rules `source.…`). `own` is
    the record inside a document that Dabir has made: to be believed where a register knows its hash, and else not."""

    lines: tuple[SourceLine, ...]
    remarks: tuple[Remark, ...] = ()
    own: bytes | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def visible(self) -> Source:
        """What the pages show, the record inside not believed; a remark says so."""
        return replace(self, remarks=(*self.remarks, own.UNKNOWN), own=None) if self.own is not None else self


def read(data: bytes, name: str | None = None) -> Source:
    """The lines of `data`. Its content tells the form; `name`, where given, must not say another kind of file.

    Text (UTF-8, UTF-16, Windows-1256), Word documents (.docx; .doc, .rtf and .odt where LibreOffice is installed) and
    PDFs that hold text; `Unreadable` for all else.
    """
    if len(data) > LARGEST:
        raise Unreadable("too-large")
    form = form_of(data)
    found = _read(data, form)
    lines, remarks = found.lines, found.remarks
    if len(lines) > MOST_LINES:
        raise Unreadable("too-much")
    if any(len(line.text) > LONGEST_LINE for line in lines):
        raise Unreadable("long-line")
    if name is not None and not check_name(form, name):
        message = f"محتوای فایل {form} است، نه آنچه نامش می‌گوید؛ به همان صورت خوانده شد."
        remarks = (*remarks, Remark("source.name", message, (1, 1)))
    return replace(found, remarks=remarks)


def _read(data: bytes, form: str) -> Source:
    if form == "text":
        return _plain(decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    if form == "pdf":
        from dabir.reading.sources import pdf  # noqa: PLC0415  (text needs none of it)

        shown = pdf.read(data)
        return Source(tuple(SourceLine(one.text, one.page, one.box) for one in shown.lines), (), shown.own)
    from dabir.reading.sources import docx  # noqa: PLC0415

    if form == "docx":
        return replace(_plain(*docx.read(data)), own=own.in_word(data))
    from dabir.reading.sources.office import converted  # noqa: PLC0415

    lines, remarks = docx.read(converted(data, form))
    message = f"این فایل ({form}) با LibreOffice به docx تبدیل و سپس خوانده شد."
    return _plain(lines, [Remark("source.converted", message, (1, 1)), *remarks])


def _plain(lines: Iterable[str], remarks: Iterable[Remark] = ()) -> Source:
    return Source(tuple(SourceLine(line) for line in lines), tuple(remarks))
