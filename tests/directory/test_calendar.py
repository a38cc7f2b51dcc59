"""The calendar as data: closures, lunar days as announced, Thursdays; who may announce; what the reader makes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from dabir.directory import announcing, services
from dabir.directory.calendar import calendar_for, calendar_of, compose, entries_for, holidays_of, province_of
from dabir.directory.context import build_context
from dabir.directory.models import CalendarEntry, EntryKind, Place
from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.models import Event
from dabir.persian.calendar import ESTIMATED, Calendar
from dabir.persian.jalali import parse_day
from dabir.reading import child
from tests import builders
from tests.personas import Personas

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FITR = "عید سعید فطر"


def day(text: str) -> date:
    found = parse_day(text)
    assert found
    return found


FITR_1406 = day("1406/12/08")
"""Where the official calendar estimates it: a Sunday."""
WEDNESDAY = day("1398/08/22")


def close(
    by: Acting, first: date, last: date | None = None, *, province: Place | None = None, closed: bool = True
) -> list[CalendarEntry]:
    entries = announcing.of_days(
        closed=closed, first=first, last=last, province=province, reason="آلودگی هوا", announced_by="استانداری"
    )
    return services.announce_calendar(by=by, entries=entries)


def moon(by: Acting, on: date, *, name: str = FITR, estimated: date = FITR_1406) -> CalendarEntry:
    entries = announcing.of_lunar(name=name, estimated=estimated, day=on, announced_by="دفتر رهبری")
    return services.announce_calendar(by=by, entries=entries)[0]


def thursdays(by: Acting, works: bool, starts: date, province: Place | None = None) -> None:
    entries = announcing.of_thursdays(works=works, starts=starts, province=province, announced_by="هیئت دولت")
    services.announce_calendar(by=by, entries=entries)


def test_a_closure_is_closed_in_its_province_alone(world: Personas) -> None:
    here = builders.province(world)
    there = builders.province(world, "قزوین", of="roads")
    close(world.admin, WEDNESDAY, province=here)
    assert calendar_for(here.pk).holiday_name(WEDNESDAY) == "آلودگی هوا"
    assert not calendar_for(here.pk).is_working(WEDNESDAY)
    assert calendar_for(there.pk).is_working(WEDNESDAY) and calendar_for(None).is_working(WEDNESDAY)


def test_each_works_by_the_calendar_of_the_own_province(world: Personas) -> None:
    here = builders.province(world)
    builders.province(world, "قزوین", of="roads")
    close(world.admin, WEDNESDAY, province=here)
    assert province_of(world.governor) == here
    assert not calendar_of(world.governor).is_working(WEDNESDAY)
    assert calendar_of(world.outsider).is_working(WEDNESDAY)
    assert province_of(world.consultant) is None  # two provinces are in use, and the firm is in neither


def test_a_province_may_work_where_the_country_is_closed(world: Personas) -> None:
    here = builders.province(world)
    close(world.admin, WEDNESDAY, WEDNESDAY + DAY)
    close(world.admin, WEDNESDAY, province=here, closed=False)
    assert calendar_for(here.pk).is_working(WEDNESDAY) and not calendar_for(here.pk).is_working(WEDNESDAY + DAY)
    assert not calendar_for(None).is_working(WEDNESDAY)


def test_a_closure_on_a_holiday_keeps_both_names(world: Personas) -> None:
    arbaeen = day("1398/07/27")
    close(world.admin, arbaeen)
    assert calendar_for(None).holiday_name(arbaeen) == "اربعین حسینی؛ آلودگی هوا"


def test_an_estimated_day_that_is_confirmed_is_estimated_no_longer(world: Personas) -> None:
    assert (calendar_for(None).holiday_name(FITR_1406) or "").endswith(ESTIMATED)
    moon(world.admin, FITR_1406)
    assert calendar_for(None).holiday_name(FITR_1406) == FITR
    (known,) = [h for h in holidays_of(1406, entries_for(None)) if h.name == FITR]
    assert not known.estimated and known.entry


def test_a_moved_lunar_day_leaves_its_estimate_a_working_day(world: Personas) -> None:
    moon(world.admin, FITR_1406 - DAY)
    calendar = calendar_for(None)
    assert calendar.holiday_name(FITR_1406 - DAY) == FITR and not calendar.is_working(FITR_1406 - DAY)
    assert calendar.holiday_name(FITR_1406) is None and calendar.is_working(FITR_1406)
    assert [h.day for h in holidays_of(1406, entries_for(None)) if h.name == FITR] == [FITR_1406 - DAY]


def test_a_friday_that_a_lunar_day_leaves_stays_free(world: Personas) -> None:
    friday, milad = day("1406/05/29"), "میلاد رسول اکرم و امام جعفر صادق علیه السلام"
    assert friday.weekday() == 4
    moon(world.admin, friday + DAY, name=milad, estimated=friday)
    calendar = calendar_for(None)
    assert calendar.holiday_name(friday) is None and not calendar.is_working(friday)
    assert not calendar.is_working(friday + DAY)


def test_a_lunar_day_that_lands_on_a_holiday_shares_it_and_both_stay(world: Personas) -> None:
    sadeq, nature = "شهادت امام جعفر صادق علیه السلام", day("1406/01/13")
    moon(world.admin, nature, name=sadeq, estimated=nature + DAY)
    assert calendar_for(None).holiday_name(nature) == f"روز طبیعت؛ {sadeq}"


def test_only_what_is_estimated_is_confirmed_and_not_far_from_it(world: Personas) -> None:
    with pytest.raises(Invalid):
        moon(world.admin, day("1406/01/13"), name="روز طبیعت", estimated=day("1406/01/13"))
    with pytest.raises(Invalid):
        moon(world.admin, FITR_1406 + 9 * DAY)


def test_thursdays_change_from_a_day_on_and_a_province_goes_by_its_own(world: Personas) -> None:
    here = builders.province(world)
    thursday = WEDNESDAY + DAY
    thursdays(world.admin, False, thursday)
    thursdays(world.admin, True, thursday + 14 * DAY, here)
    own, country = calendar_for(here.pk), calendar_for(None)
    assert own.is_working(thursday - 7 * DAY) and not own.is_working(thursday)
    assert own.is_working(thursday + 14 * DAY) and not country.is_working(thursday + 14 * DAY)
    assert own.holiday_name(thursday) is None
    assert own.working_days_between(WEDNESDAY, thursday + 2 * DAY) == 1


def test_taking_back_leaves_the_calendar_as_it_was_and_the_ledger_whole(world: Personas) -> None:
    (made,) = close(world.admin, WEDNESDAY)
    services.withdraw_calendar(by=world.admin, entry=made)
    assert calendar_for(None) == Calendar()
    verbs = list(Event.objects.order_by("-number").values_list("verb", flat=True)[:2])
    assert verbs == ["directory.withdraw_calendar", "directory.announce_calendar"]
    assert not list(ledger.audit())
    with pytest.raises(Conflict):
        services.withdraw_calendar(by=world.admin, entry=CalendarEntry(pk=made.pk or 1, kind=EntryKind.CLOSED))


def test_a_secretary_closes_days_of_the_own_province_and_nothing_else(world: Personas) -> None:
    here = builders.province(world, of="planning")
    there = builders.province(world, "قزوین", of="roads")
    (made,) = close(world.secretary, WEDNESDAY, province=here)
    for province in (None, there):
        with pytest.raises(Refused):
            close(world.secretary, WEDNESDAY + DAY, province=province)
    with pytest.raises(Refused):
        moon(world.secretary, FITR_1406)
    with pytest.raises(Refused):
        thursdays(world.secretary, False, WEDNESDAY, here)
    with pytest.raises(Refused):
        close(world.staff, WEDNESDAY + DAY, province=here)
    services.withdraw_calendar(by=world.secretary, entry=made)


def test_a_day_is_announced_once_and_all_days_of_a_closure_or_none(world: Personas) -> None:
    close(world.admin, WEDNESDAY + DAY)
    with pytest.raises(Conflict):
        close(world.admin, WEDNESDAY, WEDNESDAY + 2 * DAY)
    with pytest.raises(Conflict):
        close(world.admin, WEDNESDAY + DAY, closed=False)
    assert CalendarEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"reason": " \0"}, "reason"), ({"announced_by": ""}, "announced_by"), ({"last": day("1398/08/01")}, "ends"),
     ({"last": day("1398/12/01")}, "last"), ({"reason": "آ" * 201}, "reason")],
)  # fmt: skip
def test_what_cannot_be_announced_names_its_field(wrong: dict[str, object], field: str) -> None:
    values = {"last": None, "reason": "برف", "announced_by": "استانداری"} | wrong
    with pytest.raises(Invalid) as refusal:
        announcing.of_days(closed=True, first=WEDNESDAY, province=None, **values)  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_the_database_takes_no_second_entry_for_a_day(world: Personas) -> None:
    close(world.admin, WEDNESDAY)
    with pytest.raises(IntegrityError), transaction.atomic(), ledger.change("tests.twice", by=world.operator) as change:
        change.create(CalendarEntry(kind=EntryKind.WORKED, day=WEDNESDAY, reason="انتخابات", announced_by="هیئت دولت"))


def test_papers_are_read_by_the_calendar_also_in_the_child(world: Personas) -> None:
    close(world.admin, WEDNESDAY)
    moon(world.admin, FITR_1406 - DAY)
    thursdays(world.admin, False, WEDNESDAY)
    context = build_context(WEDNESDAY)
    assert context.calendar == calendar_for(None)
    assert child._context(child._context_json(context)).calendar == context.calendar  # what the child gets


def test_papers_of_a_body_are_read_by_the_calendar_of_its_province(world: Personas) -> None:
    here = builders.province(world, of="hq")
    builders.province(world, "قزوین", of="roads")
    close(world.admin, WEDNESDAY, province=here)
    hq, committee = (world.bodies[code].party_id for code in ("hq", "committee"))
    assert not build_context(WEDNESDAY, hq).calendar.is_working(WEDNESDAY)
    assert build_context(WEDNESDAY, committee).calendar.is_working(WEDNESDAY)  # nobody has said where it is


def test_nothing_announced_is_the_official_calendar() -> None:
    assert compose([]) == Calendar()
