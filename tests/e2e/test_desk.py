"""The desk without a mouse: through the list, open, tick, acknowledge all at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from dabir.foundation import ledger
from dabir.obligations import services as obligations
from dabir.obligations.models import Obligation
from dabir.persian import clock
from tests.e2e.conftest import Visit
from tests.e2e.test_sealing import assert_sound
from tests.personas import Personas
from tests.reported import owed

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_officer_acknowledges_by_keys_alone(visit: Callable[..., Visit], world: Personas) -> None:
    debts = [owed(world)]
    gap = Obligation.objects.filter(state="unsettled", is_group=False, group=None).first()
    assert gap
    obligations.settle(gap, by=world.secretary, lead=world.parties["agriculture"])
    obligations.release([gap], by=world.secretary)
    with ledger.change("tests.told", by=world.operator, on=gap) as change:
        change.update(Obligation.objects.get(pk=gap.pk), communicated_at=clock.now())
    debts.append(gap)
    officer = visit("officer")
    page = officer.page
    page.goto("/?kind=acknowledge")
    jobs = page.locator("[data-job]")
    expect(jobs).to_have_count(2)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("j")  # the page behind stays where it is
    page.keyboard.press("Escape")
    expect(page.locator("[data-job]:focus-within")).to_have_count(0)
    page.keyboard.press("j")
    page.locator(":focus").dispatch_event("keydown", {"key": "ط", "bubbles": True})  # x on a Persian keyboard
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(page.locator("[name=debt]:checked")).to_have_count(2)
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/#o-{debts[0].pk}")
    page.go_back()
    for box in page.locator("[name=debt]").all():
        box.check()
    page.keyboard.press("a")
    expect(page.locator(".flashes")).to_contain_text("وصول ۲ تکلیف اعلام شد")
    expect(page.locator(".empty")).to_contain_text("کار معطلی ندارید")
    assert Obligation.objects.filter(pk__in=[d.pk for d in debts], acknowledged_at__isnull=False).count() == 2
    assert_sound(officer)


def test_governor_follows_a_bar_to_its_rows(visit: Callable[..., Visit], world: Personas) -> None:
    debt = owed(world)
    with ledger.change("tests.late", by=world.operator, on=debt) as change:
        change.update(debt, due_day=clock.today() - timedelta(days=9), last_words="نهال‌ها رسیده‌اند")
    governor = visit("governor", theme="dark")
    page = governor.page
    page.goto("/")
    expect(page.locator(".worst").first).to_contain_text("نهال‌ها رسیده‌اند")
    assert_sound(governor)
    page.locator(".chart svg a").first.click()
    expect(page.locator(".register tbody tr")).to_have_count(1)
    expect(page.locator(".narrowed")).to_contain_text("مدیریت جهاد کشاورزی")
    for width in (1280, 390):
        charts = visit("secretary", language="en", width=width)
        charts.page.goto("/figures/")
        beside = """all => all.filter(it => {
            const word = it.getBoundingClientRect(), sheet = it.closest("figure").getBoundingClientRect()
            return word.width && (word.left < sheet.left || word.right > sheet.right)
        }).map(it => it.textContent)"""
        assert charts.page.locator(".chart svg text").evaluate_all(beside) == []
        expect(charts.page.locator(f".chart svg.{'wide' if width > 640 else 'narrow'}").first).to_be_visible()
        assert_sound(charts)
