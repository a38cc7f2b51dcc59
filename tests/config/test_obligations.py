"""`dabir obligations`: every debt that the actor may see, and none besides, with what has happened to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.config.commands import run
from dabir.cycle.importing import import_register
from dabir.cycle.merging import merge_parties
from dabir.cycle.recording import promote_point
from dabir.directory.services import create_party
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting
from dabir.obligations import extending, services
from dabir.obligations.dossiers import dossiers
from dabir.obligations.making import Duty
from dabir.obligations.models import Obligation, OrderWay, State
from dabir.obligations.reporting import services as reporting
from tests import builders
from tests.conftest import TODAY
from tests.personas import Personas
from tests.reported import day, owed, progress


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    return builders.meeting(world)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run(["obligations", "--json", *arguments]) == 0
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return told


def verbs(debt: dict[str, Any]) -> list[str]:
    return [event["verb"] for event in debt["events"]]


def test_a_debt_is_told_with_its_lead_its_days_and_its_events(
    world: Personas, meeting: Meeting, capsys: pytest.CaptureFixture[str]
) -> None:
    services.release(Obligation.objects.filter(resolution__number="۳"), by=world.secretary)
    debt = next(d for d in printed(capsys) if d["code"] == "hq-1398-11/3.1")
    events = debt.pop("events")
    assert [event["verb"] for event in events] == ["obligations.create_from_minutes", "obligations.release"]
    assert events[1]["actor"] == world.secretary.name and events[1]["post"] == world.secretary.post
    assert events[0]["number"] < events[1]["number"] and events[1]["at"].startswith("2019-10-12T")
    released = debt.pop("released")
    assert (released["jalali"], released["iso"]) == ("1398/07/20", "2019-10-12")
    assert debt == {
        "code": "hq-1398-11/3.1",
        "state": "open",
        "action": "پیش‌نویس دوم را ارائه نماید",
        "lead": {"code": "consultants", "name": world.parties["consultants"].name},
        "lead_text": debt["lead_text"],
        "helpers": debt["helpers"],
        "body": "hq",
        "meeting": "hq-1398-11",
        "resolution": "hq-1398-11/3",
        "order": None,
        "due": {"kind": "day", "jalali": "1398/08/05", "iso": "2019-10-27", "text": debt["due"]["text"]},
        "first_due": {"jalali": "1398/08/05", "iso": "2019-10-27"},
        "extensions": 0,
        "instance_of": None,
        "communicated": None,
        "acknowledged": None,
        "on_paper": False,
        "old_state": "",
        "closed_before": False,
    }


def test_what_is_not_known_is_null(world: Personas, meeting: Meeting, capsys: pytest.CaptureFixture[str]) -> None:
    debt = next(d for d in printed(capsys) if d["code"] == "hq-1398-11/5.1")
    assert debt["lead"] is None and debt["state"] == "unsettled" and debt["released"] is None
    assert debt["due"]["jalali"] is None and debt["due"]["iso"] is None and debt["due"]["text"]


def test_each_persona_gets_the_debts_of_their_register(
    world: Personas, meeting: Meeting, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.meeting(world, builders.minutes(world, number=10, session="1398/07/10"), secrecy=SecrecyClass.CONFIDENTIAL)
    services.release(Obligation.objects.filter(parent=None).exclude(state=State.UNSETTLED), by=world.secretary)
    counts = {name: len(printed(capsys, "--user", world.users[name].username)) for name in world.users}
    wanted = dict.fromkeys(world.users, 0)
    wanted |= {"secretary": 14, "governor": 14, "staff": 7, "auditor": 7, "county": 3, "officer": 1, "head": 1}
    assert counts == wanted | {"consultant": 1}


def test_events_are_those_that_wrote_the_debt(world: Personas, meeting: Meeting) -> None:
    services.release(Obligation.objects.filter(code="hq-1398-11/2.1"), by=world.secretary)
    services.cancel(Obligation.objects.get(code="hq-1398-11/2.1"), by=world.secretary, reason="تکراری")
    point = promote_point(meeting.points.all()[0], by=world.secretary, duty=Duty("کار"))
    (order,) = services.record_order(
        by=world.secretary, body=world.bodies["hq"], way=OrderWay.NOTE, day=TODAY, text="گزارش دهند"
    )
    told = {debt["code"]: verbs(debt) for debt in dossiers(world.operator)}
    made = ["obligations.create_from_minutes"]
    assert told["hq-1398-11/2.1-1"] == [*made, "obligations.release", "obligations.cancel"]
    assert told["hq-1398-11/3.1"] == made
    assert told[point.code] == ["obligations.promote_point"]
    assert told[order.code] == ["obligations.record_order"]
    assert all(events for events in told.values())


def test_whoever_only_receives_a_result_is_told_nothing_of_reports_and_requests(world: Personas) -> None:
    debt = owed(world)
    reporting.report(debt, progress(), by=world.officer)
    debt.refresh_from_db()
    extending.ask_extension(debt, by=world.officer, wanted=day("1398/12/01"), reason="برف")
    quiet = ["reporting.report", "obligations.ask_extension"]
    told = {by: {d["code"]: verbs(d) for d in dossiers(by)}[debt.code] for by in (world.county, world.officer)}
    assert told[world.officer] == [*told[world.county], *quiet]


def test_a_debt_of_an_old_register_is_told_from_the_event_that_brought_it_in(world: Personas) -> None:
    sheet = (
        "شماره جلسه,تاریخ جلسه,ردیف,شرح مصوبه,مسئول پیگیری,مهلت,وضعیت\r\n"
        "۵,۱۳۹۸/۰۳/۰۱,۱,راه روستا ساخته شود,راه و شهرسازی,۱۳۹۸/۰۹/۰۱,در دست اقدام\r\n"
        "۵,۱۳۹۸/۰۳/۰۱,۲,گزارش آب داده شود,جهاد کشاورزی,۱۳۹۸/۰۴/۰۱,انجام شد\r\n"
    )
    import_register(sheet.encode(), name="old.csv", body=world.bodies["hq"], by=world.secretary)
    told = list(dossiers(world.secretary))
    assert [debt["old_state"] for debt in told] == ["انجام شد", "در دست اقدام"]
    assert [(debt["state"], debt["closed_before"], debt["on_paper"]) for debt in told] == [
        ("closed", True, True),
        ("open", False, True),
    ]
    assert all(debt["events"] for debt in told), told


def test_a_merge_that_moved_the_debt_is_among_its_events(world: Personas, meeting: Meeting) -> None:
    debt = Obligation.objects.get(code="hq-1398-11/3.1")
    assert debt.lead
    into = create_party(by=world.operator, kind=debt.lead.kind, code="one", name="مهندسین مشاور آرتا")
    merge_parties(debt.lead, into=into, by=world.operator)
    told = next(d for d in dossiers(world.operator) if d["code"] == debt.code)
    assert told["lead"]["code"] == "one" and verbs(told)[-1] == "obligations.hand_over_party"


def test_more_debts_cost_no_more_queries(world: Personas, meeting: Meeting) -> None:
    def queries(by: Acting) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert list(dossiers(by))
        return len(captured)

    before = queries(world.secretary)
    builders.meeting(world, builders.minutes(world, number=12, session="1398/07/18"))
    assert queries(world.secretary) == before <= 5


def test_an_empty_register_is_an_empty_array(world: Personas, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys) == []


def test_without_json_it_is_a_table(world: Personas, meeting: Meeting, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["obligations"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t") == ["مهلت", "تکلیف", "شناسه", "مجری", "همکاران", "وضعیت"]
    assert len(lines) == 1 + 7 and all(line.count("\t") == 5 for line in lines)


def test_who_reads_may_stop_before_the_end() -> None:
    code = (
        "import django; django.setup(); from dabir.config.obligations import put; "
        "put(str(n) * 1000 for n in range(10_000))"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "dabir.config.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
