from __future__ import annotations

from datetime import datetime

import pytest

from dabir.persian import clock
from dabir.persian.jalali import to_gregorian


def test_a_record_can_be_made_as_if_at_another_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIR_TODAY", "1398/07/20")
    moment = datetime(2024, 5, 1, 9, 30, tzinfo=clock.TEHRAN)
    with pytest.raises(ValueError), clock.standing_at(moment):
        assert clock.now() == moment and clock.today() == moment.date()
        raise ValueError
    assert clock.today() == to_gregorian(1398, 7, 20)


def test_a_fixed_day_holds_for_today_and_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIR_TODAY", "1398/07/20")
    assert clock.fixed() == clock.today() == clock.now().date() == to_gregorian(1398, 7, 20)
    assert clock.now().utcoffset() is not None


def test_without_it_the_clock_is_tehrans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DABIR_TODAY", raising=False)
    assert clock.fixed() is None
    assert clock.now().tzinfo is clock.TEHRAN


def test_a_wrong_day_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIR_TODAY", "1398/13/20")
    with pytest.raises(ValueError, match="1398/13/20"):
        clock.today()
