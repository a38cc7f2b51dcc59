"""Who was there."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.persian.digits import number_in, to_persian
from dabir.reading.dates.vocabulary import BEFORE, NUMBER
from dabir.reading.findings.frame import Paper, Said, name_key, quote, rule
from dabir.reading.minutes import Attendance, SectionKind, Severity
from dabir.reading.wording import rx

_STATED = rx(
    rf"{BEFORE}(?:با حضور|حضور) (?P<number>{NUMBER}) (?:\(\d{{1,3}}\) )?نفر(?! نماینده)"
    r"(?: از)?(?: (?:اعضا|اعضای|عضو|مدعوین|حاضرین|حاضران))?"
)
_EVERYBODY = ("کلیه", "تمامی", "همه", "سایر", "اعضا", "اکثریت", "نفر", "تعدادی", "جمعی", "نمایندگان")


@rule("attendance.both", Severity.ERROR, "Someone is listed as present and as absent")
def present_and_absent(paper: Paper) -> Iterator[Said]:
    # seed د، ه: one council stands in both lists
    absent = [entry for entry in paper.minutes.attendance if not entry.present]
    if not absent:
        return
    present = {key for entry in paper.minutes.attendance if entry.present for key in _keys(entry)}
    for entry in absent:
        if present & _keys(entry):
            yield Said(f"{quote(entry.text)} هم در فهرست حاضران و هم در فهرست افراد غایب است.", entry.lines)


@rule("attendance.chair-absent", Severity.ERROR, "Who chaired is listed as absent")
def chair_absent(paper: Paper) -> Iterator[Said]:
    chair = paper.minutes.header.chair
    if chair is None:
        return
    name = name_key(chair.name)
    for entry in paper.minutes.attendance:
        if not entry.present and name_key(entry.text) == name:
            yield Said(f"{quote(entry.text)} رئیس جلسه است، ولی در فهرست افراد غایب آمده است.", entry.lines)


@rule("attendance.nobody", Severity.WARNING, "Only those absent are listed")
def nobody_present(paper: Paper) -> Iterator[Said]:
    entries = paper.minutes.attendance
    if entries and not any(entry.present for entry in entries):
        yield Said("فهرست افراد غایب آمده است، ولی نامی از حاضران نیست.", entries[0].lines)


@rule("attendance.count", Severity.WARNING, "The number of those present is not the list's")
def number_of_those_present(paper: Paper) -> Iterator[Said]:
    listed = _listed(paper)
    if len(listed) < 2 or any(word in entry.text for entry in listed for word in _EVERYBODY):
        return
    for number, line in paper.lines_with("نفر"):
        stated = _STATED.search(line.folded)
        count = number_in(stated["number"]) if stated else None
        if stated and count and count != len(listed):
            # Guests may stand in the same list; members cannot be fewer than the paper says.
            if len(listed) < count or not any(word in stated[0] for word in ("اعضا", "عضو")):
                words, found = quote(line.words[slice(*stated.span())]), to_persian(str(len(listed)))
                yield Said(f"متن می‌گوید {words}، ولی شماره نام‌های فهرست حاضران {found} است.", (number, number))
            return


def _listed(paper: Paper) -> list[Attendance]:
    """Those present who stand in a list of their own."""
    spans = [one.lines for one in paper.minutes.sections if one.kind is SectionKind.PRESENT]
    present = [entry for entry in paper.minutes.attendance if entry.present] if spans else []
    return [entry for entry in present if any(first <= entry.lines[0] <= last for first, last in spans)]


def _keys(entry: Attendance) -> set[str]:
    """What tells that two entries are one: the words, and the party where it is certain."""
    keys = {name_key(entry.text)}
    return keys | ({f"party {entry.known}"} if entry.known is not None else set())


RULES = (
    present_and_absent,
    chair_absent,
    nobody_present,
    number_of_those_present,
)
