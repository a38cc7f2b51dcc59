"""Many agencies acknowledge at once, each form sent twice at the same time, while the server, or the database under
it, is killed and comes back. Whoever got no answer sends the same form again. Beside them workers, one in the server's
process and one of its own, do the daily look. Afterwards each debt is acknowledged once, with one event, each agency is
told once of its day, and the ledger audits clean.

Run as a program, this module makes the agencies with debts and sessions (`prepare`), or looks afterwards (`look`).
"""

from __future__ import annotations

import http.client
import json
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

from tools.drill import homes, postgres

AT_ONCE = 24
PATIENCE = 300.0
"""Seconds in which an agency that gets no answer goes on trying."""
_INPUT = re.compile(r"<input[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Prepared:
    """Of each agency its officer's session, and its debt."""

    sessions: list[str]
    codes: list[str]
    keys: list[int]


@dataclass(frozen=True, slots=True)
class Outcome:
    acknowledged: int
    replies: int
    events: int
    told: int
    jobs: list[str]
    faults: int


@dataclass(slots=True)
class Web:
    """`dabir serve` in a home, on a port that it has again after a kill."""

    home: Path
    port: int
    process: subprocess.Popen[str]

    @classmethod
    def start(cls, home: Path) -> Web:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        return cls(home, port, _started(home, "serve", "--port", str(port)))

    def kill(self) -> None:
        """Kill it in the middle of what it does, and start it again."""
        self.stop()
        self.process = _started(self.home, "serve", "--port", str(self.port))

    def stop(self) -> None:
        _end(self.process)


def _started(home: Path, *command: str) -> subprocess.Popen[str]:
    """A command of Dabir's that has said that it is at work."""
    log = home / f"{command[0]}.log"
    with log.open("a") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "dabir", *command],
            env=homes.env(home) | {"JOB_LEASE": "4"},
            cwd=homes.ROOT,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout and process.stdout.readline(), log.read_text()
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


def acknowledge_at_once(*, agencies: int, seed: int, kills: int = 0, crashes: int = 0) -> dict[str, float]:
    """How many agencies acknowledged, how often one had to send again, the seconds that the slowest of them took, and
    all. With `crashes` the home is on a PostgreSQL of the drill's own. Raises where something is lost or doubled."""
    chance = random.Random(seed)
    with postgres.server() if crashes else nullcontext() as server, homes.sample(server) as template:
        home = homes.copy(template)
        prepared = Prepared(**json.loads(homes.told(home, __name__, "prepare", str(agencies))))
        web, worker = Web.start(home), _started(home, "worker")
        try:
            began = time.monotonic()
            troubles = [web.kill] * kills + ([server.crash] * crashes if server else [])
            trouble = Thread(target=_disturb, args=(troubles, chance))
            trouble.start()
            with ThreadPoolExecutor(AT_ONCE) as pool:
                agents = zip(prepared.sessions, prepared.codes, prepared.keys, strict=True)
                answered = list(pool.map(lambda one: _acknowledge(web, *one), agents))
            seconds = time.monotonic() - began
            trouble.join()
            found = Outcome(**json.loads(homes.told(home, __name__, "look")))
        finally:
            web.stop()
            _end(worker)
        assert found == Outcome(agencies, agencies, agencies, agencies, ["done"], 0), found
    slowest = max(took for _again, took in answered)
    again = sum(one for one, _took in answered)
    return {"agencies": agencies, "sent again": again, "slowest": round(slowest, 1), "seconds": round(seconds, 1)}


def _disturb(troubles: list[Callable[[], None]], chance: random.Random) -> None:
    for trouble in troubles:
        time.sleep(chance.uniform(0.3, 1.5))
        trouble()


def _acknowledge(web: Web, session: str, code: str, key: int) -> tuple[int, float]:
    """Open the debt's page and send its form twice at once, until one of both is answered; how often again, and the
    seconds that it took."""
    began, again, answers = time.monotonic(), 0, [0]
    cookies = {"sessionid": session}
    form: dict[str, str] = {}
    status = 0
    while time.monotonic() < began + PATIENCE:
        if not form:
            status, page, cookie = _ask(web, "GET", f"/o/{code}/", cookies)
            if status == 200:
                form, cookies = _form(page, f"/debts/{key}/acknowledge/"), cookies | {"csrftoken": cookie}
        if form:
            with ThreadPoolExecutor(2) as pool:
                sent = [pool.submit(_ask, web, "POST", f"/debts/{key}/acknowledge/", cookies, form) for _ in range(2)]
            answers = [one.result()[0] for one in sent]
            assert not {400, 403, 404, 422} & set(answers), answers
            if 302 in answers:
                return again, time.monotonic() - began
        again += 1
        time.sleep(0.2)
    raise AssertionError(f"{code} could not be acknowledged; the last answers: {status} for the page, {answers}")


def _ask(
    web: Web, method: str, path: str, cookies: dict[str, str], form: dict[str, str] | None = None
) -> tuple[int, str, str]:
    """Status (0 where there was no answer), page and the token that came as a cookie."""
    head = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    if form:
        head |= {"Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=30)
    with suppress(OSError, http.client.HTTPException):
        connection.request(method, path, urlencode(form) if form else None, head)
        answer = connection.getresponse()
        page = answer.read().decode()
        token = re.search(r"csrftoken=(\w+)", answer.headers.get("Set-Cookie", ""))
        return answer.status, page, token[1] if token else ""
    return 0, "", ""


def _form(page: str, address: str) -> dict[str, str]:
    found = re.search(rf'<form[^>]*action="{re.escape(address)}"[^>]*>(.*?)</form>', page, re.S)
    assert found, f"no form for {address}"
    fields = [dict(_ATTRIBUTE.findall(tag)) for tag in _INPUT.findall(found[1])]
    return {one["name"]: unescape(one.get("value", "")) for one in fields if one.get("type") == "hidden"}


def _prepare_here() -> Prepared:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import transaction
    from django.utils.module_loading import autodiscover_modules

    from dabir.directory import services
    from dabir.directory.tenures import acting_as
    from dabir.foundation import ledger
    from dabir.foundation.acting import Acting
    from dabir.foundation.jobs import schedule
    from dabir.obligations import services as obligations
    from dabir.obligations.making import Due, Duty
    from dabir.obligations.models import DueKind, Obligation, OrderWay
    from dabir.persian import clock
    from dabir.persian.jalali import to_gregorian

    by, since = Acting.host_operator(), to_gregorian(1398, 1, 1)
    body = services.create_body(by=by, code="drill", name="ستاد آزمون")
    office = services.create_party(by=by, kind="organization", code="drill-office", name="دبیرخانه آزمون")
    services.give_seat(by=by, body=body, party=office, capacity="member", office="secretary")
    agencies = [
        services.create_party(by=by, kind="organization", code=f"drill-{n}", name=f"اداره آزمون {n}")
        for n in range(int(sys.argv[2]))
    ]
    sessions = []
    for name, organization in [("drill-secretary", office), *((f"drill-{n}", a) for n, a in enumerate(agencies))]:
        person = services.create_person(by=by, name=name, username=name)
        function = "secretary" if organization is office else "officer"
        post = services.create_post(by=by, code=f"post-{name}", name=name, organization=organization, function=function)
        services.appoint(by=by, person=person, post=post, starts=since)
        user = person.user
        assert user is not None
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.create()
        sessions.append(str(session.session_key))
    secretary = acting_as("drill-secretary")
    for begin in range(0, len(agencies), 50):
        due = Due(DueKind.DAY, clock.today())
        duties = [Duty("گزارش را ارسال نماید", agency, due=due) for agency in agencies[begin : begin + 50]]
        obligations.record_order(
            by=secretary, body=body, way=OrderWay.NOTE, day=clock.today(), text="پیگیری شود", duties=duties
        )
    debts = list(Obligation.objects.filter(body=body).order_by("pk"))
    obligations.release(debts, by=secretary)
    with ledger.change("drill.prepare", by=by) as change:
        for debt in debts:
            change.update(Obligation.objects.get(pk=debt.pk), communicated_at=clock.now())
    autodiscover_modules("tasks")
    for chore, when in schedule.times().items():  # those that workers would put there in their first minute
        with transaction.atomic():
            schedule.put(chore, when.last(clock.machine_now()).date().isoformat())
    return Prepared(sessions[1:], [debt.code for debt in debts], [debt.pk for debt in debts])


def _look_here() -> Outcome:
    """Once all jobs have ended."""
    from dabir.cycle.models import Notice
    from dabir.foundation import ledger
    from dabir.foundation.jobs import line
    from dabir.foundation.models import Chore, Event
    from dabir.obligations.models import Obligation, Reply

    for chore in Chore.objects.all():
        line.wait_for(chore, PATIENCE)
    return Outcome(
        acknowledged=Obligation.objects.filter(body__code="drill", acknowledged_at__isnull=False).count(),
        replies=Reply.objects.count(),
        events=Event.objects.filter(verb="obligations.acknowledge").count(),
        told=Notice.objects.filter(kind="due", obligation__body__code="drill").count(),
        jobs=sorted(set(Chore.objects.values_list("state", flat=True))),
        faults=len(list(ledger.audit())),
    )


if __name__ == "__main__":
    homes.do({"prepare": _prepare_here, "look": _look_here})
