"""Words that minutes are made of and that are known already: parties, posts and people, days, turns of the form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from dabir.directory.models import PartyName, Tenure
from dabir.directory.queries import parties_visible_to
from dabir.directory.spans import in_force
from dabir.foundation.acting import Acting
from dabir.foundation.remembered import until_the_next_event
from dabir.meetings.models import Meeting, Statement
from dabir.meetings.queries import meetings_visible_to
from dabir.persian import clock, jalali
from dabir.persian.digits import parse_int, to_ascii, to_persian
from dabir.persian.letters import canonical, squash

MOST = 8
_SHORTEST = 2  # letters
_LONGEST = 120  # letters before the caret that are looked at
_WORDS = 5
_MEETINGS = 12
"""Of so many of the body's last meetings the speakers are known."""
_BREAK = re.compile(r"[:،؛()«»\[\]\t\n]|(?<=\s)[-–—](?=\s)")
_DAY = re.compile(r"[\d/]{1,10}")

TURNS = (
    "مقرر شد",
    "مقرر گردید",
    "مکلف است",
    "موظف است",
    "حداکثر تا تاریخ",
    "ظرف مدت",
    "با همکاری",
    "به تصویب رسید",
    "به دبیرخانه ارسال نماید",
    "گزارش اقدامات را ارائه نماید",
    "در دستور جلسه آینده قرار گیرد",
    "الف - دستور جلسه:",
    "ب - مذاکرات جلسه:",
    "ج - مصوبات جلسه:",
    "د - اعضا و مدعوین حاضر در جلسه:",
    "ه - اعضا و مدعوین غایب در جلسه:",
    "اعضای اصلی:",
    "اعضای مدعو:",
    "به ریاست",
    "ضمن عرض خیرمقدم",
    "به موارد زیر اشاره نمودند:",
)
"""Of the office's own form (seed)."""


@dataclass(frozen=True, slots=True)
class Completion:
    """Words for the place of the last `replaces` letters before the caret. `kind`: "party", "person", "day", "turn";
    `note` says more of it, `day` is the one it names."""

    text: str
    kind: str
    replaces: int
    note: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What can be completed, by the squashed words from each of its own words on, in order."""

    keys: tuple[str, ...]
    entries: tuple[tuple[bool, str, str, str], ...]
    """For each key: whether it is from within the words, the words, the kind and the note."""


def completions(before: str, meeting: Meeting, *, by: Acting) -> list[Completion]:
    """What the words before the caret may be the beginning of, the likeliest first; at most eight."""
    tail = _BREAK.split(before[-_LONGEST:])[-1].lstrip()
    if not tail or tail[-1].isspace():
        return []
    found: dict[str, Completion] = {}
    for one in (*_days(tail.split()[-1], meeting), *_words(tail, meeting, by)):
        if one.text != tail[-one.replaces :]:
            found.setdefault(one.text, one)
    return list(found.values())[:MOST]


def _words(tail: str, meeting: Meeting, by: Acting) -> Iterator[Completion]:
    sources = (_names(meeting.date, by), _speakers(meeting.kept_by_id, by), _turns())
    words = tail.split()
    for count in range(min(_WORDS, len(words)), 0, -1):
        at = _begin_of(tail, count)
        key = squash(tail[at:])
        if len(key) < _SHORTEST:
            continue
        hits = sorted(hit for known in sources for hit in _starting(known, key))
        for *_rank, text, kind, note in hits[: MOST * 3]:
            yield Completion(text, kind, len(tail) - at, note)


def _starting(known: _Known, key: str) -> Iterator[tuple[bool, bool, int, str, str, str]]:
    at = bisect_left(known.keys, key)
    while at < len(known.keys) and known.keys[at].startswith(key):
        within, text, kind, note = known.entries[at]
        yield within, kind == "party" and bool(note), len(text), text, kind, note  # official names first
        at += 1


def _begin_of(tail: str, count: int) -> int:
    """Where the last `count` words begin."""
    at = len(tail)
    for _ in range(count):
        at = len(tail[:at].rstrip())
        at = max(tail.rfind(" ", 0, at), tail.rfind("\u00a0", 0, at)) + 1
    return at


def _known(entries: list[tuple[str, str, str]]) -> _Known:
    rows = []
    for text, kind, note in dict.fromkeys(entries):
        words = text.split()
        for place in range(min(len(words), _WORDS)):
            if key := squash("".join(words[place:])):
                rows.append((key, (place > 0, text, kind, note)))
    rows.sort()
    return _Known(tuple(key for key, _ in rows), tuple(entry for _, entry in rows))


@until_the_next_event
def _names(day: date, by: Acting) -> _Known:
    """The names in force on a day, official and others, of parties that the actor may see, and who holds which post."""
    visible = parties_visible_to(by).values("pk")
    names = PartyName.objects.filter(in_force(day), party__in=visible).select_related("party")
    entries = [(name.name, "party", str(name.party.name) if name.name != name.party.name else "") for name in names]
    held = Tenure.objects.filter(in_force(day), post__party__in=visible).select_related("person", "post__party")
    entries += [(tenure.person.name, "person", tenure.post.party.name) for tenure in held]
    return _known(entries)


@until_the_next_event
def _speakers(body: int, by: Acting) -> _Known:
    """Who has spoken in the body's last meetings that the actor may read, and in which post."""
    of_body = meetings_visible_to(by).filter(Q(kept_by=body)).order_by("-date")
    last = list(of_body.values_list("pk", flat=True)[:_MEETINGS])
    spoken = Statement.objects.filter(meeting__in=last).values_list("speakers", flat=True)
    entries = [(canonical(one["name"]), "person", one.get("post") or "") for speakers in spoken for one in speakers]
    return _known([entry for entry in entries if entry[0]])


@until_the_next_event
def _turns() -> _Known:
    return _known([(turn, "turn", "") for turn in TURNS])


def _days(word: str, meeting: Meeting) -> Iterator[Completion]:
    """The days that a number, the beginning of a date, or a weekday may mean in a meeting of that day."""
    size = len(word)
    named = {"امروز": clock.today(), "فردا": meeting.date + timedelta(days=1), "جلسه": meeting.next_date}
    key = squash(word)
    for name, day in named.items():
        if day and len(key) > _SHORTEST and name.startswith(key):
            yield Completion(jalali.format_day(day), "day", size, name, day)
    for number, weekday in enumerate(jalali.WEEKDAYS):
        if len(key) > _SHORTEST and squash(weekday).startswith(key):
            day = meeting.date + timedelta(days=(number - meeting.date.weekday() - 1) % 7 + 1)
            yield Completion(f"{weekday} {jalali.format_day(day)}", "day", size, "", day)
    if not _DAY.fullmatch(word):
        return
    digits = to_ascii(word)
    if (of_month := parse_int(digits)) is not None and 1 <= of_month <= 31 and len(digits) <= 2:
        yield from (_written(day, size) for day in _next_with(of_month, meeting.date))
    for day in filter(None, (meeting.date, meeting.next_date, clock.today())):
        if len(digits) > 1 and jalali.format_day(day, persian_digits=False).startswith(digits):
            yield _written(day, size)
    if digits.count("/") == 2 and (day := jalali.parse_day(digits, meeting.date)):
        yield _written(day, size)


def _written(day: date, size: int) -> Completion:
    return Completion(to_persian(jalali.format_day(day)), "day", size, "", day)


def _next_with(of_month: int, after: date) -> Iterator[date]:
    """The next two days after a meeting that are the so-manieth of their month."""
    year, month, today = jalali.from_gregorian(after)
    given = 0
    if of_month <= today:
        month += 1
    while given < 2:
        year, month = (year + 1, 1) if month > 12 else (year, month)
        if of_month <= jalali.month_length(year, month):
            yield jalali.to_gregorian(year, month, of_month)
            given += 1
        month += 1
