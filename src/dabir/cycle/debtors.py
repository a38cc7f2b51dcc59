"""Who is to get what from a meeting: each debtor with its debts, the letters that tell of them, and what came back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q

from dabir.cycle.extract_text import until
from dabir.cycle.extracts import COMMUNICABLE, communicable, heads_of, in_letters
from dabir.directory.models import Party, Post, Tenure
from dabir.directory.spans import in_force
from dabir.foundation.acting import Acting
from dabir.letters.models import Letter, LetterState, Recipient
from dabir.letters.queries import visible_to
from dabir.meetings.models import Meeting
from dabir.obligations.models import Extract, Obligation, Reply, State
from dabir.persian import clock


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that tells of a debt, and the lead among its recipients."""

    letter: Letter
    recipient: Recipient | None


@dataclass(frozen=True, slots=True)
class Owed:
    """A debt, the letters that tell of it, and what was answered, the newest last. `above`: whether one tells of it
    that the actor may not see; nothing else is said of such a letter."""

    debt: Obligation
    until: str
    sent: tuple[Sent, ...]
    above: bool = False
    replies: tuple[Reply, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether a letter tells of it."""
        return bool(self.sent) or self.above

    @property
    def is_fresh(self) -> bool:
        return not self.is_told and self.debt.communicated_at is None


@dataclass(slots=True)
class Debtor:
    """`post` is the one that a letter is addressed to; `signs_in`: whether somebody of it has an account here."""

    party: Party
    post: Post | None
    signs_in: bool
    owed: list[Owed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """All of a meeting's debts: those of debtors, those that nobody owes yet, and those that came from paper; with the
    letters that the actor may see."""

    debtors: list[Debtor]
    unsettled: list[Obligation]
    on_paper: int

    @property
    def owed(self) -> list[Owed]:
        return [owed for debtor in self.debtors for owed in debtor.owed]

    @property
    def letters(self) -> list[Letter]:
        """Each letter once, in the order of writing."""
        found = {sent.letter.pk: sent.letter for owed in self.owed for sent in owed.sent}
        return [found[key] for key in sorted(found)]

    def counts(self) -> dict[str, int]:
        """Of the debts that can be communicated: `all`, `fresh`, `waiting` for a number, `communicated`, `received`,
        `acknowledged`. A receipt of a letter that the actor may not see is not counted."""
        owed = self.owed
        told = [one for one in owed if one.debt.communicated_at]
        return {
            "all": len(owed),
            "fresh": sum(one.is_fresh for one in owed),
            "waiting": sum(not one.debt.communicated_at and one.is_told for one in owed),
            "communicated": len(told),
            "received": sum(any(s.recipient and s.recipient.received_on for s in one.sent) for one in told),
            "acknowledged": sum(one.debt.acknowledged_at is not None for one in owed),
        }


def standing_of(meeting: Meeting, by: Acting) -> Standing:
    """For whoever may read the meeting. A bounded number of queries, whatever the number of debts."""
    debts = communicable(meeting)
    letters, replies = in_letters(debts), _replies(debts)
    seen = _sent(debts, letters, by)
    leads = {debt.lead_id: debt.lead for debt in debts if debt.lead}
    heads, signing = heads_of(leads.values()), signing_in(leads.values())
    debtors = {key: Debtor(lead, heads.get(lead.pk), lead.pk in signing) for key, lead in leads.items()}
    for debt in debts:
        sent = seen[debt.pk]
        above = len(sent) < len(letters.get(debt.pk, ()))
        debtors[debt.lead_id].owed.append(Owed(debt, until(debt), sent, above, tuple(replies.get(debt.pk, ()))))
    unsettled = meeting.obligations.filter(state=State.UNSETTLED).order_by("id")
    return Standing(
        sorted(debtors.values(), key=lambda debtor: debtor.party.sort_key),
        list(unsettled),
        meeting.obligations.filter(on_paper=True, is_group=False, recurs_from=None).count(),
    )


def reach(meeting: Meeting, by: Acting) -> dict[str, int]:
    """How far its debts have come: `all` that can be communicated, what `waiting` letters tell of, `communicated`,
    `received` as far as the actor may see the letter, and the `unsettled` ones; one query."""
    letters = Extract.objects.filter(obligation=OuterRef("pk"))
    got = Recipient.objects.filter(
        letter__in=visible_to(by).values("pk"),
        letter__extracts__obligation=OuterRef("pk"),
        party=OuterRef("lead"),
        is_copy=False,
        received_on__isnull=False,
    )
    awaiting = Q(Exists(letters.filter(letter__state=LetterState.AWAITING)), communicated_at=None)
    told = COMMUNICABLE & Q(communicated_at__isnull=False)
    return meeting.obligations.aggregate(
        all=Count("id", filter=COMMUNICABLE),
        waiting=Count("id", filter=COMMUNICABLE & awaiting),
        communicated=Count("id", filter=told),
        received=Count("id", filter=told & Q(Exists(got))),
        unsettled=Count("id", filter=Q(state=State.UNSETTLED)),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """How a debt came to its lead, and what they answered, the newest answer last."""

    debt: Obligation
    sent: tuple[Sent, ...]
    replies: tuple[Reply, ...]

    def __bool__(self) -> bool:
        return bool(self.sent or self.replies or self.debt.clock_day or self.debt.communicated_at)


def told_of(debts: Collection[Obligation], by: Acting) -> dict[int, Told]:
    """By the debt's key; letters that the actor may see, and answers to those who may see the debt. Three queries."""
    sent, replies = _sent(debts, in_letters(debts), by), _replies(debts)
    return {debt.pk: Told(debt, sent[debt.pk], tuple(replies.get(debt.pk, ()))) for debt in debts}


def signing_in(parties: Iterable[Party]) -> set[int]:
    """The parties, by key, for which somebody has an account today: in a post of theirs, or of what they belong to."""
    of_post: dict[int, set[int]] = {}
    for party in parties:
        for key in filter(None, (party.pk, party.parent_id)):
            of_post.setdefault(key, set()).add(party.pk)
    held = Tenure.objects.filter(in_force(clock.today()), person__user__is_active=True)
    posts = held.filter(Q(post__party__parent__in=of_post) | Q(post__party__in=of_post))
    found: set[int] = set()
    for post, owner in posts.values_list("post__party", "post__party__parent"):
        found |= of_post.get(post, set()) | of_post.get(owner or 0, set())
    return found


def _sent(debts: Collection[Obligation], letters: dict[int, list[Letter]], by: Acting) -> dict[int, tuple[Sent, ...]]:
    """By the debt's key, those of the letters that the actor may see; two queries."""
    seen = set(visible_to(by).filter(extracts__obligation__in=debts).values_list("pk", flat=True))
    rows = Recipient.objects.filter(letter__in=seen, is_copy=False)
    recipients = {(row.letter_id, row.party_id): row for row in rows}
    return {
        debt.pk: tuple(
            Sent(x, recipients.get((x.pk, debt.lead_id or 0))) for x in letters.get(debt.pk, ()) if x.pk in seen
        )
        for debt in debts
    }


def _replies(debts: Collection[Obligation]) -> dict[int, list[Reply]]:
    """By the debt's key, the newest last."""
    found: dict[int, list[Reply]] = {}
    for reply in Reply.objects.filter(obligation__in=debts).order_by("id"):
        found.setdefault(reply.obligation_id, []).append(reply)
    return found
