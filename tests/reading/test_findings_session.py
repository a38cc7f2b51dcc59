"""What the proofreader says of the session: who was there, its days and hours, what its head leaves out."""

from __future__ import annotations

import pytest

from dabir.reading.minutes import (
    BodyNumber,
    Invitation,
    Minutes,
    NextMeeting,
    Person,
    Point,
    SectionKind,
    Severity,
    Statement,
)
from tests.reading.papers import day, found, minutes, present, resolution, sections


def listed(line: str, *names: str) -> Minutes:
    paper = minutes(line, "حاضران:", attendance=present(*names), sections=sections(("", SectionKind.PRESENT, 1, 2)))
    return paper


def test_a_chair_who_is_absent_is_an_error() -> None:
    paper = minutes("سربرگ", attendance=present("گمرک", absent=("جناب آقای مهندس فرهمند",)))
    paper.header.chair = Person("مهندس فرهمند")
    (finding,) = found(paper, "attendance.chair-absent")
    assert finding.severity is Severity.ERROR
    assert "غایب" in finding.message
    paper.header.chair = Person("مهندس فرهی")
    assert not found(paper, "attendance.chair-absent")


def test_absent_ones_alone_are_asked_about() -> None:
    assert found(minutes("سربرگ", attendance=present(absent=("گمرک",))), "attendance.nobody")
    assert not found(minutes("سربرگ", attendance=present("شهرداری", absent=("گمرک",))), "attendance.nobody")
    assert not found(minutes("سربرگ"), "attendance.nobody")


@pytest.mark.parametrize("line", ["جلسه با حضور ۵ نفر برگزار شد.", "جلسه با حضور پنج نفر از اعضا رسمیت یافت."])
def test_a_number_of_those_present_that_the_list_does_not_have(line: str) -> None:
    (finding,) = found(listed(line, "احمدی", "کریمی", "رضایی"), "attendance.count")
    assert "۳" in finding.message
    assert not found(listed(line, "احمدی", "کریمی", "رضایی", "نوری", "صفری"), "attendance.count")


def test_guests_and_everybody_may_stand_in_the_list() -> None:
    line = "جلسه با حضور ۲ نفر از اعضا رسمیت یافت."
    assert not found(listed(line, "احمدی", "کریمی", "رضایی"), "attendance.count")
    assert not found(listed("جلسه با حضور ۵ نفر برگزار شد.", "احمدی", "کلیه مدیران"), "attendance.count")


def test_a_next_meeting_before_this_one_is_an_error() -> None:
    paper = minutes("تاریخ جلسه آینده: ۱۳۹۸/۰۷/۰۲")
    paper.header.next_meeting = NextMeeting(day("1398/07/02"))
    assert found(paper, "header.next-meeting")
    paper.header.next_meeting = NextMeeting(day("1398/08/02"))
    assert not found(paper, "header.next-meeting")


def test_an_invitation_after_the_meeting_is_an_error() -> None:
    paper = minutes("تاریخ دعوت‌نامه: ۱۳۹۸/۰۷/۲۰")
    paper.header.invitation = Invitation("12", day("1398/07/20"))
    assert found(paper, "header.invitation")
    paper.header.invitation = Invitation("12", day("1398/07/17"))
    assert not found(paper, "header.invitation")


@pytest.mark.parametrize(
    ("starts", "ends", "wrong"),
    [
        ("16:30", "14:00", True),
        ("09:00", "08:30", True),
        ("10:00", "01:00", False),
        ("20:00", "00:30", False),
        ("08:00", "10:00", False),
        ("08:00", None, False),
    ],
)
def test_an_end_before_the_beginning_is_an_error(starts: str, ends: str | None, wrong: bool) -> None:
    paper = minutes("سربرگ")
    paper.header.starts_at, paper.header.ends_at = starts, ends
    assert bool(found(paper, "header.hours")) is wrong


def test_one_note_names_all_that_the_head_leaves_out() -> None:
    paper = minutes("جلسه برگزار شد.", session=None, resolutions=[resolution("کار انجام شود")])
    (note,) = found(paper, "header.missing")
    for missing in ("تاریخ جلسه", "شماره جلسه", "ساعت شروع", "ساعت پایان", "حد نصاب", "امضا", "حاضران", "نام نهاد"):
        assert missing in note.message


def test_a_head_that_tells_everything_lacks_nothing() -> None:
    paper = minutes(
        "جلسه با حضور اکثریت اعضا رسمیت یافت.",
        "امضای رئیس جلسه",
        attendance=present("گمرک"),
        resolutions=[resolution("کار انجام شود")],
        bodies=[BodyNumber("شورای بازار", 3)],
    )
    paper.header.starts_at, paper.header.ends_at = "08:00", "10:00"
    assert not found(paper, "header.missing")


def statement(speakers: int, numbered: int) -> Statement:
    points = [Point("نکته", (2, 2), number=str(n)) for n in range(1, numbered + 1)]
    return Statement([Person(f"گوینده {n}") for n in range(speakers)], points, (1, 4))


def test_points_of_several_speakers_without_a_name_are_noted() -> None:
    (note,) = found(minutes("متن", discussion=[statement(2, 3)]), "discussion.unattributed")
    assert "۳ نکته از ۲ نفر" in note.message
    assert not found(minutes("متن", discussion=[statement(1, 9), statement(5, 2)]), "discussion.unattributed")
