"""What may be known of what was decided on debts: by whoever sees the debt; that longer time was refused, and why, by
whoever follows it, as what was asked for (`extensions`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from dabir.foundation.acting import Acting
from dabir.foundation.prepared import AMONG, Prepared, models_of
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import ON_RECORD, Resolution
from dabir.obligations.models import Act, Decision, Obligation
from dabir.obligations.queries import followed_among, followed_by, resolutions_visible_to, visible_to


def decisions_visible_to(by: Acting) -> QuerySet[Decision]:
    """Those on debts that the actor sees, the oldest first."""
    return Decision.objects.filter(Prepared(Decision, _on_visible, by)).select_related("resolution__meeting")


def _on_visible(by: Acting) -> Q:
    seen, followed = (debts(by).filter(pk=OuterRef("obligation")) for debts in (visible_to, followed_by))
    return ~Q(act=Act.REFUSE) & Q(Exists(seen)) | Q(act=Act.REFUSE) & Q(Exists(followed))


@dataclass(frozen=True, slots=True)
class Known:
    """A decision as somebody may know it: of a resolution whose meeting is classified and not theirs to read, neither
    code nor day nor words. `before`: the debt's words until an amendment gave it those that it has. `linked`: the
    resolution's page is theirs to see."""

    act: Act
    recorded_by: str
    at: datetime
    code: str = ""
    met: date | None = None
    text: str = ""
    before: str = ""
    linked: bool = False
    by_resolution: bool = True


def decisions_of(debts: Iterable[Obligation], by: Acting) -> dict[int, list[Known]]:
    """The decisions on these debts, which the actor may read, by their keys, the oldest first; one query, and one each
    where some were refused more time or cite a resolution."""
    rows = _told(_decisions(debts), by)
    keys = {one.resolution_id for one in rows if one.resolution_id}
    linked = set(resolutions_visible_to(by).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    found: dict[int, list[Known]] = {}
    for one in rows:
        found.setdefault(one.obligation_id, []).append(_known(one, linked=one.resolution_id in linked))
    return found


def _decisions(debts: Iterable[Obligation]) -> list[Decision]:
    keys = [debt.pk for debt in debts]
    return models_of(_on, AMONG, among=keys, planned=True)


def _on(debts: tuple[int, ...]) -> QuerySet[Decision]:
    return Decision.objects.filter(obligation__in=debts).select_related("resolution__meeting")


def _told(found: list[Decision], by: Acting) -> list[Decision]:
    """Without the refusals that are told to followers alone."""
    refused = {one.obligation_id for one in found if one.act == Act.REFUSE}
    follows = followed_among(by, list(refused)) if refused else set()
    return [one for one in found if one.act != Act.REFUSE or one.obligation_id in follows]


def _known(decision: Decision, *, linked: bool) -> Known:
    known = Known(Act(decision.act), decision.recorded_by, decision.at, before=decision.before)
    resolution = decision.resolution
    if resolution is None:
        return replace(known, text=decision.text, by_resolution=False)
    if not linked and resolution.meeting.secrecy != SecrecyClass.NORMAL:
        return known
    return replace(known, code=resolution.code, met=resolution.meeting.date, text=decision.text, linked=linked)


def decisions_by(resolution: Resolution, by: Acting) -> list[Decision]:
    """What a resolution decides on debts that the actor sees; one query."""
    return list(decisions_visible_to(by).filter(resolution=resolution).select_related("obligation"))


def may_have_decided(debt: Obligation, by: Acting) -> QuerySet[Resolution]:
    """The resolutions on record by which its body can have decided on a debt, the newest first."""
    met = Q(meeting__kept_by=debt.body_id) | Q(meeting__bodies__body=debt.body_id)
    made = debt.meeting.date if debt.meeting else debt.source.date  # type: ignore[union-attr]
    on_record = Q(meeting__date__gte=made, meeting__state__in=ON_RECORD)
    found = resolutions_visible_to(by).filter(met, on_record).select_related("meeting").distinct()
    return found.order_by("-meeting__date", "-meeting", "order")
