"""Signatures on the printed minutes, and the scans of the signed sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.desk.downloads import attachment
from dabir.desk.meeting_of import meeting_of
from dabir.desk.uploads import too_large, too_many
from dabir.directory.models import Party
from dabir.foundation import files, once
from dabir.foundation.access import get_visible, may, require
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.meetings import services
from dabir.meetings.models import Meeting, MinutesVersion, Signature, SignedScan
from dabir.meetings.queries import meetings_visible_to
from dabir.persian.digits import parse_int


def part(request: DeskRequest, meeting: Meeting) -> dict[str, Any]:
    """What the meeting's page shows: who signed, the scans, and the forms for more."""
    version = next(iter(meeting.versions.all()), None)
    if version is None:
        return {}
    of_all = Signature.objects.filter(version__meeting=meeting).select_related("party", "version")
    signed = list(of_all.order_by("-version__number", "id"))
    names = {one.name for one in signed if one.version_id == version.pk}
    present = meeting.attendance.filter(present=True).select_related("party")
    people = [("", name) for name in (meeting.chair, meeting.secretary) if name]
    asked = people + [(str(row.party_id or ""), row.text) for row in present if row.capacity != "invitee"]
    return {
        "signatures": signed,
        "unsigned_version": version.number if signed and not names else 0,
        "scans": SignedScan.objects.filter(version__meeting=meeting)
        .select_related("version")
        .order_by("-version__number", "id"),
        "may_sign": may(request.acting, "meetings.record_signatures", meeting),
        "may_scan": may(request.acting, "meetings.attach_scan", meeting),
        "signers": [(f"{party}:{name}", name) for party, name in dict.fromkeys(asked) if name not in names],
    }


@require_POST
def sign(request: DeskRequest, code: str) -> HttpResponse:
    """Those ticked, and those written in lines, have signed on that day."""
    version = _newest(request, code)
    signed = [_signer(value) for value in request.POST.getlist("signer")[:200]]
    signed += [(None, name) for name in request.POST.get("name", "")[:4_000].splitlines()]
    day = entry.day(request.POST.get("day", ""), field="day")
    services.record_signatures(version, signed, day=day, by=request.acting)
    messages.success(request, _("The signatures are recorded."))
    return redirect("meeting", code)


@require_POST
def remove_signature(request: DeskRequest, pk: int) -> HttpResponse:
    rows = Signature.objects.filter(version__meeting__in=meetings_visible_to(request.acting))
    row = get_visible(rows.select_related("version__meeting"), pk=pk)
    services.remove_signature(row, by=request.acting)
    return redirect("meeting", row.version.meeting.code)


@require_POST
def attach(request: DeskRequest, code: str) -> HttpResponse:
    """Scans of the meeting that one stands on; each is kept or refused by itself."""
    version = _newest(request, code)
    _refuse_large(request)
    kept, refusals = 0, []
    for name, data in _brought(request):
        try:
            services.attach_scan(version, data, name=name, by=request.acting)
        except (Invalid, Conflict) as refusal:
            refusals.append((name, refusal))
        else:
            kept += 1
    if not kept:
        raise refusals[0][1] if refusals else Invalid(_("Choose a file."), field="scan")
    messages.success(request, _("The signed sheets are kept with the minutes."))
    for name, why in refusals:
        messages.error(request, f"{name}: {why}")
    return redirect("meeting", code)


def _brought(request: DeskRequest) -> Iterator[tuple[str, bytes]]:
    """The names and bytes of the scans. They are no one form: whoever sends them again after some were kept finds the
    rest taken, and those refused, since each is known by its bytes."""
    once.end()
    for one in request.FILES.getlist("scan"):
        yield files.shown_name(one.name or "-"), one.read()


@dataclass(frozen=True, slots=True)
class Sorted:
    """What became of one file of a pile, or of the sheets of one meeting in it."""

    name: str
    scan: SignedScan | None = None
    fault: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def pile(request: DeskRequest) -> HttpResponse:
    """Scans of any meetings, each put where its QR code says; what cannot be placed is named."""
    require(request.acting, "meetings.sort_scan")
    outcome: list[Sorted] = []
    if request.method == "POST":
        outcome = [Sorted(files.shown_name(name), fault=_("too large")) for name in too_large(request)]
        for name, data in _brought(request):
            try:
                kept = services.sort_scan(data, name=name, by=request.acting)
            except (Invalid, Conflict, Refused) as refusal:
                outcome.append(Sorted(name, fault=str(refusal)))
            else:
                outcome += [Sorted(one.name, scan=one) for one in kept]
        if not outcome:
            raise Invalid(_("Choose a file."), field="scan")
    return render(request, "sealing/pile.html", {"outcome": outcome, "too_many": too_many()})


@require_GET
def scan(request: DeskRequest, pk: int) -> HttpResponse:
    row = _scan(request, pk)
    return attachment(row.file, row.name)


@require_POST
def remove_scan(request: DeskRequest, pk: int) -> HttpResponse:
    row = _scan(request, pk)
    services.remove_scan(row, by=request.acting)
    return redirect("meeting", row.version.meeting.code)


def _newest(request: DeskRequest, code: str) -> MinutesVersion:
    meeting = meeting_of(request, code)
    version = meeting.versions.select_related("meeting").order_by("-number").first()
    if version is None:
        raise Invalid(_("This meeting has no minutes yet."))
    return version


def _scan(request: DeskRequest, pk: int) -> SignedScan:
    rows = SignedScan.objects.filter(version__meeting__in=meetings_visible_to(request.acting))
    return get_visible(rows.select_related("file", "version__meeting"), pk=pk)


def _signer(value: str) -> tuple[Party | None, str]:
    """A ticked box says the party's key, if there is one, and the name."""
    key, _colon, name = value[:300].partition(":")
    number = parse_int(key[:12])
    return (Party.objects.filter(pk=number).first() if number else None), name


def _refuse_large(request: DeskRequest) -> None:
    if names := too_large(request):
        raise Invalid(
            _("“%(name)s” is too large for a scan. Scan it at 300 dots per inch, one meeting in a file.")
            % {"name": files.shown_name(names[0])},
            field="scan",
        )
