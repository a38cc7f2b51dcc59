"""People and their posts, for whoever keeps the directory; a one-time link is shown once, on the page that made it."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry, history
from dabir.desk.acting import DeskRequest
from dabir.directory import services
from dabir.directory.models import Person, Post, Tenure, TenureKind
from dabir.directory.queries import people_visible_to
from dabir.foundation import accounts, paging, second_factor
from dabir.foundation.access import get_visible, may, require
from dabir.foundation.errors import Invalid
from dabir.foundation.models import User
from dabir.foundation.sessions import sessions_of
from dabir.persian.letters import canonical


def _with_tenures(request: DeskRequest) -> QuerySet[Person]:
    tenures = Tenure.objects.select_related("post__party__parent").order_by("-starts", "-id")
    return people_visible_to(request.acting).prefetch_related(Prefetch("tenures", tenures))


@require_GET
def people(request: DeskRequest) -> HttpResponse:
    require(request.acting, "directory.create_person")
    words = request.GET.get("words", "").replace("\0", "").strip()[:100]
    found = _with_tenures(request)
    if words:
        name = canonical(words)
        found = found.filter(
            Q(name__contains=name) | Q(user__username=name) | Q(user__mobile=accounts.normal_name(words))
        )
    page = paging.page(found, ["sort_key", "id"], cursor=request.GET.get("after", ""))
    return render(request, "people.html", {"page": page, "words": words, "asked": urlencode({"words": words})})


@require_GET
def person(request: DeskRequest, pk: int) -> HttpResponse:
    by, found = request.acting, get_visible(_with_tenures(request), pk=pk)
    posts = Post.objects.filter(party__merged_into=None).select_related("party__parent")
    context = {
        "person": found,
        "may_edit": may(by, "directory.rename_person", found),
        "posts": [post for post in posts.order_by("party__sort_key", "id") if may(by, "directory.appoint", post)],
        "kinds": TenureKind.choices,
        "sessions": len(sessions_of(found.user)) if found.user else 0,
        "has_second_factor": found.user is not None and second_factor.has_one(found.user),
        "history": history.of([found, found.user] if found.user else [found]),
    }
    return render(request, "person.html", context)


@require_POST
def add_person(request: DeskRequest) -> HttpResponse:
    made = services.create_person(
        by=request.acting,
        name=request.POST.get("name", ""),
        username=request.POST.get("username", "").strip(),
        mobile=request.POST.get("mobile", "").strip(),
    )
    messages.success(request, _("%(name)s is entered. Now give them a post.") % {"name": made.name})
    return HttpResponseRedirect(reverse("person", args=[made.pk]))


@require_POST
def rename(request: DeskRequest, pk: int) -> HttpResponse:
    services.rename_person(by=request.acting, person=_person(request, pk), name=request.POST.get("name", ""))
    return _done(request, pk, _("The name is corrected."))


@require_POST
def let_sign_in(request: DeskRequest, pk: int) -> HttpResponse:
    services.let_sign_in(
        by=request.acting,
        person=_person(request, pk),
        username=request.POST.get("username", "").strip(),
        mobile=request.POST.get("mobile", "").strip(),
    )
    return _done(request, pk, _("They have a user name now. Make a one-time link and hand it to them."))


@require_POST
def set_mobile(request: DeskRequest, pk: int) -> HttpResponse:
    services.set_mobile(by=request.acting, person=_person(request, pk), mobile=request.POST.get("mobile", "")[:40])
    return _done(request, pk, _("The mobile number is changed."))


@require_POST
def set_active(request: DeskRequest, pk: int) -> HttpResponse:
    active = request.POST.get("active") == "1"
    services.set_active(by=request.acting, person=_person(request, pk), active=active)
    return _done(request, pk, _("They can sign in again.") if active else _("They can no longer sign in."))


@require_POST
def appoint(request: DeskRequest, pk: int) -> HttpResponse:
    chosen = request.POST.get("post", "")
    post = Post.objects.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 16 else None
    if post is None:
        raise Invalid(_("Choose the post."), field="post")
    services.appoint(
        by=request.acting,
        person=_person(request, pk),
        post=post,
        kind=request.POST.get("kind", ""),
        starts=entry.day(request.POST.get("starts", ""), field="starts"),
        ends=entry.optional_day(request.POST.get("ends", ""), field="ends"),
    )
    return _done(request, pk, _("The tenure is entered."))


@require_POST
def end_tenure(request: DeskRequest, pk: int) -> HttpResponse:
    tenure = get_visible(Tenure.objects.filter(person__in=people_visible_to(request.acting)), pk=pk)
    services.end_tenure(by=request.acting, tenure=tenure, ends=entry.day(request.POST.get("ends", ""), field="ends"))
    return _done(request, tenure.person_id, _("The tenure has its last day."))


@never_cache
@require_POST
def issue_link(request: DeskRequest, pk: int) -> HttpResponse:
    found, user = _with_user(request, pk)
    token = services.issue_link(by=request.acting, user=user)
    address = request.build_absolute_uri(reverse("link", args=[token]))
    context = {
        "person": found,
        "address": address,
        "life": accounts.LINK_LIFE.days,
        "required": second_factor.is_required(),
        "picture": segno.make(address, error="m", micro=False).svg_data_uri(border=2, dark="#1a2130", light="#fff"),
    }
    return render(request, "person_link.html", context)


@require_POST
def end_sessions(request: DeskRequest, pk: int) -> HttpResponse:
    _found, user = _with_user(request, pk)
    services.end_sessions(by=request.acting, user=user)
    return _done(request, pk, _("They are signed out everywhere."))


@require_POST
def forget_second_factor(request: DeskRequest, pk: int) -> HttpResponse:
    _found, user = _with_user(request, pk)
    services.forget_second_factor(by=request.acting, user=user, reason=request.POST.get("reason", ""))
    return _done(request, pk, _("It is forgotten. Make a one-time link, on which they set up another second factor."))


def _with_user(request: DeskRequest, pk: int) -> tuple[Person, User]:
    found = _person(request, pk)
    if found.user is None:
        raise Invalid(_("This person has no user name; they cannot sign in."))
    return found, found.user


def _person(request: DeskRequest, pk: int) -> Person:
    return get_visible(people_visible_to(request.acting), pk=pk)


def _done(request: DeskRequest, pk: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("person", args=[pk]))
