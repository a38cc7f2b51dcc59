"""Half-verbs of letters, for `cycle` alone: they check state, not permission, and write their own event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from django.utils.translation import gettext as _

from dabir.directory.models import Body, Invitation, Party, Post
from dabir.directory.moving import hand_over, take_back
from dabir.foundation import files, ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.foundation.models import Event
from dabir.foundation.prepared import fresh
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import numbering, receipts
from dabir.letters.finding import squash_of
from dabir.letters.models import Enclosure, Letter, LetterKind, LetterState, Recipient, Urgency, Way
from dabir.letters.numbering import Numbered
from dabir.letters.receipts import Receipt
from dabir.letters.wordings import Words
from dabir.persian import clock
from dabir.writing.letters import Grid


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a letter goes: a party, and the post in it where it is addressed to one; `is_copy` for a رونوشت."""

    party: Party
    post: Post | None = None
    is_copy: bool = False


def write_letter(
    words: Words,
    *,
    by: Acting,
    body: Body,
    kind: LetterKind,
    to: Sequence[Addressee],
    secrecy: SecrecyClass = SecrecyClass.NORMAL,
    urgency: Urgency = Urgency.NORMAL,
    enclosures: Iterable[str] = (),
    table: Grid | None = None,
) -> Letter:
    """A body's letter, that waits for its number from now on; `words` are those of this letter, every place filled."""
    with ledger.change("letters.write_letter", by=by) as change:
        letter = Letter(body=body, kind=kind, subject=words.subject, text=words.text, secrecy=secrecy, urgency=urgency)
        letter.written_at, letter.written_by = clock.now(), by.name
        letter.table = asdict(table) if table else {}
        letter.squash = squash_of(letter, [str(one.post or one.party) for one in to])
        change.create(letter)
        change.create_many(
            Recipient(
                letter=letter, party=one.party, post=one.post, name=str(one.post or one.party), is_copy=one.is_copy
            )
            for one in to
        )
        change.create_many(Enclosure(letter=letter, text=text[:200]) for text in enclosures)
    return letter


def write_covering_letter(
    words: Words, *, by: Acting, body: Body, party: Party, post: Post | None, invitation: Invitation
) -> Letter:
    """A body's letter to an agency about an invitation; `words` are those of this letter, with every place filled."""
    with ledger.change("letters.write_covering_letter", by=by) as change:
        letter = Letter(
            body=body,
            kind=LetterKind.COVERING,
            subject=words.subject,
            text=words.text,
            invitation=invitation,
            written_at=clock.now(),
            written_by=by.name,
        )
        letter.squash = squash_of(letter, [str(post or party)])
        change.create(letter)
        change.create(Recipient(letter=letter, party=party, post=post, name=str(post or party)))
        return letter


def give_numbers(rows: Sequence[Numbered], *, by: Acting, way: Way) -> list[Letter]:
    """Record the numbers and dates that the office-automation system gave these letters, and how they go; all of them,
    or `numbering.Faults` and none. Call it in the transaction of what follows from it. Each letter has an event."""
    with ledger.standstill():
        numbering.check(rows)
        letters = _fresh(row.letter.pk for row in rows)
        for row in rows:
            letter = letters[row.letter.pk]
            with ledger.change("letters.number_letter", by=by, on=letter) as change:
                letter.give_number()
                letter.number, letter.dated, letter.way = row.clean, row.day, way
                letter.squash = squash_of(letter, [str(one) for one in letter.recipients.all()])
                change.touch(letter, "state", "number", "dated", "way", "squash")
    return [letters[row.letter.pk] for row in rows]


def take_numbers_back(letters: Iterable[Letter], *, by: Acting, reason: str) -> list[Letter]:
    """Let these letters wait for their number again, as long as nobody has said that one arrived; all or none."""
    with ledger.standstill():
        now = _fresh(letter.pk for letter in letters)
        for letter in now.values():
            if letter.state != LetterState.NUMBERED:
                raise Conflict(_("This letter has no number to take back."), existing=letter)
            if any(one.received_on for one in letter.recipients.all()):
                raise Conflict(_("A receipt of this letter is recorded; take that back first."), existing=letter)
            facts = {"reason": reason, "number": letter.number, "dated": letter.dated}
            with ledger.change("letters.take_number_back", by=by, on=letter, **facts) as change:
                letter.take_number_back()
                letter.number, letter.dated, letter.way, letter.printed_as = "", None, "", ""
                letter.squash = squash_of(letter, [str(one) for one in letter.recipients.all()])
                change.touch(letter, "state", "number", "dated", "way", "printed_as", "squash")
    return list(now.values())


def record_receipts(rows: Sequence[Receipt], *, by: Acting) -> list[Recipient]:
    """Record that letters arrived, or correct what was recorded; all of it, or `numbering.Faults` and nothing.

    The bytes of a scan are on disk already (`files.put`). Each receipt has an event of its letter.
    """
    with ledger.standstill():
        found = Recipient.objects.select_related("letter").filter(pk__in=[row.recipient.pk for row in rows])
        now = {recipient.pk: recipient for recipient in found}
        rows = [replace(row, recipient=now[row.recipient.pk]) for row in rows]
        receipts.check(rows)
        for row in rows:
            recipient = row.recipient
            verb = "letters.correct_receipt" if recipient.received_on else "letters.record_receipt"
            with ledger.change(verb, by=by, on=recipient.letter) as change:
                scan = files.register(change, row.scan) if row.scan else recipient.scan
                change.update(
                    recipient,
                    received_on=row.day,
                    received_by=row.clean_name,
                    registered_as=row.clean_number,
                    scan=scan,
                )
    return [row.recipient for row in rows]


def take_receipt_back(recipient: Recipient, *, by: Acting, reason: str) -> Recipient:
    """It did not arrive there after all: what was recorded stays in the ledger alone."""
    with ledger.standstill():
        recipient = fresh(recipient, "letter")
        if recipient.received_on is None:
            raise Conflict(_("There is no receipt to take back."), existing=recipient)
        facts = {"reason": reason, "received_on": recipient.received_on}
        with ledger.change("letters.take_receipt_back", by=by, on=recipient.letter, **facts) as change:
            change.update(recipient, received_on=None, received_by="", registered_as="", scan=None)
    return recipient


def withdraw_letters(letters: Iterable[Letter], *, by: Acting, reason: str) -> list[Letter]:
    """Take back letters that wait for their number, or were registered by mistake; a letter that was sent is answered
    by another one. All or none."""
    with ledger.standstill():
        now = _fresh(letter.pk for letter in letters)
        for letter in now.values():
            if letter.state not in (LetterState.AWAITING, LetterState.RECEIVED):
                raise Conflict(_("Only a letter that waits for its number can be withdrawn."), existing=letter)
            with ledger.change("letters.withdraw_letter", by=by, on=letter, reason=reason) as change:
                letter.withdraw()
                change.touch(letter, "state")
    return list(now.values())


def withdraw_letter(invitation: Invitation, *, by: Acting) -> None:
    """Take back the letter of an invitation that holds no longer, while it waits for its number; later it was sent."""
    letter = Letter.objects.filter(invitation=invitation, state=LetterState.AWAITING).first()
    if letter:
        with ledger.change("letters.withdraw_letter", by=by, on=letter) as change:
            letter.withdraw()
            change.touch(letter, "state")


def raise_class(letters: Iterable[Letter], to: SecrecyClass, *, by: Acting) -> list[Letter]:
    """Let none of these letters stand below that class; returns those that did. What was sent, or came, keeps the class
    on its paper; one that waits for its number is to be printed anew."""
    below = [letter for letter in letters if to.is_above(letter.secrecy)]
    for letter in below:
        with ledger.change("letters.raise_class", by=by, on=letter) as change:
            _classify(change, letter, to)
    return below


def lower_class(letters: Iterable[Letter], to: SecrecyClass, *, by: Acting) -> list[Letter]:
    """Let none of these letters stand above that class, or above the one on its paper where it was sent or came;
    returns those that did."""
    lowered = []
    for letter in letters:
        on_paper = SecrecyClass(letter.printed_as or letter.secrecy)
        wanted = on_paper if letter.state != LetterState.AWAITING and on_paper.is_above(to) else to
        if SecrecyClass(letter.secrecy).is_above(wanted):
            with ledger.change("letters.lower_class", by=by, on=letter) as change:
                _classify(change, letter, wanted)
            lowered.append(letter)
    return lowered


def _classify(change: ledger.Change, letter: Letter, secrecy: SecrecyClass) -> None:
    if letter.state == LetterState.AWAITING:
        change.update(letter, secrecy=secrecy, printed_at=None)
    else:
        on_paper = letter.printed_as or letter.secrecy
        change.update(letter, secrecy=secrecy, printed_as="" if on_paper == secrecy else on_paper)


def _fresh(keys: Iterable[int]) -> dict[int, Letter]:
    """These letters as they are now that nobody else writes, in the order of the keys."""
    wanted = list(dict.fromkeys(keys))
    found = Letter.objects.prefetch_related("recipients").in_bulk(wanted)
    return {key: found[key] for key in wanted}


def hand_over_party(party: Party, into: Party, *, by: Acting) -> dict[str, int]:
    """Let `into` be the recipient of what came to `party`; a letter that went to both stays one that `into` got. The
    name that stands in a letter stays."""
    with ledger.change("letters.hand_over_party", by=by, on=party) as change:
        received = Recipient.objects.filter(party=party)
        doubled = received.filter(letter__recipients__party=into).count()
        passed = hand_over(change, received.exclude(letter__recipients__party=into), "party", into)
        passed += hand_over(change, Letter.objects.filter(sender=party), "sender", into)
    return {"letters": passed, "stays": doubled}


def take_party_back(event: Event, party: Party, from_: Party, *, by: Acting) -> None:
    """Undo what `hand_over_party` wrote by that event."""
    with ledger.change("letters.take_party_back", by=by, on=party) as change:
        take_back(change, event, party, from_)
