"""Minutes on their way to the record: sent round, corrected, let pass, sealed, signed, and their scan brought back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import segno
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dabir.meetings.documents import stamp_of
from dabir.meetings.models import MinutesVersion, SignedScan
from dabir.obligations.models import Obligation
from tests import drafts
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LINE = next(n for n, line in enumerate(drafts.TEXT.split("\n"), 1) if line.startswith("۲-"))


def assert_sound(seen: Visit) -> None:
    found = Axe().run(seen.page).response
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), seen.page.url
    assert not seen.said, seen.said


def test_minutes_are_checked_sealed_signed_and_their_scan_comes_back(
    visit: Callable[..., Visit], world: Personas, tmp_path: Path
) -> None:
    drafts.manuscript(world, drafts.TEXT.replace("اتاق تعاون", "بنیاد مسکن انقلاب اسلامی استان زنجان"))
    secretary = visit("secretary")
    page = secretary.page
    page.goto("/m/hq-1398-11/")
    page.get_by_role("link", name="به بررسی پیش‌نویس").click()
    page.locator("[name=until]").fill("+5")
    page.get_by_role("button", name="برای اعضا بفرست").click()
    expect(page.locator("dl.facts")).to_contain_text("نزد اعضا")
    assert_sound(secretary)

    # A member, at a telephone.
    member = visit("officer", width=390, theme="dark")
    member.page.goto("/")
    member.page.get_by_role("link", name="جلسه ۱۱ ستاد").click()
    member.page.locator(f"#L{LINE} a.no").click()
    area = member.page.locator("#f-new")
    area.fill(area.input_value().replace("گزارش خود", "گزارش مکتوب خود"))
    member.page.get_by_role("button", name="پیشنهاد کن").first.click()
    expect(member.page.locator(".suggestion ins")).to_contain_text("مکتوب")
    assert_sound(member)

    page.goto("/m/hq-1398-11/seal/")
    expect(page.get_by_role("button", name="تأیید نهایی و قفل")).to_have_count(0)
    page.get_by_role("link", name="به بررسی پیش‌نویس").click()
    page.get_by_role("button", name="پذیرش", exact=True).click()
    expect(page.locator(f"#L{LINE}")).to_contain_text("مکتوب")
    page.get_by_text("گذشتن از آن با دلیل").click()
    page.locator("[name=reason]:visible").first.fill("دو نماینده داشت و یکی نیامد")
    page.get_by_role("button", name="از آن بگذر").click()
    expect(page.locator("#errors")).to_contain_text("گذشت شد")
    assert_sound(secretary)
    page.get_by_role("link", name="به تأیید نهایی و قفل").click()
    assert_sound(secretary)
    page.get_by_role("button", name="تأیید نهایی و قفل").dblclick()
    expect(page.locator("#signatures")).to_be_visible()
    version = MinutesVersion.objects.get()
    assert Obligation.objects.count() == 2

    page.get_by_text("ثبت امضاکنندگان").click()
    page.locator("#signatures [name=day]").fill("1398/07/18")
    page.get_by_role("button", name="ثبت امضاها").click()
    expect(page.locator("#signatures .paper-line")).to_have_count(3)
    assert_sound(secretary)

    held = io.BytesIO()
    segno.make(stamp_of(version).address("http://dabir.example")).save(held, kind="png", scale=5)
    (tmp_path / "signed.png").write_bytes(held.getvalue())
    page.get_by_role("link", name="چند فایل یکجا").click()
    page.locator("[name=scan]").set_input_files(tmp_path / "signed.png")
    page.get_by_role("button", name="جای هر یک را پیدا کن").click()
    page.get_by_role("link", name="جلسه ۱۱ ستاد").click()
    expect(page).to_have_url(re.compile(r"/m/hq-1398-11/$"))
    expect(page.locator("#signatures")).to_contain_text("تطبیق با رمزینه")
    assert_sound(secretary)
    assert SignedScan.objects.get().matched
