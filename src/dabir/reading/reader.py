"""Paper in, `Minutes` out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dabir.reading import sources
from dabir.reading.agenda import agenda_of
from dabir.reading.attendance import attendance_of
from dabir.reading.claims import claims_of
from dabir.reading.classed import classify, take_marks
from dabir.reading.context import Context
from dabir.reading.coreference import refer
from dabir.reading.decided import Paper
from dabir.reading.discussion import discussion_of
from dabir.reading.findings import proofread
from dabir.reading.header import header_of
from dabir.reading.identity import identify
from dabir.reading.lines import number_lines, split_lines
from dabir.reading.minutes import BodyNumber, Minutes
from dabir.reading.resolutions import resolutions_of
from dabir.reading.sections import blocks_of


def read(data: bytes, context: Context, name: str | None = None) -> Minutes:
    """What the file's bytes say; `sources.Unreadable` where they are none that is read, or none that `name` says."""
    return read_source(sources.read(data, name).visible, lambda day: context, near=context.session_date)


def read_text(text: str, context: Context) -> Minutes:
    """What `text` says. Nothing is added: a field that the paper lacks stays empty."""
    lines = tuple(map(sources.SourceLine, split_lines(text)))
    return read_source(sources.Source(lines), lambda day: context, near=context.session_date)


def read_source(
    source: sources.Source,
    known: Callable[[date | None], Context],
    *,
    near: date | None = None,
    proofreading: Callable[[], None] = lambda: None,
) -> Minutes:
    """What the source says. `known` is asked once, for what is known on the meeting's day, or on an unknown one;
    `near` is a day near it, where somebody knows one; `proofreading` is called before that begins."""
    text = source.text
    lines = number_lines(text)
    blocks = blocks_of(lines)
    marks = take_marks(blocks)
    header = header_of(lines, near)
    context = known(header.day)
    session = header.day or context.session_date
    resolutions = resolutions_of(blocks, Paper(lines, session, header.starts_at, context.calendar))
    minutes = Minutes(
        header=header,
        bodies=[BodyNumber(header.body, header.number)] if header.body else [],
        sections=[section for block in blocks if (section := block.as_section())],
        agenda=agenda_of(blocks, lines),
        discussion=discussion_of(blocks, {resolution.lines for resolution in resolutions}),
        resolutions=resolutions,
        attendance=attendance_of(blocks),
        lines=split_lines(text),
        source=list(source.remarks),
    )
    classify(minutes.discussion, marks)
    minutes.claims = claims_of(minutes)
    refer(minutes, lines)
    identify(minutes, context)
    proofreading()
    minutes.findings = proofread(minutes, context, lines)
    return minutes
