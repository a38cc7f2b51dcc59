"""No page asks anything from another host: neither its HTML, nor a stylesheet, a script or an icon, nor a header."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

import dabir.desk
from tests.test_rights import OPEN_TO_ALL, PAGES, PERSONAS, Things, things  # noqa: F401  (the fixture)

STATIC = Path(dabir.desk.__file__).parent / "static"
OURS = {"", "testserver"}
NAMESPACES = ("http://www.w3.org/",)
"""Names that look like addresses; nobody asks for them."""
ASKS = re.compile(
    r"""\b(?:src|srcset|href|action|formaction|poster|data|content|hx-(?:get|post)|data-(?:find|says|sheet))=["']([^"']*)["']"""
    r"""|url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""",
)
ANYWHERE = re.compile(r"""(?:https?:|wss?:|ftp:)?//[a-z0-9][\w.-]*\.[a-z]{2,}[^\s"'<>)]*""", re.IGNORECASE)


def hosts(text: str) -> set[str]:
    """The other hosts that a browser would ask for what this HTML or CSS names."""
    asked = (next(filter(None, found), "") for found in ASKS.findall(text))
    named = [address for address in asked if not address.startswith("data:")]
    addresses = [part.split()[0] for address in named for part in address.split(",") if part.strip()]  # srcset has many
    return {urlsplit(address).netloc for address in addresses} - OURS


def fault_of(answer: HttpResponse) -> set[str]:
    found: set[str] = set()
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        html = answer.content.decode()
        found |= hosts(html)
        assert not re.search(r'http-equiv="refresh"[^>]*url=', html)
    for name, value in answer.headers.items():
        if name == "Content-Security-Policy":
            sources = {source for part in value.split(";") for source in part.split()[1:]}
            assert sources <= {"'self'", "'none'", "data:"}, sources
        else:
            found |= {urlsplit(address).netloc for address in ANYWHERE.findall(value)} - OURS
    return found


def test_the_search_finds_what_it_looks_for() -> None:
    for wrong in (
        '<img src="//cdn.example.com/x.png">',
        "a { b: url('https://x.example/f.woff2') }",
        '@import "//a.b/c";',
    ):
        assert hosts(wrong), wrong
    assert not hosts('<a href="/r/x/"><img src="data:image/png;base64,//a.b/"><use href="/static/i.svg#x"/>')


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("persona", sorted(set(PERSONAS) - {"operator"}))
def test_pages_ask_our_own_host_alone(things: Things, persona: str) -> None:  # noqa: F811
    """Every page for everybody: also the refusals that they get."""
    client = Client()
    if persona != "stranger":
        client.force_login(things.world.users[persona], backend="dabir.foundation.accounts.NameOrMobileBackend")
    addresses = [reverse(name, kwargs=parts(things)) for name, (_may, how, parts, _f) in PAGES.items() if how == "get"]
    addresses += [reverse(name) for name in sorted(OPEN_TO_ALL & {"account_login", "account_logout"})]
    seen = 0
    for address in [*addresses, "/nowhere/"]:
        answer = client.get(address)
        seen += answer.status_code == 200
        assert not fault_of(answer), (address, fault_of(answer))  # type: ignore[arg-type]
    assert seen >= (1 if persona == "stranger" else 5)


@pytest.mark.parametrize("path", sorted(p for p in STATIC.rglob("*") if p.suffix in (".css", ".js", ".svg")), ids=str)
def test_files_name_no_other_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not hosts(text)
    if "vendor" not in path.parts:
        bare = re.sub(r"/\*.*?\*/|^\s*//[^\n]*", "", text, flags=re.DOTALL | re.MULTILINE)
        assert not [found for found in ANYWHERE.findall(bare) if not found.startswith(NAMESPACES)]
