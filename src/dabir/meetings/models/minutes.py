"""What was said and decided, as it stands on record: versions of the minutes, and their rows that can be cited.

Text keeps the letters of its author. `first_line` and `last_line` point into the paper, counted from 1.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from dabir.directory.models import Party
from dabir.foundation.fields import days_check
from dabir.foundation.models import Ledgered, StoredFile
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models.meeting import Meeting


class VersionState(models.TextChoices):
    RECORDED = "recorded", _("recorded from signed paper")
    SEALED = "sealed", _("sealed")
    CORRECTED = "corrected", _("with an erratum")


class MinutesVersion(Ledgered):
    """The minutes as they stand: `document` is `reading.Minutes` as JSON, corrected, with the findings beside it.

    Version 1 was recorded or sealed; each later one has an erratum more. Of a sealed one `file` is the source text,
    `sha256` that of the document, and the ledger's head the one that it was sealed on.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    """What the file was called."""
    document = models.JSONField()
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    at = models.DateTimeField(null=True)
    by = models.CharField(max_length=100, blank=True)
    head_number = models.PositiveBigIntegerField(null=True)
    head_hash = models.CharField(max_length=64, blank=True)
    attachments = models.JSONField(default=list)
    """What was attached when it was sealed: a list of `{"name", "sha256", "secrecy"}`."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["meeting", "number"], name="version_once"),
            CheckConstraint(
                condition=Q(state="recorded") | ~Q(sha256="") & Q(at__isnull=False, head_number__isnull=False),
                name="version_sealed_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.number}"


class IssuedFile(Ledgered):
    """A file as which a version of the minutes left, known by its bytes for ever.

    Whatever changes on the paper afterwards (signatures, dissents, classes, letterhead) makes another file; each stays
    known.
    """

    version = models.ForeignKey(MinutesVersion, models.CASCADE, related_name="issued")
    audience = models.CharField(max_length=8)
    """A `writing.minutes.Audience`."""
    sha256 = models.CharField(max_length=64, db_index=True)
    record = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the record inside, as that audience has it."""
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar[list[Any]] = [UniqueConstraint(fields=["version", "sha256"], name="issued_once")]

    def __str__(self) -> str:
        return self.sha256[:12]


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
    """What is to be talked about; who presents it and for how long, where that was planned here."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    presenter = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    presenter_text = models.CharField(max_length=200, blank=True)
    """A person, or whoever is in no directory."""
    minutes = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return self.text[:80]


class Statement(Ledgered):
    """Who spoke; several where the paper gives their points together."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="statements")
    order = models.PositiveIntegerField()
    speakers = models.JSONField()
    """A list of `{"name", "post"}` as on the paper."""
    secrecy = models.CharField(_("class"), max_length=12, choices=SecrecyClass.choices, default=SecrecyClass.NORMAL)
    """Above normal it is left out of the public version."""

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


class ClaimKind(models.TextChoices):
    FIGURE = "figure", _("figure")
    LAW = "law", _("law")


class Claim(Ledgered):
    """A figure or a law quoted in speech: who said it, and after which source, as far as they told."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="claims")
    statement = models.ForeignKey(Statement, models.CASCADE, null=True, related_name="claims")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=ClaimKind.choices)
    text = models.CharField(max_length=300)
    """The words that quote it."""
    subject = models.CharField(max_length=300, blank=True)
    """What the figure is of, in the words of the paper («نرخ بیکاری»)."""
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    unit = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=300, blank=True)
    """Whose figure it is said to be («مرکز آمار ایران»)."""
    line = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]

    def __str__(self) -> str:
        return self.text

    @property
    def amount(self) -> str:
        """The figure with its unit, in ASCII digits («5.2 درصد»); empty for a law."""
        return "" if self.value is None else f"{self.value.normalize():,f} {self.unit}"


class Signature(Ledgered):
    """That somebody has signed the printed minutes, and on which day; the secretary records it, they click nothing."""

    version = models.ForeignKey(MinutesVersion, models.CASCADE, related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    signed_on = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            days_check("signature", "signed_on"),
            UniqueConstraint(fields=["version", "name"], name="signature_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SignedScan(Ledgered):
    """The sheets as they came back with signatures, scanned."""

    version = models.ForeignKey(MinutesVersion, models.CASCADE, related_name="scans")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    whole = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """What came in, where it held sheets of other minutes, too: kept as evidence, and for their sake shown nowhere."""
    name = models.CharField(max_length=200)
    """What the file was called."""
    matched = models.BooleanField(default=False)
    """The QR code on it says that it is of this version."""
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [UniqueConstraint(fields=["version", "file"], name="scan_once")]

    def __str__(self) -> str:
        return self.name


class Erratum(Ledgered):
    """A correction of sealed minutes: numbered, decided by a resolution, and made by a further version."""

    version = models.OneToOneField(MinutesVersion, models.CASCADE, related_name="erratum")
    number = models.PositiveSmallIntegerField()
    decided_by = models.ForeignKey(Resolution, models.PROTECT, related_name="errata")
    old = models.TextField()
    new = models.TextField()
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.version_id} erratum {self.number}"


class Dissent(Ledgered):
    """A member's disagreement, kept with the minutes; `about` is the number of the resolution, or empty for all."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="dissents")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    about = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    at = models.DateTimeField()
    secrecy = models.CharField(_("class"), max_length=12, choices=SecrecyClass.choices, default=SecrecyClass.NORMAL)
    """Above normal the public version tells that there is one, and nothing more."""

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.name} {self.about}"
