"""Codes that can be cited for ever."""

from __future__ import annotations

from datetime import date

import pytest

from dabir.directory.models import Body
from dabir.meetings import codes

HQ = Body(code="zanjan-hq")
DAY = date(2019, 10, 9)


def test_a_meeting_is_cited_by_body_year_and_number() -> None:
    assert codes.meeting_code(HQ, DAY, 11, taken=set()) == "zanjan-hq-1398-11"


def test_a_meeting_without_a_number_is_cited_by_its_day() -> None:
    assert codes.meeting_code(HQ, DAY, None, taken=set()) == "zanjan-hq-13980717"
    assert codes.meeting_code(HQ, DAY, None, taken={"zanjan-hq-13980717"}) == "zanjan-hq-13980717-2"


@pytest.mark.parametrize(
    ("number", "code"),
    [("۴", "m/4"), ("3-الف", "m/3-a"), ("الف", "m/a"), ("۱-۲", "m/1-2"), (None, "m/n7"), ("•", "m/n7"), ("ب)", "m/b")],
)
def test_an_item_keeps_its_number_in_ascii(number: str | None, code: str) -> None:
    assert codes.item_code("m", number, 7, taken=set()) == code


def test_a_repeated_number_gets_a_suffix() -> None:
    assert codes.item_code("m", "4", 9, taken={"m/4", "m/4-2"}) == "m/4-3"
