"""Persons as minutes name them: «جناب آقای دکتر حقیقی استاندار محترم زنجان» → name and post."""

from __future__ import annotations

import re

from dabir.persian.honorifics import strip_honorifics
from dabir.reading.lines import Passage
from dabir.reading.minutes import Lines, Person
from dabir.reading.parties import PERSON, POST, may_be_person
from dabir.reading.wording import rx

_NAME = rx(r"[^\W\d]{2,}(?:\s+[^\W\d]{2,}){0,4}").pattern
_POST = rf"{POST.pattern}[^():،]{{0,80}}"
_TURN = re.compile(rf"(?P<name>{_NAME})\s*(?:\(\s*(?P<in>{_POST})\)|(?:[،,]|[-–—])\s*(?P<after>{_POST}))\s*:")
_EDGES = ' \t\n،؛.:-–—()*«»"'


def person_of(text: str, lines: Lines | None = None) -> Person | None:
    """The person that `text` names, with the post that follows the name; a post alone is taken as the name."""
    passage = Passage.of([(1, text.strip(_EDGES))])
    if not passage.text:
        return None
    title = PERSON.match(passage.folded)
    post = POST.search(passage.folded, title.end() if title else 0)
    cut = (
        post.start()
        if post and post.start() > 0 and (title is None or post.start() > title.end())
        else len(passage.text)
    )
    name = strip_honorifics(passage.text[:cut].strip(_EDGES))
    place = passage.text[cut:].strip(_EDGES) or None
    return Person(name, place, lines) if name else None


def speaker_before_colon(text: str) -> Person | None:
    """Who is named without a title at the beginning of a line: «محمدی (رئیس شورا): …», «سعید نوری - شهردار: …»."""
    passage = Passage.of([(1, text)])
    turn = _TURN.match(passage.folded)
    if turn is None or not may_be_person(turn["name"]):
        return None
    place = "in" if turn["in"] else "after"
    name, post = (passage.text[turn.start(part) : turn.end(part)].strip(_EDGES) for part in ("name", place))
    return Person(name, post)
