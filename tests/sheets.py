"""Old registers for tests: rows under the usual headers, as XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.reading.sheets.books import xlsx

HEADS = ("ردیف", "شماره جلسه", "تاریخ جلسه", "شرح مصوبه", "مسئول پیگیری", "همکار", "مهلت", "وضعیت")
WITH_CODE = (*HEADS, "شناسه دبیر")


def row(
    item: Any = 1,
    text: str | None = "گزارش بنویسد",
    lead: str | None = "جهاد کشاورزی",
    *,
    number: Any = 5,
    day: Any = "1398/05/10",
    helper: str | None = None,
    due: Any = None,
    state: str | None = None,
    code: str | None = None,
) -> list[Any]:
    return [item, number, day, text, lead, helper, due, state, code]


def register(*rows: Sequence[Any], heads: Sequence[str] = WITH_CODE) -> bytes:
    return xlsx([heads, *rows])
