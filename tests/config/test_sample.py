"""The sample is filled through the services, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from dabir.config import sample
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.meetings.models import Draft, Meeting
from dabir.obligations.models import Obligation, State
from tests import kept


@pytest.fixture
def filled(db: None, settings: Settings, home: Path) -> None:
    home.mkdir()
    settings.SAMPLE_DAY = home / "sample_day"
    kept.once("sample", lambda: sample.fill(by=Acting.host_operator()))


def test_the_sample_is_session_11_with_its_debts(filled: None) -> None:
    meeting = Meeting.objects.get()
    assert meeting.code == "zanjan-hq-1398-11"
    assert [r.code for r in meeting.resolutions.all()] == [f"{meeting.code}/{n}" for n in range(1, 8)]
    assert Obligation.objects.get(is_group=True).children.count() > 5  # the members of Ijrud's committee
    assert Obligation.objects.filter(state=State.UNSETTLED).exists()  # a gap stays a gap
    assert Obligation.objects.filter(point__isnull=False).count() == 1  # seed ب/۸
    assert not Obligation.objects.filter(action__contains="چابوب").exists()
    assert Draft.objects.filter(state="open").count() == 2


def test_the_paper_on_the_workbench_is_read_with_its_faults(filled: None) -> None:
    minutes = Draft.objects.get(name="zanjan-hq-1398-12.txt").minutes
    assert [item["number"] for item in minutes["agenda"]] == ["1", "2"]
    assert [r["number"] for r in minutes["resolutions"]] == ["1", "2", "4", "5", "6"]
    rules = {finding["rule"] for finding in minutes["findings"]}
    assert {"date.weekday", "due.friday", "number.gap", "reference.missing"} <= rules


def test_the_samples_ledger_audits_clean(filled: None) -> None:
    assert list(ledger.audit()) == []


def test_a_used_home_is_refused(filled: None) -> None:
    events = ledger.head()
    with pytest.raises(Conflict):
        sample.fill(by=Acting.host_operator())
    assert ledger.head() == events


def test_the_sample_has_its_own_day(filled: None, settings: Settings) -> None:
    assert settings.SAMPLE_DAY.read_text() == sample.DAY == os.environ["DABIR_TODAY"]


def test_a_failure_in_the_middle_leaves_nothing(
    db: None, settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    settings.SAMPLE_DAY = home / "sample_day"

    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(sample, "accept_reading", fail)
    with pytest.raises(OSError, match="full"):
        sample.fill(by=Acting.host_operator())
    assert not sample.is_used()
