"""What is done about a finding: its words are put right in the items, or it is let be for a reason."""

from __future__ import annotations

import pytest

from dabir.foundation.errors import Invalid
from dabir.meetings.corrections import apply, apply_all
from dabir.meetings.corrections.findings import standing, waivers
from dabir.reading.minutes import (
    AgendaItem,
    Attendance,
    Due,
    DueKind,
    Finding,
    Fix,
    Header,
    Minutes,
    Obligation,
    Party,
    Person,
    Point,
    Resolution,
    ResolutionKind,
    Severity,
    Statement,
)

LINES = ["صور تجلسه شورا", "دستور: پرژه آب", "۱- شهردای پرژه را تا سه‌شنبه مورخ ۱۷ مهر آغاز کند.", "• پرژه‌ها کند است"]


@pytest.fixture
def minutes() -> Minutes:
    duty = Obligation(
        "شهردای پرژه را تا سه‌شنبه مورخ ۱۷ مهر آغاز کند",
        (3, 3),
        lead=Party("شهردای"),
        due=Due("تا سه‌شنبه مورخ ۱۷ مهر", DueKind.DATE),
        id="o1",
    )
    resolution = Resolution(LINES[2][3:], (3, 3), ResolutionKind.OBLIGATION, obligations=[duty], id="r1")
    return Minutes(
        header=Header(title="صور تجلسه شورا", lines=(1, 1)),
        agenda=[AgendaItem("پرژه آب", (2, 2))],
        discussion=[Statement([Person("نوری")], [Point("پرژه‌ها کند است", (4, 4), id="p1")], (4, 4), id="s1")],
        resolutions=[resolution],
        attendance=[Attendance("شهردای", True, (3, 3), id="a1")],
        findings=[Finding("text.slip", Severity.NOTE, "«پرژه» گویا «پروژه» است.", (3, 3))],
        lines=list(LINES),
    )


def replaced(minutes: Minutes, old: str, new: str, first: int, last: int) -> Minutes:
    changes = [{"old": old, "new": new}]
    return apply(minutes, {"op": "replace_words", "changes": changes, "first": first, "last": last})


def test_words_are_put_right_in_all_that_stands_on_the_line_and_the_paper_stays(minutes: Minutes) -> None:
    after = replaced(minutes, "شهردای", "شهرداری", 3, 3)
    (resolution,) = after.resolutions
    (duty,) = resolution.obligations
    assert resolution.text.startswith("شهرداری پرژه")
    assert duty.action.startswith("شهرداری")
    assert duty.lead and duty.lead.text == "شهرداری"
    assert after.attendance[0].text == "شهرداری"
    assert after.lines == LINES


def test_the_words_of_a_limit_are_put_right_too(minutes: Minutes) -> None:
    duty = replaced(minutes, "سه‌شنبه", "چهارشنبه", 3, 3).resolutions[0].obligations[0]
    assert duty.due and duty.due.text == "تا چهارشنبه مورخ ۱۷ مهر"


def test_other_lines_and_longer_words_are_left_alone(minutes: Minutes) -> None:
    after = replaced(minutes, "پرژه", "پروژه", 2, 3)
    assert after.agenda[0].text == "پروژه آب"
    assert "پروژه" in after.resolutions[0].text
    assert after.discussion[0].points[0].text == "پرژه‌ها کند است"
    with pytest.raises(Invalid):
        replaced(minutes, "پرژ", "پروژ", 1, 4)


def test_the_head_and_the_discussion_belong_to_the_whole_paper(minutes: Minutes) -> None:
    after = replaced(minutes, "صور تجلسه", "صورتجلسه", 1, 4)
    assert after.header.title == "صورتجلسه شورا"
    points = replaced(minutes, "پرژه", "پروژه", 1, 4).discussion[0].points
    assert points[0].text == "پروژه‌ها کند است"


def test_words_that_stand_nowhere_are_refused(minutes: Minutes) -> None:
    with pytest.raises(Invalid):
        replaced(minutes, "گمرک", "گمرگ", 1, 4)
    with pytest.raises(Invalid):
        apply(minutes, {"op": "replace_words", "changes": [], "first": 1, "last": 4})
    with pytest.raises(Invalid):
        replaced(minutes, "پرژه", " ", 1, 4)


def test_replaced_words_are_words_and_no_pattern(minutes: Minutes) -> None:
    after = replaced(minutes, "پرژه", r"\g<0>\1", 2, 2)
    assert after.agenda[0].text == r"\g<0>\1 آب"
    with pytest.raises(Invalid):
        replaced(minutes, ".*", "همه", 1, 4)


def test_only_fixes_whose_words_stand_there_can_be_made(minutes: Minutes) -> None:
    fixes = [Fix("پرژه", "پروژه"), Fix("گمرک", "گمرگ"), Fix("پرژ", "پروژ")]
    assert standing(minutes, fixes, (3, 3)) == fixes[:1]
    assert standing(minutes, fixes, (1, 1)) == []


def test_half_spaces_and_letters_are_put_right_in_any_order(minutes: Minutes) -> None:
    minutes.resolutions[0].text = "دستگاههاي دولتي"
    joined, letters = Fix("دستگاههاي", "دستگاه\u200cهای"), Fix("دولتي", "دولتی")
    both = Fix("دستگاههاي", "دستگاههای")
    for order in ((joined, letters, both), (both, letters, joined)):
        after = minutes
        for fix in order:
            if standing(after, [fix], (3, 3)):
                after = replaced(after, fix.old, fix.new, 3, 3)
        assert after.resolutions[0].text == "دستگاه\u200cهای دولتی"
        assert standing(after, order, (3, 3)) == []


def test_a_finding_is_let_be_for_a_reason_and_heeded_again(minutes: Minutes) -> None:
    finding = minutes.findings[0]
    waive = {"op": "waive_finding", "rule": finding.rule, "message": finding.message, "first": 3, "last": 3}
    after = apply(minutes, waive | {"reason": "نام سامانه است"})
    assert after.findings[0].waived == "نام سامانه است"
    assert waivers(after) == {(finding.rule, finding.message): "نام سامانه است"}
    heed = waive | {"op": "heed_finding"}
    assert not waivers(apply(after, heed))
    with pytest.raises(Invalid):
        apply(minutes, waive | {"reason": " "})


def test_a_finding_that_only_corrections_bring_can_be_let_be(minutes: Minutes) -> None:
    waive = {"op": "waive_finding", "rule": "due.friday", "message": "مهلت جمعه است.", "first": 3, "last": 3}
    after = apply_all(minutes, [waive | {"reason": "روز نماز است"}])
    assert ("due.friday", "مهلت جمعه است.") in waivers(after)
    assert len(after.findings) == 2
