"""The main job in a real browser: paste, correct by keyboard alone, accept, and find it in the register."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PAPER = """صورتجلسه شماره ۲۱ ستاد فرماندهی اقتصاد مقاومتی استان زنجان
تاریخ جلسه: ۱۳۹۸/۰۷/۱۵
محل برگزاری: سالن استانداری

دستور جلسه:
۱- وضعیت چاه‌های کشاورزی

مصوبات:
۱- سازمان جهاد کشاورزی استان زنجان موظف است فهرست چاه‌های مجاز را تا تاریخ ۱۳۹۸/۰۸/۲۰ ارسال نماید.
۲- مقرر شد تابلوهای هشدار در کنار جاده نصب شود.

حاضران: سازمان جهاد کشاورزی استان زنجان
"""


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response
    assert found["passes"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []


def test_paper_becomes_debts_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    seen = visit("secretary")
    page, keys = seen.page, seen.page.keyboard
    page.goto("/papers/")
    assert_accessible(page)
    page.locator("[name=text]").fill(PAPER)
    page.locator("form.bring button.primary").press("Enter")

    # The workbench: one side lights the other.
    expect(page.locator(".resolution")).to_have_count(2)
    assert_accessible(page)
    page.locator("#L9 a.no").hover()
    expect(page.locator(".resolution").first).to_have_class(re.compile("lit"))

    # The next gap: a duty without a lead; its editor, a party by a part of its name.
    keys.press("g")
    expect(page.locator(".duty:focus")).to_have_attribute("data-gaps", re.compile("lead"))
    keys.press("e")
    expect(page.locator("[name=who]:focus")).to_be_visible()
    assert_accessible(page)
    keys.type("راه و شهر")
    expect(page.locator(".found button")).to_have_count(1)
    keys.press("Enter")

    # It still lacks a deadline: the focus goes there.
    expect(page.locator("#due-day:focus")).to_be_visible()
    keys.type("+۱۵")
    expect(page.locator("#due-day-is")).to_contain_text("سه‌شنبه ۳۰ مهر ۱۳۹۸")
    keys.press("Enter")
    expect(page.locator(".duty:focus")).to_contain_text("راه و شهرسازی")
    expect(page.locator("[data-gap]")).to_have_count(0)

    # A slip and its undo.
    keys.press("k")
    keys.press("e")
    expect(page.locator("#kind:focus")).to_be_visible()
    page.locator("#kind").select_option("proposal")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator(".resolution:focus")).to_be_visible()
    keys.press("u")
    expect(page.locator("#undo")).to_be_visible()
    expect(page.locator("#structure")).to_have_attribute("data-version", "4")

    keys.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    assert_accessible(page)
    keys.press("Escape")

    # Accept: asked once more, then in the register.
    keys.press("a")
    expect(page.locator(".accept-form button:focus")).to_be_visible()
    assert_accessible(page)
    keys.press("Enter")
    expect(page).to_have_url(re.compile(r"/m/hq-1398-21/$"))
    page.goto("/register/")
    rows = page.locator("main")
    expect(rows).to_contain_text("فهرست چاه‌های مجاز")
    expect(rows).to_contain_text("راه و شهرسازی")
    expect(rows).to_contain_text("۱۳۹۸/۰۷/۳۰")
    assert_accessible(page)
    assert seen.said == []


def test_workbench_fits_a_telephone(visit: Callable[..., Visit]) -> None:
    page = visit("secretary", width=390, theme="dark", language="en").page
    page.goto("/papers/")
    page.locator("[name=text]").fill(PAPER)
    page.locator("form.bring button.primary").click()
    expect(page.locator(".structure-pane")).to_be_visible()
    expect(page.locator(".paper-pane")).to_be_hidden()
    page.locator("[data-pane=paper]").click()
    expect(page.locator(".paper-pane")).to_be_visible()
    page.locator("#L9 a.no").click()
    expect(page.locator(".resolution:focus")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_suggested_party_takes_one_key(visit: Callable[..., Visit]) -> None:
    seen = visit("secretary")
    page, keys = seen.page, seen.page.keyboard
    page.goto("/papers/")
    paper = PAPER.replace("۱- سازمان جهاد کشاورزی استان زنجان", "۱- نمایندگان سازمان جهاد کشاورزی استان زنجان")
    page.locator("[name=text]").fill(paper)
    page.locator("form.bring button.primary").press("Enter")
    suggested = page.locator(".duty .suggested").first
    expect(suggested).to_contain_text("سازمان جهاد کشاورزی استان زنجان (کسی از آن)")
    expect(suggested.locator(".sure")).to_have_attribute("title", "کسی از آن")
    assert_accessible(page)

    # The gap has the focus, and one key says yes.
    keys.press("g")
    expect(page.locator(".duty:focus .suggested")).to_be_visible()
    keys.press("y")
    expect(page.locator(".duty .suggested")).to_have_count(0)
    expect(page.locator(".duty").first).to_contain_text("سازمان جهاد کشاورزی استان زنجان")
    expect(page.locator(".duty .sure").first).to_have_attribute("title", "به انتخاب کاربر")
