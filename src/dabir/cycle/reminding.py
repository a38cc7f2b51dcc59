"""The letters that the ladder proposes: the secretariat looks at them, chooses, and has them written by one press; like
any other they wait for their numbers then."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from dabir.cycle.chased import CHASED, Due, counted_from, deputies_of, steps_due, with_secretariat
from dabir.cycle.extract_text import ACTION, CODE, LEAD, UNTIL, until
from dabir.cycle.extracts import heads_of
from dabir.cycle.ladder import BY_LETTER, TRACKS
from dabir.cycle.models import Escalation, Rung
from dabir.directory.models import Body, Party, PartyKind, Post
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import parts as letters
from dabir.letters import wordings
from dabir.letters.models import Letter, LetterKind, Urgency
from dabir.letters.parts import Addressee
from dabir.obligations.queries import visible_to
from dabir.persian import clock
from dabir.persian.digits import to_persian
from dabir.writing.letters import Grid

LATE = "تأخیر"


@dataclass(slots=True)
class Proposal:
    """A letter that could be written today: of this rung, to this party, about these debts of one class."""

    body: Body
    rung: Rung
    to: Party
    secrecy: SecrecyClass
    debts: list[Due] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.body.pk}:{self.rung}:{self.to.pk}:{self.secrecy}"


def proposals(by: Acting, today: date | None = None) -> list[Proposal]:
    """The letters that the actor's secretariats could write today, by body, rung and name. Of the debts that the actor
    may read; a bounded number of queries for each body."""
    today = today or clock.today()
    own = visible_to(by).filter(body__in=by.secretariats)
    found: dict[str, Proposal] = {}
    deputies = deputies_of(by.secretariats, today)
    for one in steps_due(own.filter(due_day__lt=today).exclude(with_secretariat()), today):
        if one.step.rung not in BY_LETTER:
            continue
        to = deputies[one.debt.body_id] if one.step.rung == Rung.DEPUTY else one.debt.lead
        assert to is not None  # CHASED
        proposal = Proposal(one.debt.body, one.step.rung, to, one.debt.secrecy)
        found.setdefault(proposal.key, proposal).debts.append(one)
    order = [rung for track in TRACKS for rung in track]
    return sorted(found.values(), key=lambda p: (p.body.party.sort_key, -order.index(p.rung), p.to.sort_key, p.secrecy))


def waiting_letters(by: Acting) -> QuerySet[Escalation]:
    """What the daily look has proposed to the actor's secretariats, of debts that the actor may read, as long as nobody
    has written it and the debts stand as they did."""
    debts = visible_to(by).filter(CHASED, body__in=by.secretariats).exclude(with_secretariat())
    own, since = Escalation.objects.filter(rung__in=BY_LETTER), counted_from(F("obligation__due_day"), "obligation")
    same = own.filter(obligation=OuterRef("obligation"), due_day=OuterRef("due_day"))
    written = same.filter(letter__isnull=False, days__gte=OuterRef("days"))
    return own.filter(~Exists(written), letter=None, obligation__in=debts, due_day=since)


def write_reminders(chosen: Collection[str], *, by: Acting, today: date | None = None) -> list[Letter]:
    """Write the chosen ones of the proposed letters (`Proposal.key`); they wait for their numbers. `Conflict` where
    none of them is proposed any more: somebody has written them, or the debts have moved."""
    require(by, "cycle.write_reminders")
    named = (one.partition(":")[0] for one in chosen)
    keys = {int(key) for key in named if key.isascii() and key.isdecimal() and len(key) < 16}
    for body in Body.objects.filter(pk__in=keys):
        require(by, "cycle.write_reminders", body)
    with ledger.standstill():
        wanted = [one for one in proposals(by, today) if one.key in set(chosen)]
        if not wanted:
            raise Conflict(_("These letters have been written already."))
        heads = heads_of(one.to for one in wanted)
        made = []
        for one in wanted:
            letter = letters.write_letter(
                wordings.filled(
                    wordings.words_of(one.body, LetterKind(one.rung.value)),
                    {
                        wordings.AGENCY: one.to.name,
                        wordings.BODY: one.body.party.name,
                        wordings.COUNT: to_persian(str(len(one.debts))),
                    },
                ),
                by=by,
                body=one.body,
                kind=LetterKind(one.rung.value),
                to=[_addressee(one.to, heads)],
                secrecy=one.secrecy,
                urgency=Urgency.NORMAL if one.rung == Rung.REMINDER else Urgency.URGENT,
                table=_table(one, today or clock.today()),
            )
            with ledger.change("cycle.escalate", by=by, on=letter) as change:
                _note(change, one, letter)
            made.append(letter)
    return made


def escalation(due: Due, letter: Letter | None = None) -> Escalation:
    """The row that notes it."""
    step, day = due.step, due.since
    return Escalation(obligation=due.debt, rung=step.rung, days=step.days, due_day=day, at=clock.now(), letter=letter)


def _note(change: ledger.Change, proposal: Proposal, letter: Letter) -> None:
    """That these steps are taken; what a daily look has proposed waits no longer."""
    debts = [one.debt.pk for one in proposal.debts]
    rows = Escalation.objects.filter(obligation__in=debts, rung=proposal.rung, letter=None)
    waiting = {(row.obligation_id, row.due_day, row.days): row for row in rows}
    for one in proposal.debts:
        row = waiting.get((one.debt.pk, one.since, one.step.days))
        if row:
            change.update(row, letter=letter, at=clock.now())
        else:
            change.create(escalation(one, letter))


def _addressee(to: Party, heads: dict[int, Post]) -> Addressee:
    """Of a post its organization, which gets the letter, and the post, which it is addressed to."""
    if to.kind == PartyKind.POST and to.parent:
        return Addressee(to.parent, to.post)
    return Addressee(to, heads.get(to.pk))


def _table(proposal: Proposal, today: date) -> Grid:
    """The debts of a letter; whoever gets a report on others reads whose they are."""
    rows = []
    for one in proposal.debts:
        assert one.debt.due_day is not None  # CHASED
        late = to_persian(f"{(today - one.debt.due_day).days} روز")
        lead = [one.debt.lead.name] if proposal.rung == Rung.DEPUTY and one.debt.lead else []
        rows.append((one.debt.code, *lead, to_persian(one.debt.action), until(one.debt), late))
    if proposal.rung == Rung.DEPUTY:
        return Grid((CODE, LEAD, ACTION, UNTIL, LATE), (0, 1.6, 3, 1.3, 0.8), tuple(rows))
    return Grid((CODE, ACTION, UNTIL, LATE), (0, 3, 1.5, 0.8), tuple(rows))
