"""How one value of a table is put down as text, and what makes a text harmless in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter

from dabir.persian import clock, jalali
from dabir.writing.table import Kind, Value

STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""A cell that begins with one of these is a formula to some program (OWASP, CSV injection)."""

# XML 1.0 has no place for these, and no office program shows them.
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"\A(?=\s*[=+\-@＝＋－＠]|[\t\r\n])|[;\t] *(?=[=+\-@])|[\r\n] *(?=[=+@])")
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_NO_LETTERS = ("\ufffe".encode(), "\uffff".encode())
_first = itemgetter(slice(0, 1))
_FIRSTS = (
    STARTS
    | frozenset(" \f\v\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\x1c\x1d\x1e\x1f\x85")
    | {chr(code) for code in range(0x2000, 0x200B)}
)


def text_of(value: Value, kind: Kind) -> str:
    """The value as the text of a cell; empty for none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        day = local_day(value) if isinstance(value, datetime) else value
        return day.isoformat() if kind == Kind.ISO else jalali_text(day)
    return str(value)


def local_day(value: date | datetime) -> date:
    """The day in Tehran."""
    if not isinstance(value, datetime):
        return value
    return value.astimezone(clock.TEHRAN).date() if value.tzinfo else value.date()


@lru_cache(maxsize=4096)
def jalali_text(day: date) -> str:
    """«۱۳۹۸/۰۷/۱۷»."""
    return jalali.format_day(day)


def written(text: str) -> str:
    """The text without what no office file can hold."""
    return _UNWRITABLE.sub("", text)


def inert(text: str) -> str:
    """The text as a CSV cell that no spreadsheet takes for a formula: `'` before what would begin one, also where a
    program parts the columns at other marks than ours (Excel in Persian at «;»)."""
    return _FORMULA.sub(r"\g<0>'", text)


def has_marks(texts: Sequence[str], joined: str) -> bool:
    """False where none of the texts, which are `joined` too, needs `inert`: told at a glance for many."""
    return not _FIRSTS.isdisjoint(map(_first, texts)) or any(mark in joined for mark in ";\t\r\n")


def has_unwritable(data: bytes) -> bool:
    """Whether UTF-8 holds a letter that `written` leaves out."""
    return len(data.translate(None, _CONTROLS)) != len(data) or any(letter in data for letter in _NO_LETTERS)
