"""What moves a debt after it was made: a longer time that was asked for, and decisions of a body that name it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from dabir.foundation.fields import days_check
from dabir.foundation.models import Ledgered
from dabir.meetings.models import Resolution
from dabir.obligations.models.obligation import Obligation


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("asked for")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Extension(FSMModelMixin, Ledgered):
    """A longer time for a debt, asked for with a reason, and what was decided on it, by its body's secretary or by a
    resolution of the body. `before` and, once granted, `granted` are the deadlines before and after."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="extension_requests")
    state = FSMField(max_length=10, choices=ExtensionState.choices, default=ExtensionState.ASKED, protected=True)
    before = models.DateField()
    wanted = models.DateField()
    reason = models.TextField()
    number = models.CharField(max_length=40, blank=True)
    """Of the letter in which it was asked for, where the secretariat entered one."""
    dated = models.DateField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=100)
    granted = models.DateField(null=True)
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=100, blank=True)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="extensions")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            days_check("extension", "before", "wanted", "granted", "dated"),
            CheckConstraint(condition=~Q(reason=""), name="extension_says_why"),
            CheckConstraint(
                condition=Q(state="granted", granted__isnull=False) | ~Q(state="granted") & Q(granted=None),
                name="extension_granted_has_day",
            ),
            CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"], decided_at=None)
                | Q(state__in=["granted", "refused"], decided_at__isnull=False),
                name="extension_decided_has_time",
            ),
            UniqueConstraint(fields=["obligation"], condition=Q(state="asked"), name="extension_one_asked"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(state="asked"), name="extension_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} until {self.wanted}"

    @transition(field=state, source=ExtensionState.ASKED, target=ExtensionState.GRANTED)
    def grant(self) -> None:
        """The deadline moves."""

    @transition(field=state, source=ExtensionState.ASKED, target=ExtensionState.REFUSED)
    def refuse(self) -> None:
        """It stays."""

    @transition(field=state, source=ExtensionState.ASKED, target=ExtensionState.WITHDRAWN)
    def withdraw(self) -> None:
        """Whoever asked needs it no longer."""


class Act(models.TextChoices):
    CLOSE = "close", _("closed")
    EXTEND = "extend", _("extended")
    REFUSE = "refuse", _("extension refused")
    AMEND = "amend", _("amended")
    SUPERSEDE = "supersede", _("superseded")
    MERGE = "merge", _("merged with another")
    REOPEN = "reopen", _("opened again")
    CANCEL = "cancel", _("cancelled")


class Decision(Ledgered):
    """What a body decided on a debt that was there before, and the resolution by which it did. The debt's fields change
    in the same transaction; of what they were the ledger tells."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=10, choices=Act.choices)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="decisions")
    """None for a cancellation that the secretary answers for alone."""
    text = models.TextField(blank=True)
    """Why, or what changes, in words."""
    before = models.TextField(blank=True)
    """Of an amendment that gave the debt new words, those that bound until then."""
    at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            CheckConstraint(
                condition=Q(resolution__isnull=False) | Q(act="cancel") & ~Q(text=""),
                name="decision_names_its_resolution",
            ),
            UniqueConstraint(fields=["obligation", "resolution", "act"], name="decision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.obligation_id}"
