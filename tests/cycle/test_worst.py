"""That the worst are found without weighing all: the same ones, in the same order, as where all are weighed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dabir.cycle.worst import climbed, weighed
from dabir.obligations import heaviest
from dabir.obligations.models import Obligation
from dabir.obligations.queries import UNCLASSIFIED
from dabir.obligations.weighing import Facts, Weighed, Why, weigh
from tests import crowd as crowds
from tests.conftest import TODAY
from tests.personas import Personas

DAYS = [TODAY + timedelta(days=later) for later in (-90, -30, 0, 30, 90)]


@pytest.fixture
def crowd(db: None) -> Personas:
    return crowds.crowd()


def test_no_debt_weighs_more_than_its_bound(crowd: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    scores: dict[int, int] = {}

    def noted(facts: Facts, *, today: date, by_secretary: int) -> dict[Why, int]:
        points = weigh(facts, today=today, by_secretary=by_secretary)
        scores[facts.pk] = sum(points.values())
        return points

    monkeypatch.setattr(heaviest, "weigh", noted)
    monkeypatch.setattr(heaviest, "FIRST", ())
    for today in DAYS:
        scores.clear()
        weighed(crowd.bodies.values(), crowd.governor, today)
        rows = Obligation.objects.annotate(bound=heaviest.bound(today, climbed)).filter(pk__in=scores)
        exceeded = [(code, bound, scores[pk]) for pk, code, bound in rows.values_list("pk", "code", "bound")
                    if bound < scores[pk]]  # fmt: skip
        assert len(scores) > crowds.DEBTS // 3
        assert exceeded == []


@pytest.mark.parametrize("first", [(1, 2), (12,), (30, 50)])
def test_the_worst_are_those_of_all(crowd: Personas, monkeypatch: pytest.MonkeyPatch, first: tuple[int, ...]) -> None:
    asked = [
        (bodies, by, today, most, only)
        for bodies in ([crowd.bodies["hq"]], [*crowd.bodies.values()])
        for by in (crowd.secretary, crowd.governor)
        for today in DAYS
        for most, only in ((1, None), (4, UNCLASSIFIED), (10, None))
    ]

    def found() -> list[list[tuple[Facts, dict[Why, int], tuple[Weighed, ...]]]]:
        return [
            [(one.facts, one.points, one.kin) for one in weighed(bodies, by, today, most=most, only=only)]
            for bodies, by, today, most, only in asked
        ]

    monkeypatch.setattr(heaviest, "FIRST", ())
    of_all = found()
    assert any(kin for one in of_all for _facts, _points, kin in one)
    monkeypatch.setattr(heaviest, "FIRST", first)
    assert found() == of_all
