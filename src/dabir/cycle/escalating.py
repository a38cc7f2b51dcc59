"""The daily look at deadlines: which debts have reached which step of their body's ladder, and what follows from it.

Notices go by themselves. Letters are proposed: the secretariat looks at them, chooses, and has them written by one
press; like any other they wait for their number then. A step is done once for a deadline (`Escalation`), and anew when
the deadline was moved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from dabir.cycle.extract_text import ACTION, CODE, LEAD, UNTIL, until
from dabir.cycle.extracts import heads_of
from dabir.cycle.ladder import TRACKS, Step, ladders_of, reached
from dabir.cycle.models import Escalation, NoticeKind, Rung
from dabir.cycle.notices import News, posts_of, write
from dabir.directory.calendar import calendar_for, province_of_party
from dabir.directory.models import Body, Office, Party, Seat
from dabir.directory.spans import in_force
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import parts as letters
from dabir.letters import wordings
from dabir.letters.models import Letter, LetterKind, Urgency
from dabir.letters.parts import Addressee
from dabir.obligations import recurring
from dabir.obligations.models import Obligation, Report, ReportState, State
from dabir.obligations.queries import visible_to
from dabir.obligations.reporting.periods import awaiting_report, last_end
from dabir.persian import clock
from dabir.persian.calendar import Calendar
from dabir.persian.digits import to_persian
from dabir.writing.letters import Grid

LATE = "تأخیر"
BY_LETTER = TRACKS[1]
AT_ONCE = 200
"""Debts in one transaction of the daily look: others get their turn in between."""
FARTHEST = timedelta(days=150)
"""How long before the deadline a notice can be due: 90 working days, with all holidays between."""

CHASED = Q(
    state=State.OPEN,
    is_group=False,
    instances_made=0,
    asleep=False,
    lead__isnull=False,
    released_at__isnull=False,
    due_day__isnull=False,
) & (Q(communicated_at__isnull=False) | Q(on_paper=True))
"""Debts that are chased: told to whoever owes them, awake, with a day. Whatever has no day is not: standing rules, what
waits for an event, recurring duties themselves; nor what is proposed for closing, since that is the body's turn."""

OWED = Q(released_at__isnull=False, lead__isnull=False)
"""Debts whose debtor knows of them."""


@dataclass(frozen=True, slots=True)
class Due:
    """A debt, and the step of the ladder that is to be taken about it now."""

    debt: Obligation
    step: Step


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


@dataclass(frozen=True, slots=True)
class Looked:
    """What a daily look has done: instances made of recurring duties, steps taken, notices written."""

    instances: int
    steps: int
    notices: int


def look(today: date | None = None, *, by: Acting) -> Looked:
    """Make the due instances of recurring duties, take the steps that are due and no letters, and tell of reports that
    are due. Looked again, on the same day or by two at once, it does nothing twice; after days off it takes of each
    track the highest step alone."""
    require(by, "cycle.look")
    today = today or clock.today()
    made = len(recurring.make_due_instances(today, by=by))
    steps = notices = 0
    keys = sorted(one.debt.pk for one in _due(Obligation.objects.all(), today) if one.step.rung not in BY_LETTER)
    late = Obligation.objects.filter(CHASED, due_day__lt=today).values_list("pk", flat=True)
    for some in _batches(sorted({*keys, *late})):
        with ledger.change("cycle.escalate", by=by) as change:
            due = [one for one in _due(Obligation.objects.filter(pk__in=some), today) if one.step.rung not in BY_LETTER]
            change.create_many(_escalation(one) for one in due)
            debts = Obligation.objects.filter(CHASED, pk__in=some, due_day__lt=today)
            notices += len(write(change, [*_news(due, today), *_late(debts)]))
            steps += len(due)
    reports = Obligation.objects.filter(awaiting_report(today), OWED)
    for some in _batches(list(reports.order_by("pk").values_list("pk", flat=True))):
        with ledger.change("cycle.tell", by=by) as change:
            notices += len(write(change, _reports_due(Obligation.objects.filter(pk__in=some), today)))
    return Looked(made, steps, notices)


def proposals(by: Acting, today: date | None = None) -> list[Proposal]:
    """The letters that the actor's secretariats could write today, by body, rung and name. Of the debts that the actor
    may read; a bounded number of queries for each body."""
    today = today or clock.today()
    own = visible_to(by).filter(body__in=by.secretariats)
    found: dict[str, Proposal] = {}
    chairs = {
        seat.body_id: seat.party
        for seat in Seat.objects.filter(in_force(today), body__in=by.secretariats, office=Office.CHAIR).select_related(
            "party"
        )
    }
    late = own.filter(due_day__lt=today).exclude(_with_secretariat())
    for one in _due(late, today, chairless=by.secretariats - chairs.keys()):
        if one.step.rung not in BY_LETTER:
            continue
        to = chairs[one.debt.body_id] if one.step.rung == Rung.DEPUTY else one.debt.lead
        assert to is not None  # CHASED
        proposal = Proposal(one.debt.body, one.step.rung, to, one.debt.secrecy)
        found.setdefault(proposal.key, proposal).debts.append(one)
    order = [rung for track in TRACKS for rung in track]
    return sorted(found.values(), key=lambda p: (p.body.party.sort_key, -order.index(p.rung), p.to.sort_key, p.secrecy))


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
                to=[Addressee(one.to, heads.get(one.to.pk))],
                secrecy=one.secrecy,
                urgency=Urgency.NORMAL if one.rung == Rung.REMINDER else Urgency.URGENT,
                table=_table(one, today or clock.today()),
            )
            with ledger.change("cycle.escalate", by=by, on=letter) as change:
                change.create_many(_escalation(due, letter) for due in one.debts)
            made.append(letter)
    return made


def _due(debts: QuerySet[Obligation], today: date, *, chairless: Collection[int] = ()) -> Iterator[Due]:
    """The steps that are to be taken about these debts. Four queries, and three for each body. A body that has no chair
    (`chairless`) has nobody to report to: what comes before that step is not passed over for it."""
    rows = list(
        debts.filter(CHASED, due_day__lte=today + FARTHEST)
        .select_related("body__party", "lead", "meeting")
        .order_by("sort_day", "pk")
    )
    done: dict[tuple[int, date], list[tuple[Rung, int]]] = {}
    taken = Escalation.objects.filter(obligation__in=debts.filter(CHASED).order_by().values("pk"))
    for key, due, rung, days in taken.values_list("obligation", "due_day", "rung", "days"):
        done.setdefault((key, due), []).append((Rung(rung), days))
    ladders, calendars = ladders_of({debt.body_id for debt in rows}), _calendars({debt.body for debt in rows})
    for key in ladders.keys() & set(chairless):
        ladders[key] = tuple(step for step in ladders[key] if step.rung != Rung.DEPUTY)
    known: dict[tuple[int, date], list[Step]] = {}
    for debt in rows:
        assert debt.due_day is not None  # CHASED
        body, day = debt.body_id, debt.due_day
        before = done.get((debt.pk, day))
        if before is None and (body, day) not in known:
            known[body, day] = reached(ladders[body], day, today, calendars[body])
        for step in reached(ladders[body], day, today, calendars[body], before) if before else known[body, day]:
            yield Due(debt, step)


def _with_secretariat() -> Q:
    """Their head has said that they are done: now it is for the secretariat to find whether they are."""
    waiting = (ReportState.CONFIRMED, ReportState.ENDORSED)
    return Q(Exists(Report.objects.filter(obligation=OuterRef("pk"), done=True, state__in=waiting)))


def _calendars(bodies: Iterable[Body]) -> dict[int, Calendar]:
    found = {}
    for body in bodies:
        province = province_of_party(body.party_id)
        found[body.pk] = calendar_for(province.pk if province else None)
    return found


def _escalation(due: Due, letter: Letter | None = None) -> Escalation:
    assert due.debt.due_day is not None  # CHASED
    return Escalation(
        obligation=due.debt,
        rung=due.step.rung,
        days=due.step.days,
        due_day=due.debt.due_day,
        at=clock.now(),
        letter=letter,
    )


def _news(due: Iterable[Due], today: date) -> Iterator[News]:
    """To whoever owes it that its day is near or here."""
    rows = list(due)
    owing = posts_of({one.debt.lead_id or 0 for one in rows})
    for one in rows:
        debt, day = one.debt, one.debt.due_day
        if one.step.rung == Rung.NOTICE and day and day >= today:
            kind = NoticeKind.NEAR if day > today else NoticeKind.DUE
            key = f"{kind}:{debt.pk}:{day}:{one.step.days}"
            yield News(owing[debt.lead_id or 0], kind, key, obligation=debt)


def _late(debts: QuerySet[Obligation]) -> Iterator[News]:
    """To whoever owes it that its day has passed, once for each day that it had."""
    rows = list(debts)
    owing = posts_of({debt.lead_id or 0 for debt in rows})
    for debt in rows:
        yield News(owing[debt.lead_id or 0], NoticeKind.LATE, f"late:{debt.pk}:{debt.due_day}", obligation=debt)


def _reports_due(debts: QuerySet[Obligation], today: date) -> Iterator[News]:
    rows = list(debts)
    owing = posts_of({debt.lead_id or 0 for debt in rows})
    for debt in rows:
        key = f"report-due:{debt.pk}:{last_end(today, debt.report_months)}"
        yield News(owing[debt.lead_id or 0], NoticeKind.REPORT_DUE, key, obligation=debt)


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


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
