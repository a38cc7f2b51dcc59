"""A process that accepts a paper is killed at a random instant of its writing; afterwards the home holds either all of
the meeting or nothing of it, and the ledger audits clean.

Run as a program, this module is the worker that is killed (`accept`), or the one who looks afterwards (`look`).
"""

from __future__ import annotations

from dataclasses import dataclass

from tools.drill import homes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the home: how many meetings and debts, whether the paper is accepted, and faults of the ledger."""

    meetings: int
    debts: int
    accepted: bool
    faults: int


def kill_while_accepting(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` acceptances; returns how many had left nothing and how many everything. Raises on anything else."""
    with homes.sample() as template:
        return homes.kill_while_working(template, __name__, "accept", Outcome, _is_whole, times=times, seed=seed)


def _is_whole(before: Outcome, after: Outcome) -> bool:
    return after.accepted and after.meetings == before.meetings + 1 and not after.faults


def _accept_here() -> None:
    from dabir.cycle.accepting import accept_reading
    from dabir.directory.tenures import acting_as
    from dabir.meetings.models import Draft

    by = acting_as("county")
    draft = Draft.objects.get(state="open", kept_by__in=by.secretariats)
    with homes.working():
        accept_reading(draft, by=by, version=draft.version)


def _look_here() -> Outcome:
    from dabir.foundation import ledger
    from dabir.meetings.models import Draft, Meeting
    from dabir.obligations.models import Obligation

    return Outcome(
        meetings=Meeting.objects.count(),
        debts=Obligation.objects.count(),
        accepted=Draft.objects.filter(state="accepted", kept_by__code="ijrud-planning").exists(),
        faults=len(list(ledger.audit())),
    )


if __name__ == "__main__":
    homes.run({"accept": _accept_here, "look": _look_here})
