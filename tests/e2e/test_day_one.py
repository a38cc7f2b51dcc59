"""The first day of an office, in a real browser on a served sample: its old sheet comes in, an order is written by
keyboard, a list leaves for the superiors, and the evening's backup opens in an empty place."""

from __future__ import annotations

import csv
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.messy import TOLD, messy_register

pytestmark = [pytest.mark.e2e, pytest.mark.django_db, pytest.mark.once]

MEANT = "جهاد کشاورزی"


@dataclass(frozen=True, slots=True)
class Home:
    """A home of its own, whatever database the suite runs on."""

    path: Path

    def dabir(self, *arguments: str, status: int = 0) -> str:
        done = subprocess.run(self._command(*arguments), env=self._env(), capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout

    def debts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.dabir("obligations", "--json"))
        return found

    @contextmanager
    def served(self) -> Iterator[str]:
        """The server's address, and the secretary's link behind it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = self._command("serve", "--port", str(port), "--links", "secretary")
        with subprocess.Popen(command, env=self._env(), stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                assert "Dabir is at" in server.stdout.readline()
                yield server.stdout.readline().split()[1]
            finally:
                server.terminate()

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "dabir", *arguments]

    def _env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DABIR_TODAY")}
        return kept | {"DABIR_HOME": str(self.path)}


def accessible(page: Page) -> None:
    found = Axe().run(page).response
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []


def test_an_office_starts_with_its_sheet_and_ends_the_day_with_a_backup(browser: Browser, tmp_path: Path) -> None:
    home = Home(tmp_path / "var")
    home.dabir("sample")
    before = len(home.debts())
    sheet = tmp_path / "دفتر پیگیری.xlsx"
    sheet.write_bytes(messy_register())
    with home.served() as link:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        page = context.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        sign_in(page, link)
        bring_the_sheet_in(page, link, sheet)
        order_by_keyboard(page)
        taken_out = take_out(page, tmp_path)
        home.dabir("backup", str(tmp_path / "evening.dabir"))
        context.close()
        assert not said
    debts = home.debts()
    assert len(debts) >= before + TOLD.new + 1
    assert any(debt["state"] == "closed" for debt in debts)
    led = [debt for debt in debts if debt["lead"] and debt["lead"]["code"] == "agriculture"]
    assert taken_out == sorted(debt["code"] for debt in led)

    # Everything again, in an empty place.
    again = Home(tmp_path / "again")
    again.dabir("restore", str(tmp_path / "evening.dabir"))
    assert "no faults" in again.dabir("audit") and again.debts() == debts
    # The same sheet changes nothing there; what was refused is to be seen to.
    told = json.loads(
        again.dabir("import", "register", str(sheet), "--body", "zanjan-hq", "--dry-run", "--json", status=1)
    )
    assert {row["outcome"] for row in told["rows"]} == {"same", "refused"}


def sign_in(page: Page, link: str) -> None:
    page.goto(link)
    for field in page.locator("input[type=password]").all():
        field.fill("a-long-sample-password")
    page.locator("main form button").last.click()
    expect(page.locator("nav.nav-wide")).to_be_visible()


def bring_the_sheet_in(page: Page, link: str, sheet: Path) -> None:
    page.goto(link.split("/link/", maxsplit=1)[0] + "/registers/")
    accessible(page)
    page.locator("input[type=file]").set_input_files(sheet)
    page.locator("main form button[type=submit]").first.click()
    questions = page.locator("#questions li.question")
    expect(questions).to_have_count(len(TOLD.questions))
    accessible(page)
    # One name is an agency that the directory has; the others stay words, and their debts unsettled.
    first = questions.first
    first.locator("input[name=who]").fill(MEANT)
    expect(page.locator(".combo-list:not([hidden]) [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    first.locator("button.primary").click()
    for left in range(len(TOLD.questions) - 1, 0, -1):
        expect(questions).to_have_count(left)
        questions.first.locator("button[name=words]").click()
    expect(questions).to_have_count(0)
    page.locator("details.apply > summary").click()
    page.locator("details.apply form button").click()
    expect(page.locator(".summary")).to_be_visible(timeout=60_000)
    accessible(page)


def order_by_keyboard(page: Page) -> None:
    page.goto(page.url.split("/registers/")[0] + "/")
    page.keyboard.press("n")
    expect(page.locator("[name=text]")).to_be_focused()
    page.keyboard.type("فهرست چاه‌های غیرمجاز شهرستان ارسال شود")
    page.locator("[name='1-lead']").focus()
    page.keyboard.type(MEANT)
    expect(page.locator(".combo-list:not([hidden]) [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[name='1-day']").focus()
    page.keyboard.type("+15")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".flashes a")).to_be_visible()


def take_out(page: Page, folder: Path) -> list[str]:
    """The debts of one agency as Excel: opened again by openpyxl and by LibreOffice; their codes."""
    page.goto(page.url.split("/orders/")[0] + "/register/?party=agriculture")
    page.locator("details.out > summary").click()
    with page.expect_download() as download:
        page.locator("details.out a", has_text="XLSX").click()
    path = folder / "list.xlsx"
    download.value.save_as(path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    place = next(n for n, head in enumerate(rows[0]) if str(head).startswith("شناسه"))
    codes = [str(row[place]) for row in rows[1:]]
    if office := shutil.which("soffice"):
        subprocess.run(
            [
                office,
                "--headless",
                "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76",
                "--outdir",
                folder,
                path,
            ],
            check=True,
            capture_output=True,
        )
        with (folder / "list.csv").open(encoding="utf-8", newline="") as lines:
            assert [row[place] for row in csv.reader(lines)][1:] == codes
    return sorted(codes)
