"""The session itself: its number, its days and hours, and what its head leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dabir.persian.digits import to_persian, words_to_int
from dabir.reading.dates.vocabulary import BEFORE, CARDINAL, ORDINAL
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import Day, SectionKind, Severity
from dabir.reading.wording import rx

_OPENING = 25  # lines in which a paper tells which session it is
_HUNDREDS = "(?:(?:یک)?صد|دویست|سیصد|چهارصد|پانصد)"
_NTH_SESSION = rx(
    rf"{BEFORE}(?P<words>(?:{_HUNDREDS} و )?(?:{CARDINAL}|{ORDINAL}) (?:ا?م)?ین|اولین|نخستین|سومین) (?:جلسه|نشست)"
    r"(?=[^.؛\n]{0,150}(?:تشکیل|آغاز|برگزار|تلاوت|قرائت قرآن))"
)
_LATEST_END, _LATE_START = "04:00", "18:00"  # an evening's session may end after midnight
_HALF_DAY, _LONGEST = 12, 6  # hours; an end without «عصر» may be meant in the afternoon


@rule("header.number", Severity.ERROR, "The session's number is not the one that the text tells")
def number_of_session(paper: Paper) -> Iterator[Said]:
    numbers = {paper.minutes.header.number, *(body.number for body in paper.minutes.bodies)} - {None}
    if not numbers or not paper.has("ین"):
        return
    for line in paper.lines[:_OPENING]:
        names_it = "ین جلسه" in line.folded or "ین نشست" in line.folded or "ینجلسه" in line.folded
        match = _NTH_SESSION.search(line.folded) if names_it else None
        told = words_to_int(match["words"]) if match else None
        if match and told:
            if told not in numbers:
                header = to_persian("، ".join(str(number) for number in sorted(n for n in numbers if n is not None)))
                words = quote(line.words[match.start() : match.end()])
                yield Said(f"شماره جلسه در سربرگ {header} است، ولی متن می‌گوید {words}.", (line.number, line.number))
            return


@rule("header.next-meeting", Severity.ERROR, "The next meeting lies before this one")
def next_meeting_before(paper: Paper) -> Iterator[Said]:
    following = paper.minutes.header.next_meeting
    if following and following.date and paper.session and _day(following.date) < paper.session:
        yield Said(
            f"جلسه آینده ({quote(following.date.text)}) پیش از روز همین جلسه است.", _place(paper, following.date)
        )


@rule("header.invitation", Severity.ERROR, "The invitation was written after the meeting")
def invitation_after(paper: Paper) -> Iterator[Said]:
    invitation = paper.minutes.header.invitation
    if invitation and invitation.date and paper.session and _day(invitation.date) > paper.session:
        yield Said(
            f"تاریخ دعوت‌نامه ({quote(invitation.date.text)}) پس از روز جلسه است.", _place(paper, invitation.date)
        )


@rule("header.hours", Severity.ERROR, "The meeting ends before it begins")
def ends_before_it_begins(paper: Paper) -> Iterator[Said]:
    header = paper.minutes.header
    starts, ends = header.starts_at, header.ends_at
    if not starts or not ends or ends >= starts or (starts >= _LATE_START and ends <= _LATEST_END):
        return
    if int(ends[:2]) + _HALF_DAY - int(starts[:2]) > _LONGEST:  # «از ۱۰ تا ۱» ends in the afternoon
        message = to_persian(f"ساعت پایان جلسه ({ends}) پیش از ساعت شروع آن ({starts}) است.")
        yield Said(message, _head(paper))


@rule("header.missing", Severity.NOTE, "What the head of the paper does not tell")
def what_is_missing(paper: Paper) -> Iterator[Said]:
    # seed: no hours, no signatures, no quorum
    minutes, header = paper.minutes, paper.minutes.header
    if not minutes.resolutions:
        return
    lacks = {
        "نام نهاد": not (header.body or minutes.bodies),
        "شماره جلسه": header.number is None and not any(body.number for body in minutes.bodies),
        "تاریخ جلسه": header.date is None,
        "ساعت شروع": header.starts_at is None,
        "ساعت پایان": header.ends_at is None,
        "حاضران": not any(entry.present for entry in minutes.attendance),
        "حد نصاب": not paper.has("حد نصاب", "اکثریت", "رسمیت", "کلیه اعضا", "تمامی اعضا", "همه اعضا"),
        "امضا": not paper.has("امضا") and not any(one.kind is SectionKind.SIGNATURES for one in minutes.sections),
    }
    if any(lacks.values()):
        missing = "، ".join(name for name, lacking in lacks.items() if lacking)
        yield Said(f"این‌ها در صورتجلسه نیامده است: {missing}.", _head(paper))


def _head(paper: Paper) -> tuple[int, int]:
    """The first line of the head's fields."""
    first = (paper.minutes.header.lines or (1, 1))[0]
    return first, first


def _day(day: Day) -> date:
    return date.fromisoformat(day.iso)


def _place(paper: Paper, day: Day) -> tuple[int, int]:
    return paper.line_of(day.text, (1, len(paper.minutes.lines)))


RULES = (
    number_of_session,
    next_meeting_before,
    invitation_after,
    ends_before_it_begins,
    what_is_missing,
)
