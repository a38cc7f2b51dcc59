"""Which debts a resolution on the workbench may be about, where its words name none by a code: for a person to choose.

First those of the resolutions that it cites by number and meeting, or by code; else, where it sounds like a decision on
a debt, the running debts of the bodies that share the most of its words, or those that have ended where it opens
one again. Those that sleep are among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dabir.foundation.acting import Acting
from dabir.meetings import codes
from dabir.obligations.models import ENDED, NOT_ENDED, Act, Obligation
from dabir.obligations.queries import saying, visible_to
from dabir.persian.letters import fold
from dabir.reading.acts import Candidate, Named, acts_in, sounds_like
from dabir.reading.lines import Passage
from dabir.reading.minutes import ActKind, Resolution

MOST = 8
_LOOKED_AT = 400
_WORDS, _LONG = 6, 4
"""So many of the longest words are looked for, of at least so many letters."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A debt that may be meant, what seems to be decided on it, and until which day (as it is typed)."""

    debt: Obligation
    act: Act
    day: str = ""


def debts_meant(
    resolution: Resolution, by: Acting, *, bodies: Collection[int], met: date | None, words: str = ""
) -> list[Meant]:
    """At most `MOST`, the likeliest first, of the bodies' debts that the actor sees and the resolution does not decide
    on already; with `words` those that say them."""
    debts = visible_to(by).filter(body__in=bodies).exclude(code__in=[act.debt for act in resolution.acts])
    debts = debts.select_related("lead")
    sounds = sounds_like(resolution.text)
    pool = debts.filter(state__in=ENDED if sounds == ActKind.REOPEN else NOT_ENDED)
    if words.strip():
        said = pool.filter(saying(words)).order_by("sort_day", "id")[:MOST]
        return [Meant(debt, Act(sounds or Act.CLOSE)) for debt in said]
    told = acts_in(Passage.of([(resolution.lines[0], resolution.text)]), met).candidates
    meant: dict[int, Meant] = {}
    for one in told[:MOST]:
        cited = debts.filter(_named(one.named, bodies)).order_by(
            "-meeting__date", "id"
        )  # numbers begin again each year
        for debt in cited[:MOST]:
            meant.setdefault(debt.pk, Meant(debt, Act(one.act or sounds or Act.CLOSE), _typed(one)))
    if not meant and sounds:
        meant = {debt.pk: Meant(debt, Act(sounds)) for debt in _alike(pool, resolution.text)}
    return list(meant.values())[:MOST]


def _named(named: Named, bodies: Collection[int]) -> Q:
    if named.code:
        return Q(code=named.code) if named.is_debt else Q(resolution__code=named.code)
    met = Q(meeting__bodies__body__in=bodies)
    if named.meeting is not None:
        met &= Q(meeting__bodies__number=named.meeting)
    if named.day:
        met &= Q(meeting__date=named.day)
    return met & Q(resolution__code__endswith=f"/{codes.ascii_number(named.item)}")


def _typed(one: Candidate) -> str:
    return one.day.jalali if one.day else ""


def _alike(debts: QuerySet[Obligation], text: str) -> list[Obligation]:
    longest = sorted({word for word in fold(text).split() if len(word) >= _LONG}, key=len, reverse=True)[:_WORDS]
    shared: Counter[Obligation] = Counter()
    for word in longest:
        shared.update(debts.filter(saying(word)).order_by("-id")[:_LOOKED_AT])
    return [debt for debt, count in shared.most_common(MOST) if count > 1]
