"""Paper in, `Minutes` out."""

from __future__ import annotations

from datetime import date

from dabir.persian.calendar import Calendar
from dabir.reading import sources
from dabir.reading.agenda import agenda_of
from dabir.reading.attendance import attendance_of
from dabir.reading.context import Context
from dabir.reading.coreference import refer
from dabir.reading.decided import Paper
from dabir.reading.discussion import discussion_of
from dabir.reading.findings import proofread
from dabir.reading.header import header_of
from dabir.reading.identity import identify
from dabir.reading.lines import number_lines, split_lines
from dabir.reading.minutes import BodyNumber, Minutes, Remark
from dabir.reading.resolutions import resolutions_of
from dabir.reading.sections import blocks_of


def read(data: bytes, context: Context, name: str | None = None) -> Minutes:
    """What the file's bytes say; `sources.Unreadable` where they are none that is read, or none that `name` says."""
    source = sources.read(data, name)
    return read_text(source.text, context, list(source.remarks))


def read_text(text: str, context: Context, remarks: list[Remark] | None = None) -> Minutes:
    """What `text` says. Nothing is added: a field that the paper lacks stays empty. `remarks` tell how the text was
    taken from its file."""
    lines = number_lines(text)
    blocks = blocks_of(lines)
    header = header_of(lines, context)
    session = _session(header.date.iso if header.date else None, context)
    resolutions = resolutions_of(blocks, Paper(lines, session, header.starts_at, Calendar(context.closures)))
    minutes = Minutes(
        header=header,
        bodies=[BodyNumber(header.body, header.number)] if header.body else [],
        sections=[section for block in blocks if (section := block.as_section())],
        agenda=agenda_of(blocks, lines),
        discussion=discussion_of(blocks, {resolution.lines for resolution in resolutions}),
        resolutions=resolutions,
        attendance=attendance_of(blocks),
        lines=split_lines(text),
        source=remarks or [],
    )
    refer(minutes, lines)
    identify(minutes, context)
    minutes.findings = proofread(minutes, context, lines)
    return minutes


def know(minutes: Minutes, context: Context) -> None:
    """Name the parties of minutes that were read without it, and proofread them anew."""
    identify(minutes, context)
    minutes.findings = proofread(minutes, context)


def _session(iso: str | None, context: Context) -> date | None:
    return date.fromisoformat(iso) if iso else context.session_date
