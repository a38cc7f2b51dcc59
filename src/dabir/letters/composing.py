"""A letter that somebody writes by hand, or that came in: what may stand in it, before it is stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from dabir.directory.models import Body, Party
from dabir.foundation.errors import Invalid
from dabir.foundation.fields import FIRST_DAY
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import BY_HAND, Letter, LetterKind, Recipient, Urgency
from dabir.letters.numbering import LONGEST_NUMBER, clean_number
from dabir.letters.parts import Addressee
from dabir.letters.wordings import tidy
from dabir.persian import clock
from dabir.persian.letters import canonical

LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_ENCLOSURE = 300, 20_000, 200
MOST_RECIPIENTS, MOST_ENCLOSURES = 60, 20


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote. `files` are enclosures with their name, whose bytes are on disk already."""

    subject: str
    text: str
    to: Sequence[Addressee]
    kind: str = LetterKind.OTHER
    secrecy: str = SecrecyClass.NORMAL
    urgency: str = Urgency.NORMAL
    enclosures: Sequence[str] = ()
    files: Sequence[tuple[str, bytes]] = ()


@dataclass(frozen=True, slots=True)
class Came:
    """A letter that came in. `sender` is none for somebody whom the directory does not know; `number` and `day` are
    theirs, `registered_as` and `registered_on` ours."""

    subject: str
    sender_name: str
    registered_on: date
    sender: Party | None = None
    number: str = ""
    day: date | None = None
    registered_as: str = ""
    text: str = ""
    kind: str = LetterKind.OTHER
    secrecy: str = SecrecyClass.NORMAL
    answers: Letter | None = None
    scan: bytes = field(default=b"", repr=False)


def draft_of(body: Body, written: Written) -> Letter:
    """The letter, not stored; `Invalid` where something is missing or too long."""
    _check_recipients(written.to)
    check_enclosures(written)
    if any(len(text) > LONGEST_ENCLOSURE for text in written.enclosures):
        raise Invalid(_("At most 200 letters."), field="enclosures")
    text = _long(written.text)
    if not text:
        raise Invalid(_("Write it."), field="text")
    return Letter(
        body=body,
        subject=_subject(written.subject),
        text=text,
        kind=_one_of(written.kind, BY_HAND, "kind"),
        secrecy=_one_of(written.secrecy, SecrecyClass.values, "secrecy"),
        urgency=_one_of(written.urgency, Urgency.values, "urgency"),
    )


def check_enclosures(written: Written, *, kept: int = 0) -> None:
    """`Invalid` where a letter that keeps so many enclosures would have too many with those that are written."""
    would = kept + len(written.enclosures) + len(written.files)
    if would > MOST_ENCLOSURES:
        sentence = _("A letter has at most %(count)s enclosures; this one would have %(would)s.")
        counts = {"count": MOST_ENCLOSURES, "would": would}
        raise Invalid(sentence % counts, field="enclosures")


def incoming_of(body: Body, came: Came) -> Letter:
    """The letter that came in, not stored; `Invalid` where something is missing or cannot be."""
    number, ours, name = clean_number(came.number), clean_number(came.registered_as), canonical(came.sender_name)
    if not name or len(name) > 200:
        raise Invalid(_("Write who sent it."), field="sender")
    for text, at in ((number, "number"), (ours, "registered")):
        if len(text) > LONGEST_NUMBER:
            raise Invalid(_("Write the letter's number, at most 40 characters."), field=at)
    for day, at in ((came.registered_on, "registered_on"), (came.day, "day")):
        if day and not FIRST_DAY <= day <= clock.today():
            raise Invalid(
                _("This day is still to come.") if day > clock.today() else _("This day is too far away."), field=at
            )
    secrecy = _one_of(came.secrecy, SecrecyClass.values, "secrecy")
    if came.day and came.day > came.registered_on:
        raise Invalid(_("It was registered before its own date."), field="registered_on")
    if came.answers and SecrecyClass(came.answers.secrecy).is_above(secrecy):
        raise Invalid(_("An answer's class is at least that of the letter that it answers."), field="secrecy")
    return Letter(
        body=body,
        state="received",
        subject=_subject(came.subject),
        text=_long(came.text),
        kind=_one_of(came.kind, BY_HAND, "kind"),
        secrecy=secrecy,
        sender=came.sender,
        sender_name=name,
        number=number,
        dated=came.day,
        registered_as=ours,
        registered_on=came.registered_on,
        answers=came.answers,
    )


def recipients_of(letter: Letter, to: Iterable[Addressee]) -> list[Recipient]:
    """Rows of a letter that has its key."""
    return [
        Recipient(letter=letter, party=one.party, post=one.post, name=str(one.post or one.party), is_copy=one.is_copy)
        for one in to
    ]


def mark_of(letter: Letter) -> str:
    """Of what a letter says now, so that two who change it at once do not undo each other's words."""
    recipients = [[one.party_id, one.name, one.is_copy] for one in letter.recipients.all()]
    enclosures = [[one.pk, one.text] for one in letter.enclosures.all()]
    said = [letter.subject, letter.text, letter.kind, letter.secrecy, letter.urgency, recipients, enclosures]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:24]


def _check_recipients(to: Sequence[Addressee]) -> None:
    if not any(not one.is_copy for one in to):
        raise Invalid(_("Write to whom it goes."), field="to")
    if len(to) > MOST_RECIPIENTS:
        raise Invalid(_("At most %(count)s recipients.") % {"count": MOST_RECIPIENTS}, field="to")
    seen: set[int] = set()
    for one in to:
        if one.party.pk in seen:
            sentence = _("%(party)s gets this letter twice.") % {"party": one.party}
            raise Invalid(sentence, field="copies" if one.is_copy else "to")
        seen.add(one.party.pk)


def _subject(text: str) -> str:
    clean = tidy(text).replace("\n", " ")
    if not clean:
        raise Invalid(_("Write it."), field="subject")
    if len(clean) > LONGEST_SUBJECT:
        raise Invalid(_("At most %(count)s letters.") % {"count": LONGEST_SUBJECT}, field="subject")
    return clean


def _long(text: str) -> str:
    clean = tidy(text)
    if len(clean) > LONGEST_TEXT:
        raise Invalid(_("At most %(count)s letters.") % {"count": LONGEST_TEXT}, field="text")
    return clean


def _one_of(value: str, values: Iterable[str], field: str) -> str:
    if value not in list(values):
        raise Invalid(_("Choose one."), field=field)
    return value
