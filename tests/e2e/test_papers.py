"""A paper that is being read, in a real browser: its page renews itself, is stopped by a button, and works without
scripts; what is wrong with a paper stands beside its field."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from threading import Event

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, Route, expect
from pytest_django import Settings

from dabir.foundation.child import Stopped
from dabir.foundation.jobs.running import NotDone, Run
from dabir.meetings import services, tasks
from dabir.meetings.models import Reading
from tests.e2e.conftest import Visit
from tests.e2e.test_main_job import PAPER
from tests.e2e.test_pages import WAYS
from tests.jobs import done_by
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.once]

Opens = Callable[..., Visit]


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Event:
    """Readings stay at their first step until this is set, and then go on as ever; `proof.txt` stays at its last step,
    `bad.txt` is none."""
    settings.JOBS_AT_ONCE = 2
    go = Event()

    def work(reading: Reading, run: Run) -> None:
        if reading.name == "bad.txt":
            raise NotDone("damaged")
        run.step("proofreading" if reading.name == "proof.txt" else "reading")
        while not go.wait(0.05):
            if run.stop.is_set():
                raise Stopped
        tasks.read(reading, run)

    done_by(monkeypatch, work)
    return go


def a_file(name: str, text: str = PAPER) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def bring(page: Page, *files: FilePayload) -> None:
    page.goto("/papers/")
    page.locator("[name=file]").set_input_files(list(files))
    page.locator("form.bring button.primary").click()


def assert_well_set(seen: Visit) -> None:
    faults = [(f["id"], [n["target"] for n in f["nodes"]]) for f in Axe().run(seen.page).response["violations"]]
    assert not faults, (seen.page.url, faults)
    beyond = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0, (seen.page.url, beyond)
    assert [line for line in seen.said if "422" not in line] == []


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_pages_of_readings_are_accessible_quiet_and_fit(
    go_on: Event, visit: Opens, world: Personas, way: tuple[str, str, int]
) -> None:
    language, theme, width = way
    rows = {
        name: services.bring_paper(f"{PAPER}{name}".encode(), name=name, body=world.bodies["hq"], by=world.secretary)
        for name in ("bad.txt", "one.txt", "proof.txt", "a-name-without-any-space-that-is-as-long-as-names-get.docx")
    }
    seen = visit("secretary", language=language, theme=theme, width=width)
    for row in rows.values():
        seen.page.goto(f"/papers/reading/{row.pk}/")
        expect(seen.page.locator("#reading")).to_contain_text(row.name)
        assert_well_set(seen)
    bring(seen.page, a_file("empty.txt", ""), a_file("again.txt", f"{PAPER}one.txt"))
    expect(seen.page.locator("#readings li")).to_have_count(4)
    expect(seen.page.locator("#f-file-note .fault")).to_have_count(2)
    expect(seen.page.locator("#f-file:focus")).to_be_in_viewport()
    assert_well_set(seen)


def test_page_follows_the_steps_and_goes_to_the_workbench_by_itself(go_on: Event, visit: Opens) -> None:
    seen = visit("secretary")
    bring(seen.page, a_file("one.txt"))
    expect(seen.page).to_have_url(re.compile(r"/papers/reading/\d+/$"))
    expect(seen.page.locator(".steps .now")).to_have_text("خواندن")
    seconds = seen.page.locator("[role=status]").inner_text()
    expect(seen.page.locator("[role=status]")).not_to_have_text(seconds)  # it renews itself
    seen.page.reload()
    expect(seen.page.locator(".steps .now")).to_have_text("خواندن")
    asked: list[str] = []

    def slowly(route: Route) -> None:
        asked.append(route.request.url)
        time.sleep(2.5)  # a long paper's workbench: the page asks for it once, and waits
        route.continue_()

    seen.page.route(re.compile(r"/papers/\d+/$"), slowly)
    go_on.set()
    expect(seen.page.locator(".resolution")).to_have_count(2, timeout=20_000)
    assert len(asked) == 1 and seen.said == []


def test_reading_is_stopped_by_its_button(go_on: Event, visit: Opens) -> None:
    page = visit("secretary").page
    bring(page, a_file("one.txt"))
    page.locator("#reading").get_by_role("button", name="انصراف").click()
    expect(page).to_have_url(re.compile(r"/papers/$"))
    expect(page.locator(".note.success")).to_contain_text("one.txt")
    expect(page.locator("#readings")).to_be_hidden()


def test_list_of_readings_follows_them_while_the_form_is_filled_in(go_on: Event, visit: Opens) -> None:
    page = visit("secretary").page
    bring(page, a_file("one.txt"), a_file("two.txt", f"{PAPER}2"))
    expect(page.locator("#readings progress")).to_have_count(2)
    page.locator("[name=text]").fill("در میان نوشتن")
    go_on.set()
    expect(page.locator("#readings").get_by_text("خوانده شد")).to_have_count(2, timeout=20_000)
    expect(page.locator("[name=text]")).to_have_value("در میان نوشتن")


def test_page_goes_on_without_scripts(go_on: Event, visit: Opens, browser: Browser) -> None:
    with_scripts = visit("secretary").page
    with_scripts.goto("/papers/")
    context = browser.new_context(
        java_script_enabled=False,
        storage_state=with_scripts.context.storage_state(),
        base_url=with_scripts.url.removesuffix("/papers/"),
    )
    page = context.new_page()
    bring(page, a_file("one.txt"))
    expect(page.locator(".steps .now")).to_have_text("خواندن")
    go_on.set()
    expect(page.locator(".resolution")).to_have_count(2, timeout=20_000)
    context.close()


def test_file_that_is_too_large_is_told_before_it_is_sent(visit: Opens, settings: Settings) -> None:
    settings.LARGEST_UPLOAD = 1_000
    page = visit("secretary").page
    bring(page, a_file("large.txt", "x" * 1_001))
    expect(page.locator("#f-file-note .fault")).to_contain_text("large.txt")
    assert page.url.endswith("/papers/") and page.locator("form.bring :invalid").count() == 1
    page.locator("[name=file]").set_input_files([a_file("small.txt", "x")])
    expect(page.locator("#f-file-note .fault")).to_have_count(0)
    assert page.locator("form.bring :invalid").count() == 0
