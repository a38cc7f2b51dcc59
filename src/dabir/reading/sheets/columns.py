"""Which column of an old register says what: told by its header in any order and wording, with one or two rows of it.

A header says it by its words, so that a mapping is kept by them too (`key`): a person's change is remembered for every
sheet of the same header, whatever the order of its columns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dabir.persian.letters import fold, squash
from dabir.reading.sheets.table import Row, Table
from dabir.reading.wording import rx


class Column(StrEnum):
    """What a column holds. `SESSION` is number and date of the meeting in one cell; `CODE` is «شناسه دبیر»."""

    ITEM = "item"
    NUMBER = "number"
    DATE = "date"
    SESSION = "session"
    TEXT = "text"
    LEAD = "lead"
    HELPER = "helper"
    DUE = "due"
    STATE = "state"
    CODE = "code"


CODE_HEADER = "شناسه دبیر"
REASON_HEADER = "دلیل رد"
MANY = (Column.LEAD, Column.HELPER)
"""Columns of which a sheet may have several; their cells count together."""

_SEARCHED = 40  # first rows in which a header is looked for
_LONGEST = 60  # letters of a header
_LEAST = 2  # columns that make a row a header, one of them the text's

_MEETING = r"(?:جلسه|جلسات|نشست|صورت ?جلسه|اجلاس)"
_BARE = rx(r"[\W_]*(?P<word>شماره|تاریخ|مورخ|زمان|دستگاه|مسئول|اقدام|عنوان|موضوع)[\W_]*\Z")
_OWNER = r"(?:مسئول|مسوول|مسول)"
_TO_BE_DONE = "انجام|اجرا|اقدام|پایان|خاتمه|تحقق|اتمام|پیش بینی"
# The first that fits holds; what stands earlier is the surer.
_FORMS = tuple(
    (column, rx(pattern))
    for column, pattern in (
        (Column.CODE, r"شناسه دبیر|کد دبیر"),
        (None, r"دلیل رد|شماره (?:نامه|ابلاغ|اندیکاتور|سند|تماس|تلفن|پرونده)"),
        (None, r"تاریخ (?:نامه|ابلاغ|پیگیری|ثبت|گزارش|تولد)"),
        (None, r"\A(?:(?:دستگاه|سازمان|نهاد|مرجع|واحد|مقام|مسئول)(?: ?های)? )?(?:ناظر|نظارت)"),
        (None, rf"(?:محل|مکان|رئیس|رییس|دبیر|نام|عنوان|موضوع|ساعت|نوع|دستور(?: کار)?) {_MEETING}"),
        (None, r"درصد|توضیح|ملاحظات|پیوست|اعتبار|مبلغ"),
        (
            Column.SESSION,
            rf"(?:شماره|{_MEETING}|\Aش).{{0,25}}(?:\sو\s|/|،|,|-|–|\(|\n).{{0,15}}(?:تاریخ|مورخ)"
            rf"|(?:تاریخ|مورخ).{{0,25}}(?:\sو\s|/|،|,|-|–|\(|\n).{{0,15}}(?:شماره|{_MEETING})",
        ),
        (Column.DATE, rf"(?:تاریخ|مورخه?|زمان|روز).{{0,20}}(?:{_MEETING}|برگزاری|تشکیل|تصویب|مصوبه)"),
        (Column.DATE, rf"{_MEETING}.{{0,12}}(?:تاریخ|مورخ)|\Aت[ .]*(?:ج\.?\Z|{_MEETING})"),
        (Column.DUE, rf"مهلت|سر ?رسید|موعد|زمان ?بندی|زمان (?:{_TO_BE_DONE}|لازم)|بازه زمانی|مدت"),
        (Column.DUE, rf"تاریخ (?:{_TO_BE_DONE})"),
        (Column.LEAD, rf"(?:{_OWNER}|مجری|متولی|دستگاه).{{0,20}}\sو\s.{{0,12}}(?:همکار|یاور)"),
        (Column.HELPER, r"همکار|یاور|مشارکت|معین|پشتیبان|سایر دستگاه|دستگاه ?های مرتبط|دستگاه مرتبط"),
        (Column.STATE, r"وضعیت|نتیجه|آخرین اقدام|اقدامات? (?:انجام شده|صورت گرفته|معموله)|عملکرد|روند اجرا|مرحله"),
        (
            Column.ITEM,
            r"ردیف|\Aر\Z|شماره (?:مصوبه|بند|ردیف|تصمیم|ترتیب)|(?:مصوبه|بند) شماره|\Aبند|\A#|کد مصوبه"
            r"|\Aش[ .]*(?:مصوبه|م\.?\Z)",
        ),
        (
            Column.NUMBER,
            rf"(?:شماره|ش|نوبت|کد).{{0,12}}{_MEETING}|{_MEETING}.{{0,10}}شماره|\A(?:{_MEETING}|ش[ .]*ج\.?)\Z",
        ),
        (Column.LEAD, rf"{_OWNER}|مجری|متولی|دستگاه|(?:اقدام|پیگیری) ?کننده|عهده|سازمان|اداره|ارگان|نهاد|واحد|مخاطب"),
        (Column.TEXT, r"مصوب|شرح|متن|تصمیم|تصمیمات|موضوع|تکلیف|تکالیف|خواسته|عنوان|دستور"),
        (Column.DATE, r"\A(?:تاریخ|مورخه?)\Z"),
    )
)


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header stands: the places of its first and last row among the rows, and the columns' words."""

    first: int
    last: int
    labels: tuple[str, ...]

    @property
    def key(self) -> str:
        """By which a mapping is remembered: the words of the columns in any order, without ours."""
        ours = (squash(CODE_HEADER), squash(REASON_HEADER))
        words = sorted(word for word in map(squash, self.labels) if word and word not in ours)
        return hashlib.sha256("\n".join(words).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read: its header, and for each of its columns what it holds, or none.

    `same_above`: an empty cell for the meeting means what stands above it. `first_leads`: of several agencies in the
    lead's cell the first one leads and the others help; otherwise each owes it.
    """

    header: Header
    columns: tuple[Column | None, ...]
    same_above: bool = False
    first_leads: bool = False

    def of(self, column: Column) -> tuple[int, ...]:
        """The places of the columns that hold this."""
        return tuple(place for place, held in enumerate(self.columns) if held is column)

    @property
    def missing(self) -> list[Column]:
        """What no register can do without: the text, and the meeting unless titles above the rows may tell it."""
        return [] if self.of(Column.TEXT) else [Column.TEXT]

    def by_label(self) -> dict[str, str]:
        """What is remembered of it: for the words of each header what it holds, "" for nothing."""
        return {
            squash(label): str(held or "")
            for label, held in zip(self.header.labels, self.columns, strict=True)
            if squash(label)
        }

    def with_labels(self, known: Mapping[str, str]) -> Layout:
        """The layout as it was remembered; a column that nobody has spoken of stays as it was told."""
        columns = [
            _column(known[squash(label)]) if squash(label) in known else held
            for label, held in zip(self.header.labels, self.columns, strict=True)
        ]
        return Layout(self.header, tuple(columns), self.same_above, self.first_leads)


def find_header(table: Table) -> Header | None:
    """The one or two rows that tell most; None where no row tells of a text and something else."""
    best: tuple[tuple[int, int], Header] | None = None
    for place in range(min(len(table.rows), _SEARCHED)):
        for last in (place, place + 1):
            header = header_at(table, place, last)
            if header and (score := _score(header, table)) and (best is None or score > best[0]):
                best = (score, header)
    return best[1] if best else None


def header_at(table: Table, first: int, last: int) -> Header | None:
    """The header that these rows of the table make, or None where they are none of its rows."""
    rows = table.rows[first : last + 1]
    if not rows or len(rows) != last - first + 1:
        return None
    return Header(first, last, tuple(_label(rows, place) for place in range(table.width)))


def told(labels: Sequence[str]) -> tuple[Column | None, ...]:
    """What each header says that its column holds; of what stands in one column alone the first holds."""
    found = [column_of(label) for label in labels]
    bare = [match["word"] if (match := _BARE.match(fold(label))) else "" for label in labels]
    if Column.NUMBER not in found and Column.SESSION not in found and Column.ITEM in found and "شماره" in bare:
        found[bare.index("شماره")] = Column.NUMBER
    if Column.DUE not in found and "زمان" in bare:
        found[bare.index("زمان")] = Column.DUE
    if Column.TEXT not in found and "اقدام" in bare:
        found[bare.index("اقدام")] = Column.TEXT
    items = [place for place, column in enumerate(found) if column is Column.ITEM]
    own = [
        place for place in items if "ردیف" not in fold(labels[place])
    ]  # a row's number in the meeting, not the sheet
    for place in items:
        found[place] = Column.ITEM if place == (own or items)[0] else None
    seen: set[Column] = set()
    for place, column in enumerate(found):
        if column in seen and column not in MANY:
            found[place] = None
        elif column:
            seen.add(column)
    return tuple(_surest_text(labels, found))


def column_of(label: str) -> Column | None:
    """What a header says by itself."""
    words = fold(label)
    if not words or len(words) > _LONGEST:
        return None
    return next((column for column, form in _FORMS if form.search(words)), None)


def _surest_text(labels: Sequence[str], found: list[Column | None]) -> list[Column | None]:
    """Where several columns could be the text, the one that names the resolution («عنوان», «شرح مصوبه»)."""
    texts = [place for place, label in enumerate(labels) if column_of(label) is Column.TEXT]
    words = {place: fold(labels[place]) for place in texts}
    whole = [place for place in texts if "شرح" in words[place] or "متن" in words[place]]
    named = whole or [place for place in texts if "مصوب" in words[place]]
    if len(texts) > 1 and named:
        for place in texts:
            found[place] = Column.TEXT if place == named[0] else None
    return found


def _label(rows: Iterable[Row], place: int) -> str:
    words: list[str] = []
    for row in rows:
        text = " ".join(str(row.cell(place) or "").split())
        if text and text not in words:
            words.append(text)
    return " ".join(words)[:200]


def _score(header: Header, table: Table) -> tuple[int, int] | None:
    """How many kinds of column the header tells, two rows that are headers each before one; None where it is none."""
    columns = {column for column in told(header.labels) if column}
    rows = table.rows[header.first : header.last + 1]
    if len(columns) < _LEAST or Column.TEXT not in columns or not all(map(_is_of_words, rows)):
        return None
    if header.first == header.last:
        return len(columns), 0
    each = [header_at(table, place, place) for place in range(header.first, header.last + 1)]
    both = all(one and _score(one, table) for one in each)
    return len(columns), 1 if both else -1


def _is_of_words(row: Row) -> bool:
    cells = [cell for cell in row.cells if cell is not None]
    return all(isinstance(cell, str) and len(cell) <= 2 * _LONGEST for cell in cells) and len(set(cells)) > 1


def _column(text: str) -> Column | None:
    return Column(text) if text in set(Column) else None


@dataclass(frozen=True, slots=True)
class Recognised:
    """The table of a file that is a register, with its layout; `table` is its place among the file's tables."""

    table: int
    layout: Layout
    score: int = field(default=0, compare=False)


def unread(tables: Sequence[Table], found: Recognised) -> list[str]:
    """The titles of the other tables that have a register's header: of each file one table alone is read."""
    return [table.title for place, table in enumerate(tables) if place != found.table and find_header(table)]


def recognise(tables: Sequence[Table]) -> Recognised | None:
    """The table whose header tells most; None where no table has a header that could be a register's."""
    best: Recognised | None = None
    for place, table in enumerate(tables):
        header = find_header(table)
        if header is None:
            continue
        columns = told(header.labels)
        score = len({column for column in columns if column})
        if best is None or score > best.score:
            best = Recognised(place, Layout(header, columns), score)
    return best
