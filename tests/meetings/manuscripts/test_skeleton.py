"""What minutes begin with is the office's form, and the reader reads it back to the meeting's own record."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dabir.directory.models import Capacity
from dabir.meetings.compiling import compiled
from dabir.meetings.manuscripts.skeleton import skeleton
from dabir.meetings.models import Attendance
from dabir.reading.minutes import Minutes, SectionKind
from tests.meetings.manuscripts.conftest import Held
from tests.personas import Personas

MEMBERS = ("سازمان جهاد کشاورزی استان زنجان", "صنعت، معدن و تجارت", "شورای هماهنگی امور بانک‌ها (بانک سپه)")
NAMES = (
    *MEMBERS,
    "میراث فرهنگی، صنایع دستی و گردشگری",
    "امور بانوان و خانواده استانداری",
    "کمیته امداد امام (ره)",
    "اتاق بازرگانی، صنایع، معادن و کشاورزی",
    "جناب آقای مهندس صنعتی منفرد",
    "شهردار ایجرود",
)

GOLDEN = """تاریخ جلسه: ۱۳۹۸/۰۷/۱۷	صورتجلسه ستاد فرماندهی اقتصاد مقاومتی استان زنجان	سازمان مدیریت و برنامه‌ریزی استان زنجان
شماره دعوت‌نامه: ۳۸۵۹۶۶	تاریخ دعوت‌نامه: ۱۳۹۸/۰۷/۱۴	ریاست جلسه: جناب آقای دکتر حقیقی استاندار محترم زنجان	شماره جلسه: ۴۱	محل برگزاری جلسه: سالن جلسات فرمانداری شهرستان ایجرود
دبیر جلسه: جناب آقای دکتر طهماسبی	ساعت شروع: ۰۹:۰۰	ساعت پایان: ۱۱:۳۰

الف - دستور جلسه:

- بررسی سند راهبردی توسعه شهرستان ایجرود

ب - مذاکرات جلسه:



ج - مصوبات جلسه:



د - اعضا و مدعوین حاضر در جلسه:

اعضای اصلی:

سازمان جهاد کشاورزی استان زنجان - صنعت، معدن و تجارت (با حضور نماینده: آقای نوری)

اعضای مدعو:

شهردار ایجرود

ه - اعضا و مدعوین غایب در جلسه:

اتاق تعاون (با اطلاع قبلی)
"""  # noqa: E501


def there(text: str, capacity: str = Capacity.MEMBER, **fields: object) -> Attendance:
    return Attendance(text=text, capacity=capacity, **{"present": True} | fields)


def attendance(minutes: Minutes) -> list[tuple[str, str, bool]]:
    return sorted((entry.text, entry.capacity or "", entry.present) for entry in minutes.attendance)


def test_skeleton_is_the_offices_form(held: Held) -> None:
    meeting = held(
        attendance=(
            there("سازمان جهاد کشاورزی استان زنجان"),
            there("صنعت، معدن و تجارت", delegate="آقای نوری"),
            there("شهردار ایجرود", Capacity.INVITEE),
            there("اتاق تعاون", present=False, excused=True),
        )
    )
    assert skeleton(meeting) == GOLDEN


def test_form_reads_back_as_the_record(held: Held, world: Personas) -> None:
    meeting = held(next_date=date(2019, 11, 8), attendance=(there(MEMBERS[0]), there("اتاق تعاون", "", present=False)))
    minutes = compiled(meeting, skeleton(meeting))
    header = minutes.header
    assert header.day == meeting.date and header.number == 41
    assert header.body == "ستاد فرماندهی اقتصاد مقاومتی استان زنجان"
    assert header.issuer == world.parties["planning"].name
    assert header.venue == meeting.venue
    assert header.chair and (header.chair.name, header.chair.post) == ("دکتر حقیقی", "استاندار محترم زنجان")
    assert header.secretary and header.secretary.name == "دکتر طهماسبی"
    assert (header.starts_at, header.ends_at) == ("09:00", "11:30")
    assert header.invitation and header.invitation.number == "۳۸۵۹۶۶"
    assert header.invitation.date and header.invitation.date.jalali == "1398/07/14"
    assert header.next_meeting and header.next_meeting.date and header.next_meeting.date.jalali == "1398/08/17"
    assert [(b.name, b.number, b.party) for b in minutes.bodies] == [
        ("ستاد فرماندهی اقتصاد مقاومتی استان زنجان", 41, world.bodies["hq"].party_id)
    ]
    assert minutes.attendance[0].known == world.parties["agriculture"].pk
    assert not minutes.discussion and not minutes.resolutions


def test_what_is_not_known_is_a_label_without_a_value(held: Held) -> None:
    bare = {"venue": "", "chair": "", "secretary": "", "starts_at": None, "ends_at": None, "invitation_number": ""}
    meeting = held(**bare, invitation_date=None, agenda=(), bodies=())
    minutes = compiled(meeting, skeleton(meeting))
    header = minutes.header
    assert header.day == meeting.date
    assert [header.number, header.venue, header.chair, header.secretary, header.starts_at, header.ends_at] == [None] * 6
    assert header.invitation is None and not minutes.agenda and not minutes.attendance


def test_two_bodies_are_both_there_with_their_numbers(held: Held) -> None:
    meeting = held(bodies=(("hq", 41), ("committee", 3)))
    minutes = compiled(meeting, skeleton(meeting))
    assert [body.number for body in minutes.bodies] == [41, 3]
    assert minutes.header.number == 41


def test_a_name_with_a_dash_stays_one(held: Held) -> None:
    meeting = held(attendance=(there("دفتر فنی - عمرانی استانداری"), there(MEMBERS[0])))
    read = [entry.text for entry in compiled(meeting, skeleton(meeting)).attendance]
    assert read == ["دفتر فنی-عمرانی استانداری", MEMBERS[0]]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    agenda=st.lists(
        st.sampled_from(["بررسی سند", "گزارش پیشرفت پروژه‌ها؛ پاییز", "سایر موارد", "نرخ بیکاری (۵,۲ درصد)"]),
        unique=True,
    ),
    people=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["member", "invitee", "", "absent"])),
        unique_by=lambda p: p[0],
    ),
    venue=st.sampled_from(["", "استانداری زنجان", "سالن شهید نوری - طبقه دوم"]),
)
def test_skeleton_reads_back(held: Held, agenda: list[str], people: list[tuple[str, str]], venue: str) -> None:
    rows = [there(name, "" if where == "absent" else where, present=where != "absent") for name, where in people]
    with transaction.atomic():
        meeting = held(agenda=tuple(agenda), attendance=tuple(rows), venue=venue)
        minutes = compiled(meeting, skeleton(meeting))
        transaction.set_rollback(True)
    assert [item.text for item in minutes.agenda] == agenda
    assert attendance(minutes) == sorted((row.text, row.capacity, bool(row.present)) for row in rows)
    assert minutes.header.venue == (venue or None)
    assert [section.kind for section in minutes.sections if section.letter] == [
        SectionKind.AGENDA,
        SectionKind.DISCUSSION,
        SectionKind.RESOLUTIONS,
        SectionKind.PRESENT,
        SectionKind.ABSENT,
    ]
