"""A paper under review: how it is read in the first place, and how it stands with the corrections made."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.directory.context import build_context
from dabir.foundation import child
from dabir.foundation.errors import Invalid
from dabir.foundation.models import Event
from dabir.meetings.corrections import apply_all
from dabir.meetings.corrections.lookup import session_day
from dabir.meetings.models import Draft
from dabir.persian import clock
from dabir.reading import child as reader
from dabir.reading.context import Context
from dabir.reading.findings import proofread
from dabir.reading.minutes import Minutes
from dabir.reading.source import LARGEST, Unreadable

STEP_VERBS = ("meetings.correct_draft", "meetings.undo_correction")
"""The verbs that count a draft's version."""

_UNREADABLE = {
    "empty": _("“%(name)s” is empty. Choose the file that holds the minutes."),
    "too-large": _("“%(name)s” is larger than 10 MB. Give the minutes alone, without pictures or annexes."),
    "binary": _("“%(name)s” is no text. Save the document as plain text (.txt or .md), or paste its text."),
    "undecodable": _("“%(name)s” is in an unknown encoding. Save it again as UTF-8, or paste its text."),
    "unrecognised": _(
        "Nothing of minutes was found in “%(name)s”: no resolution, no discussion, no list of those present. "
        "Check that it is the minutes of a meeting, with its headings."
    ),
}
_FAILED = {
    "time": _("“%(name)s” took too long to read. Split it, or give the minutes of one meeting alone."),
    "memory": _("“%(name)s” is too much to read at once. Give the minutes of one meeting alone."),
    "answer": _("“%(name)s” is too much to read at once. Give the minutes of one meeting alone."),
    "crash": _("“%(name)s” could not be read: a fault of the program, which has been noted. Try its text."),
}


def read_paper(data: bytes, *, name: str) -> Minutes:
    """What the reader makes of a paper, with the directory as it was on the meeting's day; in a child process.

    `Invalid` names the file, the cause and the remedy where it cannot be read, or holds nothing of minutes.
    """
    if len(data) > LARGEST:
        raise Invalid(_UNREADABLE["too-large"] % {"name": name}, field="file")
    first = _read(data, Context(), name)
    if not first.recognised:
        raise Invalid(_UNREADABLE["unrecognised"] % {"name": name}, field="file")
    return _read(data, context_of(first), name)


def with_corrections(draft: Draft) -> Minutes:
    """The reading with all corrections; the findings are still the reader's own. No query."""
    return apply_all(Minutes.from_json(draft.minutes), draft.corrections)


def corrected(draft: Draft) -> Minutes:
    """The draft as it stands: the reading with all corrections, and what the proofreader says of the result.

    Without corrections the findings are the reader's own. With them four queries and some milliseconds; the outcome is
    not kept, because it depends on the directory and on announced closures too.
    """
    minutes = with_corrections(draft)
    if draft.corrections:
        minutes.findings = proofread(minutes, context_of(minutes))
    return minutes


def steps_since(draft: Draft, version: int) -> list[Event]:
    """The corrections and undos that have made the draft what it is since it had this version, the first one first.

    Each event tells its actor and `at`; `data["facts"]["correction"]` is what was made, or taken back.
    """
    events = Event.objects.filter(subject=f"{draft._meta.label_lower}:{draft.pk}", verb__in=STEP_VERBS)
    return list(events.order_by("-number")[: max(draft.version - version, 0)])[::-1]


def context_of(minutes: Minutes) -> Context:
    """The directory on the meeting's day, or today's for a paper that does not tell its day."""
    return build_context(session_day(minutes) or clock.today())


def _read(data: bytes, context: Context, name: str) -> Minutes:
    try:
        return reader.minutes_of(child.run(reader.read_paper, reader.request(data, context)))
    except Unreadable as error:
        raise Invalid(_UNREADABLE[error.cause] % {"name": name}, field="file") from None
    except child.ChildFailed as error:
        raise Invalid(_FAILED[error.cause] % {"name": name}, field="file") from None
