"""Every page of the desk in a real browser: axe finds nothing, the console says nothing, nothing runs off the side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dabir.cycle.inviting import Guest, invite
from dabir.cycle.models import NoticeKind
from dabir.cycle.notices import tell
from dabir.directory.models import Person, Post
from dabir.foundation import accounts
from dabir.foundation.jobs import schedule
from dabir.meetings.models import Meeting
from dabir.obligations import extending, services
from dabir.obligations.models import Obligation
from tests import builders
from tests.cycle.test_escalating import chased
from tests.e2e.conftest import Visit
from tests.personas import Personas
from tests.reported import day

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.once]

WAYS = [("fa", "light", 1280), ("en", "dark", 390), ("fa", "dark", 390), ("en", "light", 1280)]


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    made = builders.meeting(world)
    services.release(Obligation.objects.filter(resolution__number="۳"), by=world.secretary)
    debt = Obligation.objects.get(resolution__number="۳")
    wanted, asked_on = date(2019, 11, 10), date(2019, 10, 11)
    extending.ask_extension(debt, by=world.secretary, wanted=wanted, reason="بارش برف", number="۱", dated=asked_on)
    return made


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_pages_are_accessible_quiet_and_fit(
    visit: Callable[..., Visit], world: Personas, meeting: Meeting, way: tuple[str, str, int]
) -> None:
    language, theme, width = way
    person = Person.objects.get(user=world.users["officer"])
    token = accounts.issue_link(world.users["head"], by=world.operator)
    secretary = accounts.issue_link(world.users["secretary"], by=world.operator)
    accounts.redeem_link(secretary, "کلید-دشوار-۱۳۹۸")  # or there is no password to change
    guest = Guest(world.parties["housing"], "09121110001")
    letter = invite([guest], by=world.secretary, body=world.bodies["hq"])[0].letter
    sent = builders.numbered(world, builders.reminders(world, ["housing"])[0])
    late = chased(world, due_day=day("1398/06/20"))
    tell([Post.objects.get(party__code="post-secretary")], NoticeKind.LATE, "late", by=world.operator, obligation=late)
    schedule.put("follow-up", "2026-11-26")
    pages = {
        "": ["/", f"/link/{token}/", "/join/"],
        "secretary": [
            "/", "/register/", "/register/?words=هیچ", "/meetings/", f"/m/{meeting.code}/", f"/r/{meeting.code}/2/",
            f"/r/{meeting.code}/4/", "/parties/", "/parties/hq/", "/password/",
            "/parties/agriculture/edit/", "/directory/new/organization/",
            "/letters/", f"/letters/{letter.pk}/", "/letters/numbers/", "/letters/new/", "/letters/register/",
            f"/letters/receipts/?of={sent.pk}", f"/letters/{sent.pk}/", "/letterhead/",
            "/invitations/", "/invitations/new/", "/letters/words/",
            f"/deadline/{meeting.code}/3.1/", f"/deadline/{meeting.code}/7.1/", "/events/",
            "/follow-up/", "/parties/hq/ladder/", "/notices/", "/my-messages/", "/letters/words/?kind=deputy",
        ],
        "consultant": ["/", "/register/", f"/r/{meeting.code}/3/", f"/deadline/{meeting.code}/3.1/", "/events/"],
        "admin": [
            "/", "/backups/", "/calendar/", "/calendar/?year=1406", "/invitations/", "/people/",
            f"/people/{person.pk}/", "/directory/new/post/", "/directory/new/group/",
            "/parties/hq/edit/", "/parties/agriculture/", "/parties/members/edit/", "/parties/roads/merge/",
            "/directory/duplicates/", "/directory/file/", "/places/", "/jobs/",
        ],
    }  # fmt: skip
    for persona, paths in pages.items():
        seen = visit(persona, language=language, theme=theme, width=width)
        for path in paths:
            seen.page.goto(path)
            faults = [(f["id"], [n["target"] for n in f["nodes"]]) for f in Axe().run(seen.page).response["violations"]]
            assert not faults, (path, faults)
            assert not seen.said, (path, seen.said)
            beyond = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert beyond <= 0, (path, beyond)


def test_the_menu_opens_by_keyboard_and_closes_by_escape(visit: Callable[..., Visit], world: Personas) -> None:
    page = visit("secretary", width=390).page
    page.goto("/")
    menu = page.locator(".nav-narrow")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link").first).to_be_hidden()


def test_a_filter_applies_itself(visit: Callable[..., Visit], meeting: Meeting) -> None:
    page = visit("secretary").page
    page.goto("/register/")
    page.locator("[type=checkbox][name=unsettled]").check()
    expect(page.locator("a.btn.quiet[href='/register/?view=0']")).to_be_visible()
    expect(page.locator("tbody tr").first).to_be_visible()
    assert "unsettled=1" in page.url


def test_the_first_visit_is_light(visit: Callable[..., Visit], world: Personas) -> None:
    seen = visit()
    sizes: dict[str, int] = {}
    seen.page.on("response", lambda r: sizes.update({r.url: len(r.body())}))
    seen.page.goto("/", wait_until="networkidle")
    weight = sum(size for url, size in sizes.items() if not url.endswith(".woff2"))
    assert weight <= 100_000, sizes


def test_a_browser_asks_our_host_alone(visit: Callable[..., Visit], world: Personas, meeting: Meeting) -> None:
    """What pages really fetch, fonts and icons too."""
    seen = visit("secretary")
    asked: list[str] = []
    seen.page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/register/", "/orders/new/", "/papers/", f"/m/{meeting.code}/", "/parties/"):
        seen.page.goto(path, wait_until="networkidle")
    ours = seen.page.evaluate("location.origin")
    assert len(asked) > 20 and not [url for url in asked if not url.startswith((ours, "data:"))]
