"""Half-verbs of letters, for `cycle` alone: they check state, not permission, and write their own event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from dabir.directory.models import Body, Invitation, Party, Post
from dabir.directory.moving import hand_over, take_back
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.models import Event
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Enclosure, Letter, LetterKind, LetterState, Recipient, Urgency
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
        change.create(letter)
        change.create(Recipient(letter=letter, party=party, post=post, name=str(post or party)))
        return letter


def withdraw_letter(invitation: Invitation, *, by: Acting) -> None:
    """Take back the letter of an invitation that holds no longer, while it waits for its number; later it was sent."""
    letter = Letter.objects.filter(invitation=invitation, state=LetterState.AWAITING).first()
    if letter:
        with ledger.change("letters.withdraw_letter", by=by, on=letter) as change:
            letter.withdraw()
            change.touch(letter, "state")


def hand_over_party(party: Party, into: Party, *, by: Acting) -> dict[str, int]:
    """Let `into` be the recipient of what came to `party`; a letter that went to both stays one that `into` got. The
    name that stands in a letter stays."""
    with ledger.change("letters.hand_over_party", by=by, on=party) as change:
        received = Recipient.objects.filter(party=party)
        doubled = received.filter(letter__recipients__party=into).count()
        passed = hand_over(change, received.exclude(letter__recipients__party=into), "party", into)
    return {"letters": passed, "stays": doubled}


def take_party_back(event: Event, party: Party, from_: Party, *, by: Acting) -> None:
    """Undo what `hand_over_party` wrote by that event."""
    with ledger.change("letters.take_party_back", by=by, on=party) as change:
        take_back(change, event, party, from_)
