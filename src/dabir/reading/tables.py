"""Tables flattened to text: cells between tabs or bars, or one to a line; columns by the words of their head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dabir.persian.digits import parse_int
from dabir.persian.letters import same_length_fold
from dabir.persian.remembering import remembered
from dabir.reading.lines import Line, split_cells
from dabir.reading.minutes import Lines
from dabir.reading.parties import begins_at
from dabir.reading.wording import rx

_COLUMNS = {
    "number": r"ردیف|شماره|شماره ردیف|شماره مصوبه|ش|#|no",
    "helpers": r"همکار|همکاران|دستگاه(?: های)? همکار|یاور|دستگاه یاور|همکاری|مشارکت کننده|با همکاری",
    "due": r"""مهلت|مهلت (?:انجام|اجرا|اقدام|پیگیری)|زمان(?: (?:انجام|اجرا|بندی))?|موعد(?: (?:انجام|اجرا))?
        |تاریخ(?: (?:انجام|اجرا|اقدام|سررسید|پیگیری))|سررسید|مدت(?: زمان)?(?: اجرا)?|زمان بندی|تاریخ""",
    "lead": r"""(?:دستگاه |واحد |شخص |سازمان |نهاد )?(?:مسئول|مسئولین|مجری|متولی|اقدام کننده|پیگیری کننده|پیگیری
        |اجرا کننده|اجرایی|مسئولیت)(?: (?:پیگیری|اجرا|اقدام|انجام|پیگیری کننده|مربوطه|مربوط|اصلی|مصوبه))?""",
    "endorser": r"ناظر|تایید کننده|مرجع تایید|نظارت",
    "text": r"""شرح|شرح (?:مصوبه|مصوبات|تصمیم|تصمیمات|اقدام|موضوع|وظیفه|کار)|مصوبه|مصوبات|تصمیم|تصمیمات(?: متخذه)?
        |متن(?: مصوبه)?|اقدام|اقدامات|مفاد مصوبه|خلاصه مصوبه""",
    "subject": r"عنوان(?: مصوبه| تصمیم)?|موضوع(?: مصوبه| تصمیم| جلسه)?|محور",
    "name": r"نام|نام و نام خانوادگی|نام خانوادگی|اسامی|نام عضو|نام و نشان",
    "post": r"""سمت|سمت دستگاه|پست|عنوان شغلی|دستگاه|سازمان|محل خدمت|نام دستگاه|دستگاه متبوع|مسئولیت|سازمان متبوع
        |دستگاه اجرایی|نماینده""",
    "sign": r"امضا|امضاء|حضور|حضور غیاب|وضعیت(?: حضور)?|حاضر|حاضر غایب|حضور و غیاب|وضعیت",
    "note": r"ملاحظات|توضیحات|وضعیت اجرا|درصد پیشرفت|آخرین وضعیت|پیشرفت",
}
_HEAD = rx("|".join(f"(?P<{column}>{source})" for column, source in _COLUMNS.items()))
_LONGEST_HEAD = 60  # letters
_TALLEST = 30  # lines of one row
NO_NUMBER = "–"
"""Stands in the first cell of a row that has no number of its own."""
_SIGNS = re.compile(r"[^\w\s#]")
_EMPTY = re.compile(r"[\s\-–—_ـ.*/]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column («number», «text», «lead», «due», «name», «sign» …), empty ones left out."""

    cells: dict[str, str]
    lines: Lines


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: list[Row]
    lines: Lines


def table_in(lines: list[Line]) -> Table | None:
    """The first table of `lines` that has a head, or None."""
    for place, line in enumerate(lines):
        columns = columns_of(line)
        if columns:
            return _rows(columns, lines, place)
        columns, taken = upright_head(lines, place)
        if columns:
            return _upright_rows(columns, lines, place, taken)
    return _cards(lines)


def columns_of(line: Line) -> tuple[str, ...]:
    """The columns that `line` names where it is the head of a table, else nothing."""
    cells = line.cells
    if len(cells) < 2:
        return ()
    columns = tuple(_column(cell) for cell in cells)
    known = {column for column in columns if column}
    return columns if len(known) >= 2 and sum(not c for c in columns) <= len(columns) // 3 else ()


@remembered
def _column(cell: str) -> str:
    if len(cell) > _LONGEST_HEAD:
        return ""
    match = _HEAD.fullmatch(_SIGNS.sub(" ", same_length_fold(cell)).strip())
    return match.lastgroup or "" if match else ""


def card_lines(lines: list[Line]) -> set[int]:
    """The lines of cards: at least three labels in a row, an owner or a limit among them."""
    found: set[int] = set()
    run: list[tuple[int, str]] = []
    for line in [*lines, None]:
        label, colon, _ = line.text.partition(":") if line else ("", "", "")
        column = _column(label) if colon and len(label) < 40 else ""
        if column:
            run.append((line.number if line else 0, column))
        elif line is None or not line.blank:
            if len(run) >= 3 and {"lead", "due"} & {name for _, name in run}:
                found.update(number for number, _ in run)
            run = []
    return found


def _cards(lines: list[Line]) -> Table | None:
    """A table written as cards, a label and its value to a line («مسئول پیگیری: …»); a label seen again begins one."""
    rows: list[Row] = []
    card: dict[str, str] = {}
    span: list[int] = []

    def close() -> None:
        if _says(card) and len(card) > 1:
            rows.append(Row(dict(card), (span[0], span[-1])))
        card.clear()
        span.clear()

    labelled = card_lines(lines)
    for line in lines:
        if line.number in labelled:
            label, _, value = line.text.partition(":")
            column = _column(label)
            if column in card:
                close()
            card[column] = value.strip()
        elif card and not line.blank:
            card[next(reversed(card))] += f" {line.text.strip()}"
        else:
            continue
        span.append(line.number)
    close()
    if not rows or not any({"lead", "due"} & set(row.cells) for row in rows):
        return None
    columns = tuple(dict.fromkeys(column for row in rows for column in row.cells))
    return Table(columns, rows, (rows[0].lines[0], rows[-1].lines[1]))


def _says(cells: dict[str, str]) -> bool:
    return "text" in cells or "subject" in cells


def _rows(columns: tuple[str, ...], lines: list[Line], head: int) -> Table:
    """The rows under the head: a cell may run over several lines; the head may come again at a page's break."""
    rows: list[Row] = []
    pending: list[Line] = []
    last = lines[head].number
    for place, line in enumerate(lines[head + 1 :], head + 1):
        again = columns_of(line) == columns
        starts = not again and _starts_row(line, pending, columns)
        if again or starts or (line.blank and _full(pending, columns)):
            rows += _row(pending, columns)
            pending = []
        if line.blank or again or (not pending and _stands_between(line, lines[place + 1 : place + 4], columns, rows)):
            continue
        if not starts and (not pending or (not _goes_on(line) and _is_over(pending, line, columns))):
            break
        pending.append(line)
        last = line.number
    rows += _row(pending, columns)
    return Table(columns, rows, (lines[head].number, last))


def _goes_on(line: Line) -> bool:
    """True for a further line of a row of a Word table: its cells stand below those of the line above."""
    return line.text.startswith("\t")


def _starts_row(line: Line, pending: list[Line], columns: tuple[str, ...]) -> bool:
    cells = line.cells
    if len(cells) < 2 or _goes_on(line):
        return False
    if columns[0] == "number":
        return parse_int(cells[0]) is not None or cells[0] == NO_NUMBER
    return not pending or len(pending[-1].cells) >= len(columns) - 1 or _full(pending, columns)


def _stands_between(line: Line, below: list[Line], columns: tuple[str, ...], rows: list[Row]) -> bool:
    """True for a heading across the table («امور عمرانی»): the next row counts on."""
    if len(line.cells) > 1 or not rows or columns[0] != "number":
        return False
    after = next((other for other in below if not other.blank), None)
    last = next((number for row in reversed(rows) if (number := parse_int(row.cells.get("number", "")))), None)
    return after is not None and last is not None and parse_int(after.cells[0]) == last + 1 and len(after.cells) > 1


def _is_over(pending: list[Line], line: Line, columns: tuple[str, ...]) -> bool:
    return len(pending) > _TALLEST or ("\t" not in line.text and _full(pending, columns))


def _full(pending: list[Line], columns: tuple[str, ...]) -> bool:
    return bool(pending) and len(_cells(pending)) >= len(columns)


def _row(pending: list[Line], columns: tuple[str, ...]) -> list[Row]:
    named = {c: cell for c, cell in zip(columns, _cells(pending), strict=False) if c and not _EMPTY.fullmatch(cell)}
    return [Row(named, (pending[0].number, pending[-1].number))] if named else []


def _cells(pending: list[Line]) -> list[str]:
    plain = [line.text for line in pending if not _goes_on(line)]
    cells = split_cells("\n".join(plain)) if plain else []
    for line in pending:
        for column, cell in enumerate(line.cells if _goes_on(line) else ()):
            if column < len(cells) and cell:
                cells[column] = f"{cells[column]}\n{cell}".strip()
            elif column >= len(cells):
                cells.append(cell)
    return cells


def upright_head(lines: list[Line], place: int) -> tuple[tuple[str, ...], int]:
    """The columns of a table whose cells came out one to a line, and how many lines its head takes."""
    if not _column(lines[place].text) == "number":
        return (), 0
    columns: list[str] = []
    taken = 0
    for line in lines[place : place + 16]:
        if not line.text.strip():
            taken += 1
            continue
        column = _column(line.text)
        if not column:
            break
        columns.append(column)
        taken += 1
    return (tuple(columns), taken) if len(columns) >= 3 else ((), 0)


def _upright_rows(columns: tuple[str, ...], lines: list[Line], place: int, taken: int) -> Table:
    """The rows from number to number; the last, which no number ends, has a line to a cell."""
    written = [line for line in lines[place + taken :] if line.text.strip()]
    rows: list[Row] = []
    last = lines[place].number
    at, wanted = 0, 1
    while at < len(written) and parse_int(written[at].text) == wanted:
        wanted += 1
        following = range(at + 1, min(at + _TALLEST, len(written)))
        end = next((n for n in following if parse_int(written[n].text) == wanted), at + len(columns))
        cells = written[at:end]
        if len(cells) > 1:
            named = {column: text for column, text in _upright_cells(columns, cells) if not _EMPTY.fullmatch(text)}
            rows.append(Row(named, (cells[0].number, cells[-1].number)))
        last, at = cells[-1].number, end
    return Table(columns, rows, (lines[place].number, last))


def _upright_cells(columns: tuple[str, ...], cells: list[Line]) -> Iterator[tuple[str, str]]:
    """The row's cells by column. Lines too many are wrapped text, or further owners where each begins with a name."""
    texts = [line.text.strip() for line in cells]
    extra, lead = len(texts) - len(columns), columns.index("lead") if "lead" in columns else 0
    if extra > 0 and lead > 1:
        after = len(columns) - lead - 1  # one line to each cell behind the owner's
        owners = len(texts) - after
        first = owners - 1
        while first > lead and begins_at(same_length_fold(texts[first - 1]), 0):
            first -= 1
        head = texts[: lead - 1]
        texts = [*head, " ".join(texts[lead - 1 : first]), "\n".join(texts[first:owners]), *texts[owners:]]
    return zip(columns, texts, strict=False)
