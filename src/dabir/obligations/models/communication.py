"""How a debt reached its debtor, and what they answered to that."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from dabir.foundation.models import Ledgered, StoredFile
from dabir.letters.models import Letter
from dabir.obligations.models.obligation import Obligation


class Extract(Ledgered):
    """A letter that puts a debt into the hands of who owes it; one letter may tell of several."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="extracts")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="extracts")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["obligation", "letter"], name="extract_once"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} by {self.letter_id}"


class ReplyKind(models.TextChoices):
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    OBJECTION = "objection", _("objection")


class Reply(Ledgered):
    """What an agency answers to the communication of a debt: that it has it, or what it objects to, in its own words;
    on its own page, or on a courier form that came back (`form`)."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=12, choices=ReplyKind.choices)
    text = models.TextField(blank=True)
    """Of an objection, why."""
    remark = models.TextField(blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    form = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="replies")
    at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            CheckConstraint(condition=~Q(kind="objection") | ~Q(text=""), name="reply_objection_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.obligation_id}"
