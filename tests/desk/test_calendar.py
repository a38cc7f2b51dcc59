"""The calendar's pages: a year, what a change does to deadlines before it is made, and the flag on a deadline."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from dabir.directory.models import CalendarEntry
from dabir.meetings.models import Meeting
from dabir.obligations import services as obligations
from dabir.obligations.models import Obligation
from tests import builders
from tests.desk.conftest import SignIn
from tests.personas import Personas

pytestmark = pytest.mark.django_db
CLOSURE = {"form": "days", "kind": "closed", "day": "۱۳۹۸/۸/۵", "reason": "برف", "announced_by": "استانداری"}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in("admin")


def test_a_year_shows_its_holidays_and_marks_the_estimated_ones(admin: Client) -> None:
    page = text(admin.get("/calendar/", {"year": "1406"}))
    assert page.count('<table class="month">') == 12
    assert "عید سعید فطر" in page and "تخمینی" in page and "قطعی‌کردن یا جابه‌جایی" in page
    assert "۱۳۹۸" in text(admin.get("/calendar/", {"year": "9999"}))  # no such year: today's


def test_what_a_closure_does_to_deadlines_is_said_before_it_is_made(
    sign_in: SignIn, world: Personas, meeting: Meeting
) -> None:
    province = builders.province(world)
    debt = Obligation.objects.get(resolution__number="۳")  # due on 1398/08/05, a holiday
    obligations.set_due(Obligation.objects.get(resolution__number="۷"), by=world.secretary, day=builders.SESSION_11)
    secretary = sign_in("secretary")
    form = CLOSURE | {"day": "1398/07/28", "province": province.pk}
    page = text(secretary.post("/calendar/announce/", form))
    assert "مهلت ۲ تکلیف در روزی است که تعطیل می‌شود" in page  # of both members of the group
    assert "شمار روزهای کاری باقی‌مانده ۱ تکلیف دیگر تغییر می‌کند" in page  # that of 1398/08/05
    assert not CalendarEntry.objects.exists()
    answer = secretary.post("/calendar/announce/", form | {"sure": "1"}, follow=True)
    assert CalendarEntry.objects.get().reason == "برف" and "برف" in text(answer)
    debt.refresh_from_db()
    assert debt.due_day == debt.first_due_day  # nothing moves


def test_a_day_that_is_worked_after_all_opens_its_deadlines(sign_in: SignIn, world: Personas, meeting: Meeting) -> None:
    province = builders.province(world)
    form = CLOSURE | {"kind": "worked", "province": province.pk}
    page = text(sign_in("secretary").post("/calendar/announce/", form))
    assert "مهلت ۱ تکلیف در روزی است که کاری می‌شود" in page and "پیش‌نویس دوم" in page


def test_another_body_sees_nothing_of_debts_that_are_not_its_own(
    sign_in: SignIn, world: Personas, meeting: Meeting
) -> None:
    province = builders.province(world)
    form = CLOSURE | {"kind": "worked", "province": province.pk}
    page = text(sign_in("other_secretary").post("/calendar/announce/", form))
    assert "پیش‌نویس دوم" not in page and "هیچ تکلیف جاری" in page


def test_a_wrong_announcement_comes_back_with_what_was_typed(admin: Client) -> None:
    answer = admin.post("/calendar/announce/", CLOSURE | {"day": "1398/13/1", "sure": "1"})
    page = text(answer)
    assert answer.status_code == 422 and 'value="برف"' in page and 'id="f-day-note"' in page
    assert not CalendarEntry.objects.exists()
    assert admin.post("/calendar/announce/", CLOSURE | {"kind": "x"}).status_code == 422


def test_an_announcement_is_taken_back_after_its_effect_is_shown(admin: Client) -> None:
    admin.post("/calendar/announce/", CLOSURE | {"sure": "1"})
    address = f"/calendar/entries/{CalendarEntry.objects.get().pk}/withdraw/"
    assert "برای پس گرفتن" in text(admin.post(address)) and CalendarEntry.objects.exists()
    assert "پس گرفته شد" in text(admin.post(address, {"sure": "1"}, follow=True))
    assert not CalendarEntry.objects.exists()


def test_a_lunar_day_is_moved_from_its_line(admin: Client) -> None:
    form = {
        "kind": "announced", "name": "عید سعید فطر", "estimated": "1406/12/08", "day": "1406/12/07",
        "announced_by": "دفتر رهبری",
    }  # fmt: skip
    assert "۱۴۰۶/۱۲/۰۸" in text(admin.post("/calendar/announce/", form))
    page = text(admin.post("/calendar/announce/", form | {"sure": "1"}, follow=True))
    assert "جابه‌جا شد" in page and "دفتر رهبری" in page


def test_whoever_may_announce_nothing_sees_the_calendar_alone(sign_in: SignIn, world: Personas) -> None:
    builders.province(world)
    page = text(sign_in("officer").get("/calendar/"))
    assert "تعطیلات رسمی" in page and "calendar/announce" not in page and "تاریخچه" not in page


def test_a_deadline_on_a_closed_day_is_flagged_in_the_register(sign_in: SignIn, meeting: Meeting) -> None:
    secretary = sign_in("secretary")
    assert "رحلت رسول اکرم" in text(secretary.get("/register/")).split("پیش‌نویس دوم")[0]
    sign_in("admin").post("/calendar/announce/", CLOSURE | {"kind": "worked", "sure": "1"})
    assert "رحلت رسول اکرم" not in text(secretary.get("/register/"))  # at once, though rows are kept ready


def test_a_deadline_on_a_closed_day_is_flagged_wherever_the_debt_stands(sign_in: SignIn, meeting: Meeting) -> None:
    secretary = sign_in("secretary")
    pages = [f"/m/{meeting.code}/", "/parties/consultants/"]
    assert all("رحلت رسول اکرم" in text(secretary.get(page)) for page in pages)
    sign_in("admin").post("/calendar/announce/", CLOSURE | {"kind": "worked", "sure": "1"})
    assert not any("رحلت رسول اکرم" in text(secretary.get(page)) for page in pages)


def test_the_sheet_of_a_month_shows_what_was_announced_at_once(admin: Client) -> None:
    assert "برف" not in text(admin.get("/calendar/month/", {"month": "1398/08"}))
    admin.post("/calendar/announce/", CLOSURE | {"day": "1398/08/20", "sure": "1"})
    assert "برف" in text(admin.get("/calendar/month/", {"month": "۱۳۹۸/۰۸"}))
    assert "تعطیل رسمی: برف" in text(admin.get("/calendar/day/", {"day": "98/8/20"}))


@pytest.mark.parametrize("asked", [{"month": "9999/99"}, {"month": "1577/12"}, {"day": "\0" * 80}, {"day": "+9999"}])
def test_strange_months_are_answered_with_a_month(admin: Client, asked: dict[str, str]) -> None:
    assert 'role="grid"' in text(admin.get("/calendar/month/", asked))
    assert admin.get("/calendar/day/", asked).status_code == 200


def test_the_legend_is_in_the_digits_of_the_page(admin: Client) -> None:
    assert '<i class="off named">۱</i>' in text(admin.get("/calendar/"))
    admin.cookies["language"] = "en"
    assert '<i class="off named">1</i>' in text(admin.get("/calendar/"))
