"""Which saved views of the register somebody may look through."""

from __future__ import annotations

from django.db.models import Case, Q, QuerySet, Value, When

from dabir.foundation.acting import Acting
from dabir.obligations.models import SavedView


def views_visible_to(by: Acting) -> QuerySet[SavedView]:
    """One's own views of the register, and those shared within one's secretariats; the own ones first, by name."""
    if by.is_stranger or by.user_id is None:
        return SavedView.objects.none()
    views = SavedView.objects.filter(Q(user=by.user_id) | Q(shared_with__in=by.secretariats))
    return views.order_by(Case(When(user=by.user_id, then=Value(0)), default=Value(1)), "name", "id")
