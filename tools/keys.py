"""From the last key to its finding on the screen, in a browser: `python -m tools.keys [--text FILE] [--json FILE]`.

A meeting of a sample of its own is planned and its minutes are begun; the text (a file's, or one made by seed out of
the examples) is put in, once and ten times over. In its middle a word with a slip is typed, a key every 90 ms, and the
page's own clock runs from the last key to the frame in which the slip is marked at its line. Milliseconds of the wall:
they hang on what else the machine does, so that the load is told beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tools.bench import corpus
from tools.screenshots import ADDRESS, link_for, served

SLIP = " کمسیون"  # for «کمیسیون»; the proofreader says so as soon as the word is whole
BETWEEN_KEYS = 90
LENGTH_OF_MINUTES = 20_000  # bytes
TIMES = (1, 10)
PATIENCE = 60_000
# Puts the caret behind the line nearest to the middle that has words, and waits for the mark of the slip.
PUT = """text => {
  const field = document.getElementById("text");
  field.value = text;
  field.dispatchEvent(new InputEvent("input"));
}"""
READY = """slip => {
  const field = document.getElementById("text");
  const lines = field.value.split("\\n");
  let middle = Math.floor(lines.length / 2);
  while (lines[middle].trim().length < 20) middle += 1;
  const at = lines.slice(0, middle + 1).join("\\n").length;
  field.focus();
  field.setSelectionRange(at, at);
  const mirror = document.getElementById("mirror");
  window.shown = null;
  let last = 0;
  field.addEventListener("input", () => { last = performance.now(); });
  new MutationObserver((_, observer) => {
    const marks = [...mirror.children[middle].querySelectorAll("mark")];
    if (window.shown !== null || !marks.some((mark) => mark.textContent === slip)) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.shown = performance.now() - last; }));
  }).observe(mirror, { childList: true, subtree: true });
}"""
# The cards are of the text that was compiled last: a finding that they still have would be marked at once.
GONE = """slip => !["text", "cards"].some((id) => {
  const element = document.getElementById(id);
  return (element.value || element.textContent).includes(slip);
})"""


def begin(page: Page, link: str) -> None:
    """Sign in, plan a meeting and begin its minutes."""
    page.goto(link)
    for field in page.locator("input[type=password]").all():
        field.fill("a-long-sample-password")
    page.locator("main form [type=submit], main form button").last.click()
    page.wait_for_url(f"{ADDRESS}/")
    page.goto(f"{ADDRESS}/meetings/")
    page.get_by_role("link", name="برنامه‌ریزی جلسه").click()
    page.locator("[name=day]").fill("+0")
    page.get_by_role("button", name="ثبت برنامه").click()
    page.wait_for_url(f"{ADDRESS}/m/**")
    page.goto(f"{page.url.rstrip('/')}/minutes/")
    page.get_by_role("button", name="آغاز صورتجلسه").click()
    page.wait_for_selector("#minutes[data-compiled]", timeout=PATIENCE)


def measure(page: Page, text: str, rounds: int) -> list[float]:
    """Milliseconds from the last key of the slip to its mark, one for each round after a first one."""
    slip = SLIP.strip()
    if slip in text:
        raise ValueError(f"the text has «{slip}» already")
    page.evaluate(PUT, text)
    found = []
    for _ in range(rounds + 1):
        page.wait_for_timeout(300)
        page.evaluate(READY, slip)
        page.keyboard.type(SLIP, delay=BETWEEN_KEYS)
        page.wait_for_function("window.shown !== null", timeout=PATIENCE)
        found.append(float(page.evaluate("window.shown")))
        for _letter in SLIP:
            page.keyboard.press("Backspace")
        page.wait_for_function(GONE, arg=slip, timeout=PATIENCE)
    return found[1:]


def row(times: int, text: str, found: list[float]) -> dict[str, Any]:
    return {
        "times": times,
        "bytes": len(text.encode()),
        "rounds": len(found),
        "median_ms": round(statistics.median(found), 1),
        "slowest_ms": round(max(found), 1),
        "fastest_ms": round(min(found), 1),
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, help="minutes of a usual length; without it a text made by seed")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    once = options.text.read_text(encoding="utf-8") if options.text else corpus.long_document(LENGTH_OF_MINUTES)
    rows = []
    with served() as env, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(bypass_csp=True, viewport={"width": 1280, "height": 900}, locale="fa-IR")
        begin(page, link_for("secretary", env))
        for times in TIMES:
            text = "\n".join([once] * times)
            rows.append(row(times, text, measure(page, text, options.rounds)))
            print(json.dumps(rows[-1]), flush=True)
        browser.close()
    if options.json:
        options.json.write_text(json.dumps({"rows": rows}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
