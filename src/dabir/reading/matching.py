"""A name on paper against the parties that the directory knows; a likeness is never silently an identity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from dabir.persian.honorifics import strip_honorifics
from dabir.persian.letters import fold, same_length_fold, squash
from dabir.reading.context import KnownParty
from dabir.reading.minutes import Reason
from dabir.reading.wording import rx

ALIKE = 0.87
"""The least likeness (0–1) that is worth showing to a secretary unasked."""

_SHARED, _LETTER, _ASIDE, _PART, _OF_IT = 0.95, 0.96, 0.95, 0.9, 0.8
_REMARK = re.compile(r"\s*\([^()]{3,80}\)")
_STAFF = rx(
    r"""(?:نماینده|نمایندگان|رئیس|ریاست|مدیر|مدیر کل|مدیرعامل|مدیر عامل|سرپرست|معاون|معاونین|کارشناس|کارشناسان|مسئول
        |مسئولین|مدیران|اعضای|پرسنل)(?!\w)\s*(?:محترم\s+)?"""
)
_SHORTEST = 4  # letters of a name that a likeness can be told of
_SHORTEST_PART = 6  # letters of a part that still says whose name it is of
_LONGEST = 300
_MOST_FOUND = 10_000  # answers that a register remembers: it may outlive the paper that has asked


@dataclass(frozen=True, slots=True)
class Match:
    """A party that words may mean: how surely (1.0 only for a name that is its alone) and why."""

    party: KnownParty
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Form:
    """One name of a party: folded, squashed, and whether it is the official one."""

    party: KnownParty
    folded: str
    squashed: str
    official: bool


class Register:
    """The names of all known parties, ready to be searched."""

    def __init__(self, parties: Iterable[KnownParty]) -> None:
        self._forms = [
            _Form(known, fold(name), squash(name), place == 0)
            for known in parties
            for place, name in enumerate((known.name, *known.aliases))
        ]
        self._folded, self._squashed = [form.folded for form in self._forms], [form.squashed for form in self._forms]
        self._exact: dict[str, list[_Form]] = {}
        for form in self._forms:
            self._exact.setdefault(form.squashed, []).append(form)
        self._found: dict[str, Match | None] = {}

    def find(self, words: str) -> Match | None:
        """The party that the words name, or most likely name: without a remark in brackets, or as somebody of it, where
        the whole names none."""
        try:
            return self._found[words]
        except KeyError:
            found = self._likeliest(words) or self._aside(words)
        if len(words) <= _LONGEST:
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            self._found[words] = found
        return found

    def _likeliest(self, words: str) -> Match | None:
        return next(iter(self.candidates(words, least=ALIKE, limit=1)), None)

    def _aside(self, words: str) -> Match | None:
        bare = _REMARK.sub("", words)
        if bare != words and (found := self._likeliest(bare)):
            return replace(found, score=min(found.score, _ASIDE), reason=Reason.LIKE)
        staff = _STAFF.match(same_length_fold(words))
        found = self._likeliest(words[staff.end() :]) if staff else None
        return replace(found, score=min(found.score, _OF_IT), reason=Reason.STAFF) if found else None

    def certain(self, words: str) -> int | None:
        """The key of the party whose name these words are, where it is nobody else's."""
        keys = {form.party.key for form in self._exact.get(squash(strip_honorifics(words)[:_LONGEST]), [])}
        return keys.pop() if len(keys) == 1 else None

    def members_of(self, body: KnownParty) -> Match | None:
        """The group of the body's members."""
        groups = (form.party for form in self._forms if form.party.members_of == body.key)
        return next((Match(group, _PART, Reason.MEMBERS) for group in groups), None)

    def candidates(self, words: str, *, least: float, limit: int) -> list[Match]:
        """The parties whose names are like the words, the likest first; each comes once."""
        name = strip_honorifics(words)[:_LONGEST]
        key = squash(name)
        same = self._exact.get(key, [])
        best = {form.party.key: match for form in same if (match := _same(form, same))}
        if len(key) >= _SHORTEST and (limit > 1 or len(best) != 1):
            for match in (*self._parts(key), *self._alike(fold(name), key, least)):
                if match.score >= least and (match.party.key not in best or best[match.party.key].score < match.score):
                    best[match.party.key] = match
        return sorted(best.values(), key=lambda match: -match.score)[:limit]

    def _parts(self, key: str) -> list[Match]:
        """The parties of whose names the words are a part («بنیاد مسکن»); less surely where they are several."""
        if len(key) < _SHORTEST_PART:
            return []
        forms = {form.party.key: form for form in reversed(self._forms) if key in form.squashed != key}
        share = 1.0 if len(forms) == 1 else 0.5
        return [
            Match(form.party, round(_PART * (share + (1 - share) * len(key) / len(form.squashed)), 2), Reason.SHORTENED)
            for form in forms.values()
        ]

    def _alike(self, folded: str, key: str, least: float) -> list[Match]:
        """Words in another order («راه و شهرسازی زنجان، اداره کل»), spaces lost or added, a letter off."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  (its import takes longer than most papers)
        from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

        cutoff = least * 100
        ordered = process.extract(folded, self._folded, scorer=fuzz.token_sort_ratio, score_cutoff=cutoff, limit=None)
        spaced = process.extract(key, self._squashed, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None)
        found = []
        for _text, likeness, place in (*ordered, *spaced):
            form = self._forms[place]
            if len(key) >= _SHORTEST_PART and Levenshtein.distance(key, form.squashed, score_cutoff=1) == 1:
                found.append(Match(form.party, _LETTER, Reason.LETTER))
            else:
                found.append(Match(form.party, min(0.95, round(likeness / 100, 2)), Reason.LIKE))
        return found


@lru_cache(maxsize=4)
def register_of(parties: tuple[KnownParty, ...]) -> Register:
    """The register of these parties, which is made and asked once for papers that are read again and again: minutes are
    at each key, and most of their names are those that they had before."""
    return Register(parties)


def _same(form: _Form, same: list[_Form]) -> Match:
    if any(other.party != form.party for other in same):
        return Match(form.party, _SHARED, Reason.SHARED)
    official = any(other.official for other in same)
    return Match(form.party, 1.0, Reason.EXACT if official else Reason.ALIAS)
