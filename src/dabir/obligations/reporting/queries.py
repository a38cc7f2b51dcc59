"""What may be seen of reports: by whoever follows, owes, helps with or endorses a debt all that is said of it; by its
recipients what was verified."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dabir.foundation.acting import Acting
from dabir.foundation.prepared import Prepared, of_one
from dabir.obligations.measures import IS_RUNNING
from dabir.obligations.models import Act, Decision, Evidence, Obligation, Obstacle, Report, ReportState, ReportStep
from dabir.obligations.queries import followed_by, visible_to
from dabir.obligations.reporting.endorsing import still_asked
from dabir.obligations.reporting.rules import HEADS


def reports_visible_to(by: Acting) -> QuerySet[Report]:
    """Reports of debts that the actor may read; of those that they only receive, the verified ones."""
    return Report.objects.filter(Prepared(Report, _reports, by))


def reports_on(debt: Obligation, *, whole: bool) -> list[Report]:
    """The reports on a debt that the actor may read, the newest first: all for whoever follows it (`whole`), else the
    verified ones. One query."""
    found = of_one(_all_on, key=debt.pk) if whole else of_one(_verified_on, key=debt.pk)
    for report in found:
        report.obligation = debt
    return found


def obstacles_on(debt: Obligation, *, whole: bool) -> list[Obstacle]:
    """What stands in a debt's way, as far as the actor may know: nothing for whoever does not follow it (`whole`); what
    still stands there first, then the newest. One query."""
    return of_one(_standing_first, key=debt.pk) if whole else []


def _standing_first(debts: tuple[int, ...]) -> QuerySet[Obstacle]:
    found = Obstacle.objects.filter(obligation__in=debts)
    return found.order_by(F("ended_at").asc(nulls_first=True), "-id")


def _all_on(debts: tuple[int, ...]) -> QuerySet[Report]:
    return Report.objects.filter(obligation__in=debts).order_by("-ends", "-id")


def _verified_on(debts: tuple[int, ...]) -> QuerySet[Report]:
    return _all_on(debts).filter(state=ReportState.VERIFIED)


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
    """Reports that wait for the consent of the actor's own party; for a secretariat also those that wait for a letter
    of somebody whom the paper names in words alone, since nobody else can enter it."""
    own, nobody = still_asked().filter(party__in=by.parties), still_asked().filter(party=None)
    follows = Obligation.objects.filter(body__in=by.secretariats, pk=OuterRef("obligation"))
    return _waiting(by, ReportState.CONFIRMED).filter(Q(Exists(own)) | Q(Exists(nobody)) & Q(Exists(follows)))


def to_verify(by: Acting) -> QuerySet[Report]:
    """Reports that wait for the secretariat that the actor is in: no endorser is still to be heard."""
    ready = Q(state=ReportState.ENDORSED) | Q(state=ReportState.CONFIRMED) & ~Exists(still_asked())
    own = Obligation.objects.filter(body__in=by.secretariats, pk=OuterRef("obligation"))
    return _waiting(by, ReportState.CONFIRMED, ReportState.ENDORSED).filter(ready, Exists(own))


def said_done(*states: ReportState) -> Q:
    """Within a query of debts: the newest report since the debt was last opened says that it is done, and has come to
    one of these states."""
    newest = Report.objects.filter(obligation=OuterRef("pk"), ends=OuterRef("reported_on"))
    opened = Decision.objects.filter(obligation=OuterRef("obligation"), act=Act.REOPEN, at__gt=OuterRef("reported_at"))
    return Q(Exists(newest.filter(~Exists(opened), done=True, state__in=states)))


def _waiting(by: Acting, *states: ReportState) -> QuerySet[Report]:
    running = Obligation.objects.filter(IS_RUNNING, pk=OuterRef("obligation"))  # few wait: theirs is the index
    return reports_visible_to(by).filter(Exists(running), state__in=states)


def _reports(by: Acting) -> Q:
    verified = Q(Exists(visible_to(by).filter(pk=OuterRef("obligation"))), state=ReportState.VERIFIED)
    return verified | _obstacles(by)


def _obstacles(by: Acting) -> Q:
    return Q(Exists(followed_by(by).filter(pk=OuterRef("obligation"))))
