"""The form in which an order or a resolution is written by hand: what was typed, what the reader fills in, its debts.

Fields of the n-th debt are named `n-action`, `n-lead`, `n-helpers`, `n-recipients`, `n-kind`, `n-day`, `n-words`;
`row` names the debts that the form has. Whatever was typed is shown again; what cannot be taken is said beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from dabir.desk import entry
from dabir.desk.party_entry import Ambiguous, Named, kept_in, parties_of, party_of
from dabir.desk.terms import reason_of
from dabir.directory.models import Party
from dabir.directory.queries import standing
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.obligations.making import DAYS, MOST_DUTIES, Due, Duty
from dabir.obligations.models import DueKind, Role
from dabir.persian import jalali
from dabir.reading import minutes as paper

ROLES = (("helpers", Role.HELPER), ("recipients", Role.RECIPIENT))
KINDS = (DueKind.DAY, DueKind.TRIGGER, DueKind.RECURRENCE, DueKind.NONE)


@dataclass(slots=True)
class Row:
    """One debt as it stands in the form. `named` are those picked, by field, `typed` the words not looked up yet;
    `notes` say why the reader took a name for a party's, `candidates` whom an uncertain one may mean."""

    number: int
    action: str = ""
    kind: str = DueKind.DAY
    day: str = ""
    words: str = ""
    lead_text: str = ""
    """The text's own words for the lead, kept while nobody has said whom they mean."""
    named: dict[str, list[Named]] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    candidates: dict[str, list[Party]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (
            self.action.strip() or self.day or self.words or any(self.named.values()) or any(self.typed.values())
        )


@dataclass(slots=True)
class Entry:
    """The whole form; `faults` by field, empty key for what concerns none."""

    way: str = ""
    body: str = ""
    number: str = ""
    item: str = ""
    day: str = ""
    text: str = ""
    meeting: list[Named] = field(default_factory=list)
    meeting_words: str = ""
    rows: list[Row] = field(default_factory=lambda: [Row(1)])
    faults: dict[str, str] = field(default_factory=dict)

    def fault(self, error: Invalid) -> None:
        self.faults.setdefault(error.field or "", str(error))
        number, _dash, name = (error.field or "").partition("-")
        if isinstance(error, Ambiguous):
            for row in self.rows:
                if str(row.number) == number:
                    row.candidates[name] = error.candidates


def typed(posted: QueryDict, by: Acting) -> Entry:
    """What was posted, as it is to be shown again; nothing is refused here."""
    numbers = [int(n) for n in dict.fromkeys(posted.getlist("row")) if n.isascii() and n.isdecimal() and len(n) < 4]
    rows = [_typed_row(posted, number, by) for number in (numbers or [1])[:MOST_DUTIES]]
    form = Entry(meeting_words=posted.get("meeting", ""), rows=rows)
    for name in ("way", "body", "number", "item", "day", "text"):
        setattr(form, name, posted.get(name, ""))
    return form


def _typed_row(posted: QueryDict, number: int, by: Acting) -> Row:
    row = Row(number, lead_text=posted.get(f"{number}-lead-text", "")[:300])
    for name in ("action", "kind", "day", "words"):
        setattr(row, name, posted.get(f"{number}-{name}", getattr(row, name)))
    for name in ("lead", "helpers", "recipients"):
        row.named[name], row.typed[name] = kept_in(posted, f"{number}-{name}", by, several=name != "lead")
    return row


def read_into(form: Entry, duties: Iterable[paper.Obligation]) -> None:
    """Fill the form's debts with what the reader has found. What is certain is filled in, with the reason beside it;
    a lead that is not stays a gap with those whom it may mean, any other name stays the words that it is."""
    duties = list(duties)
    named = [p for duty in duties for p in (duty.lead, *duty.helpers, *duty.recipients) if p]
    parties = standing(p.party for p in named if p.party)
    form.rows = [_read_row(number, duty, parties) for number, duty in enumerate(duties, 1)] or form.rows


def _read_row(number: int, duty: paper.Obligation, parties: dict[int, Party]) -> Row:
    due = Due.on_paper(duty.due)
    row = Row(
        number,
        re.sub(r"^و\s+", "", duty.action),
        kind=due.kind if due.kind in KINDS else DueKind.DAY,
        words=due.trigger or due.text,
    )
    if due.day:
        row.day = jalali.format_day(due.day, persian_digits=False)
    elif duty.due and duty.due.kind in (*DAYS, paper.DueKind.VAGUE):
        row.kind = DueKind.DAY  # the text has a limit, and no day: a gap
        row.notes["day"] = _("The text says “%(words)s”, and no day.") % {"words": due.text}
    for name, found in (("helpers", duty.helpers), ("recipients", duty.recipients)):
        row.named[name] = [Named(parties.get(one.known or 0), one.text) for one in found]
    if lead := duty.lead:
        row.lead_text = lead.text[:300]
        party = parties.get(lead.party or 0)
        if party and lead.known:
            row.named["lead"] = [Named(party, lead.text)]
        elif party:
            row.candidates["lead"] = [party]
        said = {"words": lead.text, "reason": reason_of(lead) or _("not known who that is")}
        row.notes["lead"] = _("The text says “%(words)s”: %(reason)s.") % said
    return row


def duties_of(form: Entry, posted: QueryDict, by: Acting) -> list[Duty]:
    """The debts that the form asks for; `form.faults` say what is wrong with them, all at once."""
    form.rows = [row for row in form.rows if not row.is_empty] or form.rows[:1]
    made = []
    for row in form.rows:
        try:
            made.append(_duty(form, row, posted, by))
        except Invalid as error:
            form.fault(error)
    return made


def _duty(form: Entry, row: Row, posted: QueryDict, by: Acting) -> Duty:
    name = f"{row.number}-"
    lead = party_of(posted, f"{name}lead", by, fresh=True)
    involved = [
        (role, one.party, one.text)
        for part, role in ROLES
        for one in parties_of(posted, f"{name}{part}", by, fresh=True)
    ]
    return Duty(
        action=(row.action if row.action.strip() or len(form.rows) > 1 else form.text).strip(),
        lead=lead.party if lead else None,
        lead_text=lead.text if lead else row.lead_text,
        due=_due(row),
        involved=tuple(involved),
    )


def _due(row: Row) -> Due:
    words = row.words.strip()[:300]
    if row.kind in (DueKind.TRIGGER, DueKind.RECURRENCE) and not words:
        raise Invalid(_("Write it in words."), field=f"{row.number}-words")
    if row.kind == DueKind.TRIGGER:
        return Due(DueKind.TRIGGER, text=words, trigger=words)
    if row.kind == DueKind.RECURRENCE:
        return Due(DueKind.RECURRENCE, text=words)
    day: date | None = entry.optional_day(row.day, field=f"{row.number}-day") if row.kind == DueKind.DAY else None
    return Due.on(day, text=words) if day else Due(text=words)
