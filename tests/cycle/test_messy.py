"""The messy register of `tests/messy.py` comes in as it says, with the sample's directory."""

from __future__ import annotations

import pytest

from dabir.config import sample
from dabir.cycle.import_plan import Plan, make_plan
from dabir.directory.models import Body
from dabir.foundation.acting import Acting
from dabir.obligations.sheets.layouts import first_layout
from dabir.reading.sheets.table import read_tables
from tests.messy import FIRST_ROW, TOLD, messy_register

pytestmark = pytest.mark.django_db


def plan() -> Plan:
    tables, body = read_tables(messy_register()), Body.objects.get(code="zanjan-hq")
    found = first_layout(tables, body)
    assert found is not None
    return make_plan(tables[found.table], found, body)


def test_the_messy_register_becomes_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIR_TODAY", sample.DAY)
    sample.fill(by=Acting.host_operator())
    made = plan()
    assert len(made.rows) == TOLD.rows
    assert made.rows[0].entry.row == FIRST_ROW
    assert made.counts == {"new": TOLD.new, "same": TOLD.same, "updated": 0, "refused": TOLD.refused}
    assert {asked.text for asked in made.questions} == set(TOLD.questions)
