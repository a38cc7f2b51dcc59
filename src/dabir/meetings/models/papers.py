"""Papers that came in: being read, and on the workbench."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from dabir.directory.models import Body, Post
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
