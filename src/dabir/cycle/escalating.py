"""The daily look at deadlines: which debts have reached which step of their body's ladder, and what follows from it.

Notices go by themselves. Letters are proposed (`cycle.reminding`), and the secretariat is told that some are. A step is
done once for a deadline (`Escalation`), and anew when the deadline was moved, or a body has opened the debt again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from dabir.cycle.chased import CHASED, Due, counted_from, steps_due, with_secretariat
from dabir.cycle.ladder import BY_LETTER
from dabir.cycle.models import Notice, NoticeKind, Rung
from dabir.cycle.news import successors
from dabir.cycle.notices import News, posts_of, secretariat_of, write
from dabir.cycle.over import ahead, key_of
from dabir.cycle.reminding import escalation
from dabir.directory import tenures
from dabir.directory.models import Body
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.obligations import recurring
from dabir.obligations.models import Obligation
from dabir.obligations.queries import visible_to
from dabir.obligations.reporting.periods import awaiting_report, last_end
from dabir.persian import clock

AT_ONCE = 200
"""Debts in one transaction of the daily look: others get their turn in between."""

OWED = Q(released_at__isnull=False, lead__isnull=False)
"""Debts whose debtor knows of them."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a daily look has done: instances made of recurring duties, steps taken, notices written."""

    instances: int
    steps: int
    notices: int


def look(today: date | None = None, *, by: Acting) -> Looked:
    """Make the due instances of recurring duties, take the steps that are due but write no letters, and tell of those
    and of reports that are due. Looked again, on the same day or by two at once, it does nothing twice; after days off
    it takes of each track the highest step alone. Whoever has taken over a post, as was entered before, is told."""
    require(by, "cycle.look")
    today = today or clock.today()
    made = len(recurring.make_due_instances(today, by=by))
    steps = notices = 0
    keys = sorted(one.debt.pk for one in _new(Obligation.objects.all(), today))
    passed = Obligation.objects.filter(CHASED, due_day__lt=today).exclude(with_secretariat())
    late = passed.values_list("pk", flat=True)
    for some in _batches(sorted({*keys, *late})):
        with ledger.change("cycle.escalate", by=by) as change:
            due = list(_new(Obligation.objects.filter(pk__in=some), today))
            change.create_many(escalation(one) for one in due)
            overdue = passed.filter(pk__in=some)
            notices += len(write(change, [*_near(due, today), *_late(overdue, due), *_proposed(due, today)]))
            steps += sum(one.step.rung not in BY_LETTER for one in due)
    reports = Obligation.objects.filter(awaiting_report(today), OWED).exclude(with_secretariat())
    for some in _batches(list(reports.order_by("pk").values_list("pk", flat=True))):
        with ledger.change("cycle.tell", by=by) as change:
            notices += len(write(change, _reports_due(Obligation.objects.filter(pk__in=some), today)))
    if heirs := successors(today):
        with ledger.change("cycle.tell", by=by) as change:
            notices += len(write(change, heirs))
    return Looked(made, steps, notices)


def _new(debts: QuerySet[Obligation], today: date) -> Iterator[Due]:
    """The steps to be taken, and the letters to be proposed that no look has proposed before. Whoever has said that
    they are done hears nothing until the secretariat has found otherwise; the session's agenda waits for nobody."""
    held = set(debts.filter(CHASED).filter(with_secretariat()).values_list("pk", flat=True))
    for one in steps_due(debts, today):
        if one.step.rung == Rung.AGENDA or not (one.waits or one.debt.pk in held):
            yield one


def _near(due: Iterable[Due], today: date) -> Iterator[News]:
    """To whoever owes it that its day is near or here."""
    rows = list(due)
    owing = posts_of({one.debt.lead_id or 0 for one in rows})
    for one in rows:
        debt, day = one.debt, one.debt.due_day
        if one.step.rung == Rung.NOTICE and day and day >= today:
            kind, key = ahead(debt.pk, day, one.step.days, today)
            yield News(owing[debt.lead_id or 0], kind, key, obligation=debt)


def _late(debts: QuerySet[Obligation], due: Iterable[Due]) -> Iterator[News]:
    """To whoever owes it that its day has passed, once for each day that it had, and for each time that it was opened
    again after it; and by each notice that the body's own ladder has after the deadline, unless that tells it first."""
    rows = list(debts.annotate(since=counted_from(F("due_day"))))
    keys = {debt.pk: key_of(NoticeKind.LATE, debt.pk, debt.since) for debt in rows}
    again = {one.debt.pk: one.step.days for one in due if one.step.rung == Rung.NOTICE and one.step.days > 0}
    told = Notice.objects.filter(key__in=[keys[pk] for pk in again]) if again else Notice.objects.none()
    before = set(told.values_list("key", flat=True))
    owing = posts_of({debt.lead_id or 0 for debt in rows})
    for debt in rows:
        key = keys[debt.pk]
        if key in before:
            key = f"{key}:{again[debt.pk]}"
        yield News(owing[debt.lead_id or 0], NoticeKind.LATE, key, obligation=debt)


def _proposed(due: Iterable[Due], today: date) -> Iterator[News]:
    """To those of the secretariat who may read them that letters are proposed: one a day, and none for those that were
    proposed before."""
    fresh: dict[Body, list[int]] = {}
    for one in due:
        if one.step.rung in BY_LETTER:
            fresh.setdefault(one.debt.body, []).append(one.debt.pk)
    for body, debts in fresh.items():
        for post in secretariat_of(body):
            if visible_to(tenures.acting_of(post)).filter(pk__in=debts).exists():
                yield News([post], NoticeKind.REMIND, f"{NoticeKind.REMIND}:{today}")


def _reports_due(debts: QuerySet[Obligation], today: date) -> Iterator[News]:
    rows = list(debts)
    owing = posts_of({debt.lead_id or 0 for debt in rows})
    for debt in rows:
        key = key_of(NoticeKind.REPORT_DUE, debt.pk, last_end(today, debt.report_months))
        yield News(owing[debt.lead_id or 0], NoticeKind.REPORT_DUE, key, obligation=debt)


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
