"""A paper under review: how it is read in the first place, and how it stands with the corrections made."""

from __future__ import annotations

from dabir.directory.context import build_context
from dabir.directory.models import Body
from dabir.foundation import child
from dabir.foundation.acting import Acting
from dabir.foundation.jobs.running import Run
from dabir.foundation.models import Event
from dabir.meetings.corrections import apply_all
from dabir.meetings.corrections.findings import waivers
from dabir.meetings.corrections.lookup import session_day
from dabir.meetings.issuing import versions_of
from dabir.meetings.models import Draft, MinutesVersion
from dabir.meetings.queries import meetings_visible_to
from dabir.meetings.refusals import NotRead, own_cause
from dabir.persian import clock
from dabir.reading import child as reader
from dabir.reading.context import Context
from dabir.reading.findings import proofread
from dabir.reading.minutes import Minutes
from dabir.reading.sources import LARGEST, Unreadable

STEP_VERBS = ("meetings.correct_draft", "meetings.undo_correction")
"""The verbs that count a draft's version."""


def read_paper(data: bytes, *, name: str, body: Body, by: Acting, run: Run | None = None) -> Minutes:
    """What the reader makes of a paper, with the directory as it was on the meeting's day; in a child process.

    `NotRead` names the file, the cause and the remedy where it cannot be read, or holds nothing of minutes; for a
    document that this register has made, the cause leads to the version of the minutes that it is
    (`refusals.version_in`). `run` hears the steps, and can stop it (`child.Stopped`).
    """

    def answer_to(question: bytes) -> bytes:
        if sha256 := reader.asked_own(question):
            return reader.reply_own(_own(sha256, by) is not None)
        return reader.reply(build_context(reader.asked_day(question) or clock.today(), body.party_id))

    if len(data) > LARGEST:
        raise NotRead("too-large", name)
    try:
        answer = child.run(
            reader.read_paper,
            reader.request(data, name),
            on_step=run.step if run else lambda _step: None,
            on_question=answer_to,
            stop=run.stop if run else None,
        )
        if (sha256 := reader.own_of(answer)) and (version := _own(sha256, by)):
            raise NotRead(own_cause(version, sha256), name)
        minutes = reader.minutes_of(answer)
    except (Unreadable, child.ChildFailed) as error:
        raise NotRead(error.cause, name) from None
    if not minutes.recognised:
        raise NotRead("unrecognised", name)
    return minutes


def _own(sha256: str, by: Acting) -> MinutesVersion | None:
    """The version whose record this is, or was for the public, where `by` may know of it; to others it is an unknown
    one."""
    return versions_of(sha256).filter(meeting__in=meetings_visible_to(by)).first()


def with_corrections(draft: Draft) -> Minutes:
    """The reading with all corrections; the findings are still the reader's own. No query."""
    return apply_all(Minutes.from_json(draft.minutes), draft.corrections)


def corrected(draft: Draft) -> Minutes:
    """The draft as it stands: the reading with all corrections, and what the proofreader says of the result.

    Without corrections the findings are the reader's own. With them four queries and some milliseconds; the outcome is
    not kept, because it depends on the directory too.
    """
    minutes = with_corrections(draft)
    if draft.corrections:
        let_be = waivers(minutes)
        minutes.findings = proofread(minutes, context_of(minutes, draft.kept_by))
        for finding in minutes.findings:
            finding.waived = let_be.get((finding.rule, finding.message))
    return minutes


def steps_since(draft: Draft, version: int) -> list[Event]:
    """The corrections and undos that have made the draft what it is since it had this version, the first one first.

    Each event tells its actor and `at`; `data["facts"]["correction"]` is what was made, or taken back.
    """
    events = Event.objects.filter(subject=f"{draft._meta.label_lower}:{draft.pk}", verb__in=STEP_VERBS)
    return list(events.order_by("-number")[: max(draft.version - version, 0)])[::-1]


def context_of(minutes: Minutes, body: Body) -> Context:
    """The directory on the meeting's day, or today's for a paper that does not tell its day."""
    return build_context(session_day(minutes) or clock.today(), body.party_id)
