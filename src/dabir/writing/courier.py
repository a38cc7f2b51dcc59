"""The form that goes with a letter to an agency without an account, and comes back filled in: as plain values, and as a
workbook. Each row has an id that a machine knows it by; what is filled in stands behind it, in columns of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from dabir.writing.values import written

TITLE = "برگه رسید و پاسخ ابلاغ"
ID, CODE, ACTION, UNTIL = "شناسه", "کد تکلیف", "تکلیف", "مهلت"
RECEIVED, BY, REGISTERED = "تاریخ دریافت", "تحویل‌گیرنده", "شماره ثبت"
ANSWER, OBJECTION, REMARK = "پاسخ", "متن اعتراض", "توضیح"
GIVEN = (ID, CODE, ACTION, UNTIL)
ASKED = (RECEIVED, BY, REGISTERED, ANSWER, OBJECTION, REMARK)
ACKNOWLEDGED, OBJECTED = "وصول شد", "اعتراض"
"""The two answers that there are."""
HOW = (
    "خواهشمند است ستون‌های رنگی را پر کنید و همین فایل را بازگردانید.",
    f"در ستون «{ANSWER}» بنویسید «{ACKNOWLEDGED}» یا «{OBJECTED}»؛ تاریخ به صورت ۱۳۹۸/۰۷/۲۰.",
    f"ستون «{ID}» را تغییر ندهید.",
)

_LINE = Side(style="thin", color="8A929F")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD, _OPEN = PatternFill("solid", fgColor="E3EAF5"), PatternFill("solid", fgColor="FFF8E1")
LATIN = (0, 1)
"""Columns of Latin signs."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a form looks like: `given` heads of what stands in it, `asked` of what is filled in; `signed` of a row of
    its own beneath; `wide` the columns' widths in letters of a sheet, `broad` in centimetres of a page; `choices` by
    the heads of cells that have but these answers."""

    title: str
    how: tuple[str, ...]
    given: tuple[str, ...]
    asked: tuple[str, ...]
    wide: tuple[float, ...]
    broad: tuple[float, ...]
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    signed: tuple[str, ...] = ()


RECEIPT = Layout(
    TITLE,
    HOW,
    GIVEN,
    ASKED,
    (17, 18, 44, 17, 14, 18, 14, 13, 30, 30),
    (2.9, 3.1, 4.6, 2.1, 2.2, 2.4, 2.0, 1.8, 2.8, 2.4),
    ((ANSWER, (ACKNOWLEDGED, OBJECTED)),),
)


class Given(Protocol):
    """A row: a debt's id, its code, what is owed, and what else the layout gives."""

    @property
    def given(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class FormRow:
    """A debt: its id here, its code, what is owed and until when."""

    key: str
    code: str
    action: str
    until: str

    @property
    def given(self) -> tuple[str, str, str, str]:
        return (self.key, self.code, self.action, self.until)


@dataclass(frozen=True, slots=True)
class CourierForm:
    """`heads` are lines that say which letter it goes with, or whose debts it tells of: the body, the addressee, number
    and date; `marks` is its class, where it has one."""

    heads: tuple[str, ...]
    rows: tuple[Given, ...]
    marks: tuple[str, ...] = ()
    layout: Layout = RECEIPT

    def lines(self) -> Iterator[str]:
        yield self.layout.title + (f" ({'، '.join(self.marks)})" if self.marks else "")
        yield from self.heads
        yield from self.layout.how


def to_xlsx(form: CourierForm) -> bytes:
    """From right to left, on a page that lies; only what is asked for can be changed without lifting the protection."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "برگه"
    sheet.sheet_view.rightToLeft = True
    layout = form.layout
    columns = len(layout.given) + len(layout.asked)
    for line in form.lines():
        sheet.append([written(line)])
        at = sheet.max_row
        sheet.cell(at, 1).data_type = "s"
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=columns)
        sheet.cell(at, 1).alignment = Alignment(horizontal="right", vertical="center", wrap_text=True, readingOrder=2)
        sheet.cell(at, 1).font = Font(name="Tahoma", size=13 if at == 1 else 10, bold=at <= 2)
        sheet.row_dimensions[at].height = 24 if at == 1 else 18
    sheet.append([])
    _put(sheet, [*layout.given, *layout.asked], len(layout.given), head=True)
    top = sheet.max_row
    for row in form.rows:
        _put(sheet, [*row.given, *[""] * len(layout.asked)], len(layout.given))
        # Excel fits a row to its text, LibreOffice and a phone do not.
        lines = max(-(-len(text) // int(width)) for text, width in zip(row.given, layout.wide, strict=False))
        sheet.row_dimensions[sheet.max_row].height = 8 + 14 * min(max(lines, 2), 25)
    for head, words in layout.choices:
        choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        letter = get_column_letter(len(layout.given) + layout.asked.index(head) + 1)
        choice.add(f"{letter}{top + 1}:{letter}{sheet.max_row}")
        sheet.add_data_validation(choice)
    if layout.signed:
        sheet.append([])
        _put(sheet, ["", "", *layout.signed], 2, head=True, blank=2)
        _put(sheet, ["", "", *[""] * len(layout.signed)], 2, blank=2)
        sheet.row_dimensions[sheet.max_row].height = 30
    for at, width in enumerate(layout.wide, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top}:{top}"
    if form.marks:
        sheet.oddHeader.right.text = "، ".join(form.marks)  # type: ignore[union-attr]
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _put(sheet: object, values: Sequence[str], given: int, *, head: bool = False, blank: int = 0) -> None:
    """A row, of which the first `given` columns are not to be filled in; of the first `blank` nothing is drawn."""
    sheet.append([written(value) for value in values])  # type: ignore[attr-defined]
    for at, cell in enumerate(sheet[sheet.max_row][: len(values)]):  # type: ignore[index,attr-defined]
        if at < blank:
            continue
        asked = at >= given
        latin = at in LATIN and not head
        cell.border, cell.number_format = _BOX, "@"
        if cell.value:
            cell.data_type = "s"  # no formula, whatever it begins with
        cell.font = Font(name="Tahoma", size=9 if latin else 10, bold=head)
        cell.alignment = Alignment(
            horizontal="left" if latin else "right", vertical="top", wrap_text=True, readingOrder=1 if latin else 2
        )
        cell.protection = Protection(locked=head or not asked)
        if head or asked:
            cell.fill = _HEAD if head else _OPEN
