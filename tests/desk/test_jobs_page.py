"""The administrator's page of jobs: what ran, failed and waits; what can be done about it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.test import Client

from dabir.config.commands import run
from dabir.foundation.jobs import line, running, schedule
from dabir.foundation.jobs.model import JobState
from dabir.foundation.jobs.running import NotDone, Run
from dabir.foundation.models import Chore
from dabir.persian import clock
from tests.desk.conftest import SignIn
from tests.jobs import work_off
from tests.personas import Personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A chore `tried` that fails as long as the list holds causes."""
    causes: list[str] = []

    def work(_chore: Chore, run: Run) -> None:
        if causes:
            raise NotDone(causes.pop(), again=True) from ConnectionRefusedError("secret words")
        run.done()

    monkeypatch.setitem(schedule._work, "tried", work)
    return causes


@pytest.fixture
def admins(sign_in: SignIn) -> Client:
    return sign_in("admin")


def test_failed_chore_waits_longer_each_time_and_then_has_failed(world: Personas, tries: list[str]) -> None:
    tries += ["not-sent"] * 9
    schedule.put("tried", "1")
    waits = []
    for _ in range(len(Chore.AGAIN_AFTER) + 1):
        work_off()
        job = Chore.objects.get(slot="1")
        if job.not_before:
            waits.append(round(job.not_before - datetime.now().timestamp(), -1))
        assert line.claim_next(limit=9) is None and line.waiting() == []
        Chore.objects.filter(not_before__isnull=False).update(not_before=1.0)
    assert waits == list(Chore.AGAIN_AFTER)
    assert (job.state, job.cause, job.trouble) == (JobState.FAILED, "not-sent", "not-sent: ConnectionRefusedError")


def test_administrator_sees_the_cause_and_has_it_tried_again(world: Personas, tries: list[str], admins: Client) -> None:
    tries += ["not-sent"]
    schedule.put("tried", "1")
    work_off()
    job = Chore.objects.get()
    page = admins.get("/jobs/").content.decode()
    assert "ConnectionRefusedError" in page and "secret words" not in page and "daily" not in page
    admins.post(f"/jobs/chore/{job.pk}/retry/")
    work_off()
    assert Chore.objects.get().state == JobState.DONE
    assert admins.post(f"/jobs/chore/{job.pk}/retry/").status_code == 409
    assert admins.post(f"/jobs/reading/{job.pk}/cancel/").status_code == 404


def test_operator_reads_the_same_from_the_command_line(
    world: Personas, tries: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    tries += ["not-sent"]
    schedule.put("tried", "1")
    work_off()
    assert run(["jobs", "--json"]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["job"], row["state"], row["trouble"]) == ("tried", "waiting", "not-sent: ConnectionRefusedError")
    assert "tried_again_at" in row
    assert run(["jobs", "--state", "failed"]) == 0 and capsys.readouterr().out == ""


def test_cancelled_chore_is_not_made_again_for_its_slot(world: Personas, admins: Client) -> None:
    job = schedule.put("tried", "1")
    assert job is not None
    admins.post(f"/jobs/chore/{job.pk}/cancel/")
    assert Chore.objects.get().state == JobState.CANCELLED and schedule.put("tried", "1") is None


def test_page_has_the_newest_fifty_and_leads_to_the_older(world: Personas, admins: Client) -> None:
    for number in range(51):
        schedule.put("tried", f"slot-{number:02}")
    first = admins.get("/jobs/")
    assert b"slot-50" in first.content and b"slot-00" not in first.content
    older = first.content.decode().split("before=")[1].split('"')[0]
    assert b"slot-00" in admins.get(f"/jobs/?before={older}").content
    assert b"slot-50" not in admins.get("/jobs/?state=failed").content


def test_daily_chore_is_put_once_a_day_and_a_missed_one_only_within_its_time(
    world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [datetime(2026, 11, 26, 7, 29, tzinfo=clock.TEHRAN)]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    monkeypatch.setattr(schedule, "_times", {})
    monkeypatch.setattr(schedule, "_work", {})
    schedule.daily("soon", at="07:30", within=timedelta(hours=2))(lambda _chore, run: run.done())
    slots = []
    for minutes in (0, 1, 1, 24 * 60, 24 * 60 + 1, 2 * 24 * 60 + 180):
        now[0] = datetime(2026, 11, 26, 7, 29, tzinfo=clock.TEHRAN) + timedelta(minutes=minutes)
        schedule.look(0)
        slots.append(Chore.objects.count())
    assert slots == [0, 1, 1, 1, 2, 2]


def test_a_fixed_day_has_its_own_chores_and_the_page_tells_of_that_day(
    world: Personas, admins: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "_times", {})
    monkeypatch.setattr(schedule, "_work", {})
    schedule.daily("soon", at="00:00")(lambda _chore, run: run.done())
    for day, slots in (("1398/07/21", ["2019-10-13"]), ("1398/07/22", ["2019-10-13", "2019-10-14"])):
        monkeypatch.setenv("DABIR_TODAY", day)
        for _again in range(2):
            schedule.look(0)
        assert list(Chore.objects.order_by("slot").values_list("slot", flat=True)) == slots
    page = admins.get("/jobs/").content.decode()
    assert page.count("۱۳۹۸/۰۷/۲۲") == 3 and "۱۳۹۸/۰۷/۲۳" in page  # its slot, when it and the other came, the next one
    assert "۱۴۰" not in page.partition("<main")[2]


def test_a_look_that_fails_keeps_no_other_from_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []

    def broken(_for: float) -> None:
        raise ValueError

    monkeypatch.setattr(schedule, "_looks", [broken, seen.append])
    schedule.look(3.0)
    assert seen == [3.0] and not running.under_way()
