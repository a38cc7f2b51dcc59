"""The year that the demo tells, as it stands under `examples/demo`: `year.json` says when what happens to which
debts, `sessions` what each meeting decided, in the form of the office, `words.json` what people say on the way."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dabir.foundation.secrecy import SecrecyClass
from dabir.persian.jalali import parse_day

_AGENDA, _TALK, _DECIDED = "الف - دستور جلسه:", "ب - مذاکرات جلسه:", "ج - مصوبات جلسه:"


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting: `agenda` as items, `talk` and `decided` as the lines of the minutes; all else by number of resolution.

    A debt is named by number of session and resolution («1/9»); where a resolution makes several, all are meant.
    """

    number: int
    day: date
    agenda: list[str]
    talk: str
    decided_text: str
    secrecy: SecrecyClass = SecrecyClass.NORMAL
    absent: frozenset[str] = frozenset()
    settled: dict[str, str] = field(default_factory=dict)
    gaps: dict[str, str] = field(default_factory=dict)
    chains: list[list[str]] = field(default_factory=list)
    evidence: frozenset[str] = frozenset()
    careers: dict[str, str] = field(default_factory=dict)
    """What becomes of the debts of a resolution; the names are those of `debts.Careers`."""
    decided: list[dict[str, str]] = field(default_factory=list)
    """What this meeting decides on earlier debts, besides closing what is proposed for closing."""
    events: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Story:
    day: date
    """The demo's own day."""
    body: str
    venue: str
    header: dict[str, str]
    """What the secretary writes beside labels of the form for which the record has nothing."""
    next_day: date
    next_agenda: list[str]
    sessions: list[Session]
    words: dict[str, list[Any]]
    chance: random.Random = field(default_factory=lambda: random.Random(1403))  # noqa: S311 (the same year each time)

    def say(self, kind: str, **values: object) -> str:
        """One of the sentences of that kind."""
        return str(self.chance.choice(self.words[kind])).format(**values)

    def days(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)


def read(folder: Path) -> Story:
    told = json.loads((folder / "year.json").read_text(encoding="utf-8"))
    return Story(
        day=day_of(told["day"]),
        body=told["body"],
        venue=told["venue"],
        header=told["header"],
        next_day=day_of(told["next"]["day"]),
        next_agenda=told["next"]["agenda"],
        sessions=[_session(folder, number, one) for number, one in enumerate(told["sessions"], 1)],
        words=json.loads((folder / "words.json").read_text(encoding="utf-8")),
    )


def _session(folder: Path, number: int, told: dict[str, Any]) -> Session:
    text = (folder / "sessions" / f"{number}.txt").read_text(encoding="utf-8")
    agenda, _, rest = text.removeprefix(_AGENDA).partition(_TALK)
    talk, _, decided = rest.partition(_DECIDED)
    return Session(
        number=number,
        day=day_of(told["day"]),
        agenda=[line.partition("- ")[2] for line in agenda.strip().splitlines()],
        talk=talk.strip(),
        decided_text=decided.strip(),
        secrecy=SecrecyClass(told.get("secrecy", SecrecyClass.NORMAL)),
        absent=frozenset(told.get("absent", ())),
        settled=told.get("settled", {}),
        gaps=told.get("gaps", {}),
        chains=told.get("chains", []),
        evidence=frozenset(told.get("evidence", ())),
        careers={number: career for career, numbers in told["careers"].items() for number in numbers},
        decided=told.get("decided", []),
        events=told.get("events", []),
    )


def written(skeleton: str, session: Session, header: dict[str, str]) -> str:
    """The minutes: the office's form as the record fills it, with what was said and decided."""
    for label, words in header.items():
        skeleton = skeleton.replace(f"{label}:\t", f"{label}: {words}\t", 1)
    for head, lines in ((_TALK, session.talk), (_DECIDED, session.decided_text)):
        before, found, after = skeleton.partition(head)
        skeleton = f"{before}{found}\n\n{lines}\n\n{after.lstrip()}"
    return skeleton


def day_of(text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise ValueError(f"“{text}” is no Jalali day")
    return day
