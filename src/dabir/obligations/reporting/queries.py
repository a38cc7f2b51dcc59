"""What may be seen of reports: by whoever follows, owes, helps with or endorses a debt all that is said of it; by its
recipients what was verified."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from dabir.foundation.acting import Acting
from dabir.foundation.prepared import Prepared
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.models import Evidence, Involved, Obligation, Obstacle, Report, ReportState, ReportStep, Role
from dabir.obligations.queries import RUNNING, visible_to
from dabir.obligations.reporting.rules import HEADS

WITHIN = (Role.HELPER, Role.ENDORSER)


def reports_visible_to(by: Acting) -> QuerySet[Report]:
    """Reports of debts that the actor may read; of those that they only receive, the verified ones."""
    return Report.objects.filter(Prepared(Report, _reports, by))


def steps_visible_to(by: Acting) -> QuerySet[ReportStep]:
    return ReportStep.objects.filter(report__in=reports_visible_to(by))


def evidence_visible_to(by: Acting) -> QuerySet[Evidence]:
    """The files of reports that the actor may read."""
    return Evidence.objects.filter(report__in=reports_visible_to(by))


def obstacles_visible_to(by: Acting) -> QuerySet[Obstacle]:
    """What stands in the way of debts that the actor follows, owes, helps with or endorses."""
    return Obstacle.objects.filter(Prepared(Obstacle, _obstacles, by))


def to_confirm(by: Acting) -> QuerySet[Report]:
    """Reports of the actor's own agency that wait for its head: for the head alone."""
    found = _waiting(by, ReportState.REPORTED)
    return found.filter(obligation__lead__in=by.parties) if by.function in HEADS else found.none()


def to_endorse(by: Acting) -> QuerySet[Report]:
    """Reports that wait for the consent of the actor's own party."""
    own = Involved.objects.filter(role=Role.ENDORSER, party__in=by.parties).values("obligation")
    return _waiting(by, ReportState.CONFIRMED).filter(obligation__in=own)


def to_verify(by: Acting) -> QuerySet[Report]:
    """Reports that wait for the secretariat that the actor is in: no endorser is still to be heard."""
    endorsed = Exists(Involved.objects.filter(obligation=OuterRef("obligation"), role=Role.ENDORSER))
    ready = Q(state=ReportState.ENDORSED) | Q(state=ReportState.CONFIRMED) & ~endorsed
    return _waiting(by).filter(ready, obligation__body__in=by.secretariats)


def _waiting(by: Acting, *states: ReportState) -> QuerySet[Report]:
    running = Obligation.objects.filter(RUNNING).values("pk")
    found = reports_visible_to(by).filter(obligation__in=running)
    return found.filter(state__in=states) if states else found


def _reports(by: Acting) -> Q:
    seen = Q(Exists(visible_to(by).filter(pk=OuterRef("obligation"))))
    return seen & (Q(state=ReportState.VERIFIED) | _within(by))


def _obstacles(by: Acting) -> Q:
    return Q(Exists(visible_to(by).filter(pk=OuterRef("obligation")))) & _within(by)


def _within(by: Acting) -> Q:
    """Of the debts that the actor sees, those of which they see all that is said."""
    if by.operator or by.sees_all:
        return Q(Exists(Obligation.objects.filter(pk=OuterRef("obligation"))))
    led = Obligation.objects.filter(lead__in=by.parties)
    met = Obligation.objects.filter(meeting__in=meetings_visible_to(by))
    followed = Obligation.objects.filter(body__in=by.secretariats | by.chaired)
    beside = Involved.objects.filter(party__in=by.parties, role__in=WITHIN, obligation=OuterRef("obligation"))
    return Q(Exists(beside)) | Q(
        *(Exists(debts.filter(pk=OuterRef("obligation"))) for debts in (led, met, followed)), _connector=Q.OR
    )
