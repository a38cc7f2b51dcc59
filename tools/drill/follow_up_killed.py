"""A process that works through the verbs of follow-up is killed at a random instant: debts are acknowledged, reported,
confirmed, verified, extended, told of, and closed by sealing minutes. Afterwards the home holds each act that the
process had answered for, at most one more, and none by half; the ledger audits clean. A second process does the rest,
and nothing is done twice.

Run as a program, this module prepares the home (`prepare`), is the worker that is killed (`work`), or the one who looks
afterwards (`look`).
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.drill import homes

CODE, DEBTS, CLOSED = "drill-45", 8, 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often each verb's rows stand in the tables, and `events` of it in the ledger; faults of the ledger."""

    rows: dict[str, int]
    events: dict[str, int]
    notices: int
    twice: int
    """Notices and steps of the ladder that stand there more than once."""
    faults: int


def kill_while_following_up(*, times: int, seed: int) -> dict[str, int]:
    """Kill `times` processes; in which verb how many were killed. Raises where something is lost, doubled or half."""
    chance = random.Random(seed)
    killed: dict[str, int] = {}
    with homes.sample() as template:
        homes.told(template, __name__, "prepare")
        home = homes.copy(template)
        whole, longest = _work(home, None)
        complete = _look(home)
        assert complete.rows == complete.events and not complete.faults and not complete.twice, complete
        assert sum(complete.rows.values()) == len(whole) - 1 + CLOSED, (
            whole,
            complete,
        )  # the look, and what sealing closes
        for _ in range(times):
            home = homes.copy(template)
            done, _took = _work(home, chance.uniform(0, longest))
            found = _look(home)
            more = sum(found.rows.values()) - sum(verb != "look" for verb in done) - CLOSED * ("close" in done)
            try:
                assert found.rows == found.events, f"rows and events differ: {found}"
                assert not found.faults and not found.twice, found
                assert more in (0, 1, CLOSED + 1), f"answered {done}, found {found}"
                _work(home, None)
                assert _look(home) == complete, f"{_look(home)} instead of {complete}"
            except AssertionError as error:
                raise AssertionError(f"{error}; killed after {len(done)} acts") from None
            verb = next((one for one in whole[len(done) :]), "nothing")
            killed[verb] = killed.get(verb, 0) + 1
            shutil.rmtree(home.parent)
    return killed


def _work(home: Path, seconds: float | None) -> tuple[list[str], float]:
    """Let a process do what is left, and kill it so long after it has begun; the verbs that it has told of, and how
    long it took."""
    command = [sys.executable, "-m", __name__, "work"]
    worker = subprocess.Popen(command, env=homes.env(home), cwd=homes.ROOT, stdout=subprocess.PIPE, text=True)
    assert worker.stdout and worker.stdout.readline() == "ready\n"
    began = time.monotonic()
    if seconds is not None:
        homes.kill_after(worker, seconds)
    told = worker.stdout.read().split()
    took = time.monotonic() - began
    assert worker.wait() == 0 or seconds is not None
    return told, took


def _look(home: Path) -> Outcome:
    return Outcome(**json.loads(homes.told(home, __name__, "look")))


def _prepare_here() -> None:
    """Debts of the agency that `officer` and `head` work in, some of them late, and minutes that close two of them."""
    from datetime import timedelta

    from dabir.directory.models import Body, Party
    from dabir.directory.tenures import acting_as
    from dabir.foundation import ledger
    from dabir.meetings.manuscripts import revisions
    from dabir.meetings.manuscripts.services import open_manuscript
    from dabir.meetings.models import Meeting, MeetingBody
    from dabir.obligations import services as obligations
    from dabir.obligations.making import Due, Duty
    from dabir.obligations.models import DueKind, OrderWay
    from dabir.persian import clock
    from dabir.persian.jalali import format_day, to_gregorian

    by, day = acting_as("secretary"), to_gregorian(1398, 7, 10)
    hq = Body.objects.get(code="zanjan-hq")
    lead = Party.objects.get(code="agriculture")
    duties = [
        Duty(f"گزارش {n} را ارسال نماید", lead, due=Due(DueKind.DAY, day + timedelta(days=n + 2)))
        for n in range(1, DEBTS + 1)
    ]
    debts = obligations.record_order(by=by, body=hq, way=OrderWay.NOTE, day=day, text="پیگیری شود", duties=duties)
    obligations.release(debts, by=by)
    with ledger.change("drill.prepare", by=by) as change:
        for debt in debts:
            change.update(debt, communicated_at=clock.now())
        fields = {"code": CODE, "title": "جلسه ۴۵", "date": to_gregorian(1398, 7, 19), "state": "held"}
        meeting = change.create(Meeting(kept_by=hq, **fields))
        change.create(MeetingBody(meeting=meeting, body=hq, year=1398, number=45))
    draft = open_manuscript(meeting, by=by)
    decided = "\n".join(f"{n}- تکلیف شماره {debt.code} مختومه شد." for n, debt in enumerate(debts[-CLOSED:], 1))
    head = f"صورتجلسه {hq}\nتاریخ جلسه: {format_day(meeting.date)}\tشماره جلسه: ۴۵"
    with ledger.change("drill.write", by=by):
        revisions.add(draft, f"{head}\n\nج - مصوبات جلسه:\n\n{decided}\n", by=by)


def _work_here() -> None:
    for verb in _acts():
        print(verb, flush=True)


def _acts() -> Iterator[str]:
    """Say that all is at hand, then do what is left to do, and name each verb after its act."""
    from datetime import timedelta

    from dabir.cycle.escalating import look
    from dabir.cycle.sealing import seal_minutes
    from dabir.directory.tenures import acting_as
    from dabir.foundation.acting import Acting
    from dabir.meetings.manuscripts import revisions
    from dabir.meetings.models import Manuscript
    from dabir.obligations import extending
    from dabir.obligations import services as obligations
    from dabir.obligations.models import Obligation, ReplyKind, Report
    from dabir.obligations.replies import Answer
    from dabir.obligations.reporting import services as reporting
    from dabir.obligations.reporting.values import Found, Progress
    from dabir.persian import clock

    officer, head, secretary = (acting_as(name) for name in ("officer", "head", "secretary"))
    today = clock.today()
    yield "ready"
    look(by=Acting.host_operator())
    yield "look"
    debts = Obligation.objects.filter(order__isnull=False, lead__code="agriculture").select_related("meeting", "lead")
    for place, debt in enumerate(debts.order_by("pk")):
        if obligations.acknowledge(debt, by=officer, answer=Answer(ReplyKind.ACKNOWLEDGED)):
            yield "acknowledge"
        report = debt.reports.first()
        if report is None:
            said = Progress(today - timedelta(days=1), today, 50, narrative="نیمی انجام شد")
            report = reporting.report(debt, said, by=officer)
            yield "report"
        if report.state == "reported":
            report = reporting.confirm(report, by=head)
            yield "confirm"
        if report.state == "confirmed":
            reporting.verify(Report.objects.get(pk=report.pk), Found(50), by=secretary)
            yield "verify"
        if place < DEBTS - CLOSED:
            asked = debt.extension_requests.first()
            if asked is None:
                wanted = today + timedelta(days=40)
                asked = extending.ask_extension(debt, by=officer, wanted=wanted, reason="تأخیر در اعتبار")
                yield "ask"
            if asked.state == "asked":
                extending.grant_extension(asked, by=secretary)
                yield "grant"
    draft = Manuscript.objects.select_related("meeting").get(meeting__code=CODE)
    if draft.meeting.state == "held":
        seal_minutes(draft, revision=revisions.newest(draft).number, by=secretary)
        yield "close"


def _look_here() -> Outcome:
    from django.db.models import Count

    from dabir.cycle.models import Escalation, Notice
    from dabir.foundation import ledger
    from dabir.foundation.models import Event
    from dabir.meetings.models import MinutesVersion
    from dabir.obligations.models import Decision, Extension, Obligation, Reply, Report, ReportStep

    steps, asked = ReportStep.objects, Extension.objects
    sealed = MinutesVersion.objects.filter(meeting__code=CODE).count()
    closed = Obligation.objects.filter(state="closed", order__isnull=False).count()
    rows = {
        "acknowledge": Reply.objects.count(),
        "report": Report.objects.count(),
        "confirm": steps.filter(kind="confirmed").count(),
        "verify": steps.filter(kind="verified").count(),
        "ask": asked.count(),
        "grant": asked.filter(state="granted").count(),
        "seal": sealed,
        "close": closed,
    }
    verbs = {
        "acknowledge": "obligations.acknowledge",
        "report": "reporting.report",
        "confirm": "reporting.confirm",
        "verify": "reporting.verify",
        "ask": "obligations.ask_extension",
        "grant": "obligations.grant_extension",
        "seal": "cycle.seal_minutes",
    }
    events = {name: Event.objects.filter(verb=verb).count() for name, verb in verbs.items()}
    told = [Notice.objects.values("post", "key"), Escalation.objects.values("obligation", "rung", "days", "due_day")]
    return Outcome(
        rows=rows,
        events=events | {"close": Decision.objects.filter(act="close").count()},
        notices=Notice.objects.count(),
        twice=sum(one.annotate(times=Count("pk")).filter(times__gt=1).count() for one in told),
        faults=len(list(ledger.audit())),
    )


if __name__ == "__main__":
    homes.run({"prepare": _prepare_here, "work": _work_here, "look": _look_here})
