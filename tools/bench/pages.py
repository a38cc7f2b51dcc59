"""What a page costs: the processor's time in Python and in the database, beside the bare query of its rows.

A home of its own under a temporary folder is filled with meetings, resolutions and debts, straight into the tables;
nothing of yours is touched. A page is asked for through the whole stack (middleware, session, rights, template), as
somebody who is signed in. Its statements are then put bare to the same connection, with every row fetched: that is
`database_ms`, and what is left of the processor's time is `python_ms`. `floor_ms` is one bare query for what the page
is about. `anew_ms` is the whole answer right after an event of the ledger, when nothing is remembered. Medians, on one
core.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tools.bench.machine import pin
from tools.bench.register import WORDS

MEETINGS, RESOLUTIONS, AGENCIES = 250, 20, 200
ROUNDS = 40
WARM = 20
AIM_MS = 4
COLUMNS = "o.id, o.code, o.action, o.state, o.due_day, p.name, r.code"
TABLE = (
    "FROM obligations_obligation o JOIN directory_party p ON p.id = o.lead_id "
    "JOIN meetings_resolution r ON r.id = o.resolution_id"
)
PAGE = "ORDER BY o.sort_day, o.id LIMIT 51"
Row = dict[str, Any]
Bare = tuple[str, tuple[Any, ...]]
"""A statement and its values."""
Asked = tuple[str, str, str, Bare]
"""Name, who asks, address, and the bare query for what the answer is about."""


@dataclass(frozen=True, slots=True)
class Work:
    asked: Callable[[], list[Asked]]
    fill: Callable[[int], None]
    more: Callable[[], list[Row]] | None
    database: str


def run(
    sizes: list[int],
    *,
    rounds: int = ROUNDS,
    asked: Callable[[], list[Asked]] | None = None,
    fill: Callable[[int], None] | None = None,
    more: Callable[[], list[Row]] | None = None,
    database: str = "",
) -> list[Row]:
    """The rows of all that is `asked` (the pages, if nothing else is) at each number of debts, each size in a process
    and a home of its own, which `fill` fills; after them the rows of `more`. A `database` that is named must be empty.
    """
    work = Work(asked or _pages, fill or fill_register, more, database)
    found: list[Row] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="dabir-bench-") as home:
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    os.close(reader)
                    _measure_here(home, size, rounds, writer, work)
                    status = 0
                finally:
                    os._exit(status)
            os.close(writer)
            with os.fdopen(reader, encoding="utf-8") as answer:
                text = answer.read()
            _, status = os.waitpid(child, 0)
            if status:
                raise RuntimeError(f"the pages could not be measured at {size} debts")
            found += _loads(text)
    return found


def table(rows: list[Row]) -> str:
    """The rows for people; a page above the aim is marked."""
    lines = [
        f"{'page':34} {'debts':>8} {'python ms':>10} {'database ms':>12} {'queries':>8} {'bytes':>8} "
        f"{'floor ms':>9} {'anew ms':>9}"
    ]
    for row in rows:
        mark = "  above the aim" if row["python_ms"] > AIM_MS else ""
        lines.append(
            f"{row['name']:34} {row['size']:>8,} {row['python_ms']:>10.2f} {row['database_ms']:>12.2f} "
            f"{row['queries']:>8} {row['bytes']:>8,} {row['floor_ms']:>9.2f} {row['anew_ms']:>9.2f}{mark}"
        )
    return "\n".join(lines)


def _loads(text: str) -> list[Row]:
    import json

    found: list[Row] = json.loads(text)
    return found


def _measure_here(home: str, size: int, rounds: int, writer: int, work: Work) -> None:
    import json

    os.environ |= {"DABIR_HOME": home, "DJANGO_SETTINGS_MODULE": "dabir.config.settings", "DABIR_TODAY": "1398/12/01"}
    os.environ.pop("DATABASE_URL", None)
    if work.database:
        os.environ["DATABASE_URL"] = work.database
    pin()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if work.database:
        _refuse_used()
    work.fill(size)
    if work.database:
        _bare("VACUUM (ANALYZE)", ())  # as its own daemon does soon after
    gc.collect()
    gc.freeze()  # as a server's process does (`config/wsgi.py`)
    rows = measure(size, rounds, work.asked()) + (work.more() if work.more else [])
    with os.fdopen(writer, "w", encoding="utf-8") as answer:
        json.dump(rows, answer)


def _refuse_used() -> None:
    from dabir.directory.models import Party

    if Party.objects.exists():
        raise RuntimeError("the database is in use; name an empty one")


def fill_register(size: int) -> None:
    """`size` released debts of resolutions in 250 meetings, led by 200 agencies with a helper each; and two users."""
    from dabir.directory.models import Body, Party
    from dabir.foundation.search import squashed
    from dabir.meetings.models import Meeting, MeetingBody, Resolution
    from dabir.obligations.models import Involved, Obligation, SearchText
    from dabir.persian import clock, jalali

    _people()
    chance = random.Random(1)
    now, start = clock.now(), date(2018, 3, 21)
    body = Body.objects.get(code="hq")
    agencies = list(Party.objects.filter(code__startswith="agency-").order_by("id"))
    days = [start + timedelta(days=2 * n) for n in range(MEETINGS)]
    made = Meeting.objects.bulk_create(
        Meeting(code=f"hq-{n}", kept_by=body, title=f"جلسه {n} ستاد", date=day) for n, day in enumerate(days, 1)
    )
    MeetingBody.objects.bulk_create(
        MeetingBody(meeting=m, body=body, year=jalali.from_gregorian(m.date)[0], number=n)
        for n, m in enumerate(made, 1)
    )
    resolutions = Resolution.objects.bulk_create(
        Resolution(
            meeting=meeting,
            order=n,
            number=str(n),
            code=f"{meeting.code}/{n}",
            kind="obligation",
            text=" ".join(chance.choices(WORDS, k=25)),
        )
        for meeting in made
        for n in range(1, RESOLUTIONS + 1)
    )
    for begin in range(0, size, 10_000):
        debts = []
        for n in range(begin, min(begin + 10_000, size)):
            source = resolutions[n % len(resolutions)]
            day = source.meeting.date + timedelta(days=chance.randrange(30, 400))
            debts.append(
                Obligation(
                    code=f"{source.code}.{n}",
                    body=body,
                    meeting=source.meeting,
                    resolution=source,
                    lead=agencies[n % AGENCIES],
                    action=" ".join(chance.choices(WORDS, k=12)) + f" {n}",
                    due_kind="day",
                    due_day=day,
                    first_due_day=day,
                    released_at=now,
                )
            )
        stored = Obligation.objects.bulk_create(debts)
        Involved.objects.bulk_create(
            Involved(obligation=o, role="helper", party=agencies[(n + 7) % AGENCIES]) for n, o in enumerate(stored)
        )
        SearchText.objects.bulk_create(
            SearchText(rowid=o.pk, squash=squashed(o.action, o.resolution.text if o.resolution else "")) for o in stored
        )


def _people() -> None:
    """The headquarters, its secretary, and the officer of the first agency, made by the services."""
    from dabir.directory import services
    from dabir.foundation.acting import Acting

    by, since = Acting.host_operator(), date(2015, 3, 21)
    planning = services.create_party(by=by, kind="organization", code="planning", name="سازمان برنامه")
    body = services.create_body(by=by, code="hq", name="ستاد فرماندهی")
    services.give_seat(by=by, body=body, party=planning, capacity="member", office="secretary")
    agencies = [
        services.create_party(by=by, kind="organization", code=f"agency-{n}", name=f"اداره کل نمونه {n}")
        for n in range(AGENCIES)
    ]
    for name, organization in (("secretary", planning), ("officer", agencies[0])):
        person = services.create_person(by=by, name=name, username=name)
        post = services.create_post(by=by, code=f"post-{name}", name=name, organization=organization, function=name)
        services.appoint(by=by, person=person, post=post, starts=since)


def measure(size: int, rounds: int, asked: list[Asked]) -> list[Row]:
    return [_page(name, who, path, floor, size=size, rounds=rounds) for name, who, path, floor in asked]


def _pages() -> list[Asked]:
    """Each page as the secretary, and the register as an officer."""
    from dabir.directory.models import Party
    from dabir.obligations.models import Obligation

    agency = Party.objects.get(code="agency-0")
    debt = Obligation.objects.select_related("resolution__meeting").order_by("id")[5]
    assert debt.resolution is not None
    whole = f"SELECT {COLUMNS} {TABLE} {PAGE}"
    led = f"SELECT {COLUMNS} {TABLE} WHERE o.lead_id = %s {PAGE}"
    late = f"SELECT {COLUMNS} {TABLE} WHERE o.lead_id = %s AND o.state = 'open' AND o.due_day < '2020-02-20' {PAGE}"
    holding = "SELECT rowid FROM obligations_searchtext WHERE squash MATCH %s"
    found = f"SELECT {COLUMNS} {TABLE} WHERE o.id IN ({holding}) {PAGE}"
    met = f"SELECT {COLUMNS} {TABLE} WHERE o.meeting_id = %s ORDER BY o.id"
    decided = f"SELECT {COLUMNS} {TABLE} WHERE o.resolution_id = %s ORDER BY o.id"
    return [
        ("register", "secretary", "/register/", (whole, ())),
        ("register, filtered", "secretary", "/register/?party=agency-0&overdue=1", (late, (agency.pk,))),
        ("register, text", "secretary", "/register/?words=اعتبار+گردشگری", (found, ('"اعتبار" AND "گردشگری"',))),
        ("register, an officer's", "officer", "/register/", (led, (agency.pk,))),
        ("meeting", "secretary", f"/m/{debt.resolution.meeting.code}/", (met, (debt.resolution.meeting_id,))),
        ("resolution", "secretary", f"/r/{debt.resolution.code}/", (decided, (debt.resolution_id,))),
        ("party", "secretary", "/parties/agency-0/", (led, (agency.pk,))),
    ]


def _page(name: str, who: str, path: str, floor: Bare, *, size: int, rounds: int) -> Row:
    from django.db import connection
    from django.test import Client

    from dabir.foundation.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=who))

    def ask() -> bytes:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        return bytes(answer.content)

    body = ask()
    statements: list[tuple[str, Any, bool]] = []

    def note(act: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        statements.append((sql, values, type(context["cursor"].cursor).__name__ == "ServerBindingCursor"))
        return act(sql, values, many, context)

    with connection.execute_wrapper(note):
        ask()
    inside = (
        connection.vendor == "sqlite"
    )  # another database works in a process of its own, which the wall's clock sees
    whole = milliseconds(ask, rounds)
    bare = milliseconds(lambda: [_bare(*one) for one in statements], rounds)
    clock = time.thread_time if inside else time.perf_counter
    database = bare if inside else milliseconds(lambda: [_bare(*one) for one in statements], rounds, clock)
    return {
        "name": name,
        "size": size,
        "python_ms": round(whole - bare, 3),
        "database_ms": round(database, 3),
        "queries": len(statements),
        "bytes": len(body),
        "floor_ms": round(milliseconds(lambda: _bare(*floor), rounds, clock), 3),
        "anew_ms": round(milliseconds(ask, rounds, clock, before=_event), 3),
    }


def _event() -> None:
    """Somebody does something, so that nothing that is remembered stands any more."""
    from dabir.foundation import ledger
    from dabir.foundation.acting import Acting

    with ledger.change("bench.event", by=Acting.host_operator(), what="something"):
        pass


def _bare(sql: str, values: Any, planned: bool = False) -> list[Any]:
    """`planned`: by a plan that the server keeps, where the page asks so too."""
    from django.db import connection

    from dabir.foundation.prepared import planned_cursor

    with planned_cursor() if planned else connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def milliseconds(
    act: Callable[[], Any],
    rounds: int,
    clock: Callable[[], float] = time.thread_time,
    before: Callable[[], Any] = lambda: None,
) -> float:
    """The processor's time of one act: the median of some rounds, after `WARM` others, since Python works code out
    anew that has run for some times; without what is done before each."""
    for _ in range(WARM):
        before()
        act()
    times = []
    for _ in range(rounds):
        before()
        began = clock()
        act()
        times.append(clock() - began)
    return statistics.median(times) * 1000
