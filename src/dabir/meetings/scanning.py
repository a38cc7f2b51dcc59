"""Which minutes scanned sheets are of: told by the QR code in their footer. Sheets of several are parted by it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

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
_NOBODYS = _(
    "“%(name)s” has sheets of several meetings, and no code can be read on sheet %(number)s: it is not known of which "
    "it is. Scan it again, or each meeting by itself."
)
_ANOTHERS = _("Sheet %(number)s of “%(name)s” has the codes of several meetings. Scan each meeting by itself.")
_PICTURES = _("“%(name)s” has sheets of several meetings; only a PDF can be parted. Scan them into a PDF.")


@dataclass(frozen=True, slots=True)
class Scan:
    """`sheets` are the meetings and versions that each sheet says it is of: one, or none where no code is read."""

    name: str
    data: bytes
    sheets: tuple[tuple[Stamp, ...], ...]

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """Those of all sheets, each once."""
        return tuple(dict.fromkeys(stamp for sheet in self.sheets for stamp in sheet))


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
    sheets = ([parse(code) for code in codes] for codes in found["codes"])
    return Scan(name, data, tuple(tuple(dict.fromkeys(filter(None, stamps))) for stamps in sheets))


def parts_of(scan: Scan) -> list[Scan]:
    """The scan parted by its stamps, in the order of their first sheets, each part called by its sheets; itself where
    it has at most one stamp. `Invalid` names the first sheet that says not of which minutes it is, or says of several.
    """
    if len(scan.stamps) < 2:
        return [scan]
    for number, stamps in enumerate(scan.sheets, 1):
        if len(stamps) != 1:
            sentence = _ANOTHERS if stamps else _NOBODYS
            raise Invalid(str(sentence) % {"name": isolated(scan.name), "number": number}, field="scan")
    if not scan.data[:1024].lstrip().startswith(b"%PDF-"):
        raise Invalid(str(_PICTURES) % {"name": isolated(scan.name)}, field="scan")
    places = [[at for at, stamps in enumerate(scan.sheets) if stamps == (stamp,)] for stamp in scan.stamps]
    try:
        found = json.loads(child.run(scans.parted, scans.asking(scan.data, places), seconds=SECONDS))
    except child.ChildFailed:
        raise _refusal("large", scan.name) from None
    if "fault" in found:
        raise _refusal(found["fault"], scan.name)
    return [
        Scan(_called(scan.name, at), base64.b64decode(data), tuple(scan.sheets[one] for one in at))
        for at, data in zip(places, found, strict=True)
    ]


def _called(name: str, places: list[int]) -> str:
    """«pile.pdf» as «pile (1-3, 7).pdf»."""
    runs = groupby(enumerate(places, 1), key=lambda one: one[1] - one[0])
    ends = [[at + 1 for _number, at in run] for _key, run in runs]
    sheets = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in ends)
    stem, suffix = Path(name).stem, Path(name).suffix
    return f"{stem[:100]} ({sheets[:80]}){suffix[:10]}"


def is_of(stamp: Stamp, version: MinutesVersion) -> bool:
    """Whether the stamp is that version's own."""
    return stamp == stamp_of(version)


def _refusal(cause: str, name: str) -> Invalid:
    return Invalid(str(_FAULTS[cause]) % {"name": isolated(name)}, field="scan")
