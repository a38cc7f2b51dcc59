"""Who led a meeting and who kept its minutes, as its opening tells it."""

from __future__ import annotations

from dabir.reading.lines import Passage
from dabir.reading.minutes import Person
from dabir.reading.parties import PERSON, name_end
from dabir.reading.people import person_of
from dabir.reading.wording import rx

_CHAIRED = rx(r"(?:به|با) (?:ریاست|مدیریت)\s+")
_OF_BODY = r"\s+(?:محترم )?(?:جلسه|شورا|شورای|ستاد|کمیته|کارگروه|کمیسیون|هیات|هیئت|انجمن|مجمع)(?!\w)"
_HEADS_BODY = rx(r"(?:رئیس|ریاست)" + _OF_BODY)
_KEEPS_MINUTES = rx(r"[^،.؛:]{3,150}?(?<!\w)(?:دبیر|منشی)" + _OF_BODY)  # seed ب


def chairs(told: Passage) -> Person | None:
    """Who led the meeting: «به ریاست …», or whose post is said to be its head's («… رئیس شورا»)."""
    match = _CHAIRED.search(told.folded)
    end = name_end(told.folded, match.end(), len(told.folded)) if match else None
    if match and end:
        return person_of(told.text[match.end() : end], told.lines(match.end(), end))
    for person in PERSON.finditer(told.folded):
        end = name_end(told.folded, person.start(), len(told.folded))
        if end and _HEADS_BODY.search(told.folded, person.end(), end):
            return person_of(told.text[person.start() : end], told.lines(person.start(), end))
    return None


def keeps_minutes(told: Passage) -> Person | None:
    """Who is named as the meeting's secretary («آقای … رئیس سازمان … و دبیر ستاد»)."""
    if "دبیر" not in told.folded and "منشی" not in told.folded:
        return None
    for person in PERSON.finditer(told.folded):
        post = _KEEPS_MINUTES.match(told.folded, person.end())
        if post and not PERSON.search(told.folded, person.end(), post.end()):
            return person_of(told.text[person.start() : post.end()], told.lines(person.start(), post.end()))
    return None
