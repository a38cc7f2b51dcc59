"""Papers and meetings for tests, put together without the reader: session 11 in few words of our own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from dabir.cycle.accepting import accept_reading
from dabir.cycle.communicating import number_letters
from dabir.directory.models import Party as KnownParty
from dabir.directory.models import Place, PlaceKind
from dabir.foundation import files, ledger
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter, LetterKind, Way
from dabir.letters.numbering import Numbered
from dabir.letters.parts import Addressee, write_letter
from dabir.letters.wordings import Words
from dabir.meetings.models import AgendaItem as MeetingAgendaItem
from dabir.meetings.models import Attendance as MeetingAttendance
from dabir.meetings.models import Draft, Meeting, MeetingBody, MeetingState
from dabir.persian import clock, jalali
from dabir.reading.minutes import (
    AgendaItem,
    Attendance,
    Day,
    Due,
    DueKind,
    Header,
    Minutes,
    Obligation,
    Party,
    Person,
    Point,
    Resolution,
    ResolutionKind,
    Statement,
)
from tests.personas import Personas


def day(text: str) -> Day:
    found = jalali.parse_day(text)
    assert found
    return Day(text, found.isoformat(), text)


def due(text: str) -> Due:
    return Due(f"تا {text}", DueKind.DATE, text, day(text).iso)


def picked(world: Personas, code: str, text: str = "") -> Party:
    party = world.parties[code]
    return Party(text or party.name, party.name, party.pk, 1.0, "picked")


def minutes(world: Personas, *, number: int = 11, session: str = "1398/07/17") -> Minutes:
    """Seven decisions as in the seed: information, a group, one that waits, a gap, an event, a rule, a recurrence."""
    at = (1, 1)
    group = Obligation("دیدگاه خود را بنویسند", at, picked(world, "members"), due=due("1398/07/28"), id="r2o1")
    group.recipients = [picked(world, "secretariat")]
    collect = Obligation("دیدگاه‌ها را یکجا تحویل دهد", at, picked(world, "secretariat"), id="r2o2")
    revise = Obligation(
        "پیش‌نویس دوم را ارائه نماید", at, picked(world, "consultants"), due=due("1398/08/05"), id="r3o1"
    )
    revise.endorser = picked(world, "monitoring")
    revise.helpers = [picked(world, "housing"), picked(world, "monitoring")]
    revise.waits_for = ["r2o2"]
    check = Obligation("ویرایش دوم را تأیید کند", at, None, due=due("1398/08/10"), id="r4o1")
    trigger = Due("پس از تأیید نهایی سند", DueKind.EVENT, trigger="تأیید نهایی سند")
    plan = Obligation("برنامه خود را تهیه کنند", at, Party("دستگاه‌های اجرایی"), due=trigger, id="r5o1")
    evaluate = Obligation("ارزیابی را آماده کند", at, picked(world, "planning"), due=Due("هر جلسه", DueKind.RECURRING))
    evaluate.id = "r7o1"
    kinds = ResolutionKind
    return Minutes(
        header=Header(number=number, date=day(session), venue="فرمانداری", chair=Person("استاندار")),
        agenda=[AgendaItem("سند شهرستان", at)],
        discussion=[
            Statement([Person("نجفی", "مشاور")], [Point("گزارش ارائه شد", at, id="p1")], at, id="s1"),
            Statement([Person("فتحی")], [Point("پیشرفت به استانداری گزارش شود", at, "۸", id="p2")], at, id="s2"),
        ],
        resolutions=[
            Resolution("متن گزارش در دسترس است", at, kinds.INFORMATION, "۱", id="r1"),
            Resolution("اعضا دیدگاه خود را بنویسند", at, kinds.OBLIGATION, "۲", [group, collect], id="r2"),
            Resolution("مشاور پیش‌نویس دوم را ارائه نماید", at, kinds.OBLIGATION, "۳", [revise], id="r3"),
            Resolution("سند با اصلاحات تصویب شد", at, kinds.CONDITIONAL_APPROVAL, "۴", [check], id="r4"),
            Resolution("برای بهره‌وری برنامه بنویسند", at, kinds.OBLIGATION, "۵", [plan], id="r5"),
            Resolution("اعتبار در چارچوب سند توزیع شود", at, kinds.STANDING_RULE, "۶", id="r6"),
            Resolution("جلسه بر پایه ارزیابی باشد", at, kinds.RECURRING, "۷", [evaluate], id="r7"),
        ],
        attendance=[
            Attendance("جهاد کشاورزی", True, at, "member", party=world.parties["agriculture"].pk, score=1.0, id="a1"),
            Attendance("اتاق تعاون", False, at, id="a2"),
        ],
        lines=["متن صورتجلسه"],
    )


def draft(
    world: Personas, read: Minutes | None = None, *, body: str = "hq", secrecy: SecrecyClass = SecrecyClass.NORMAL
) -> Draft:
    """A paper on the workbench of a body's secretariat."""
    read = read or minutes(world)
    data = f"{read.as_json()} {body}".encode()
    files.put(data)
    with ledger.change("tests.draft", by=world.operator) as change:
        file = files.register(change, data)
        row = Draft(file=file, name="minutes.txt", kept_by=world.bodies[body], minutes=read.as_json(), secrecy=secrecy)
        row.created_at, row.created_by = clock.now(), "test"
        return change.create(row)


def meeting(
    world: Personas,
    read: Minutes | None = None,
    *,
    body: str = "hq",
    secrecy: SecrecyClass = SecrecyClass.NORMAL,
    by: Acting | None = None,
) -> Meeting:
    """A meeting recorded from such a paper."""
    paper = draft(world, read, body=body, secrecy=secrecy)
    return accept_reading(paper, by=by or world.operator, version=paper.version)


SESSION_11 = date(2019, 10, 9)


def province(world: Personas, name: str = "زنجان", *, of: str = "governor-office") -> Place:
    """A province with that party in it; the only one that any party is in, unless it is asked for again."""
    with ledger.change("tests.province", by=world.operator) as change:
        place = change.create(Place(kind=PlaceKind.PROVINCE, name=name, sort_key=name))
        change.update(KnownParty.objects.get(code=of), place=place)
    return place


def held(
    world: Personas,
    *,
    agenda: Iterable[str] = ("بررسی سند راهبردی توسعه شهرستان ایجرود",),
    attendance: Iterable[MeetingAttendance] = (),
    bodies: Iterable[tuple[str, int | None]] = (("hq", 41),),
    **fields: object,
) -> Meeting:
    """A session of the headquarters as its record stands after it was held here; its minutes are to be written."""
    values: dict[str, object] = {
        "code": "hq-1398-41",
        "kept_by": world.bodies["hq"],
        "title": "جلسه ۴۱ ستاد",
        "date": SESSION_11,
        "state": MeetingState.HELD,
        "venue": "سالن جلسات فرمانداری شهرستان ایجرود",
        "chair": "جناب آقای دکتر حقیقی استاندار محترم زنجان",
        "secretary": "جناب آقای دکتر طهماسبی",
        "starts_at": time(9, 0),
        "ends_at": time(11, 30),
        "invitation_number": "385966",
        "invitation_date": date(2019, 10, 6),
    }
    with ledger.change("tests.held", by=world.operator) as change:
        meeting = change.create(Meeting(**values | fields))
        for body, number in bodies:
            change.create(MeetingBody(meeting=meeting, body=world.bodies[body], year=1398, number=number))
        for order, text in enumerate(agenda, 1):
            change.create(MeetingAgendaItem(meeting=meeting, order=order, text=text))
        for order, row in enumerate(attendance, 1):
            row.meeting, row.order = meeting, order
            change.create(row)
    return meeting


def reminders(world: Personas, to: Iterable[str] = ("housing", "agriculture", "roads")) -> list[Letter]:
    """Letters of the headquarters that wait for their number, to one agency each."""
    return [
        write_letter(
            Words(f"یادآوری گزارش {number}", "گزارش را بفرستید."),
            by=world.secretary,
            body=world.bodies["hq"],
            kind=LetterKind.REMINDER,
            to=[Addressee(world.parties[code])],
        )
        for number, code in enumerate(to, 1)
    ]


def numbered(world: Personas, letter: Letter, number: str = "۷۱", day: str = "1398/07/18") -> Letter:
    """The letter with its number."""
    found = jalali.parse_day(day)
    return number_letters([Numbered(letter, number, found)], by=world.secretary, way=Way.COURIER)[0]
