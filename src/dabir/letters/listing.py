"""Letters as their list shows them: narrowed, in an order, by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dabir.foundation.acting import Acting
from dabir.letters.models import Letter, LetterKind, LetterState, Recipient
from dabir.letters.queries import visible_to
from dabir.persian import jalali
from dabir.persian.letters import squash

AWAITING, SENT, UNANSWERED, INCOMING, WITHDRAWN = "awaiting", "sent", "open", "in", "withdrawn"
SHOWS = {
    AWAITING: _("awaiting their number"),
    SENT: _("outgoing"),
    UNANSWERED: _("without receipt"),
    INCOMING: _("incoming"),
    WITHDRAWN: _("withdrawn"),
}
MOST_NAMED = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list: all conditions together. `named` are keys of letters, where an act leads to its own."""

    show: str = ""
    body: str = ""
    kind: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None
    meeting: str = ""
    named: tuple[int, ...] = ()

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filters:
        """From an address; what is none of ours is left out."""

        def known(name: str, values: object) -> str:
            value = query.get(name, "")[:100].replace("\0", "")
            return value if not values or value in values else ""  # type: ignore[operator]

        keys = [key for key in query.get("of", "").split(",")[:MOST_NAMED] if key.isascii() and key.isdecimal()]
        return cls(
            show=known("show", SHOWS),
            body=known("body", ()),
            kind=known("kind", LetterKind.values),
            words=known("words", ()).strip(),
            since=jalali.parse_day(query.get("since", "")[:40]),
            until=jalali.parse_day(query.get("until", "")[:40]),
            meeting=known("meeting", ()),
            named=tuple(int(key) for key in keys if len(key) < 16),
        )

    def as_query(self) -> dict[str, str]:
        """As an address has them; without what is empty."""
        asked = {"show": self.show, "body": self.body, "kind": self.kind, "words": self.words, "meeting": self.meeting}
        for name, day in (("since", self.since), ("until", self.until)):
            asked[name] = jalali.format_day(day, persian_digits=False) if day else ""
        asked["of"] = ",".join(map(str, self.named))
        return {name: value for name, value in asked.items() if value}


def listed(by: Acting, filters: Filters, *, of_meeting: Q | None = None) -> QuerySet[Letter]:
    """The letters that the actor may see and that fit. `of_meeting` says which letters are about the filter's meeting:
    that is known above this room."""
    letters = visible_to(by).filter(_shown(filters.show))
    if filters.body:
        letters = letters.filter(body__code=filters.body)
    if filters.kind:
        letters = letters.filter(kind=filters.kind)
    if filters.named:
        letters = letters.filter(pk__in=filters.named)
    if filters.meeting:
        letters = letters.filter(Q(pk__in=()) if of_meeting is None else of_meeting)
    for word in [word for word in map(squash, filters.words.split()[:8]) if word]:
        letters = letters.filter(squash__contains=word)
    return letters.filter(_between(filters.since, filters.until))


def counts(by: Acting) -> dict[str, int]:
    """How many letters of each state the actor may see."""
    return {show: visible_to(by).filter(_shown(show)).count() for show in SHOWS}


def _shown(show: str) -> Q:
    if show == AWAITING:
        return Q(state=LetterState.AWAITING)
    if show == SENT:
        return Q(state=LetterState.NUMBERED)
    if show == UNANSWERED:
        open_ones = Recipient.objects.filter(letter=OuterRef("pk"), received_on=None, is_copy=False)
        return Q(state=LetterState.NUMBERED) & Q(Exists(open_ones))
    if show == INCOMING:
        return Q(state=LetterState.RECEIVED)
    return Q(state=LetterState.WITHDRAWN) if show == WITHDRAWN else Q()


def _between(since: date | None, until: date | None) -> Q:
    """By the day that stands on a letter; of one that came in, by that of its registration."""
    condition = Q()
    if since:
        condition &= Q(registered_on__gte=since) | Q(registered_on=None, dated__gte=since)
    if until:
        condition &= Q(registered_on__lte=until) | Q(registered_on=None, dated__lte=until)
    return condition
