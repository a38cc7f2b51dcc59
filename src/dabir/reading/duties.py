"""The obligations of one resolution: a new one begins where the owner or the limit changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from dabir.persian.calendar import Calendar
from dabir.reading.anaphora import anaphor_end, antecedent
from dabir.reading.bound import alone, parted, told
from dabir.reading.cells import EDGES, parties_in_cell
from dabir.reading.clauses import Clause, Verb, clauses_of
from dabir.reading.dates import FoundDue, find_dues, read_due
from dabir.reading.joined import names_from
from dabir.reading.labels import labelled
from dabir.reading.lines import Passage
from dabir.reading.minutes import Due, DueKind, Obligation, Party, Reason
from dabir.reading.owners import Span
from dabir.reading.parties import begins_at
from dabir.reading.roles import Roles, roles_in
from dabir.reading.wording import rx

_STRONGEST = (DueKind.DATE, DueKind.PERIOD, DueKind.DURATION, DueKind.RECURRING, DueKind.EVENT, DueKind.VAGUE)
_OWN_LIMIT = rx(r"(?<!\w)(?:مهلت|فرصت|موعد|زمان)(?: تعیین شده| مقرر)?(?: برای)?\s+")
_SAYS = rx(r"(?<!\w)(?:توصیه|پیشنهاد|اظهار|بیان|اعلام|تاکید|مطرح|عنوان|اشاره|درخواست|گفت|افزود|خاطرنشان)(?!\w)")
_PRONOUN = 0.8  # how sure it is whom one means


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a parent clause passes to its items («وزارت نیرو موظف است با همکاری … ظرف یک ماه:»)."""

    lead: Party | None = None
    helpers: tuple[Party, ...] = ()
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What surrounds a resolution: the session's day and hour, the text before it, what is inherited, the days that are
    worked."""

    session: date | None
    starts_at: str | None
    before: Callable[[], str]  # asked for only where a pronoun points back
    inherited: Inherited
    calendar: Calendar


@dataclass(slots=True)
class _Draft:
    start: int
    end: int
    lead: Party | None
    active: bool
    helpers: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    endorser: Party | None = None
    due: Due | None = None
    complete: bool = False  # its last clause has a verb of its own


def obligations_of(passage: Passage, around: Surroundings) -> list[Obligation]:
    """The obligations in the paper's order; without an owner or a limit where the paper names none."""
    body, labels = labelled(passage)
    dues = find_dues(body.text, around.session, around.starts_at, around.calendar, body.folded)
    drafts: list[_Draft] = []
    carried: list[FoundDue] = []  # limits that stand before «مقرر شد» belong to what follows it
    clauses = clauses_of(body)
    ordering = _ordering(clauses, body.folded)
    places = {clause.start for clause in ordering}
    for clause in clauses if dues else ordering:
        own = [due for due in dues if clause.start <= due.start < clause.end]
        if clause.start not in places:
            carried += _beside(drafts, [due for due in own if alone(clause, due, body.folded)])
        elif clause.verb is Verb.DECISION and clause.modal is None:
            carried = [due for due in own if not told(due, body.folded)]
        else:
            for part, limits in parted(clause, own, body.folded):
                _add(drafts, body, part, carried + limits, around)
                carried = []
    if labels:
        _label(drafts, passage, labels, around)
    return [_obligation(draft, body, around.inherited, drafts) for draft in drafts]


def _ordering(clauses: Sequence[Clause], folded: str) -> list[Clause]:
    """The clauses that order something, with the decisions between them; in a text without verbs, its nouns.
    What somebody says before «مقرر شد» binds no one."""
    first = next((place for place, one in enumerate(clauses) if one.verb is Verb.DECISION), 0)
    if first and _SAYS.search(folded, 0, clauses[first].verb_at):
        clauses = clauses[first:]
    if any(clause.orders for clause in clauses):
        return [clause for clause in clauses if clause.orders or clause.verb is Verb.DECISION]
    return [clause for clause in clauses if clause.verb is Verb.NONE]


def _beside(drafts: list[_Draft], dues: list[FoundDue]) -> list[FoundDue]:
    """What limits stand in a clause of their own: of the duty before them, or else of the one that follows."""
    if not drafts:
        return dues
    drafts[-1].due = drafts[-1].due or _strongest(dues)
    return []


def _strongest(dues: list[FoundDue]) -> Due | None:
    return min((found.due for found in dues), key=lambda due: _STRONGEST.index(due.kind), default=None)


def _add(drafts: list[_Draft], body: Passage, clause: Clause, dues: list[FoundDue], around: Surroundings) -> None:
    roles = roles_in(body, clause)
    last = drafts[-1] if drafts else None
    active = clause.verb is not Verb.PASSIVE
    lead = _lead(body, clause, roles, drafts, around)
    if lead is None and last is not None and (active or not (last.complete or last.active)):
        lead = last.lead
    due = _strongest(dues)
    # «… را افزایش دهد و گزارش آن را هر ماه بفرستد»: what recurs is another duty than the act before it.
    again = (
        last is not None and last.due is None and due is not None and due.kind is DueKind.RECURRING and last.complete
    )
    changed = (
        last is None
        or again
        or bool(lead and (last.lead is None or lead.text != last.lead.text))
        or bool(due and last.due and due.text != last.due.text)
    )
    if changed or last is None:
        last = _Draft(clause.start, clause.end, lead, active)
        drafts.append(last)
    last.end, last.complete = clause.end, clause.complete
    last.due = last.due or due
    last.helpers += _parties(body, [*roles.equals, *roles.helpers], known=[last.lead, *last.helpers])
    last.recipients += _parties(body, roles.recipients, known=last.recipients)
    if roles.endorser and last.endorser is None:
        last.endorser = Party(_text(body, roles.endorser))


def _lead(body: Passage, clause: Clause, roles: Roles, drafts: list[_Draft], around: Surroundings) -> Party | None:
    if roles.lead:
        return Party(_text(body, roles.lead))
    if roles.anaphor is None:
        return None
    before = Passage.of([(1, around.before()), (1, body.text[: clause.start])])
    found = antecedent(body.folded, roles.anaphor, before, [draft.lead.text for draft in drafts if draft.lead])
    if found:
        return Party(found, score=_PRONOUN, reason=Reason.PRONOUN)
    # «پیمانکار مربوطه», of whom the paper tells no more
    end = anaphor_end(body.folded, roles.anaphor) if begins_at(body.folded, roles.anaphor) else None
    return Party(_text(body, (roles.anaphor, end))) if end else None


def _parties(body: Passage, spans: Iterable[Span], known: Iterable[Party | None]) -> list[Party]:
    texts = {one.text for one in known if one}
    named = (_text(body, span) for span in spans)  # «افراد زیر» are named behind
    return [Party(text) for text in named if text not in texts and not text.endswith(("زیر", "ذیل"))]


def _text(body: Passage, span: Span) -> str:
    return body.text[span[0] : span[1]].strip(EDGES)


def _label(drafts: list[_Draft], passage: Passage, labels: dict[str, Passage], around: Surroundings) -> None:
    """What the labels say, on the last obligation that lacks it. Who follows up («مسئول پیگیری») leads where nobody
    else does."""
    if not drafts:
        drafts.append(_Draft(0, len(passage.text), None, active=True))
    draft = drafts[-1]
    for role in ("lead", "follower", "helpers"):
        if role not in labels:
            continue
        named = parties_in_cell(labels[role].text)
        if named and (role == "lead" or (role == "follower" and draft.lead is None)):
            draft.lead, named = named[0], named[1:]
        draft.helpers += named
    if "due" in labels:
        due = read_due(labels["due"].text, around.session, around.starts_at, around.calendar)
        draft.due = due or draft.due


def _obligation(draft: _Draft, body: Passage, inherited: Inherited, drafts: list[_Draft]) -> Obligation:
    lead = draft.lead or inherited.lead
    due = draft.due
    if due is None and not any(other.due for other in drafts):
        due = inherited.due
    texts = {one.text for one in draft.helpers}
    helpers = [one for one in inherited.helpers if one.text not in texts] + draft.helpers
    action = body.text[draft.start : draft.end].strip(EDGES)
    return Obligation(
        action=action,
        lines=body.lines(draft.start, draft.end),
        lead=lead,
        helpers=helpers,
        recipients=draft.recipients,
        endorser=draft.endorser,
        due=due,
    )


def amended(passage: Passage, around: Surroundings) -> list[Obligation]:
    """What an amendment without an order of its own leaves: the new limit, of whoever the old one bound."""
    dues = [
        found.due
        for found in find_dues(passage.text, around.session, around.starts_at, around.calendar, passage.folded)
        if found.due.kind in (DueKind.DATE, DueKind.PERIOD, DueKind.DURATION)
    ]
    if not dues:
        return []
    owner = _OWN_LIMIT.search(passage.folded)
    spans, _ = names_from(passage, owner.end(), len(passage.text)) if owner else ([], 0)
    lead = Party(_text(passage, spans[0])) if spans else None
    return [Obligation(passage.text, passage.lines(), lead=lead, due=dues[-1])]
