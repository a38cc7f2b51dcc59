"""What a cell of a report says, as people fill it in: a part of the whole, yes or no, a day, words."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.persian import clock, jalali
from dabir.persian.digits import to_ascii
from dabir.persian.letters import squash
from dabir.reading.sheets.table import Value

_PERCENT = re.compile(r"[%٪]?\s*(\d{1,3})(?:[./٫,]0*)?\s*(?:[%٪]|درصد)?")
_YES = {squash(word) for word in ("بله", "بلی", "آری", "انجام شد", "پایان یافت", "خاتمه یافت", "yes", "1")}
_NO = {squash(word) for word in ("خیر", "نه", "نخیر", "انجام نشد", "پایان نیافت", "no", "0")}


def words(cell: Value) -> str:
    """As text; a number that Excel made of what was typed is written without its fraction."""
    if isinstance(cell, datetime):
        return jalali.format_day(cell.date())
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def percent(cell: Value) -> int | None:
    """A part of the whole in hundredths; none for an empty cell. A workbook keeps «۴۰٪» as 0.4; 1 as a number may be
    one hundredth or the whole there, and is refused."""
    if isinstance(cell, float) and 0 < cell < 1:
        return round(cell * 100)
    if not isinstance(cell, str) and cell == 1:
        raise Invalid(_("The number 1 may mean 1 % or 100 %: write it with the sign."))
    text = words(cell)
    if not text:
        return None
    found = _PERCENT.fullmatch(to_ascii(text))
    if found is None:
        raise Invalid(_("“%(text)s” is no part of the whole from 0 to 100.") % {"text": text[:40]})
    return int(found[1])


def yes(cell: Value) -> bool:
    """Whether it says so; an empty cell does not."""
    said = squash(words(cell))
    if said and said not in _YES | _NO:
        raise Invalid(_("“%(text)s” is neither yes nor no.") % {"text": words(cell)[:40]})
    return said in _YES


def day(cell: Value) -> date | None:
    """A Jalali day, or a real date of a workbook; none for an empty cell."""
    if isinstance(cell, datetime):
        return cell.date()
    text = words(cell)
    if not text:
        return None
    found = jalali.parse_day(text, clock.today())
    if found is None:
        raise Invalid(_("“%(text)s” is no day.") % {"text": text[:40]})
    return found
