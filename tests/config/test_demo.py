"""The demo is a year that services alone have made; its agenda is worked out again from nothing but the ledger."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from dabir.config import agenda, commands, demo
from dabir.cycle.escalating import Looked, look
from dabir.cycle.models import Escalation, Notice
from dabir.cycle.news import tell_news
from dabir.cycle.notices import notices_visible_to
from dabir.cycle.reminding import proposals
from dabir.directory.tenures import acting_as
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.foundation.models import Event
from dabir.letters.models import Letter
from dabir.meetings.models import Meeting
from dabir.obligations.models import (
    Decision,
    Evidence,
    Extension,
    Obligation,
    Obstacle,
    Occurrence,
    Report,
    ReportStep,
    Wait,
)
from dabir.persian import clock, jalali
from tests import kept

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2025, 5, 10)
Row = dict[str, Any]


@pytest.fixture
def filled(db: None, settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    settings.SAMPLE_DAY = home / "sample_day"
    kept.once("demo", lambda: demo.fill(by=Acting.host_operator()))
    monkeypatch.setenv("DABIR_TODAY", settings.SAMPLE_DAY.read_text())


def test_the_demo_is_a_year_with_something_of_every_kind(filled: None) -> None:
    assert clock.today() == DAY
    held = Meeting.objects.filter(state__in=["sealed", "finished"])
    assert Counter(held.values_list("secrecy", flat=True)) == {"normal": 5, "confidential": 1}
    assert Meeting.objects.filter(state="planned", date__gt=DAY).count() == 1
    debts = Obligation.objects.filter(is_group=False)
    assert 115 <= debts.count() <= 130
    states = Counter(debts.values_list("state", flat=True))
    assert states.keys() == {"unsettled", "open", "proposed", "closed", "superseded", "cancelled"}
    assert 30 < states["closed"] < 60 < states["open"] + states["proposed"]
    assert not debts.filter(communicated_at=None).exclude(state="unsettled").exclude(recurs_from__gt=0).exists()
    assert not Letter.objects.filter(state="awaiting").exists()
    assert debts.filter(recurs_from__isnull=False).count() > 1 and Occurrence.objects.count() == 1
    assert debts.filter(due_kind="always").exists() and Wait.objects.count() > 5
    assert debts.filter(acknowledged_at__isnull=False).count() > 20
    assert set(Decision.objects.values_list("act", flat=True)) == {
        "close", "extend", "amend", "supersede", "merge", "reopen", "cancel",
    }  # fmt: skip
    assert set(Extension.objects.values_list("state", flat=True)) == {"granted", "refused", "asked"}
    assert set(Obstacle.objects.values_list("asks", flat=True)) == {"", "decision", "capital"}
    assert Obstacle.objects.filter(ended_at__isnull=False).exists()
    kinds = set(Report.objects.values_list("state", flat=True))
    assert kinds == {"reported", "confirmed", "verified", "returned"}
    steps = ReportStep.objects
    assert set(steps.values_list("kind", flat=True)) == {"confirmed", "endorsed", "verified", "returned"}
    assert steps.filter(kind="confirmed").exclude(number="").exists() and steps.filter(number="").exists()
    lower = [one for one in Report.objects.filter(state="verified") if (one.verified_percent or 0) < one.percent]
    assert lower and steps.filter(report__in=lower, visited_on__isnull=False).exists()
    assert Report.objects.filter(evidence=None, percent=100).exists() and Evidence.objects.count() > 50


def test_the_year_was_followed_up_and_leaves_something_to_do(filled: None) -> None:
    rungs = Counter(Escalation.objects.values_list("rung", flat=True))
    assert rungs.keys() == {"notice", "reminder", "warning", "deputy", "agenda"}
    assert {"call", "communication", "reminder", "warning", "deputy"} == set(
        Letter.objects.values_list("kind", flat=True)
    )
    assert proposals(acting_as("secretary")), "the letters of the last days are proposed"
    told = Counter(Notice.objects.values_list("kind", flat=True))
    assert {"communicated", "near", "due", "late", "report-due", "confirmed", "verified", "letter"} <= told.keys()
    for name in ("secretary", "officer", "head", "county"):
        mine = notices_visible_to(acting_as(name))
        assert mine.filter(read_at=None).exists() and mine.exclude(read_at=None).exists(), name
    assert look(by=Acting.host_operator()) == Looked(0, 0, 0), "of its own day it has been"
    assert tell_news(by=Acting.host_operator()) == 0
    county = Obligation.objects.filter(lead__code="ijrud-governor-office", state="open")
    assert county.filter(acknowledged_at=None).exists() and county.filter(reported_on__isnull=False).exists()


def test_every_act_stands_in_the_ledger_on_its_own_day_and_in_order(filled: None) -> None:
    moments = list(Event.objects.order_by("number").values_list("at", flat=True))
    assert moments == sorted(moments)
    days = Counter(moment.astimezone(clock.TEHRAN).date() for moment in moments)
    assert len(days) > 120 and min(days) < date(2024, 5, 1) and max(days) <= DAY
    assert list(ledger.audit()) == []


def test_a_used_home_is_refused(filled: None, capsys: pytest.CaptureFixture[str]) -> None:
    head = ledger.head()
    with pytest.raises(Conflict, match="empty home only"):
        demo.fill(by=Acting.host_operator())
    assert commands.run(["demo"]) == 2
    assert "set DABIR_HOME" in capsys.readouterr().err
    assert ledger.head() == head


@pytest.mark.parametrize("later", [-90, 0, 90])
def test_the_agenda_is_what_the_ledger_alone_says(filled: None, later: int, monkeypatch: pytest.MonkeyPatch) -> None:
    today = DAY + timedelta(days=later)
    monkeypatch.setenv("DABIR_TODAY", jalali.format_day(today, persian_digits=False))
    told = json.loads("\n".join(agenda.as_json(Acting.host_operator(), None)))
    lines = [(line["obligation"], line["score"]) for line in told["lines"]]
    assert lines == expected(today)
    assert len(lines) == 10
    assert all(line["reasons"] and len(line["candidates"]) == 2 for line in told["lines"])


@dataclass(frozen=True)
class Told:
    """The rows as the events leave them, by table and key, and how many times each debt's deadline was moved."""

    today: date
    rows: dict[str, dict[int, Row]]
    moved: Counter[int]

    @property
    def running(self) -> dict[int, Row]:
        debts = self.rows["obligations.obligation"]
        return {pk: row for pk, row in debts.items() if row["state"] in ("unsettled", "open", "proposed")}

    def of(self, table: str, pk: int, by: str = "obligation", room: str = "obligations") -> list[Row]:
        return [row for row in self.rows[f"{room}.{table}"].values() if row[by] == pk]


def expected(today: date) -> list[tuple[str, int]]:
    """Codes and scores by the table in docs/follow-up.md, from the values that the events hold."""
    told = replayed(today)
    body = next(pk for pk, row in told.rows["directory.body"].items() if row["headquarters"])
    found = []
    for pk, row in told.running.items():
        counted = row["state"] == "unsettled" or not (row["is_group"] or row["instances_made"])
        if row["body"] != body or row["asleep"] or not counted:
            continue
        main, more = scores(told, pk, row)
        if main:
            kin = row["parent"] or row["recurs_from"] or pk
            found.append((-(main + more), row["due_day"] or "9999", row["code"], kin))
    lines: dict[int, tuple[str, int]] = {}
    for negative, _due, code, kin in sorted(found):
        lines.setdefault(kin, (code, -negative))
    return list(lines.values())[:10]


def scores(told: Told, pk: int, row: Row) -> tuple[int, int]:
    """The points that put a debt on the agenda, and those that only add to them."""
    today = told.today
    reports = sorted(
        (one["ends"], one["percent"], one["verified_percent"], one["state"])
        for one in told.of("report", pk)
        if one["state"] != "returned"
    )
    reported = reports[-1][1] if reports else None
    verified = next((one[2] for one in reversed(reports) if one[3] == "verified"), None)
    asked = any(one["state"] == "asked" for one in told.of("extension", pk))
    main, more = 0, min(3 * told.moved[pk], 9)
    if row["state"] == "unsettled":
        decided = date.fromisoformat(told.rows["meetings.meeting"][row["meeting"]]["date"])
        main += 30 + min((today - decided).days // 5, 15)
    elif row["state"] == "proposed":
        main += 12
    else:
        climbed = [one for one in told.of("escalation", pk, room="cycle") if one["rung"] == "agenda"]
        opened = [day_of(one["at"]) for one in told.of("decision", pk) if one["act"] == "reopen"]
        since = [one.isoformat() for one in opened if one]
        more += 10 if any(one["due_day"] == max([row["due_day"] or "", *since]) for one in climbed) else 0
        main += in_time(told, pk, row, said=reported is not None, done=reported if verified is None else verified)
        main += (26 if told.moved[pk] >= 1 else 8) if asked else 0
        running = told.running
        earlier = [running[one["waits_for"]] for one in told.of("wait", pk) if one["waits_for"] in running]
        due = row["due_day"]
        if due and due >= today.isoformat() and any(leaves_no_time(one, due, today) for one in earlier):
            main += 18
        later = [one for key in (pk, row["parent"]) for one in told.of("wait", key, "waits_for")]
        more += min(4 * sum(one["obligation"] in running for one in later), 12)
        if row["started_by"]:
            since.append(told.rows["obligations.occurrence"][row["started_by"]]["day"])
        more += 5 if is_silent(row, [one[0] for one in reports], since, today) else 0
        more += 6 if verified is not None and (reported or 0) - verified >= 20 else 0
    if any(one["asks"] == "decision" and not one["ended_at"] for one in told.of("obstacle", pk)):
        main += 28
    return main, more


def in_time(told: Told, pk: int, row: Row, *, said: bool, done: int | None) -> int:
    """The points of deadline, plan and event."""
    path = told.of("milestone", pk)
    planned = max([0, *(one["percent"] for one in path if one["day"] <= told.today.isoformat())])
    lags = planned - (done or 0) >= 10
    points = (planned - (done or 0)) // 5 if lags else 0
    left = (date.fromisoformat(row["due_day"]) - told.today).days if row["due_day"] else 1_000
    if left < 0:
        points += 30 + min(-left // 5, 30)
    elif left <= 14 and (row["recurs_from"] or lags or not (path or said)):
        points += 10 if row["recurs_from"] else 20
    if row["due_kind"] == "trigger":
        since = day_of(row["communicated_at"])
        waits = since is not None and since <= told.today - timedelta(days=30)
        points += 22 if row["clock_day"] else 10 if waits else 0
    return points + (8 if row["due_kind"] == "recurrence" and not row["instances_made"] else 0)


def leaves_no_time(earlier: Row, due: str, today: date) -> bool:
    until = earlier["due_day"]
    return bool(until) and (until >= due or (until < today.isoformat() and earlier["state"] == "open"))


def is_silent(row: Row, ends: list[str], begun: list[str], today: date) -> bool:
    """Whether the newest quarter that has ended since it was communicated, opened again, and started by its event is in
    no report."""
    told = day_of(row["communicated_at"])
    year, month, _day = jalali.from_gregorian(today)
    months = row["report_months"]
    waits = row["due_kind"] == "trigger" and not row["clock_day"]
    if not months or told is None or waits:
        return False
    ended = jalali.to_gregorian(year, (month - 1) // months * months + 1, 1) - timedelta(days=1)
    return max([told.isoformat(), *begun]) <= ended.isoformat() and max(ends, default="") < ended.isoformat()


def day_of(moment: str | None) -> date | None:
    return datetime.fromisoformat(moment).astimezone(clock.TEHRAN).date() if moment else None


def replayed(today: date) -> Told:
    told = Told(today, defaultdict(dict), Counter())
    for event in Event.objects.order_by("number"):
        for wrote in event.data["rows"]:
            table = told.rows[wrote["model"]]
            if wrote["act"] == "delete":
                del table[wrote["pk"]]
                continue
            row = table.setdefault(wrote["pk"], {})
            if wrote["model"] == "obligations.obligation" and row.get("due_day") and "due_day" in wrote["fields"]:
                told.moved[wrote["pk"]] += 1
            row.update({name.removesuffix("_id"): value for name, value in wrote["fields"].items()})
    return told
