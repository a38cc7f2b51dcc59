"""A table as plain values: what lists leave as, whichever the format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Form(StrEnum):
    """As what a list leaves."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"


Value = str | int | float | date | datetime | None


class Kind(StrEnum):
    """What a column holds, and so how it is written.

    DAY: a `date` (or an aware `datetime`): a real date in XLSX, «۱۳۹۸/۰۷/۱۷» elsewhere. JALALI: a `date` as that text
    everywhere. ISO: a `date` as `2019-10-09` everywhere. NUMBER: a number. CODE: text read from left to right. TEXT:
    any other text.
    """

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DAY = "day"
    JALALI = "jalali"
    ISO = "iso"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in letters of a sheet; without it, by what the rows hold. `share` is its part of a paper's width.
    A `hidden` one stands in a workbook unseen."""

    head: str
    kind: Kind = Kind.TEXT
    width: int | None = None
    share: float = 1
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` hold a value for each column, and may be made while they are read. `notes` are lines that a printed page
    carries under its title. The last rows that are no entries of the list, such as its sums, number `sums`: on paper
    they have no number."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    notes: Sequence[str] = field(default=())
    sums: int = 0
