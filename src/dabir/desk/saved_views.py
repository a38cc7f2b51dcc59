"""The register as somebody has put it together, under a name: which one is shown, and what is done to it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dabir.desk.acting import DeskRequest
from dabir.directory.queries import bodies_visible_to
from dabir.foundation.access import get_visible
from dabir.foundation.acting import Acting
from dabir.obligations import services
from dabir.obligations.listing import Listing
from dabir.obligations.models import SavedView
from dabir.obligations.saved_views import views_visible_to

VIEW = "view"
"""The address's name for the view that is shown; beside it stands what was changed since. "0" is no view."""


def shown(query: QueryDict, views: list[SavedView], by: Acting) -> tuple[SavedView | None, Listing]:
    """The view that the address names, or with nothing said the actor's own to open with; and the list it comes to."""
    if query:
        view = next((view for view in views if str(view.pk) == query.get(VIEW)), None)
        changed = any(name != VIEW for name in query)
        return view, Listing.from_query(query if changed or view is None else QueryDict(view.query))
    view = next((view for view in views if view.is_default and view.user_id == by.user_id), None)
    return view, Listing.from_query(QueryDict(view.query) if view else query)


@require_POST
def save(request: DeskRequest) -> HttpResponse:
    """Keep what the form carries, under its name; the register opens with it where that is asked."""
    by = request.acting
    shared = request.POST.get("shared", "")
    body = get_visible(bodies_visible_to(by), pk=shared) if shared else None
    listing = Listing.from_query(request.POST)
    wanted = bool(request.POST.get("default"))
    with transaction.atomic():  # a form that is sent again finds both done, or neither
        view = services.save_view(request.POST.get("name", ""), listing, by=by, shared_with=body)
        if wanted or view.is_default:
            services.open_with_view(view, by=by, wanted=wanted)
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return _to(view)


@require_POST
def rename(request: DeskRequest, pk: int) -> HttpResponse:
    view = services.rename_view(_view(request.acting, pk), by=request.acting, name=request.POST.get("name", ""))
    messages.success(request, _("The view is called “%(name)s” now.") % {"name": view.name})
    return _to(view)


@require_POST
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    """Back to the list as it stood in the view, so that it can be saved again."""
    view = _view(request.acting, pk)
    query, name = view.query, view.name
    services.delete_view(view, by=request.acting)
    messages.success(request, _("The view “%(name)s” is deleted; its list is still shown here.") % {"name": name})
    return redirect(f"{reverse('register')}?{query or 'view=0'}")


def _view(by: Acting, pk: int) -> SavedView:
    return get_visible(views_visible_to(by), pk=pk)


def _to(view: SavedView) -> HttpResponse:
    return redirect(f"{reverse('register')}?{VIEW}={view.pk}")
