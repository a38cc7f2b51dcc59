"""What a debtor reports, who stands for it, what the secretariat found: planned, reported and verified."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from dabir.directory.models import Party
from dabir.foundation.fields import days_check, order_check, percent_check
from dabir.foundation.models import Ledgered, StoredFile
from dabir.meetings.models import Resolution
from dabir.obligations.models.obligation import Obligation
from dabir.persian import clock


class Milestone(Ledgered):
    """How much of a debt is to be done by a day: a point of its planned path. The plan for any day is that of the last
    milestone up to then, 0 before the first; without milestones there is no plan."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="milestones")
    day = models.DateField()
    percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["day"]
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["obligation", "day"], name="milestone_once"),
            days_check("milestone", "day"),
            percent_check("milestone", "percent"),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % of {self.obligation_id} by {self.day}"


class ReportState(models.TextChoices):
    REPORTED = "reported", _("awaits the head of the agency")
    CONFIRMED = "confirmed", _("confirmed by the head of the agency")
    ENDORSED = "endorsed", _("endorsed")
    VERIFIED = "verified", _("verified")
    RETURNED = "returned", _("returned")


class Report(FSMModelMixin, Ledgered):
    """What its debtor says of a debt for a period. One that was returned stays; its correction is another row."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="reports")
    starts = models.DateField()
    ends = models.DateField()
    state = FSMField(max_length=10, choices=ReportState.choices, default=ReportState.REPORTED, protected=True)
    percent = models.PositiveSmallIntegerField()
    """Of the whole, at the period's end."""
    done = models.BooleanField(default=False)
    """The debtor says that it is done, and proposes to close it."""
    planned_percent = models.PositiveSmallIntegerField(null=True)
    """As the plan stood when it was reported; none without a plan."""
    verified_percent = models.PositiveSmallIntegerField(null=True)
    narrative = models.TextField()
    form = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """The courier form or sheet that it came on."""
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=100)
    """The name of whoever entered it."""
    said_by = models.CharField(max_length=200, blank=True)
    """Whose words they are, where somebody else entered them."""

    class Meta:
        ordering: ClassVar[list[str]] = ["ends", "id"]
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(
                fields=["obligation", "ends"], condition=~Q(state="returned"), name="report_once_a_period"
            ),
            days_check("report", "starts", "ends"),
            order_check("report", "starts", "ends"),
            percent_check("report", "percent", "planned_percent", "verified_percent"),
            CheckConstraint(condition=Q(done=False) | Q(percent=100), name="report_done_is_whole"),
            CheckConstraint(
                condition=Q(state="verified", verified_percent__isnull=False)
                | ~Q(state="verified") & Q(verified_percent=None),
                name="report_verified_has_percent",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "id"], name="report_waiting"),
            models.Index(fields=["obligation", "-ends", "-id"], name="report_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} until {self.ends}"

    @transition(field=state, source=ReportState.REPORTED, target=ReportState.CONFIRMED)
    def confirm(self) -> None:
        """The head of the agency stands for it."""

    @transition(field=state, source=ReportState.CONFIRMED, target=ReportState.ENDORSED)
    def endorse(self) -> None:
        """Each third party whose consent the result needs has given it (seed ج/۳)."""

    @transition(field=state, source=ReportState.ENDORSED, target=ReportState.CONFIRMED)
    def ask_further(self) -> None:
        """One more endorser was named, who is still to be heard."""

    @transition(
        field=state,
        source=[ReportState.CONFIRMED, ReportState.ENDORSED, ReportState.VERIFIED],
        target=ReportState.VERIFIED,
    )
    def verify(self) -> None:
        """The secretariat has seen for itself, or has looked again."""

    @transition(
        field=state,
        source=[ReportState.REPORTED, ReportState.CONFIRMED, ReportState.ENDORSED],
        target=ReportState.RETURNED,
    )
    def give_back(self) -> None:
        """Somebody on its way did not take it."""


class StepKind(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    ENDORSED = "endorsed", _("endorsed")
    VERIFIED = "verified", _("verified")
    RETURNED = "returned", _("returned")


class ReportStep(Ledgered):
    """A step of a report on its way: by a click, or on paper, with number, date and scan of the signed letter.

    Who signed is not who clicks: `said_by` is the one whose act it is, `recorded_by` who entered it. `visited_on` and
    what follows it is the field visit that a verification rests on.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="endorsements")
    """Of an endorsement, whose it is: one of several may have consented."""
    words = models.CharField(max_length=300, blank=True)
    """What the paper calls them."""
    at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)
    said_by = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    """Of a return, why; else a remark."""
    number = models.CharField(max_length=40, blank=True)
    dated = models.DateField(null=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    visited_on = models.DateField(null=True)
    visited_by = models.CharField(max_length=200, blank=True)
    seen = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            days_check("reportstep", "dated", "visited_on"),
            CheckConstraint(condition=~Q(kind="returned") | ~Q(text=""), name="reportstep_return_says_why"),
            CheckConstraint(condition=Q(kind="endorsed") | Q(party=None, words=""), name="reportstep_party_endorses"),
            CheckConstraint(
                condition=Q(number="", dated=None) | ~Q(number="") & Q(dated__isnull=False),
                name="reportstep_number_and_date_together",
            ),
            CheckConstraint(
                condition=Q(visited_on=None, visited_by="", seen="")
                | Q(kind="verified", visited_on__isnull=False) & ~Q(visited_by="") & ~Q(seen=""),
                name="reportstep_visit_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.report_id}"


class Evidence(Ledgered):
    """A file that shows what a report says, or what was seen on a visit (then it hangs on that step too)."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="evidence")
    step = models.ForeignKey(ReportStep, models.CASCADE, null=True, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.name


class Asks(models.TextChoices):
    """What an obstacle needs."""

    NOTHING = "", _("nothing for now")
    DECISION = "decision", _("a decision of the next meeting")
    CAPITAL = "capital", _("an answer from the capital")


class Obstacle(Ledgered):
    """What stands in a debt's way. One that waits for the capital (کارهای ملی) says who asked whom by which letter, and
    what was promised by whom; `ended_at` once it stands there no longer, and what came of it."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="obstacles")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="obstacles")
    text = models.TextField()
    asks = models.CharField(max_length=10, choices=Asks.choices, blank=True)
    wanted = models.TextField(blank=True)
    """The decision, or the answer, that it needs."""
    asked_by = models.CharField(max_length=200, blank=True)
    asked_of = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=40, blank=True)
    dated = models.DateField(null=True)
    first_dated = models.DateField(null=True)
    """Of the first letter, where others have followed it."""
    promised_by = models.CharField(max_length=200, blank=True)
    promise = models.TextField(blank=True)
    promised_for = models.DateField(null=True)
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="obstacles_ended")
    """By which it was decided."""

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            days_check("obstacle", "dated", "first_dated", "promised_for"),
            CheckConstraint(condition=~Q(asks="decision") | ~Q(wanted=""), name="obstacle_says_what_is_wanted"),
            CheckConstraint(condition=~Q(asks="capital") | ~Q(asked_of=""), name="obstacle_says_who_was_asked"),
            CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(outcome="", resolution=None), name="obstacle_outcome_ends_it"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asks", "id"], condition=Q(ended_at=None), name="obstacle_standing")
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def waits_since(self) -> date:
        """The day of the first letter, or that on which it was told here."""
        return self.first_dated or self.dated or self.raised_at.astimezone(clock.TEHRAN).date()
