"""The table of ops: their names, and the forms that their values must have, read from each function's signature."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from enum import StrEnum
from inspect import Parameter, signature
from typing import Any, Literal, NewType

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.reading.minutes import Minutes

Correction = Mapping[str, Any]
Op = Callable[..., None]

Words = NewType("Words", str)
"""Text that says something: trimmed, not empty, at most `LONGEST` letters. A plain `str` may be empty."""

LONGEST = 20_000
MOST = 100  # elements of a list

OPS: dict[str, Op] = {}
"""Each op by its name; it takes the minutes, which it changes, and the correction's values as keywords."""

_BIDI = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def op(function: Op) -> Op:
    """Register an op under its function's name."""
    assert function.__doc__ and function.__name__ not in OPS
    OPS[function.__name__] = function
    return function


def run(minutes: Minutes, correction: Correction) -> None:
    """Make one correction in place; `Invalid` when it is none, and then the minutes are not to be used."""
    name = correction.get("op")
    function = OPS.get(name) if isinstance(name, str) else None
    if function is None:
        raise Invalid(_("There is no correction called “%(name)s”.") % {"name": str(name)[:40]})
    given = {key: value for key, value in correction.items() if key != "op"}
    function(minutes, **_arguments(function, given))


def forms(name: str) -> dict[str, Any]:
    """The values that an op takes, each with the type that its value must have; empty for an unknown op."""
    if name not in OPS:
        return {}
    hints = typing.get_type_hints(OPS[name])
    return {p.name: hints[p.name] for p in signature(OPS[name]).parameters.values() if p.kind is Parameter.KEYWORD_ONLY}


def _arguments(function: Op, given: dict[str, Any]) -> dict[str, Any]:
    expected, parameters = forms(function.__name__), signature(function).parameters
    if unknown := sorted(given.keys() - expected.keys()):
        raise Invalid(_("This correction takes no value “%(name)s”.") % {"name": unknown[0][:40]}, field=unknown[0])
    arguments = {}
    for name, form in expected.items():
        if name in given:
            arguments[name] = _checked(form, given[name], name)
        elif parameters[name].default is Parameter.empty:
            raise Invalid(_("The value “%(name)s” is missing.") % {"name": name}, field=name)
    return arguments


def _checked(hint: Any, value: Any, field: str) -> Any:
    """`value` in the form of `hint`, or `Invalid`: the forms that ops use, and no other."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _checked(args[0], value, field)
    if origin is list and isinstance(value, list) and len(value) <= MOST:
        return [_checked(args[0], element, field) for element in value]
    if typing.is_typeddict(hint) and isinstance(value, dict) and value.keys() == hint.__annotations__.keys():
        return {key: _checked(form, value[key], field) for key, form in typing.get_type_hints(hint).items()}
    if hint in (str, Words) and isinstance(value, str) and len(value) <= LONGEST:
        return _text(value, field, required=hint is Words)
    if _is_one(hint, value):
        return hint(value) if isinstance(hint, type) else value
    raise Invalid(_("The value of “%(name)s” cannot be used.") % {"name": field}, field=field)


def _is_one(hint: Any, value: Any) -> bool:
    """Whether `value` is a simple one of the form `hint`: a word of a few, a truth, a number from 0."""
    if typing.get_origin(hint) is Literal:
        return isinstance(value, str) and value in typing.get_args(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return isinstance(value, str) and value in list(hint)
    if hint is bool:
        return isinstance(value, bool)
    return hint is int and type(value) is int and 0 <= value < 2**31


def _text(value: str, field: str, *, required: bool) -> str:
    text = value.translate(_BIDI).replace("\r\n", "\n").strip()
    if required and not text:
        raise Invalid(_("Some text is needed here."), field=field)
    return text
