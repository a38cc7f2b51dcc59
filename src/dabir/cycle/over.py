"""Which notices tell of what no longer holds: of a deadline that was moved meanwhile, of a report that has come.

They are in no message, and count as read as soon as that is known (`cycle.news`); the page of notices says it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from django.db.models import F, QuerySet

from dabir.cycle import saying
from dabir.cycle.chased import counted_from
from dabir.cycle.models import Notice, NoticeKind
from dabir.foundation import ledger
from dabir.foundation.models import Event
from dabir.persian import clock

PRESSING = (NoticeKind.NEAR, NoticeKind.DUE, NoticeKind.LATE, NoticeKind.REPORT_DUE)
"""Notices of a day; their keys name it (`key_of`)."""
_DAY = re.compile(r":(\d{4}-\d\d-\d\d)\b", re.ASCII)
_MOVES = {"due_day", "reported_on", "state"}
"""The fields of a debt that can end them."""


def ahead(debt: int, due_day: date, days: int, today: date) -> tuple[NoticeKind, str]:
    """Kind and key of the notice by the step that is so many days from a deadline that has not passed."""
    kind = NoticeKind.NEAR if due_day > today else NoticeKind.DUE
    return kind, key_of(kind, debt, due_day, days)


def key_of(kind: NoticeKind, debt: int, day: date, *more: int) -> str:
    """That of a notice of this debt and day: of its deadline, or of the end of the period that is to be reported."""
    return ":".join(map(str, (kind, debt, day, *more)))


def with_days(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """With all that says what they tell, and whether it still holds; no further query."""
    since = counted_from(F("obligation__due_day"), "obligation")
    return notices.select_related(*saying.WITH).annotate(since=since)


def is_over(notice: Notice) -> bool:
    """Whether what it tells of its day, which is one of `with_days`, does not hold any more."""
    debt, named = notice.obligation, _DAY.search(notice.key)
    if debt is None or named is None or notice.kind not in PRESSING:
        return False
    day = date.fromisoformat(named[1])
    if notice.kind == NoticeKind.REPORT_DUE:
        return debt.reported_on is not None and debt.reported_on >= day
    return bool(day != notice.since)  # type: ignore[attr-defined]  # with_days


def moved_by(event: Event) -> set[int]:
    """The debts whose notices this may have ended."""
    rows = [row for row in event.data["rows"] if (row["model"], row["act"]) == ("obligations.obligation", "update")]
    return {row["pk"] for row in rows if _MOVES & row["fields"].keys()}


def read_what_is_over(change: ledger.Change, debts: Collection[int]) -> None:
    """Let what is over of their notices wait for no reader; one query."""
    waiting = Notice.objects.filter(obligation__in=debts, kind__in=PRESSING, read_at=None)
    for notice in with_days(waiting):
        if is_over(notice):
            change.update(notice, read_at=clock.now())
