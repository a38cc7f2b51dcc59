"""«تقویم من»: secret addresses for calendar programs, made and taken back by their owner, and what is there."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from dabir.desk.acting import DeskRequest
from dabir.desk.attempts import note_attempt
from dabir.desk.party_entry import party_of
from dabir.directory import services
from dabir.directory.feeds import digest_of, feeds_visible_to, open_feed
from dabir.directory.models import Body, Feed, Party
from dabir.directory.queries import bodies_visible_to
from dabir.foundation.access import get_visible, require
from dabir.foundation.errors import Invalid, Missing
from dabir.obligations.feeds import feed_ics
from dabir.writing.ical import MEDIA_TYPE

WINDOW = 600
"""Seconds in which requests are counted."""
MOST_OF_TOKEN = 60
MOST_WRONG = 60
"""From one network address; an office may share one."""
OWN, PARTY = "own", "party"


@never_cache
@require_GET
def my_calendar(request: DeskRequest) -> HttpResponse:
    require(request.acting, "directory.make_feed")
    return render(request, "calendar_feeds/mine.html", _context(request))


@never_cache
@require_POST
def make(request: DeskRequest) -> HttpResponse:
    feed, token = services.make_feed(by=request.acting, of=_asked(request))
    return _told(request, feed, token)


@never_cache
@require_POST
def renew(request: DeskRequest, pk: int) -> HttpResponse:
    feed = get_visible(feeds_visible_to(request.acting), pk=pk)
    return _told(request, feed, services.renew_feed(feed, by=request.acting))


@require_POST
def end(request: DeskRequest, pk: int) -> HttpResponse:
    services.end_feed(get_visible(feeds_visible_to(request.acting), pk=pk), by=request.acting)
    messages.success(request, _("The address no longer answers."))
    return HttpResponseRedirect(reverse("my-calendar"))


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at a secret address, for programs: no sign-in, no cookie, no page. What cannot be had is 404,
    whatever the reason is; who asks too often has to wait."""
    if note_attempt(f"feed:{digest_of(token)}", WINDOW) > MOST_OF_TOKEN:
        return _plain(429)
    try:
        found, by = open_feed(token)
    except Missing:
        from_where = get_adapter().get_client_ip(request)
        return _plain(429 if note_attempt(f"feed:wrong:{from_where}", WINDOW) > MOST_WRONG else 404)

    def address(kind: str, code: str) -> str:
        return request.build_absolute_uri(reverse(kind, args=[code]))

    data = feed_ics(found, by, address)
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(data, content_type=MEDIA_TYPE)
        answer["Content-Disposition"] = 'inline; filename="dabir.ics"'
    answer["ETag"] = etag
    return _quiet(answer)


def _asked(request: DeskRequest) -> Body | Party | None:
    of = request.POST.get("of", OWN)
    if of == OWN:
        return None
    if of == PARTY:
        named = party_of(request.POST, "party", request.acting)
        if named is None or named.party is None:
            raise Invalid(_("Say whose calendar it is to be."), field="party")
        return named.party
    return get_visible(bodies_visible_to(request.acting), code=of[:40])


def _told(request: DeskRequest, feed: Feed, token: str) -> HttpResponse:
    """The address, shown this once."""
    address = request.build_absolute_uri(reverse("feed", args=[token]))
    answer = render(request, "calendar_feeds/made.html", {"feed": feed, "address": address})
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _context(request: DeskRequest) -> dict[str, object]:
    bodies = [(body.code, body.party.name) for body in bodies_visible_to(request.acting).order_by("party__sort_key")]
    return {"feeds": feeds_visible_to(request.acting), "bodies": bodies}


def _plain(status: int) -> HttpResponse:
    answer = HttpResponse(status=status, content_type="text/plain; charset=utf-8")
    if status == 429:
        answer["Retry-After"] = str(WINDOW)
    return _quiet(answer)


def _quiet(answer: HttpResponse) -> HttpResponse:
    """The address is a secret: it goes into no referrer, no shared cache and no search engine."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
