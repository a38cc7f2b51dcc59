"""Names that stand for others of the same paper: «مهندسین مشاور», «دبیرخانه», «فرمانداری», «اعضای ستاد», «آقای …».

The words stay as they are written; what they stand for goes beside them, with how sure that is, why, and on which line
the full name is. Nothing here is certain: a person confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from dabir.persian.honorifics import strip_honorifics
from dabir.persian.letters import same_length_fold
from dabir.reading.carrying import carry
from dabir.reading.holders import LIKELY, ONE_OF_SEVERAL, SURE, Holders, Referent, officer
from dabir.reading.lines import Line
from dabir.reading.mentions import Mention, Mentions, places_in
from dabir.reading.minutes import Header, Minutes, Obligation, Party, Reason
from dabir.reading.parties import PERSON
from dabir.reading.shortnames import (
    ALL,
    BODY,
    CHAIR,
    ORGAN,
    PART,
    SEAT,
    SEATS,
    SECRETARY,
    SEVERAL,
    UNPLACED,
    VAGUE,
)
from dabir.reading.wording import rx

_PLACE = rx(r"\s+(?:(?:شهرستان|استان|شهر|بخش|منطقه|مرکزی)\s+)?\S+(?:\s+\S+)?")


def refer(minutes: Minutes, lines: list[Line]) -> None:
    """Say of every short name of the obligations whom it stands for, where the paper tells."""
    carry(minutes.resolutions, lines)
    paper = _Paper(minutes, lines)
    for resolution in minutes.resolutions:
        for obligation in resolution.obligations:
            for party in parties_of(obligation):
                if party.reason == Reason.PRONOUN and party.named_at is None:
                    party.named_at = paper.told_at(party.text, obligation.lines[0])
                elif party.reason is None and (found := paper.referent(party.text, obligation.lines[0])):
                    party.organization, party.score = found.name, found.score
                    party.reason, party.named_at = found.reason, found.line


def parties_of(obligation: Obligation) -> Iterator[Party]:
    """Whoever has a role in it."""
    for one in (obligation.lead, *obligation.helpers, *obligation.recipients, obligation.endorser):
        if one is not None:
            yield one


@dataclass(frozen=True, slots=True)
class _Short:
    """A short name as written, how its folded form matched a rule, and the line on which it stands."""

    name: str
    match: re.Match[str]
    line: int = 0


Rule = Callable[[_Short], Referent | None]


class _Paper:
    """What the rules ask of a paper; each rule takes a short name."""

    def __init__(self, minutes: Minutes, lines: list[Line]) -> None:
        self._minutes = minutes
        self._mentions = Mentions(lines)
        self._known: dict[str, tuple[Referent | None, list[tuple[Rule, _Short]]]] = {}
        self._rules: tuple[tuple[re.Pattern[str], Rule], ...] = (
            (CHAIR, self._chair),
            (SECRETARY, self._secretary),
            (BODY, self._body),
            (ORGAN, self._organ),
            (SEAT, self._seat),
            (ALL, self._members),
            (PART, self._part),
            (VAGUE, self._vague),
            (UNPLACED, self._placed),
        )

    def told_at(self, name: str, line: int) -> int | None:
        """The line, at or before this one, on which whoever a pronoun means is named."""
        return self._mentions.last_line_of(name, line)

    def referent(self, text: str, line: int) -> Referent | None:
        """Whom `text` on `line` stands for; None where it is no short name, or the paper does not tell."""
        if text not in self._known:
            self._known[text] = self._settled(text), self._ruled(text)
        settled, rules = self._known[text]
        return settled or next((found for rule, short in rules if (found := rule(replace(short, line=line)))), None)

    def _settled(self, text: str) -> Referent | None:
        """Whom the words stand for on every line: a person, or a short name that the paper itself gives."""
        if PERSON.match(same_length_fold(text)):
            return self._holders.post_of(text)
        words = " ".join(same_length_fold(text).split())
        introduced = self._mentions.introduced.get(words)
        return _mentioned(introduced, sole=True) if introduced else None

    def _ruled(self, text: str) -> list[tuple[Rule, _Short]]:
        """The rules that know such a name."""
        name = strip_honorifics(text)
        folded = same_length_fold(name)
        return [(rule, _Short(name, match)) for pattern, rule in self._rules if (match := pattern.fullmatch(folded))]

    @property
    def _header(self) -> Header:
        return self._minutes.header

    def _body(self, short: _Short) -> Referent | None:
        return self._named_body(short.match[0], short.line)

    def _named_body(self, short: str, line: int) -> Referent | None:
        """The body that is named in full on this very line, the one that meets, or the one that was named last."""
        found = self._mentions.best(short, line) or self._mentions.best(f"{short}ی", line)
        own = self._header.body or ""
        ours = same_length_fold(own).startswith(short.removesuffix("ی")) and len(own) > len(short) + 1
        if ours and not (found and found[0].line == line):
            return Referent(own, SURE, Reason.BODY, self._own_line)
        return _mentioned(*found) if found else None

    @cached_property
    def _own_line(self) -> int | None:
        """The line on which the body that meets is named."""
        return self._mentions.line_of(self._header.body) if self._header.body else None

    def _organ(self, short: _Short) -> Referent | None:
        if found := self._mentions.best(short.match[0], short.line):
            mention, sole = found
            part = PART.fullmatch(same_length_fold(mention.name))  # «دبیرخانه ستاد», said before, is short too
            longer = self._part(_Short(mention.name, part, short.line)) if part else None
            return longer or _mentioned(mention, sole)
        own = self._header.body
        return (
            Referent(f"{short.name} {own}", SURE, Reason.BODY, self._own_line)
            if own and short.name == "دبیرخانه"
            else None
        )

    def _members(self, short: _Short) -> Referent | None:
        own = self._header.body
        return Referent(f"اعضای {own}", SURE, Reason.MEMBERS, self._own_line) if own else None

    def _part(self, short: _Short) -> Referent | None:
        """What belongs to a body whose name is short: its secretariat, its members."""
        words = short.match["body"]
        if BODY.fullmatch(words):
            body = self._named_body(words, short.line)
        else:
            unplaced = UNPLACED.fullmatch(words)
            body = (
                self._placed(_Short(short.name[short.match.start("body") :], unplaced, short.line))
                if unplaced
                else None
            )
        if body is None:
            return None
        what = short.name[short.match.start("what") : short.match.end("what")]
        members = what.startswith(("اعضا", "دستگاه"))
        what = "اعضای" if members else what
        return Referent(f"{what} {body.name}", body.score, Reason.MEMBERS if members else body.reason, body.line)

    def _seat(self, short: _Short) -> Referent | None:
        """«فرمانداری», «شهردار», «بخشداران»: of the only one that the paper names, or of its one county, city …"""
        found = self._mentions.best(short.match[0], short.line)
        if found and not _PLACE.fullmatch(found[0].name, len(short.name)):
            found = None  # «شهرداری جشن اعیاد را …»
        if found and found[1]:
            return _mentioned(*found)
        place = self._places.get(SEATS[short.match["post"]])
        if place is None:
            return _mentioned(*found) if found else None
        kind = "شهرستان " if short.match["post"] == "فرماندار" else ""
        return Referent(f"{short.name} {kind}{place}", LIKELY, Reason.PLACE)

    def _placed(self, short: _Short) -> Referent | None:
        """«اداره برق شهرستان»: of the one county that the paper is about."""
        place = self._places.get(short.match["kind"])
        return Referent(f"{short.name} {place}", LIKELY, Reason.PLACE) if place else None

    def _vague(self, short: _Short) -> Referent | None:
        return Referent(None, None, Reason.VAGUE) if SEVERAL.search(short.match[0]) else None

    def _chair(self, short: _Short) -> Referent | None:
        return officer(self._header.chair, short.name)

    def _secretary(self, short: _Short) -> Referent | None:
        return officer(self._header.secretary, short.name)

    @cached_property
    def _places(self) -> dict[str, str]:
        header = self._header
        told = (header.body, header.title, header.issuer, header.venue, header.chair.post if header.chair else None)
        return places_in(filter(None, told))

    @cached_property
    def _holders(self) -> Holders:
        return Holders(self._minutes)


def _mentioned(mention: Mention, sole: bool) -> Referent:
    return Referent(mention.name, SURE if sole else ONE_OF_SEVERAL, Reason.SAID, mention.line)
