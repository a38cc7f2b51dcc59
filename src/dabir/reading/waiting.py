"""Obligations that wait for others of the same resolution: «… و ظرف ده روز پس از وصول برآورد، محل آن را مشخص نماید»."""

from __future__ import annotations

from dabir.persian.letters import squash
from dabir.reading.minutes import Obligation

_SHORTEST = 4  # letters; a shorter word is too common to tell what is waited for


def wait(obligations: list[Obligation]) -> None:
    """Link each obligation whose limit begins with an event («وصول برآورد») to the earlier one that brings it about.

    The thing that is awaited must be named in that one's act; nothing is linked by order alone.
    """
    for place, obligation in enumerate(obligations):
        trigger = obligation.due.trigger if obligation.due else None
        _, _, thing = (trigger or "").partition(" ")
        awaited = squash(thing)
        if len(awaited) < _SHORTEST:
            continue
        earlier = [one.id for one in obligations[:place] if awaited in squash(one.action)]
        obligation.waits_for += earlier[-1:]
