"""Minutes that are being written here: their source text, its revisions, and the members' corrections of the draft."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from dabir.directory.models import Party
from dabir.foundation.fields import days_check
from dabir.foundation.models import Ledgered, User
from dabir.meetings.models.meeting import Meeting


class ManuscriptState(models.TextChoices):
    WRITING = "writing", _("being written")
    CIRCULATING = "circulating", _("with the members")
    SEALED = "sealed", _("sealed")


class Manuscript(FSMModelMixin, Ledgered):
    """The minutes of a meeting on their way: source text in the office's own form, that the reader compiles.

    The text is that of the newest `Revision` that does not stand aside. `overrides` are findings that the secretary
    lets pass: each has its rule, the words of its line, a reason, and who let it pass.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="manuscript")
    state = FSMField(max_length=12, choices=ManuscriptState.choices, default=ManuscriptState.WRITING, protected=True)
    until = models.DateField(null=True)
    """Until when members may correct it."""
    overrides = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar[list[Any]] = [days_check("manuscript", "until")]

    def __str__(self) -> str:
        return str(self.meeting)

    @transition(
        field=state, source=[ManuscriptState.WRITING, ManuscriptState.CIRCULATING], target=ManuscriptState.CIRCULATING
    )
    def circulate(self) -> None:
        """The members see it, and may correct it until a day."""

    @transition(field=state, source=ManuscriptState.CIRCULATING, target=ManuscriptState.WRITING)
    def take_back(self) -> None:
        """It was sent round too early."""

    @transition(
        field=state, source=[ManuscriptState.WRITING, ManuscriptState.CIRCULATING], target=ManuscriptState.SEALED
    )
    def seal(self) -> None:
        """It is version 1 of the minutes now."""


class Revision(models.Model):
    """The text as somebody saved it. Work in progress is no record: what stands in the ledger is the sealed version."""

    manuscript = models.ForeignKey(Manuscript, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    saved_at = models.DateTimeField()
    base = models.PositiveIntegerField(null=True)
    """Number of the one that it was made from."""
    aside = models.BooleanField(default=False)
    """Exactly what its author sent, where somebody else had saved meanwhile: what came of both is the next one, or it
    waits for its author to choose (`clashes`)."""
    clashes = models.BooleanField(default=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """None for the host's operator."""
    saved_by = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["manuscript", "number"], name="revision_once"),
            CheckConstraint(condition=Q(clashes=False) | Q(aside=True), name="revision_clashing_is_aside"),
        ]

    def __str__(self) -> str:
        return f"{self.manuscript_id} r{self.number}"


class SuggestionState(models.TextChoices):
    OPEN = "open", _("to be answered")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Suggestion(FSMModelMixin, Ledgered):
    """A member's correction of the draft that went round: these words for those, and why. Whoever answers, says why."""

    manuscript = models.ForeignKey(Manuscript, models.PROTECT, related_name="suggestions")
    revision = models.PositiveIntegerField()
    """Number of the one that it was made on."""
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    """In whose name."""
    said_by = models.CharField(max_length=100)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    state = FSMField(max_length=10, choices=SuggestionState.choices, default=SuggestionState.OPEN, protected=True)
    answer = models.TextField(blank=True)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            CheckConstraint(condition=~Q(old="", new="", reason=""), name="suggestion_says_something"),
            CheckConstraint(
                condition=Q(state__in=("accepted", "refused"), answered_at__isnull=False)
                | ~Q(state__in=("accepted", "refused")) & Q(answered_at=None),
                name="suggestion_answered_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.new[:60] or self.reason[:60]}"

    @transition(field=state, source=SuggestionState.OPEN, target=SuggestionState.ACCEPTED)
    def accept(self) -> None:
        """Its words are in the text."""

    @transition(field=state, source=SuggestionState.OPEN, target=SuggestionState.REFUSED)
    def refuse(self) -> None:
        """The text stays, for a reason."""

    @transition(field=state, source=SuggestionState.OPEN, target=SuggestionState.WITHDRAWN)
    def withdraw(self) -> None:
        """Whoever made it has taken it back."""
