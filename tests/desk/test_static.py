"""What the pages' files promise: logical sides, old browsers, a strict policy, vendored files as they came."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import dabir.desk

DESK = Path(dabir.desk.__file__).parent
STATIC, TEMPLATES = DESK / "static", DESK / "templates"
STYLES = "\n".join(p.read_text(encoding="utf-8") for p in STATIC.glob("*.css"))
PAGES = {p.relative_to(TEMPLATES): p.read_text(encoding="utf-8") for p in TEMPLATES.rglob("*.html")}
FIRST_VISIT = 100_000


def test_styles_name_no_left_or_right() -> None:
    physical = r"(margin|padding|border|inset)-(left|right|top|bottom)|(?<![-\w])(left|right|width|height)\s*:"
    rules = re.sub(r"@media[^{]*", "", re.sub(r"/\*.*?\*/", "", STYLES, flags=re.S))
    assert not re.findall(physical, rules)


def test_styles_use_nothing_that_old_browsers_lack() -> None:
    rules = re.sub(r"/\*.*?\*/", "", STYLES, flags=re.S)
    for newer in (":has(", "color-mix(", "light-dark(", "@container", "popover", "anchor(", "@scope", "&"):
        assert newer not in rules, newer


def test_pages_have_no_inline_style_or_script() -> None:
    for name, page in PAGES.items():
        assert not re.search(r"""\sstyle=|\son\w+=["']|<style|hx-on|javascript:""", page), name
        assert not re.search(r"<script(?![^>]*\ssrc=)", page), name


def test_pages_bring_no_persian_of_their_own() -> None:
    for name, page in PAGES.items():
        assert not re.search(r"[آ-ی]", page), name


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    sprite = (STATIC / "vendor" / "lucide" / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    named = {name for page in PAGES.values() for name in re.findall(r'icon(?:_name=|\()"([\w-]+)"', page)}
    assert named <= known


def test_vendored_files_are_those_of_the_list() -> None:
    for package, entry in json.loads((STATIC / "vendor" / "vendor.json").read_text(encoding="utf-8")).items():
        assert (STATIC / "vendor" / package / "LICENSE").exists()
        for name, digest in entry["files"].items():
            assert hashlib.sha256((STATIC / "vendor" / package / name).read_bytes()).hexdigest() == digest, name


def test_the_first_visit_is_light() -> None:
    """As they travel, compressed; the page itself may take the rest."""
    files = ["desk.css", "desk.js", "favicon.svg", "vendor/lucide/icons.svg"]
    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in files) < FIRST_VISIT / 5
