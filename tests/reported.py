"""A debt that the agency of `officer` and `head` owes to the headquarters, told to it, and reports of it."""

from __future__ import annotations

from datetime import date, datetime

from dabir.foundation import ledger
from dabir.obligations import services as obligations
from dabir.obligations.models import Obligation
from dabir.obligations.reporting import services
from dabir.obligations.reporting.values import File, Progress
from dabir.persian import clock, jalali
from tests import builders
from tests.personas import Personas

PNG: File = ("عکس.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)
"""It begins as a picture does; nothing can be drawn of it."""
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c6360606000000004000127340a2e0000000049454e44ae426082"
)
"""One point."""


def day(text: str) -> date:
    found = jalali.parse_day(text)
    assert found
    return found


def owed(world: Personas, *, told: str = "1398/04/10", endorser: str = "") -> Obligation:
    """Communicated on that day; its endorsers are the parties of these codes."""
    there = Obligation.objects.filter(lead__code="county-agriculture").first()
    if there is None:
        builders.meeting(world)
        there = Obligation.objects.get(lead__code="county-agriculture")
    debt = communicated(world, there, on=told)
    if endorser:
        services.set_endorsers(debt, by=world.operator, parties=[world.parties[code] for code in endorser.split()])
    return Obligation.objects.get(pk=debt.pk)


def communicated(world: Personas, debt: Obligation, *, on: str = "1398/04/10") -> Obligation:
    """Communicated on that day, by no letter."""
    obligations.release([debt], by=world.operator)
    with ledger.change("tests.told", by=world.operator) as change:
        now = Obligation.objects.get(pk=debt.pk)
        change.update(now, communicated_at=datetime.combine(day(on), datetime.min.time(), clock.TEHRAN))
    return now


def progress(percent: int = 40, *, starts: str = "1398/04/10", ends: str = "1398/06/31", **more: object) -> Progress:
    values: dict[str, object] = {"narrative": "آبیاری نیمی از زمین‌ها نو شد"}
    return Progress(day(starts), day(ends), percent, **(values | more))  # type: ignore[arg-type]
