"""What happens to minutes that are written here. Opening them is an event of the ledger; saving is work in progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dabir.foundation import ledger
from dabir.foundation.access import get_visible, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh
from dabir.meetings.compiling import compiled
from dabir.meetings.manuscripts import revisions, rules  # noqa: F401  (declares the permissions)
from dabir.meetings.manuscripts.adding import with_resolutions
from dabir.meetings.manuscripts.merging import merge
from dabir.meetings.manuscripts.queries import WRITTEN_IN, is_written
from dabir.meetings.manuscripts.skeleton import attended, skeleton, with_attendance
from dabir.meetings.models import Manuscript, Meeting, Revision
from dabir.meetings.typed import LONGEST_TEXT, cleaned, too_long
from dabir.persian import clock


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a text that was sent: `sent` holds exactly that, `now` what the minutes are.

    They are one where nobody else had saved meanwhile, or had saved the same. Else `now` has both people's changes; or
    they have changed the same lines (`sent.clashes`), and it has the other's until the sender has chosen.
    """

    sent: Revision
    now: Revision


def open_manuscript(meeting: Meeting, *, by: Acting) -> Manuscript:
    """Begin the minutes of a meeting, with the office's form filled from its record as revision 1.

    `Conflict` holds those that have been begun already; `Invalid` for a meeting that has minutes, or was cancelled.
    """
    require(by, "manuscripts.open_manuscript", meeting)
    with ledger.change("manuscripts.open_manuscript", by=by, on=meeting) as change:
        now = fresh(meeting, "kept_by__party")
        if existing := Manuscript.objects.filter(meeting=now).first():
            raise Conflict(_("The minutes of this meeting have been begun already."), existing=existing)
        if now.state not in WRITTEN_IN:
            raise Invalid(_("The minutes of this meeting are not written here: it has some, or was cancelled."))
        manuscript = change.create(Manuscript(meeting=now, opened_at=clock.now(), opened_by=by.name))
        revisions.add(manuscript, skeleton(now), by=by)
    return manuscript


def save_text(manuscript: Manuscript, text: str, *, base: int, by: Acting) -> Saved:
    """Save the text as it was made from revision `base`. The same sent again is not saved again.

    `Invalid` for one of more than `LONGEST_TEXT` letters, and once the minutes are sealed.
    """
    require(by, "manuscripts.save_text", manuscript)
    text = cleaned(text)
    if len(text) > LONGEST_TEXT:
        raise Invalid(too_long(), field="text")
    with ledger.standstill():
        now = _being_written(manuscript)
        newest = revisions.newest(now)
        if text == newest.text:
            return Saved(newest, newest)
        if base == newest.number:
            made = revisions.add(now, text, by=by, base=base)
            return Saved(made, made)
        was = revisions.based_on(now, base)
        if text == was.text:  # nothing was written, others have
            return Saved(was, newest)
        sent = revisions.like(was, text, by=by)
        if sent and not revisions.waits(was, by=by):  # its answer was lost on the way
            return Saved(sent, newest)
        both = merge(was.text, text, newest.text)
        sent = sent or revisions.add(now, text, by=by, base=was.number, aside=True)
        revisions.settle(was, by=by, waiting=sent if both.clashes else None)
        return Saved(sent, newest if both.clashes else revisions.add(now, both.text, by=by, base=newest.number))


def restore_revision(manuscript: Manuscript, number: int, *, by: Acting) -> Revision:
    """Let the text be again what it was in that revision, as a new one."""
    require(by, "manuscripts.restore_revision", manuscript)
    with ledger.standstill():
        now = _being_written(manuscript)
        newest = revisions.newest(now)
        old = get_visible(Revision.objects.filter(manuscript=now), number=number)
        if old.text == newest.text:
            return newest
        return revisions.add(now, old.text, by=by, base=newest.number)


def take_attendance(manuscript: Manuscript, *, by: Acting) -> Revision:
    """Let the text tell who was there and who was not as the meeting's record has it."""
    require(by, "manuscripts.take_attendance", manuscript)
    with ledger.standstill():
        now = _being_written(manuscript)
        newest = revisions.newest(now)
        text = with_attendance(compiled(now.meeting, newest.text), attended(now.meeting))
        return newest if text == newest.text else revisions.add(now, text, by=by, base=newest.number)


def add_resolutions(manuscript: Manuscript, texts: Sequence[str], *, by: Acting) -> Revision:
    """Let the text have these as further resolutions; what others write meanwhile is merged as ever."""
    require(by, "manuscripts.add_resolutions", manuscript)
    with ledger.standstill():
        now = _being_written(manuscript)
        newest = revisions.newest(now)
        text = with_resolutions(compiled(now.meeting, newest.text), texts)
        if len(text) > LONGEST_TEXT:
            raise Invalid(too_long(), field="text")
        return revisions.add(now, text, by=by, base=newest.number)


def settle_clash(manuscript: Manuscript, number: int, *, against: int, chosen: list[str], by: Acting) -> Saved:
    """Put the text that clashed together with revision `against`: `chosen` are the words for each of their clashes.

    `Invalid` where there are not as many; what others have saved since `against` is merged as ever.
    """
    require(by, "manuscripts.settle_clash", manuscript)
    mine = get_visible(Revision.objects.filter(manuscript=manuscript, aside=True), number=number)
    theirs = get_visible(Revision.objects.filter(manuscript=manuscript, aside=False), number=against)
    was = revisions.based_on(manuscript, mine.base or 1)
    both = merge(was.text, mine.text, theirs.text)
    if len(both.clashes) != len(chosen):
        raise Invalid(_("Say for each of the places which words are to stand there."))
    text = both.decided([tuple(cleaned(words).split("\n")) if words else () for words in chosen])
    with ledger.standstill():
        saved = save_text(manuscript, text, base=theirs.number, by=by)
        revisions.chosen(mine)
    return saved


def _being_written(manuscript: Manuscript) -> Manuscript:
    """The row as it is, now that no other writer can change it."""
    now = fresh(manuscript, "meeting")
    if not is_written(now):
        raise Invalid(_("These minutes are no longer written: they are sealed, or the meeting's paper has come."))
    return now
