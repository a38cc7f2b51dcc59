"""Which minutes scanned sheets are of: told by the QR code in their footer."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.foundation import child, files
from dabir.foundation.errors import Invalid
from dabir.meetings.documents import stamp_of
from dabir.meetings.models import MinutesVersion
from dabir.meetings.refusals import isolated
from dabir.reading import scans
from dabir.writing.stamp import Stamp, parse

SECONDS = 60.0
_FAULTS: dict[str, str | Promise] = {
    "empty": _("“%(name)s” is empty. Choose the file of the scan."),
    "large": _("“%(name)s” is too large for a scan. Scan it at 300 dots per inch, one meeting in a file."),
    "unknown": _("“%(name)s” is no scan. Give a PDF, a JPEG, a PNG or a TIFF."),
    "damaged": _("“%(name)s” is damaged or incomplete. Scan it again."),
    "protected": _("“%(name)s” is protected with a password. Save it without the password."),
}


@dataclass(frozen=True, slots=True)
class Scan:
    """`stamps` are the meetings and versions that its sheets say they are of, each once."""

    name: str
    data: bytes
    stamps: tuple[Stamp, ...]


def look_at(data: bytes, name: str) -> Scan:
    """Read the codes on a scan, in a child process; outside of any transaction. `Invalid` says why it is none."""
    name = files.shown_name(name)
    if not data or len(data) > settings.LARGEST_UPLOAD:
        raise _refusal("large" if data else "empty", name)
    try:
        found = json.loads(child.run(scans.codes_on, data, seconds=SECONDS))
    except child.ChildFailed as failed:
        raise _refusal("damaged" if failed.cause == "crash" else "large", name) from None
    if "fault" in found:
        raise _refusal(found["fault"], name)
    stamps = (parse(code) for code in found["codes"])
    return Scan(name, data, tuple(dict.fromkeys(stamp for stamp in stamps if stamp)))


def is_of(stamp: Stamp, version: MinutesVersion) -> bool:
    """Whether the stamp is that version's own."""
    return stamp == stamp_of(version)


def _refusal(cause: str, name: str) -> Invalid:
    return Invalid(str(_FAULTS[cause]) % {"name": isolated(name)}, field="scan")
