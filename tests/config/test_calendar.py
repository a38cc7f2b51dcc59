"""`dabir calendar`."""

from __future__ import annotations

import json

import pytest

from dabir.config.commands import run
from dabir.directory import announcing, services
from dabir.persian.jalali import to_gregorian
from tests import builders
from tests.personas import Personas

pytestmark = pytest.mark.django_db


def test_the_year_of_a_province_has_what_was_announced(world: Personas, capsys: pytest.CaptureFixture[str]) -> None:
    province = builders.province(world)
    closed = announcing.of_days(
        closed=True,
        first=to_gregorian(1398, 8, 22),
        last=None,
        province=province,
        reason="برف",
        announced_by="استانداری",
    )
    services.announce_calendar(by=world.admin, entries=closed)
    assert run(["calendar", "1398", "--province", "زنجان", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["province"] == "زنجان" and len(found["days"]) == 27
    (snow,) = [day for day in found["days"] if day["announced"]]
    assert snow == {
        "jalali": "1398/08/22", "gregorian": "2019-11-13", "weekday": "چهارشنبه", "name": "برف", "closed": True,
        "estimated": False, "announced": True,
    }  # fmt: skip
    assert run(["calendar", "1398"]) == 0
    assert "1398/08/22  closed  چهارشنبه  برف" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [["98"], ["1398", "--province", "جایی"]])
def test_a_year_or_province_that_is_none_is_refused(world: Personas, wrong: list[str]) -> None:
    assert run(["calendar", *wrong]) == 2
