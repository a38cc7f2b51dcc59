"""Who signed the printed minutes, and the sheets as they came back. Who signs is not who clicks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from dabir.directory.models import Party
from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.meetings.models import MinutesVersion, Signature, SignedScan
from dabir.meetings.queries import meetings_visible_to
from dabir.meetings.scanning import Scan, is_of, look_at, parts_of
from dabir.persian import clock, jalali
from dabir.persian.letters import canonical
from dabir.writing.stamp import Stamp

MOST_SIGNATURES = 200
LONGEST_NAME = 200


def record_signatures(
    version: MinutesVersion, signed: Iterable[tuple[Party | None, str]], *, day: date, by: Acting
) -> list[Signature]:
    """Record that these have signed the printed minutes on that day; a name is a party's where it is known.

    `Invalid` for a day before the meeting or after today; `Conflict` names whoever has signed before.
    """
    require(by, "meetings.record_signatures", version.meeting)
    names = {canonical(name)[:LONGEST_NAME]: party for party, name in signed}
    names.pop("", None)
    if not names:
        raise Invalid(_("Say who has signed."), field="name")
    if len(names) > MOST_SIGNATURES:
        raise Invalid(_("These are too many names."), field="name")
    if day > clock.today():
        raise Invalid(_("Nobody signs tomorrow."), field="day")
    if day < version.meeting.date:
        raise Invalid(
            _("The meeting was on %(day)s: its minutes were signed then or later.")
            % {"day": jalali.format_day(version.meeting.date)},
            field="day",
        )
    with ledger.change("meetings.record_signatures", by=by, on=version.meeting, version=version.number) as change:
        there = version.signatures.filter(name__in=names).values_list("name", flat=True)
        if there:
            raise Conflict(_("These have signed already: %(names)s.") % {"names": "، ".join(there)})
        return change.create_many(
            Signature(version=version, party=party, name=name, signed_on=day) for name, party in names.items()
        )


def remove_signature(signature: Signature, *, by: Acting) -> None:
    """Take back a signature that was recorded by mistake."""
    meeting = signature.version.meeting
    require(by, "meetings.remove_signature", meeting)
    with ledger.change("meetings.remove_signature", by=by, on=meeting) as change:
        change.delete(signature)


def attach_scan(version: MinutesVersion, data: bytes, *, name: str, by: Acting) -> SignedScan:
    """Keep the scan of the signed sheets with a version of the minutes.

    Where a QR code on it says of which minutes it is, they must be these: `Conflict` says which they are otherwise.
    """
    require(by, "meetings.attach_scan", version.meeting)
    scan = look_at(data, name)
    _refuse_strangers(version, scan)
    files.put(scan.data)
    return _keep(version, scan, by=by)


def sort_scan(data: bytes, *, name: str, by: Acting) -> list[SignedScan]:
    """Keep a scan with the minutes that its own QR codes name; where its sheets are of several, those of each as a file
    of their own. All of it or nothing: `Invalid` where a sheet has no code, or names minutes that are not here.
    """
    require(by, "meetings.sort_scan")
    scan = look_at(data, name)
    if not scan.stamps:
        raise Invalid(_("No QR code of minutes can be read on it. Attach it on the page of its meeting."), field="scan")
    parts = [(_named(part.stamps[0], by), part) for part in parts_of(scan)]
    for version, part in parts:
        _refuse_strangers(version, part)
    for one in {scan.data, *(part.data for _version, part in parts)}:
        files.put(one)
    whole = scan.data if len(parts) > 1 else None
    with ledger.standstill():
        return [_keep(version, part, whole, by=by) for version, part in parts]


def _named(stamp: Stamp, by: Acting) -> MinutesVersion:
    """The minutes that this code names, to which `by` may attach sheets."""
    versions = MinutesVersion.objects.filter(meeting__in=meetings_visible_to(by)).select_related("meeting")
    version = versions.filter(meeting__code=stamp.code, number=stamp.version).first()
    if version is None:
        raise Invalid(
            _("Its QR code names minutes that are not here: %(code)s, version %(number)s.")
            % {"code": stamp.code, "number": stamp.version},
            field="scan",
        )
    require(by, "meetings.attach_scan", version.meeting)
    return version


def remove_scan(scan: SignedScan, *, by: Acting) -> None:
    """Take away a scan that does not belong here; the file itself stays in the ledger's keeping."""
    meeting = scan.version.meeting
    require(by, "meetings.remove_scan", meeting)
    with ledger.change("meetings.remove_scan", by=by, on=meeting, name=scan.name) as change:
        change.delete(scan)


def _refuse_strangers(version: MinutesVersion, scan: Scan) -> None:
    strangers = [stamp for stamp in scan.stamps if not is_of(stamp, version)]
    if strangers:
        one = strangers[0]
        if one.code == version.meeting.code and one.version == version.number:
            raise Conflict(_("Its QR code has another hash than these minutes: it was printed from another text."))
        raise Conflict(
            _("Its QR code says that it is of other minutes: %(code)s, version %(number)s.")
            % {"code": one.code, "number": one.version}
        )


def _keep(version: MinutesVersion, scan: Scan, whole: bytes | None = None, *, by: Acting) -> SignedScan:
    """Their bytes are on the disk already; `whole` is what the sheets were parted from."""
    with ledger.change("meetings.attach_scan", by=by, on=version.meeting, version=version.number) as change:
        came = files.register(change, whole or scan.data)
        if existing := version.scans.filter(Q(whole=came) if whole else Q(file=came)).first():
            raise Conflict(_("This very scan is here already."), existing=existing)
        file = files.register(change, scan.data) if whole else came
        row = SignedScan(version=version, file=file, whole=came if whole else None, name=scan.name)
        row.matched, row.at = bool(scan.stamps), clock.now()
        return change.create(row)
