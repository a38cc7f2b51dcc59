"""Whose consent a report still waits for: each endorser that its debt names is to be heard (seed ج/۳).

One that was merged is there under its other name, or owes the debt itself now.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from dabir.foundation.prepared import hang, of_one
from dabir.obligations.models import Involved, Obligation, Report, ReportStep, Role, StepKind


class Consent(NamedTuple):
    """Whose consent a step records: of a party, which may have turned out to be another one, or of whom the paper
    names in words alone."""

    party: int | None
    merged_into: int | None
    words: str


def waiting_for(report: Report, named: list[Involved] | None = None) -> list[Involved]:
    """The endorsers that have not consented to it, in the order in which they were named; two queries at most, one
    where those that its debt names are at hand."""
    if named is None:
        named = of_one(_endorsers, key=report.obligation_id)
    given = report.steps.filter(kind=StepKind.ENDORSED).values_list("party", "party__merged_into", "words")
    return named and unheard(named, [Consent(*one) for one in given])


def with_endorsers(debt: Obligation) -> None:
    """Have the debt's `involved` be its endorsers as they are now; one query."""
    hang([debt], "involved", of_one(_endorsers, key=debt.pk))


def unheard(involved: Iterable[Involved], given: Iterable[Consent]) -> list[Involved]:
    """Of those involved, whose parties are at hand, the endorsers without a consent among these."""
    named = (row for row in involved if row.role == Role.ENDORSER)
    asked = sorted((row for row in named if not (row.party and row.party.merged_into_id)), key=lambda row: row.pk)
    return [row for row in asked if not any(_is_of(one, row) for one in given)]


def name_of(endorser: Involved) -> str:
    return endorser.party.name if endorser.party else endorser.text


def _is_of(given: Consent, endorser: Involved) -> bool:
    """Also where the party that gave it has turned out to be another one, or its words have been given a party."""
    named = {given.party, given.merged_into} - {None}
    return endorser.party_id in named or (given.words != "" and given.words == endorser.text)


def _endorsers(debts: tuple[int, ...]) -> QuerySet[Involved]:
    return Involved.objects.filter(obligation__in=debts, role=Role.ENDORSER).select_related("party")


def still_asked() -> QuerySet[Involved]:
    """The same within a query of reports: the endorsers of the row's debt that have not consented to the row."""
    gave = ReportStep.objects.filter(report=OuterRef(OuterRef("pk")), kind=StepKind.ENDORSED)
    party = Q(party=OuterRef("party")) | Q(party__merged_into=OuterRef("party"))
    gave = gave.filter(party | ~Q(words="") & Q(words=OuterRef("text")))
    named = Involved.objects.filter(obligation=OuterRef("obligation"), role=Role.ENDORSER, party__merged_into=None)
    return named.filter(~Exists(gave))
