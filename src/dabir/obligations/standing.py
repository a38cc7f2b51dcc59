"""Standing rules (seed ج/۶): what a body has decided to go by until it decides otherwise, where it binds."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from dabir.directory.models import Body
from dabir.foundation.acting import Acting
from dabir.meetings.models import MeetingBody, Resolution, ResolutionKind
from dabir.obligations.models import ENDED, Obligation
from dabir.obligations.queries import resolutions_visible_to


def standing_rules(by: Acting, body: Body) -> QuerySet[Resolution]:
    """The rules that bind a body, of those that the actor may read, the newest first: its own, and another body's that
    names it. One whose debts have all ended binds no longer."""
    debts = Obligation.objects.filter(resolution=OuterRef("pk"))
    own = Exists(MeetingBody.objects.filter(meeting=OuterRef("meeting"), body=body))
    rules = resolutions_visible_to(by).filter(
        Q(meeting__kept_by=body) | own | Exists(debts.filter(lead=body.party_id)), kind=ResolutionKind.STANDING_RULE
    )
    binding = ~Exists(debts) | Exists(debts.exclude(state__in=ENDED))
    return rules.filter(binding).select_related("meeting").order_by("-meeting__date", "-id")
