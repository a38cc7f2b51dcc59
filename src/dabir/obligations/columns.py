"""The columns that the register can have: what each is called, and what it becomes in a sheet, a CSV and on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.obligations.models import NOT_ENDED
from dabir.persian.digits import to_persian
from dabir.writing.table import Form, Kind
from dabir.writing.values import jalali_text

Text = str | Promise


ALL = frozenset(Form)
SHEET, PLAIN, PAPER = frozenset({Form.XLSX}), frozenset({Form.CSV}), frozenset({Form.PDF})
HELPERS, STATE, TODAY = "helpers", "state in words", "today"
"""Sources that are no fields: the names of a debt's helpers, its state's name, and the day."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a file. `sources` are fields of the debt, given to `make` in their order; `note` stands in brackets
    after the head; `share` is its part of the paper's width."""

    head: Text
    kind: Kind
    sources: tuple[str, ...]
    make: Callable[..., Any] | None = None
    forms: frozenset[Form] = ALL
    note: Text = ""
    share: float = 1

    @property
    def title(self) -> str:
        return f"{self.head} ({self.note})" if self.note else str(self.head)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the page, with the cells that hold in a file what it shows."""

    name: str
    label: Text
    cells: tuple[Cell, ...]


def due_in_words(day: date | None, text: str, trigger: str) -> str:
    """The day, or the paper's words where it names none."""
    return jalali_text(day) if day else text or trigger


def days_left(state: str, day: date | None, today: date) -> int | None:
    """Below 0 after the day; none for a debt that has ended or has no day."""
    running = state in NOT_ENDED
    return (day - today).days if day and running else None


def _figures(text: str | None) -> str:
    return to_persian(text or "")


def _whose(lead: str | None, group: str | None, text: str) -> str:
    return lead or group or text


def day_cells(head: Text, source: str) -> tuple[Cell, ...]:
    """A real date beside its Persian form, which not every program can show; in CSV the other way about."""
    return (
        Cell(head, Kind.DAY, (source,), forms=SHEET),
        Cell(head, Kind.JALALI, (source,), forms=SHEET, note=_("in words")),
        Cell(head, Kind.JALALI, (source,), forms=PLAIN | PAPER, share=0.8),
        Cell(head, Kind.ISO, (source,), forms=PLAIN, note=_("Gregorian")),
    )


_WORDS = ("due_day", "due_text", "trigger")
_LEAD = ("lead__name", "group__name", "lead_text")
_HELPERS = Cell(_("Helpers"), Kind.TEXT, (HELPERS,), share=1.4)
_CODE = (
    # An import of old registers knows the debt by this head (`reading.sheets.columns.CODE_HEADER`).
    Cell(_("Dabir's code"), Kind.CODE, ("code",), forms=SHEET | PLAIN),
    Cell(_("Code"), Kind.CODE, ("code",), forms=PAPER, share=1.5),
)
_BODY = Cell(_("Decided by"), Kind.TEXT, ("body__party__name",), share=1.4)

COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column(
            "due",
            _("Due"),
            (
                Cell(_("Due"), Kind.DAY, ("due_day",), forms=SHEET),
                Cell(_("Due"), Kind.TEXT, _WORDS, due_in_words, SHEET, _("in words")),
                Cell(_("Due"), Kind.TEXT, _WORDS, due_in_words, PLAIN | PAPER, share=1.3),
                Cell(_("Due"), Kind.ISO, ("due_day",), forms=PLAIN, note=_("Gregorian")),
            ),
        ),
        Column("debt", _("Debt"), (Cell(_("Debt"), Kind.TEXT, ("action",), share=4), *_CODE)),
        Column("lead", _("Lead"), (Cell(_("Lead"), Kind.TEXT, _LEAD, _whose, share=1.6),)),
        Column("helpers", _("Helpers"), (_HELPERS,)),
        Column("state", _("State"), (Cell(_("State"), Kind.TEXT, (STATE,), share=0.8),)),
        Column(
            "left",
            _("Days left"),
            (Cell(_("Days left"), Kind.NUMBER, ("state", "due_day", TODAY), days_left, share=0.6),),
        ),
        Column("first", _("First deadline"), day_cells(_("First deadline"), "first_due_day")),
        Column(
            "extended",
            _("Times extended"),
            (Cell(_("Times extended"), Kind.NUMBER, ("extensions",), share=0.6),),
        ),
        Column("body", _("Decided by"), (_BODY,)),
        Column(
            "meeting",
            _("Title of the meeting"),
            (Cell(_("Title of the meeting"), Kind.TEXT, ("meeting__title",), _figures, share=1.6),),
        ),
        Column("met", _("Meeting's day"), day_cells(_("Meeting's day"), "meeting__date")),
        Column(
            "resolution",
            _("Resolution no."),
            (Cell(_("Resolution no."), Kind.TEXT, ("resolution__number",), _figures, share=0.6),),
        ),
        Column("released", _("Released"), day_cells(_("Released"), "released_at")),
        Column("communicated", _("Communicated"), day_cells(_("Communicated"), "communicated_at")),
        Column("acknowledged", _("Acknowledged"), day_cells(_("Acknowledged"), "acknowledged_at")),
        Column(
            "old",
            _("In the old register"),
            (Cell(_("In the old register"), Kind.TEXT, ("old_state",), share=1.2),),
        ),
    )
}
USUAL = ("due", "debt", "lead", "state")
"""Those of a register for which nobody has chosen any."""


def cells_of(columns: tuple[str, ...], form: Form) -> list[Cell]:
    """The cells of the chosen columns in a file. The usual page shows the helpers beneath the lead and the body beneath
    the debt, and so do its files."""
    found = [cell for name in columns for cell in COLUMNS[name].cells if form in cell.forms]
    if columns == USUAL:
        at = 1 + next(n for n, cell in enumerate(found) if cell.make is _whose)
        found[at:at] = [_HELPERS] if form == Form.PDF else [_HELPERS, _BODY]
    return found
