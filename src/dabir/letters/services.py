"""What happens to letters without touching another room; what follows from a number or a receipt is `cycle`'s."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from dabir.directory.models import Body
from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import composing, letterheads, rules, wordings  # noqa: F401  (rules declares the permissions)
from dabir.letters.composing import Came, Written
from dabir.letters.finding import squash_of
from dabir.letters.models import (
    BY_HAND,
    Enclosure,
    Letter,
    Letterhead,
    LetterKind,
    LetterState,
    Way,
    Wording,
)
from dabir.letters.parts import Addressee
from dabir.persian import clock


def compose_letter(written: Written, *, by: Acting, body: Body) -> Letter:
    """A letter that somebody wrote by hand, in the name of a body; it waits for its number from now on."""
    letter = composing.draft_of(body, written)
    require(by, "letters.compose_letter", letter)
    for _name, data in written.files:
        files.put(data)
    with ledger.change("letters.compose_letter", by=by) as change:
        letter.written_at, letter.written_by = clock.now(), by.name
        rows = composing.recipients_of(letter, written.to)
        letter.squash = squash_of(letter, [row.name for row in rows])
        change.create(letter)
        change.create_many(rows)
        _enclose(change, letter, written)
    return letter


def edit_letter(letter: Letter, written: Written, *, by: Acting, mark: str, dropped: Iterable[int] = ()) -> Letter:
    """Change what a letter says while it waits for its number; `dropped` are enclosures that it has no more.

    Of a letter that Dabir made of something (a call, a communication) recipients and kind stay, and it gets no lower
    class: that was at least the one of what it tells. `Conflict` where `mark` (`composing.mark_of`) shows that somebody
    else has changed it meanwhile.
    """
    require(by, "letters.edit_letter", letter)
    by_hand = letter.kind in BY_HAND
    wanted = composing.draft_of(letter.body, written if by_hand else replace(written, kind=LetterKind.OTHER))
    require(by, "letters.edit_letter", wanted)
    for _name, data in written.files:
        files.put(data)
    with ledger.change("letters.edit_letter", by=by, on=letter) as change:
        letter = fresh(letter, "body")
        if letter.state != LetterState.AWAITING or letter.kind == LetterKind.COVERING:
            raise Conflict(_("Only a letter that waits for its number can be changed."), existing=letter)
        if composing.mark_of(letter) != mark:
            raise Conflict(_("Somebody else has changed this letter meanwhile. Look at it again."), existing=letter)
        if not by_hand and SecrecyClass(letter.secrecy).is_above(wanted.secrecy):
            raise Invalid(
                _("The class of this letter follows from what it tells: it cannot be lower."), field="secrecy"
            )
        fields = {name: getattr(wanted, name) for name in ("subject", "text", "secrecy", "urgency")}
        change.update(letter, **fields, **({"kind": wanted.kind} if by_hand else {}))
        if by_hand:
            _address(change, letter, written.to)
        for enclosure in letter.enclosures.filter(pk__in=list(dropped)):
            change.delete(enclosure)
        composing.check_enclosures(written, kept=letter.enclosures.count())
        _enclose(change, letter, written)
        letter.squash = squash_of(letter, letter.recipients.values_list("name", flat=True))
        if change.rows:
            change.touch(letter, "squash")
    return letter


def register_letter(came: Came, *, by: Acting, body: Body) -> Letter:
    """A letter that came in to a body's secretariat: from whom, under which numbers, and its scan."""
    letter = composing.incoming_of(body, came)
    require(by, "letters.register_letter", letter)
    if came.scan:
        files.put(came.scan)
    with ledger.change("letters.register_letter", by=by) as change:
        known = Letter.objects.filter(body=body, sender_name=letter.sender_name, state=LetterState.RECEIVED)
        if letter.number and known.filter(number=letter.number, dated=letter.dated).exists():
            raise Conflict(_("This letter is registered already."))
        letter.written_at, letter.written_by = clock.now(), by.name
        letter.scan = files.register(change, came.scan) if came.scan else None
        letter.squash = squash_of(letter, [])
        change.subject = None  # the scan's row came first
        change.create(letter)
    return letter


def set_way(letter: Letter, *, by: Acting, way: Way) -> Letter:
    """How a numbered letter went, where that was noted wrongly."""
    require(by, "letters.set_way", letter)
    with ledger.change("letters.set_way", by=by, on=letter) as change:
        letter = fresh(letter)
        if letter.state != LetterState.NUMBERED:
            raise Conflict(_("Only a letter with its number has a way."), existing=letter)
        change.update(letter, way=way)
    return letter


def mark_printed(letters: Iterable[Letter], *, by: Acting) -> None:
    """Note of these letters that their paper has been printed; of those that were printed before nothing new."""
    letters = list(letters)
    for letter in letters:
        require(by, "letters.mark_printed", letter)
    with ledger.change("letters.mark_printed", by=by) as change:
        for letter in Letter.objects.filter(pk__in=[letter.pk for letter in letters], printed_at=None):
            change.update(letter, printed_at=clock.now())


def set_letterhead(*, by: Acting, body: Body, values: Mapping[str, str]) -> None:
    """How a body's letters and minutes look from now on; what is empty is as it comes with Dabir."""
    require(by, "letters.set_letterhead", body)
    wanted = letterheads.clean(body, values)
    fields = {name: getattr(wanted, name) for name in letterheads.LONGEST}
    with ledger.change("letters.set_letterhead", by=by, on=body) as change:
        own = Letterhead.objects.filter(body=body).first()
        if own:
            change.update(own, **fields)
        elif any(fields.values()):
            change.create(wanted)


def set_wording(*, by: Acting, body: Body, kind: str, subject: str, text: str) -> None:
    """How a body words its letters of a kind from now on; letters that are written stay as they are."""
    require(by, "letters.set_wording", body)
    words = wordings.clean(subject, text, kind)
    with ledger.change("letters.set_wording", by=by, on=body) as change:
        own = Wording.objects.filter(body=body, kind=kind).first()
        if own:
            change.update(own, subject=words.subject, text=words.text)
        elif words != wordings.words_of(body, kind):
            change.create(Wording(body=body, kind=kind, subject=words.subject, text=words.text))


def _enclose(change: ledger.Change, letter: Letter, written: Written) -> None:
    change.create_many(Enclosure(letter=letter, text=text) for text in written.enclosures)
    for name, data in written.files:
        shown = files.shown_name(name)
        change.create(Enclosure(letter=letter, text=shown, file=files.register(change, data)))


def _address(change: ledger.Change, letter: Letter, to: Sequence[Addressee]) -> None:
    """Let these be the recipients: rows that stay keep their key, in whatever order."""
    there = {row.party_id: row for row in letter.recipients.all()}
    for row in composing.recipients_of(letter, to):
        old = there.pop(row.party_id, None)
        if old is None:
            change.create(row)
        else:
            change.update(old, post=row.post, name=row.name, is_copy=row.is_copy)
    for gone in there.values():
        change.delete(gone)
