"""Minutes as plain values: what is printed on one paper, whichever the format; what it says is a `Minutes`.

`meetings.documents` makes a `Paper` from what is on record. Its texts are Persian whatever the page's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dabir.persian.digits import to_persian
from dabir.reading.minutes import Day, Minutes
from dabir.writing.stamp import Stamp


class Audience(StrEnum):
    """For whom it is written. The public version leaves out what stands above the normal class and its findings."""

    INTERNAL = "internal"
    PUBLIC = "public"


AUDIENCES = {Audience.INTERNAL: "نسخه داخلی", Audience.PUBLIC: "نسخه عمومی"}
DRAFT = "پیش‌نویس"


@dataclass(frozen=True, slots=True)
class Signer:
    """A place to sign. `name` or `post` may be unknown; `signed` is the day on which it was signed, where one is on
    record."""

    name: str
    post: str = ""
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """An erratum: these words for those, by which resolution."""

    number: int
    old: str
    new: str
    decided_by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """A member's dissent; `about` is the number of a resolution, or empty for all, `since` the day on which it was
    recorded, where the version stood by then. Without a text it tells that there is one, and nothing more."""

    name: str = ""
    text: str = ""
    about: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of the minutes of a meeting, for one audience; a draft has version 0 and no hash.

    `source` is `reading.minutes.source_of` of the minutes as this audience has them, and stands inside the files;
    `sha256` is that of the whole version, whichever the audience. `address` is where the paper is authenticated, `at`
    the moment that the files are dated by: the same paper gives the same bytes.
    """

    minutes: Minutes
    source: bytes
    code: str
    title: str
    state: str
    at: datetime
    version: int = 0
    sha256: str = ""
    address: str = ""
    audience: Audience = Audience.INTERNAL
    secrecy: str = ""
    basmala: str = "بسمه تعالی"
    heading: tuple[str, ...] = ()
    footer: str = ""
    font: str = ""
    body: str = ""
    signers: tuple[Signer, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    objections: tuple[Objection, ...] = ()
    attachments: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        return not self.version

    @property
    def stamp(self) -> Stamp:
        return Stamp.of(self.code, self.version, self.sha256)

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands on each page: its class, for whom it is, and that it is a draft."""
        marks = (self.secrecy, DRAFT if self.is_draft else AUDIENCES[self.audience])
        return tuple(mark for mark in marks if mark)


Fact = tuple[str, str]


def facts(paper: Paper) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The two rows under the head of an office's minutes, each cell a name and its value; what is unknown has none."""
    head = paper.minutes.header
    invited = head.invitation
    first = (
        ("شماره دعوت‌نامه", to_persian(invited.number) if invited else ""),
        ("تاریخ دعوت‌نامه", shown_day(invited.date) if invited else ""),
        ("ریاست جلسه", _person(head.chair)),
        ("شماره جلسه", _numbers(paper)),
        ("محل برگزاری جلسه", to_persian(head.venue or "")),
    )
    hours = " تا ".join(to_persian(time) for time in (head.starts_at, head.ends_at) if time)
    following = head.next_meeting
    second = (
        ("ساعت", hours),
        ("دبیر جلسه", _person(head.secretary)),
        ("جلسه بعد", (shown_day(following.date) or to_persian(following.text or "")) if following else ""),
    )
    return tuple(fact for fact in first if fact[1]), tuple(fact for fact in second if fact[1])


def shown_day(day: Day | None) -> str:
    """«۱۳۹۸/۰۷/۱۷»."""
    return to_persian(day.jalali) if day else ""


def _person(person: object) -> str:
    name, post = getattr(person, "name", ""), getattr(person, "post", "")
    return "، ".join(part for part in (name, post) if part)


def _numbers(paper: Paper) -> str:
    """The meeting's number; a joint meeting has one in each body."""
    bodies = [one for one in paper.minutes.bodies if one.number is not None]
    if len(bodies) > 1:
        return "، ".join(to_persian(f"{one.number} ({one.name})") for one in bodies)
    number = bodies[0].number if bodies else paper.minutes.header.number
    return to_persian(str(number)) if number is not None else ""
