"""What a secretary typed or picked in a form of the workbench → a correction."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from dabir.desk.party_entry import party_like
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.meetings.corrections import Correction
from dabir.meetings.corrections.findings import standing
from dabir.meetings.corrections.lookup import by_id
from dabir.meetings.corrections.registry import forms
from dabir.persian.digits import parse_int
from dabir.persian.letters import squash
from dabir.reading.minutes import Minutes


def correction_of(posted: Mapping[str, str], minutes: Minutes, by: Acting) -> Correction:
    """The correction that a form asks for; `party_entry.Ambiguous` where a typed name is several
    parties'. The service checks it.

    Fields are named after the op's values. `who` is a party's name instead of its key, or, with `words`, stays words;
    `body1`, `number1` … are bodies, `name1`, `post1` … speakers; `broken` is a resolution's text with a line break
    where it is to be split. What is to be replaced is named by the finding that offers it.
    """
    op = posted.get("op", "")
    correction: dict[str, Any] = {"op": op}
    for name, form in forms(op).items():
        if name in posted and (value := _value(form, posted[name])) is not None:
            correction[name] = value
    if op == "set_bodies":
        correction["bodies"] = [
            {"party": _number(posted[f"body{n}"]), "number": _number(posted.get(f"number{n}", ""))}
            for n in ("1", "2")
            if posted.get(f"body{n}")
        ]
    elif op == "set_speakers":
        correction["speakers"] = [
            {"name": posted[f"name{n}"], "post": posted.get(f"post{n}", "")}
            for n in range(1, 21)
            if posted.get(f"name{n}", "").strip()
        ]
    elif op == "replace_words":
        correction["changes"] = _changes(posted, minutes)
    elif op == "split_resolution":
        correction["at"] = _break(by_id(minutes.resolutions, posted.get("id", "")).text, posted.get("broken", ""))
    elif op == "set_attendance":
        correction.setdefault("capacity", None)
    if posted.get("words") == "1":
        correction["text"] = posted.get("who", "")
    elif posted.get("who", "").strip() and "party" in forms(op) and "party" not in correction:
        correction["party"] = party_like(posted["who"], by).pk
    return correction


def _changes(posted: Mapping[str, str], minutes: Minutes) -> list[dict[str, str]]:
    """The fixes of the finding that is named by its rule and message: all that can be made, or the one `picked`."""
    named = (posted.get("rule", ""), posted.get("message", ""))
    found = next((finding for finding in minutes.findings if (finding.rule, finding.message) == named), None)
    fixes = standing(minutes, found.fixes, found.lines) if found else []
    if picked := posted.get("picked"):
        fixes = [fix for fix in fixes if fix.old == picked]
    return [{"old": fix.old, "new": fix.new} for fix in fixes]


def _value(form: Any, text: str) -> Any:
    """The typed text in the form that an op expects; None where an optional value was left out."""
    optional = typing.get_origin(form) in (types.UnionType, typing.Union)
    if optional:
        form = typing.get_args(form)[0]
    if optional and not text.strip():
        return None
    if form is int:
        return _number(text)
    return text == "1" if form is bool else text


def _number(text: str) -> int:
    number = parse_int(text)
    if number is None:
        raise Invalid(_("“%(text)s” is no number.") % {"text": text[:20]}, field="number")
    return number


def _break(text: str, broken: str) -> int:
    """Where the line break was put; the words themselves are changed elsewhere."""
    broken = broken.replace("\r\n", "\n").strip()
    if squash(text) != squash(broken):
        raise Invalid(_("Only break the line here; the words are edited above."), field="broken")
    return [*(a == b for a, b in zip(text.strip(), broken, strict=False)), False].index(False)
