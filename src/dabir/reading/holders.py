"""Whom a short name can stand for, and the people of a paper with their posts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from dabir.persian.letters import squash
from dabir.reading.minutes import Minutes, Person, Reason
from dabir.reading.people import person_of

SURE, LIKELY, ONE_OF_SEVERAL = 0.9, 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Referent:
    """Who a name stands for: the full name or the post, how surely, why, and on which line it is told."""

    name: str | None
    score: float | None
    reason: Reason
    line: int | None = None


def officer(person: Person | None, words: str) -> Referent | None:
    """Whoever the header says holds the meeting's office: by their own post where they have one."""
    name = (person.post or person.name) if person else words
    if person is None or squash(name) == squash(words):
        return None
    return Referent(name, SURE, Reason.HOLDER, person.lines[0] if person.lines else None)


class Holders:
    """The people who have a post: of the header, of the attendance and of those who speak."""

    def __init__(self, minutes: Minutes) -> None:
        people = [minutes.header.chair, minutes.header.secretary]
        people += [person_of(entry.text, entry.lines) for entry in minutes.attendance]
        people += [person for statement in minutes.discussion for person in statement.speakers]
        self._posts: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
        for one in people:
            if one and one.post:
                self._posts[squash(one.name.split()[-1])].append((one.post, one.lines[0] if one.lines else None))

    def post_of(self, text: str) -> Referent | None:
        """The post of the person whom `text` names, where the paper has one of this family name, or several of one
        post."""
        person = person_of(text)
        if person is None or person.post:
            return None
        found = self._posts.get(squash(person.name.split()[-1]), [])
        if len({squash(post) for post, _ in found}) != 1:
            return None
        return Referent(found[0][0], SURE, Reason.HOLDER, found[0][1])
