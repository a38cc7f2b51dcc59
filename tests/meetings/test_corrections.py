"""Each correction does one thing to a copy of the minutes, and refuses what it cannot mean."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from dabir.foundation.errors import Invalid
from dabir.meetings.corrections import OPS, apply, apply_all
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

LINES = [
    "جلسه ۳ کارگروه آب",
    "مصوبات:",
    "۱- شرکت آب شبکه را بازسازی کند.",
    "گزارش آن را نیز به دبیرخانه بدهد.",
    "۲- پارک محله ساخته شود.",
    "✓ کمبود آب جدی است",
]


@pytest.fixture
def minutes() -> Minutes:
    return Minutes(
        header=Header(number=3, date=Day("1402/03/10", "2023-05-31", "۱۴۰۲/۰۳/۱۰")),
        agenda=[AgendaItem("بررسی شبکه", (1, 1)), AgendaItem("سایر", (1, 1))],
        discussion=[
            Statement([Person("کاظمی")], [Point("کمبود آب جدی است", (6, 6), id="p1")], (6, 6), id="s1"),
        ],
        resolutions=[
            Resolution(
                "شرکت آب شبکه را بازسازی کند. گزارش آن را نیز به دبیرخانه بدهد.",
                (3, 4),
                ResolutionKind.OBLIGATION,
                number="۱",
                obligations=[
                    Obligation(
                        "شبکه را بازسازی کند",
                        (3, 3),
                        lead=Party("شرکت آب", "شرکت آب و فاضلاب", 7, 0.9, "alias"),
                        helpers=[Party("شهرداری")],
                        due=Due("ظرف یک ماه", DueKind.DURATION),
                        id="o1",
                    ),
                    Obligation("گزارش آن را نیز به دبیرخانه بدهد", (4, 4), waits_for=["o1"], id="o2"),
                ],
                id="r1",
            ),
            Resolution("پارک محله ساخته شود.", (5, 5), ResolutionKind.APPROVAL, number="۲", id="r2"),
        ],
        attendance=[Attendance("شرکت آب", True, (1, 1), party=7, score=0.8, reason="likeness", id="a1")],
        lines=LINES,
    )


def corrected(minutes: Minutes, op: str, **values: Any) -> Minutes:
    return apply(minutes, {"op": op, **values})


def test_argument_is_left_alone(minutes: Minutes) -> None:
    before = deepcopy(minutes)
    corrected(minutes, "remove_resolution", id="r1")
    assert minutes == before


def test_every_op_is_documented() -> None:
    assert all(function.__doc__ for function in OPS.values())


@pytest.mark.parametrize(
    "correction",
    [
        {},
        {"op": "drop_table"},
        {"op": ["edit_resolution"]},
        {"op": "edit_resolution", "id": "r1"},
        {"op": "edit_resolution", "id": "r9", "text": "x"},
        {"op": "edit_resolution", "id": 1, "text": "x"},
        {"op": "edit_resolution", "id": "r1", "text": "x", "more": 1},
        {"op": "edit_resolution", "id": "r1", "text": "  \u202e "},
        {"op": "edit_resolution", "id": "r1", "text": "x" * 20_001},
        {"op": "set_resolution_kind", "id": "r1", "kind": "wish"},
        {"op": "set_attendance", "id": "a1", "present": 1, "capacity": None},
        {"op": "edit_agenda_item", "index": -1, "text": "x"},
        {"op": "edit_agenda_item", "index": True, "text": "x"},
        {"op": "edit_agenda_item", "index": 9, "text": "x"},
        {"op": "set_speakers", "id": "s1", "speakers": [{"name": "x"}]},
        {"op": "set_speakers", "id": "s1", "speakers": [{"name": "x", "post": ""}] * 101},
    ],
)
def test_what_is_no_correction_is_refused_with_a_sentence(minutes: Minutes, correction: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        apply(minutes, correction)
    assert str(refused.value)


def test_bidi_signs_are_dropped_from_what_is_typed(minutes: Minutes) -> None:
    assert corrected(minutes, "edit_resolution", id="r1", text="الف\u202eب").resolutions[0].text == "الفب"


# --- header


def test_bodies_carry_the_number(minutes: Minutes) -> None:
    body = {"party": 5, "organization": "کارگروه آب", "number": 4}
    after = corrected(minutes, "set_bodies", bodies=[body])
    assert (after.bodies[0].party, after.bodies[0].name, after.header.number) == (5, "کارگروه آب", 4)
    assert corrected(minutes, "set_bodies", bodies=[]).header.number is None


@pytest.mark.parametrize("parties", [[5, 5], [5, 6, 7]])
def test_third_body_or_one_body_twice_is_refused(minutes: Minutes, parties: list[int]) -> None:
    bodies = [{"party": party, "organization": "x", "number": 1} for party in parties]
    with pytest.raises(Invalid):
        corrected(minutes, "set_bodies", bodies=bodies)


@pytest.mark.parametrize("typed", ["1402/3/11", "۱۴۰۲/۰۳/۱۱", "١٤٠٢-٠٣-١١", "۱۱ خرداد ۱۴۰۲", "+1"])
def test_day_is_typed_in_any_digits(minutes: Minutes, typed: str) -> None:
    after = corrected(minutes, "set_next_meeting", day=typed)
    assert after.header.next_meeting and after.header.next_meeting.date
    assert after.header.next_meeting.date.iso == "2023-06-01"


@pytest.mark.parametrize("typed", ["+1", "1402/13/01", "1402/12/30", "فردا", "9999999999"])
def test_meeting_day_that_is_none_is_refused(minutes: Minutes, typed: str) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "set_date", day=typed)


def test_days_are_not_counted_from_an_unknown_meeting_day(minutes: Minutes) -> None:
    minutes.header.date = None
    with pytest.raises(Invalid):
        corrected(minutes, "set_due", id="o1", kind="date", day="+15")
    assert corrected(minutes, "set_date", day="۱۴۰۲/۳/۱۰").header.date == Day("1402/03/10", "2023-05-31", "۱۴۰۲/۳/۱۰")


def test_hours_are_typed_in_any_digits(minutes: Minutes) -> None:
    header = corrected(minutes, "set_times", starts_at="۸:۳۰", ends_at="10.00").header
    assert (header.starts_at, header.ends_at) == ("08:30", "10:00")
    assert corrected(minutes, "set_times", starts_at="", ends_at="").header.starts_at is None


@pytest.mark.parametrize(("starts", "ends"), [("25:00", ""), ("9", ""), ("10:00", "09:00")])
def test_hours_that_cannot_be_are_refused(minutes: Minutes, starts: str, ends: str) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "set_times", starts_at=starts, ends_at=ends)


def test_people_venue_title_and_invitation_are_set_and_cleared(minutes: Minutes) -> None:
    header = apply_all(
        minutes,
        [
            {"op": "set_title", "title": "جلسه سوم"},
            {"op": "set_venue", "venue": "سالن"},
            {"op": "set_chair", "name": "کاظمی", "post": "مدیر"},
            {"op": "set_secretary", "name": "رضایی", "post": ""},
            {"op": "set_invitation", "number": "۱۲/۳۴", "day": "1402/03/01"},
        ],
    ).header
    assert (header.title, header.venue, header.chair) == ("جلسه سوم", "سالن", Person("کاظمی", "مدیر"))
    assert header.secretary == Person("رضایی") and header.invitation and header.invitation.date
    assert corrected(minutes, "set_chair", name="", post="").header.chair is None
    assert corrected(minutes, "set_invitation", number="", day="").header.invitation is None


@pytest.mark.parametrize(
    ("op", "values"),
    [
        ("set_chair", {"name": "", "post": "مدیر"}),
        ("set_invitation", {"number": "", "day": "1402/03/01"}),
        ("set_title", {"title": ""}),
    ],
)
def test_half_a_fact_is_refused(minutes: Minutes, op: str, values: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, op, **values)


def test_agenda_is_added_to_edited_and_removed(minutes: Minutes) -> None:
    after = apply_all(
        minutes,
        [
            {"op": "add_agenda_item", "text": "بودجه", "first": 2},
            {"op": "edit_agenda_item", "index": 0, "text": "شبکه"},
            {"op": "remove_agenda_item", "index": 1},
        ],
    )
    assert [(item.text, item.lines) for item in after.agenda] == [("شبکه", (1, 1)), ("بودجه", (2, 2))]


# --- resolutions


def test_resolution_is_edited(minutes: Minutes) -> None:
    after = apply_all(
        minutes,
        [
            {"op": "edit_resolution", "id": "r2", "text": "بوستان ساخته شود."},
            {"op": "set_resolution_number", "id": "r2", "number": ""},
            {"op": "set_resolution_kind", "id": "r2", "kind": "conditional-approval"},
        ],
    ).resolutions[1]
    assert (after.text, after.number, after.kind) == ("بوستان ساخته شود.", None, ResolutionKind.CONDITIONAL_APPROVAL)


def test_resolution_is_added_from_lines_at_its_place(minutes: Minutes) -> None:
    after = corrected(minutes, "add_resolution", kind="obligation", first=3, last=4)
    texts = [r.text for r in after.resolutions]
    assert texts.index("شرکت آب شبکه را بازسازی کند. گزارش آن را نیز به دبیرخانه بدهد.") == 0
    assert [r.id for r in after.resolutions] == ["r1", "n1", "r2"]
    assert after.resolutions[1].lines == (3, 4)


def test_typed_resolution_comes_last_with_an_id_of_its_own(minutes: Minutes) -> None:
    typed = {"op": "add_resolution", "kind": "information", "text": "به اطلاع رسید"}
    after = apply_all(minutes, [typed, typed])
    assert [r.id for r in after.resolutions] == ["r1", "r2", "n1", "n2"]
    assert after.resolutions[2].lines == (0, 0)


@pytest.mark.parametrize("values", [{}, {"first": 0}, {"first": 5, "last": 4}, {"first": 1, "last": 99}])
def test_resolution_from_no_lines_is_refused(minutes: Minutes, values: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "add_resolution", kind="obligation", **values)


def test_removed_resolution_takes_its_obligations_along(minutes: Minutes) -> None:
    minutes.resolutions[1].obligations.append(Obligation("x", (5, 5), waits_for=["o1"], id="o3"))
    after = corrected(minutes, "remove_resolution", id="r1")
    assert [r.id for r in after.resolutions] == ["r2"]
    assert after.resolutions[0].obligations[0].waits_for == []


def test_resolution_is_merged_with_the_next(minutes: Minutes) -> None:
    after = corrected(minutes, "merge_resolution", id="r1")
    (merged,) = after.resolutions
    assert merged.text.endswith("بدهد. پارک محله ساخته شود.")
    assert (merged.lines, merged.number, [o.id for o in merged.obligations]) == ((3, 5), "۱", ["o1", "o2"])


def test_last_resolution_is_not_merged(minutes: Minutes) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "merge_resolution", id="r2")


def test_resolution_is_split_and_obligations_go_with_their_words(minutes: Minutes) -> None:
    at = minutes.resolutions[0].text.index("گزارش")
    first, second, _ = corrected(minutes, "split_resolution", id="r1", at=at).resolutions
    assert (first.text, first.number, [o.id for o in first.obligations]) == (
        "شرکت آب شبکه را بازسازی کند.",
        "۱",
        ["o1"],
    )
    assert (second.text, second.number, second.id) == ("گزارش آن را نیز به دبیرخانه بدهد.", None, "n1")
    assert [o.id for o in second.obligations] == ["o2"]
    assert second.lines == (4, 4)


@pytest.mark.parametrize("at", [0, 1000])
def test_resolution_is_not_split_outside_its_text(minutes: Minutes, at: int) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "split_resolution", id="r1", at=at)


# --- obligations


def first_obligation(minutes: Minutes) -> Obligation:
    return minutes.resolutions[0].obligations[0]


def test_obligation_is_added_with_the_words_of_its_source(minutes: Minutes) -> None:
    added = corrected(minutes, "add_obligation", source="r2").resolutions[1].obligations[0]
    assert (added.action, added.lines, added.lead, added.due, added.id) == (
        "پارک محله ساخته شود.",
        (5, 5),
        None,
        None,
        "n1",
    )


def test_obligation_is_not_added_to_nothing(minutes: Minutes) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "add_obligation", source="s1")


def test_removed_obligation_is_awaited_no_longer(minutes: Minutes) -> None:
    (left,) = corrected(minutes, "remove_obligation", id="o1").resolutions[0].obligations
    assert (left.id, left.waits_for) == ("o2", [])


def test_action_is_set(minutes: Minutes) -> None:
    assert first_obligation(corrected(minutes, "set_action", id="o1", action="نوسازی")).action == "نوسازی"


def test_picked_lead_keeps_the_words_of_the_paper(minutes: Minutes) -> None:
    after = corrected(minutes, "name_party", id="o1", role="lead", party=9, organization="آب منطقه‌ای")
    assert first_obligation(after).lead == Party("شرکت آب", "آب منطقه‌ای", 9, 1.0, "picked")


def test_lead_that_the_paper_lacks_is_named_by_the_directory(minutes: Minutes) -> None:
    after = corrected(minutes, "name_party", id="o2", role="lead", party=9, organization="آب منطقه‌ای")
    assert after.resolutions[0].obligations[1].lead == Party("آب منطقه‌ای", "آب منطقه‌ای", 9, 1.0, "picked")


def test_suggested_lead_is_accepted(minutes: Minutes) -> None:
    lead = first_obligation(corrected(minutes, "accept_party", id="o1", role="lead")).lead
    assert lead and (lead.party, lead.known) == (7, 7)


def test_missing_suggestion_is_not_accepted(minutes: Minutes) -> None:
    for correction in (
        {"op": "accept_party", "id": "o2", "role": "lead"},
        {"op": "accept_party", "id": "o1", "role": "helper", "index": 0},
        {"op": "accept_party", "id": "o1", "role": "helper", "index": 1},
    ):
        with pytest.raises(Invalid):
            apply(minutes, correction)


def test_lead_is_removed_and_a_missing_one_is_not(minutes: Minutes) -> None:
    assert first_obligation(corrected(minutes, "remove_party", id="o1", role="lead")).lead is None
    with pytest.raises(Invalid):
        corrected(minutes, "remove_party", id="o2", role="lead")


def test_helpers_recipients_and_endorser_are_named_and_removed(minutes: Minutes) -> None:
    after = first_obligation(
        apply_all(
            minutes,
            [
                {
                    "op": "name_party",
                    "id": "o1",
                    "role": "helper",
                    "index": 0,
                    "party": 4,
                    "organization": "شهرداری مرکز",
                },
                {"op": "name_party", "id": "o1", "role": "helper", "text": "بخشداری"},
                {"op": "name_party", "id": "o1", "role": "recipient", "party": 5, "organization": "دبیرخانه"},
                {"op": "name_party", "id": "o1", "role": "endorser", "text": "تیم نظارت"},
                {"op": "remove_party", "id": "o1", "role": "recipient", "index": 0},
            ],
        )
    )
    assert [(h.text, h.party) for h in after.helpers] == [("شهرداری", 4), ("بخشداری", None)]
    assert after.recipients == [] and after.endorser == Party("تیم نظارت")


def test_nobody_is_no_party(minutes: Minutes) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "name_party", id="o2", role="helper")


def test_due_day_counts_from_the_meeting_and_keeps_the_words(minutes: Minutes) -> None:
    due = first_obligation(corrected(minutes, "set_due", id="o1", kind="date", day="+۱۵", time="۱۴:۰۰")).due
    assert due == Due("ظرف یک ماه", DueKind.DATE, "1402/03/25", "2023-06-15", "14:00")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"kind": "event", "trigger": "تأیید سند"}, Due("ظرف یک ماه", DueKind.EVENT, trigger="تأیید سند")),
        ({"kind": "vague", "text": "در اسرع وقت"}, Due("در اسرع وقت", DueKind.VAGUE)),
        ({"kind": "recurring", "text": "هر ماه", "day": "+1"}, Due("هر ماه", DueKind.RECURRING)),
        ({"kind": "none"}, None),
    ],
)
def test_due_takes_the_values_of_its_kind(minutes: Minutes, values: dict[str, str], expected: Due | None) -> None:
    assert first_obligation(corrected(minutes, "set_due", id="o1", **values)).due == expected


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "date"},
        {"kind": "event"},
        {"kind": "vague"},
        {"kind": "duration", "text": "x", "time": "10:00"},
        {"kind": "date", "day": "1402/12/30"},
        {"kind": "date", "day": "1402/03/20", "time": "26:00"},
        {"kind": "soon", "text": "x"},
    ],
)
def test_due_that_says_nothing_is_refused(minutes: Minutes, values: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "set_due", id="o2", **values)


def test_obligation_waits_for_another_and_no_longer(minutes: Minutes) -> None:
    minutes.resolutions[1].obligations.append(Obligation("x", (5, 5), id="o3"))
    after = corrected(minutes, "add_wait", id="o3", waits_for="o2")
    assert after.resolutions[1].obligations[0].waits_for == ["o2"]
    assert corrected(after, "remove_wait", id="o3", waits_for="o2").resolutions[1].obligations[0].waits_for == []


@pytest.mark.parametrize(("waiting", "awaited"), [("o1", "o1"), ("o1", "o2"), ("o1", "o9")])
def test_obligations_do_not_wait_in_a_circle_or_for_nothing(minutes: Minutes, waiting: str, awaited: str) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "add_wait", id=waiting, waits_for=awaited)


def test_wait_that_is_not_there_is_not_removed(minutes: Minutes) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "remove_wait", id="o1", waits_for="o2")


# --- discussion and attendance


def test_point_is_promoted_corrected_and_demoted(minutes: Minutes) -> None:
    promoted = corrected(minutes, "promote_point", id="p1")
    point = promoted.discussion[0].points[0]
    assert [(o.action, o.lines, o.id) for o in point.obligations] == [("کمبود آب جدی است", (6, 6), "n1")]
    named = corrected(promoted, "name_party", id="n1", role="lead", party=7, organization="شرکت آب")
    assert named.discussion[0].points[0].obligations[0].lead is not None
    assert corrected(named, "demote_point", id="p1").discussion[0].points[0].obligations == []


def test_point_is_promoted_once_and_demoted_once(minutes: Minutes) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "demote_point", id="p1")
    with pytest.raises(Invalid):
        corrected(corrected(minutes, "promote_point", id="p1"), "promote_point", id="p1")


def test_point_is_edited_and_removed(minutes: Minutes) -> None:
    assert corrected(minutes, "edit_point", id="p1", text="آب کم است").discussion[0].points[0].text == "آب کم است"
    assert corrected(minutes, "remove_point", id="p1").discussion[0].points == []


def test_speakers_are_set_and_never_none(minutes: Minutes) -> None:
    after = corrected(minutes, "set_speakers", id="s1", speakers=[{"name": "رضایی", "post": "مدیر"}])
    assert after.discussion[0].speakers == [Person("رضایی", "مدیر")]
    with pytest.raises(Invalid):
        corrected(minutes, "set_speakers", id="s1", speakers=[])


def test_attendance_is_added_named_changed_and_removed(minutes: Minutes) -> None:
    after = apply_all(
        minutes,
        [
            {"op": "add_attendance", "present": False, "capacity": "invitee", "party": 8, "organization": "گمرک"},
            {"op": "set_attendance", "id": "a1", "present": False, "capacity": None},
            {"op": "edit_attendance", "id": "a1", "text": "شرکت آب شهری"},
            {"op": "accept_attendance", "id": "a1"},
        ],
    )
    assert [(a.text, a.present, a.capacity, a.known) for a in after.attendance] == [
        ("شرکت آب شهری", False, None, 7),
        ("گمرک", False, "invitee", 8),
    ]
    assert corrected(after, "name_attendance", id="a1").attendance[0].party is None
    assert corrected(after, "remove_attendance", id="a1").attendance[0].text == "گمرک"


def test_attendance_of_nobody_is_refused(minutes: Minutes) -> None:
    with pytest.raises(Invalid):
        corrected(minutes, "add_attendance", present=True)
    with pytest.raises(Invalid):
        corrected(corrected(minutes, "name_attendance", id="a1"), "accept_attendance", id="a1")


def test_a_duty_added_to_a_proposal_makes_it_bind(minutes: Minutes) -> None:
    proposal = minutes.resolutions[0]
    proposal.kind = ResolutionKind.PROPOSAL
    after = apply(minutes, {"op": "add_obligation", "source": proposal.id})
    assert after.resolutions[0].binds
