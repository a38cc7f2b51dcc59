"""Meetings: called, held, their minutes recorded from paper or sealed; who was called to them and who came."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from dabir.directory.models import Body, Capacity, Party, Post
from dabir.foundation.fields import canonical_check, days_check
from dabir.foundation.models import Ledgered, StoredFile
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    CALLED = "called", _("called")
    HELD = "held", _("held")
    RECORDED = "recorded", _("recorded")
    SEALED = "sealed", _("sealed")
    CANCELLED = "cancelled", _("cancelled")


ON_RECORD = (MeetingState.RECORDED, MeetingState.SEALED)
"""Its minutes are here: accepted as paper, or sealed."""


class Meeting(FSMModelMixin, Ledgered):
    """A session. It has 0 to 2 bodies, with a number in each (`MeetingBody`); `kept_by` is the body whose secretariat
    keeps its papers, also where no body meets (the verification session, seed ج/۴).

    `recorded` are meetings whose minutes were signed on paper, or that are known from an old register alone.
    """

    code = models.CharField(max_length=60, unique=True)
    kept_by = models.ForeignKey(Body, models.PROTECT, related_name="kept_meetings")
    title = models.CharField(max_length=300)
    date = models.DateField(db_index=True)
    state = FSMField(max_length=10, choices=MeetingState.choices, default=MeetingState.RECORDED, protected=True)
    secrecy = models.CharField(_("class"), max_length=12, choices=SecrecyClass.choices, default=SecrecyClass.NORMAL)
    venue = models.CharField(max_length=300, blank=True)
    chair = models.CharField(max_length=200, blank=True)
    secretary = models.CharField(max_length=200, blank=True)
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    invitation_number = models.CharField(max_length=40, blank=True)
    invitation_date = models.DateField(null=True)
    next_date = models.DateField(null=True)
    finished_at = models.DateTimeField(null=True)
    """When its file was closed: each of its debts is communicated, or unsettled for a reason that stands on record."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-date", "-id"]
        constraints: ClassVar[list[Any]] = [
            days_check("meeting", "date", "invitation_date", "next_date"),
            canonical_check("meeting", "code"),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=[MeetingState.PLANNED, MeetingState.CALLED], target=MeetingState.CALLED)
    def call(self) -> None:
        """Those who are to come have been written to."""

    @transition(field=state, source=[MeetingState.PLANNED, MeetingState.CALLED], target=MeetingState.HELD)
    def hold(self) -> None:
        """It took place."""

    @transition(field=state, source=MeetingState.HELD, target=MeetingState.PLANNED)
    def unhold(self) -> None:
        """Saying so was the mistake."""

    @transition(field=state, source=[MeetingState.PLANNED, MeetingState.CALLED], target=MeetingState.CANCELLED)
    def cancel(self) -> None:
        """It will not take place."""

    @transition(field=state, source=MeetingState.CANCELLED, target=MeetingState.PLANNED)
    def revive(self) -> None:
        """Cancelling was the mistake, or it takes place after all."""

    @transition(
        field=state,
        source=[MeetingState.PLANNED, MeetingState.CALLED, MeetingState.HELD, MeetingState.RECORDED],
        target=MeetingState.RECORDED,
    )
    def record(self) -> None:
        """Its minutes, signed on paper, have come."""

    @transition(field=state, source=MeetingState.HELD, target=MeetingState.SEALED)
    def seal(self) -> None:
        """Its minutes were written here, checked, and stand."""


class MeetingBody(Ledgered):
    """A body that met, with the meeting's number in it in that Jalali year (a joint meeting has two).

    A cancelled meeting has given its number back; so has one that never had any.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="bodies")
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["meeting", "body"], name="meetingbody_once"),
            UniqueConstraint(fields=["body", "year", "number"], name="meetingbody_number_once"),
            CheckConstraint(condition=Q(year__gte=1278, year__lte=1600), name="meetingbody_jalali_year"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}/{self.year}/{self.number}"


class NamedReader(Ledgered):
    """A post that may see a meeting above the normal class."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="readers")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [UniqueConstraint(fields=["meeting", "post"], name="reader_once")]

    def __str__(self) -> str:
        return f"{self.post_id} of {self.meeting_id}"


class Attendance(Ledgered):
    """Who was there or not, as the paper says it; `party` where the secretary has said who that is.

    A meeting without a body lists its required attendees here, before it is held with `present` unknown (seed ج/۴).
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    order = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="attendance")
    capacity = models.CharField(max_length=8, choices=Capacity.choices, blank=True)
    present = models.BooleanField(null=True)
    """None while nobody has said."""
    excused = models.BooleanField(default=False)
    """Absent, and had said so before."""
    delegate = models.CharField(max_length=200, blank=True)
    """Who came in their place, where somebody did."""
    delegate_letter = models.CharField(max_length=60, blank=True)
    """Number of the letter that sent them."""
    line = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[Any]] = [
            CheckConstraint(condition=Q(excused=False) | Q(present=False), name="attendance_excused_is_absent"),
            CheckConstraint(condition=Q(delegate="") | Q(present=True), name="attendance_delegate_is_present"),
        ]

    def __str__(self) -> str:
        return self.text


class Call(Ledgered):
    """A letter that calls to a meeting, or tells that it was moved or cancelled."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="calls")
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="call")

    def __str__(self) -> str:
        return f"{self.letter_id} for {self.meeting_id}"


class Attachment(Ledgered):
    """A file that belongs to a meeting, or to one item of its agenda; those above the normal class are left out of the
    public version."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attachments")
    item = models.ForeignKey("AgendaItem", models.SET_NULL, null=True, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    """What the file was called."""
    secrecy = models.CharField(_("class"), max_length=12, choices=SecrecyClass.choices, default=SecrecyClass.NORMAL)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [UniqueConstraint(fields=["meeting", "file"], name="attachment_once")]

    def __str__(self) -> str:
        return self.name
