"""What happens to a paper on the workbench before it is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import OperationalError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from dabir.directory.models import Body, Party, PartyKind
from dabir.directory.queries import parties_visible_to
from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.jobs import line, running, spool
from dabir.foundation.jobs.model import GOING_ON, JobState
from dabir.foundation.jobs.running import Run
from dabir.foundation.prepared import fresh
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.corrections import Correction, apply, apply_all
from dabir.meetings.models import Draft, DraftState, Reading
from dabir.meetings.refusals import NotRead
from dabir.meetings.reviewing import read_paper
from dabir.persian import clock
from dabir.reading.minutes import Minutes
from dabir.reading.sources import LARGEST

MOST_WAITING = 50
"""How many papers of one body may wait at once: each keeps up to 10 MB on the disk until it is read."""


def bring_paper(
    data: bytes, *, name: str, body: Body, by: Acting, secrecy: SecrecyClass = SecrecyClass.NORMAL
) -> Reading:
    """Have a paper of at most 10 MB read, in its turn, for the workbench of `body`'s secretariat.

    `NotRead` when it is too large or cannot be kept until then; `Conflict` holds the draft of the same file that is
    there already, or the reading that is under way.
    """
    require(by, "meetings.bring_paper", body)
    if secrecy != SecrecyClass.NORMAL:
        require(by, "meetings.open_classified_draft", body)
    name, sha256 = files.shown_name(name), files.sha256(data)
    if not data or len(data) > LARGEST:
        raise NotRead("too-large" if data else "empty", name)
    _refuse_second(sha256, body, read_now=True)
    if body.readings.filter(state=JobState.WAITING).count() >= MOST_WAITING:
        raise NotRead("many-wait", name)
    by_whom = {"brought_by_id": by.user_id, "post_id": by.post_id, "brought_at": clock.now()}
    reading = Reading(name=name, sha256=sha256, kept_by=body, secrecy=secrecy, **by_whom)
    try:
        reading.spooled = spool.put(data)
        with ledger.standstill():
            _refuse_second(sha256, body, read_now=True)
            return line.join(reading)
    except (OSError, OperationalError, Conflict) as error:
        spool.drop(reading.spooled)
        if isinstance(error, Conflict) or not files.is_full(error):
            raise
        raise NotRead("disk", name) from None


def cancel_reading(reading: Reading, *, by: Acting) -> None:
    """Stop reading a paper, at once; its bytes are gone then. `Conflict`, with the draft where it has been read, when
    that has ended before."""
    require(by, "meetings.cancel_reading", reading)
    with ledger.change("meetings.cancel_reading", by=by, on=reading, sha256=reading.sha256) as change:
        if not line.cancel(reading):
            now = Reading.objects.select_related("draft").filter(pk=reading.pk).first()
            draft = now.draft if now else None  # a colleague may have taken it off the list
            ended = _("It has been read already.") if draft else _("Its reading has ended already.")
            raise Conflict(ended, existing=draft)
        change.facts["body"] = reading.kept_by.code
    running.stop_here(reading)
    spool.drop(reading.spooled)


def forget_reading(reading: Reading, *, by: Acting) -> None:
    """Take a reading that came to nothing off the list."""
    require(by, "meetings.forget_reading", reading)
    line.forget(reading)


def open_draft(
    data: bytes,
    *,
    name: str,
    body: Body,
    by: Acting,
    secrecy: SecrecyClass = SecrecyClass.NORMAL,
    run: Run | None = None,
) -> Draft:
    """Read a paper of at most 10 MB and put it on the workbench of `body`'s secretariat, which ends the job of `run`.

    `NotRead` names the file, the cause and the remedy when it cannot be read or is no minutes; `Conflict` holds the
    draft of the same file that is there already. Nothing is stored then.
    """
    require(by, "meetings.open_draft", body)
    if secrecy != SecrecyClass.NORMAL:
        require(by, "meetings.open_classified_draft", body)
    _refuse_second(files.sha256(data), body)
    minutes = read_paper(data, name=name, body=body, by=by, run=run)  # outside the transaction: it takes its time
    files.put(data)
    with ledger.change("meetings.open_draft", by=by) as change:
        _refuse_second(files.sha256(data), body)
        file = files.register(change, data)
        draft = Draft(file=file, name=files.shown_name(name), kept_by=body, secrecy=secrecy, minutes=minutes.as_json())
        draft.created_at, draft.created_by = clock.now(), by.name
        change.subject = draft
        change.create(draft)
        if run:
            run.done(draft=draft)
    return draft


def correct_draft(draft: Draft, correction: Correction, *, version: int, by: Acting) -> Draft:
    """Make one correction on the draft as its `version` shows it; the names of parties are taken from the directory.

    `Conflict` holds the draft as it is now when somebody else was first; `Invalid` when the correction is none.
    """
    require(by, "meetings.correct_draft", draft)
    named = _with_names(correction, by)
    with ledger.change("meetings.correct_draft", by=by, on=draft, correction=named) as change:
        now = _under_review(draft, version)
        apply(apply_all(Minutes.from_json(now.minutes), now.corrections), named)
        change.update(now, corrections=[*now.corrections, named], version=now.version + 1)
    return now


def undo_correction(draft: Draft, *, version: int, by: Acting) -> Draft:
    """Drop the last correction; `Conflict` and `Invalid` as for `correct_draft`."""
    require(by, "meetings.undo_correction", draft)
    with ledger.change("meetings.undo_correction", by=by, on=draft) as change:
        now = _under_review(draft, version)
        if not now.corrections:
            raise Invalid(_("There is nothing to undo."))
        change.facts["correction"] = now.corrections[-1]
        change.update(now, corrections=now.corrections[:-1], version=now.version + 1)
    return now


def discard_draft(draft: Draft, *, by: Acting) -> Draft:
    """Put a paper away that should not have come; its file may come again."""
    require(by, "meetings.discard_draft", draft)
    with ledger.change("meetings.discard_draft", by=by, on=draft) as change:
        now = _now(draft)
        try:
            now.discard()
        except TransitionNotAllowed:
            raise Invalid(_("This paper is no longer under review.")) from None
        change.touch(now, "state")
    return now


def restore_draft(draft: Draft, *, by: Acting) -> Draft:
    """Take a discarded paper back; `Conflict` when its file has come again since."""
    require(by, "meetings.restore_draft", draft)
    with ledger.change("meetings.restore_draft", by=by, on=draft) as change:
        now = _now(draft)
        try:
            now.restore()
        except TransitionNotAllowed:
            raise Invalid(_("Only a discarded paper can be restored.")) from None
        _refuse_second(now.file.sha256, now.kept_by)
        change.touch(now, "state")
    return now


def set_secrecy(draft: Draft, secrecy: SecrecyClass, *, by: Acting) -> Draft:
    """Say the class of the paper and of the meeting that it becomes."""
    require(by, "meetings.set_secrecy", draft)
    with ledger.change("meetings.set_secrecy", by=by, on=draft) as change:
        now = _now(draft)
        if now.state != DraftState.OPEN:
            raise Invalid(_("This paper is no longer under review."))
        change.update(now, secrecy=secrecy)
    return now


def _refuse_second(sha256: str, body: Body, *, read_now: bool = False) -> None:
    existing = Draft.objects.filter(file__sha256=sha256, kept_by=body).exclude(state=DraftState.DISCARDED).first()
    if existing:
        raise Conflict(_("This very file has been brought already."), existing=existing)
    under_way = Reading.objects.filter(sha256=sha256, kept_by=body, state__in=GOING_ON).first() if read_now else None
    if under_way:
        raise Conflict(_("This very file is being read."), existing=under_way)


def _now(draft: Draft) -> Draft:
    """The row as it is, now that no other writer can change it."""
    return fresh(draft, "file", "kept_by__party")


def _under_review(draft: Draft, version: int) -> Draft:
    now = _now(draft)
    if now.state != DraftState.OPEN:
        raise Invalid(_("This paper is no longer under review."))
    if now.version != version:
        raise Conflict(_("Somebody has corrected this paper since you opened it. Look at it again."), existing=now)
    return now


def _with_names(correction: Correction, by: Acting) -> dict[str, Any]:
    """The correction with the directory's own names for the parties that it picks by key."""
    named = _named(correction, parties_visible_to(by))
    if isinstance(named.get("bodies"), list):
        bodies = parties_visible_to(by).filter(kind=PartyKind.BODY)
        named["bodies"] = [_named(body, bodies) if isinstance(body, dict) else body for body in named["bodies"]]
    return named


def _named(picked: Mapping[str, Any], among: QuerySet[Party]) -> dict[str, Any]:
    value = {name: given for name, given in picked.items() if name != "organization"}
    key = value.get("party")
    if key is None:
        return value
    party = among.filter(pk=key).first() if type(key) is int and key < 2**31 else None
    if party is None:
        raise Invalid(_("There is no such party in the directory."), field="party")
    return {**value, "organization": party.name}
