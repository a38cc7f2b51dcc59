"""Courier forms go out with ids, come back filled in as workbook or Word document, and are recorded without loss."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from dabir.cycle.communicating import number_letters
from dabir.cycle.courier import forms_of, key_of
from dabir.cycle.courier_in import Fate, Line, Returned, preview_forms, record_forms
from dabir.cycle.extracts import communicate
from dabir.foundation import files, ledger
from dabir.foundation.errors import Invalid, Refused
from dabir.letters.models import Letter, Recipient, Way
from dabir.letters.numbering import Numbered
from dabir.obligations.models import Obligation, ReplyKind
from dabir.persian.jalali import to_gregorian
from dabir.reading.sheets.table import read_tables
from dabir.reading.sheets.word import read_word
from dabir.writing.courier import ANSWER, BY, CODE, ID, OBJECTION, RECEIVED, REGISTERED, REMARK, CourierForm, to_xlsx
from dabir.writing.courier_docx import to_docx
from tests import builders
from tests.personas import Personas

SENT = to_gregorian(1398, 7, 18)
FILLED = {
    RECEIVED: "۱۳۹۸/۰۷/۱۹", BY: "مسئول دبیرخانه", REGISTERED: "۱۲/الف", ANSWER: "وصول شد", REMARK: "در دست اقدام",
}  # fmt: skip


@pytest.fixture
def letter(world: Personas) -> Letter:
    """The consultants' extract, with its number."""
    meeting = builders.meeting(world)
    letters = communicate(meeting, by=world.secretary)
    number_letters([Numbered(x, str(n), SENT) for n, x in enumerate(letters, 1)], by=world.staff, way=Way.COURIER)
    return next(x for x in letters if x.recipients.filter(party=world.parties["consultants"], is_copy=False).exists())


@pytest.fixture
def form(world: Personas, letter: Letter) -> CourierForm:
    ((_name, made),) = forms_of([letter])
    return made


def in_xlsx(form: CourierForm, **cells: str) -> bytes:
    book = load_workbook(io.BytesIO(to_xlsx(form)))
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if row[0].value == ID)
    below = (heads[0].row or 0) + 1
    for head, value in cells.items():
        at = next(n for n, cell in enumerate(heads, 1) if cell.value == head)
        cell = sheet.cell(below, at, value)
        cell.data_type = "s"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def in_docx(form: CourierForm, **cells: str) -> bytes:
    document = Document(io.BytesIO(to_docx(form)))
    table = document.tables[0]
    heads = [cell.text for cell in table.rows[0].cells]
    for head, value in cells.items():
        table.rows[1].cells[heads.index(head)].text = value
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def returned(data: bytes, name: str = "برگه") -> Returned:
    tables = read_word(data) if b"word/document" in data else read_tables(data)
    return Returned(name, tables, files.put(data))


Fill = Callable[..., bytes]


@pytest.mark.parametrize("fill", [in_xlsx, in_docx])
def test_a_form_that_came_back_is_recorded_whole(
    world: Personas, letter: Letter, form: CourierForm, fill: Fill
) -> None:
    back = [returned(fill(form, **FILLED))]
    assert [line.fate for line in preview_forms(back, by=world.staff)] == [Fate.NEW]
    assert not Obligation.objects.exclude(acknowledged_at=None).exists()
    record_forms(back, by=world.staff)
    recipient = Recipient.objects.get(letter=letter, is_copy=False)
    assert (recipient.received_on, recipient.received_by) == (to_gregorian(1398, 7, 19), "مسئول دبیرخانه")
    assert recipient.registered_as == "12/الف"
    debt = Obligation.objects.get(code="hq-1398-11/3.1")
    reply = debt.replies.get()
    assert debt.acknowledged_at and (reply.kind, reply.remark) == (ReplyKind.ACKNOWLEDGED, "در دست اقدام")
    assert reply.form and files.get(reply.form) and not list(ledger.audit())


@pytest.mark.parametrize("fill", [in_xlsx, in_docx])
def test_the_same_form_again_changes_nothing(world: Personas, form: CourierForm, fill: Fill) -> None:
    record_forms([returned(fill(form, **FILLED))], by=world.staff)
    head = ledger.head()
    (line,) = record_forms([returned(fill(form, **FILLED))], by=world.staff)
    assert line.fate == Fate.SAME and ledger.head() == head


@pytest.mark.parametrize("fill", [in_xlsx, in_docx])
def test_objections_keep_their_words_whatever_they_look_like(world: Personas, form: CourierForm, fill: Fill) -> None:
    words = '=HYPERLINK("http://x","y") <script>alert(1)</script>\u202e مهلت کوتاه است'
    record_forms([returned(fill(form, **{ANSWER: "اعتراض", OBJECTION: words}))], by=world.staff)
    debt = Obligation.objects.get(code="hq-1398-11/3.1")
    assert debt.acknowledged_at is None
    assert debt.replies.get().text == '=HYPERLINK("http://x","y") <script>alert(1)</script> مهلت کوتاه است'


def other_id(form: CourierForm) -> str:
    number, first, second = form.rows[0].given[0].split("-")
    return f"{number}-{'A' if first[0] != 'A' else 'B'}{first[1:]}-{second}"


def test_forms_cost_the_same_queries_however_many(world: Personas, letter: Letter) -> None:
    letters = list(Letter.objects.order_by("pk"))
    costs = []
    for some in ([letter], letters):
        fresh = list(Letter.objects.filter(pk__in=[one.pk for one in some]))
        with CaptureQueriesContext(connection) as captured:
            made = forms_of(fresh)
        assert len(made) == len(fresh)
        costs.append(len(captured))
    assert costs[0] == costs[1] and len(letters) > 2


@pytest.mark.parametrize(("cells", "why"), [
    ({ID: "999999-AAAA-AAAA"}, "unknown"),
    ({ID: "هر چه"}, "unknown"),
    ({ID: "edited"}, "changed"),
    ({CODE: "hq-1398-11/2.2"}, "changed"),
    ({RECEIVED: "۱۳۹۸/۱۳/۱۹"}, "no day"),
    ({RECEIVED: "۱۳۹۸/۰۷/۱۷"}, "before the letter"),
    ({RECEIVED: "۱۳۹۸/۰۷/۲۱"}, "still to come"),
    ({RECEIVED: ""}, "on which day"),
    ({ANSWER: "شاید"}, "none of the two"),
    ({ANSWER: "اعتراض"}, "Say what is objected"),
    ({ANSWER: ""}, "but not whether"),
    ({OBJECTION: "چرا"}, "at once"),
])  # fmt: skip
def test_a_row_that_cannot_be_is_refused_with_its_reason(
    world: Personas, form: CourierForm, cells: dict[str, str], why: str
) -> None:
    from django.utils.translation import override

    cells = cells | ({ID: other_id(form)} if cells.get(ID) == "edited" else {})
    with override("en"):
        (line,) = record_forms([returned(in_xlsx(form, **(FILLED | cells)))], by=world.staff)
    assert line.fate == Fate.REFUSED and why in line.why, line.why
    assert not Recipient.objects.exclude(received_on=None).exists()


def test_a_foreign_row_is_as_unknown_as_one_that_was_made_up(world: Personas, form: CourierForm) -> None:
    back = [returned(in_xlsx(form, **FILLED))]
    (line,) = record_forms(back, by=world.other_secretary)
    (made_up,) = record_forms([returned(in_xlsx(form, **(FILLED | {ID: "99-AAAA-AAAA"})))], by=world.other_secretary)
    assert line.fate == Fate.REFUSED and line.why == made_up.why and line.debt is None
    with pytest.raises(Refused):
        preview_forms(back, by=world.officer)


def test_a_row_that_stands_twice_counts_once_or_not_at_all(world: Personas, form: CourierForm) -> None:
    def fates(*cells: dict[str, str]) -> list[Fate]:
        back = [returned(in_xlsx(form, **(FILLED | more)), str(n)) for n, more in enumerate(cells)]
        return [line.fate for line in preview_forms(back, by=world.staff)]

    assert fates({}, {}) == [Fate.NEW, Fate.SAME]
    assert fates({}, {REMARK: "چیز دیگر"}) == [Fate.REFUSED, Fate.REFUSED]


def test_what_is_no_courier_form_is_refused(world: Personas) -> None:
    with pytest.raises(Invalid):
        preview_forms([Returned("x", read_tables("الف,ب\n۱,۲".encode()))], by=world.staff)


def test_an_empty_form_says_nothing(world: Personas, form: CourierForm) -> None:
    (line,) = record_forms([returned(in_xlsx(form))], by=world.staff)
    assert line.fate == Fate.SAME and isinstance(line, Line)


def test_each_extract_has_an_id_of_its_own(letter: Letter) -> None:
    keys = [key_of(x) for other in Letter.objects.all() for x in other.extracts.all()]
    assert len(set(keys)) == len(keys) == 5
