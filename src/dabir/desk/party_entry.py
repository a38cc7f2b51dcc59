"""The parties that somebody wrote or picked in a field (`party_field` of `macros/ui.html`).

A field `lead` posts its words as `lead`, the key of what was picked as `lead-is`, and what is to stay words as
`lead-words`; a field of several parties posts any number of each. A key counts only while the words still mean it, so
that words changed after the pick are never overruled. Without scripts the words come alone, and are looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from dabir.directory.models import Party
from dabir.directory.queries import find_parties, parties_visible_to
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.persian.letters import squash

FEW = 8
LONGEST = 300
MOST = 40
"""Parties in one field."""


class Ambiguous(Invalid):
    """Several parties have a name like the one typed; `candidates` are the first of them."""

    def __init__(self, message: str, candidates: list[Party], *, field: str = "who") -> None:
        super().__init__(message, field=field)
        self.candidates = candidates


class Unknown(Invalid):
    """The directory has no party with such a name; `words` are those typed."""

    def __init__(self, words: str, *, field: str = "who") -> None:
        sentence = _("The directory has no party like “%(words)s”.") % {"words": words[:60]}
        super().__init__(sentence, field=field)
        self.words = words


@dataclass(frozen=True, slots=True)
class Named:
    """A party, or words that the writer wants to stay words."""

    party: Party | None
    text: str

    @property
    def name(self) -> str:
        return self.party.name if self.party else self.text


def party_like(words: str, by: Acting, *, field: str = "who", kinds: Iterable[str] = ()) -> Party:
    """The one party that the words mean: whose whole name they are, its alone, or the only one with a name that holds
    them. An official name goes before other names."""
    kinds = tuple(kinds)
    found = find_parties(by, words[:LONGEST], limit=FEW, kinds=kinds)
    whole = squash(words)
    exact = [party for party in found if squash(party.name) == whole]
    exact = exact or [party for party in found if party.names.filter(squash=whole).exists()]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise Unknown(words, field=field)
    raise Ambiguous(_("Several parties are called like this. Choose one."), exact or found, field=field)


def party_of(
    posted: QueryDict, name: str, by: Acting, *, fresh: bool = False, kinds: Iterable[str] = ()
) -> Named | None:
    """What a field of one party says; None where it is empty. `fresh` allows words that are no party's name."""
    words = posted.get(name, "").strip()[:LONGEST]
    if picked := _picked(posted, name, by, kinds):
        if not words or any(_means(words, party) for party in picked):
            party = next((party for party in picked if not words or _means(words, party)), picked[0])
            return Named(party, words or party.name)
    if not words:
        return None
    if fresh and any(squash(text) == squash(words) for text in posted.getlist(f"{name}-words")):
        return Named(None, words)
    return Named(party_like(words, by, field=name, kinds=kinds), words)


def parties_of(
    posted: QueryDict, name: str, by: Acting, *, fresh: bool = False, kinds: Iterable[str] = ()
) -> list[Named]:
    """What a field of several parties says, each once, in their order: the chips, then the words still in the field,
    parted by «؛» or lines."""
    named = [Named(party, party.name) for party in _picked(posted, name, by, kinds)]
    if fresh:
        named += [
            Named(None, text.strip()[:LONGEST]) for text in posted.getlist(f"{name}-words")[:MOST] if text.strip()
        ]
    kept = {squash(one.text) for one in named}
    for words in re.split(r"[؛;\n]", posted.get(name, "")[: MOST * LONGEST]):
        if squash(words) and squash(words) not in kept:
            named.append(Named(party_like(words.strip(), by, field=name, kinds=kinds), words.strip()))
    once = {(one.party.pk if one.party else squash(one.text)): one for one in named}
    return list(once.values())[:MOST]


def kept_in(posted: QueryDict, name: str, by: Acting, *, several: bool = False) -> tuple[list[Named], str]:
    """What a field is to show again: those picked, and the words typed beside them; nothing is refused here."""
    words = posted.get(name, "")[: MOST * LONGEST]
    picked = _picked(posted, name, by)
    kept = [Named(party, party.name) for party in picked]
    if several:
        texts = [text.strip()[:LONGEST] for text in posted.getlist(f"{name}-words")[:MOST]]
        return kept + [Named(None, text) for text in texts if text], words
    if kept and (not words.strip() or _means(words, picked[0])):
        return kept[:1], ""
    if words.strip() and any(squash(text) == squash(words) for text in posted.getlist(f"{name}-words")):
        return [Named(None, words.strip()[:LONGEST])], ""
    return [], words


def _picked(posted: QueryDict, name: str, by: Acting, kinds: Iterable[str] = ()) -> list[Party]:
    keys = [
        int(key) for key in posted.getlist(f"{name}-is")[:MOST] if key.isascii() and key.isdecimal() and len(key) < 16
    ]
    visible = parties_visible_to(by)
    found = (visible.filter(kind__in=kinds) if (kinds := tuple(kinds)) else visible).in_bulk(keys)
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _means(words: str, party: Party) -> bool:
    if squash(words) == squash(party.name):
        return True
    return all(
        any(squash(part) in name for name in party.names.values_list("squash", flat=True)) for part in words.split()
    )
