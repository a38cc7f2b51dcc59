"""Forty letters numbered from a pasted column, printed, and received: counted in presses."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from dabir.letters.models import Letter, LetterState, Recipient
from tests import builders
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_forty_letters_are_numbered_printed_and_received_in_a_few_presses(
    visit: Callable[..., Visit], world: Personas
) -> None:
    builders.reminders(world, ["housing", "agriculture", "roads", "county-office"] * 10)
    seen = visit("secretary")
    page = seen.page
    presses = 0

    def press(name: str, *, role: str = "button") -> None:
        nonlocal presses
        presses += 1
        page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]

    def sound() -> None:
        found = Axe().run(page).response
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto("/letters/")
    press("ثبت شماره‌ها", role="link")
    column = "شماره\tتاریخ\n" + "\n".join(f"{385_000 + n}/ص\t۱۳۹۸/۰۷/{15 + n % 5}" for n in range(40))
    expect(page.locator("[name=table]")).to_be_focused()
    page.evaluate(  # as Ctrl+V does it: the browser's own clipboard is shut in tests
        """column => {
            const field = document.querySelector("[name=table]");
            field.dispatchEvent(new ClipboardEvent("paste", { bubbles: true }));
            field.value = column;
        }""",
        column,
    )
    presses += 1
    expect(page.get_by_role("status").first).to_contain_text("۴۰ خط برای ۴۰ نامه")
    sound()
    press("ثبت شماره‌ها")
    expect(page).to_have_url(re.compile(r"/letters/\?of="))
    assert Letter.objects.filter(state=LetterState.NUMBERED).count() == 40
    assert Letter.objects.order_by("pk").values_list("number", flat=True)[39] == "385039/ص"
    sound()
    presses += 1
    page.locator(".choosing-head details.out summary").click()
    with page.expect_download() as held:
        press("یک فایل PDF برای چاپ")
    assert len(PdfDocument(held.value.path())) == 40
    page.keyboard.press("Escape")
    press("رسیدها")
    page.locator("#f-day").fill("1398/07/20")
    sound()
    press("ثبت رسیدها")
    expect(page).to_have_url(re.compile(r"/letters/\?of="))
    assert Recipient.objects.filter(received_on=None).count() == 0
    assert presses == 7, presses
    assert not seen.said, seen.said
