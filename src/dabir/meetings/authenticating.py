"""Authenticating a paper by its stamp, and a file by its bytes, for whoever holds them; nobody is asked who they are.

What is answered tells nothing of what was said or decided. A wrong hash and a code that was never given are answered
alike; of a meeting above the normal class it is said that there is such a version, and nothing more.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dabir.foundation import child
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.audiences import view_of
from dabir.meetings.documents import sha256_of, stamp_of
from dabir.meetings.issuing import Form, issue
from dabir.meetings.models import MeetingBody, MinutesVersion
from dabir.reading.issued import looked_at
from dabir.reading.minutes import source_of
from dabir.writing.minutes import Audience
from dabir.writing.stamp import Stamp, parse

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


class Verdict(StrEnum):
    """What a file is: as it left, or with our record inside though the file is another, or neither."""

    SAME = "same"
    SOURCE = "source"
    UNKNOWN = "unknown"


def known(stamp: Stamp) -> Known | None:
    """What may be told of the version with this stamp; None for any other."""
    version = _version(stamp)
    return _told(version) if version else None


def compare(data: bytes, base: str) -> tuple[Verdict, Known | None]:
    """What the file is, beside what may be told of the version whose record it holds. `base` is where Dabir is reached.

    The file is looked at in a child process; it can take a second to set the paper again.
    """
    try:
        found = json.loads(child.run(looked_at, data, memory=MEMORY, seconds=SECONDS))
    except child.ChildFailed:
        return Verdict.UNKNOWN, None
    source = base64.b64decode(found["source"])
    stamp = parse(found["says"])
    version = _version(stamp) if stamp else _of_source(source)
    if not source or version is None:
        return Verdict.UNKNOWN, None
    audiences = [Audience.INTERNAL]
    if version.meeting.secrecy == SecrecyClass.NORMAL:
        audiences.append(Audience.PUBLIC)
    holding = [one for one in audiences if source == source_of(view_of(version, one).document)]
    if not holding:
        return Verdict.UNKNOWN, None
    same = any(
        data == issue(version, Form(found["form"]), audience=one, base=base, signed=signed)
        for one in holding
        for signed in (True, False)
    )
    return Verdict.SAME if same else Verdict.SOURCE, _told(version)


def _version(stamp: Stamp) -> MinutesVersion | None:
    versions = MinutesVersion.objects.select_related("meeting__kept_by__party")
    version = versions.filter(meeting__code=stamp.code, number=stamp.version).first()
    return version if version and stamp_of(version) == stamp else None


def _of_source(source: bytes) -> MinutesVersion | None:
    """The version whose whole record this is."""
    digest = hashlib.sha256(source).hexdigest()
    return MinutesVersion.objects.select_related("meeting__kept_by__party").filter(sha256=digest).first()


def _told(version: MinutesVersion) -> Known:
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
    )
