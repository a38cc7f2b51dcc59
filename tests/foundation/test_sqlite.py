"""Statements on SQLite, in the driver's form."""

from __future__ import annotations

import pytest
from django.db import connection

from dabir.foundation.sqlite.base import LONGEST

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's driver alone")]


def answers(sql: str, values: object) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)  # type: ignore[arg-type]  # a mapping too
        return list(cursor.fetchone())


@pytest.mark.parametrize(
    ("sql", "values", "answer"),
    [
        ("SELECT %s || %s", ["a", "b"], ["ab"]),
        ("SELECT 'a%%', %s", ["%s"], ["a%", "%s"]),
        ("SELECT '%%s', %s", [1], ["%s", 1]),
        ("SELECT %(one)s, %(other)s, %(one)s", {"one": 1, "other": 2}, [1, 2, 1]),
    ],
)
@pytest.mark.parametrize("padding", [0, LONGEST])
def test_each_value_stands_in_its_place_the_second_time_too(
    sql: str, values: object, answer: list[object], padding: int
) -> None:
    for _time in range(2):
        assert answers(sql + " " * padding, values) == answer


def test_the_same_words_with_other_values_answer_anew() -> None:
    assert [answers("SELECT %s + 1", [number]) for number in (1, 2)] == [[2], [3]]


def test_without_values_nothing_is_put_in() -> None:
    assert answers("SELECT '%s', '%%'", None) == ["%s", "%%"]
