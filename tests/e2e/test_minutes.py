"""Minutes written in the room by two: findings at their lines, words that complete themselves, a line that drops."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dabir.meetings.compiling import text_of
from dabir.meetings.models import Manuscript
from tests import builders
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SAVED = "ذخیره شد"


def assert_sound(seen: Visit) -> None:
    found = Axe().run(seen.page).response
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), seen.page.url
    assert not seen.said, seen.said


def caret_behind(page: Page, words: str) -> None:
    page.locator("#text").evaluate(
        "(text, words) => { const at = text.value.indexOf(words) + words.length; text.focus();"
        " text.setSelectionRange(at, at); }",
        words,
    )


def holding(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))


def state(page: Page, words: str) -> None:
    expect(page.locator("#save-state")).to_contain_text(words, timeout=20_000)


def _clashing(*both: Visit) -> Visit:
    """Whoever of them came second."""
    for _ in range(100):
        for one in both:
            if one.page.locator("#clash").is_visible():
                return one
        both[0].page.wait_for_timeout(100)
    raise AssertionError("nobody was told")


def test_two_write_minutes_and_nothing_is_lost(visit: Callable[..., Visit], world: Personas) -> None:
    meeting = builders.held(world)
    seen = visit("secretary")
    page = seen.page
    page.goto(f"/m/{meeting.code}/")
    page.get_by_role("link", name="صورتجلسه", exact=True).click()
    page.get_by_role("button", name="آغاز صورتجلسه").click()
    text = page.locator("#text")
    expect(page.locator("#minutes[data-compiled]")).to_have_count(1)

    # Known words complete themselves; the card and the finding come while somebody types.
    caret_behind(page, "ج - مصوبات جلسه:\n\n")
    page.keyboard.type("۱- سازمان جهاد")
    expect(page.locator("#words-list [role=option]").first).to_have_text(world.parties["agriculture"].name + "طرف")
    assert text.get_attribute("aria-activedescendant") == "words-0"
    assert_sound(seen)
    page.keyboard.press("Tab")
    page.keyboard.type(" مکلف است گزارش بهرهوری را تا ۱۳۹۸/۰۸/۰۵ ارسال نماید.")
    card = page.locator(".decided")
    expect(card).to_contain_text("یکشنبه ۵ آبان ۱۳۹۸")
    expect(card.locator(".shut")).to_contain_text("تعطیل رسمی")
    expect(page.locator("#at-line")).to_contain_text("بهره‌وری")
    page.keyboard.press("Alt+Enter")
    expect(text).to_have_value(holding("گزارش بهره‌وری را"))
    page.keyboard.press("Control+z")
    expect(text).to_have_value(holding("گزارش بهرهوری را"))
    page.keyboard.press("Control+y")
    expect(text).to_have_value(holding("گزارش بهره‌وری را"))
    state(page, SAVED)

    # From the card to the line.
    page.locator("#card-agenda ~ .card-list .line-of").click()
    expect(page.locator("#at-line .where")).to_have_text("سطر ۷")

    # The line drops; what is typed is there after the page was opened anew.
    page.context.set_offline(True)
    caret_behind(page, "ب - مذاکرات جلسه:\n\n")
    page.keyboard.type("سخن یکم")
    page.keyboard.press("Control+s")
    state(page, "ذخیره نشده، ارتباط قطع است")
    page.context.set_offline(False)
    state(page, SAVED)
    seen.said.clear()  # the browser told of the dropped line
    manuscript = Manuscript.objects.get(meeting=meeting)
    assert "سخن یکم" in text_of(manuscript)

    # A colleague writes elsewhere in the text: both have both. On the same line: both are shown, and one is chosen.
    other = visit("staff", width=390, theme="dark")
    other.page.goto(f"/m/{meeting.code}/minutes/")
    expect(other.page.locator("#minutes[data-compiled]")).to_have_count(1)
    caret_behind(page, "سخن یکم")
    page.keyboard.type(" آقای نوری")
    page.keyboard.press("Control+s")
    state(page, SAVED)
    caret_behind(other.page, "بررسی سند")
    other.page.keyboard.type(" تازه")
    other.page.keyboard.press("Control+s")
    expect(other.page.locator("#text")).to_have_value(holding("سخن یکم آقای نوری"), timeout=20_000)
    expect(text).to_have_value(holding("بررسی سند تازه"), timeout=20_000)

    caret_behind(other.page, "سخن یکم")
    other.page.keyboard.type(" و دوم")
    caret_behind(page, "سخن یکم")
    page.keyboard.type(" و سوم")
    other.page.keyboard.press("Control+s")
    page.keyboard.press("Control+s")
    late = _clashing(seen, other)
    assert_sound(late)
    late.page.locator("#clash a").click()
    expect(late.page.locator(".place")).to_have_count(1)
    assert_sound(late)
    late.page.locator("input[value=own]").check()
    late.page.locator("button.primary").click()
    expect(late.page.locator("#text")).to_have_value(holding("سخن یکم و سوم آقای نوری"))
    expect(late.page.locator("#text")).to_have_value(holding("سخن یکم و دوم آقای نوری"))

    for address in ("revisions/", "revisions/2/"):
        page.goto(f"/m/{meeting.code}/minutes/{address}")
        assert_sound(seen)
