from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dabir.persian.calendar import Calendar
from dabir.persian.jalali import to_gregorian

SAFAR_28 = to_gregorian(1398, 8, 5)
WEDNESDAY = to_gregorian(1398, 7, 17)


def test_lunar_holidays_are_known_by_name() -> None:
    assert "رحلت رسول اکرم" in (Calendar().holiday_name(SAFAR_28) or "")
    assert not Calendar().is_working(SAFAR_28)


def test_a_friday_is_free_and_no_holiday() -> None:
    friday = to_gregorian(1398, 8, 10)
    assert Calendar().holiday_name(friday) is None
    assert not Calendar().is_working(friday)


def test_closures_stand_above_the_calendar() -> None:
    calendar = Calendar({WEDNESDAY: True, SAFAR_28: False})
    assert calendar.holiday_name(WEDNESDAY) == "تعطیلی اعلام‌شده"
    assert not calendar.is_working(WEDNESDAY)
    assert calendar.holiday_name(SAFAR_28) is None
    assert calendar.is_working(SAFAR_28)


def test_thursdays_are_a_matter_of_the_office() -> None:
    thursday = WEDNESDAY + timedelta(days=1)
    assert Calendar().is_working(thursday)
    assert not Calendar(thursday_works=False).is_working(thursday)


def test_working_days_step_over_what_is_free() -> None:
    calendar = Calendar()
    assert calendar.working_days_between(WEDNESDAY, WEDNESDAY + timedelta(days=3)) == 2  # without the Friday
    assert calendar.next_working_day(WEDNESDAY + timedelta(days=2)) == WEDNESDAY + timedelta(days=3)


@given(st.dates(date(2015, 1, 1), date(2025, 1, 1)), st.integers(0, 60))
def test_working_days_between_is_antisymmetric(start: date, days: int) -> None:
    calendar, end = Calendar(), start + timedelta(days=days)
    assert calendar.working_days_between(start, end) == -calendar.working_days_between(end, start)


def test_importing_the_calendar_does_not_load_the_holidays() -> None:
    code = "import sys, dabir.persian.calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
