"""Putting each resolution into the hands of those who owe it: an extract for each debtor, or one circular to all.

A letter tells of debts (`obligations.Extract`); they are communicated when its number, date and way are recorded, and
released with that if they were not before. A letter says what stood in the register when it was written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from dabir.cycle.extract_text import circular_table, decided, extract_table
from dabir.directory.models import Party, Post
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import parts as letters
from dabir.letters import wordings
from dabir.letters.models import Letter, LetterKind, LetterState, Urgency
from dabir.letters.parts import Addressee
from dabir.letters.wordings import Words
from dabir.meetings.models import Meeting
from dabir.obligations import parts as obligations
from dabir.obligations.models import RUNNING, Extract, Obligation, Order, Role, State, Wait
from dabir.persian import jalali
from dabir.writing.letters import Grid

DEBTORS = "دستگاه‌های مجری"
"""Whom a circular speaks of where an extract names its agency."""
IN_ITS_PLACE = "نامه دیگری به جای آن نوشته شد"
"""Why a letter that waited was withdrawn; in the language of the record."""

ORDERED = Words(
    "ابلاغ دستور مورخ {تاریخ}",
    "با سلام و احترام،\n"
    "دستور مورخ {تاریخ} که پیگیری آن با دبیرخانه {نهاد} و اجرای آن بر عهده {دستگاه} است، به شرح زیر ابلاغ می‌شود:\n"
    "{مصوبات}\n"
    "تکلیف‌ها، مهلت هر یک و مرجع پاسخ در جدول زیر آمده است. خواهشمند است دستور فرمایید اقدام لازم به عمل آید و نتیجه"
    " تا پایان مهلت به دبیرخانه {نهاد} اعلام شود.",
)
"""What a letter on an order outside meetings says, before its places are filled."""


COMMUNICABLE = Q(is_group=False, lead__isnull=False, state__in=RUNNING, on_paper=False, recurs_from=None)
"""Debts that somebody owes and that run, but those communicated on paper before they came here. Of a group its members'
debts; of a duty that comes again the duty alone, with which each instance is told."""


class Form(StrEnum):
    EXTRACTS = "extracts"
    """A letter for each lead, with all that it owes from the meeting."""
    CIRCULAR = "circular"
    """One letter to all of them."""


def communicable(of: Meeting | Order) -> list[Obligation]:
    """Those debts of a meeting, or of an order outside meetings, in their order."""
    own = Obligation.objects.filter(order=of) if isinstance(of, Order) else of.obligations.all()
    found = own.filter(COMMUNICABLE).select_related("lead", "meeting", "resolution", "point__statement", "order")
    named = [f"waits_for__{name}" for name in ("lead", "meeting", "resolution", "point", "order")]
    awaited = Prefetch("waits_for", Wait.objects.select_related(*named))
    return sorted(found.prefetch_related("involved__party", awaited), key=_place)


def _place(debt: Obligation) -> tuple[int, list[int], int]:
    """Resolutions in their order, then what was said or ordered; the debts of each as their codes count."""
    order = debt.resolution.order if debt.resolution else 1_000_000
    return order, [int(number) for number in re.findall(r"[0-9]{1,9}", debt.code.rpartition("/")[2])], debt.pk


def in_letters(debts: Collection[Obligation]) -> dict[int, list[Letter]]:
    """The letters that tell of these debts and hold, by the debt's key; one query."""
    rows = Extract.objects.filter(obligation__in=debts).exclude(letter__state=LetterState.WITHDRAWN)
    found: dict[int, list[Letter]] = {}
    for row in rows.select_related("letter").order_by("letter_id"):
        found.setdefault(row.obligation_id, []).append(row.letter)
    return found


def communicate(
    meeting: Meeting,
    *,
    by: Acting,
    form: Form = Form.EXTRACTS,
    debts: Iterable[int] | None = None,
    again: bool = False,
    secrecy: SecrecyClass | None = None,
    urgency: Urgency = Urgency.NORMAL,
    copies: bool = True,
    words: Words | None = None,
) -> list[Letter]:
    """Write the letters by which the debts of a meeting, or those of them with these keys, come to whoever owes them;
    helpers get copies, unless they are to get none. The letters wait for their numbers.

    What is in a letter already is passed over; `again` writes of it anew, and takes back the letters that still wait
    with it. Raises `Invalid` for an unsettled debt or a class below the meeting's, `Conflict` where nothing is left.
    """
    require(by, "cycle.communicate", meeting)
    with ledger.standstill():
        meeting.refresh_from_db(fields=["secrecy"])
        secrecy = _class(meeting, secrecy)
        chosen = _chosen(meeting, debts)
        there = in_letters(chosen)
        if again:
            chosen = _take_back(chosen, there, by=by)
        else:
            chosen = [debt for debt in chosen if debt.pk not in there]
        if not chosen:
            raise Conflict(_("Each of these debts is in a letter already."), existing=meeting)
        by_lead = _by_lead(chosen)
        heads = heads_of(by_lead)
        words = words or wordings.words_of(meeting.kept_by, LetterKind.COMMUNICATION)
        groups: list[tuple[list[Party], list[Obligation]]] = [([lead], owed) for lead, owed in by_lead.items()]
        if form == Form.CIRCULAR:
            groups = [(list(by_lead), chosen)]
        made = []
        for leads, owed in groups:
            letter = letters.write_letter(
                _filled(meeting, words, leads, owed, form),
                by=by,
                body=meeting.kept_by,
                kind=LetterKind.COMMUNICATION,
                to=_addressees(leads, owed, heads, copies=copies),
                secrecy=_with_what_it_quotes(secrecy, owed),
                urgency=urgency,
                table=_table(owed, form),
            )
            obligations.put_into_letter(letter, owed, by=by)
            made.append(letter)
    return made


def communicate_order(order: Order, *, by: Acting, urgency: Urgency = Urgency.NORMAL) -> list[Letter]:
    """Write a letter to each lead of what it owes by an order that was given outside a meeting; helpers get copies.
    What is in a letter already is passed over; `Conflict` where nothing is left."""
    require(by, "cycle.communicate_order", Obligation(body=order.body))
    with ledger.standstill():
        there = in_letters(found := communicable(order))
        by_lead = _by_lead(debt for debt in found if debt.pk not in there)
        if not by_lead:
            raise Conflict(_("Each of these debts is in a letter already."), existing=order)
        heads, made = heads_of(by_lead), []
        for lead, owed in by_lead.items():
            values = {
                wordings.AGENCY: lead.name,
                wordings.BODY: order.body.party.name,
                wordings.DAY: jalali.format_day(order.date),
                wordings.DECIDED: decided(owed),
            }
            letter = letters.write_letter(
                wordings.filled(ORDERED, values),
                by=by,
                body=order.body,
                kind=LetterKind.COMMUNICATION,
                to=_addressees([lead], owed, heads, copies=True),
                secrecy=SecrecyClass.NORMAL,
                urgency=urgency,
                table=extract_table(owed),
            )
            obligations.put_into_letter(letter, owed, by=by)
            made.append(letter)
    return made


def _by_lead(debts: Iterable[Obligation]) -> dict[Party, list[Obligation]]:
    found: dict[Party, list[Obligation]] = {}
    for debt in debts:
        assert debt.lead is not None  # communicable
        found.setdefault(debt.lead, []).append(debt)
    return found


def heads_of(parties: Iterable[Party]) -> dict[int, Post]:
    """The post of its head for each agency that has one and only one, by the agency's key; one query."""
    posts = Post.objects.filter(party__parent__in=[party.pk for party in parties], function=Function.HEAD)
    found: dict[int, list[Post]] = {}
    for post in posts.select_related("party").order_by("id"):
        found.setdefault(post.party.parent_id or 0, []).append(post)
    return {key: own[0] for key, own in found.items() if len(own) == 1}


def _class(meeting: Meeting, wanted: SecrecyClass | None) -> SecrecyClass:
    """Never below that of the meeting."""
    own = SecrecyClass(meeting.secrecy)
    if wanted is not None and own.is_above(wanted):
        raise Invalid(_("A letter's class is at least that of its meeting."), field="secrecy")
    return wanted or own


def _with_what_it_quotes(secrecy: SecrecyClass, owed: Iterable[Obligation]) -> SecrecyClass:
    """That class, or the highest of the statements whose points the letter gives word for word."""
    quoted = (SecrecyClass(debt.point.statement.secrecy) for debt in owed if debt.point)
    return max([secrecy, *quoted], key=SecrecyClass.values.index)


def _chosen(meeting: Meeting, keys: Iterable[int] | None) -> list[Obligation]:
    found = communicable(meeting)
    if keys is None:
        return found
    wanted = set(keys)
    chosen = [debt for debt in found if debt.pk in wanted or debt.parent_id in wanted]
    known = {debt.pk for debt in chosen} | {debt.parent_id for debt in chosen}
    for debt in Obligation.objects.filter(pk__in=wanted - known):
        if debt.meeting_id == meeting.pk and debt.state == State.UNSETTLED:
            raise Invalid(_("%(code)s has no lead yet: settle it first.") % {"code": debt.code})
        raise Invalid(_("%(code)s is not to be communicated.") % {"code": debt.code})
    if not chosen:
        raise Invalid(_("Choose at least one debt."))
    return chosen


def _take_back(chosen: list[Obligation], there: dict[int, list[Letter]], *, by: Acting) -> list[Obligation]:
    """These debts, and the others of their letters that still wait for a number: those letters are withdrawn."""
    waiting = {x.pk: x for debt in chosen for x in there.get(debt.pk, ()) if x.state == LetterState.AWAITING}
    if not waiting:
        return chosen
    keys = {debt.pk for debt in chosen}
    keys |= set(Extract.objects.filter(letter__in=waiting).values_list("obligation", flat=True))
    letters.withdraw_letters(list(waiting.values()), by=by, reason=IN_ITS_PLACE)
    meeting = chosen[0].meeting
    assert meeting is not None
    return [debt for debt in communicable(meeting) if debt.pk in keys]


def _addressees(
    leads: Sequence[Party], owed: Iterable[Obligation], heads: dict[int, Post], *, copies: bool
) -> list[Addressee]:
    to = [Addressee(lead, heads.get(lead.pk)) for lead in leads]
    if copies:
        helping = {
            one.party_id: one.party
            for debt in owed
            for one in debt.involved.all()
            if one.role == Role.HELPER and one.party and one.party.merged_into_id is None
        }
        keys = {lead.pk for lead in leads}
        to += [Addressee(party, is_copy=True) for key, party in helping.items() if key not in keys]
    return to


def _filled(meeting: Meeting, words: Words, leads: Sequence[Party], owed: Sequence[Obligation], form: Form) -> Words:
    values = {
        wordings.AGENCY: leads[0].name if form == Form.EXTRACTS else DEBTORS,
        wordings.BODY: meeting.kept_by.party.name,
        wordings.MEETING: meeting.title,
        wordings.DAY: jalali.format_day(meeting.date),
        wordings.DECIDED: decided(owed),
    }
    filled = wordings.filled(words, values)
    return Words(filled.subject[:300], filled.text)


def _table(owed: Sequence[Obligation], form: Form) -> Grid:
    return extract_table(owed) if form == Form.EXTRACTS else circular_table(owed)
