"""What kind of resolution a text is: by its verbs, and by the words that make a rule, a condition or a recurrence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dabir.persian.remembering import remembered
from dabir.reading.clauses import Clause, Verb, clauses_of
from dabir.reading.kind_words import (
    ALLOWS,
    AMENDS,
    APPOINTS,
    APPROVAL,
    APPROVED,
    APPROVES,
    CONDITION,
    EARLIER,
    ENDS_PAST,
    FUTURE_END,
    INFORMS,
    ONLY,
    PERFORMS,
    PROPOSES,
    RATE,
    RECURS,
    REMARKS,
    RESOLVES,
    RULE,
    WEAK_RULE,
)
from dabir.reading.lines import Passage
from dabir.reading.minutes import DueKind, Obligation, ResolutionKind
from dabir.reading.wording import rx

_SOMEBODY = ("نمود", "نمودند", "کرد", "کردند")
_OBJECT = rx(r"(?<!\w)(?:را|با (?!اتفاق|اکثریت|توجه|عنایت))(?!\w)")
_WISHED = ("شود", "شوند", "گردد", "گردند")
_SHORTEST_OBJECT = 12  # letters


@dataclass(frozen=True, slots=True)
class _Resolution:
    """What the rules below look at."""

    folded: str
    orders: list[Clause]
    verbless: bool
    limits: frozenset[DueKind]
    owners: bool
    resolves: bool
    listed: ResolutionKind | None
    review: bool
    owed: bool


def kind_of(
    passage: Passage,
    obligations: list[Obligation],
    listed: ResolutionKind | None,
    *,
    review: bool = False,
    owed: bool = False,
) -> ResolutionKind:
    """The kind of the resolution: the first whose rule holds. `listed` is what the sentence before its list says,
    `review` tells that earlier resolutions are gone over, `owed` that the list's sentence orders what is in it."""
    owners = any(one.lead for one in obligations)
    limits = frozenset(one.due.kind for one in obligations if one.due)
    return _kind(passage, listed, owners=owners, limits=limits, review=review, owed=owed)


@remembered
def _kind(
    passage: Passage,
    listed: ResolutionKind | None,
    *,
    owners: bool,
    limits: frozenset[DueKind],
    review: bool,
    owed: bool,
) -> ResolutionKind:
    clauses = clauses_of(passage)
    seen = _Resolution(
        folded=passage.folded,
        orders=[clause for clause in clauses if clause.orders],
        verbless=all(clause.verb is Verb.NONE for clause in clauses),
        owners=owners,
        limits=limits,
        resolves=bool(RESOLVES.search(passage.folded)),
        listed=listed,
        review=review,
        owed=owed,
    )
    return next((kind for kind, holds in _RULES if holds(seen)), ResolutionKind.OBLIGATION)


def _amends(seen: _Resolution) -> bool:
    repeated = seen.review and seen.resolves and bool(seen.orders)  # «مصوبه عیناً تکرار و مقرر شد …»
    earlier = seen.review or bool(EARLIER.search(seen.folded))
    return earlier and not repeated and bool(AMENDS.search(seen.folded))


def _proposes(seen: _Resolution) -> bool:
    return not seen.resolves and (seen.listed is ResolutionKind.PROPOSAL or bool(PROPOSES.search(seen.folded)))


def allows(folded: str) -> bool:
    """True for a permission: who may do something owes nothing."""
    return bool(ALLOWS.search(folded)) and not RESOLVES.search(folded)


def _allows(seen: _Resolution) -> bool:
    return allows(seen.folded)


def _approves_if(seen: _Resolution) -> bool:
    approval = APPROVES.search(seen.folded)
    ordered_first = approval and seen.orders and seen.orders[0].end <= approval.start()
    return bool(approval and not ordered_first and CONDITION.search(seen.folded))


def _approves(seen: _Resolution) -> bool:
    """The approved thing stands before the verb («بودجه تصویب شد و …»), not after it («مصوب شد شهرداری …»)."""
    named = APPROVAL.match(seen.folded) or (seen.verbless and APPROVED.match(seen.folded))
    if named and not seen.orders and not seen.limits:
        return True
    if not seen.owners and not seen.limits and PERFORMS.search(seen.folded):
        return True
    approval = APPROVES.search(seen.folded)
    if approval is None:
        return False
    ordered = approval[0].endswith(_WISHED)  # «تمدید شود» is still to be done, «اختصاص می‌یابد» is done by being said
    orders = [one for one in seen.orders if ordered or not approval.start() <= one.verb_at < approval.end()]
    if not orders:
        return True
    before = seen.folded[: approval.start()].strip(" .،؛")
    if approval[0].endswith(_SOMEBODY) and not _OBJECT.search(before):  # «شورا تصویب نمود شهرداری …»
        return False
    # «رئیس انتخاب شد و مقرر گردید … تا پایان ماه …»: the order outweighs who was chosen
    chosen = seen.limits and APPOINTS.search(approval[0]) and RESOLVES.search(seen.folded, approval.end())
    return not chosen and len(before) > _SHORTEST_OBJECT and orders[0].start >= approval.end()


def _rules(seen: _Resolution) -> bool:
    rule = RULE.search(seen.folded)
    if rule and seen.resolves and ONLY.fullmatch(rule[0]) and RESOLVES.search(seen.folded, rule.end()):
        rule = RULE.search(seen.folded, rule.end())
    if rule is None:
        return not (seen.limits or seen.resolves) and bool(WEAK_RULE.search(seen.folded))
    # «مقرر شد اعلام شود ورود اراضی منوط به موافقت شوراست»: what is announced is no rule of this meeting
    return not (seen.resolves and seen.orders and seen.orders[0].end < rule.start())


def _recurs(seen: _Resolution) -> bool:
    if RATE.search(seen.folded):
        return False
    return DueKind.RECURRING in seen.limits or (not seen.limits and bool(RECURS.search(seen.folded)))


def _informs(seen: _Resolution) -> bool:
    if seen.resolves or seen.owed:
        return False
    if REMARKS.match(seen.folded):
        return True
    told = INFORMS.search(seen.folded) or ENDS_PAST.search(seen.folded)
    if told and seen.orders:  # «در دست تهیه است و به‌زودی تحویل خواهد شد»
        return all(_will_be(clause) and clause.start >= told.start() for clause in seen.orders)
    return bool(told)


def _will_be(clause: Clause) -> bool:
    return clause.verb is Verb.FUTURE and clause.modal is None


def _rules_for_good(seen: _Resolution) -> bool:
    """What will be so, without an order or a limit («… منتقل خواهد شد»)."""
    future = all(_will_be(clause) for clause in seen.orders)
    return bool(seen.orders) and future and not seen.limits and bool(FUTURE_END.search(seen.folded))


_RULES: tuple[tuple[ResolutionKind, Callable[[_Resolution], bool]], ...] = (
    (ResolutionKind.AMENDMENT, _amends),
    (ResolutionKind.PROPOSAL, _proposes),
    (ResolutionKind.APPROVAL, _allows),
    (ResolutionKind.CONDITIONAL_APPROVAL, _approves_if),
    (ResolutionKind.APPROVAL, _approves),
    (ResolutionKind.STANDING_RULE, _rules),
    (ResolutionKind.RECURRING, _recurs),
    (ResolutionKind.INFORMATION, _informs),
    (ResolutionKind.STANDING_RULE, _rules_for_good),
)
