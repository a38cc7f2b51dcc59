"""The list of letters as the plain values that `writing` puts into a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter, LetterKind, LetterState, Way
from dabir.persian import clock, jalali
from dabir.writing.table import Column, Form, Kind, Table, Value

LANGUAGE = "fa"
"""The record's own."""


def letters_table(letters: QuerySet[Letter], form: Form) -> Table:
    """These letters, newest first: from whom or to whom, under which numbers, and since when they are known to have
    arrived. They come with body, sender and recipients."""
    with translation.override(LANGUAGE):
        columns = [
            Column(_("Number"), Kind.CODE, share=1),
            Column(_("Date"), Kind.JALALI if form == Form.CSV else Kind.DAY, share=0.9),
            Column(_("State"), share=0.9),
            Column(_("Subject"), share=2.6),
            Column(_("From"), share=1.6),
            Column(_("To"), share=2.2),
            Column(_("Kind"), share=1),
            Column(_("Class"), share=0.8),
            Column(_("How it goes"), share=0.9),
            Column(_("Registered as"), Kind.CODE, share=0.8),
            Column(_("Received by all on"), Kind.JALALI if form == Form.CSV else Kind.DAY, share=0.9),
        ]
        return Table(
            title=_("Letters"),
            columns=columns,
            rows=_rows(letters.order_by("-written_at", "-id")),
            notes=[_("On %(day)s") % {"day": jalali.format_long(clock.today())}],
        )


def _rows(letters: QuerySet[Letter]) -> Iterator[Sequence[Value]]:
    for letter in letters.iterator(chunk_size=500):
        to = list(letter.recipients.all())
        days = [one.received_on for one in to if not one.is_copy]
        with translation.override(LANGUAGE):
            yield (
                letter.number,
                letter.dated,
                str(LetterState(letter.state).label),
                letter.subject,
                letter.sender_name or letter.body.party.name,
                letter.body.party.name if letter.came_in else "، ".join(one.name for one in to),
                str(LetterKind(letter.kind).label),
                str(SecrecyClass(letter.secrecy).label),
                str(Way(letter.way).label) if letter.way else "",
                letter.registered_as,
                max((day for day in days if day), default=None) if days and all(days) else None,
            )
