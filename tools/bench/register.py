"""How fast the register is. Each figure stands beside its floor: the bare query.

Rows are put straight into a home of their own under a temporary folder; nothing of yours is touched.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

WORDS = (
    "تهیه ارسال گزارش برنامه بهره‌وری کشاورزی آب روستا گردشگری مجوز اعتبار پروژه راه گاز برق آموزش سند نظر اصلاح".split()
)


def milliseconds(act: Callable[[], Any], rounds: int = 30) -> float:
    """The median of some rounds, after one to warm up."""
    act()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def fill(size: int) -> None:
    """`size` debts of 200 agencies, released, over three years of days."""
    from dabir.directory.models import Body, Party
    from dabir.foundation.search import squashed
    from dabir.obligations.models import Obligation, Order, SearchText
    from dabir.persian import clock

    chance = random.Random(1)
    start, now = date(2019, 1, 1), clock.now()
    made = Party.objects.bulk_create(
        Party(kind="organization", code=f"a{n}", name=f"دستگاه {n}", sort_key=f"{n:05}") for n in range(201)
    )
    body = Body.objects.create(party=Party.objects.create(kind="body", code="hq", name="ستاد", sort_key="0"), code="hq")
    order = Order.objects.create(body=body, way="note", date=start, text="دستور", code="hq-order-1398-1")
    for begin in range(0, size, 10_000):
        rows = []
        for n in range(begin, min(begin + 10_000, size)):
            day = start + timedelta(days=chance.randrange(1100))
            action = " ".join(chance.choices(WORDS, k=12)) + f" {n}"
            rows.append(
                Obligation(
                    code=f"hq-order-1398-1.{n}",
                    body=body,
                    order=order,
                    lead=made[n % 200],
                    action=action,
                    due_kind="day",
                    due_day=day,
                    first_due_day=day,
                    released_at=now,
                )
            )
        stored = Obligation.objects.bulk_create(rows)
        SearchText.objects.bulk_create(SearchText(rowid=o.pk, squash=squashed(o.action, "دستور")) for o in stored)


def measure(size: int) -> None:
    from django.db import connection
    from django.test import Client

    from dabir.directory.models import Party
    from dabir.foundation.acting import Acting, Function
    from dabir.obligations.counting import counts
    from dabir.obligations.queries import Filters, register_page

    def bare(sql: str, *values: Any) -> Callable[[], Any]:
        def act() -> Any:
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall()

        return act

    everything = Acting(name="auditor", function=Function.AUDITOR)
    agency = Party.objects.get(code="a7")
    officer = Acting(name="officer", function=Function.OFFICER, party_id=agency.pk, parties=frozenset({agency.pk}))
    body = agency.led.values_list("body", flat=True)[0]
    secretary = Acting(name="secretary", function=Function.SECRETARY, secretariats=frozenset({body}))
    far = register_page(everything, Filters(), descending=True).next
    columns = "o.id, o.code, o.action, o.state, o.due_day, p.name"
    table = "FROM obligations_obligation o JOIN directory_party p ON p.id = o.lead_id"
    floor = milliseconds(bare(f"SELECT {columns} {table} ORDER BY o.sort_day, o.id LIMIT 51"))
    own = f"SELECT {columns} {table} WHERE o.lead_id = %s ORDER BY o.sort_day, o.id LIMIT 51"
    rows = {
        "first page, all (floor)": floor,
        "first page, all": milliseconds(lambda: register_page(everything, Filters())),
        "far page, all": milliseconds(lambda: register_page(everything, Filters(), cursor=far, descending=True)),
        "first page, a secretary": milliseconds(lambda: register_page(secretary, Filters())),
        "first page, one agency (floor)": milliseconds(bare(own, agency.pk)),
        "first page, one agency": milliseconds(lambda: register_page(officer, Filters())),
        "search, a word": milliseconds(lambda: register_page(everything, Filters(words="بهره وری"))),
        "search, a rare one": milliseconds(lambda: register_page(everything, Filters(words="اعتبار 4321"))),
        "counts": milliseconds(lambda: counts(everything), rounds=5),
        "sign-in page (HTTP)": milliseconds(lambda: Client(SERVER_NAME="localhost").get("/sign-in/")),
    }
    for name, value in rows.items():
        print(f"{size:>9,}  {name:34} {value:9.2f} ms")


def run(sizes: list[int]) -> None:
    """Measure at each size, in a process and a home of its own."""
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="dabir-bench-") as home:
            if os.fork() == 0:
                os.environ |= {"DABIR_HOME": home, "DJANGO_SETTINGS_MODULE": "dabir.config.settings"}
                import django

                django.setup()
                from django.core.management import call_command

                call_command("migrate", verbosity=0)
                call_command("collectstatic", verbosity=0, interactive=False)
                fill(size)
                measure(size)
                sys.stdout.flush()
                os._exit(0)
            os.wait()
