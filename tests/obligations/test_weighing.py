"""What weighs how much on the agenda of the next meeting: the table of docs/follow-up.md, reason by reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dabir.obligations.weighing import ADDS, Beside, Facts, Why, weigh

TODAY = date(2020, 3, 1)
NOTHING = Beside(frozenset(), frozenset(), frozenset(), {})


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def facts(**more: object) -> Facts:
    """An open debt of which nothing is wrong: due in half a year."""
    values: dict[str, object] = {
        "pk": 1, "body": 1, "parent": None, "recurs_from": None, "code": "hq-1398-11/1.1", "state": "open",
        "due_kind": "day", "due_day": day(180), "extensions": 0, "verified": None, "reported": None, "instances": 0,
        "clock_day": None, "trigger": "", "told_long_ago": False, "decided": day(-10), "silent": False,
        "planned": None,
    }  # fmt: skip
    return Facts(**(values | more))  # type: ignore[arg-type]


def points(beside: Beside = NOTHING, **more: object) -> dict[str, int]:
    return {str(why): value for why, value in weigh(facts(**more), beside, today=TODAY, by_secretary=1).items()}


EVENT: dict[str, object] = {"due_kind": "trigger", "due_day": None, "trigger": "تأیید نهایی سند", "told_long_ago": True}

CASES: list[tuple[dict[str, object], Beside, dict[str, int]]] = [
    ({}, NOTHING, {}),
    ({"due_day": day(-1)}, NOTHING, {"overdue": 30}),
    ({"due_day": day(-23)}, NOTHING, {"overdue": 34}),
    ({"due_day": day(-900)}, NOTHING, {"overdue": 60}),
    ({"due_day": day(-23), "state": "proposed"}, NOTHING, {"proposed": 12}),
    ({"due_day": day(-23), "state": "unsettled"}, NOTHING, {"unsettled": 32}),
    ({"state": "unsettled", "decided": day(-400)}, NOTHING, {"unsettled": 45}),
    ({"due_day": day(0)}, NOTHING, {"soon": 20}),
    ({"due_day": day(14)}, NOTHING, {"soon": 20}),
    ({"due_day": day(15)}, NOTHING, {}),
    ({"due_day": day(9), "reported": 30}, NOTHING, {}),
    ({"due_day": day(9), "reported": 60, "planned": 70}, NOTHING, {"behind": 2, "soon": 20}),
    ({"due_day": day(9), "reported": 61, "planned": 70}, NOTHING, {}),
    ({"reported": 80, "verified": 20, "planned": 80}, NOTHING, {"behind": 12, "unfounded": 6}),
    ({"planned": 100}, NOTHING, {"behind": 20}),
    ({"due_day": day(9), "recurs_from": 7}, NOTHING, {"recurring": 10}),
    ({"due_day": day(-1), "recurs_from": 7}, NOTHING, {"overdue": 30}),
    ({"due_day": None, "due_kind": "recurrence"}, NOTHING, {"rhythm": 8}),
    ({"due_day": None, "due_kind": "recurrence", "instances": 2}, NOTHING, {}),
    ({"due_day": None, "due_kind": "always"}, NOTHING, {}),
    (EVENT, NOTHING, {"event": 10}),
    (EVENT | {"told_long_ago": False}, NOTHING, {}),
    (EVENT | {"trigger": "ابلاغ"}, NOTHING, {}),
    (EVENT | {"clock_day": day(-3)}, NOTHING, {"undated": 22}),
    ({}, Beside(frozenset({1}), frozenset(), frozenset(), {}), {"asked": 8}),
    ({"extensions": 1}, Beside(frozenset({1}), frozenset(), frozenset(), {}), {"body_extends": 26, "extended": 3}),
    ({"extensions": 9}, NOTHING, {"extended": 9}),
    ({}, Beside(frozenset(), frozenset({1}), frozenset(), {}), {"obstacle": 28}),
    ({"state": "proposed"}, Beside(frozenset({1}), frozenset(), frozenset(), {}), {"proposed": 12}),
    ({}, Beside(frozenset(), frozenset(), frozenset({1}), {}), {"chain": 18}),
    ({}, Beside(frozenset(), frozenset(), frozenset(), {1: 2}), {"breaks": 8}),
    ({}, Beside(frozenset(), frozenset(), frozenset(), {1: 5}), {"breaks": 12}),
    ({"parent": 7}, Beside(frozenset(), frozenset(), frozenset(), {1: 1, 7: 1}), {"breaks": 8}),  # seed ج/۳
    ({}, replace(NOTHING, climbed=frozenset({1})), {"ladder": 10}),
    ({"silent": True}, NOTHING, {"silent": 5}),
]  # fmt: skip


@pytest.mark.parametrize(("more", "beside", "expected"), CASES)
def test_a_debt_weighs_what_the_table_says(more: dict[str, object], beside: Beside, expected: dict[str, int]) -> None:
    assert points(beside, **more) == expected


def test_every_reason_has_a_case() -> None:
    assert {why for _more, _beside, expected in CASES for why in expected} == set(Why)
    assert {Why.LADDER, Why.EXTENDED, Why.BREAKS, Why.SILENT, Why.UNFOUNDED} == ADDS
