"""`dabir export`: what a meeting's page offers, written into a file whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from django.conf import settings

from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid, Missing
from dabir.meetings.issuing import Form
from dabir.meetings.models import Meeting
from dabir.meetings.queries import meetings_visible_to, minutes_visible_to
from dabir.meetings.services import issue_document
from dabir.obligations.feeds import meeting_ics
from dabir.writing.minutes import Audience

ICS = "ics"
STDOUT = "-"
LOCAL = "http://127.0.0.1:8000"


def export(options: Namespace, by: Acting) -> int:
    """Exit status 0; `Missing` and `Invalid` say why there is nothing to write or nowhere to write it."""
    visible = minutes_visible_to(by) if options.public and options.format != ICS else meetings_visible_to(by)
    meeting = visible.filter(code=options.code).select_related("kept_by__party").first()
    if meeting is None:
        raise Missing(f"there is no meeting {options.code}")
    write(_made(options, by, meeting), options.output)
    return 0


def _made(options: Namespace, by: Acting, meeting: Meeting) -> bytes:
    if options.format == ICS:
        return meeting_ics(by, meeting)
    versions = meeting.versions.select_related("meeting__kept_by__party").order_by("-number")
    version = (versions.filter(number=options.version) if options.version is not None else versions).first()
    if version is None:
        which = f"version {options.version} of the minutes" if options.version is not None else "minutes"
        raise Missing(f"{meeting.code} has no {which} here")
    audience = Audience.PUBLIC if options.public else Audience.INTERNAL
    base = options.address or settings.ADDRESS or LOCAL
    return issue_document(version, Form(options.format), audience=audience, base=base, by=by)


def write(data: bytes, output: str) -> None:
    """All of it at once: a file of that name is there as before, or as it is to be."""
    if output == STDOUT:
        _print(data)
        return
    path = Path(output)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as held:
            held.write(data)
            held.flush()
            os.fsync(held.fileno())
        os.chmod(held.name, 0o666 & ~_mask())
    except OSError as error:
        raise Invalid(f"{output} cannot be written ({error.strerror})") from error
    try:
        os.replace(held.name, path)
    except OSError as error:
        Path(held.name).unlink(missing_ok=True)
        raise Invalid(f"{output} cannot be written ({error.strerror})") from error


def _mask() -> int:
    """What this process leaves out of a new file's rights; a temporary file has those of its owner alone."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _print(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter's own flush would fail
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Invalid(f"the result cannot be written ({error.strerror})") from error
