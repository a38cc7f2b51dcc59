"""What following up costs at a province's size: the desk, the register, an agency, a debt, the next agenda, the
governor's sheet, and the verbs that agencies use most.

Rows go straight into a home of its own under a temporary folder (or into an empty database that is named), with figures
on each debt that fit its reports. Pages are measured as `pages` does; a verb is called one after the other by one
worker, and its figure is acts per second by the wall's clock, with the processor's time of each.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from tools.bench import pages
from tools.bench.register import WORDS

T = TypeVar("T")
ROUNDS = 60
AIM_SEARCH_MS = 10
AIM_WRITES = {"sqlite": 100, "postgresql": 200}
TODAY = date(2020, 2, 20)
"""1398/12/01, the day of `pages`."""
BATCH = 5_000
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Size:
    """So many years of so many debts each, led by so many agencies, each debt with so many reports."""

    years: int
    a_year: int
    agencies: int
    reports: int
    acts: int
    """How many times each verb is called to measure it."""

    @property
    def debts(self) -> int:
        return self.years * self.a_year


SIZES = {
    "office": Size(1, 120, 6, 4, 5),
    "county": Size(2, 300, 20, 8, 50),
    "province": Size(10, 2_000, 60, 8, 300),
}


def run(names: list[str], *, rounds: int = ROUNDS, database: str = "") -> list[pages.Row]:
    """The rows of all pages and verbs at each size; those of verbs have `per_second` and no floor."""
    found = []
    for name in names:
        size = SIZES[name]
        found += pages.run(
            [size.debts],
            rounds=rounds,
            asked=asked,
            fill=partial(_fill, size),
            more=partial(verbs, size),
            database=database,
        )
    return found


def table(rows: list[pages.Row]) -> str:
    """The rows for people; what misses its aim is marked."""
    lines = [pages.table([row for row in rows if "per_second" not in row])]
    acts = [row for row in rows if "per_second" in row]
    if acts:
        lines.append(f"\n{'verb':34} {'debts':>8} {'acts a second':>14} {'processor ms':>13}")
    for row in acts:
        mark = "  below the aim" if row["per_second"] < AIM_WRITES[row["database"]] else ""
        lines.append(
            f"{row['name']:34} {row['size']:>8,} {row['per_second']:>14.0f} {row['processor_ms']:>13.2f}{mark}"
        )
    return "\n".join(lines)


def _fill(size: Size, _debts: int) -> None:
    fill(size)


def fill(size: Size) -> None:
    """Debts of all those years: most old ones closed, of the others some late, proposed, hindered or asked for."""
    _people(size)
    add(size)


def add(size: Size, year: int = 1) -> None:
    """The same, to the people who are there; `year` is part of the meetings' codes."""
    from dabir.directory.models import Body, Party

    chance = random.Random(1)
    body = Body.objects.get(code="hq")
    agencies = list(Party.objects.filter(code__startswith="agency-").order_by("id"))
    drawn = _debts(size, body, agencies, _resolutions(size, body, chance, year), chance)
    while batch := list(islice(drawn, BATCH)):
        _store(size, batch, agencies, chance)


def _people(size: Size) -> None:
    """The headquarters with its secretary and governor, and officer and head of the first agency, by the services."""
    from dabir.directory import services
    from dabir.foundation.acting import Acting

    by, since = Acting.host_operator(), date(2009, 3, 21)
    planning = services.create_party(by=by, kind="organization", code="planning", name="سازمان برنامه")
    office = services.create_party(by=by, kind="organization", code="office", name="استانداری")
    body = services.create_body(by=by, code="hq", name="ستاد فرماندهی")
    services.give_seat(by=by, body=body, party=planning, capacity="member", office="secretary")
    services.give_seat(by=by, body=body, party=office, capacity="member", office="chair")
    services.set_follow_up(by=by, body=body, extensions_by_secretary=1, report_months=3, headquarters=True)
    agencies = [
        services.create_party(by=by, kind="organization", code=f"agency-{n}", name=f"اداره کل نمونه {n}")
        for n in range(size.agencies)
    ]
    posts = {"secretary": planning, "governor": office, "officer": agencies[0], "head": agencies[0]}
    for name, organization in posts.items():
        person = services.create_person(by=by, name=name, username=name)
        post = services.create_post(by=by, code=f"post-{name}", name=name, organization=organization, function=name)
        services.appoint(by=by, person=person, post=post, starts=since)


def _resolutions(size: Size, body: Any, chance: random.Random, year: int) -> list[Any]:
    """One for two debts, twenty in a meeting, the meetings spread evenly until a month ago."""
    from dabir.meetings.models import Meeting, MeetingBody, Resolution
    from dabir.persian import jalali

    count = max(2, size.debts // 40)
    apart = (size.years * 365 - 60) / count
    days = [TODAY - timedelta(days=round(30 + apart * n)) for n in range(count, 0, -1)]
    made = Meeting.objects.bulk_create(
        Meeting(code=f"hq-{year}-{n}", kept_by=body, title=f"جلسه {n} ستاد", date=day, state="finished")
        for n, day in enumerate(days, 1)
    )
    MeetingBody.objects.bulk_create(
        MeetingBody(meeting=m, body=body, year=jalali.from_gregorian(m.date)[0], number=1_000 * year + n)
        for n, m in enumerate(made, 1)
    )
    rows = [
        Resolution(
            meeting=meeting,
            order=n,
            number=str(n),
            code=f"{meeting.code}/{n}",
            kind="obligation",
            text=" ".join(chance.choices(WORDS, k=25)),
        )
        for meeting in made
        for n in range(1, 21)
    ]
    return Resolution.objects.bulk_create(rows, batch_size=BATCH)


def _debts(size: Size, body: Any, agencies: list[Any], sources: list[Any], chance: random.Random) -> Iterator[Any]:
    from dabir.obligations.models import Obligation

    for n in range(size.debts):
        source = sources[n * len(sources) // size.debts]
        told, due = source.meeting.date + 5 * _DAY, source.meeting.date + timedelta(days=chance.randrange(40, 400))
        state, luck = "open", chance.random()
        if due < TODAY:
            state = "closed" if luck < (0.97 if due < TODAY - timedelta(days=365) else 0.7) else "open"
        if state == "open" and luck > 0.97:
            state = "proposed"
        extended = chance.random() < 0.1
        yield Obligation(
            code=f"{source.code}.{n}",
            body=body,
            meeting=source.meeting,
            resolution=source,
            lead=agencies[n % len(agencies)],
            action=" ".join(chance.choices(WORDS, k=12)) + f" {n}",
            state=state,
            due_kind="day",
            due_day=due,
            first_due_day=due - 30 * _DAY if extended else due,
            extensions=int(extended),
            released_at=_moment(told),
            communicated_at=_moment(told),
            acknowledged_at=_moment(told + 3 * _DAY) if chance.random() < 0.8 else None,
            proposed_at=_moment(min(due, TODAY)) if state in ("proposed", "closed") else None,
            closed_at=_moment(min(due + 20 * _DAY, TODAY)) if state == "closed" else None,
        )


def _store(size: Size, debts: list[Any], agencies: list[Any], chance: random.Random) -> None:
    """The debts with all that hangs on them."""
    from dabir.foundation.search import squashed
    from dabir.obligations.models import (
        Extension,
        Involved,
        Milestone,
        Obligation,
        Obstacle,
        Report,
        ReportStep,
        SearchText,
        Wait,
    )

    reports = {debt.code: _reports(size, debt, chance) for debt in debts}
    for debt in debts:
        _keep_figures(debt, reports[debt.code])
    stored = Obligation.objects.bulk_create(debts)
    told: list[Any] = []
    for debt in stored:
        for one in reports[debt.code]:
            one.obligation = debt
            told.append(one)
    kept = Report.objects.bulk_create(told, batch_size=BATCH)
    steps = [("confirmed", 2), ("verified", 9)]
    ReportStep.objects.bulk_create(
        (
            ReportStep(report=one, kind=kind, at=_moment(one.ends + days * _DAY), recorded_by="نمونه", said_by="نمونه")
            for one in kept
            for kind, days in steps[: ["reported", "confirmed", "verified"].index(one.state)]
        ),
        batch_size=BATCH,
    )
    Involved.objects.bulk_create(
        Involved(obligation=debt, role="helper", party=agencies[(n + 7) % len(agencies)])
        for n, debt in enumerate(stored)
        if agencies[(n + 7) % len(agencies)] != debt.lead
    )
    SearchText.objects.bulk_create(
        SearchText(rowid=o.pk, squash=squashed(o.action, o.resolution.text if o.resolution else "")) for o in stored
    )
    dated = [(debt, debt.due_day) for debt in stored if debt.due_day]
    Milestone.objects.bulk_create(
        (
            Milestone(obligation=debt, day=_told(debt) + (due - _told(debt)) * part / 4, percent=25 * part)
            for debt, due in dated
            for part in range(1, 5)
        ),
        batch_size=BATCH,
    )
    running = [(debt, due) for debt, due in dated if debt.state == "open"]
    words: dict[str, Any] = {"raised_by": "نمونه", "asks": "decision", "wanted": "تصمیم"}
    Obstacle.objects.bulk_create(
        Obstacle(obligation=debt, text="مانع", raised_at=_moment(TODAY - 20 * _DAY), **words)
        for debt, _due in running[::20]
    )
    Extension.objects.bulk_create(
        Extension(
            obligation=debt,
            before=due,
            wanted=max(due, TODAY) + 60 * _DAY,
            reason="تأخیر در تخصیص اعتبار",
            asked_at=_moment(TODAY - 4 * _DAY),
            asked_by="نمونه",
        )
        for debt, due in running[5::30]
    )
    Wait.objects.bulk_create(
        Wait(obligation=later, waits_for=earlier)
        for (later, _), (earlier, _) in zip(running[1::20], running[0::20], strict=False)
    )


def _reports(size: Size, debt: Any, chance: random.Random) -> list[Any]:
    """Evenly from its letter to its deadline or today; of an open debt the newest may still be on its way."""
    from dabir.obligations.models import Report

    begins, pace = _told(debt), chance.uniform(0.4, 1.0)
    whole = (min(debt.due_day, TODAY) - begins).days
    count = min(size.reports, max(0, whole - 1))
    made = []
    for part in range(1, count + 1):
        starts, ends = (begins + timedelta(days=whole * at // count) for at in (part - 1, part))
        planned = 25 * min(4, 4 * (ends - begins).days // (debt.due_day - begins).days)
        done = debt.state in ("closed", "proposed") and part == count
        percent = 100 if done else min(95, round(planned * pace))
        state = "verified"
        if debt.state == "open" and part == count:
            state = chance.choice(["verified", "verified", "confirmed", "reported"])
        made.append(
            Report(
                starts=starts + _DAY,
                ends=max(ends, starts + _DAY),
                state=state,
                percent=percent,
                done=done,
                planned_percent=planned,
                verified_percent=(percent if done else max(0, percent - chance.choice([0, 0, 0, 10, 25])))
                if state == "verified"
                else None,
                narrative=" ".join(chance.choices(WORDS, k=20)),
                reported_at=_moment(ends),
                reported_by="نمونه",
            )
        )
    return made


def _keep_figures(debt: Any, reports: list[Any]) -> None:
    """As `reporting.recording` keeps them."""
    if not reports:
        return
    newest = reports[-1]
    debt.reported_on, debt.reported_percent, debt.last_words = newest.ends, newest.percent, newest.narrative[:300]
    found = [one for one in reports if one.state == "verified"]
    if found:
        debt.verified_on, debt.verified_percent = found[-1].ends, found[-1].verified_percent


def _told(debt: Any) -> date:
    day: date = debt.communicated_at.date()
    return day


def _moment(day: date) -> datetime:
    from dabir.persian import clock

    return datetime(day.year, day.month, day.day, 9, tzinfo=clock.TEHRAN)


def asked() -> list[pages.Asked]:
    """Each page, by whom, and the bare query for what it is about."""
    from django.db import connection

    from dabir.directory.models import Party
    from dabir.obligations.models import Obligation

    agency = Party.objects.get(code="agency-0")
    debt = Obligation.objects.filter(state="open", lead=agency).order_by("id")[0]
    columns, source, page = pages.COLUMNS, pages.TABLE, pages.PAGE
    whole = f"SELECT {columns} {source} {page}"
    led = f"SELECT {columns} {source} WHERE o.lead_id = %s {page}"
    late = f"SELECT {columns} {source} WHERE o.lead_id = %s AND o.state = 'open' AND o.due_day < '2020-02-20' {page}"
    words = {
        "sqlite": ("SELECT rowid FROM obligations_searchtext WHERE squash MATCH %s", ('"اعتبار" AND "گردشگری"',)),
        "postgresql": (
            "SELECT rowid FROM obligations_searchtext WHERE squash LIKE %s AND squash LIKE %s",
            ("%اعتبار%", "%گردشگری%"),
        ),
    }[connection.vendor]
    found = f"SELECT {columns} {source} WHERE o.id IN ({words[0]}) {page}"
    waits = (
        f"SELECT {columns} {source} JOIN obligations_report t ON t.obligation_id = o.id "
        "WHERE t.state IN ('reported', 'confirmed') ORDER BY t.id LIMIT 51"
    )
    told = "SELECT r.* FROM obligations_report r WHERE r.obligation_id = %s ORDER BY r.ends, r.id"
    running = f"SELECT {columns} {source} WHERE o.state IN ('open', 'proposed')"
    overdue = f"SELECT {columns} {source} WHERE o.state = 'open' AND o.due_day < '2020-02-20' {page}"
    return [
        ("desk, secretary", "secretary", "/", (waits, ())),
        ("desk, officer", "officer", "/", (led, (agency.pk,))),
        ("desk, head of agency", "head", "/", (led, (agency.pk,))),
        ("register", "secretary", "/register/", (whole, ())),
        ("register, filtered", "secretary", "/register/?party=agency-0&overdue=1", (late, (agency.pk,))),
        ("register, search", "secretary", "/register/?words=اعتبار+گردشگری", (found, words[1])),
        ("register, an officer's", "officer", "/register/", (led, (agency.pk,))),
        ("agency", "secretary", "/parties/agency-0/", (led, (agency.pk,))),
        ("debt", "secretary", f"/progress/{debt.code}/", (told, (debt.pk,))),
        ("proposed for closing", "secretary", "/debts/proposed/", (f"{running} AND o.state = 'proposed'", ())),
        ("next agenda", "secretary", "/meetings/agenda/?body=hq", (running, ())),
        ("governor's sheet", "governor", "/governor/", (overdue, ())),
    ]


def verbs(size: Size) -> list[pages.Row]:
    """Acknowledged and reported by the first agency's officer, confirmed by its head and verified, each debt once."""
    from django.db import connection

    from dabir.directory.tenures import acting_as
    from dabir.obligations import services as obligations
    from dabir.obligations.models import Obligation, ReplyKind, Report
    from dabir.obligations.replies import Answer
    from dabir.obligations.reporting import services as reporting
    from dabir.obligations.reporting.values import Found, Progress

    officer, head, secretary = (acting_as(name) for name in ("officer", "head", "secretary"))
    Obligation.objects.filter(lead__code="agency-0", state="closed").update(state="open", closed_at=None)
    own = Obligation.objects.filter(lead__code="agency-0", state="open").select_related("meeting", "body", "lead")
    debts = list(own.order_by("-id")[: size.acts])
    Obligation.objects.filter(pk__in=[debt.pk for debt in debts]).update(acknowledged_at=None)
    answer = Answer(ReplyKind.ACKNOWLEDGED)
    made: list[Report] = []

    def report(debt: Any) -> None:
        starts = (debt.reported_on or _told(debt)) + _DAY
        said = Progress(min(starts, TODAY), TODAY, 95, narrative="نیمی از کار انجام شد")
        made.append(reporting.report(debt, said, by=officer))

    rows = [
        _verb("acknowledge", debts, lambda debt: obligations.acknowledge(debt, by=officer, answer=answer)),
        _verb("report", [debt for debt in debts if (debt.reported_on or _told(debt)) < TODAY], report),
        _verb("confirm", made, lambda one: reporting.confirm(one, by=head)),
        _verb("verify", made, lambda one: reporting.verify(one, Found(95), by=secretary)),
    ]
    return [row | {"size": size.debts, "database": connection.vendor} for row in rows]


def _verb(name: str, things: list[T], act: Callable[[T], object]) -> pages.Row:
    began, worked = time.perf_counter(), time.process_time()
    for thing in things:
        act(thing)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    count = max(1, len(things))
    return {
        "name": name,
        "acts": len(things),
        "per_second": round(len(things) / took, 1),
        "processor_ms": round(1000 * worked / count, 3),
    }
