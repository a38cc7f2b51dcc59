"""Findings in a real browser: apply, waive and undo without leaving the paper, by keyboard and on a narrow page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dabir.reading.context import Context
from dabir.reading.reader import read_text
from tests import builders
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.once]

PAPER = """صورتجلسه شماره ۲۱ ستاد فرماندهی اقتصاد مقاومتی استان زنجان
تاریخ جلسه: ۱۳۹۸/۰۷/۱۵

مصوبات:
۱- سازمان جهاد کشاورزی استان زنجان موظف است فهرست پروژههای آب را تا تاریخ ۱۳۹۸/۰۸/۱۰ در چابوب برنامه بفرستد.
۲- گزارش پروژههای برق و دستگاههای دیگر تهیه شود.
"""


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response
    assert found["passes"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []


@pytest.fixture
def bench(visit: Callable[..., Visit], world: Personas) -> Callable[..., Page]:
    """Opens the workbench of the paper."""

    def opened(**options: Any) -> Page:
        draft = builders.draft(world, read_text(PAPER, Context()))
        page = visit("secretary", **options).page
        page.goto(f"/papers/{draft.pk}/")
        return page

    return opened


def test_a_slip_is_put_right_and_a_warning_waived_where_they_stand(bench: Callable[..., Page]) -> None:
    page = bench()
    assert_accessible(page)
    slip = page.locator(".finding", has_text="چابوب")
    slip.get_by_role("button", name="اعمال").press("Enter")
    expect(page.locator(".resolution").first).to_contain_text("در چارچوب برنامه")
    expect(page.locator(".finding.settled", has_text="چابوب")).to_be_focused()
    expect(page.locator("#L5 .line")).to_contain_text("چابوب")

    friday = page.locator(".finding", has_text="جمعه")
    friday.locator("summary", has_text="گذشتن").press("Enter")
    friday.locator("[name=reason]").fill("در جلسه دانسته همین روز خواسته شد")
    assert_accessible(page)
    friday.locator("[name=reason]").press("Enter")
    waived = page.locator(".finding.settled", has_text="جمعه")
    expect(waived).to_contain_text("دانسته همین روز")
    assert_accessible(page)

    page.keyboard.press("u")
    expect(page.locator(".finding:not(.settled)", has_text="جمعه")).to_have_count(1)


def test_half_spaces_are_put_back_one_kind_of_word_or_all(bench: Callable[..., Page]) -> None:
    page = bench()
    note = page.locator(".finding", has_text="نیم‌فاصله")
    note.locator("summary", has_text="یک‌به‌یک").click()
    note.get_by_role("button", name=re.compile("دستگاههای")).click()
    expect(page.locator(".resolution").nth(1)).to_contain_text("دستگاه\u200cهای")
    expect(page.locator(".resolution").nth(1)).to_contain_text("پروژههای")
    note.get_by_role("button", name="اعمال").click()
    expect(page.locator(".resolution").nth(0)).to_contain_text("پروژه\u200cهای")
    expect(page.locator(".finding.settled", has_text="نیم‌فاصله")).to_have_count(1)
