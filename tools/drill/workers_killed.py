"""A worker is killed in the middle of what it does: the daily look, notices, the day's messages, instances of recurring
duties, a paper that is read. What it had taken up another takes up once its lease has run out, not before. In the end
all is there that would be without a kill, and nothing twice; a message of which nobody knows whether it went is not
sent again, and says so.

Run as a program, this module fills a home with work (`prepare`), is a worker (`work`, killed at a point of it), or the
one who looks (`look`).
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import current_thread

from tools.drill import homes, postgres

LEASE = 4.0
"""Seconds: the shortest that there is."""
ADAPTER = "dabir.foundation.sms_files"
ANYWHERE, SENDING = "anywhere", "sending"
"""Which points a worker is killed at: any, or those just before and after a message goes, of which there are few."""
SENDING_EACH = 4
"""So many kills have one among them while a message goes."""
WORK = {"follow-up", "digests", "digest"}
"""The chores that are done here; papers are read beside them, and news told each minute."""
ELSEWHERE = {"foundation.BackupJob"}
"""Jobs that another drill kills: `backup_killed`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has come of the work: rows that may stand there once, and how often they do; jobs by how they stand; when
    those that are under way gave their last sign of life; messages that went, by number; faults of the ledger."""

    once: dict[str, int]
    jobs: dict[str, int]
    alive_at: list[float]
    sent: dict[str, int]
    spooled: int
    faults: int


def kill_workers(*, times: int, seed: int, on_postgres: bool = False) -> dict[str, int]:
    """Kill `times` workers; in how many ways it left its work. Raises where something is lost or doubled."""
    chance = random.Random(seed)
    seen: Counter[str] = Counter()
    with postgres.server(synced=False) if on_postgres else nullcontext() as server, homes.sample(server) as template:
        homes.told(template, __name__, "prepare")
        home = homes.copy(template)
        points = _work(home)
        whole = _look(home)
        assert set(whole.once.values()) == {1} and not whole.faults and not whole.spooled, whole
        assert set(whole.jobs) == {"done"} and set(whole.sent.values()) == {1}, whole
        for turn in range(times):
            where = ANYWHERE if turn % SENDING_EACH else SENDING
            home, at = homes.copy(template), chance.randrange(points[where])
            try:
                _work(home, where, at)
                left = _look(home)
                seen["taken back" if left.alive_at else "between two"] += 1
                _work(home)
                ended = time.time()
                assert all(ended >= one + LEASE for one in left.alive_at), "taken up before its lease had run out"
                unsure = _judge(_look(home), whole)
                assert unsure or where != SENDING, "stopped while it was sent, and says nothing of it"
                seen["unsure"] += unsure
            except AssertionError as error:
                raise AssertionError(f"killed {where} at {at} of {points}: {error}") from None
            homes.drop(home)
    return dict(seen)


def _judge(found: Outcome, whole: Outcome) -> int:
    """How many messages nobody knows of."""
    unsure = found.jobs.get("failed", 0)
    assert found.once == whole.once, f"{_less(found.once, whole.once)} instead of {_less(whole.once, found.once)}"
    assert not found.faults and not found.spooled and not found.alive_at, found
    assert found.jobs == {"done": whole.jobs["done"] - unsure} | ({"failed": unsure} if unsure else {}), found
    assert set(found.sent.values()) <= {1} and set(found.sent) <= set(whole.sent), found
    assert unsure <= 1 and len(whole.sent) - len(found.sent) <= unsure, found
    return unsure


def _less(these: dict[str, int], those: dict[str, int]) -> dict[str, int]:
    return {key: count for key, count in these.items() if those.get(key) != count}


def _work(home: Path, where: str = ANYWHERE, at: int | None = None) -> dict[str, int]:
    """Let a worker do what there is, or until it kills itself at that point; how many points it came past."""
    command = [sys.executable, "-m", __name__, "work", *([] if at is None else [where, str(at)])]
    env = homes.env(home) | {"JOB_LEASE": str(LEASE), "JOBS_AT_ONCE": "1", "SMS_ADAPTER": ADAPTER}
    done = subprocess.run(command, env=env, cwd=homes.ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == (0 if at is None else -signal.SIGKILL), f"{done.returncode}: {done.stderr[-4_000:]}"
    return dict(json.loads(done.stdout or "{}"))


def _look(home: Path) -> Outcome:
    homes.settle(home)
    return Outcome(**json.loads(homes.told(home, __name__, "look")))


def _prepare_here() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction
    from django.utils.module_loading import autodiscover_modules

    from dabir.cycle.news import tell_news
    from dabir.directory import services as directory
    from dabir.directory.models import Person
    from dabir.foundation import services
    from dabir.foundation.jobs import schedule
    from dabir.foundation.models import User
    from dabir.meetings.services import bring_paper
    from dabir.persian import clock
    from tests import builders, drafts, personas
    from tests.cycle.test_escalating import chased
    from tests.obligations.test_recurring import duty

    settings.SMS_ADAPTER = ADAPTER
    call_command("flush", interactive=False, verbosity=0)
    world = personas.build()
    chased(world, due_day=clock.today())
    duty(world, "هر ماه")
    duty(world, "هر هفته")
    tell_news(by=world.operator)  # what was before is old
    for letter in builders.reminders(world, ["agriculture", "roads"]):
        builders.numbered(world, letter, str(letter.pk))
    for number, name in enumerate(("officer", "head", "outsider")):
        person = Person.objects.get(user=world.users[name])
        directory.set_mobile(by=world.operator, person=person, mobile=f"0912111220{number}")
        user = User.objects.get(pk=world.users[name].pk)
        services.set_digests(user, by=getattr(world, name), email="", digests="sms")
    autodiscover_modules("tasks")
    for chore, when in schedule.times().items():
        with transaction.atomic():
            schedule.put(chore, when.last(clock.machine_now()).date().isoformat())
    bring_paper(f"{drafts.TEXT}\n".encode(), name="a.txt", body=world.bodies["hq"], by=world.secretary)


def _work_here() -> None:
    """As `dabir worker` does, until nothing is left to do; minutes are short."""
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.signals import connection_created

    from dabir.foundation import sms_files
    from dabir.foundation.jobs import schedule
    from dabir.foundation.jobs.workers import at_work
    from tools.drill.points import Points

    points, schedule.MINUTE = {ANYWHERE: Points(), SENDING: Points()}, 0.5
    if sys.argv[2:]:
        points[sys.argv[2]].at = int(sys.argv[3])

    def opened(connection: BaseDatabaseWrapper, **_more: object) -> None:
        if current_thread().name == "job-0" and not connection.execute_wrappers:
            points[ANYWHERE].watch(connection)  # signs of life come when they come: they are no points

    connection_created.connect(opened)
    send = sms_files.send

    def sent(mobile: str, text: str) -> str:
        for one in points.values():
            one.passed()
        key = send(mobile, text)
        for one in points.values():
            one.passed()
        return key

    sms_files.send = sent
    with at_work():
        while _is_left():
            time.sleep(0.1)
    print(json.dumps({where: one.count for where, one in points.items()}))


def _is_left() -> bool:
    from dabir.cycle import news, reader
    from dabir.foundation.jobs.model import GOING_ON, kinds
    from dabir.foundation.models import Event

    waits = any(kind._default_manager.filter(state__in=GOING_ON).exists() for kind in kinds())
    newest = Event.objects.order_by("-number").values_list("number", flat=True)[0]
    return waits or reader.position(news.NAME) != newest


def _look_here() -> Outcome:
    from django.conf import settings

    from dabir.cycle.models import Escalation, Notice
    from dabir.foundation import ledger
    from dabir.foundation.jobs.model import kinds
    from dabir.meetings.models import Draft
    from dabir.obligations.models import Obligation

    home = Path(settings.DABIR_HOME)
    there = [
        *(f"notice {post} {key}" for post, key in Notice.objects.values_list("post__party__code", "key")),
        *(f"step {row}" for row in Escalation.objects.values_list("obligation__code", "rung", "days", "due_day")),
        *(f"instance {row}" for row in Obligation.objects.values_list("recurs_from__code", "first_due_day") if row[0]),
        *(f"draft {name}" for name in Draft.objects.values_list("name", flat=True)),
    ]
    jobs = [row for kind in kinds() for row in kind._default_manager.values_list("state", "alive_at")]
    return Outcome(
        once=dict(Counter(there)),
        jobs=dict(Counter(state for state, _alive in jobs)),
        alive_at=[alive for _state, alive in jobs if alive],
        sent=dict(Counter(path.name.split("-")[1] for path in (home / "sms").glob("*.txt"))),
        spooled=len(list((home / "incoming").glob("*"))),
        faults=len(list(ledger.audit())),
    )


if __name__ == "__main__":
    homes.do({"prepare": _prepare_here, "work": _work_here, "look": _look_here})
