"""Who signed the printed minutes, and the sheets as they came back. Who signs is not who clicks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from dabir.directory.models import Party
from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.meetings.models import MinutesVersion, Signature, SignedScan
from dabir.meetings.queries import meetings_visible_to
from dabir.meetings.scanning import Scan, is_of, look_at
from dabir.persian import clock, jalali
from dabir.persian.letters import canonical

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
    return _keep(version, scan, by=by)


def sort_scan(data: bytes, *, name: str, by: Acting) -> SignedScan:
    """Keep a scan with the minutes that its own QR code names; `Invalid` where it has none, or they are not here."""
    require(by, "meetings.sort_scan")
    scan = look_at(data, name)
    if not scan.stamps:
        raise Invalid(_("No QR code of minutes can be read on it. Attach it on the page of its meeting."), field="scan")
    stamp = scan.stamps[0]
    versions = MinutesVersion.objects.filter(meeting__in=meetings_visible_to(by)).select_related("meeting")
    version = versions.filter(meeting__code=stamp.code, number=stamp.version).first()
    if version is None:
        raise Invalid(
            _("Its QR code names minutes that are not here: %(code)s, version %(number)s.")
            % {"code": stamp.code, "number": stamp.version},
            field="scan",
        )
    require(by, "meetings.attach_scan", version.meeting)
    return _keep(version, scan, by=by)


def remove_scan(scan: SignedScan, *, by: Acting) -> None:
    """Take away a scan that does not belong here; the file itself stays in the ledger's keeping."""
    meeting = scan.version.meeting
    require(by, "meetings.remove_scan", meeting)
    with ledger.change("meetings.remove_scan", by=by, on=meeting, name=scan.name) as change:
        change.delete(scan)


def _keep(version: MinutesVersion, scan: Scan, *, by: Acting) -> SignedScan:
    strangers = [stamp for stamp in scan.stamps if not is_of(stamp, version)]
    if strangers:
        one = strangers[0]
        if one.code == version.meeting.code and one.version == version.number:
            raise Conflict(_("Its QR code has another hash than these minutes: it was printed from another text."))
        raise Conflict(
            _("Its QR code says that it is of other minutes: %(code)s, version %(number)s.")
            % {"code": one.code, "number": one.version}
        )
    files.put(scan.data)
    with ledger.change("meetings.attach_scan", by=by, on=version.meeting, version=version.number) as change:
        file = files.register(change, scan.data)
        if existing := version.scans.filter(file=file).first():
            raise Conflict(_("This very scan is here already."), existing=existing)
        return change.create(
            SignedScan(version=version, file=file, name=scan.name, matched=bool(scan.stamps), at=clock.now())
        )
