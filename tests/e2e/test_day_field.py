"""The date field in a real browser: typed, said back, and picked from its sheet by the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from dabir.directory.models import Person
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.once]


def opened(visit: Callable[..., Visit], world: Personas, **way: object) -> tuple[Page, Locator]:
    """The page of a person, where a tenure gets its first day; and that field."""
    page = visit("admin", **way).page
    page.goto(f"/people/{Person.objects.get(user=world.users['officer']).pk}/")
    return page, page.locator("[name=starts]")


def at(page: Page) -> str:
    """The day that the keys are on, as it would be picked, once its sheet has come."""
    expect(page.locator(".day-sheet td:focus")).to_have_count(1)
    return str(page.locator(".day-sheet td:focus").get_attribute("data-value"))


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)
        page.wait_for_function("document.activeElement.closest('.day-sheet')")


@pytest.mark.parametrize(
    ("language", "ahead", "back"), [("fa", "ArrowLeft", "ArrowRight"), ("en", "ArrowRight", "ArrowLeft")]
)
def test_keys_go_where_they_point_in_both_directions_of_writing(
    visit: Callable[..., Visit], world: Personas, language: str, ahead: str, back: str
) -> None:
    page, field = opened(visit, world, language=language)
    figures = (
        (lambda text: text.translate({ord(c): chr(0x6F0 + int(c)) for c in "0123456789"})) if language == "fa" else str
    )

    def arrives(keys: str, day: str) -> None:
        press(page, keys)
        expect(page.locator(f'.day-sheet td:focus[data-value="{figures(day)}"]')).to_have_count(1)

    field.focus()
    page.keyboard.press("ArrowDown")
    assert at(page) == figures("1398/07/20")  # today, a Saturday
    arrives(ahead, "1398/07/21")
    arrives(f"{back} {back}", "1398/07/19")
    arrives("ArrowDown", "1398/07/26")
    arrives("ArrowUp ArrowUp ArrowUp", "1398/07/05")
    arrives("ArrowUp", "1398/06/29")  # over the month's edge
    arrives("PageDown", "1398/07/29")
    arrives("PageUp PageUp", "1398/05/29")
    arrives("Shift+PageDown", "1399/05/29")
    arrives("Shift+PageUp", "1398/05/29")
    arrives("Home", "1398/05/26")
    arrives("End", "1398/05/31")  # the week's last day in this month
    arrives("t", "1398/07/20")
    arrives("End", "1398/07/26")
    page.keyboard.press("Enter")
    expect(page.locator(".day-sheet")).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value(figures("1398/07/26"))


def test_escape_leaves_what_was_typed(visit: Callable[..., Visit], world: Personas) -> None:
    page, field = opened(visit, world)
    field.fill("۹۸/۸/۵")
    page.locator("form", has=field).get_by_role("button", name="تقویم").first.focus()
    expect(page.locator("#f-starts-is")).to_contain_text("یکشنبه ۵ آبان ۱۳۹۸")
    page.keyboard.press("Enter")
    assert at(page) == "۱۳۹۸/۰۸/۰۵"
    expect(page.locator(".day-sheet td[aria-selected=true]")).to_have_text("۵")
    press(page, "ArrowLeft")
    page.keyboard.press("Escape")
    expect(page.locator(".day-sheet")).to_be_hidden()
    expect(field).to_have_value("۹۸/۸/۵")


def test_the_day_that_was_understood_is_said_with_what_closes_it(visit: Callable[..., Visit], world: Personas) -> None:
    page, field = opened(visit, world)
    said = page.locator("#f-starts-is")
    field.fill("+۱۵")
    expect(said).to_have_text("یکشنبه ۵ آبان ۱۳۹۸ · تعطیل رسمی: رحلت رسول اکرم؛ شهادت امام حسن مجتبی علیه السلام")
    field.fill("1398/13/1")
    expect(said.locator(".fault")).to_be_visible()
    field.fill("")
    expect(said).to_be_empty()


def test_what_is_wrong_with_a_day_that_came_back_is_said_once(visit: Callable[..., Visit], world: Personas) -> None:
    page = visit("secretary").page
    with page.expect_response(re.compile(r"\?day=")):
        page.goto("/meetings/evaluation/?since=x")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".fault:visible")).to_have_count(1)
    expect(page.locator("#f-since")).to_be_focused()


@pytest.mark.parametrize("way", [("fa", "light", 1280), ("en", "dark", 390)], ids=str)
def test_the_open_sheet_is_accessible_and_names_the_holidays(
    visit: Callable[..., Visit], world: Personas, way: tuple[str, str, int]
) -> None:
    language, theme, width = way
    page, field = opened(visit, world, language=language, theme=theme, width=width)
    field.focus()
    page.keyboard.press("ArrowDown")
    at(page)
    assert not [(f["id"], [n["target"] for n in f["nodes"]]) for f in Axe().run(page).response["violations"]]
    expect(page.get_by_role("gridcell", name="اربعین حسینی")).to_be_visible()
    box = page.locator(".day-sheet").bounding_box()
    assert (
        box and box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 900
    )


def test_a_month_that_does_not_come_leaves_the_field_to_be_typed(visit: Callable[..., Visit], world: Personas) -> None:
    page, field = opened(visit, world)
    page.route("**/calendar/month/**", lambda route: route.abort())
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#f-starts-is .fault")).to_be_visible()
    expect(field).to_be_focused()
