"""What every job has."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("waits for its turn")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


GOING_ON = (JobState.WAITING, JobState.RUNNING)


class Job(models.Model):
    """A piece of work; the table of each kind says what is to be done. Only `line` writes these columns.

    `queued_at` and `alive_at` are seconds of the machines' clock (`time.time()`), which no fixed day of a sample stops;
    workers on several machines need clocks that agree far better than `settings.JOB_LEASE`.
    """

    AGAIN_AFTER: ClassVar[tuple[float, ...]] = ()
    """After how many seconds a job of this kind that failed is tried again, once for each; none: a failure is final."""
    IN_HAND: ClassVar[bool] = False
    """Whether the administrator may cancel it, or have it tried again: it is the installation's own, not a person's."""

    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    step = models.CharField(max_length=20, blank=True)
    """What is being done now, in a word of the kind's own."""
    cause = models.CharField(max_length=20, blank=True)
    """Why it failed, in a word of the kind's own, or one of `line`'s."""
    queued_at = models.FloatField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True)
    """Of whoever does it now; each time it is taken up it has another."""
    alive_at = models.FloatField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.FloatField(null=True)
    """Until when it waits after a try that failed, in the seconds of `queued_at`."""
    trouble = models.CharField(max_length=60, blank=True)
    """What the last try failed of: the cause, and the name of the error where there was one; never what it said."""
    spooled = models.CharField(max_length=32, blank=True)
    """The name in the spool of the bytes that it waits with."""

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            CheckConstraint(
                condition=Q(state="running", alive_at__isnull=False) & ~Q(claim="") | ~Q(state="running") & Q(claim=""),
                name="%(class)s_is_claimed_while_running",
            ),
            CheckConstraint(
                condition=Q(state__in=("waiting", "running"), ended_at=None)
                | Q(state__in=("done", "failed", "cancelled"), ended_at__isnull=False),
                name="%(class)s_has_an_end",
            ),
            CheckConstraint(
                condition=Q(state="failed") & ~Q(cause="") | ~Q(state="failed") & Q(cause=""),
                name="%(class)s_failed_for_a_cause",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["queued_at"], condition=Q(state__in=("waiting", "running")), name="%(class)s_line")
        ]

    @property
    def is_going_on(self) -> bool:
        return self.state in GOING_ON


def kinds() -> list[type[Job]]:
    """The tables of jobs."""
    return [model for model in apps.get_models() if issubclass(model, Job)]
