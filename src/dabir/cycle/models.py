"""What the office does when time passes: its ladder of reminders, what was sent by it, and whom it told of what."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from dabir.directory.models import Body, Post
from dabir.foundation.models import Ledgered, User
from dabir.letters.models import Letter
from dabir.meetings.models import Meeting
from dabir.obligations.models import Obligation


class Rung(models.TextChoices):
    """What is done about a debt as its deadline nears and passes, in the words of the office."""

    NOTICE = "notice", _("notice on the desk")
    REMINDER = "reminder", _("reminder")
    WARNING = "warning", _("formal warning")
    DEPUTY = "deputy", _("report to the deputy")
    AGENDA = "agenda", _("agenda of the governor's session")


class LadderStep(Ledgered):
    """A step of a body's own ladder, in the place of the one that comes with Dabir (`cycle.ladder`): what is done so
    many days after the deadline; below 0 before it."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="ladder")
    rung = models.CharField(max_length=8, choices=Rung.choices)
    days = models.SmallIntegerField()
    working = models.BooleanField(default=True)
    """Whether working days are counted, of the body's province."""

    class Meta:
        ordering: ClassVar[list[str]] = ["days", "id"]
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["body", "rung", "days"], name="ladderstep_once"),
            CheckConstraint(condition=Q(days__gte=-90, days__lte=365), name="ladderstep_within_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.rung} {self.days:+} of {self.body_id}"


class Escalation(Ledgered):
    """A rung that a debt has reached for one deadline of it: never twice, and anew once the deadline was moved, or a
    body has opened the debt again. Where it is a letter, it has none while that is only proposed."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="escalations")
    rung = models.CharField(max_length=8, choices=Rung.choices)
    days = models.SmallIntegerField()
    due_day = models.DateField()
    """From which its days are counted: the deadline, or the day on which the debt was opened again after that."""
    at = models.DateTimeField()
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="escalations")
    """Where the rung is a letter that was written: it waits for its number like any other."""

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["obligation", "rung", "days", "due_day"], name="escalation_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["obligation"],
                condition=Q(letter=None, rung__in=["reminder", "warning", "deputy"]),
                name="escalation_letter_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rung} of {self.obligation_id}"


class NoticeKind(models.TextChoices):
    """What a notice is about; its sentence is made of what it points to, when it is read, by who may read that."""

    COMMUNICATED = "communicated", _("a debt was communicated")
    NEAR = "near", _("a deadline is near")
    DUE = "due", _("a deadline is today")
    LATE = "late", _("a deadline has passed")
    REPORT_DUE = "report-due", _("a report is due")
    REPORTED = "reported", _("a report awaits confirmation")
    CONFIRMED = "confirmed", _("a report awaits verification")
    RETURNED = "returned", _("a report was returned")
    VERIFIED = "verified", _("a report was verified")
    ENDORSE = "endorse", _("a result awaits your consent")
    EXTENSION_ASKED = "extension-asked", _("an extension is asked for")
    EXTENSION_DECIDED = "extension-decided", _("an extension was decided on")
    EXTENDED = "extended", _("a deadline was extended")
    CLOSED = "closed", _("a debt was closed")
    AMENDED = "amended", _("a debt was amended")
    SUPERSEDED = "superseded", _("another debt has taken its place")
    MERGED = "merged", _("a debt was merged with another")
    REOPENED = "reopened", _("a debt was opened again")
    CANCELLED = "cancelled", _("a debt was cancelled")
    SUCCESSOR = "successor", _("debts of the post you took over")
    MEETING = "meeting", _("a meeting")
    MOVED = "moved", _("a meeting was moved")
    CALLED_OFF = "called-off", _("a meeting was cancelled")
    REMIND = "remind", _("letters are proposed")
    LETTER = "letter", _("a letter waits")


class Notice(Ledgered):
    """That somebody who holds a post is to hear of something; once for each `key`. It holds no text."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    key = models.CharField(max_length=100)
    """What makes it one: the same thing is told once."""
    obligation = models.ForeignKey(Obligation, models.CASCADE, null=True, related_name="notices")
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, related_name="notices")
    letter = models.ForeignKey(Letter, models.CASCADE, null=True, related_name="notices")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    """When somebody read it, or when it was over (`cycle.over`)."""

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["key", "post"], name="notice_once"),
            CheckConstraint(
                condition=Q(obligation__isnull=False)
                | Q(meeting__isnull=False)
                | Q(letter__isnull=False)
                | Q(kind__in=["successor", "remind"]),
                name="notice_points_to_something",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["post", "id"], condition=Q(read_at=None), name="notice_unread")
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.post_id}"


class Told(Ledgered):
    """That a message named a notice to this user, who had its post that day."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="told")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [UniqueConstraint(fields=["notice", "user"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} to {self.user_id}"


class Reader(models.Model):
    """How far a reader of the ledger has come: what stands in later events it has not heard of."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField()
    """Of the newest event that it has read."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.number}"
