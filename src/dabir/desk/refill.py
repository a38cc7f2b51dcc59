"""HTML of ours and a posted form → the same HTML with the form filled and a refusal in it. Nothing else is touched."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import QueryDict
from markupsafe import escape

_KEPT = ("hidden", "submit", "button", "image", "reset", "file", "password")
"""Types of inputs that are not filled."""
_OF_THE_PAGE = ("csrfmiddlewaretoken", "once", "next")
_PICKED = ("-is", "-words")
"""Ends of the names of what a script has put beside a field."""


@dataclass(slots=True)
class _Element:
    tag: str
    attrs: dict[str, str]
    start: int
    after: int
    """Where its start tag begins, and where that has ended."""
    end: int = 0
    """Where its end tag begins, of those that matter here."""
    past: int = 0
    box: _Element | None = None
    """The `field` that it stands in with its label."""
    folds: tuple[_Element, ...] = ()
    """The `details` that it stands in, from the outermost."""


@dataclass(slots=True)
class _Form:
    element: _Element
    inside: list[_Element] = field(default_factory=list)


def refill(
    html: str, *, action: str, page: str, posted: QueryDict, sentence: str, at: str | None, beside: str = ""
) -> str | None:
    """`action` is where the form is sent, `page` where it stands, `at` the name of the field at
    fault, `beside` more HTML to stand with the sentence; None
    where the page has no such form. What is folded opens where the sentence would not be seen."""
    for each in reversed(_Finder(html).focused):  # the focus is the refusal's
        html = html[: each.start] + _without(html[each.start : each.after], "autofocus") + html[each.after :]
    mine = [form for form in _Finder(html).forms if _goes_to(form, action, page)]
    form = next((form for form in mine if _says_the_same(form, posted)), mine[0] if mine else None)
    if form is None:
        return None
    edits: list[tuple[int, int, str]] = []
    note = f'<p class="fault" role="alert" id="refusal">{escape(sentence)}</p>{beside}'
    told: _Element | None = None
    given = _Given(posted)
    for each in form.inside:
        name = each.attrs.get("name", "")
        mark = ""
        if name and name == at and not told and each.attrs.get("type") not in _KEPT:
            told, mark = each, ' aria-invalid="true" aria-errormessage="refusal" autofocus'
            place = each.box.end if each.box else each.past
            edits.append((place, place, note))
        edits += _filled(html, each, given, mark)
    if not told:
        edits.append((form.element.after, form.element.after, note))
    folds = (told or form.element).folds
    edits += [(fold.after - 1, fold.after, " open>") for fold in folds if "open" not in fold.attrs]
    return _apply(html, edits)


@dataclass(slots=True)
class _Given:
    """What was posted, each value of a name in its turn."""

    posted: QueryDict
    _taken: Counter[str] = field(default_factory=Counter)

    def next(self, name: str) -> str:
        values = self.posted.getlist(name)
        place = min(self._taken[name], len(values) - 1)
        self._taken[name] += 1
        return str(escape(values[place]))


def _filled(html: str, each: _Element, given: _Given, mark: str) -> list[tuple[int, int, str]]:
    """The edits of one element; `mark` are attributes that it gets besides."""
    tag, kind, name = html[each.start : each.after], each.attrs.get("type", "text"), each.attrs.get("name", "")
    if each.tag == "input" and kind in ("checkbox", "radio"):
        tag = _without(tag, "checked")
        mark += " checked" if each.attrs.get("value", "on") in given.posted.getlist(name) else ""
    elif each.tag == "input" and kind not in _KEPT and name in given.posted:
        tag = _without(tag, "value")
        mark += f' value="{given.next(name)}"'
    elif each.tag == "textarea" and name in given.posted:
        # A line break right after the tag is not part of the text: one is given away.
        return [(each.start, each.after, tag[:-1] + mark + ">"), (each.after, each.end, "\n" + given.next(name))]
    elif each.tag == "option" and each.attrs.get("of", "") in given.posted:
        tag = _without(tag, "selected")
        mark += " selected" if each.attrs.get("value") in given.posted.getlist(each.attrs["of"]) else ""
    elif not mark:
        return []
    return [(each.start, each.after, tag[:-1].rstrip("/").rstrip() + mark + ">")]


def _without(tag: str, attribute: str) -> str:
    return re.sub(rf"\s{attribute}(=(\"[^\"]*\"|'[^']*'|[^\s>]+))?(?=[\s/>])", "", tag)


def _goes_to(form: _Form, action: str, page: str) -> bool:
    attrs = form.element.attrs
    return attrs.get("method", "").lower() == "post" and (attrs.get("action") or page).split("?")[0] == action


def _says_the_same(form: _Form, posted: QueryDict) -> bool:
    """Its hidden values are those that were posted."""
    return all(
        each.attrs.get("value", "") in posted.getlist(name)
        for each in form.inside
        if each.attrs.get("type") == "hidden"
        and (name := each.attrs.get("name", ""))
        and name not in _OF_THE_PAGE
        and not name.endswith(_PICKED)
    )


def _apply(html: str, edits: list[tuple[int, int, str]]) -> str:
    """The edits made from the last to the first; of two at one place the one that replaces goes first."""
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
        html = html[:start] + text + html[end:]
    return html


class _Finder(HTMLParser):
    """Where forms and their fields stand. An `option` has the name of its `select` as the attribute `of`."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[_Form] = []
        self.focused: list[_Element] = []
        self._details: list[_Element] = []
        self._divs: list[_Element] = []
        self._form: _Form | None = None
        self._open: _Element | None = None
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, text = self._place(), self.get_starttag_text() or ""
        each = _Element(tag, {name: value or "" for name, value in attrs}, start, start + len(text))
        each.past, each.folds = each.after, tuple(self._details)
        if "autofocus" in each.attrs:
            self.focused.append(each)
        if tag == "div":
            self._divs.append(each)
        elif tag == "details":
            self._details.append(each)
        elif tag == "form":
            self._form = _Form(each)
            self.forms.append(self._form)
        elif self._form and tag in ("input", "select", "textarea", "option"):
            if tag in ("select", "textarea"):
                self._open = each
            elif tag == "option" and self._open:
                each.attrs["of"] = self._open.attrs.get("name", "")
            each.box = next(
                (div for div in reversed(self._divs) if "field" in div.attrs.get("class", "").split()), None
            )
            self._form.inside.append(each)

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._divs:
            self._divs.pop().end = self._place()
        elif tag == "details" and self._details:
            self._details.pop()
        elif tag == "form":
            self._form = None
        elif self._open and tag == self._open.tag:
            self._open.end = self._place()
            self._open.past = self._open.end + len(f"</{tag}>")
            self._open = None
