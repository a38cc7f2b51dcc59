"""The whole life of a session in a real browser: planned, called to, held, written, checked by a member, sealed,
authenticated by a stranger, communicated, numbered, finished."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dabir.letters.models import Letter
from dabir.meetings.models import Meeting
from dabir.obligations.models import Obligation
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

DECIDED = """۱- سازمان جهاد کشاورزی استان زنجان موظف است گزارش خود را حداکثر تا ۱۳۹۸/۰۸/۰۴ به دبیرخانه ارسال نماید.
۲- متن گزارش در اختیار اعضا است."""


def assert_sound(seen: Visit) -> None:
    found = Axe().run(seen.page).response
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), seen.page.url
    assert not seen.said, seen.said


def test_a_session_lives_from_its_plan_to_its_closed_file(visit: Callable[..., Visit], world: Personas) -> None:
    secretary = visit("secretary")
    page = secretary.page

    def press(name: str, role: str = "button") -> None:
        page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]

    def stands(words: str) -> None:
        expect(page.locator(".life .now b")).to_have_text(words)

    # A day, an agenda, an invitation.
    page.goto("/meetings/new/")
    page.locator("[name=day]").fill("+0")
    page.locator("[name=starts_at]").fill("۱۰:۳۰")
    page.locator("[name=ends_at]").fill("۱۲")
    page.locator("[name=venue]").fill("سالن اجتماعات")
    press("ثبت برنامه")
    page.wait_for_url("**/m/hq-1398-1/")
    page.locator("#text-new").fill("گزارش پیشرفت")
    press("افزودن به دستور جلسه")
    expect(page.locator("#agenda .numbered")).to_contain_text("گزارش پیشرفت")
    press("دعوت به جلسه", "link")
    press("نوشتن نامه")
    stands("دعوت‌شده")

    # It meets; everybody came.
    page.locator("summary", has_text="برگزار شد").click()
    press("ادامه: حضور و غیاب")
    page.wait_for_url("**/attendance/")
    page.locator(".roll input").first.focus()
    for _row in range(4):
        page.keyboard.press("1")
    press("ثبت حضور و غیاب")
    stands("برگزارشده")
    assert [row.present for row in Meeting.objects.get().attendance.all()] == [True] * 4

    # Its minutes, and a member's correction of them.
    press("صورتجلسه", "link")
    assert_sound(secretary)
    press("آغاز صورتجلسه")
    expect(page.locator("#minutes[data-compiled]")).to_have_count(1)
    page.locator("#text").evaluate(
        "(text) => { const words = 'ج - مصوبات جلسه:\\n\\n', at = text.value.indexOf(words) + words.length;"
        " text.focus(); text.setSelectionRange(at, at); }"
    )
    page.keyboard.insert_text(DECIDED)
    expect(page.locator(".decided")).to_have_count(2)
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_contain_text("ذخیره شد", timeout=20_000)
    press("بررسی و تأیید نهایی", "link")
    page.locator("[name=until]").fill("+5")
    press("برای اعضا بفرست")
    expect(page.locator("dl.facts")).to_contain_text("نزد اعضا")

    member = visit("officer", width=390, theme="dark")
    member.page.goto("/m/hq-1398-1/check/")
    member.page.locator("[id^=L]", has_text="موظف است گزارش خود را").locator("a.no").click()
    area = member.page.locator("#f-new")
    area.fill(area.input_value().replace("گزارش خود", "گزارش مکتوب خود"))
    member.page.get_by_role("button", name="پیشنهاد کن").first.click()
    expect(member.page.locator(".suggestion ins")).to_contain_text("مکتوب")

    page.reload()
    press("پذیرش")
    expect(page.locator("[id^=L]", has_text="گزارش مکتوب خود")).to_have_count(1)
    press("به تأیید نهایی و قفل", "link")
    page.get_by_role("button", name="تأیید نهایی و قفل").dblclick()
    stands("قفل‌شده")
    assert_sound(secretary)
    assert Obligation.objects.count() == 1

    # Somebody who holds the printed sheet, at a telephone, without an account.
    address = page.locator("#documents a[href^='/authenticate/']").get_attribute("href")
    stranger = visit(width=390)
    stranger.page.goto(address or "")
    expect(stranger.page.locator("main")).to_contain_text("hq-1398-1")
    assert_sound(stranger)

    # The debtor is told by a letter, and the file is closed.
    press("ابلاغ", "link")
    press("نوشتن نامه‌ها")
    press("ثبت شماره‌ها", "link")
    expect(page.locator("input[name^=number-]")).to_have_count(1)  # the invitation, which waits too, is not among them
    page.locator("textarea[name=table]").fill("۵۲/۱۲۳۴")
    page.locator("#numbers [name=day]").fill("+0")
    page.locator("button[name=do][value=paste]").click()
    page.locator("button[name=do][value=give]").click()
    page.wait_for_url(re.compile(r"/m/hq-1398-1/communicate/$"))
    assert_sound(secretary)
    assert Letter.objects.get(kind="communication").number == "52/1234"
    press("بستن پرونده جلسه")
    expect(page.get_by_text("پرونده جلسه بسته شد")).to_be_visible()
    press("به صفحه جلسه", "link")
    stands("پرونده بسته‌شده")
    assert_sound(secretary)
    assert Meeting.objects.get().finished_at and Obligation.objects.get().communicated_at

    member.page.goto("/")
    member.page.get_by_role("link", name="وصول اعلام‌نشده").click()
    expect(member.page.locator("main")).to_contain_text("گزارش مکتوب خود")
    assert_sound(member)
