"""Whose consent a report still waits for: each endorser that its debt names is to be heard (seed ج/۳).

One that was merged is there under its other name, or owes the debt itself now.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from dabir.foundation.prepared import of_one
from dabir.obligations.models import Involved, Report, ReportStep, Role, StepKind


def waiting_for(report: Report) -> list[Involved]:
    """The endorsers that have not consented to it, in the order in which they were named; two queries at most."""
    named = of_one(_endorsers, key=report.obligation_id)
    return named and unheard(named, report.steps.filter(kind=StepKind.ENDORSED).select_related("party"))


def unheard(involved: Iterable[Involved], steps: Iterable[ReportStep]) -> list[Involved]:
    """Of those involved the endorsers without such a step among these, whose parties are at hand."""
    named = (row for row in involved if row.role == Role.ENDORSER)
    asked = sorted((row for row in named if not (row.party and row.party.merged_into_id)), key=lambda row: row.pk)
    gave = [step for step in steps if step.kind == StepKind.ENDORSED] if asked else []
    return [row for row in asked if not any(_is_of(step, row) for step in gave)]


def name_of(endorser: Involved) -> str:
    return endorser.party.name if endorser.party else endorser.text


def _is_of(step: ReportStep, endorser: Involved) -> bool:
    """Also where the party that gave it has turned out to be another one, or its words have been given a party."""
    named = {step.party_id, step.party.merged_into_id if step.party else None} - {None}
    return endorser.party_id in named or (step.words != "" and step.words == endorser.text)


def _endorsers(debts: tuple[int, ...]) -> QuerySet[Involved]:
    return Involved.objects.filter(obligation__in=debts, role=Role.ENDORSER).select_related("party")


def still_asked() -> QuerySet[Involved]:
    """The same within a query of reports: the endorsers of the row's debt that have not consented to the row."""
    gave = ReportStep.objects.filter(report=OuterRef(OuterRef("pk")), kind=StepKind.ENDORSED)
    party = Q(party=OuterRef("party")) | Q(party__merged_into=OuterRef("party"))
    gave = gave.filter(party | ~Q(words="") & Q(words=OuterRef("text")))
    named = Involved.objects.filter(obligation=OuterRef("obligation"), role=Role.ENDORSER, party__merged_into=None)
    return named.filter(~Exists(gave))
