"""The Jinja2 environment of our pages: filters for Persian digits and days, and what every page needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, MutableMapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.templatetags.static import static as address_of_static
from django.utils import translation
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from dabir.cycle.notices import unread
from dabir.desk import days, navigation
from dabir.desk.addresses import url
from dabir.desk.foretold import Known, LanguageEnvironment, said_in_page
from dabir.desk.sent_once import FormMarks
from dabir.desk.switches import THEMES
from dabir.directory import tenures
from dabir.directory.queries import told_of_leave
from dabir.foundation.access import may
from dabir.foundation.acting import Acting, Function
from dabir.foundation.secrecy import KEEPERS
from dabir.obligations.columns import COLUMNS
from dabir.obligations.listing import ORDERS
from dabir.obligations.models import ReportState, State
from dabir.obligations.queries import records_orders
from dabir.persian import clock, digits, jalali
from dabir.reading import acts


def passkeys() -> bool:
    """Whether one can sign in by them: browsers allow it on HTTPS alone."""
    return bool(settings.BEHIND_TLS)


def asked_for_second_factor(by: Acting) -> bool:
    """Whether the actor came in without the one that verbs of theirs ask for."""
    return by.without_second_factor and by.function in (*KEEPERS, Function.ADMIN)


def office_sign_in() -> str:
    """What the office's own sign-in is called; nothing without one."""
    return str(settings.OIDC_NAME or gettext("the office's directory")) if settings.OIDC_SERVER else ""


def is_persian() -> bool:
    return translation.get_language() == "fa"


@lru_cache(maxsize=500)
def static(path: str) -> str:
    """The address of a file of ours, which has its content's hash in it."""
    return address_of_static(path)


@lru_cache(maxsize=500)
def icon(name: str, turns: bool = False) -> Markup:
    """An icon of the sprite; `turns`: it points the other way where one reads from the left."""
    return Markup(' <svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
        " turns" if turns else "", static("vendor/lucide/icons.svg"), name
    )


def figures(value: object, persian: bool | None = None) -> str:
    """A number or a text with its digits in the page's language; a code keeps its own."""
    return digits.in_prose(str(value)) if _is(persian) else digits.to_ascii(str(value))


_CODE = re.compile(rf"(?<![A-Za-z0-9/.-]){acts.CODE}(?![A-Za-z0-9-]|[./][A-Za-z0-9])")
"""One of our codes, and no part of an address or of a file's name."""


def coded(text: object) -> Markup:
    """A text in which each of our codes is one of the macro `code`, so that none is broken at its hyphens; escaped, as
    by the template itself. Markup stays as it is."""
    said = escape(text)
    if hasattr(text, "__html__") or "-1" not in said:
        return said
    return Markup(_CODE.sub(r'<bdi class="code" dir="ltr">\g<0></bdi>', str(said)))  # noqa: S704  (escaped before)


def _is(persian: bool | None) -> bool:
    """Filters know the language of their templates; others ask for that of the page."""
    return is_persian() if persian is None else persian


def day(value: date | datetime | None, persian: bool | None = None) -> Markup | str:
    """`1398/07/17` in the page's digits, as `<time>`; empty for none."""
    if value is None:
        return ""
    return _time(value.astimezone(clock.TEHRAN).date() if isinstance(value, datetime) else value, _is(persian))


@lru_cache(maxsize=10_000)
def _time(value: date, persian: bool) -> Markup:
    text = jalali.format_day(value, persian_digits=persian)
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), text)


def instant(value: datetime | None, persian: bool | None = None) -> Markup | str:
    """A day with its hour."""
    if value is None:
        return ""
    return Markup("{} <span class=hour>{}</span>").format(day(value, persian), hour(value, persian))


def hour(value: datetime, persian: bool | None = None) -> str:
    """«۱۴:۳۰» of a moment, in Tehran."""
    return figures(value.astimezone(clock.TEHRAN).strftime("%H:%M"), persian)


def percent(value: int | None, persian: bool | None = None) -> str:
    """«۴۰٪», or 40%; a dash for none."""
    return "—" if value is None else f"{figures(value, persian)}{'٪' if _is(persian) else '%'}"


def megabytes(size: int) -> str:
    """Bytes as kilobytes, megabytes or gigabytes, to two figures or so."""
    if size >= 1_000_000_000:
        return gettext("%(number)s GB") % {"number": _amount(size / 1_000_000_000)}
    if size >= 1_000_000:
        return gettext("%(number)s MB") % {"number": _amount(size / 1_000_000)}
    return gettext("%(number)s kB") % {"number": figures(-(-size // 1000))}


def _amount(value: float) -> str:
    text = figures(f"{value:.0f}" if value >= 10 else f"{value:.1f}")
    return text.replace(".", "٫") if is_persian() else text


def entered(value: date | str | None, persian: bool | None = None) -> str:
    """A day as it stands in a field; what was typed stays as it is, in the page's digits."""
    if isinstance(value, date):
        return jalali.format_day(value, persian_digits=_is(persian))
    return figures(value or "", persian)


def long_day(value: date, persian: bool | None = None) -> str:
    """`چهارشنبه ۱۷ مهر ۱۳۹۸`; in English pages the weekday and the ISO day beside it."""
    if _is(persian):
        return jalali.format_long(value)
    return f"{value:%A} {jalali.format_day(value, persian_digits=False)} ({value.isoformat()})"


def weekday(value: date, persian: bool | None = None) -> str:
    """`چهارشنبه`, or Wednesday."""
    return jalali.weekday_name(value) if _is(persian) else f"{value:%A}"


def state(value: str) -> str:
    """A debt's state in the page's language."""
    return str(State(value).label)


def report_state(value: str) -> str:
    """A report's state in the page's language."""
    return str(ReportState(value).label)


def display(row: Model, field: str) -> str:
    """What the value of a field with choices is called in the page's language, as `get_…_display()` of Django's, which
    goes through all the choices each time."""
    value = getattr(row, field)
    return str(_choices(type(row), field).get(value, value))


@lru_cache(maxsize=500)
def _choices(model: type[Model], field: str) -> dict[object, object]:
    return dict(model._meta.get_field(field).flatchoices)  # type: ignore[union-attr]


def who(name: str) -> str:
    """A name as the ledger has it; of the host's operator, whose sign-in there is nobody's business, what they are."""
    return gettext("the system's operator") if name.startswith("os:") else name


def kept(macro: Macro, *values: Hashable) -> Markup:
    """What a macro makes of these values, made once and kept: for rows that stand on one page after another.

    The macro hangs on the values and the day alone (it is imported without context, and of one language's templates),
    and the values are plain.
    """
    return _made(macro, clock.today(), values)


def kept_for(macro: Macro, marks: tuple[object, ...], *values: Hashable) -> Markup:
    """As `kept`, for what differs from row to row by its marks alone, such as a key or the token of a form: made once
    for all of them. The marks are the macro's first values; it hands them on as they are and asks nothing of them, but
    that a number is one."""
    numbers = tuple(type(mark) is int for mark in marks)
    text, places = _around(macro, clock.today(), numbers, values)
    said = [escape(mark) if type(mark) in (int, str) else mark for mark in marks]
    pieces = text.copy()
    pieces[1::2] = [one if isinstance(one := said[place], str) else escape(one) for place in places]
    return Markup("".join(pieces))  # noqa: S704


_NUMBER = 2**62
"""Stand for marks while a macro is kept: no key is as great, and no text of ours or of people's has a NUL."""


@lru_cache(maxsize=1_000)
def _around(
    macro: Macro, _today: date, numbers: tuple[bool, ...], values: tuple[Hashable, ...]
) -> tuple[list[str], list[int]]:
    """What the macro makes, cut where a mark stands, with an empty place for each, and which of the marks that is."""
    marks = [_NUMBER - place if is_number else f"\0{place:c}\0" for place, is_number in enumerate(numbers, ord("a"))]
    text = re.split("(" + "|".join(str(mark) for mark in marks) + ")", macro(*marks, *values))
    return text, [[str(mark) for mark in marks].index(one) for one in text[1::2]]


@lru_cache(maxsize=5_000)
def _made(macro: Macro, _today: date, values: tuple[Hashable, ...]) -> Markup:
    return Markup(macro(*values))  # noqa: S704  (the macro has escaped what it was given)


class _Environment(LanguageEnvironment):
    known: ClassVar[Known] = {"_": said_in_page, "icon": icon, "icon_of_sprite": icon, "static": static, "url": url}
    spoken: ClassVar[Known] = {
        "figures": figures,
        "percent": percent,
        "entered": entered,
        "day": day,
        "instant": instant,
        "hour": hour,
        "long_day": long_day,
        "weekday": weekday,
    }

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dict where a template has no globals of its own: with each import Jinja subtracts the names of one
        from those of the other, and those of its chain of mappings are slow to look through."""
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> Environment:
    env = _Environment(  # Django's backend passes autoescape in the options
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        _=said_in_page,
        icon_of_sprite=icon,
        kept=kept,
        kept_for=kept_for,
        static=static,
        url=url,
        may=may,
        passkeys=passkeys,
        asked_for_second_factor=asked_for_second_factor,
        office_sign_in=office_sign_in,
        today=clock.today,
        fixed_day=clock.fixed,
        said_day=days.said,
        shut=days.shut,
    )
    env.globals.update(register_columns=COLUMNS, register_orders=ORDERS, debt_states=tuple(State.values))
    env.globals.update(records_orders=records_orders, told_of_leave=told_of_leave)
    env.filters.update(
        coded=coded,
        megabytes=megabytes,
        told=clock.told,
        state=state,
        report_state=report_state,
        display=display,
        who=who,
    )
    return env


def page_context(request: HttpRequest) -> dict[str, Any]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    acting: Acting = getattr(request, "acting", None) or Acting.stranger()
    links = navigation.entries(acting, language)
    return {
        "csrf_input": FormMarks(request),
        "acting": acting,
        "signed_in": hasattr(request, "user") and request.user.is_authenticated,
        "navigation": links,
        "navigation_here": navigation.holding(links, request.path),
        "posts_held": _posts_of(request),
        "unread_notices": lambda: unread(acting),
        "language": language,
        "other_languages": _others(language),
        "direction": "rtl" if language == "fa" else "ltr",
        "messages": messages.get_messages(request),
        "theme": theme if (theme := request.COOKIES.get("theme")) in THEMES else "",
    }


@lru_cache(maxsize=8)
def _others(language: str) -> tuple[tuple[str, str], ...]:
    """The other languages, with what they call themselves."""
    return tuple((tag, LANG_INFO[tag]["name_local"]) for tag, _ in settings.LANGUAGES if tag != language)


def _posts_of(request: HttpRequest) -> Callable[[], tuple[tuple[int, str], ...]]:
    """Keys and names; asked for by pages with a menu of whoever is signed in alone, others do without the query."""

    def held() -> tuple[tuple[int, str], ...]:
        found = tenures.posts_of(request.user, clock.today()) if request.user.is_authenticated else []
        return tuple((post.pk, post.party.name) for post in found)

    return held
