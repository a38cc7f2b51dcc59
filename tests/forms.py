"""A form of a page, as a browser would send it: its hidden fields and what is filled in."""

from __future__ import annotations

import re
from html import unescape


def hidden_fields(html: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form with that address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', html, re.S)
    assert form, f"no form for {action}"
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form[1]):
        attrs = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attrs.get("type") == "hidden":
            fields[attrs["name"]] = unescape(attrs.get("value", ""))
    return fields
