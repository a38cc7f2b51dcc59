"""The tables in which a directory comes and leaves: their columns, under names for programs and for people.

A folder of CSV files has one for each table (`parties.csv`), a workbook one sheet; heads and values may be in either
words. Parties, bodies, groups and posts are known by code, people by user name, what has days by its first day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from dabir.directory.models import Capacity, NameKind, Office, PartyKind, TenureKind
from dabir.foundation.acting import FUNCTION_LABELS
from dabir.persian.letters import squash
from dabir.writing.table import Kind

Cell = str | date | None
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in CSV files, its head in workbooks, what it holds; `values` where it holds one of a few."""

    name: str
    head: str
    kind: Kind = Kind.TEXT
    values: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, with the columns that a row cannot do without."""

    name: str
    title: str
    fields: tuple[Field, ...]
    needs: tuple[str, ...]

    def field_of(self, head: str) -> Field | None:
        """The column with this head, however it is spelt."""
        key = squash(head)
        return next((f for f in self.fields if key and key in (squash(f.name), squash(f.head))), None)


CODE = Field("code", "شناسه", Kind.CODE)
NAME = Field("name", "نام")
SINCE = Field("since", "از تاریخِ این نام", Kind.DAY)
ALIASES = Field("aliases", "نام‌های دیگر")
PLACE = Field("place", "جا")
EXAMPLE = Field("example", "نمونه")
STARTS = Field("starts", "از", Kind.DAY)
ENDS = Field("ends", "تا", Kind.DAY)

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "parties",
        "دستگاه‌ها",
        (
            CODE,
            Field("kind", "نوع", values="party"),
            NAME,
            SINCE,
            ALIASES,
            Field("parent", "وابسته به (شناسه)", Kind.CODE),
            PLACE,
            EXAMPLE,
        ),
        ("code", "kind", "name"),
    ),
    Sheet(
        "bodies",
        "نهادها",
        (CODE, NAME, SINCE, ALIASES, PLACE, Field("headquarters", "ستادِ این سامانه"), EXAMPLE),
        ("code", "name"),
    ),
    Sheet(
        "groups",
        "گروه‌ها",
        (CODE, NAME, SINCE, ALIASES, Field("members_of", "اعضای نهادِ (شناسه)", Kind.CODE), EXAMPLE),
        ("code", "name"),
    ),
    Sheet(
        "posts",
        "سمت‌ها",
        (
            CODE,
            NAME,
            SINCE,
            ALIASES,
            Field("organization", "دستگاه (شناسه)", Kind.CODE),
            Field("function", "کارکرد", values="function"),
            EXAMPLE,
        ),
        ("code", "name", "organization", "function"),
    ),
    Sheet(
        "names",
        "نام‌های تاریخ‌دار",
        (Field("party", "شناسه", Kind.CODE), NAME, Field("kind", "نوع نام", values="name"), STARTS, ENDS),
        ("party", "name"),
    ),
    Sheet(
        "members",
        "اعضای گروه‌ها",
        (Field("group", "گروه (شناسه)", Kind.CODE), Field("member", "عضو (شناسه)", Kind.CODE), STARTS, ENDS),
        ("group", "member"),
    ),
    Sheet(
        "seats",
        "کرسی‌ها",
        (
            Field("body", "نهاد (شناسه)", Kind.CODE),
            Field("party", "دارنده (شناسه)", Kind.CODE),
            Field("capacity", "عضو یا مدعو", values="capacity"),
            Field("office", "جایگاه", values="office"),
            STARTS,
            ENDS,
        ),
        ("body", "party"),
    ),
    Sheet(
        PEOPLE,
        "اشخاص",
        (
            NAME,
            Field("username", "نام کاربری", Kind.CODE),
            Field("mobile", "شماره همراه", Kind.CODE),
            Field("post", "سمت (شناسه)", Kind.CODE),
            Field("kind", "نوع تصدی", values="tenure"),
            STARTS,
            ENDS,
        ),
        ("name",),
    ),
)
"""In the order in which they are read; what names something further down is read again when that is there."""

_LABELS: dict[str, Iterable[tuple[str, object]]] = {
    "party": PartyKind.choices,
    "name": NameKind.choices,
    "capacity": Capacity.choices,
    "office": Office.choices,
    "tenure": TenureKind.choices,
    "function": [(str(function), label) for function, label in FUNCTION_LABELS],
}


def sheet_of(title: str) -> Sheet | None:
    """The table of a sheet or file with this name."""
    key = squash(title)
    return next((sheet for sheet in SHEETS if key in (squash(sheet.name), squash(sheet.title))), None)


def label_of(values: str, value: str) -> str:
    """A value in the words of the workbook, which are Persian whoever takes it."""
    with translation.override("fa"):
        return {key: str(label) for key, label in _LABELS[values]}.get(value, value)


def value_of(values: str, words: str) -> str:
    """The value that the words mean, in Persian, in English or as it is stored; the words where they mean none."""
    for language in ("fa", "en"):
        with translation.override(language):
            for key, label in _LABELS[values]:
                if squash(words) in (squash(key), squash(str(label))):
                    return str(key)
    return words
