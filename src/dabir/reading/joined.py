"""Names joined by commas and «و», one after the other."""

from __future__ import annotations

from dabir.reading.endings import DUTIES, LEADS_ON, OBJECTS, SAYS_ON
from dabir.reading.lines import Passage
from dabir.reading.parties import MEMBER, PERSON, POST, SEVERAL, begins_at, loose_end, name_end, person_end
from dabir.reading.wording import rx

_SEPARATOR = rx(r"\s*(?:[،,؛/]|[-–—](?=\s)|و(?!\w))\s*(?:و(?!\w)\s*)?(?:نیز |همچنین |هم )?")
_GLUED_AND = rx(r"\s*(?:[،,؛]\s*)?و(?=[^\W\d])")
_COMMA = rx(r"\s*[،,]\s*")
_SUCH_AS = rx(r"[^.؛،]{0,40}?(?:از جمله|شامل|نظیر|مانند|اعم از)(?!\w)\s*:?\s*")
_PEOPLE = rx(r"(?:آقایان|خانم ها|برادران|خواهران)(?!\w)")
_MOST = 40  # names


def names_from(passage: Passage, start: int, end: int, *, loose: bool = False) -> tuple[list[tuple[int, int]], int]:
    """The spans of the joined names from `start`, and where they end; `loose` admits a first name without a head.

    A post in apposition belongs to its holder («آقای نوری، معاون فنی، …»); behind a head in the plural, and in a
    `loose` list, an office may stand under its short name («ادارات برق، آب و گاز»).
    """
    folded = passage.folded
    spans: list[tuple[int, int]] = []
    at = start
    while at < end and folded[at].isspace():
        at += 1
    several = loose or bool(SEVERAL.match(folded, at))
    people = bool(_PEOPLE.match(folded, at))
    while at < end and len(spans) < _MOST:
        reach = name_end(folded, at, end)
        if reach is None and spans and several:
            reach = _member_end(folded, at, end)
        if reach is None and spans and people:
            reach = _bare_person_end(folded, at, end)
        if reach is None and loose and not spans:
            reach = loose_end(folded, at, end)
        if reach is None:
            break
        reach = _with_post(folded, at, reach, end)
        spans.append((at, reach))
        if such_as := _SUCH_AS.match(folded, reach, end):
            if begins_at(folded, such_as.end()):
                at = such_as.end()
                continue
        following = _next(folded, reach, end, several=several, people=people)
        if following is None:
            break
        at = following
    return spans, spans[-1][1] if spans else start


def _next(folded: str, reach: int, end: int, *, several: bool, people: bool) -> int | None:
    """Where the name that is joined to the one that ends at `reach` begins."""
    separator = _SEPARATOR.match(folded, reach, end)
    following = separator.end() if separator else reach + len(folded[reach:end]) - len(folded[reach:end].lstrip())
    if begins_at(folded, following):
        return following if separator or PERSON.match(folded, following) else None
    if several and separator and _member_end(folded, following, end) is not None:
        return following
    if people and separator and _bare_person_end(folded, following, end) is not None:
        return following
    glued = _GLUED_AND.match(folded, reach, end)
    return glued.end() if glued and begins_at(folded, glued.end()) else None


def _member_end(folded: str, at: int, end: int) -> int | None:
    """The end of an office's short name that nothing but a separator, or what leads on, follows."""
    member = MEMBER.match(folded, at, end)
    if member is None:
        return None
    alone = _SEPARATOR.match(folded, member.end(), end) or not folded[member.end() : end].strip()
    return member.end() if alone or LEADS_ON.match(folded, member.end() + 1, end) else None


def _bare_person_end(folded: str, at: int, end: int) -> int | None:
    """The end of a name without a title of its own («آقایان نوری و کیانی»)."""
    leads_on = any(pattern.match(folded, at, end) for pattern in (LEADS_ON, SAYS_ON, OBJECTS, DUTIES))
    if leads_on or not folded[at : at + 1].isalpha():
        return None
    reach = person_end(folded, at, end)
    return reach if reach > at else None


def _with_post(folded: str, at: int, reach: int, end: int) -> int:
    """The end of a person's name with the post that stands behind it between commas."""
    if not PERSON.match(folded, at) or POST.search(folded, at, reach):
        return reach
    comma = _COMMA.match(folded, reach, end)
    if comma is None or not POST.match(folded, comma.end()):
        return reach
    post = name_end(folded, comma.end(), end)
    return post if post is not None and _COMMA.match(folded, post, end) else reach
