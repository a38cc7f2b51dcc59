"""A process that numbers forty letters is killed at a random instant of its writing; afterwards the home holds either
all of the numbers or none, and the ledger audits clean.

Run as a program, this module is the one who writes the letters (`write`), the worker that is killed (`number`), or the
one who looks afterwards (`look`).
"""

from __future__ import annotations

from dataclasses import dataclass

from tools.drill import homes

LETTERS = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the home: letters with and without a number, and faults of the ledger."""

    numbered: int
    waiting: int
    faults: int


def kill_while_numbering(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` numberings; returns how many had left nothing and how many everything. Raises on anything else."""
    with homes.sample() as template:
        homes.told(template, __name__, "write")
        return homes.kill_while_working(template, __name__, "number", Outcome, _is_whole, times=times, seed=seed)


def _is_whole(before: Outcome, after: Outcome) -> bool:
    return after == Outcome(before.numbered + LETTERS, before.waiting - LETTERS, 0)


def _write_here() -> None:
    from dabir.directory.models import Body, Party
    from dabir.directory.tenures import acting_as
    from dabir.letters.composing import Written
    from dabir.letters.parts import Addressee
    from dabir.letters.services import compose_letter

    by = acting_as("secretary")
    body = Body.objects.get(pk=min(by.secretariats))
    parties = list(Party.objects.filter(kind="organization", merged_into=None).order_by("pk"))
    for at in range(LETTERS):
        compose_letter(Written(f"نامه {at}", "متن", [Addressee(parties[at % len(parties)])]), by=by, body=body)


def _number_here() -> None:
    from dabir.cycle.communicating import number_letters
    from dabir.directory.tenures import acting_as
    from dabir.letters.models import Letter, Way
    from dabir.letters.numbering import Numbered
    from dabir.persian import clock

    by = acting_as("secretary")
    waiting = Letter.objects.filter(state="awaiting", subject__startswith="نامه ").order_by("pk")
    rows = [Numbered(letter, f"7000{at}", clock.today()) for at, letter in enumerate(waiting)]
    with homes.working():
        number_letters(rows, by=by, way=Way.AUTOMATION)


def _look_here() -> Outcome:
    from dabir.foundation import ledger
    from dabir.letters.models import Letter

    return Outcome(
        numbered=Letter.objects.filter(state="numbered").exclude(number="").count(),
        waiting=Letter.objects.filter(state="awaiting", number="").count(),
        faults=len(list(ledger.audit())),
    )


if __name__ == "__main__":
    homes.run({"write": _write_here, "number": _number_here, "look": _look_here})
