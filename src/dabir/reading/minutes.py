"""What a paper says, as plain values: the one shape that the reader makes, drafts store and documents print.

`as_json` and `from_json` are inverse to each other; `minutes.schema.json` beside this file describes the JSON.
Every value that was taken from the paper keeps the lines it came from, as `(first, last)`, counted from 1.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

Lines = tuple[int, int]


class ResolutionKind(StrEnum):
    OBLIGATION = "obligation"
    INFORMATION = "information"
    APPROVAL = "approval"
    CONDITIONAL_APPROVAL = "conditional-approval"
    STANDING_RULE = "standing-rule"
    RECURRING = "recurring"
    AMENDMENT = "amendment"
    PROPOSAL = "proposal"


class DueKind(StrEnum):
    DATE = "date"
    DURATION = "duration"
    PERIOD = "period"
    EVENT = "event"
    RECURRING = "recurring"
    VAGUE = "vague"


class ActKind(StrEnum):
    """What is decided on a debt that is there already."""

    CLOSE = "close"
    EXTEND = "extend"
    REFUSE = "refuse"
    AMEND = "amend"
    SUPERSEDE = "supersede"
    MERGE = "merge"
    REOPEN = "reopen"
    CANCEL = "cancel"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class SectionKind(StrEnum):
    HEADER = "header"
    AGENDA = "agenda"
    DISCUSSION = "discussion"
    RESOLUTIONS = "resolutions"
    PRESENT = "present"
    ABSENT = "absent"
    SIGNATURES = "signatures"
    OTHER = "other"


class StatementClass(StrEnum):
    NORMAL = "normal"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105  (a class, no password)


class ClaimKind(StrEnum):
    FIGURE = "figure"
    LAW = "law"


class Reason(StrEnum):
    """Why a name on the paper is taken for a party's, or for that of somebody the paper names elsewhere."""

    EXACT = "exact"  # the official name
    ALIAS = "alias"  # another of its names
    PICKED = "picked"  # a person's choice
    SHARED = "shared"  # a name that several parties have
    LETTER = "letter"  # one letter off
    SHORTENED = "shortened"  # a part of the name
    LIKE = "like"
    STAFF = "staff"  # somebody of it («نماینده …», «کارشناسان …»)
    SAID = "said"  # named in full elsewhere on the paper
    BODY = "body"  # the body that meets, or what belongs to it
    PLACE = "place"  # that of the one county, city … which the paper is about
    HOLDER = "holder"  # a person whose post the paper tells, or a post whose holder
    PRONOUN = "pronoun"  # «ایشان», «دستگاه مذکور»: whoever was named before
    MEMBERS = "members"  # the members of a body
    VAGUE = "vague"  # a group of which nobody knows the members


@dataclass(slots=True)
class Record:
    """A value with a JSON form: field names as keys, tuples as lists, enumerations as their words."""

    def as_json(self) -> dict[str, Any]:
        return {name: _plain(getattr(self, name)) for name in _names(self.__class__)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The value of which `data` is the JSON; unknown keys are passed over, missing ones take their default."""
        hints = _hints(cls)  # type: ignore[arg-type]
        return cls(**{f.name: _typed(hints[f.name], data[f.name]) for f in dataclasses.fields(cls) if f.name in data})


@dataclass(slots=True)
class Day(Record):
    """A day as the paper writes it and as it is: `jalali` "1398/07/17", `iso` "2019-10-09"."""

    jalali: str
    iso: str
    text: str


@dataclass(slots=True)
class Party(Record):
    """Someone named on the paper: `text` verbatim, or for a pronoun the words that it stands for; `organization` the
    canonical name, or the full one that the paper has elsewhere; `party` its key in the Context.

    `score` (0–1) and `reason` say how the name was matched, `named_at` on which line its full name stands; without a
    match all five are empty.
    """

    text: str
    organization: str | None = None
    party: int | None = None
    score: float | None = None
    reason: str | None = None
    named_at: int | None = None

    @property
    def known(self) -> int | None:
        """The party's key where it is certain: an exact name, or a person's choice; a likeness is never one."""
        return self.party if self.score == 1.0 else None


@dataclass(slots=True)
class Person(Record):
    """A person named on the paper, without honorifics; `post` as the paper says it."""

    name: str
    post: str | None = None
    lines: Lines | None = None


@dataclass(slots=True)
class Due(Record):
    """A time limit: its words, its kind, and the last day that satisfies it, or none where the paper does not say.

    `time` is "HH:MM" where the limit is an instant («ظرف ۴۸ ساعت»); `trigger` the event that starts the clock.
    """

    text: str
    kind: DueKind
    jalali: str | None = None
    iso: str | None = None
    time: str | None = None
    trigger: str | None = None


@dataclass(slots=True)
class Invitation(Record):
    number: str
    date: Day | None = None


@dataclass(slots=True)
class NextMeeting(Record):
    date: Day | None = None
    text: str | None = None


@dataclass(slots=True)
class Header(Record):
    title: str | None = None
    issuer: str | None = None
    body: str | None = None
    number: int | None = None
    date: Day | None = None
    weekday: str | None = None
    venue: str | None = None
    chair: Person | None = None
    secretary: Person | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    next_meeting: NextMeeting | None = None
    invitation: Invitation | None = None
    lines: Lines | None = None

    @property
    def day(self) -> datetime.date | None:
        """The meeting's day, where the paper tells it."""
        return datetime.date.fromisoformat(self.date.iso) if self.date else None


@dataclass(slots=True)
class BodyNumber(Record):
    """A body that meets and the meeting's number in it; a joint meeting has two."""

    name: str
    number: int | None = None
    party: int | None = None


@dataclass(slots=True)
class Section(Record):
    letter: str | None
    title: str
    kind: SectionKind
    lines: Lines


@dataclass(slots=True)
class AgendaItem(Record):
    text: str
    lines: Lines
    number: str | None = None


@dataclass(slots=True)
class Obligation(Record):
    """Who owes what, to whom, until when. A missing lead or due is a gap for the secretary, never a guess."""

    action: str
    lines: Lines
    lead: Party | None = None
    helpers: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    endorser: Party | None = None
    due: Due | None = None
    waits_for: list[str] = field(default_factory=list)
    id: str = ""


@dataclass(slots=True)
class Point(Record):
    """A thing said; `obligations` where the secretary has promoted it (seed ب/۸), never the reader."""

    text: str
    lines: Lines
    number: str | None = None
    obligations: list[Obligation] = field(default_factory=list)
    id: str = ""


@dataclass(slots=True)
class Statement(Record):
    """What one speaker, or several together, said; `secrecy` where the paper marks it («(محرمانه)»)."""

    speakers: list[Person]
    points: list[Point]
    lines: Lines
    id: str = ""
    secrecy: StatementClass = StatementClass.NORMAL


@dataclass(slots=True)
class Claim(Record):
    """A figure or a law that a speaker quotes: `text` are the words that do, `statement` and `point` where they stand.

    Of a figure: `subject` what it is of («نرخ بیکاری»), `value` a decimal («5.2») in `unit`, `source` whose figure it
    is said to be («مرکز آمار ایران»); of a law: `law`, its article. What the paper does not say stays empty.
    """

    kind: ClaimKind
    text: str
    lines: Lines
    subject: str | None = None
    value: str | None = None
    unit: str | None = None
    law: str | None = None
    source: str | None = None
    speakers: list[str] = field(default_factory=list)
    statement: str | None = None
    point: str | None = None
    id: str = ""


@dataclass(slots=True)
class Reference(Record):
    """A mention of another place of this paper («جزء ۳ بند ب») or of a law."""

    text: str
    lines: Lines


@dataclass(slots=True)
class DebtAct(Record):
    """What a resolution decides on a debt that is there already, `debt` being its code: of an extension until which
    `day`; `into` is the code of the debt that it is merged with, or that takes its place. `text` are the words."""

    debt: str
    act: ActKind
    lines: Lines
    day: Day | None = None
    into: str | None = None
    text: str = ""


@dataclass(slots=True)
class Resolution(Record):
    text: str
    lines: Lines
    kind: ResolutionKind
    number: str | None = None
    obligations: list[Obligation] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    acts: list[DebtAct] = field(default_factory=list)
    id: str = ""

    @property
    def binds(self) -> bool:
        """Information and proposals bind no one, also where they name who would do it."""
        return self.kind not in (ResolutionKind.INFORMATION, ResolutionKind.PROPOSAL)


@dataclass(slots=True)
class Attendance(Record):
    """Who is said to be there or not; `capacity` "member", "invitee" or None."""

    text: str
    present: bool
    lines: Lines
    capacity: str | None = None
    organization: str | None = None
    party: int | None = None
    score: float | None = None
    reason: str | None = None
    id: str = ""

    @property
    def known(self) -> int | None:
        """As for `Party.known`."""
        return self.party if self.score == 1.0 else None


@dataclass(slots=True)
class Fix(Record):
    """Words that can be put in the place of others as they stand."""

    old: str
    new: str


@dataclass(slots=True)
class Finding(Record):
    """One thing that the proofreader says, in one short Persian sentence that quotes the words and names the cause.

    `suggestion` is for people to read; `fixes` can be applied as they are. `waived` is a person's reason to let it be.
    """

    rule: str
    severity: Severity
    message: str
    lines: Lines
    suggestion: str | None = None
    fixes: list[Fix] = field(default_factory=list)
    waived: str | None = None


@dataclass(slots=True)
class Remark(Record):
    """What a reader of the paper would ask about how its file became lines (findings `source.…` say it)."""

    rule: str
    message: str
    lines: Lines


@dataclass(slots=True)
class Minutes(Record):
    """A whole paper. `lines` are the numbered source lines (index 0 is line 1)."""

    header: Header
    bodies: list[BodyNumber] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    agenda: list[AgendaItem] = field(default_factory=list)
    discussion: list[Statement] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    source: list[Remark] = field(default_factory=list)

    @property
    def recognised(self) -> bool:
        """True when the paper holds anything of minutes: a resolution, a statement, attendance, or a dated header."""
        return bool(self.resolutions or self.discussion or self.attendance or self.header.date or self.header.number)


EMBEDDED = "dabir-minutes.json"
"""What `source_of` is called inside documents that leave: a PDF's attached file, a Word package's part `/dabir/…`."""


def source_of(document: Mapping[str, Any]) -> bytes:
    """The one spelling of a document's JSON as bytes (UTF-8, sorted keys, no spaces): what documents that leave have
    inside, and what the SHA-256 of a version of the minutes is of."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


_hints = functools.cache(typing.get_type_hints)


_fields: dict[type[Record], tuple[str, ...]] = {}


def _names(record: type[Record]) -> tuple[str, ...]:
    if record not in _fields:
        _fields[record] = tuple(f.name for f in dataclasses.fields(record))
    return _fields[record]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):  # most are; a StrEnum's JSON is its word
        return str(value) if isinstance(value, StrEnum) else value
    if isinstance(value, Record):
        return value.as_json()
    if type(value) is tuple:  # of numbers: lines
        return list(value)
    return [_plain(v) for v in value] if isinstance(value, list) else value


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _typed(next(a for a in args if a is not types.NoneType), value)
    if origin is list:
        return [_typed(args[0], v) for v in value]
    if origin is tuple:
        return tuple(value)
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint.from_json(value)
    return hint(value) if isinstance(hint, type) and issubclass(hint, StrEnum) else value
