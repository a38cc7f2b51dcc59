"""Old registers: the sheet that came, its rows that are in ours, and what was answered once about its like."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from dabir.directory.models import Body, Party
from dabir.foundation.models import Ledgered, StoredFile
from dabir.meetings.models import Resolution


class SheetState(models.TextChoices):
    OPEN = "open", _("being prepared")
    APPLIED = "applied", _("brought in")
    DISCARDED = "discarded", _("discarded")


class Sheet(FSMModelMixin, Ledgered):
    """An old register on its way in: the file, what was read of it, and how its columns are to be read.

    `tables` is what `reading.sheets.child` gives; `layout` that of `sheets.layouts`. What its rows become is worked out
    anew each time (`cycle.import_plan`), until it is applied.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="sheets")
    name = models.CharField(max_length=200)
    """What the file was called."""
    body = models.ForeignKey(Body, models.PROTECT, related_name="sheets")
    tables = models.JSONField()
    layout = models.JSONField(default=dict)
    state = FSMField(max_length=10, choices=SheetState.choices, default=SheetState.OPEN, protected=True)
    figures = models.JSONField(default=dict)
    """How many rows became what, once it was applied."""
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["file", "body"], condition=Q(state="open"), name="sheet_file_once"),
            CheckConstraint(
                condition=Q(state="applied", applied_at__isnull=False) | ~Q(state="applied") & Q(applied_at=None),
                name="sheet_applied_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transition(field=state, source=SheetState.OPEN, target=SheetState.APPLIED)
    def apply(self) -> None:
        """Its rows are in the register."""

    @transition(field=state, source=SheetState.OPEN, target=SheetState.DISCARDED)
    def discard(self) -> None:
        """It was a mistake; its file may come again."""


class SheetRow(Ledgered):
    """A row of an old register that is in ours: what it said, by which a corrected file is compared."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    """As beside the sheet, from 1."""
    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="sheet_rows")
    said = models.JSONField()

    class Meta:
        constraints: ClassVar[list[Any]] = [UniqueConstraint(fields=["sheet", "number"], name="sheetrow_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.number}"


class KnownLayout(Ledgered):
    """How the sheets with one header are read: what a secretariat said of its columns, by their words."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="known_layouts")
    key = models.CharField(max_length=64)
    columns = models.JSONField()
    same_above = models.BooleanField(default=False)
    first_leads = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [UniqueConstraint(fields=["body", "key"], name="knownlayout_once")]

    def __str__(self) -> str:
        return self.key


class KnownName(Ledgered):
    """Whom a name means in the sheets of a body: a secretariat's answer, asked for once. Several rows where it means
    several parties; none as party where it is to stay as words."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="known_names")
    squash = models.CharField(max_length=200)
    text = models.CharField(max_length=200)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["body", "squash", "party"], name="knownname_once"),
            UniqueConstraint(fields=["body", "squash"], condition=Q(party=None), name="knownname_words_once"),
        ]

    def __str__(self) -> str:
        return self.text
