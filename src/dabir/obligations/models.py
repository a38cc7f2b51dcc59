"""Who owes what by when. An obligation cites its source and has at most one lead; without one it is unsettled.

A duty of a group is one row without a lead, with a child for each member on the meeting's date; the group's row is
neither communicated nor chased nor counted.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from dabir.directory.models import Body, Party
from dabir.foundation.fields import NameField, canonical_check, days_check
from dabir.foundation.models import Ledgered, StoredFile, User
from dabir.foundation.search import SquashField
from dabir.letters.models import Letter
from dabir.meetings.models import Meeting, Point, Resolution

NO_DAY = date(9999, 12, 31)
"""Stands for "no day" where rows are put in order of due, so that they come last and the key is never null."""


class OrderWay(models.TextChoices):
    NOTE = "note", _("note")
    TRIP = "trip", _("trip")
    TELEPHONE = "telephone", _("telephone")
    LETTER = "letter", _("letter")


class Order(Ledgered):
    """An order given outside a meeting, with its number, where it has one, and its date."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="orders")
    way = models.CharField(max_length=10, choices=OrderWay.choices)
    number = models.CharField(max_length=40, blank=True)
    date = models.DateField()
    text = models.TextField()
    code = models.CharField(max_length=60, unique=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [days_check("order", "date"), canonical_check("order", "code")]

    def __str__(self) -> str:
        return self.code


class DueKind(models.TextChoices):
    """A due is a day, an instant, an event that starts the clock, a recurrence, or none."""

    DAY = "day", _("day")
    INSTANT = "instant", _("instant")
    TRIGGER = "trigger", _("after an event")
    RECURRENCE = "recurrence", _("recurring")
    NONE = "none", _("none")


class State(models.TextChoices):
    UNSETTLED = "unsettled", _("unsettled")
    OPEN = "open", _("open")
    PROPOSED = "proposed", _("proposed for closing")
    CLOSED = "closed", _("closed")
    SUPERSEDED = "superseded", _("superseded")
    CANCELLED = "cancelled", _("cancelled")


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


class ClockStart(models.TextChoices):
    """From which day a limit after its communication runs."""

    RECEIPT = "receipt", _("the day of receipt")
    LETTER = "letter", _("the letter's date")


class Obligation(FSMModelMixin, Ledgered):
    """A debt. `first_due_day` never changes; `due_text` keeps the paper's words; `lead_text` those for the lead."""

    code = models.CharField(max_length=110, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="obligations")
    """The body whose secretariat follows it: that of the meeting or the order."""
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="obligations")
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="obligations")
    point = models.ForeignKey(Point, models.PROTECT, null=True, related_name="obligations")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="obligations")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    is_group = models.BooleanField(default=False)
    group = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey(Party, models.PROTECT, null=True, related_name="led")
    lead_text = models.CharField(max_length=300, blank=True)
    action = models.TextField()
    due_kind = models.CharField(max_length=10, choices=DueKind.choices, default=DueKind.NONE)
    due_day = models.DateField(null=True)
    due_instant = models.DateTimeField(null=True)
    due_text = models.CharField(max_length=300, blank=True)
    trigger = models.CharField(max_length=300, blank=True)
    first_due_day = models.DateField(null=True)
    sort_day = models.GeneratedField(
        expression=Coalesce("due_day", NO_DAY), output_field=models.DateField(), db_persist=True
    )
    state = FSMField(max_length=10, choices=State.choices, default=State.OPEN, protected=True)
    released_at = models.DateTimeField(null=True)
    communicated_at = models.DateTimeField(null=True)
    clock_day = models.DateField(null=True)
    """From which a limit after its communication runs («ظرف یک هفته پس از ابلاغ»), and what day that is."""
    clock_start = models.CharField(max_length=8, choices=ClockStart.choices, blank=True)
    gap_reason = models.CharField(max_length=300, blank=True)
    """Why it stays unsettled though its meeting is finished."""
    acknowledged_at = models.DateTimeField(null=True)
    first_line = models.PositiveIntegerField(null=True)
    last_line = models.PositiveIntegerField(null=True)
    sheet_row = models.ForeignKey(SheetRow, models.PROTECT, null=True, related_name="debts")
    """The row of an old register that it was brought in from."""
    old_state = models.CharField(max_length=300, blank=True)
    """How it stood there, verbatim."""
    closed_before = models.BooleanField(default=False)
    """Closed per the old register: nobody has verified it here, and it is counted apart."""
    on_paper = models.BooleanField(default=False)
    """Communicated on paper before it came here; on which day nobody knows."""
    asleep = models.BooleanField(default=False)
    """Nobody is reminded of it until the secretary wakes it."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            CheckConstraint(
                condition=Q(lead__isnull=False)
                | Q(is_group=True)
                | Q(state__in=["unsettled", "cancelled"])
                | Q(closed_before=True),
                name="obligation_settled_has_lead",
            ),
            CheckConstraint(
                condition=Q(closed_before=False) | Q(state="closed", sheet_row__isnull=False),
                name="obligation_closed_before_is_closed",
            ),
            CheckConstraint(
                condition=Q(on_paper=False) | Q(is_group=False, sheet_row__isnull=False),
                name="obligation_on_paper_is_of_a_sheet",
            ),
            CheckConstraint(condition=Q(is_group=False) | Q(lead=None), name="obligation_group_has_no_lead"),
            CheckConstraint(
                condition=Q(released_at=None) | ~Q(state="unsettled"), name="obligation_unsettled_is_not_released"
            ),
            CheckConstraint(
                condition=Q(communicated_at=None) | Q(is_group=False), name="obligation_group_is_not_communicated"
            ),
            CheckConstraint(
                condition=(
                    Q(resolution__isnull=False, point=None, order=None)
                    | Q(resolution=None, point__isnull=False, order=None)
                    | Q(resolution=None, point=None, order__isnull=False)
                ),
                name="obligation_cites_one_source",
            ),
            CheckConstraint(
                condition=Q(due_kind__in=["day", "instant"], due_day__isnull=False)
                | ~Q(due_kind__in=["day", "instant"]) & Q(due_day=None),
                name="obligation_due_day_fits_kind",
            ),
            CheckConstraint(
                condition=Q(due_kind="instant", due_instant__isnull=False)
                | ~Q(due_kind="instant") & Q(due_instant=None),
                name="obligation_instant_fits_kind",
            ),
            days_check("obligation", "due_day", "first_due_day"),
            canonical_check("obligation", "code"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sort_day", "id"], name="obligation_by_due"),
            models.Index(fields=["lead", "sort_day", "id"], name="obligation_of_lead"),
            models.Index(fields=["body", "sort_day", "id"], name="obligation_of_body"),
            models.Index(fields=["meeting", "id"], name="obligation_of_meeting"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def source(self) -> Resolution | Point | Order:
        found = self.resolution or self.point or self.order
        assert found is not None  # obligation_cites_one_source
        return found

    @transition(field=state, source=State.UNSETTLED, target=State.OPEN)
    def settle(self) -> None:
        """It has a lead now, or its group's members."""

    @transition(field=state, source=[State.UNSETTLED, State.OPEN], target=State.CANCELLED)
    def cancel(self) -> None:
        """It was no debt."""

    @transition(field=state, source=[State.UNSETTLED, State.OPEN], target=State.CLOSED)
    def close_as_before(self) -> None:
        """The old register, corrected, says that it is done."""

    @transition(field=state, source=State.CLOSED, target=State.OPEN)
    def reopen(self) -> None:
        """The old register, corrected, says that it is not done."""

    @transition(field=state, source=State.CLOSED, target=State.UNSETTLED)
    def reopen_unsettled(self) -> None:
        """The same, for one that has no lead."""


class Role(models.TextChoices):
    HELPER = "helper", _("helper")
    RECIPIENT = "recipient", _("recipient")
    ENDORSER = "endorser", _("endorser")


class Involved(Ledgered):
    """A party beside the lead; `party` is none while nobody has said whom the paper's words mean."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="involved")
    role = models.CharField(max_length=10, choices=Role.choices)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="involvements")
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["obligation", "role", "party"], name="involved_once"),
            CheckConstraint(condition=Q(party__isnull=False) | ~Q(text=""), name="involved_says_who"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.party_id} of {self.obligation_id}"


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


class Wait(Ledgered):
    """An obligation that cannot be met before another one is."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="waits_for")
    waits_for = models.ForeignKey(Obligation, models.CASCADE, related_name="awaited_by")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["obligation", "waits_for"], name="wait_once"),
            CheckConstraint(condition=~Q(obligation=F("waits_for")), name="wait_not_for_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} after {self.waits_for_id}"


class SavedView(Ledgered):
    """A list of debts that somebody put together and named. `query` holds filters, order and columns as the register's
    address does; `shared_with` is the body whose whole secretariat has it too."""

    user = models.ForeignKey(User, models.PROTECT, related_name="views")
    name = NameField(max_length=60)
    query = models.CharField(max_length=2_000, blank=True)
    is_default = models.BooleanField(default=False)
    """The register opens with it for its owner."""
    shared_with = models.ForeignKey(Body, models.PROTECT, null=True, related_name="shared_views")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["user", "name"], name="savedview_once"),
            UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="savedview_one_default"),
            CheckConstraint(condition=~Q(name=""), name="savedview_has_a_name"),
            canonical_check("savedview", "name"),
        ]

    def __str__(self) -> str:
        return self.name


class SearchText(models.Model):
    """The squashed text of a debt: action, resolution, names. Filled by the services; `foundation.search` explains.

    A table of its own, made by hand in the first migration (FTS5 on SQLite, trigrams on PostgreSQL); `rowid` is the
    obligation's id.
    """

    rowid = models.BigIntegerField(primary_key=True)
    squash = SquashField()

    def __str__(self) -> str:
        return str(self.rowid)
