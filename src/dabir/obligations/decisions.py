"""What may be known of what was decided on debts: by whoever sees the debt."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from dabir.foundation.acting import Acting
from dabir.meetings.models import MeetingState, Resolution
from dabir.obligations.models import Decision, Obligation
from dabir.obligations.queries import resolutions_visible_to, visible_to


def decisions_visible_to(by: Acting) -> QuerySet[Decision]:
    """Those on debts that the actor sees, the oldest first."""
    return Decision.objects.filter(obligation__in=visible_to(by)).select_related("resolution__meeting")


def decisions_of(debts: Iterable[Obligation], by: Acting) -> dict[int, list[Decision]]:
    """The decisions on these debts by their keys; one query."""
    found: dict[int, list[Decision]] = {}
    for one in decisions_visible_to(by).filter(obligation__in=[debt.pk for debt in debts]):
        found.setdefault(one.obligation_id, []).append(one)
    return found


def decisions_by(resolution: Resolution, by: Acting) -> list[Decision]:
    """What a resolution decides on debts that the actor sees; one query."""
    return list(decisions_visible_to(by).filter(resolution=resolution).select_related("obligation"))


def linked_resolutions(decisions: Iterable[Decision], by: Acting) -> set[int]:
    """The resolutions of these decisions whose page the actor may see, by key; one query."""
    keys = {one.resolution_id for one in decisions if one.resolution_id}
    return set(resolutions_visible_to(by).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def may_have_decided(debt: Obligation, by: Acting) -> QuerySet[Resolution]:
    """The resolutions on record by which its body can have decided on a debt, the newest first."""
    met = Q(meeting__kept_by=debt.body_id) | Q(meeting__bodies__body=debt.body_id)
    made = debt.meeting.date if debt.meeting else debt.source.date  # type: ignore[union-attr]
    on_record = Q(meeting__date__gte=made, meeting__state__in=(MeetingState.RECORDED, MeetingState.SEALED))
    found = resolutions_visible_to(by).filter(met, on_record).select_related("meeting").distinct()
    return found.order_by("-meeting__date", "-meeting", "order")
