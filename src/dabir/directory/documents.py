"""The directory as the plain values that `writing` puts into a file."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from dabir.directory.models import PartyKind
from dabir.directory.queries import find_parties, parties_visible_to
from dabir.foundation.acting import Acting
from dabir.persian import clock, jalali
from dabir.writing.table import Column, Kind, Table

MOST_FOUND = 50


def parties_table(by: Acting, *, kind: str = "", words: str = "") -> Table:
    """The parties by name, all or of one kind; with words those that any of their names answers to, best first."""
    with translation.override("fa"):
        visible = parties_visible_to(by).select_related("parent")
        rows = find_parties(by, words, limit=MOST_FOUND) if words else visible.order_by("sort_key", "id")
        labels = {value: str(label) for value, label in PartyKind.choices}
        narrowed = [labels[kind]] if kind in labels else []
        narrowed += [_("the words “%(words)s”") % {"words": words}] if words else []
        return Table(
            title=_("Parties"),
            columns=[
                Column(_("Name"), share=3),
                Column(_("Kind"), share=1),
                Column(_("Belongs to"), share=2),
                Column(_("Code"), Kind.CODE, share=1.5),
            ],
            rows=[
                [party.name, labels[party.kind], party.parent.name if party.parent else "", party.code]
                for party in rows
                if kind not in labels or party.kind == kind
            ],
            notes=[
                _("On %(day)s") % {"day": jalali.format_long(clock.today())},
                *([_("Only: %(what)s") % {"what": "؛ ".join(narrowed)}] if narrowed else []),
            ],
        )
