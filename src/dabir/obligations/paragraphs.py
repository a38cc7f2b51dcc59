"""A paragraph that somebody pastes → the duties in it, by the reader, in a child process as papers are."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dabir.directory.context import build_context
from dabir.foundation import child
from dabir.obligations.making import LONGEST_TEXT, MOST_DUTIES
from dabir.persian import jalali
from dabir.persian.letters import squash
from dabir.reading import child as reader
from dabir.reading import minutes as paper
from dabir.reading.sources import Unreadable

SECONDS = 20.0
_NUMBERED = re.compile(r"\s*[0-9۰-۹٠-٩]{1,2}\s*[-–.)]")


class Unread(Exception):
    """The reader has not come to an end with it: the fields are to be filled in by hand."""


def read_paragraph(text: str, day: date) -> list[paper.Obligation]:
    """The duties that the words give, as of the day on which they were said; none where they order nothing.

    Names are certain or not as on the workbench (`Party.known`); nothing is stored. `Unread` when there is no answer.
    """
    text = text.replace("\x00", "")[:LONGEST_TEXT].strip()
    if not squash(text):
        return []
    said = text if _NUMBERED.match(text) else f"۱- {text}"
    written = f"تاریخ جلسه: {jalali.format_day(day)}\nمصوبات:\n{said}"
    context = replace(build_context(day), session_date=day)
    try:
        answer = child.run(
            reader.read_paper,
            reader.request(written.encode(), "paragraph.txt"),
            seconds=SECONDS,
            on_question=lambda _question: reader.reply(context),
        )
        minutes = reader.minutes_of(answer)
    except (Unreadable, child.ChildFailed) as error:
        raise Unread(str(error)) from None
    found = [duty for resolution in minutes.resolutions for duty in resolution.obligations]
    return [duty for duty in found if squash(duty.action)][:MOST_DUTIES]
