"""Authenticating a paper by its stamp, and a file by its bytes, for whoever holds them; nobody is asked who they are.

What is answered tells nothing of what was said or decided. A wrong hash and a code that was never given are answered
alike; of a meeting above the normal class it is said that there is such a version, and nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dabir.foundation import child, files
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.documents import sha256_of, stamp_of
from dabir.meetings.issuing import versions_of
from dabir.meetings.models import IssuedFile, MeetingBody, MinutesVersion
from dabir.reading.issued import record_in
from dabir.writing.minutes import Audience
from dabir.writing.stamp import Stamp

MEMORY, SECONDS = 512 * 1024 * 1024, 20


@dataclass(frozen=True, slots=True)
class Known:
    """What may be told of a version: of a meeting above the normal class, that it is `closed`, alone."""

    stamp: Stamp
    closed: bool
    met: tuple[MeetingBody, ...] = ()
    day: date | None = None
    state: str = ""
    sha256: str = ""
    at: datetime | None = None
    newest: int = 0
    left: datetime | None = None
    """When the file first left, where it is one that did."""
    public: bool = False
    """That file is of the public version."""


class Verdict(StrEnum):
    """What a file is: one that left here, or with our record inside though the file is another, or neither."""

    SAME = "same"
    SOURCE = "source"
    UNKNOWN = "unknown"


def known(stamp: Stamp) -> Known | None:
    """What may be told of the version with this stamp; None for any other."""
    version = _version(stamp)
    return _told(version) if version else None


def compare(data: bytes) -> tuple[Verdict, Known | None]:
    """What the file is, beside what may be told of the version that it is, or whose record it holds.

    What is not known by its bytes is looked at in a child process.
    """
    left = IssuedFile.objects.select_related("version__meeting__kept_by__party").filter(sha256=files.sha256(data))
    if one := left.order_by("-version__number", "id").first():
        return Verdict.SAME, _told(one.version, one)
    try:
        source = child.run(record_in, data, memory=MEMORY, seconds=SECONDS)
    except child.ChildFailed:
        return Verdict.UNKNOWN, None
    version = versions_of(files.sha256(source)).select_related("meeting__kept_by__party").first() if source else None
    return (Verdict.SOURCE, _told(version)) if version else (Verdict.UNKNOWN, None)


def _version(stamp: Stamp) -> MinutesVersion | None:
    versions = MinutesVersion.objects.select_related("meeting__kept_by__party")
    version = versions.filter(meeting__code=stamp.code, number=stamp.version).first()
    return version if version and stamp_of(version) == stamp else None


def _told(version: MinutesVersion, file: IssuedFile | None = None) -> Known:
    meeting = version.meeting
    if meeting.secrecy != SecrecyClass.NORMAL:
        return Known(stamp_of(version), closed=True)
    newest = MinutesVersion.objects.filter(meeting=meeting).order_by("-number").values_list("number", flat=True)[0]
    return Known(
        stamp=stamp_of(version),
        closed=False,
        met=tuple(meeting.bodies.select_related("body__party")),
        day=meeting.date,
        state=version.get_state_display(),
        sha256=sha256_of(version),
        at=version.at,
        newest=newest,
        left=file.at if file else None,
        public=bool(file and file.audience == Audience.PUBLIC),
    )
