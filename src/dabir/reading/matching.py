"""A name on paper against the parties that the directory knows; a likeness is never silently an identity."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz, process

from dabir.persian.honorifics import strip_honorifics
from dabir.persian.letters import fold, squash
from dabir.reading.context import Context, KnownParty
from dabir.reading.minutes import Party

ALIKE = 87.0
"""The least likeness (0–100) that is worth showing to a secretary."""

EXACT, LIKE = "exact", "like"


def party(text: str, context: Context) -> Party:
    """The party that `text` names: with its key and score where the Context has it, bare otherwise."""
    if context.parties and (found := _find(strip_honorifics(text), context.parties)):
        known, score, reason = found
        return Party(text, known.name, known.key, score, reason)
    return Party(text)


@lru_cache(maxsize=4096)
def _find(name: str, parties: tuple[KnownParty, ...]) -> tuple[KnownParty, float, str] | None:
    exact, forms = _forms(parties)
    key = squash(name)
    if key in exact:
        return exact[key], 1.0, EXACT
    if len(key) < 4:
        return None
    # Words in another order («راه و شهرسازی زنجان، اداره کل»), or spaces lost or added: whichever is more alike.
    ordered = process.extractOne(fold(name), [form for form, _, _ in forms], scorer=fuzz.token_sort_ratio)
    spaced = process.extractOne(key, [form for _, form, _ in forms], scorer=fuzz.ratio)
    best = max(ordered, spaced, key=lambda found: found[1])
    return (forms[best[2]][2], min(0.99, round(best[1] / 100, 2)), LIKE) if best[1] >= ALIKE else None


@lru_cache(maxsize=8)
def _forms(parties: tuple[KnownParty, ...]) -> tuple[dict[str, KnownParty], list[tuple[str, str, KnownParty]]]:
    """Each name by its squashed key (one that two parties share names neither); all names, folded and squashed."""
    keys: dict[str, set[KnownParty]] = {}
    forms: list[tuple[str, str, KnownParty]] = []
    for known in parties:
        for name in (known.name, *known.aliases):
            keys.setdefault(squash(name), set()).add(known)
            forms.append((fold(name), squash(name), known))
    return {key: next(iter(owners)) for key, owners in keys.items() if len(owners) == 1}, forms
