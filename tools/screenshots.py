"""Pictures of the pages: `python -m tools.screenshots FOLDER [--all] [--demo] [--only NAME …]`, in a real browser.

They are of a sample of its own, with the meetings of `tools.session` besides, or of the demo's year. Without `--all`
the few that the docs show, at 1280 pixels in Persian; with it every page at 1280 and 390 pixels, light and dark, in
both languages. `--only` keeps to the pages of these names.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


PORT = _free_port()  # several of these tools may run at a time
ADDRESS = f"http://127.0.0.1:{PORT}"
PAGES = {
    "desk": "/",
    "governor": "/governor/",
    "figures": "/figures/",
    "register": "/register/",
    "order": "/orders/new/",
    "meetings": "/meetings/",
    "agenda": "/meetings/agenda/",
    "meeting": "/m/zanjan-hq-1398-11/",
    "resolution": "/r/zanjan-hq-1398-11/3/",
    "deadline": "/deadline/zanjan-hq-1398-11/3.1/",
    "events": "/events/",
    "progress": "/progress/zanjan-hq-1398-11/3.1/",
    "follow-up": "/follow-up/",
    "ladder": "/parties/zanjan-hq/ladder/",
    "notices": "/notices/",
    "my-messages": "/my-messages/",
    "papers": "/papers/",
    "workbench": "/papers/2/",
    "parties": "/parties/",
    "party": "/parties/agriculture/",
    "letters": "/letters/",
    "invitations": "/invitations/",
    "invite": "/invitations/new/",
    "plan": "/meetings/new/",
    "planned": "/m/zanjan-hq-1398-14/",
    "call": "/m/zanjan-hq-1398-14/call/",
    "attendance": "/m/zanjan-hq-1398-13/attendance/",
    "editor": "/m/zanjan-hq-1398-13/minutes/",
    "check": "/m/zanjan-hq-1398-13/check/",
    "seal": "/m/zanjan-hq-1398-13/seal/",
    "sealed": "/m/zanjan-hq-1398-10/",
    "communicate": "/m/zanjan-hq-1398-10/communicate/",
    "numbers": "/letters/numbers/",
    "letter-page": "/letters/2/",
    "courier": "/courier/",
    "report-forms": "/courier/reports/",
    "capital": "/capital/",
    "exchange": "/exchange/",
    "authenticate": "/authenticate/",
    "my-calendar": "/my-calendar/",
}
SHOWN = ("workbench", "register", "editor", "seal", "communicate", "progress")


@contextmanager
def served(*, demo: bool = False) -> Iterator[dict[str, str]]:
    """A sample's server, or the demo's; gives the environment that commands on it take."""
    with tempfile.TemporaryDirectory(prefix="dabir-pictures-") as home:
        env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DABIR_TODAY")} | {"DABIR_HOME": home}
        dabir = [sys.executable, "-m", "dabir"]
        subprocess.run([*dabir, "demo" if demo else "sample"], env=env, check=True, stdout=subprocess.DEVNULL)
        if not demo:
            subprocess.run([sys.executable, "-m", "tools.session"], env=env, check=True)
        server = subprocess.Popen([*dabir, "serve", "--port", str(PORT)], env=env, stdout=subprocess.PIPE, text=True)
        assert server.stdout and "Dabir is at" in server.stdout.readline()
        try:
            yield env
        finally:
            server.kill()
            server.wait()


def link_for(user: str, env: dict[str, str]) -> str:
    command = [sys.executable, "-m", "dabir", "link", user, "--address", ADDRESS]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout.strip()


def shoot(browser: Browser, link: str, folder: Path, names: Sequence[str], everything: bool) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fa-IR")
    page = context.new_page()
    page.goto(link)
    for field in page.locator("input[type=password]").all():
        field.fill("a-long-sample-password")
    page.locator("main form [type=submit], main form button").last.click()
    page.wait_for_url(f"{ADDRESS}/")
    for language in ("fa", "en") if everything else ("fa",):
        context.add_cookies([{"name": "language", "value": language, "url": ADDRESS}])
        for theme in ("light", "dark") if everything else ("light",):
            context.add_cookies([{"name": "theme", "value": theme, "url": ADDRESS}])
            for width in (1280, 390) if everything else (1280,):
                page.set_viewport_size({"width": width, "height": 900})
                for name in names:
                    page.goto(f"{ADDRESS}{PAGES[name]}", wait_until="networkidle")
                    mark = f"-{language}-{theme}-{width}" if everything else ""
                    page.screenshot(path=folder / f"{name}{mark}.png", full_page=everything)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--only", nargs="+", choices=PAGES, metavar="NAME")
    parser.add_argument("--user", default="secretary")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    names = options.only or (list(PAGES) if options.all else SHOWN)
    with served(demo=options.demo) as env, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        shoot(browser, link_for(options.user, env), options.folder, names, options.all)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
