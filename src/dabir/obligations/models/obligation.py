"""A debt: who owes what by when, by which source. It has at most one lead; without one it is unsettled.

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
from dabir.foundation.fields import canonical_check, days_check, percent_check
from dabir.foundation.models import Ledgered
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting, Point, Resolution
from dabir.obligations.models.sheet import SheetRow

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
    ALWAYS = "always", _("for as long as it holds")
    """Of a standing rule (seed ج/۶): it binds, and is never late."""
    NONE = "none", _("none")


class Rhythm(models.TextChoices):
    """How a recurring duty comes again."""

    WEEK = "week", _("weeks")
    MONTH = "month", _("months")
    SESSION = "session", _("each session")


class State(models.TextChoices):
    UNSETTLED = "unsettled", _("unsettled")
    OPEN = "open", _("open")
    PROPOSED = "proposed", _("proposed for closing")
    CLOSED = "closed", _("closed")
    SUPERSEDED = "superseded", _("superseded")
    CANCELLED = "cancelled", _("cancelled")


RUNNING = (State.OPEN, State.PROPOSED)
NOT_ENDED = (State.UNSETTLED, *RUNNING)
ENDED = (State.CLOSED, State.SUPERSEDED, State.CANCELLED)


class ClockStart(models.TextChoices):
    """From which day a limit runs that starts with something: its communication, or an event (seed ج/۵)."""

    RECEIPT = "receipt", _("the day of receipt")
    LETTER = "letter", _("the letter's date")
    EVENT = "event", _("the day of the event")


class Obligation(FSMModelMixin, Ledgered):
    """A debt. `first_due_day` never changes, but with the meeting that an instance follows; `due_text` keeps the
    paper's words; `lead_text` those for the lead."""

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
    recurs_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="instances")
    """The recurring duty (seed ج/۷) that this is one instance of."""
    session = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="asked")
    """The meeting on whose day an instance of «هر جلسه» is due; none while the next one is not planned."""
    recurs_unit = models.CharField(max_length=7, choices=Rhythm.choices, blank=True)
    """Of a recurring duty, as its secretary said; empty where the paper's own words tell it, or nobody has."""
    recurs_every = models.PositiveSmallIntegerField(null=True)
    recurs_first = models.DateField(null=True)
    """The day from which weeks or months are counted: that of the first instance."""
    instances_made = models.PositiveSmallIntegerField(default=0)
    """Its instances so far; it is counted as a debt itself while it has none."""
    started_by = models.ForeignKey("Occurrence", models.PROTECT, null=True, related_name="started")
    """The event whose day started its clock."""
    report_months = models.PositiveSmallIntegerField(default=3)
    """Every how many months its debtor reports; 0 for never."""
    demands_evidence = models.BooleanField(default=False)
    """Nothing without a file counts as done."""
    extensions = models.PositiveSmallIntegerField(default=0)
    """How many times its deadline was moved."""
    reported_on = models.DateField(null=True)
    """The end of the newest period that was reported, of reports that were not returned; `reported_percent` is its."""
    reported_percent = models.PositiveSmallIntegerField(null=True)
    verified_on = models.DateField(null=True)
    """The end of the newest period that was verified; `verified_percent` is what the secretariat found."""
    verified_percent = models.PositiveSmallIntegerField(null=True)
    last_words = models.CharField(max_length=300, blank=True)
    """Of the newest report that was not returned, for lists."""
    proposed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    """When the body closed it in a meeting; not where an old register said so."""
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            CheckConstraint(
                condition=Q(lead__isnull=False)
                | Q(is_group=True)
                | Q(state__in=["unsettled", "cancelled", "superseded"])
                | Q(closed_before=True),
                name="obligation_settled_has_lead",
            ),
            CheckConstraint(
                condition=Q(closed_before=False) | Q(state="closed", sheet_row__isnull=False),
                name="obligation_closed_before_is_closed",
            ),
            CheckConstraint(
                condition=Q(on_paper=False)
                | Q(is_group=False) & (Q(sheet_row__isnull=False) | Q(recurs_from__isnull=False)),
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
            CheckConstraint(
                condition=Q(closed_at__isnull=False, state="closed", closed_before=False)
                | Q(closed_at=None) & (~Q(state="closed") | Q(closed_before=True)),
                name="obligation_closed_has_time",
            ),
            CheckConstraint(
                condition=Q(proposed_at__isnull=False) | ~Q(state="proposed"), name="obligation_proposed_has_time"
            ),
            CheckConstraint(
                condition=Q(superseded_by=None) | Q(state="superseded") & ~Q(superseded_by=F("id")),
                name="obligation_superseded_by_another",
            ),
            CheckConstraint(
                condition=Q(reported_on=None, reported_percent=None)
                | Q(reported_on__isnull=False, reported_percent__isnull=False),
                name="obligation_reported_has_day",
            ),
            CheckConstraint(
                condition=Q(verified_on=None, verified_percent=None)
                | Q(verified_on__isnull=False, verified_percent__isnull=False),
                name="obligation_verified_has_day",
            ),
            CheckConstraint(
                condition=Q(recurs_unit="", recurs_every=None, recurs_first=None)
                | Q(recurs_unit="session", recurs_every=None, recurs_first=None)
                | Q(recurs_unit__in=["week", "month"], recurs_every__gte=1, recurs_first__isnull=False),
                name="obligation_rhythm_is_whole",
            ),
            UniqueConstraint(
                fields=["recurs_from", "first_due_day"], condition=Q(session=None), name="obligation_instance_once"
            ),
            UniqueConstraint(fields=["recurs_from", "session"], name="obligation_instance_once_a_session"),
            percent_check("obligation", "reported_percent", "verified_percent"),
            days_check("obligation", "due_day", "first_due_day", "recurs_first"),
            canonical_check("obligation", "code"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sort_day", "id"], name="obligation_by_due"),
            models.Index(fields=["lead", "sort_day", "id"], name="obligation_of_lead"),
            models.Index(fields=["body", "sort_day", "id"], name="obligation_of_body"),
            models.Index(fields=["meeting", "id"], name="obligation_of_meeting"),
            models.Index(fields=["body", "state"], name="obligation_of_body_in_state"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def source(self) -> Resolution | Point | Order:
        found = self.resolution or self.point or self.order
        assert found is not None  # obligation_cites_one_source
        return found

    @property
    def secrecy(self) -> SecrecyClass:
        """That of its meeting; an order has none."""
        return SecrecyClass(self.meeting.secrecy) if self.meeting else SecrecyClass.NORMAL

    @transition(field=state, source=State.UNSETTLED, target=State.OPEN)
    def settle(self) -> None:
        """It has a lead now, or its group's members."""

    @transition(field=state, source=[State.UNSETTLED, State.OPEN, State.PROPOSED], target=State.CANCELLED)
    def cancel(self) -> None:
        """It was no debt."""

    @transition(field=state, source=State.OPEN, target=State.PROPOSED)
    def propose(self) -> None:
        """Whoever owes it says that it is done."""

    @transition(field=state, source=State.PROPOSED, target=State.OPEN)
    def take_up_again(self) -> None:
        """It is not done after all."""

    @transition(field=state, source=[State.OPEN, State.PROPOSED], target=State.CLOSED)
    def close(self) -> None:
        """The body has closed it in a meeting."""

    @transition(field=state, source=[State.UNSETTLED, State.OPEN, State.PROPOSED], target=State.SUPERSEDED)
    def supersede(self) -> None:
        """Another decision stands in its place."""

    @transition(field=state, source=[State.UNSETTLED, State.OPEN], target=State.CLOSED)
    def close_as_before(self) -> None:
        """The old register, corrected, says that it is done."""

    @transition(field=state, source=[State.CLOSED, State.SUPERSEDED, State.CANCELLED], target=State.OPEN)
    def reopen(self) -> None:
        """It is not done, or it was a debt after all: by a decision, or by the old register, corrected."""

    @transition(field=state, source=[State.CLOSED, State.SUPERSEDED, State.CANCELLED], target=State.UNSETTLED)
    def reopen_unsettled(self) -> None:
        """The same, for one that has no lead."""


class Occurrence(Ledgered):
    """That an event took place for which debts of a body wait («پس از تأیید نهایی سند», seed ج/۵), and on which day.

    `told_by` is what tells of it: a letter's number, or words; the resolution by which it came to be, or the debt whose
    closing it was, where there is one. What was taken back stays, with `taken_back_at`.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="occurrences")
    words = models.CharField(max_length=300)
    """Those of the trigger."""
    day = models.DateField()
    told_by = models.CharField(max_length=300, blank=True)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="occurrences")
    debt = models.ForeignKey(Obligation, models.PROTECT, null=True, related_name="occurrences")
    at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-id"]
        constraints: ClassVar[list[Any]] = [
            days_check("occurrence", "day"),
            CheckConstraint(
                condition=~Q(told_by="") | Q(resolution__isnull=False) | Q(debt__isnull=False),
                name="occurrence_is_told_by_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} on {self.day}"


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
