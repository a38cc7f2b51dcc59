"""A headquarters with many debts of every kind, for tests that count them in another way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from dabir.cycle.models import Escalation
from dabir.foundation import ledger
from dabir.obligations.models import Extension, Milestone, Obligation, Obstacle, Order, Wait
from dabir.persian import clock
from tests import builders, kept, personas
from tests.conftest import TODAY
from tests.personas import Personas

EVENT = "تأیید نهایی سند"
DEBTS = 90


def moment(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), clock.TEHRAN)


def crowd() -> Personas:
    """Built once in a process."""
    return kept.once("crowd", _busy)


def _busy() -> Personas:
    """A headquarters with debts of every kind, drawn with a seed: rows as they may stand, not how they came to be."""
    world, draw = personas.build(), Random(7)
    builders.meeting(world)
    hq, leads = world.bodies["hq"], [world.parties[code] for code in ("roads", "housing", "agriculture")]

    def near(far: int = 200) -> date:
        return TODAY + timedelta(days=draw.randint(-far, far // 2))

    with ledger.change("tests.busy", by=world.operator) as change:
        order = Order(body=hq, way="note", date=date(2019, 3, 25), text="x", code="hq-order-1398-1")
        change.create(order)
        made: list[Obligation] = []
        for number in range(DEBTS):
            told = near(90)
            kind = draw.choice(["day"] * 6 + ["trigger", "recurrence", "none"])
            state = draw.choice(["open"] * 6 + ["proposed", "unsettled", "cancelled", "closed"])
            row = Obligation(
                body=hq if draw.random() < 0.9 else world.bodies["committee"],
                order=order,
                code=f"hq-order-1398-1/{number}.1",
                action=f"کار {number} «مهم»",
                lead=None if state == "unsettled" else draw.choice(leads),
                state=state,
                due_kind=kind,
                due_day=near() if kind == "day" else None,
                trigger=EVENT if kind == "trigger" else "",
                clock_day=near() if kind == "trigger" and draw.random() < 0.4 else None,
                asleep=draw.random() < 0.1,
                extensions=draw.choice([0, 0, 0, 1, 2, 5]),
                report_months=draw.choice([0, 3]),
                released_at=None if state == "unsettled" else moment(told),
                communicated_at=moment(told) if state != "unsettled" and draw.random() < 0.7 else None,
                proposed_at=moment(told) if state in ("proposed", "closed") else None,
                closed_at=moment(told + timedelta(days=draw.randint(0, 60))) if state == "closed" else None,
            )
            row.first_due_day = row.due_day
            if made and draw.random() < 0.2 and not made[-1].recurs_from_id and kind == "day":
                row.recurs_from = made[-1]
                row.first_due_day = date(2019, 1, 1) + timedelta(days=number)
            for name in ("reported", "verified"):
                if draw.random() < 0.4:
                    setattr(row, f"{name}_on", near(60))
                    setattr(row, f"{name}_percent", draw.randint(0, 100))
            made.append(change.create(row))
        for row in made:
            _beside(change, row, made, draw)
    return world


def _beside(change: ledger.Change, row: Obligation, made: list[Obligation], draw: Random) -> None:
    if draw.random() < 0.5:
        change.create_many(
            Milestone(obligation=row, day=TODAY + timedelta(days=30 * n), percent=draw.randint(0, 100))
            for n in range(-4, 5)
        )
    if row.due_day and row.state == "open" and draw.random() < 0.3:
        asked = {"before": row.due_day, "wanted": row.due_day + timedelta(days=40), "reason": "برف"}
        change.create(Extension(obligation=row, asked_at=clock.now(), asked_by="x", **asked))
    if draw.random() < 0.2:
        wants = {"asks": draw.choice(["decision", "capital"]), "wanted": "تأمین اعتبار", "asked_of": "وزارت"}
        ended = draw.choice([None, clock.now()])
        raised = {"raised_at": clock.now(), "raised_by": "x", "ended_at": ended}
        change.create(Obstacle(obligation=row, text="مانع", **wants, **raised))
    if row.due_day and draw.random() < 0.3:
        held = draw.choice([row.due_day, row.due_day - timedelta(days=9)])
        change.create(
            Escalation(obligation=row, rung=draw.choice(["agenda", "warning"]), days=30, due_day=held, at=clock.now())
        )
    if draw.random() < 0.3:
        change.create(Wait(obligation=row, waits_for=draw.choice([one for one in made if one.pk != row.pk])))
