"""What a letter of communication says: the resolutions verbatim, and each debt in a table; in Persian always."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dabir.meetings.models import Resolution
from dabir.obligations.models import DueKind, Involved, Obligation, Order, Role
from dabir.persian import clock, jalali
from dabir.persian.digits import to_persian
from dabir.writing.letters import Grid

CODE, LEAD, ACTION, UNTIL, ANSWERS_TO, HELPERS = "کد", "مجری", "تکلیف", "مهلت", "پاسخ به", "همکار"
NO_LIMIT = "بدون مهلت"
_ANSWERS = {Role.RECIPIENT: "گیرنده", Role.ENDORSER: "تأییدکننده"}


def decided(debts: Iterable[Obligation]) -> str:
    """The resolutions, points and orders that these debts cite, each once and verbatim, a paragraph each."""
    sources = dict.fromkeys(debt.source for debt in debts)
    return "\n".join(f"{_name(source)}: «{source.text.strip()}»" for source in sources)


def extract_table(debts: Sequence[Obligation]) -> Grid:
    """What one debtor owes: a row for each debt."""
    rows = tuple((d.code, to_persian(d.action), until(d), answers_to(d), helpers(d)) for d in debts)
    return Grid((CODE, ACTION, UNTIL, ANSWERS_TO, HELPERS), (0, 3, 1.3, 1.7, 1.3), rows)


def circular_table(debts: Sequence[Obligation]) -> Grid:
    """What each of several debtors owes; with so many columns who helps stands beneath whom it answers to."""
    rows = tuple(
        (d.code, d.lead.name if d.lead else "", to_persian(d.action), until(d), "؛ ".join(_all_about(d))) for d in debts
    )
    return Grid((CODE, LEAD, ACTION, UNTIL, ANSWERS_TO), (0, 1.6, 2.6, 1.3, 2), rows)


def _all_about(debt: Obligation) -> list[str]:
    names = _names(debt, Role.HELPER)
    return [answers_to(debt), *([f"{HELPERS}: {names}"] if names else [])]


def until(debt: Obligation) -> str:
    """Until when, as the register has it: the day, with the words that it is counted from, or the words alone."""
    words = to_persian(debt.due_text or debt.trigger)
    if debt.due_kind == DueKind.INSTANT and debt.due_instant:
        hour = to_persian(f"{debt.due_instant.astimezone(clock.TEHRAN):%H:%M}")
        return f"{jalali.format_day(debt.due_instant.astimezone(clock.TEHRAN).date())}، ساعت {hour}"
    if debt.due_day:
        day = jalali.format_day(debt.due_day)
        return f"{day} ({words})" if debt.clock_day else day
    return words or NO_LIMIT


def answers_to(debt: Obligation) -> str:
    """Who receives and who endorses the result, and which debts come first; none of a meeting of a higher class, of
    which whoever reads the letter is not to know."""
    lines = []
    for role, word in _ANSWERS.items():
        if names := _names(debt, role):
            lines.append(f"{word}: {names}")
    for first in (wait.waits_for for wait in debt.waits_for.all()):
        if first.secrecy.is_above(debt.secrecy):
            continue
        lead = f" ({first.lead.name})" if first.lead else ""
        lines.append(f"پس از {_name(first.source)}{lead}")
    return "؛ ".join(lines) or "دبیرخانه"


def helpers(debt: Obligation) -> str:
    return _names(debt, Role.HELPER) or "—"


def _names(debt: Obligation, role: Role) -> str:
    rows: list[Involved] = [one for one in debt.involved.all() if one.role == role]
    named = [one.party.name if one.party else one.text for one in rows if not (one.party and one.party.merged_into_id)]
    return "، ".join(dict.fromkeys(named))


def _name(source: object) -> str:
    if isinstance(source, Resolution):
        return f"مصوبه {to_persian(source.number or str(source.order))}"
    if isinstance(source, Order):
        return "دستور"
    return "از مذاکرات جلسه"
