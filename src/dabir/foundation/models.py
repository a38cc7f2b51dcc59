"""Facts that every room stands on: users and their one-time links, stored files, and the ledger's events."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from dabir.foundation.jobs.model import Job


class Ledgered(models.Model):
    """A table whose rows change by `ledger.change` alone, so that the ledger can tell each row from its events."""

    unledgered: ClassVar[frozenset[str]] = frozenset()
    """Fields that are nobody's business (secrets) or change outside the domain (the last sign-in)."""

    class Meta:
        abstract = True


class UserManager(BaseUserManager["User"]):
    """`get_by_natural_key` is what Django's sign-in asks for."""


class Digests(models.TextChoices):
    """How somebody hears of what waits for them, besides on their desk; once a day."""

    NONE = "", _("on the desk only")
    EMAIL = "email", _("by e-mail")
    SMS = "sms", _("by SMS")


class User(Ledgered, AbstractBaseUser):
    """Someone who can sign in, by user name or mobile number; who they are stands in `directory.Person`."""

    unledgered = frozenset({"password", "last_login"})

    username = models.CharField(_("user name"), max_length=40, unique=True)
    mobile = models.CharField(_("mobile number"), max_length=11, unique=True, null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    email = models.EmailField(_("e-mail"), blank=True)
    digests = models.CharField(_("notices"), max_length=5, choices=Digests.choices, blank=True)

    USERNAME_FIELD = "username"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            CheckConstraint(condition=~Q(username=""), name="user_has_a_name"),
            CheckConstraint(condition=Q(mobile__isnull=True) | Q(mobile__startswith="09"), name="user_mobile_form"),
            CheckConstraint(condition=~Q(digests="email") | ~Q(email=""), name="user_digest_has_address"),
            CheckConstraint(condition=~Q(digests="sms") | Q(mobile__isnull=False), name="user_digest_has_mobile"),
        ]

    def __str__(self) -> str:
        return self.username


class SignInLink(Ledgered):
    """A link that signs its user in once, to set a password. Only the token's SHA-256 is kept."""

    unledgered = frozenset({"digest"})

    user = models.ForeignKey(User, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link of {self.user_id}"


class StoredFile(Ledgered):
    """A file as it came in, kept under its SHA-256 in DABIR_HOME/files; the bytes never change.

    What it was called is known to whoever brought it: the same bytes may come to others under another name.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.sha256[:12]


class Chore(Job):
    """What the installation does by itself when its time has come (`jobs.schedule`): of a name and a slot, which is a
    day or whatever else tells one time from another, there is one and no other, however many workers look."""

    AGAIN_AFTER: ClassVar[tuple[float, ...]] = (60, 300, 1_800, 7_200)
    IN_HAND: ClassVar[bool] = True

    name = models.CharField(max_length=40)
    slot = models.CharField(max_length=60)
    mark = models.CharField(max_length=20, blank=True)
    """What it has come past that must not be done twice, in a word of its own; it outlives the worker."""

    class Meta(Job.Meta):
        constraints: ClassVar[list[Any]] = [
            *Job.Meta.constraints,
            UniqueConstraint(fields=["name", "slot"], name="chore_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.slot}"


class BackupJob(Job):
    """A backup that is made, and tried out, in the background. What is kept of it is the archive in its folder."""

    IN_HAND: ClassVar[bool] = True

    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Nobody for a nightly one."""
    night = models.DateField(null=True)
    """For which it is made, by the machine's calendar; none when somebody asked for it."""

    class Meta(Job.Meta):
        constraints: ClassVar[list[Any]] = [
            *Job.Meta.constraints,
            UniqueConstraint(
                fields=["night"], condition=Q(state__in=("waiting", "running", "done")), name="backupjob_once_a_night"
            ),
        ]

    def __str__(self) -> str:
        return f"backup {self.pk}"


class Event(models.Model):
    """One thing that happened, written with its rows in one transaction and never changed; see `ledger`."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor = models.CharField(max_length=100)
    user_id = models.BigIntegerField(null=True)
    post = models.CharField(max_length=200, blank=True)
    post_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=80, blank=True)
    """`app.model:pk` of what it happened to."""
    label = models.CharField(max_length=250, blank=True)
    """The subject's name at that time, for people."""
    data = models.JSONField(default=dict)
    """`rows`: each row written, with its fields; `facts`: what else is to be remembered."""
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["subject", "number"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class Shared(models.Model):
    """What all processes count together for a while, as tries at a password: Django's cache keeps it. No record."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


class Once(models.Model):
    """A form that has had its effect, so that its second arrival has none; see `once`. No record: swept after days."""

    digest = models.CharField(max_length=64, primary_key=True)
    """Of its sender, address, token and content."""
    nonce = models.CharField(max_length=16)
    """The arrival that had the effect."""
    at = models.DateTimeField(db_index=True)
    answer = models.CharField(max_length=500, null=True)
    """Where its sender was led."""

    def __str__(self) -> str:
        return self.digest[:12]
