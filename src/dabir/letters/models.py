"""Letters of a secretariat. The number is given later, by the office-automation system; until then a letter waits."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from dabir.directory.models import Body, Invitation, Party, Post
from dabir.foundation.fields import NameField, canonical_check, days_check
from dabir.foundation.models import Ledgered, StoredFile
from dabir.foundation.secrecy import SecrecyClass


class LetterKind(models.TextChoices):
    COVERING = "covering", _("covering letter with a code")
    CALL = "call", _("invitation to a meeting")
    MOVED = "moved", _("change of a meeting")
    CALLED_OFF = "called-off", _("cancellation of a meeting")
    COMMUNICATION = "communication", _("communication of resolutions")
    REMINDER = "reminder", _("reminder")
    WARNING = "warning", _("formal warning")
    DEPUTY = "deputy", _("report to the deputy")
    HANDOVER = "handover", _("hand-over")
    COMMENTS = "comments", _("comments")
    OTHER = "other", _("other")


class Urgency(models.TextChoices):
    NORMAL = "normal", _("not urgent")
    URGENT = "urgent", _("urgent")
    IMMEDIATE = "immediate", _("immediate")


class Way(models.TextChoices):
    """How a letter goes."""

    AUTOMATION = "automation", _("office automation")
    COURIER = "courier", _("courier")
    HAND = "hand", _("by hand")
    SMS = "sms", _("notice by SMS")


class LetterState(models.TextChoices):
    AWAITING = "awaiting", _("awaiting its number")
    NUMBERED = "numbered", _("numbered")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RECEIVED = "received", _("incoming")


OF_THE_LADDER = (LetterKind.REMINDER, LetterKind.WARNING, LetterKind.DEPUTY)
"""The kinds that follow a deadline that has passed."""
BY_HAND = (*OF_THE_LADDER, LetterKind.HANDOVER, LetterKind.COMMENTS, LetterKind.OTHER)
"""The kinds that somebody writes as they like; of the others the text follows from what they are about."""


class Letter(FSMModelMixin, Ledgered):
    """A letter as it was written, or as it came. `text` has paragraphs with a line break between; the code of a
    covering letter is not in it, but on the sheet that was printed when it was written, alone.

    One that came in has its day of registration, `registered_on`; `number` and `dated` are then the sender's.
    """

    unledgered = frozenset({"squash"})

    body = models.ForeignKey(Body, models.PROTECT, related_name="letters")
    """Whose secretariat sends or got it."""
    kind = models.CharField(max_length=16, choices=LetterKind.choices)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField()
    table = models.JSONField(default=dict)
    """What stands under the text in columns, as it was written: the fields of `writing.letters.Grid`; else empty."""
    secrecy = models.CharField(_("class"), max_length=12, choices=SecrecyClass.choices, default=SecrecyClass.NORMAL)
    printed_as = models.CharField(max_length=12, choices=SecrecyClass.choices, blank=True)
    """The class on its paper, where Dabir goes by another one: it had left when its meeting's class was changed."""
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.NORMAL)
    state = FSMField(max_length=10, choices=LetterState.choices, default=LetterState.AWAITING, protected=True)
    number = NameField(_("number"), max_length=40, blank=True)
    """With ASCII digits, whatever was typed: «1234/الف»."""
    dated = models.DateField(null=True)
    way = models.CharField(max_length=12, choices=Way.choices, blank=True)
    """Empty until somebody has said how it went."""
    invitation = models.OneToOneField(Invitation, models.PROTECT, null=True, related_name="letter")
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=100)
    printed_at = models.DateTimeField(null=True)
    """When its paper was first printed from here."""
    sender = models.ForeignKey(Party, models.PROTECT, null=True, related_name="letters_sent")
    """Of a letter that came in; none for somebody whom the directory does not know."""
    sender_name = NameField(max_length=200, blank=True)
    """As it stands in the letter."""
    registered_as = NameField(max_length=40, blank=True)
    """Our own number of a letter that came in."""
    registered_on = models.DateField(null=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    squash = models.TextField(blank=True)
    """What it is found by: subject, numbers and names, folded."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            canonical_check("letter", "number"),
            canonical_check("letter", "sender_name", "registered_as"),
            days_check("letter", "dated"),
            days_check("letter", "registered_on"),
            CheckConstraint(
                condition=Q(registered_on__isnull=False)
                | Q(number="", dated=None)
                | ~Q(number="") & Q(dated__isnull=False),
                name="letter_number_and_date_together",
            ),
            CheckConstraint(
                condition=Q(registered_on__isnull=False)
                | Q(state="numbered") & ~Q(number="")
                | ~Q(state="numbered") & Q(number=""),
                name="letter_numbered_has_number",
            ),
            CheckConstraint(
                condition=Q(registered_on__isnull=False, state__in=("received", "withdrawn")) & ~Q(sender_name="")
                | Q(registered_on=None, sender=None, sender_name="", registered_as="", scan=None)
                & ~Q(state="received"),
                name="letter_came_or_goes",
            ),
            CheckConstraint(
                condition=~Q(kind="covering") | Q(invitation__isnull=False), name="letter_covering_has_invitation"
            ),
            UniqueConstraint(
                fields=["body", "number", "dated"],
                condition=Q(registered_on=None) & ~Q(number=""),
                name="letter_number_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["body", "state"], name="letter_of_body"),
            models.Index(fields=["written_at", "id"], name="letter_newest"),
        ]

    def __str__(self) -> str:
        return self.subject

    @transition(field=state, source=LetterState.AWAITING, target=LetterState.NUMBERED)
    def give_number(self) -> None:
        """The office-automation system has given its number and date."""

    @transition(field=state, source=LetterState.NUMBERED, target=LetterState.AWAITING)
    def take_number_back(self) -> None:
        """The number was another letter's, or was typed wrongly; nothing has followed from it yet."""

    @transition(field=state, source=[LetterState.AWAITING, LetterState.RECEIVED], target=LetterState.WITHDRAWN)
    def withdraw(self) -> None:
        """It was never sent, or what it says holds no longer; or it was registered by mistake."""

    @property
    def came_in(self) -> bool:
        return self.registered_on is not None


class Recipient(Ledgered):
    """To whom a letter goes: a party, and the post in it that it is addressed to, if one is. In their order.

    `name` is the one that stands in the letter, whatever the party or the post is called later. `received_on` and what
    follows it is the receipt: on which day, by whom, under which number of theirs, and the scan of it.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="recipients")
    party = models.ForeignKey(Party, models.PROTECT, related_name="letters")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    name = NameField(max_length=200)
    is_copy = models.BooleanField(default=False)
    """It gets a copy (رونوشت)."""
    received_on = models.DateField(null=True)
    received_by = models.CharField(max_length=200, blank=True)
    registered_as = models.CharField(max_length=40, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            canonical_check("recipient", "name"),
            days_check("recipient", "received_on"),
            CheckConstraint(
                condition=Q(received_on__isnull=False) | Q(received_by="", registered_as="", scan=None),
                name="recipient_receipt_has_day",
            ),
            UniqueConstraint(fields=["letter", "party"], name="recipient_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Enclosure(Ledgered):
    """What lies with a letter (پیوست): a file that is kept here, or words that name what is on paper."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="enclosures")
    text = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.text


class Letterhead(Ledgered):
    """How a body's letters and minutes look: the lines at their head, the one who signs, the font in Word.

    What is empty is as it comes with Dabir.
    """

    body = models.OneToOneField(Body, models.CASCADE, related_name="letterhead")
    heading = models.TextField(blank=True)
    """One line a row."""
    basmala = models.CharField(max_length=60, blank=True)
    signer = models.CharField(max_length=100, blank=True)
    signer_post = models.CharField(max_length=200, blank=True)
    font = models.CharField(max_length=60, blank=True)
    footer = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"letterhead of {self.body_id}"


class Wording(Ledgered):
    """How a body words its letters of a kind, in place of the text that comes with Dabir (`wordings`)."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="wordings")
    kind = models.CharField(max_length=16, choices=LetterKind.choices)
    subject = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        constraints: ClassVar[list[Any]] = [UniqueConstraint(fields=["body", "kind"], name="wording_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.body_id}"
