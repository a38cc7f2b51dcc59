"""The field that completes parties, in a real browser: by keyboard alone, and what it tells a screen reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dabir.obligations.models import Obligation
from tests import builders
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.once]


def test_a_lead_is_named_by_keyboard_alone(visit: Callable[..., Visit], world: Personas) -> None:
    meeting = builders.meeting(world)
    gap = Obligation.objects.get(resolution__number="۴")
    seen = visit("secretary")
    page = seen.page
    page.goto(f"/r/{meeting.code}/4/")
    field = page.get_by_role("combobox", name="مجری")
    field.focus()
    page.keyboard.type("شهرستان")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.keyboard.type(" ایجرود فرمانداری")
    expect(page.get_by_role("option")).to_have_count(1)
    assert not Axe().run(page).response["violations"]
    page.keyboard.press("Enter")  # takes the only one
    expect(field).to_have_value(world.parties["county-office"].name)
    page.keyboard.press("Enter")  # sends
    expect(page.locator(".flashes")).to_contain_text(world.parties["county-office"].name)
    gap.refresh_from_db()
    assert gap.lead == world.parties["county-office"] and not seen.said


def test_what_was_taken_is_forgotten_with_the_next_letter(visit: Callable[..., Visit], world: Personas) -> None:
    meeting = builders.meeting(world)
    page = visit("secretary").page
    page.goto(f"/r/{meeting.code}/4/")
    field = page.locator("[name=lead]")
    field.focus()
    page.keyboard.type("راه و شهرسازی")
    page.get_by_role("option").first.click()
    expect(page.locator("[name=lead-is]")).to_have_count(1)
    page.keyboard.type("x")
    expect(page.locator("[name=lead-is]")).to_have_count(0)
