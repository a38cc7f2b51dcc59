"""Courier forms that came back: what each of their rows would record, and the recording of it.

A row is known by its id. One that is unknown here, was changed, is another secretariat's, stands twice with different
answers, or cannot be true is refused with a reason; the others are recorded together. The same form again is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache, partial

from django.utils.translation import gettext as _

from dabir.cycle.courier import is_key_of, number_in_key
from dabir.foundation import files, ledger
from dabir.foundation.access import may, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.models import StoredFile
from dabir.letters import parts as letters
from dabir.letters import receipts
from dabir.letters.models import Recipient
from dabir.letters.receipts import Receipt
from dabir.obligations import parts as obligations
from dabir.obligations.models import Extract, Obligation, Reply, ReplyKind
from dabir.obligations.replies import Answer
from dabir.persian import clock, jalali
from dabir.persian.letters import squash
from dabir.reading.sheets.table import Row, Table, Value
from dabir.writing import courier

MOST_ROWS = 2_000
_HEADS = {squash(head): head for head in (*courier.GIVEN, *courier.ASKED)}
_NEEDED = {courier.ID, courier.ANSWER, courier.RECEIVED}
_ANSWERS = {
    squash(word): kind
    for words, kind in (
        (("وصول شد", "وصول", "دریافت شد", "تأیید", "تأیید شد", "بله"), ReplyKind.ACKNOWLEDGED),
        (("اعتراض", "اعتراض دارد", "اعتراض داریم"), ReplyKind.OBJECTION),
    )
    for word in words
}


class Fate(StrEnum):
    NEW = "new"
    SAME = "same"
    """It says nothing, or what stands here already."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Returned:
    """A form that came back: its name, its tables, and the hash under which its bytes lie on the disk."""

    name: str
    tables: list[Table]
    sha256: str = ""


@dataclass(slots=True)
class Line:
    """A row of a form: where it stands, the debt that it is about, what it says and what becomes of it."""

    form: Returned
    number: int
    key: str
    said: dict[str, str]
    fate: Fate = Fate.SAME
    why: str = ""
    debt: Obligation | None = None
    recipient: Recipient | None = None
    received: Receipt | None = None
    answer: Answer | None = None
    notes: list[str] = field(default_factory=list)

    def refuse(self, why: str) -> None:
        if self.fate != Fate.REFUSED:
            self.fate, self.why = Fate.REFUSED, why


def preview_forms(forms: Sequence[Returned], *, by: Acting) -> list[Line]:
    """What each row would record, without recording it; `Invalid` where no table is a courier form."""
    require(by, "cycle.preview_forms")
    lines = [line for form in forms for line in _lines(form)]
    if not lines:
        raise Invalid(_("No table here is a courier form: the column of ids is missing."), field="file")
    if len(lines) > MOST_ROWS:
        raise Invalid(_("These are too many rows at once."), field="file")
    keys = {number for line in lines if (number := number_in_key(line.key)) is not None}
    extracts = Extract.objects.select_related("letter__body", "obligation__lead", "obligation__meeting")
    found = extracts.in_bulk(keys)
    recipients = {
        (one.letter_id, one.party_id): one
        for one in Recipient.objects.filter(letter__in={x.letter_id for x in found.values()}).select_related("letter")
    }
    newest: dict[int, Reply] = {}
    for reply in Reply.objects.filter(obligation__in={x.obligation_id for x in found.values()}).order_by("id"):
        newest[reply.obligation_id] = reply
    for line in lines:
        extract = found.get(number_in_key(line.key) or 0)
        # To whoever may not know of a letter its id is as unknown as one that was made up.
        if extract is None or not may(by, "cycle.record_receipts", extract.letter):
            line.refuse(_("This id is unknown here."))
        elif not is_key_of(line.key, extract) or squash(line.said[courier.CODE]) != squash(extract.obligation.code):
            line.refuse(_("The id or the code was changed in the form."))
        else:
            _weigh(line, extract, recipients, newest.get(extract.obligation_id))
    _twice(lines)
    _together(lines)
    return lines


def record_forms(forms: Sequence[Returned], *, by: Acting) -> list[Line]:
    """Record what `preview_forms` tells: receipts, acknowledgements and objections, together; refused rows stay out."""
    require(by, "cycle.record_forms")
    with ledger.standstill():
        lines = preview_forms(forms, by=by)
        taken = [line for line in lines if line.fate == Fate.NEW]
        for line in taken:
            assert line.recipient is not None
            require(by, "cycle.record_receipts", line.recipient.letter)
        got = {line.received.recipient.pk: line.received for line in taken if line.received}
        if got:
            received = letters.record_receipts(list(got.values()), by=by)
            obligations.follow_letters([one.letter for one in received], by=by)
        stored = cache(partial(stored_form, by=by))
        for line in taken:
            if line.answer and line.debt:
                obligations.record_reply(line.debt, line.answer, by=by, form=stored(line.form.sha256))
    return lines


def _lines(form: Returned) -> Iterator[Line]:
    for table in form.tables:
        columns: dict[str, int] = {}
        for row in table.rows:
            heads = _heads(row)
            if heads.keys() >= _NEEDED:
                columns = heads
            elif columns and (key := _text(row.cell(columns[courier.ID]))):
                said = dict.fromkeys(_HEADS.values(), "")
                said |= {head: _said(head, row.cell(at)) for head, at in columns.items()}
                yield Line(form, row.number, key, said)


def _heads(row: Row) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        head = _HEADS.get(squash(cell)) if isinstance(cell, str) else None
        if head:
            found.setdefault(head, at)
    return found


def _weigh(line: Line, extract: Extract, recipients: dict[tuple[int, int], Recipient], newest: Reply | None) -> None:
    """Read what the row says, and compare it with what stands here."""
    line.debt = debt = extract.obligation
    line.recipient = recipients.get((extract.letter_id, debt.lead_id or 0))
    if line.recipient is None:
        return line.refuse(_("This debt has another lead now."))
    try:
        line.received = _receipt(line, line.recipient)
        line.answer = _answer(line)
    except Invalid as error:
        return line.refuse(str(error))
    if line.received:
        recipient = line.recipient
        if faults := receipts.faults_of([line.received]):
            return line.refuse(str(faults[0]))
        stands = (recipient.received_on, recipient.received_by, recipient.registered_as)
        if stands == (line.received.day, line.received.clean_name, line.received.clean_number):
            line.received = None
        elif recipient.received_on:
            was = jalali.format_day(recipient.received_on)
            line.notes.append(_("Another receipt stands here, of %(day)s; it is corrected.") % {"day": was})
    if line.answer and line.answer.is_of(newest):
        line.answer = None
    if line.answer and debt.communicated_at is None and not debt.on_paper:
        return line.refuse(_("%(code)s has not been communicated yet.") % {"code": debt.code})
    if line.received or line.answer:
        line.fate = Fate.NEW
    return None


def _receipt(line: Line, recipient: Recipient) -> Receipt | None:
    day, name, number = (line.said[head] for head in (courier.RECEIVED, courier.BY, courier.REGISTERED))
    if not (day or name or number):
        return None
    if not day:
        raise Invalid(_("It says who received it, but not on which day."))
    found = _day(day)
    if found is None:
        raise Invalid(_("“%(text)s” is no day.") % {"text": day[:40]})
    return Receipt(recipient, found, name, number)


def _answer(line: Line) -> Answer | None:
    said, objection, remark = (line.said[head] for head in (courier.ANSWER, courier.OBJECTION, courier.REMARK))
    if not said:
        if objection or remark:
            raise Invalid(_("It has words, but not whether it is acknowledged or objected to."))
        return None
    kind = _ANSWERS.get(squash(said))
    if kind is None:
        raise Invalid(_("“%(text)s” is none of the two answers.") % {"text": said[:40]})
    if kind == ReplyKind.ACKNOWLEDGED and objection:
        raise Invalid(_("It is acknowledged and objected to at once."))
    return Answer.of(kind, objection, remark, line.said[courier.BY])


def _day(text: str) -> date | None:
    """A Jalali day; `text` is "@1398-07-20" for a real date of a workbook."""
    return date.fromisoformat(text[1:]) if text.startswith("@") else jalali.parse_day(text, clock.today())


def _twice(lines: Iterable[Line]) -> None:
    """A row that stands twice: the same again is nothing, something else refuses both."""
    first: dict[int, Line] = {}
    for line in lines:
        if line.debt is None or line.recipient is None:
            continue
        other = first.setdefault(number_in_key(line.key) or 0, line)
        if other is line:
            continue
        if other.said == line.said:
            line.fate, line.received, line.answer = Fate.SAME, None, None
            line.notes.append(_("The same row stands in %(file)s too.") % {"file": other.form.name})
        else:
            why = _("This id stands twice, with different answers.")
            other.refuse(why)
            line.refuse(why)


def _together(lines: Iterable[Line]) -> None:
    """Rows of one letter to one agency tell of one receipt; where they differ none of them is believed."""
    told: dict[int, list[Line]] = {}
    for line in lines:
        if line.received and line.fate == Fate.NEW:
            told.setdefault(line.received.recipient.pk, []).append(line)
    for same in told.values():
        if len({(x.received.day, x.received.clean_name, x.received.clean_number) for x in same if x.received}) > 1:
            for line in same:
                line.refuse(_("The rows of this letter tell of different receipts."))


def _text(cell: Value) -> str:
    return "" if cell is None else str(cell).strip()


def _said(head: str, cell: Value) -> str:
    """What stands in a cell. A number that Excel made of what was typed is written without its fraction."""
    if isinstance(cell, datetime):
        return f"@{cell.date().isoformat()}" if head == courier.RECEIVED else cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _text(cell)


def stored_form(sha256: str, by: Acting) -> StoredFile | None:
    """The row of a form's file; none where its bytes are gone by now."""
    try:
        data = files.path_of(sha256).read_bytes() if sha256 else b""
    except OSError:
        return None
    if not data:
        return None
    with ledger.change("cycle.keep_form", by=by) as change:
        return files.register(change, data)
