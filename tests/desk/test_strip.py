from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import QuerySet

from dabir.desk import strip
from dabir.meetings.models import Meeting
from dabir.obligations.models import Obligation


def by_day(debts: QuerySet[Obligation]) -> Counter[date | None]:
    return Counter(debts.values_list("due_day", flat=True))


@pytest.mark.parametrize("offset", range(7))
def test_a_week_begins_on_saturday(offset: int) -> None:
    assert strip.saturday(date(2019, 10, 12) + timedelta(days=offset)) == date(2019, 10, 12)


def test_each_debt_stands_in_one_column(meeting: Meeting, today: date) -> None:
    debts = Obligation.objects.filter(is_group=False)
    columns = strip.columns(by_day(debts), today)
    assert [c.kind for c in columns] == ["late", "now", *["week"] * 7, "later", "none"]
    assert sum(c.count for c in columns) == debts.count()
    assert max(c.height for c in columns) == 100


def test_days_before_and_after_the_weeks_have_columns_of_their_own(meeting: Meeting, today: date) -> None:
    debts = Obligation.objects.filter(due_day__isnull=False, is_group=False)
    count = debts.count()
    assert strip.columns(by_day(debts), today + timedelta(days=365))[0].count == count
    assert strip.columns(by_day(debts), today - timedelta(days=365))[-2].count == count


def test_without_a_debt_there_is_no_picture(today: date) -> None:
    assert strip.columns({}, today) == ()
