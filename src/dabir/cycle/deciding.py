"""What minutes decide on debts that are there: told before they are sealed or accepted, written in that transaction.

A body decides on its own debts by a line of its minutes that names their codes (`reading.acts`), or that a person has
said to mean them (`meetings.corrections.acts`). What cannot be decided so is a finding beside the text: the secretary
corrects the line, or lets it pass with a reason, and then nothing comes of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from dabir.cycle.finishing import open_where_missing
from dabir.directory.models import Body
from dabir.foundation import ledger
from dabir.foundation.access import may, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.prepared import fresh
from dabir.meetings.models import ON_RECORD, Draft, Meeting, Resolution
from dabir.meetings.recording import Recorded
from dabir.obligations import parts as obligations
from dabir.obligations.deciding import ENDS, TAKEN_FROM, Decided, bodies_of, refusal
from dabir.obligations.models import Act, Obligation
from dabir.obligations.queries import visible_to
from dabir.persian import clock
from dabir.reading.acts import acts_in, reason_in, without_acts, wording_of
from dabir.reading.lines import Passage
from dabir.reading.minutes import DebtAct, Finding, Lines, Minutes, ResolutionKind, Severity
from dabir.reading.minutes import Resolution as Said

UNKNOWN, REFUSED = "decides.unknown", "decides.refused"
OPEN_AGAIN = "تکلیفی از این جلسه دوباره به جریان افتاد"
"""Why a finished meeting is open again; in the language of the record."""
_TOGETHER = ({Act.EXTEND, Act.AMEND}, {Act.REFUSE, Act.AMEND})
"""What the same minutes can decide on one debt."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a resolution of the minutes (by its id) decides on a debt: `problem` says why nothing would come of it."""

    resolution: str
    number: str
    said: DebtAct
    lines: Lines
    debt: Obligation | None
    decided: Decided
    problem: str = ""


def planned(minutes: Minutes, *, bodies: Collection[int], met: date | None) -> list[Planned]:
    """What the minutes of these bodies (by key) decide on debts, in the order of the text. One query, and none where
    they decide on none."""
    return _planned(minutes.resolutions, bodies, met)


def unrecorded(resolution: Resolution, by: Acting) -> list[Planned]:
    """What the words of a resolution on record decide on debts, and nobody has recorded, of those whose decisions the
    actor records: one that was written by hand applies nothing by itself. Three queries, none for other words."""
    meeting = resolution.meeting
    if meeting.state not in ON_RECORD:
        return []
    acts = acts_in(Passage.of([(1, resolution.text)]), meeting.date).certain
    if not acts:
        return []
    said = Said(resolution.text, (1, 1), ResolutionKind.AMENDMENT, acts=acts)
    found = _planned([said], bodies_of(meeting), meeting.date)
    known = readable_in(found, by)
    recorded = set(resolution.decisions.values_list("obligation", "act"))
    return [
        one
        for one in found
        if one.debt
        and not one.problem
        and one.debt.pk in known
        and (one.debt.pk, one.decided.act) not in recorded
        and may(by, "cycle.decide_by_resolution", one.debt)
    ]


def decides_alone(text: str, met: date) -> bool:
    """Whether the words of a resolution do nothing but decide on debts: then they make none."""
    passage = Passage.of([(1, text)])
    acts = acts_in(passage, met)
    return bool(acts.certain) and without_acts(passage, acts) is None


def _planned(resolutions: Iterable[Said], bodies: Collection[int], met: date | None) -> list[Planned]:
    stated = [(one, act) for one in resolutions for act in one.acts]
    if not stated:
        return []
    codes = {code for _one, act in stated for code in (act.debt, act.into) if code}
    known = Obligation.objects.filter(code__in=codes, body__in=bodies).select_related("meeting", "order", "lead")
    debts = {debt.code: debt for debt in known}
    ending = {act.debt for _one, act in stated if Act(act.act) in ENDS}
    before: dict[str, list[Act]] = {}
    found = []
    for resolution, act in stated:
        day = date.fromisoformat(act.day.iso) if act.day else None
        kind = Act(act.act)
        decided = Decided(kind, day, debts.get(act.into or ""), _words(kind, act.text))
        if kind == Act.AMEND:
            decided = replace(decided, wording=wording_of(act.text, resolution.text))
        debt = debts.get(act.debt)
        problem = _problem(act, debts, decided, before.setdefault(act.debt, []), ending)
        if debt and not problem:
            problem = refusal(debt, decided, bodies=bodies, met=met or clock.today())
        before[act.debt].append(decided.act)
        number = resolution.number or resolution.id.removeprefix("r")
        found.append(Planned(resolution.id, number, act, resolution.lines, debt, decided, problem))
    return found


def readable_in(deciding: Iterable[Planned], by: Acting) -> frozenset[int]:
    """The keys of those of these debts that the actor may read: whoever types a code learns no words by it."""
    keys = {one.debt.pk for one in deciding if one.debt}
    return frozenset(visible_to(by).filter(pk__in=keys).values_list("pk", flat=True)) if keys else frozenset()


def planned_on_paper(draft: Draft, minutes: Minutes) -> list[Planned]:
    """What a paper on the workbench, as it is corrected now, would decide on debts once it is accepted."""
    return planned(minutes, bodies=bodies_on_paper(draft, minutes), met=minutes.header.day)


def bodies_on_paper(draft: Draft, minutes: Minutes) -> set[int]:
    """The bodies, by key, that met as the paper is corrected now, and the one that keeps it."""
    parties = [body.party for body in minutes.bodies if body.party]
    met = Body.objects.filter(party__in=parties).values_list("pk", flat=True) if parties else ()
    return {draft.kept_by_id, *met}


def findings_beside(meeting: Meeting, minutes: Minutes) -> list[Finding]:
    """What is wrong with what the text of a meeting's minutes decides on debts, as findings beside it."""
    if not any(one.acts for one in minutes.resolutions):
        return []
    with translation.override("fa"):  # as all that the proofreader says
        wrong = [one for one in planned(minutes, bodies=bodies_of(meeting), met=meeting.date) if one.problem]
    return [
        Finding(
            REFUSED if one.debt else UNKNOWN,
            Severity.ERROR if one.debt else Severity.WARNING,
            one.problem,
            one.said.lines if one.said.lines[0] else one.lines,
        )
        for one in wrong
    ]


def apply_acts(recorded: Recorded, minutes: Minutes, made: Iterable[Obligation], *, by: Acting) -> dict[str, str]:
    """Write what these minutes, just recorded, decide on debts, as far as it can be; `made` are the debts that they
    make. What was decided, by code. Inside the transaction of whoever records them."""
    meeting = recorded.meeting
    new = [debt for debt in made if debt.parent_id is None]
    done = {}
    for one in _in_order(planned(minutes, bodies=bodies_of(meeting), met=meeting.date)):
        if one.problem or one.debt is None:
            continue
        resolution, decided = recorded.resolutions[one.resolution], one.decided
        own = [debt for debt in new if debt.resolution_id == resolution.pk and debt.body_id == one.debt.body_id]
        if decided.act == Act.SUPERSEDE and decided.into is None and len(own) == 1:
            decided = Decided(decided.act, into=own[0], text=decided.text)
        now = fresh(one.debt)
        if now.state in TAKEN_FROM[decided.act]:  # else it went with its group, or with its last member
            _decide(now, decided, resolution, by=by)
        done[now.code] = str(decided.act)
    return done


def decide_by_resolution(debt: Obligation, decided: Decided, resolution: Resolution, *, by: Acting) -> list[Obligation]:
    """Say what a resolution on record has decided on a debt, where its minutes did not tell by the debt's code; the
    rows that changed. `Invalid` where it cannot be."""
    require(by, "cycle.decide_by_resolution", debt)
    with ledger.standstill():
        if resolution.meeting.state not in ON_RECORD:
            raise Invalid(_("The minutes of this resolution are not on record yet."), field="resolution")
        return _decide(debt, decided, resolution, by=by)


def _decide(debt: Obligation, decided: Decided, resolution: Resolution, *, by: Acting) -> list[Obligation]:
    """With what follows for the meeting that made the debt: its file is open again while a debt of it is to be told."""
    changed = obligations.decide(debt, decided, resolution, by=by)
    if decided.act == Act.REOPEN:
        open_where_missing((row.meeting_id for row in changed if row.meeting_id), by=by, because=OPEN_AGAIN)
    return changed


def _words(kind: Act, said: str) -> str:
    if kind == Act.REFUSE:
        return reason_in(said)
    return said if kind == Act.AMEND else ""


def _problem(
    act: DebtAct, debts: dict[str, Obligation], decided: Decided, before: list[Act], ending: Collection[str]
) -> str:
    for code in (act.debt, act.into):
        if code and code not in debts:
            return _("The bodies that meet have no debt with the code %(code)s.") % {"code": code}
    together = {decided.act, *before}
    if decided.act in before or (before and together not in _TOGETHER):
        return _("These minutes decide on %(code)s more than once.") % {"code": act.debt}
    if act.into in ending:  # what takes its place is over itself
        return _("These minutes decide on %(code)s more than once.") % {"code": act.into}
    return ""


def _in_order(found: list[Planned]) -> list[Planned]:
    """What is decided on a member before what is decided on its group, which is of the others; but a group that is
    opened again opens its members."""

    def rank(one: Planned) -> bool:
        is_member = one.debt is not None and one.debt.parent_id is not None
        return is_member == (one.decided.act == Act.REOPEN)

    return sorted(found, key=rank)
