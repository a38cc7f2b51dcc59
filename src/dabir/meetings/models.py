"""What was said and decided: drafts of papers being read, meetings, and the minutes that stand.

Text keeps the letters of its author. `first_line` and `last_line` point into the paper, counted from 1.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from dabir.directory.models import Body, Capacity, Party, Post
from dabir.foundation.fields import canonical_check, days_check
from dabir.foundation.jobs.model import Job
from dabir.foundation.models import Ledgered, StoredFile, User
from dabir.foundation.secrecy import SecrecyClass


class DraftState(models.TextChoices):
    OPEN = "open", _("being reviewed")
    ACCEPTED = "accepted", _("accepted")
    DISCARDED = "discarded", _("discarded")


class Draft(FSMModelMixin, Ledgered):
    """A paper on the workbench: the file, what the reader made of it, and the secretary's corrections in their order.

    What the page shows is `corrections.apply_all(minutes, corrections)`; undo drops the last correction. `version`
    counts corrections and undos, and a correction names the version that it was made on, so that two people in one
    draft lose nothing in silence.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="drafts")
    name = models.CharField(max_length=200)
    """What the file was called."""
    kept_by = models.ForeignKey(Body, models.PROTECT, related_name="drafts")
    secrecy = models.CharField(_("class"), max_length=12, choices=SecrecyClass.choices, default=SecrecyClass.NORMAL)
    minutes = models.JSONField()
    corrections = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    state = FSMField(max_length=10, choices=DraftState.choices, default=DraftState.OPEN, protected=True)
    meeting = models.OneToOneField("Meeting", models.PROTECT, null=True, related_name="draft")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["file", "kept_by"], condition=~Q(state="discarded"), name="draft_file_once"),
            CheckConstraint(
                condition=Q(state="accepted", meeting__isnull=False) | ~Q(state="accepted") & Q(meeting=None),
                name="draft_accepted_has_meeting",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transition(field=state, source=DraftState.OPEN, target=DraftState.ACCEPTED)
    def accept(self) -> None:
        """The paper has become a meeting."""

    @transition(field=state, source=DraftState.OPEN, target=DraftState.DISCARDED)
    def discard(self) -> None:
        """The paper was a mistake; its file may come again."""

    @transition(field=state, source=DraftState.DISCARDED, target=DraftState.OPEN)
    def restore(self) -> None:
        """Discarding was the mistake."""


class Reading(Job):
    """A paper on its way to the workbench: who brought it for which body, and the draft once it has been read.

    It is no record: what is refused or cancelled leaves this row for some days, its bytes not at all.
    """

    name = models.CharField(max_length=200)
    """What the file was called."""
    sha256 = models.CharField(max_length=64)
    kept_by = models.ForeignKey(Body, models.PROTECT, related_name="readings")
    secrecy = models.CharField(_("class"), max_length=12, choices=SecrecyClass.choices, default=SecrecyClass.NORMAL)
    brought_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """None for the host's operator."""
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    """In which they brought it."""
    brought_at = models.DateTimeField()
    draft = models.ForeignKey(Draft, models.PROTECT, null=True, related_name="readings")

    class Meta(Job.Meta):
        constraints: ClassVar[list[Any]] = [
            *Job.Meta.constraints,
            UniqueConstraint(
                fields=["sha256", "kept_by"],
                condition=Q(state__in=("waiting", "running")),
                name="reading_once_at_a_time",
            ),
            CheckConstraint(
                condition=Q(state="done", draft__isnull=False) | ~Q(state="done") & Q(draft=None),
                name="reading_done_has_draft",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Meeting(Ledgered):
    """A session. It has 0 to 2 bodies, with a number in each (`MeetingBody`); `kept_by` is the body whose secretariat
    keeps its papers, also where no body meets (the verification session, seed ج/۴)."""

    code = models.CharField(max_length=60, unique=True)
    kept_by = models.ForeignKey(Body, models.PROTECT, related_name="kept_meetings")
    title = models.CharField(max_length=300)
    date = models.DateField(db_index=True)
    secrecy = models.CharField(_("class"), max_length=12, choices=SecrecyClass.choices, default=SecrecyClass.NORMAL)
    venue = models.CharField(max_length=300, blank=True)
    chair = models.CharField(max_length=200, blank=True)
    secretary = models.CharField(max_length=200, blank=True)
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    invitation_number = models.CharField(max_length=40, blank=True)
    invitation_date = models.DateField(null=True)
    next_date = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-date", "-id"]
        constraints: ClassVar[list[Any]] = [
            days_check("meeting", "date", "invitation_date", "next_date"),
            canonical_check("meeting", "code"),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingBody(Ledgered):
    """A body that met, with the meeting's number in it in that Jalali year (a joint meeting has two)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="bodies")
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

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


class VersionState(models.TextChoices):
    RECORDED = "recorded", _("recorded from signed paper")


class MinutesVersion(Ledgered):
    """The minutes as they stand: `document` is `reading.Minutes` as JSON, corrected, with the findings beside it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    """What the file was called."""
    document = models.JSONField()

    class Meta:
        constraints: ClassVar[list[Any]] = [UniqueConstraint(fields=["meeting", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.number}"


class OnPaper(Ledgered):
    """A passage of a meeting's paper, in its order there."""

    order = models.PositiveIntegerField()
    text = models.TextField()
    first_line = models.PositiveIntegerField(null=True)
    last_line = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["order"]


class AgendaItem(OnPaper):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")

    def __str__(self) -> str:
        return self.text[:80]


class Statement(Ledgered):
    """Who spoke; several where the paper gives their points together."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="statements")
    order = models.PositiveIntegerField()
    speakers = models.JSONField()
    """A list of `{"name", "post"}` as on the paper."""

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]

    def __str__(self) -> str:
        return "، ".join(s["name"] for s in self.speakers)


class Point(OnPaper):
    """A thing said. It can be promoted to an obligation, at once or later (seed ب/۸)."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="points")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    code = models.CharField(max_length=90, unique=True)
    number = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.code


class ResolutionKind(models.TextChoices):
    OBLIGATION = "obligation", _("obligation")
    INFORMATION = "information", _("information")
    APPROVAL = "approval", _("approval")
    CONDITIONAL_APPROVAL = "conditional-approval", _("conditional approval")
    STANDING_RULE = "standing-rule", _("standing rule")
    RECURRING = "recurring", _("recurring duty")
    AMENDMENT = "amendment", _("amendment")
    PROPOSAL = "proposal", _("proposal")


class Resolution(OnPaper):
    """A decision, verbatim. `code` can be cited for ever: `zanjan-hq-1398-11/4`."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="resolutions")
    code = models.CharField(max_length=90, unique=True)
    number = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=24, choices=ResolutionKind.choices)

    def __str__(self) -> str:
        return self.code


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
    line = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]

    def __str__(self) -> str:
        return self.text
