"""Which numbers letters may be given: what is wrong with each, found for all at once and before anything is stored.

A number comes from the office-automation system, with a date. It stands with ASCII digits, whatever was typed; number
and date together are one letter's of a body.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.foundation.fields import FIRST_DAY, LAST_DAY
from dabir.letters.models import Letter, LetterState
from dabir.persian import clock, jalali
from dabir.persian.digits import to_ascii
from dabir.persian.letters import canonical

LONGEST_NUMBER = 40
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Numbered:
    """A letter with what it is to get; the number as it was typed."""

    letter: Letter
    number: str
    day: date | None

    @property
    def clean(self) -> str:
        return clean_number(self.number)


class Faults(Invalid):
    """Why nothing was stored: a sentence for each row at fault, by its place in what was given, from 0. `field_of` is
    "number" or "day", whichever is at fault in the row."""

    def __init__(self, message: str, faults: dict[int, Invalid]) -> None:
        first = min(faults)
        super().__init__(str(faults[first]) if len(faults) == 1 else message, field=faults[first].field)
        self.faults = {at: str(fault) for at, fault in faults.items()}


def clean_number(text: str) -> str:
    """As numbers are stored: canonical, with ASCII digits."""
    return to_ascii(canonical(text))


def check(rows: Sequence[Numbered]) -> None:
    """`Faults` where any of these letters cannot get its number; a bounded number of queries."""
    if not rows:
        raise Invalid(_("Choose at least one letter."))
    if len(rows) > MOST_AT_ONCE:
        raise Invalid(_("At most %(count)s letters at once.") % {"count": MOST_AT_ONCE})
    if faults := faults_of(rows):
        raise Faults(_("No letter has got its number yet: some rows need a second look."), faults)


def faults_of(rows: Sequence[Numbered]) -> dict[int, Invalid]:
    """What is wrong with each row, by its place."""
    states = dict(Letter.objects.filter(pk__in=[row.letter.pk for row in rows]).values_list("pk", "state"))
    taken = _taken([(row.letter.body_id, row.clean, row.day) for row in rows if row.day])
    faults: dict[int, Invalid] = {}
    letters: set[int] = set()
    pairs: dict[tuple[int, str, date | None], int] = {}
    for at, row in enumerate(rows):
        key = (row.letter.body_id, row.clean, row.day)
        fault = _of_row(row, states.get(row.letter.pk, ""))
        if fault is None and row.letter.pk in letters:
            fault = Invalid(_("This letter stands in the list twice."))
        if fault is None and key in taken:
            fault = Invalid(_("Another letter has this number and date."), field="number")
        if fault is None and key in pairs:
            text = _("Row %(row)s has this number and date too.")
            fault = Invalid(text % {"row": pairs[key] + 1}, field="number")
        if fault:
            faults[at] = fault
        letters.add(row.letter.pk)
        pairs.setdefault(key, at)
    return faults


def doubts_of(rows: Sequence[Numbered]) -> dict[int, str]:
    """What looks odd in a row and is stored all the same: a date before the letter was written, or a number that
    another letter of the body got on another day of that year."""
    numbers = {row.clean for row in rows if row.clean}
    known: dict[tuple[int, str], list[date]] = {}
    bodies = {row.letter.body_id for row in rows}
    others = Letter.objects.filter(number__in=numbers, registered_on=None, body__in=bodies)
    for body, number, day in others.values_list("body_id", "number", "dated"):
        if day:
            known.setdefault((body, number), []).append(day)
    doubts = {}
    for at, row in enumerate(rows):
        if row.day is None:
            continue
        written = row.letter.written_at.astimezone(clock.TEHRAN).date()
        year = jalali.from_gregorian(row.day)[0]
        same = [day for day in known.get((row.letter.body_id, row.clean), ()) if jalali.from_gregorian(day)[0] == year]
        if same:
            doubts[at] = _("Another letter has this number, of %(day)s.") % {"day": jalali.format_day(same[0])}
        elif row.day < written:
            doubts[at] = _("This day is before the letter was written.")
    return doubts


def _of_row(row: Numbered, state: str) -> Invalid | None:
    if state != LetterState.AWAITING:
        return Invalid(_("This letter does not wait for a number."))
    if not any(map(str.isalnum, row.clean)) or len(row.clean) > LONGEST_NUMBER:
        return Invalid(_("Write the letter's number, at most 40 characters."), field="number")
    if row.day is None:
        return Invalid(_("Write the day."), field="day")
    if not FIRST_DAY <= row.day < LAST_DAY:
        return Invalid(_("This day is too far away."), field="day")
    if row.day > clock.today():
        return Invalid(_("This day is still to come."), field="day")
    return None


def _taken(keys: Collection[tuple[int, str, date]]) -> set[tuple[int, str, date | None]]:
    """Those of the keys (body, number, day) that a letter has."""
    numbers = {number for _body, number, _day in keys}
    letters = Letter.objects.filter(number__in=numbers, registered_on=None).exclude(number="")
    return set(letters.values_list("body_id", "number", "dated")) & set(keys)
