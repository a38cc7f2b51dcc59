"""Whom the names of a paper are in the directory: each is looked up once the whole paper has been read."""

from __future__ import annotations

from dabir.reading.context import Context
from dabir.reading.coreference import parties_of
from dabir.reading.matching import Match, Register, register_of
from dabir.reading.minutes import Attendance, Minutes, Party, Reason

_UNLIKE = 0.7  # how sure a name is that the directory has, and the paper uses for somebody else


def identify(minutes: Minutes, context: Context) -> None:
    """Give every name its party of the Context, where it has one: certain only for a name that is one party's alone."""
    if not context.parties:
        return
    register = register_of(context.parties)
    for resolution in minutes.resolutions:
        for obligation in resolution.obligations:
            for party in parties_of(obligation):
                _identify(party, register)
    for entry in minutes.attendance:
        _take(entry, register.find(entry.text))
    for body in minutes.bodies:
        found = register.find(body.name)
        body.party = found.party.key if found and found.score == 1.0 else None


def _identify(party: Party, register: Register) -> None:
    direct = register.find(party.text)
    if party.reason is None:
        _take(party, direct)
        return
    if party.reason == Reason.PRONOUN:
        meant = direct
    elif party.organization is None:  # a vague group, unless the directory has one of this name
        _take(party, direct if direct and direct.score == 1.0 else None)
        return
    else:
        meant = _members(party, register) or register.find(party.organization)
    agreed = direct is not None and (meant is None or meant.party == direct.party)
    if direct and direct.score == 1.0 and agreed and meant and party.reason != Reason.PRONOUN:
        _take(party, direct)
    elif meant:
        party.organization, party.party = meant.party.name, meant.party.key
        party.score = min(party.score or 0, meant.score)
    elif direct:
        _take(party, Match(direct.party, min(direct.score, _UNLIKE), direct.reason))


def _members(party: Party, register: Register) -> Match | None:
    """The group that the members of a body are."""
    body = (party.organization or "").partition(" ")[2] if party.reason == Reason.MEMBERS else ""
    found = register.find(body) if body else None
    return register.members_of(found.party) if found else None


def _take(named: Party | Attendance, match: Match | None) -> None:
    if match is not None:
        named.organization, named.party = match.party.name, match.party.key
        named.score, named.reason = match.score, match.reason
