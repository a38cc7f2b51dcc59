"""A real browser on a live server; skipped, visibly, where chromium is missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from dabir.foundation.jobs.workers import at_work
from tests.personas import Personas

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(slots=True)
class Visit:
    """A persona's page, and what its console has said: nothing, if all is well."""

    page: Page
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Chromium. While its loop runs in this thread, Django must not take the tests for asynchronous callers."""
    if CHROMIUM is None:
        pytest.skip("chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def served(settings: Settings, tmp_path: Path) -> None:
    """Static files as they are in the source."""


@pytest.fixture
def workers(live_server: LiveServer, world: Personas) -> Iterator[None]:
    """The server's jobs are done, as in `dabir serve`."""
    with at_work():
        yield


@pytest.fixture
def visit(live_server: LiveServer, browser: Browser, world: Personas, workers: None) -> Iterator[Callable[..., Visit]]:
    """Opens a page of the live server for a persona, or signed out: `visit("secretary", language="en", width=390)`."""
    contexts = []

    def opened(persona: str = "", *, language: str = "fa", theme: str = "light", width: int = 1280) -> Visit:
        cookies = {"language": language, "theme": theme}
        if persona:
            client = Client()
            client.force_login(world.users[persona], backend=configured.AUTHENTICATION_BACKENDS[0])
            cookies[configured.SESSION_COOKIE_NAME] = client.cookies[configured.SESSION_COOKIE_NAME].value
        context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 900})
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        contexts.append(context)
        seen = Visit(context.new_page())
        seen.page.on("console", lambda m: seen.said.append(m.text) if m.type in ("error", "warning") else None)
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        return seen

    yield opened
    for context in contexts:
        context.close()
