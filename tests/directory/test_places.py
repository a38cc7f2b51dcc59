"""Places that are entered, renamed, moved and ended by hand, each from a day on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dabir.directory import services
from dabir.directory.divisions import places_on
from dabir.directory.models import Place
from dabir.directory.queries import find_places
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.persian.jalali import to_gregorian
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
BY = Acting.host_operator()
LONG_AGO = to_gregorian(1380, 1, 1)
THEN = to_gregorian(1398, 7, 1)


@pytest.fixture
def county() -> Place:
    """A province with a county, a district and a rural district."""
    place = None
    for name in ("زنجان", "ایجرود", "حلب", "گلابر"):
        place = services.add_place(by=BY, name=name, parent=place, starts=LONG_AGO)
    return Place.objects.get(name="ایجرود")


def names_on(day: object) -> set[str]:
    return {place.path for place in places_on(day)}  # type: ignore[arg-type]


def test_kinds_follow_from_above(county: Place) -> None:
    kinds = list(Place.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["province", "county", "district", "rural-district"]
    with pytest.raises(Invalid):
        services.add_place(by=BY, name="زیر", parent=Place.objects.get(name="گلابر"), starts=THEN)


def test_a_second_place_of_a_name_is_refused(county: Place) -> None:
    with pytest.raises(Conflict):
        services.add_place(by=BY, name="حلب", parent=county, starts=THEN)


def test_a_renamed_place_is_another_from_that_day_with_all_beneath_it(county: Place) -> None:
    party = services.create_party(by=BY, kind="organization", code="a", name="دفتر", place=county)
    new = services.change_place(by=BY, place=county, name="ایجرود نو", starts=THEN)
    party.refresh_from_db()
    assert party.place == new
    assert "زنجان/ایجرود/حلب/گلابر" in names_on(THEN - timedelta(days=1))
    assert "زنجان/ایجرود نو/حلب/گلابر" not in names_on(THEN - timedelta(days=1))
    assert names_on(THEN) == {"زنجان", "زنجان/ایجرود نو", "زنجان/ایجرود نو/حلب", "زنجان/ایجرود نو/حلب/گلابر"}
    assert [place.pk for place in find_places("ایجرود نو")] == [new.pk] and find_places("ایجرود", exact=True) == []
    assert list(ledger.audit()) == []


def test_a_place_ends_with_all_beneath_it(county: Place) -> None:
    services.end_place(by=BY, place=county, ends=THEN)
    assert names_on(TODAY) == {"زنجان"}
    with pytest.raises(Conflict):
        services.end_place(by=BY, place=county, ends=TODAY)


def test_a_place_cannot_pass_to_one_of_another_level(county: Place) -> None:
    with pytest.raises(Invalid):
        services.change_place(by=BY, place=Place.objects.get(name="گلابر"), parent=county, starts=THEN)
    with pytest.raises(Invalid):
        services.change_place(by=BY, place=county, starts=THEN)
    with pytest.raises(Invalid):
        services.change_place(by=BY, place=county, name="نو", starts=LONG_AGO)


@pytest.mark.parametrize("words", ["ایجرود/حلب", "زنجان/ایجرود/حلب", " زنجان / ایجرود / حلب ", "حلب"])
def test_a_place_is_found_by_its_names_from_above(county: Place, words: str) -> None:
    assert [place.name for place in find_places(words, exact=True)] == ["حلب"]
    assert find_places("زنجان/حلب") == [] and find_places("/") == []
