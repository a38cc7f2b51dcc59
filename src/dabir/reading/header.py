"""The header: labelled fields wherever tabs have thrown them, and what the first sentences tell («یازدهمین جلسه …»)."""

from __future__ import annotations

import re
from datetime import date

from dabir.persian.letters import same_length_fold
from dabir.reading.bodies import body_in, is_sort
from dabir.reading.dates import find_days
from dabir.reading.lines import Line, Passage
from dabir.reading.minutes import Day, Header, Invitation, NextMeeting, Person
from dabir.reading.numbering import Field, session_number
from dabir.reading.people import person_of
from dabir.reading.presiding import chairs, keeps_minutes
from dabir.reading.session_day import NEXT, TITLED, session_day, weekday_of
from dabir.reading.times import hours_in, hours_of
from dabir.reading.wording import any_of, rx

_HEAD = 60  # lines in which the header's fields are looked for
_ISSUED = 5  # lines in which the issuer may stand
_LONGEST_ISSUER = 90  # letters
_LONGEST_TOLD = 3000  # letters of one of them
_NARRATIVE = 4  # paragraphs that may tell when and where the meeting was

_FIELDS = {
    "invitation_number": "شماره دعوت ?نامه|شماره نامه دعوت|شماره دعوت",
    "invitation_date": "تاریخ دعوت ?نامه|تاریخ نامه دعوت|تاریخ دعوت",
    "next": """تاریخ جلسه آینده|تاریخ جلسه بعد|تاریخ جلسه بعدی|تاریخ جلسه آتی|زمان جلسه آینده|زمان جلسه بعدی
        |جلسه آینده|جلسه بعدی|جلسه آتی""",
    "number": "شماره جلسه|شماره صورت ?جلسه|جلسه شماره|شماره نشست",
    "session_date": """تاریخ جلسه|تاریخ برگزاری|تاریخ برگزاری جلسه|تاریخ تشکیل|تاریخ تشکیل جلسه|تاریخ نشست
        |زمان برگزاری|زمان برگزاری جلسه|زمان تشکیل|زمان جلسه|زمان|تاریخ و ساعت|تاریخ و زمان|مورخ جلسه""",
    "date": "تاریخ|مورخ|مورخه",
    "approved": "تاریخ تصویب",
    "weekday": "روز|روز جلسه|روز برگزاری",
    "ends": """ساعت خاتمه|ساعت پایان|ساعت اتمام|خاتمه جلسه|پایان جلسه|ساعت خاتمه جلسه|ساعت پایان جلسه|تا ساعت|خاتمه
        |پایان""",
    "starts": "ساعت شروع|ساعت آغاز|ساعت تشکیل|شروع جلسه|ساعت شروع جلسه|ساعت جلسه|ساعت برگزاری|ساعت|از ساعت|شروع",
    "venue": """محل تشکیل|محل تشکیل جلسه|محل برگزاری|محل برگزاری جلسه|محل جلسه|محل|مکان|مکان جلسه|مکان برگزاری
        |مکان تشکیل""",
    "chair": "رئیس جلسه|ریاست جلسه|رئیس|ریاست|مدیر جلسه|ریاست محترم جلسه",
    "secretary": "دبیر جلسه|دبیر|منشی جلسه|منشی|تنظیم کننده|تهیه کننده|دبیر شورا|دبیر ستاد|دبیر کارگروه|دبیر کمیته",
    "body": "نام شورا|نام کمیته|نام کارگروه|عنوان جلسه|نام جلسه|عنوان نشست|نوع جلسه",
    "bare_number": "شماره|ش",
    "session": "جلسه|نشست",
    "other": """موضوع|موضوع جلسه|دستور جلسه|پیوست|شماره مصوبه|شماره نامه|صفحه|مدت جلسه|حاضران|حاضرین|غایبین|غایبان
        |مخاطب|طبقه بندی|دستور کار""",
}
_LABEL = rx(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{name}>{any_of(source)})" for name, source in _FIELDS.items())
    + r")[ \t]*(?:[:：]|\t|\|)[\s:|]*"
)
_ISSUER = rx(
    r"(?:استانداری|فرمانداری|بخشداری|وزارت|سازمان|شهرداری|اداره کل|اداره|دانشگاه|شرکت|معاونت|دبیرخانه|مرکز|بنیاد)(?!\w)"
)
_VENUE = rx(
    r"""(?:(?:در محل|در مکان|به میزبانی)\s+|در (?=(?:سالن|اتاق|دفتر|تالار)\s))
        (?P<venue>[^،.؛\n]{3,90}?)\s*(?=تشکیل|برگزار|منعقد|با حضور|به ریاست|با تلاوت
        |جلسه|و با|با شرکت|آغاز|در تاریخ|در روز|رأس|راس|[،.؛\n]|\Z)"""
    r"|در (?P<centre>مرکز استان(?: (?!برگزار|تشکیل|منعقد|با)[^\s،.]+)?)"
)
_CLOSES = rx(r"(?:جلسه|نشست)[^.؛\n]{0,120}(?:خاتمه|پایان|ختم|اتمام)")
_EDGES = " \t\n\r:،؛.-–—|"
_SIGNS = ":：\t|"  # one of them stands behind a label
_FIELD_END = re.compile(r"[\t|]| {3,}")


def header_of(lines: list[Line], near: date | None) -> Header:
    """What the paper says about the meeting itself."""
    head = lines[:_HEAD]
    fields = _fields(head)
    told = _told(lines)
    header = Header()
    day = session_day(fields, head, told, near)
    session = day.date if day else near
    header.date = day.day if day else None
    header.number = session_number(fields, head, told)
    header.weekday = weekday_of(fields, day, told)
    header.starts_at, header.ends_at = _hours(fields, told, lines)
    header.venue = _venue(fields, told)
    header.chair, header.secretary = _person(fields, "chair"), _person(fields, "secretary")
    header.chair = header.chair or chairs(told)
    header.secretary = header.secretary or keeps_minutes(told)
    header.invitation = _invitation(fields, session)
    header.next_meeting = _next_meeting(fields, lines, session)
    sort = "body" not in fields or is_sort(fields["body"].text)
    header.body = body_in(head, told) if sort else fields["body"].text
    header.title = next((line.text.strip() for line in head if TITLED.search(line.folded)), None)
    if header.title and "\t" in header.title:
        header.title = next((c for c in header.title.split("\t") if "جلسه" in c and ":" not in c), header.title).strip()
    header.issuer = next(filter(None, (_issuer(line) for line in head[:_ISSUED])), None)
    used = sorted({field.line for field in fields.values()})
    header.lines = (used[0], used[-1]) if used else None
    return header


def _issuer(line: Line) -> str | None:
    """The office in whose name the paper is written, where a cell of its first lines is nothing but that name."""
    if line.mark or len(line.text) > _LONGEST_ISSUER * 4:
        return None
    cells = [cell.strip() for cell in _FIELD_END.split(line.text)]
    named = (cell for cell in cells if _ISSUER.match(same_length_fold(cell)) and len(cell) < _LONGEST_ISSUER)
    return next((cell for cell in named if ":" not in cell and not cell.endswith(".")), None)


def _fields(head: list[Line]) -> dict[str, Field]:
    """The labelled fields of the head: a value ends at a tab, a bar, the next label or the line's end."""
    fields: dict[str, Field] = {}
    for line in head:
        if len(line.text) > 600 or not any(sign in line.text for sign in _SIGNS):
            continue
        folded = same_length_fold(line.text)
        found = list(_LABEL.finditer(folded))
        for match, end in zip(found, [m.start() for m in found[1:]] + [len(folded)], strict=False):
            value = _FIELD_END.split(line.text[match.end() : end])[0].strip(_EDGES)
            if value:
                fields.setdefault(str(match.lastgroup), Field(value, line.number))
    return fields


def _told(lines: list[Line]) -> Passage:
    """The first paragraphs that tell about the meeting, as one passage."""
    parts: list[tuple[int, str]] = []
    count = 0
    for line in lines[: _HEAD * 2]:
        if line.blank:
            continue
        if (line.mark and line.mark.style != "bullet") or (count >= _NARRATIVE and len(line.words) > 200):
            if count:
                break
            continue
        if ":" in line.text[:40] and _LABEL.search(same_length_fold(line.text[:60])) and len(line.text) < 200:
            continue
        parts.append((line.number, line.text[:_LONGEST_TOLD].replace("\t", " ")))
        count += len(line.words) > 60
    return Passage.of(parts)


def _hours(fields: dict[str, Field], told: Passage, lines: list[Line]) -> tuple[str | None, str | None]:
    starts = ends = None
    if "starts" in fields:
        starts, ends = hours_of(same_length_fold(fields["starts"].text))
    if "ends" in fields:
        ends = hours_of(same_length_fold(fields["ends"].text))[0] or ends
    if starts is None and "session_date" in fields:
        starts, ends = hours_in(same_length_fold(fields["session_date"].text))
    if starts is None:
        nexts = NEXT.search(told.folded)
        starts, until = hours_in(told.folded[: nexts.start() if nexts else len(told.folded)])
        ends = ends or until
    if ends is None:
        for line in reversed(lines[-80:]):
            if match := _CLOSES.search(line.folded):
                return starts, hours_in(line.folded[match.start() :])[0]
    return starts, ends


def _venue(fields: dict[str, Field], told: Passage) -> str | None:
    if "venue" in fields:
        return fields["venue"].text
    match = _VENUE.search(told.folded)
    if match is None:
        return None
    group = "venue" if match["venue"] else "centre"
    return told.text[match.start(group) : match.end(group)].strip(_EDGES)


def _person(fields: dict[str, Field], role: str) -> Person | None:
    field = fields.get(role)
    return person_of(field.text, (field.line, field.line)) if field else None


def _invitation(fields: dict[str, Field], session: date | None) -> Invitation | None:
    if "invitation_number" not in fields:
        return None
    days = find_days(fields["invitation_date"].text, session) if "invitation_date" in fields else []
    return Invitation(fields["invitation_number"].text, days[0].day if days else None)


def _next_meeting(fields: dict[str, Field], lines: list[Line], session: date | None) -> NextMeeting | None:
    if "next" in fields and (days := find_days(fields["next"].text, session)):
        return NextMeeting(days[0].day, fields["next"].text)
    for line in reversed(lines):
        for match in NEXT.finditer(line.folded):
            said = line.words[match.start() : match.start() + 160]
            if found := _day_soon(said, session):
                return NextMeeting(found, said.split(".")[0].strip())
    return None


def _day_soon(said: str, session: date | None) -> Day | None:
    days = [day for day in find_days(said, session) if session is None or day.date > session]
    return days[0].day if days else None
