"""Codes that can be cited for ever, in ASCII: `zanjan-hq-1398-11`, `zanjan-hq-1398-11/4`, `…/p8` for a point."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date

from dabir.directory.models import Body
from dabir.persian import jalali
from dabir.persian.digits import to_ascii
from dabir.persian.letters import fold

LETTERS = dict(
    zip(
        "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
        "a b p t th j ch h kh d dh r z zh s sh ss dd tt zz e gh f q k g l m n v h y".split(),
        strict=True,
    )
)


def meeting_code(body: Body, day: date, number: int | None, *, taken: Container[str]) -> str:
    """Body, Jalali year and number; body and day where the meeting has no number."""
    year, month, of_month = jalali.from_gregorian(day)
    code = f"{body.code}-{year}-{number}" if number is not None else f"{body.code}-{year}{month:02}{of_month:02}"
    return unique(code, taken)


def item_code(meeting: str, number: str | None, order: int, *, taken: Container[str], mark: str = "") -> str:
    """The meeting's code and the item's number on the paper («3-الف» → `3-a`), or its place where it has none."""
    return unique(f"{meeting}/{mark}{ascii_number(number or '') or f'n{order}'}", taken)


def ascii_number(number: str) -> str:
    """An item's number in ASCII letters, digits and hyphens."""
    text = fold(to_ascii(number)).replace("الف", "ا")
    return re.sub(r"[^a-z0-9]+", "-", "".join(LETTERS.get(c, c) for c in text)).strip("-")[:16]


def unique(code: str, taken: Container[str]) -> str:
    """The code, or with `-2`, `-3` … behind it when it is taken."""
    if code not in taken:
        return code
    n = 2
    while f"{code}-{n}" in taken:
        n += 1
    return f"{code}-{n}"
