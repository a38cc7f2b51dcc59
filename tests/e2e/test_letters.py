"""The whole way of a code: a secretary invites three agencies, prints their letters, and one of them comes in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Page, expect

from dabir.directory import services as directory
from dabir.directory.models import PartyKind
from dabir.obligations import services as obligations
from dabir.obligations.models import Obligation
from dabir.persian import digits
from tests import builders
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.once]

PASSWORD = "کلید-دشوار-۱۳۹۸"
TABLE = "\n".join([
    "دستگاه\tنام و نام خانوادگی\tتلفن همراه",
    "بنیاد مسکن\tاحمد نمونه\t09121110001",
    "جهاد کشاورزی\t\t9121110002",
    "شیلات استان\tمینا نمونه\t09121110003",
])  # fmt: skip


def assert_sound(seen: Visit) -> None:
    found = Axe().run(seen.page).response
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), seen.page.url
    assert not seen.said, seen.said


def save(page: Page, button: str) -> bytes:
    with page.expect_download() as held:
        page.get_by_role("button", name=button).click()
    return held.value.path().read_bytes()


def test_three_agencies_are_invited_and_one_comes_in_and_sees_its_debts(
    visit: Callable[..., Visit], world: Personas
) -> None:
    fishery = directory.create_party(
        by=world.operator, kind=PartyKind.ORGANIZATION, code="fishery", name="اداره کل شیلات استان زنجان"
    )
    directory.give_seat(by=world.operator, body=world.bodies["hq"], party=fishery)
    builders.meeting(world)
    gap = Obligation.objects.get(resolution__number="۴")
    obligations.settle(gap, by=world.secretary, lead=world.parties["housing"])
    obligations.release([Obligation.objects.get(pk=gap.pk)], by=world.secretary)

    seen = visit("secretary")
    page = seen.page
    page.goto("/letters/")
    page.get_by_role("link", name="دعوت‌ها").click()
    assert_sound(seen)
    page.get_by_role("link", name="دعوت دستگاه‌ها").first.click()
    page.locator("details.sheet summary").click()
    page.locator("[name=table]").fill(TABLE)
    page.locator("button[value=paste]").click()
    expect(page.locator("[name=agency]:checked")).to_have_count(3)
    assert_sound(seen)
    page.locator("button[value=invite]").dblclick()
    expect(page.locator(".the-code")).to_have_count(3)
    assert_sound(seen)

    document = Document(io.BytesIO(save(page, "Word")))
    boxes = ["\n".join(p.text for p in table.cell(0, 0).paragraphs) for table in document.tables[1::3]]
    assert len(boxes) == 3
    box = next(box for box in boxes if "احمد نمونه" in box)
    code = re.search(r"\w{4}-\w{4}", box)
    assert code and re.search(r"http://\S+/join", box)
    assert save(page, "PDF").startswith(b"%PDF")

    # At a telephone, in small letters and Persian digits.
    guest = visit(width=390)
    page = guest.page
    page.goto("/")
    page.get_by_role("link", name="کد دعوت دارید؟").click()
    page.locator("[name=mobile]").fill("۰۹۱۲۱۱۱۰۰۰۱")
    page.locator("[name=code]").fill("AAAA-AAAA")
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    guest.said.clear()  # the browser tells of the 422
    assert_sound(guest)
    page.locator("[name=code]").fill(digits.to_persian(code[0].lower()))
    page.locator("main form button").click()
    expect(page.locator(".invited-to")).to_contain_text(world.parties["housing"].name)
    expect(page.locator("[name=name]")).to_have_value("احمد نمونه")
    assert_sound(guest)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=again]").fill(PASSWORD)
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile(r":\d+/$"))
    page.goto("/register/")
    expect(page.locator("main")).to_contain_text("ویرایش دوم را تأیید کند")
    assert_sound(guest)

    page = seen.page
    page.goto("/invitations/")
    expect(page.locator(".badge.closed")).to_have_count(1)
    assert_sound(seen)
