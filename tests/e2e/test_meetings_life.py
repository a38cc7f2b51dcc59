"""A session from its plan to its attendance in a real browser: planned, an agenda written, called to, held, counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dabir.directory import services as directory
from dabir.letters.models import Letter
from dabir.meetings.models import Meeting
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def assert_sound(seen: Visit) -> None:
    found = Axe().run(seen.page).response
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), seen.page.url
    assert not seen.said, seen.said


def test_a_session_is_planned_called_held_and_counted(visit: Callable[..., Visit], world: Personas) -> None:
    directory.set_quorum(by=world.secretary, body=world.bodies["hq"], rule="two-thirds")
    seen = visit("secretary")
    page = seen.page
    page.goto("/meetings/")
    page.get_by_role("link", name="برنامه‌ریزی جلسه").click()
    page.locator("[name=day]").fill("+0")
    page.locator("[name=starts_at]").fill("۱۰:۳۰")
    page.locator("[name=venue]").fill("سالن اجتماعات")
    assert_sound(seen)
    page.get_by_role("button", name="ثبت برنامه").click()
    page.wait_for_url("**/m/hq-1398-1/")

    page.locator("#text-new").fill("گزارش پیشرفت")
    page.get_by_role("button", name="افزودن به دستور جلسه").click()
    expect(page.locator("#agenda .numbered")).to_contain_text("گزارش پیشرفت")
    assert_sound(seen)
    page.get_by_role("link", name="دعوت به جلسه").click()
    expect(page.locator(".letter")).to_contain_text("۱- گزارش پیشرفت")
    assert_sound(seen)
    page.get_by_role("button", name="نوشتن نامه").click()
    expect(page.locator(".life .now")).to_have_text("دعوت‌شده")
    assert Letter.objects.get().recipients.count() == 3

    page.locator("summary", has_text="برگزار شد").click()
    page.get_by_role("button", name="ادامه: حضور و غیاب").click()
    page.wait_for_url("**/attendance/")
    expect(page.locator(".quorum")).to_contain_text("حاصل نشده")
    page.locator(".roll input").first.focus()
    page.keyboard.press("1")
    page.keyboard.press("1")
    expect(page.locator(".quorum .yes")).to_be_visible()  # two of three, before anything is sent
    page.keyboard.press("3")
    page.keyboard.press("4")
    page.keyboard.type("علی نمونه")
    assert_sound(seen)
    page.get_by_role("button", name="ثبت حضور و غیاب").click()
    page.wait_for_url("**/m/hq-1398-1/")
    expect(page.locator("#attendance")).to_contain_text("علی نمونه")
    assert_sound(seen)
    rows = Meeting.objects.get().attendance.order_by("order")
    assert [(row.present, row.excused, row.delegate) for row in rows] == [
        (True, False, ""),
        (True, False, ""),
        (False, True, ""),
        (True, False, "علی نمونه"),
    ]
