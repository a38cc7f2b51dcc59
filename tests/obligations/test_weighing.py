"""What weighs how much on the agenda of the next meeting: the table of docs/follow-up.md, reason by reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dabir.obligations.weighing import ADDS, MOST, Facts, Why, weigh

TODAY = date(2020, 3, 1)


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def facts(**more: object) -> Facts:
    """An open debt of which nothing is wrong: due in half a year."""
    values: dict[str, object] = {
        "pk": 1, "body": 1, "parent": None, "recurs_from": None, "code": "hq-1398-11/1.1", "state": "open",
        "due_kind": "day", "due_day": day(180), "extensions": 0, "verified": None, "reported": None,
        "instances_made": 0,
        "clock_day": None, "trigger": "", "told_long_ago": False, "decided": day(-10), "silent": False,
        "planned": None, "asked": False, "obstacle": False, "held_by": None, "waiting": 0, "climbed": False,
    }  # fmt: skip
    return Facts(**(values | more))  # type: ignore[arg-type]


def points(**more: object) -> dict[str, int]:
    return {str(why): value for why, value in weigh(facts(**more), today=TODAY, by_secretary=1).items()}


EVENT: dict[str, object] = {"due_kind": "trigger", "due_day": None, "trigger": "تأیید نهایی سند", "told_long_ago": True}

CASES: list[tuple[dict[str, object], dict[str, int]]] = [
    ({}, {}),
    ({"due_day": day(-1)}, {"overdue": 30}),
    ({"due_day": day(-23)}, {"overdue": 34}),
    ({"due_day": day(-900)}, {"overdue": 60}),
    ({"due_day": day(-23), "state": "proposed"}, {"proposed": 12}),
    ({"due_day": day(-23), "state": "unsettled"}, {"unsettled": 32}),
    ({"state": "unsettled", "decided": day(-400)}, {"unsettled": 45}),
    ({"due_day": day(0)}, {"soon": 20}),
    ({"due_day": day(14)}, {"soon": 20}),
    ({"due_day": day(15)}, {}),
    ({"due_day": day(9), "reported": 30}, {}),
    ({"due_day": day(9), "reported": 60, "planned": 70}, {"behind": 2, "soon": 20}),
    ({"due_day": day(9), "reported": 61, "planned": 70}, {}),
    ({"reported": 80, "verified": 20, "planned": 80}, {"behind": 12, "unfounded": 6}),
    ({"planned": 100}, {"behind": 20}),
    ({"due_day": day(9), "recurs_from": 7}, {"recurring": 10}),
    ({"due_day": day(-1), "recurs_from": 7}, {"overdue": 30}),
    ({"due_day": None, "due_kind": "recurrence"}, {"rhythm": 8}),
    ({"due_day": None, "due_kind": "recurrence", "instances_made": 2}, {}),
    ({"due_day": None, "due_kind": "always"}, {}),
    (EVENT, {"event": 10}),
    (EVENT | {"told_long_ago": False}, {}),
    (EVENT | {"trigger": "ابلاغ"}, {}),
    (EVENT | {"clock_day": day(-3)}, {"undated": 22}),
    ({"asked": True}, {"asked": 8}),
    ({"asked": True, "extensions": 1}, {"body_extends": 26, "extended": 3}),
    ({"extensions": 9}, {"extended": 9}),
    ({"obstacle": True}, {"obstacle": 28}),
    ({"state": "proposed", "asked": True}, {"proposed": 12}),
    ({"held_by": 1}, {"chain": 18}),
    ({"waiting": 2}, {"breaks": 8}),
    ({"waiting": 5}, {"breaks": 12}),
    ({"climbed": True}, {"ladder": 10}),
    ({"silent": True}, {"silent": 5}),
]  # fmt: skip


@pytest.mark.parametrize(("more", "expected"), CASES)
def test_a_debt_weighs_what_the_table_says(more: dict[str, object], expected: dict[str, int]) -> None:
    assert points(**more) == expected


def test_every_reason_has_a_case() -> None:
    assert {why for _more, expected in CASES for why in expected} == set(Why) == set(MOST)
    assert {Why.LADDER, Why.EXTENDED, Why.BREAKS, Why.SILENT, Why.UNFOUNDED} == ADDS
