"""The country's divisions, and what two editions can and cannot say of a day."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from dabir.directory import services
from dabir.directory.divisions import places_on
from dabir.directory.models import Place
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.foundation.models import Event
from dabir.persian.jalali import to_gregorian
from tests import kept

OPERATOR = Acting.host_operator()
END_OF_1398, MORDAD_1399 = to_gregorian(1398, 12, 29), to_gregorian(1399, 5, 31)


@pytest.fixture
def loaded(db: None) -> int:
    return kept.once("divisions", lambda: services.load_divisions(by=OPERATOR))


def counts(day: date) -> list[int]:
    return [places_on(day).filter(kind=k).count() for k in ("province", "county", "district", "rural-district")]


def zanjan(day: date) -> list[int]:
    above = ("parent", "parent__parent", "parent__parent__parent")
    return [places_on(day).filter(**{f"{step}__name": "زنجان", f"{step}__parent": None}).count() for step in above]


@pytest.mark.usefixtures("loaded")
def test_each_edition_is_whole_on_its_day() -> None:
    assert counts(END_OF_1398) == [31, 434, 1071, 2601]
    assert counts(MORDAD_1399) == [31, 448, 1099, 2637]


@pytest.mark.usefixtures("loaded")
def test_zanjan_has_17_districts_at_the_end_of_1398_and_18_in_mordad_1399() -> None:
    assert zanjan(END_OF_1398) == [8, 17, 48]
    assert zanjan(MORDAD_1399) == [8, 18, 49]


@pytest.mark.usefixtures("loaded")
def test_a_day_is_answered_by_the_newest_edition_of_then_and_an_earlier_one_by_the_oldest() -> None:
    session, spring, later = to_gregorian(1398, 7, 17), to_gregorian(1399, 2, 1), to_gregorian(1402, 1, 1)
    assert zanjan(session) == zanjan(spring) == [8, 17, 48]
    assert zanjan(later) == [8, 18, 49]


@pytest.mark.usefixtures("loaded")
def test_no_day_is_made_up() -> None:
    assert not Place.objects.exclude(starts=None, ends=None).exists()


@pytest.mark.usefixtures("loaded")
def test_a_place_that_moved_is_told_apart_by_its_parents() -> None:
    moved = Place.objects.filter(kind="rural-district", name="گیلوان", parent__parent__name="طارم").order_by("id")
    assert [(place.parent.name, place.editions) for place in moved if place.parent] == [
        ("مرکزی", "2.0"),
        ("گیلوان", "3.0"),
    ]


@pytest.mark.usefixtures("loaded")
def test_codes_are_those_of_the_statistical_centre() -> None:
    assert Place.objects.get(kind="county", name="ایجرود").code == "1906"
    assert Place.objects.get(kind="district", name="حلب", parent__name="ایجرود").code == "190601"


def test_loading_is_one_event_with_the_files_hashes(loaded: int) -> None:
    event = Event.objects.get()
    assert event.verb == "directory.load_divisions" and len(event.data["facts"]["sources"]) == 8
    assert len(event.data["rows"]) == loaded == Place.objects.count()
    assert list(ledger.audit()) == []


@pytest.mark.usefixtures("loaded")
def test_a_second_load_is_refused() -> None:
    with pytest.raises(Conflict):
        services.load_divisions(by=OPERATOR)


@pytest.mark.usefixtures("loaded")
def test_a_place_written_by_hand_has_its_own_days() -> None:
    with ledger.change("test", by=OPERATOR) as change:
        change.create(Place(kind="province", name="نو", sort_key="x", starts=MORDAD_1399))
    assert (counts(END_OF_1398)[0], counts(MORDAD_1399)[0]) == (31, 32)


def test_loading_takes_few_statements(db: None, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(60):
        services.load_divisions(by=OPERATOR)
