"""A debt by five people: the officer at a telephone reports, the head of the agency confirms, an endorser consents, the
secretary verifies after a visit and brings it into the next minutes; the governor reads the figures.

And the county governor's office: it owes what the headquarters decided, and follows what its own committee did."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from dabir.cycle import news
from dabir.directory import services as directory
from dabir.foundation.acting import Function
from dabir.meetings.compiling import text_of
from dabir.meetings.models import Manuscript
from dabir.obligations.models import Obligation, State
from dabir.obligations.reporting import services
from dabir.obligations.reporting.values import Found
from tests import builders, drafts
from tests.e2e.conftest import Visit
from tests.e2e.test_sealing import assert_sound
from tests.personas import SINCE, Personas
from tests.reported import PICTURE, PNG, communicated, day, owed, progress

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_five_people_bring_a_debt_from_its_report_to_the_next_minutes(
    visit: Callable[..., Visit], world: Personas
) -> None:
    debt = owed(world, endorser="roads")
    drafts.held(world, number=12, date=builders.SESSION_11 + timedelta(days=30), title="جلسه ۱۲ ستاد")
    services.plan_path(debt, [(day("1398/06/31"), 60)], by=world.secretary)
    services.set_reporting(debt, by=world.secretary, months=3, demands_evidence=True)
    address = f"/progress/{debt.code}/"

    officer = visit("officer", width=390)
    page = officer.page
    page.goto(f"/o/{debt.code}/")
    page.get_by_role("link", name="پیشرفت و گزارش‌ها").click()
    expect(page.locator(".note.warning")).to_contain_text("۱۳۹۸/۰۴/۱۰ تا ۱۳۹۸/۰۶/۳۱")
    page.get_by_label("کار انجام شده است").check()
    page.get_by_label("شرح اقدام‌ها").fill("آبیاری همه زمین‌ها نو شد")
    page.get_by_role("button", name="ارسال گزارش").click()
    expect(page.locator(".fault")).to_contain_text("مستندات")
    expect(page.get_by_label("شرح اقدام‌ها")).to_have_value("آبیاری همه زمین‌ها نو شد")
    page.locator("#report-files").set_input_files({"name": PNG[0], "mimeType": "image/png", "buffer": PICTURE})
    page.get_by_role("button", name="ارسال گزارش").click()
    expect(page.locator(".report")).to_contain_text("در انتظار تأیید رئیس دستگاه")
    assert page.locator(".shown img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    expect(page.get_by_role("button", name="گزارش را تأیید می‌کنم")).to_have_count(0)
    officer.said.clear()  # the refusal's status is told there
    assert_sound(officer)

    head = visit("head", theme="dark")
    head.page.goto(address)
    head.page.get_by_role("button", name="گزارش را تأیید می‌کنم").click()
    expect(head.page.locator(".report")).to_contain_text("تأیید رئیس دستگاه")
    assert_sound(head)

    endorser = visit("outsider").page
    endorser.goto("/")
    endorser.locator(".job", has_text=debt.code).filter(has_text="تأیید نتیجه").get_by_role("link").first.click()
    endorser.get_by_role("button", name="نتیجه را تأیید می‌کنم").click()
    expect(endorser.locator(".report")).to_contain_text("تأیید نتیجه")

    secretary = visit("secretary")
    page = secretary.page
    page.goto(address)
    page.get_by_text("بازدید میدانی").click()
    page.locator("[name=visited_on]").fill("+5")
    page.get_by_label("بازدیدکننده").fill("کارشناس دبیرخانه")
    page.get_by_label("مشاهدات").fill("آب جاری است")
    page.get_by_role("button", name="راستی‌آزمایی", exact=True).click()
    expect(page.locator("#refusal")).to_be_visible()  # though its fields were folded
    expect(page.locator("[name=visited_on]")).to_be_focused()
    secretary.said.clear()
    page.locator("[name=visited_on]").fill("1398/07/18")
    page.get_by_role("button", name="راستی‌آزمایی", exact=True).click()
    expect(page.locator(".owed")).to_contain_text("پیشنهاد خاتمه")
    expect(page.locator(".owed .trio")).to_contain_text("۶۰٪")
    assert_sound(secretary)
    assert Obligation.objects.get(pk=debt.pk).state == State.PROPOSED
    page.goto(f"/debts/{debt.pk}/decide/")
    page.get_by_role("button", name="درج و باز کردن پیش‌نویس").click()
    expect(page).to_have_url(re.compile("/m/hq-1398-12/minutes/"))
    assert debt.code in text_of(Manuscript.objects.get())

    governor = visit("governor")
    page = governor.page
    page.goto("/")
    expect(page.locator(".three")).to_have_text(re.compile(r"۶۰٪\s*برنامه\s*۱۰۰٪\s*گزارش\s*۱۰۰٪\s*راستی"))
    expect(page.locator(".tally li", has_text="پیشنهادهای خاتمه")).to_contain_text("۱")
    assert_sound(governor)


def test_county_governor_answers_for_its_own_debts_and_sees_no_one_elses(
    visit: Callable[..., Visit], world: Personas
) -> None:
    news.tell_news(by=world.operator)  # from here on
    builders.meeting(world)
    debt = communicated(world, Obligation.objects.get(lead__code="secretariat"))  # seed ج/۲
    other = owed(world)  # of a member of its committee, which only sends it the result
    said = services.report(other, progress(narrative="نظر اداره"), by=world.officer)
    _let_in(world, "county-clerk", Function.OFFICER)

    clerk = visit("county-clerk", width=390).page
    clerk.goto(f"/progress/{debt.code}/")
    clerk.get_by_label("کار انجام شده است").check()
    clerk.get_by_label("شرح اقدام‌ها").fill("همه نظرها یکجا به مشاور داده شد")
    clerk.get_by_role("button", name="ارسال گزارش").click()
    expect(clerk.locator(".report")).to_contain_text("در انتظار تأیید رئیس دستگاه")

    county = visit("county")
    page = county.page
    page.goto("/")
    mine = page.locator(".job", has_text=debt.code)
    mine.filter(has_text="اعلام وصول").get_by_role("checkbox").check()
    page.get_by_role("button", name="اعلام وصول انتخاب‌شده‌ها").click()
    expect(page.locator(".job", has_text=debt.code)).to_have_count(1)
    assert_sound(county)
    news.tell_news(by=world.operator)
    page.goto("/notices/")
    page.locator(".notice", has_text=debt.code).filter(has_text="در انتظار تأیید").click()
    page.get_by_role("button", name="گزارش را تأیید می‌کنم").click()
    expect(page.locator(".report")).to_contain_text("تأیید رئیس دستگاه")
    expect(page.get_by_role("button", name="راستی‌آزمایی", exact=True)).to_have_count(0)
    assert_sound(county)

    services.verify(debt.reports.get(), Found(100), by=world.secretary)
    news.tell_news(by=world.operator)
    page.goto("/notices/")
    page.locator(".notice", has_text=debt.code).filter(has_text="راستی‌آزمایی").click()
    expect(page.locator(".owed")).to_contain_text("پیشنهاد خاتمه")
    page.goto("/")
    expect(page.locator(".job", has_text=debt.code)).to_have_count(0)

    page.goto("/register/")
    expect(page.locator("main")).to_contain_text(debt.code)
    foreign = Obligation.objects.get(lead__code="consultants")
    expect(page.locator("main")).not_to_contain_text(foreign.code)
    page.goto(f"/progress/{other.code}/")
    expect(page.locator("main")).not_to_contain_text(said.narrative)
    assert_sound(county)
    for address in (f"/o/{foreign.code}/", f"/progress/{foreign.code}/", f"/deadline/{foreign.code}/"):
        answer = page.goto(address)
        assert answer and answer.status == 404


def test_county_governor_verifies_what_its_own_committee_is_owed(visit: Callable[..., Visit], world: Personas) -> None:
    builders.meeting(world, body="committee")
    debt = owed(world)
    made = services.report(debt, progress(100, done=True), by=world.head)

    county = visit("county", width=390, theme="dark")
    page = county.page
    page.goto("/")
    page.locator(".job", has_text=debt.code).filter(has_text="راستی‌آزمایی").get_by_role("link").first.click()
    expect(page.locator(f"#report-{made.pk}")).to_contain_text(made.narrative)
    page.get_by_role("button", name="راستی‌آزمایی", exact=True).click()
    expect(page.locator(".owed")).to_contain_text("پیشنهاد خاتمه")
    assert_sound(county)
    page.goto("/governor/")
    expect(page.locator(".tally li", has_text="پیشنهادهای خاتمه")).to_contain_text("۱")
    assert_sound(county)

    answer = visit("secretary").page.goto(f"/progress/{debt.code}/")
    assert answer and answer.status == 404


def _let_in(world: Personas, name: str, function: Function) -> None:
    """Somebody more who works for the county governor."""
    person = directory.create_person(by=world.operator, name=f"نمونه {name}", username=name, mobile="09000000099")
    office = world.parties["county-office"]
    post = directory.create_post(
        by=world.operator, code=f"post-{name}", name=f"سمت {name}", organization=office, function=function
    )
    directory.appoint(by=world.operator, person=person, post=post, starts=SINCE)
    assert person.user is not None
    world.users[name] = person.user
