"""A process that seals minutes is killed at a random instant; afterwards the home holds either version 1 with all its
resolutions and debts, or minutes that are still being written, and the ledger audits clean.

Run as a program, this module prepares the minutes (`prepare`), is the worker that is killed (`seal`), or the one who
looks afterwards (`look`).
"""

from __future__ import annotations

from dataclasses import dataclass

from tools.drill import homes

CODE = "drill-45"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands of the meeting: its state and that of its minutes, versions, rows and debts; faults of the ledger."""

    meeting: str
    minutes: str
    versions: int
    resolutions: int
    debts: int
    sealed_whole: bool
    faults: int


def kill_while_sealing(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` sealings; returns how many had left nothing and how many everything. Raises on anything else."""
    with homes.sample() as template:
        homes.told(template, __name__, "prepare")
        return homes.kill_while_working(template, __name__, "seal", Outcome, _is_whole, times=times, seed=seed)


def _is_whole(before: Outcome, after: Outcome) -> bool:
    was_written = (before.meeting, before.versions, before.debts) == ("held", 0, 0)
    return was_written and after.sealed_whole and after.debts > 0 and not after.faults


def _prepare_here() -> None:
    """Session 45 of the sample's headquarters: held, and its minutes written, with a dozen resolutions."""
    from dabir.directory.models import Body
    from dabir.directory.tenures import acting_as
    from dabir.foundation import ledger
    from dabir.meetings.manuscripts import revisions
    from dabir.meetings.manuscripts.services import open_manuscript
    from dabir.meetings.models import Meeting, MeetingBody
    from dabir.persian.jalali import to_gregorian

    by = acting_as("secretary")
    hq = Body.objects.get(pk__in=by.secretariats)
    with ledger.change("drill.prepare", by=by) as change:
        fields = {"code": CODE, "title": "جلسه ۴۵", "date": to_gregorian(1398, 7, 19), "state": "held"}
        meeting = change.create(Meeting(kept_by=hq, **fields))
        change.create(MeetingBody(meeting=meeting, body=hq, year=1398, number=45))
    draft = open_manuscript(meeting, by=by)
    decided = "\n".join(
        f"{n}- سازمان جهاد کشاورزی استان زنجان موظف است گزارش شماره {n} را تا ۱۳۹۸/۰۸/{n + 10} ارسال نماید."
        for n in range(1, 13)
    )
    text = f"صورتجلسه {hq}\nتاریخ جلسه: ۱۳۹۸/۰۷/۱۹\tشماره جلسه: ۴۵\n\nج - مصوبات جلسه:\n\n{decided}\n"
    with ledger.change("drill.write", by=by):
        revisions.add(draft, text, by=by)


def _seal_here() -> None:
    from dabir.cycle.sealing import seal_minutes
    from dabir.directory.tenures import acting_as
    from dabir.meetings.models import Manuscript

    by = acting_as("secretary")
    draft = Manuscript.objects.select_related("meeting").get(meeting__code=CODE)
    with homes.working():
        seal_minutes(draft, revision=2, by=by)


def _look_here() -> Outcome:
    from dabir.foundation import files, ledger
    from dabir.meetings.models import Manuscript
    from dabir.obligations.models import Obligation
    from dabir.reading.minutes import source_of

    draft = Manuscript.objects.select_related("meeting").get(meeting__code=CODE)
    meeting, versions = draft.meeting, list(draft.meeting.versions.select_related("file"))
    whole = [
        version.sha256 == files.sha256(source_of(version.document)) and bool(files.get(version.file))
        for version in versions
    ]
    return Outcome(
        meeting=str(meeting.state),
        minutes=str(draft.state),
        versions=len(versions),
        resolutions=meeting.resolutions.count(),
        debts=Obligation.objects.filter(meeting=meeting).count(),
        sealed_whole=whole == [True],
        faults=len(list(ledger.audit())),
    )


if __name__ == "__main__":
    homes.run({"prepare": _prepare_here, "seal": _seal_here, "look": _look_here})
