"""Bringing agencies in: who has come, who is invited, letters with codes for many at once, and their one print file.

Codes are shown on the page that made them and on the sheets printed from it; what is kept is their hash.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dabir.cycle import agencies, inviting
from dabir.desk import guests
from dabir.desk.acting import DeskRequest
from dabir.desk.bodies import chosen_body
from dabir.desk.downloads import saved
from dabir.directory import codes
from dabir.directory.models import Body, Invitation
from dabir.directory.queries import invitations_visible_to
from dabir.foundation import paging
from dabir.foundation.access import get_visible
from dabir.foundation.errors import Invalid
from dabir.persian import clock, jalali
from dabir.writing.letters_docx import to_docx
from dabir.writing.letters_pdf import to_pdf

LARGEST_TABLE = 100_000


@require_GET
def invitations(request: DeskRequest) -> HttpResponse:
    """Of one body: how many agencies came in, and its invitations, newest first."""
    body, bodies = chosen_body(request, "cycle.invite")
    rows = invitations_visible_to(request.acting).filter(body=body)
    page = paging.page(rows, ["issued_at", "id"], cursor=request.GET.get("after", ""), descending=True)
    counts = agencies.tally(agencies.agencies_of(body))
    asked = {"body": body.code}
    context = {
        "body": body,
        "bodies": bodies,
        "page": page,
        "counts": counts,
        "shares": _shares(counts),
        "standing_of": standing_of,
        "previous": page.previous and "?" + urlencode(asked | {"after": page.previous}),
        "next": page.next and "?" + urlencode(asked | {"after": page.next}),
    }
    return render(request, "invitations/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: DeskRequest) -> HttpResponse:
    """The agencies of a body to choose from; a pasted table fills the rows; then letters for all that are chosen."""
    body, bodies = chosen_body(request, "cycle.invite")
    rows = guests.rows_of(request.POST)
    title = request.POST.get("title", "").strip()[:60] or inviting.TITLE
    context: dict[str, Any] = {"body": body, "bodies": bodies, "title": title, "table": "", "lines": [], "fault": ""}
    status = 200
    if request.POST.get("do") == "paste":
        table = request.POST.get("table", "")[:LARGEST_TABLE]
        read, lines = guests.read_table(table, request.acting)
        rows |= read
        context |= {"lines": lines, "table": "\n".join(line.text for line in lines), "read": len(read)}
    elif request.method == "POST":
        try:
            chosen = guests.guests_of(rows, request.acting)
            return _made(request, inviting.invite(chosen, by=request.acting, body=body, title=title), body)
        except Invalid as error:
            context["fault"], status = str(error), 422
            for key, sentence in getattr(error, "faults", {}).items():
                rows.setdefault(key, guests.Row(True)).fault = sentence
    listed = agencies.agencies_of(body, also=[key for key, row in rows.items() if row.chosen])
    listed.sort(key=lambda agency: agency.party.pk not in rows or not rows[agency.party.pk].chosen)  # chosen ones first
    context |= {"agencies": listed, "rows": rows, "blank": guests.Row(), "life": codes.LIFE.days}
    return render(request, "invitations/invite.html", context, status=status)


@never_cache
@require_POST
def reissue(request: DeskRequest) -> HttpResponse:
    """New codes in the place of the chosen ones."""
    keys = _keys(request, "invitation")
    chosen = [get_visible(invitations_visible_to(request.acting), pk=key) for key in keys]
    if not chosen:
        raise Invalid(_("Choose at least one invitation."))
    return _made(request, inviting.reissue_invitations(chosen, by=request.acting), chosen[0].body)


@never_cache
@sensitive_post_parameters()
@require_POST
def print_file(request: DeskRequest) -> HttpResponse:
    """The sheets of letters that were made just now, as PDF or for Word, from the codes that the page carries."""
    keys = _keys(request, "letter")
    typed = {key: request.POST.get(f"code-{key}", "") for key in keys}
    sheets = inviting.print_letters(typed, by=request.acting, address=request.POST.get("address", ""))
    name = f"letters-{jalali.format_day(clock.today(), persian_digits=False).replace('/', '-')}"
    if request.POST.get("format") == "docx":
        return saved(to_docx(sheets), f"{name}.docx")
    return saved(to_pdf(sheets), f"{name}.pdf")


@require_POST
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    invitation = get_visible(invitations_visible_to(request.acting), pk=pk)
    inviting.revoke_invitation(invitation, by=request.acting)
    messages.success(request, _("The code is revoked: it opens nothing any more."))
    return redirect(f"{reverse('invitations')}?body={invitation.body.code}")


def standing_of(invitation: Invitation) -> str:
    """used, revoked, over or waiting."""
    if invitation.used_at:
        return "used"
    if invitation.revoked_at:
        return "revoked"
    return "waiting" if invitation.expires_at > clock.now() else "over"


def _keys(request: DeskRequest, name: str) -> list[int]:
    """The rows that a form names; what no row can be called is passed over."""
    named = request.POST.getlist(name)[: inviting.MOST_AT_ONCE]
    return [int(key) for key in named if key.isascii() and key.isdecimal() and len(key) < 16]


def _made(request: DeskRequest, made: list[inviting.Invited], body: Body) -> HttpResponse:
    context = {
        "body": body,
        "made": made,
        "shown": codes.shown,
        "address": request.build_absolute_uri(reverse("join")).rstrip("/"),
        "life": codes.LIFE.days,
    }
    return render(request, "invitations/made.html", context)


def _shares(counts: dict[agencies.Standing, int]) -> list[tuple[str, float, float]]:
    """Where each standing's part of the bar begins and how wide it is, in percent."""
    total, begins, shares = sum(counts.values()), 0.0, []
    for standing, count in counts.items():
        width = 100 * count / total if total else 0.0
        shares.append((str(standing), round(begins, 2), round(width, 2)))
        begins += width
    return shares
