from __future__ import annotations

from datetime import date, timedelta

import pytest

from dabir.desk import strip
from dabir.meetings.models import Meeting
from dabir.obligations.models import Obligation


@pytest.mark.parametrize("offset", range(7))
def test_a_week_begins_on_saturday(offset: int) -> None:
    assert strip.saturday(date(2019, 10, 12) + timedelta(days=offset)) == date(2019, 10, 12)


def test_each_debt_stands_in_one_column(meeting: Meeting, today: date) -> None:
    debts = Obligation.objects.filter(is_group=False)
    columns = strip.columns(debts, today)
    assert [c.kind for c in columns] == ["late", "now", *["week"] * 7, "later", "none"]
    assert sum(c.count for c in columns) == debts.count()
    assert max(c.height for c in columns) == 100


def test_days_before_and_after_the_weeks_have_columns_of_their_own(meeting: Meeting, today: date) -> None:
    debts = Obligation.objects.filter(due_day__isnull=False, is_group=False)
    count = debts.count()
    assert strip.columns(debts, today + timedelta(days=365))[0].count == count
    assert strip.columns(debts, today - timedelta(days=365))[-2].count == count


def test_without_a_debt_there_is_no_picture(db: None, today: date) -> None:
    assert strip.columns(Obligation.objects.all(), today) == []
