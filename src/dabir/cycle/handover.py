"""The hand-over sheet of a post (صورت تحویل و تحول): what is open when it passes to somebody else, for both to sign.

Debts belong to the post, and nothing passes by this sheet; it tells, and holds no more than its reader may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from dabir.cycle import rules  # noqa: F401  (declares the permissions)
from dabir.directory import tenures
from dabir.directory.models import Post, Tenure, TenureKind
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.letters import queries as letters
from dabir.letters.models import Letter, LetterState
from dabir.meetings.checking import manuscripts_visible_to
from dabir.meetings.models import DraftState, ManuscriptState
from dabir.meetings.queries import drafts_visible_to
from dabir.obligations import queries as obligations
from dabir.obligations.columns import due_in_words
from dabir.obligations.models import NOT_ENDED, Obligation
from dabir.obligations.reporting.periods import planned_on
from dabir.persian import clock
from dabir.persian.digits import to_persian
from dabir.writing.table import Column, Kind, Table

LANGUAGE = "fa"
ROOM = "\u200b\n" * 3 + "\u200b"
"""What leaves room for a hand to sign."""


@dataclass(frozen=True, slots=True)
class Open:
    """A debt that is open, with what was to be done by now."""

    debt: Obligation
    due: str
    planned: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """Something begun and not finished: what, and for which body."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Handover:
    """`before` and `holder` are who had the post last and who has it today, where somebody does."""

    post: Post
    day: date
    before: Tenure | None
    holder: Tenure | None
    debts: list[Open]
    letters: list[Letter]
    drafts: list[Draft]


def handover_of(post: Post, *, by: Acting) -> Handover:
    """What the post leaves to whoever takes it over, today; a bounded number of queries."""
    require(by, "cycle.handover_of", post)
    acts, day = tenures.acting_of(post), clock.today()
    before, holder = _holders(post, day)
    return Handover(post, day, before, holder, _debts(acts, by, day), _letters(acts, by), _drafts(acts, by))


def tables_of(sheet: Handover) -> list[Table]:
    """The sheet as it is printed, with the lines to sign on."""
    with translation.override(LANGUAGE):
        return [_debts_table(sheet), _letters_table(sheet), _drafts_table(sheet), _signatures(sheet)]


def _holders(post: Post, day: date) -> tuple[Tenure | None, Tenure | None]:
    """Of those who held it, not stood in for somebody: the last one that was before, and today's. Where the next one
    is appointed already, today's, or the last one, and that one: whoever leaves signs while they are there."""
    held = post.tenures.exclude(kind=TenureKind.SUBSTITUTE).select_related("person")
    newest = list(held.filter(starts__lte=day).order_by("-starts", "-id")[:2])
    following = held.filter(starts__gt=day).order_by("starts", "id").first()
    if following or (newest and newest[0].ends and newest[0].ends < day):
        return (newest[0] if newest else None), following
    return (newest[1] if len(newest) > 1 else None), (newest[0] if newest else None)


def _debts(acts: Acting, by: Acting, day: date) -> list[Open]:
    found = obligations.followed_by(by).filter(lead__in=acts.parties, state__in=NOT_ENDED, is_group=False)
    rows = found.prefetch_related("milestones").order_by("sort_day", "id")
    return [
        Open(debt, due_in_words(debt.due_day, debt.due_text, debt.trigger), planned_on(debt.milestones.all(), day))
        for debt in rows
    ]


def _letters(acts: Acting, by: Acting) -> list[Letter]:
    """Those that came to its organization without a receipt, and its secretariat's that wait for a number."""
    visible = letters.visible_to(by).prefetch_related("recipients__party")
    came = visible.filter(
        state=LetterState.NUMBERED, recipients__party__in=acts.parties, recipients__received_on__isnull=True
    )
    own = visible.filter(state=LetterState.AWAITING, body__in=acts.secretariats)
    return sorted({*came.distinct(), *own}, key=lambda one: one.pk)


def _drafts(acts: Acting, by: Acting) -> list[Draft]:
    """Papers that wait for a decision, and minutes that are being written, of the bodies whose secretariat it is in."""
    papers = drafts_visible_to(by).filter(state=DraftState.OPEN, kept_by__in=acts.secretariats)
    begun = manuscripts_visible_to(by).filter(meeting__kept_by__in=acts.secretariats)
    begun = begun.exclude(state=ManuscriptState.SEALED)
    return [
        *(Draft(one.name, one.kept_by.party.name) for one in papers.select_related("kept_by__party").order_by("id")),
        *(
            Draft(one.meeting.title, one.meeting.kept_by.party.name)
            for one in begun.select_related("meeting__kept_by__party").order_by("id")
        ),
    ]


def _debts_table(sheet: Handover) -> Table:
    party = sheet.post.party
    who = {
        "before": sheet.before.person.name if sheet.before else "—",
        "holder": sheet.holder.person.name if sheet.holder else "—",
    }
    return Table(
        title=_("Hand-over sheet: %(post)s") % {"post": party.name},
        notes=[
            str(party.parent),
            _("Handed over by: %(before)s; taken over by: %(holder)s") % who,
            to_persian(
                _("%(debts)s open debts, %(letters)s letters, %(drafts)s drafts")
                % {"debts": len(sheet.debts), "letters": len(sheet.letters), "drafts": len(sheet.drafts)}
            ),
        ],
        columns=[
            Column(_("Code"), Kind.CODE, share=1.2),
            Column(_("What is to be done"), share=3),
            Column(_("Deadline"), share=1),
            Column(_("First deadline"), Kind.JALALI),
            Column(_("Planned, percent"), Kind.NUMBER, share=0.6),
            Column(_("Reported, percent"), Kind.NUMBER, share=0.6),
            Column(_("Verified, percent"), Kind.NUMBER, share=0.6),
            Column(_("Last words"), share=1.8),
        ],
        rows=[
            [
                one.debt.code,
                one.debt.action,
                one.due,
                one.debt.first_due_day,
                one.planned,
                one.debt.reported_percent,
                one.debt.verified_percent,
                one.debt.last_words,
            ]
            for one in sheet.debts
        ],
    )


def _letters_table(sheet: Handover) -> Table:
    columns = [Column(_("Number"), Kind.CODE), Column(_("Date"), Kind.JALALI), Column(_("Subject"), share=3)]
    rows: list[list[Any]] = [[one.number, one.dated, one.subject] for one in sheet.letters]
    return Table(title=_("Letters without a number or a receipt"), columns=columns, rows=rows)


def _drafts_table(sheet: Handover) -> Table:
    rows = [[one.title, one.body] for one in sheet.drafts]
    return Table(title=_("Papers and minutes begun"), columns=[Column(_("What")), Column(_("Body"))], rows=rows)


def _signatures(sheet: Handover) -> Table:
    columns = [Column(""), Column(_("Name"), share=2), Column(_("Date")), Column(_("Signature"), share=2)]
    rows = [
        [_("handed over"), sheet.before.person.name if sheet.before else "", "", ROOM],
        [_("taken over"), sheet.holder.person.name if sheet.holder else "", "", ROOM],
        [_("head of the organization"), "", "", ROOM],
    ]
    return Table(title=_("Signatures"), columns=columns, rows=rows)
