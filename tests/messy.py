"""A register as an office kept it for years: 300 rows of the sample's headquarters, in all the disorder that they have.

`messy_register()` gives the XLSX, `TOLD` what must come of it with the sample's directory (`examples/zanjan`) on its
day. Title rows above two rows of header; the meeting's number and date merged over its rows, and split in two columns
under one head; Persian, Arabic and Latin digits; days as text in ten ways, as Excel's own days and serials, and in a
Jalali year that Excel took for its own; several agencies in a cell; agencies that nobody knows; «مستمر» and «پس از …»;
a row twice; rows that cannot come in.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from dabir.persian import jalali
from dabir.persian.digits import to_persian

ROWS = 300
MEETINGS = 24
FIRST_ROW = 5
"""The first row under the header."""

_ARABIC = str.maketrans("0123456789", "".join(chr(0x0660 + n) for n in range(10)))

KNOWN = (
    "جهاد کشاورزی", "سازمان صنعت، معدن و تجارت", "اداره کل راه و شهرسازی استان", "بنیاد مسکن",
    "سازمان مدیریت و برنامه‌ریزی", "آموزش و پرورش", "شرکت گاز استان", "فنی و حرفه‌ای",
    "اداره كل تعاون، كار و رفاه اجتماعي", "استانداری", "شهرک‌های صنعتی", "میراث فرهنگی، صنایع دستی و گردشگری",
)  # fmt: skip
SEVERAL = (
    "جهاد کشاورزی - بنیاد مسکن", "آموزش و پرورش و فنی و حرفه‌ای", "استانداری / سازمان برنامه",
    "۱- جهاد کشاورزی\n۲- شرکت گاز", "صنعت، معدن و تجارت، شهرک‌های صنعتی و اتاق اصناف",
)  # fmt: skip
UNKNOWN = ("دامپزشکی", "منابع طبیعی و آبخیزداری", "اداره کل ورزش و جوانان")
HELPERS = ("", "", "استانداری", "شهرداری ایجرود؛ بنیاد مسکن", "-")
STATES = ("انجام شد", "در حال اقدام", "", "خاتمه یافته", "انجام نشده", "در دست بررسی")
TASKS = (
    "نسبت به تهیه گزارش پیشرفت پروژه‌های اقتصاد مقاومتی اقدام نماید.",
    "فهرست واحدهای تولیدی راکد شهرستان را به دبیرخانه ستاد ارسال کند.",
    "تسهیلات اشتغال روستایی را در سقف ابلاغی پرداخت نماید.",
    "برنامه زمان‌بندی تکمیل طرح‌های نیمه‌تمام را ارائه دهد.",
    "مشكلات بيمه‌اي كارگران ساختماني را پيگيري نمايد.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """How many rows become what, and which names are asked for."""

    rows: int
    new: int
    same: int
    refused: int
    questions: tuple[str, ...]


def messy_register() -> bytes:
    """The workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "مصوبات"
    sheet.sheet_view.rightToLeft = True
    book.create_sheet("راهنما").append(["این برگه راهنماست و ردیفی ندارد."])
    _head(sheet)
    number = FIRST_ROW
    for place in range(MEETINGS):
        number = _meeting(sheet, number, place)
    for row in _extra():
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
        number += 1
    assert number - FIRST_ROW == ROWS, number - FIRST_ROW
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: Any) -> None:
    sheet["A1"] = "ستاد فرماندهی اقتصاد مقاومتی استان زنجان"
    sheet["A2"] = "دفتر پیگیری مصوبات - سال‌های ۱۳۹۷ و ۱۳۹۸"
    for row in (1, 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=9)
        sheet.cell(row, 1).font = Font(bold=True)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center")
    heads = ["ردیف", "جلسه", None, "شرح مصوبه", "دستگاه", None, "مهلت اجرا", "آخرین وضعیت", "ملاحظات"]
    below = [None, "شماره", "تاریخ", None, "مسئول پیگیری", "همکار", None, None, None]
    for column, (head, second) in enumerate(zip(heads, below, strict=True), 1):
        sheet.cell(3, column, head)
        sheet.cell(4, column, second)
    for area in ("A3:A4", "B3:C3", "D3:D4", "E3:F3", "G3:G4", "H3:H4", "I3:I4"):
        sheet.merge_cells(area)


def _meeting(sheet: Any, first: int, place: int) -> int:
    """Twelve rows of one meeting; every third has its number and date merged over them."""
    number, day = place + 20, _session(place)
    for n in range(12):
        row, index = first + n, place * 12 + n
        sheet.cell(row, 1, _digits(n + 1, index))
        if place % 3 or n == 0:
            sheet.cell(row, 2, _digits(number, index) if place % 4 else f"جلسه {number}")
            sheet.cell(row, 3, _date(day, place))
        sheet.cell(row, 4, f"مقرر شد {TASKS[index % len(TASKS)]} (موضوع {to_persian(str(index + 1))})")
        sheet.cell(row, 5, _agency(index))
        sheet.cell(row, 6, HELPERS[index % len(HELPERS)])
        sheet.cell(row, 7, _due(day, index))
        sheet.cell(row, 8, STATES[index % len(STATES)])
    if place % 3 == 0:
        for column in (2, 3):
            sheet.merge_cells(start_row=first, start_column=column, end_row=first + 11, end_column=column)
    return first + 12


def _extra() -> list[list[Any]]:
    """Twelve rows more: one said twice, a resolution of two rows, and nine that cannot come in."""
    again = ["13", 43, "1397/12/20", "تقویم جلسات سال آینده تهیه شود.", "استانداری", None, "مستمر", "", None]
    return [
        again,
        list(again),
        ["14", 43, "1397/12/20", None, "استانداری", None, "1398/01/20", "انجام شد", None],
        ["15", None, "1397/12/20", "جلسه آن نوشته نشده است.", "استانداری", None, None, None, None],
        ["16", 43, None, "تاریخ آن نوشته نشده است.", "استانداری", None, None, None, None],
        ["17", 43, "1397/13/20", "تاریخ آن روزی نیست.", "استانداری", None, None, None, None],
        ["18", "چهل و چند", "1397/12/20", "شماره آن خوانا نیست.", "استانداری", None, None, None, None],
        ["19", 43, "1397/12/21", "تاریخ آن با جلسه نمی‌خواند.", "استانداری", None, None, None, None],
        ["20", 60, "1399/01/20", "در آینده است.", "استانداری", None, None, None, None],
        ["13", 43, "1397/12/20", "متن دیگری با همان ردیف.", "استانداری", None, None, None, None],
        ["21", 43, "1397/12/20", '=HYPERLINK("http://example.org","x")', "بنیاد مسکن", None, "فوری", "", None],
        ["22", 43, "1397/12/20", "   ", None, None, None, "انجام شد", None],
    ]


def _session(place: int) -> date:
    return jalali.to_gregorian(1397, 1 + place // 2, 5 + 15 * (place % 2))


def _digits(number: int, index: int) -> Any:
    text = str(number)
    return (number, to_persian(text), text.translate(_ARABIC), text, float(number))[index % 5]


def _date(day: date, place: int) -> Any:
    """The day in one of seven ways; one way for a meeting, as it happens when rows are copied down."""
    year, month, number = jalali.from_gregorian(day)
    slashes = jalali.format_day(day, persian_digits=False)
    serial = day.toordinal() - 693_594
    ways: list[Any] = [
        to_persian(slashes),
        slashes[2:],
        datetime(day.year, day.month, day.day),
        serial,
        f"{number} {jalali.MONTHS[month - 1]} {year}",
        slashes.replace("/", "-").translate(_ARABIC),
        f"{year}{month:02}{number:02}",
    ]
    return ways[place % len(ways)]


def _due(day: date, index: int) -> Any:
    due = date.fromordinal(day.toordinal() + 30 + index % 50)
    slashes = jalali.format_day(due, persian_digits=False)
    ways: list[Any] = [
        slashes,
        to_persian(slashes),
        "مستمر",
        due.toordinal() - 693_594,
        datetime(due.year, due.month, due.day),
        "پس از تأمین اعتبار",
        "یک ماه",
        None,
        "-",
        f"پایان {jalali.MONTHS[jalali.from_gregorian(due)[1] - 1]} {to_persian(str(jalali.from_gregorian(due)[0]))}",
        "در اسرع وقت",
        "۱۳۹۸/۰۲/۳۲",
    ]
    return ways[index % len(ways)]


def _agency(index: int) -> str:
    if index % 9 == 4:
        return SEVERAL[index % len(SEVERAL)]
    if index % 11 == 7:
        return UNKNOWN[index % len(UNKNOWN)]
    return KNOWN[index % len(KNOWN)]


TOLD = Told(rows=ROWS, new=290, same=1, refused=9, questions=UNKNOWN)
