"""People and their posts, for whoever keeps the directory; a one-time link is shown once, on the page that made it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dabir.desk import entry
from dabir.desk.acting import DeskRequest
from dabir.directory import services
from dabir.directory.models import Person, Post, Tenure, TenureKind
from dabir.directory.queries import parties_visible_to, people_visible_to
from dabir.foundation import accounts, paging
from dabir.foundation.access import get_visible, require
from dabir.foundation.acting import FUNCTION_LABELS
from dabir.foundation.errors import Invalid

HOLDERS = ("organization", "unit", "body")


def _with_tenures(request: DeskRequest) -> QuerySet[Person]:
    tenures = Tenure.objects.select_related("post__party__parent").order_by("-starts", "-id")
    return people_visible_to(request.acting).prefetch_related(Prefetch("tenures", tenures))


@require_GET
def people(request: DeskRequest) -> HttpResponse:
    require(request.acting, "directory.create_person")
    page = paging.page(_with_tenures(request), ["sort_key", "id"], cursor=request.GET.get("after", ""))
    return render(request, "people.html", {"page": page})


@require_GET
def person(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_visible(_with_tenures(request), pk=pk)
    context = {
        "person": found,
        "posts": Post.objects.select_related("party__parent").order_by("party__sort_key", "id"),
        "kinds": TenureKind.choices,
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
def appoint(request: DeskRequest, pk: int) -> HttpResponse:
    chosen = request.POST.get("post", "")
    post = Post.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    if post is None:
        raise Invalid(_("Choose the post."), field="post")
    services.appoint(
        by=request.acting,
        person=get_visible(people_visible_to(request.acting), pk=pk),
        post=post,
        kind=request.POST.get("kind", ""),
        starts=entry.day(request.POST.get("starts", ""), field="starts"),
        ends=entry.optional_day(request.POST.get("ends", ""), field="ends"),
    )
    messages.success(request, _("The tenure is entered."))
    return HttpResponseRedirect(reverse("person", args=[pk]))


@require_POST
def end_tenure(request: DeskRequest, pk: int) -> HttpResponse:
    tenure = get_visible(Tenure.objects.filter(person__in=people_visible_to(request.acting)), pk=pk)
    services.end_tenure(by=request.acting, tenure=tenure, ends=entry.day(request.POST.get("ends", ""), field="ends"))
    messages.success(request, _("The tenure has its last day."))
    return HttpResponseRedirect(reverse("person", args=[tenure.person_id]))


@never_cache
@require_POST
def issue_link(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_visible(people_visible_to(request.acting), pk=pk)
    if found.user is None:
        raise Invalid(_("This person has no user name; they cannot sign in."))
    token = services.issue_link(by=request.acting, user=found.user)
    address = request.build_absolute_uri(reverse("link", args=[token]))
    return render(request, "person_link.html", {"person": found, "address": address, "life": accounts.LINK_LIFE.days})


def new_post(request: DeskRequest) -> HttpResponse:
    """Enter a post of an organization."""
    by = request.acting
    require(by, "directory.create_post")
    if request.method == "POST":
        services.create_post(
            by=by,
            code=request.POST.get("code", "").strip(),
            name=request.POST.get("name", ""),
            organization=get_visible(parties_visible_to(by), pk=request.POST.get("organization") or 0),
            function=request.POST.get("function", ""),
        )
        messages.success(request, _("The post is entered."))
        return HttpResponseRedirect(reverse("people"))
    context = {
        "organizations": parties_visible_to(by).filter(kind__in=HOLDERS).order_by("sort_key").values_list("pk", "name"),
        "functions": [(str(function), label) for function, label in FUNCTION_LABELS],
    }
    return render(request, "post_new.html", context)
