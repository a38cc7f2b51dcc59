"""What the database itself refuses, whoever writes to it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from dabir.foundation.models import User
from tests.personas import Personas


def refused(sql: str, *parameters: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "letter",
    ["\u064a", "\u0649", "\u0643", "\u0640", "\u0661", "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff"],
    ids=lambda letter: f"U+{ord(letter):04X}",
)
@pytest.mark.parametrize(
    ("table", "column"),
    [("party", "name"), ("party", "code"), ("partyname", "name"), ("person", "name"), ("body", "code")],
)
def test_letters_that_are_not_canonical_are_refused(world: Personas, table: str, column: str, letter: str) -> None:
    row = f"(SELECT MIN(id) FROM directory_{table})"
    assert refused(f"UPDATE directory_{table} SET {column} = %s WHERE id = {row}", f"نام{letter}ی")
    assert not refused(f"UPDATE directory_{table} SET {column} = %s WHERE id = {row}", "نام‌ی")


@pytest.mark.parametrize("day", ["1398-07-17", "1899-12-31", "2200-01-01"])
@pytest.mark.parametrize(
    ("table", "column"), [("tenure", "starts"), ("tenure", "ends"), ("seat", "starts"), ("partyname", "ends")]
)
def test_a_jalali_year_in_a_gregorian_column_is_refused(world: Personas, table: str, column: str, day: str) -> None:
    assert refused(f"UPDATE directory_{table} SET {column} = %s", day)


def test_a_span_that_ends_before_it_starts_is_refused(world: Personas) -> None:
    assert refused("UPDATE directory_tenure SET starts = '2019-10-10', ends = '2019-10-09'")
    assert not refused("UPDATE directory_tenure SET starts = '2019-10-10', ends = '2019-10-10'")


@pytest.mark.django_db
def test_a_users_name_and_number_have_their_form() -> None:
    User(username="one").save()
    assert refused("UPDATE foundation_user SET username = ''")
    assert refused("UPDATE foundation_user SET mobile = '0243'")
