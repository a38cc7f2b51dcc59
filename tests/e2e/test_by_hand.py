"""An order written by hand in a real browser: by keyboard alone, from a pasted paragraph, over a line that fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from dabir.obligations.models import Obligation, Order
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.once]

PARAGRAPH = "مقرر شد راه و شهرسازی تا ۱۳۹۸/۰۸/۱۵ مسیر را آسفالت کند و جهاد کشاورزی ظرف ۱۵ روز گزارش خود را ارائه نماید."
CUT_OFF, AGAIN, BRING_BACK = "ارتباط قطع است", "ارسال دوباره", "بازیابی"


def kept(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kept:')).length"))


def tab_to(page: Page, name: str) -> None:
    """Tab until the field of that name has the focus."""
    for _ in range(12):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by the keyboard")


def write(page: Page, text: str) -> None:
    page.goto("/orders/new/")
    page.locator("[name=text]").fill(text)


def test_an_order_is_written_by_keyboard_alone(visit: Callable[..., Visit], world: Personas) -> None:
    seen = visit("secretary")
    page = seen.page
    page.goto("/")
    page.keyboard.press("n")
    expect(page.locator("[name=text]")).to_be_focused()
    page.keyboard.type("مسیر ایجرود آسفالت شود")
    tab_to(page, "way")
    page.keyboard.press("End")  # the last way is the meeting, the one before the letter
    page.keyboard.press("ArrowUp")
    tab_to(page, "number")
    page.keyboard.type("1234")
    tab_to(page, "1-lead")
    page.keyboard.type("شهرسازی")
    expect(page.get_by_role("option", name=world.parties["roads"].name)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab_to(page, "1-helpers")
    page.keyboard.type("بنیاد مسکن انقلاب")
    expect(page.locator(".combo-list:not([hidden]) [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    tab_to(page, "1-day")
    page.keyboard.type("+15")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".flashes a")).to_be_visible()
    debt, order = Obligation.objects.get(), Order.objects.get()
    assert (order.way, order.number, debt.lead) == ("letter", "1234", world.parties["roads"])
    assert debt.involved.get().party == world.parties["housing"] and str(debt.due_day) == "2019-10-27"
    expect(page.locator("[name=text]")).to_be_focused()  # for the next one
    expect(page.locator("[name=text]")).to_have_value("")
    expect(page.locator("[name=way]")).to_have_value("letter")
    assert kept(page) == 0 and not seen.said


def test_a_pasted_paragraph_fills_the_fields(visit: Callable[..., Visit], world: Personas) -> None:
    seen = visit("secretary")
    page = seen.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/orders/new/")
    page.evaluate("(text) => navigator.clipboard.writeText(text)", PARAGRAPH)
    page.keyboard.press("Control+v")
    expect(page.locator(".owed")).to_have_count(2, timeout=20_000)
    expect(page.locator("[name='1-lead']")).to_have_value(world.parties["roads"].name)
    expect(page.locator("[name='2-lead']")).to_have_value(world.parties["agriculture"].name)
    expect(page.locator("[name='1-day']")).to_have_value("۱۳۹۸/۰۸/۱۵")
    assert not Axe().run(page).response["violations"] and not Order.objects.exists()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".flashes a")).to_be_visible()
    assert Obligation.objects.count() == 2 and Order.objects.count() == 1 and not seen.said


def test_nothing_is_typed_into_what_the_reader_is_filling(visit: Callable[..., Visit], world: Personas) -> None:
    """It would be written over when the answer comes."""
    page = visit("secretary").page
    write(page, PARAGRAPH)

    def slow(route: Route) -> None:
        page.wait_for_timeout(800)
        route.continue_()

    page.route("**/orders/new/", slow)
    page.locator("button[name=do][value=read]:not([aria-hidden])").click(no_wait_after=True)
    expect(page.locator("form.by-hand[aria-busy=true]")).to_be_attached()
    page.locator("[name='1-day']").focus()
    page.keyboard.type("۱۳۹۹/۰۱/۰۱")
    assert not page.locator("[name='1-day']").input_value()
    expect(page.locator("[name='1-day']")).to_have_value("۱۳۹۸/۰۸/۱۵", timeout=20_000)
    page.locator("[name='1-day']").fill("+20")  # and goes on afterwards
    expect(page.locator("[name='1-day']")).to_have_value("+20")


def test_a_lost_line_loses_nothing_and_the_second_sending_has_one_effect(
    visit: Callable[..., Visit], world: Personas
) -> None:
    page = visit("secretary").page
    write(page, "مسیر ایجرود آسفالت شود")
    page.context.set_offline(True)
    page.locator("[name='1-lead']").fill("راه و شهرسازی")
    page.locator("[data-save]").click()
    expect(page.locator(".kept-bar.lost")).to_contain_text(CUT_OFF)
    expect(page.locator("[name=text]")).to_have_value("مسیر ایجرود آسفالت شود")
    assert kept(page) == 1 and not Order.objects.exists()
    assert not Axe().run(page).response["violations"]
    page.context.set_offline(False)
    page.get_by_role("button", name=AGAIN).click()
    expect(page.locator(".flashes a")).to_be_visible()
    assert Order.objects.count() == 1 and kept(page) == 0


def test_a_lost_answer_has_no_second_effect(visit: Callable[..., Visit], world: Personas) -> None:
    """The order arrives, the answer does not."""
    page = visit("secretary").page
    write(page, "مسیر ایجرود آسفالت شود")

    def swallow(route, request) -> None:  # type: ignore[no-untyped-def]
        if request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    page.route("**/orders/new/", swallow)
    page.locator("[data-save]").click()
    expect(page.locator(".kept-bar.lost")).to_be_visible()
    assert Order.objects.count() == 1
    page.unroute("**/orders/new/")
    page.get_by_role("button", name=AGAIN).click()
    expect(page.locator(".flashes a")).to_be_visible()
    assert Order.objects.count() == 1 and kept(page) == 0


def test_a_double_click_has_one_effect(visit: Callable[..., Visit], world: Personas) -> None:
    page = visit("secretary").page
    write(page, "مسیر ایجرود آسفالت شود")
    page.locator("[data-save]").dblclick()
    expect(page.locator(".flashes a")).to_be_visible()
    assert Order.objects.count() == 1


def test_what_was_left_is_offered_back_and_signing_out_takes_it_away(
    visit: Callable[..., Visit], world: Personas
) -> None:
    page = visit("secretary").page
    write(page, "مسیر ایجرود آسفالت شود")
    page.locator("[value=more]").click()
    expect(page.locator(".owed")).to_have_count(2)
    page.locator("[name='2-action']").fill("کار دوم")
    page.locator("[name='2-lead']").fill("راه و شهرسازی")
    page.locator(".combo-list:not([hidden]) [role=option]").first.click()
    page.goto("/register/")
    page.goto("/orders/new/")
    page.get_by_role("button", name=BRING_BACK).click()
    expect(page.locator("[name='2-action']")).to_have_value("کار دوم")
    expect(page.locator("[name='2-lead']")).to_have_value(world.parties["roads"].name)
    expect(page.locator("[name=text]")).to_have_value("مسیر ایجرود آسفالت شود")
    page.goto("/")
    assert kept(page) == 1
    page.locator("details.menu summary").last.click()
    page.locator("form[action='/sign-out/'] button").click()
    page.wait_for_load_state()
    assert kept(page) == 0


def test_what_was_sent_after_the_session_ended_is_offered_after_signing_in(
    visit: Callable[..., Visit], world: Personas
) -> None:
    page = visit("secretary").page
    write(page, "مسیر ایجرود آسفالت شود")
    cookies = [c for c in page.context.cookies() if c["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    page.locator("[data-save]").click()
    expect(page.locator("input[type=password]")).to_be_visible()
    assert "next=/orders/new/" in page.url and kept(page) == 1 and not Order.objects.exists()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto("/orders/new/")
    page.get_by_role("button", name=BRING_BACK).click()
    expect(page.locator("[name=text]")).to_have_value("مسیر ایجرود آسفالت شود")


def test_another_user_finds_nothing(visit: Callable[..., Visit], world: Personas) -> None:
    page = visit("secretary").page
    write(page, "مسیر ایجرود آسفالت شود")
    page.goto("/")
    other = visit("county").page
    cookies = [c for c in other.context.cookies() if c["name"] == "sessionid"]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto("/orders/new/")
    assert kept(page) == 0 and page.locator(".kept-bar").count() == 0


@pytest.mark.parametrize("way", [("fa", "light", 1280), ("en", "dark", 390)], ids=str)
def test_the_page_is_accessible_and_fits(
    visit: Callable[..., Visit], world: Personas, way: tuple[str, str, int]
) -> None:
    language, theme, width = way
    seen = visit("secretary", language=language, theme=theme, width=width)
    seen.page.goto("/orders/new/?way=meeting")
    assert not Axe().run(seen.page).response["violations"] and not seen.said
    beyond = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0
