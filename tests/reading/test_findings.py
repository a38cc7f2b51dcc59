from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.persian.jalali import parse_day
from dabir.reading.context import Context
from dabir.reading.findings import MOST_PER_RULE, RULES, proofread
from dabir.reading.findings.frame import quote
from dabir.reading.minutes import (
    AgendaItem,
    Attendance,
    DueKind,
    Minutes,
    ResolutionKind,
    SectionKind,
    Severity,
)
from dabir.reading.reader import read_text
from tests.reading.papers import due, found, minutes, resolution, sections

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed" / "minutes-11.txt"


def test_someone_in_both_lists_is_an_error() -> None:
    entries = [
        Attendance("آقای احمدی", present=True, lines=(1, 1)),
        Attendance("شهرداری", present=True, lines=(1, 1)),
        Attendance("جناب آقاي احمدی", present=False, lines=(2, 2)),
        Attendance("شهرداری بسطام", present=False, lines=(2, 2)),
    ]
    (finding,) = found(minutes(attendance=entries), "attendance.both")
    assert finding.severity is Severity.ERROR
    assert finding.lines == (2, 2)
    assert "احمدی" in finding.message
    assert "غایب" in finding.message


def test_one_party_under_two_names_is_in_both_lists_only_when_certain() -> None:
    def entries(score: float) -> list[Attendance]:
        return [
            Attendance("صمت", present=True, lines=(1, 1), party=7, score=1.0),
            Attendance("صنعت، معدن و تجارت", present=False, lines=(2, 2), party=7, score=score),
        ]

    assert found(minutes(attendance=entries(1.0)), "attendance.both")
    assert not found(minutes(attendance=entries(0.9)), "attendance.both")


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("جلسه روز سه‌شنبه مورخ ۹۸/۷/۱۷ برگزار شد", "چهارشنبه"),
        ("جلسه روزسه شنبه 17/7/98 برگزار شد", "چهارشنبه"),
        ("۱۳۹۸/۰۷/۲۰ (جمعه)", "شنبه"),
    ],
)
def test_a_wrong_weekday_is_told_with_the_right_one(line: str, right: str) -> None:
    (finding,) = found(minutes("سربرگ", line), "date.weekday")
    assert (finding.lines, finding.suggestion) == ((2, 2), right)
    assert right in finding.message


def test_a_weekday_apart_from_the_date_is_compared_too() -> None:
    paper = minutes("تاریخ: ۹۸/۰۷/۱۷", "روز: دوشنبه")
    paper.header.weekday, paper.header.lines = "دوشنبه", (1, 2)
    (finding,) = found(paper, "date.weekday")
    assert finding.lines == (2, 2)
    paper.header.weekday = "چهار شنبه"
    assert not found(paper, "date.weekday")


@pytest.mark.parametrize(
    "words", ["1400/12/30", "۳۱ مهر ۱۳۹۸", "۱۳۹۸/۱۳/۰۱", "30 اسفندماه 1400", "سی و یکم آبان سال جاری"]
)
def test_a_date_that_the_calendar_does_not_have(words: str) -> None:
    (finding,) = found(minutes(f"گزارش تا {words} آماده شود"), "date.impossible")
    assert f"«{words}»" in finding.message


@pytest.mark.parametrize(
    "line", ["نامه شماره ۱۳۹۸/۱۳/۰۱ خوانده شد", "۳۰ اسفند ۱۳۹۹ و ۳۱ شهریور ۹۸", "مبلغ ۱/۳۴۰/۰۰۰ ریال"]
)
def test_real_days_and_other_numbers_are_let_be(line: str) -> None:
    assert not found(minutes(line), "date.impossible")


def test_a_session_number_that_the_text_contradicts() -> None:
    paper = minutes("شماره جلسه: ۶", "هفتمین جلسه شورا با تلاوت قرآن آغاز شد.")
    paper.header.number = 6
    (finding,) = found(paper, "header.number")
    assert "۶" in finding.message
    assert "هفتمین" in finding.message
    paper.header.number = 7
    assert not found(paper, "header.number")


def test_a_limit_on_a_holiday_names_the_holiday() -> None:
    (finding,) = found(minutes(resolutions=[resolution("", due("تا ۹۸/۸/۵", jalali="1398/08/05"))]), "due.holiday")
    assert finding.severity is Severity.WARNING
    assert "تعطیل" in finding.message
    assert "رحلت رسول اکرم" in finding.message


def test_closures_of_the_context_are_holidays_and_workdays() -> None:
    paper = minutes(resolutions=[resolution("", due("تا ۹۸/۸/۵", jalali="1398/08/05"))])
    holiday = parse_day("1398/08/05")
    assert holiday is not None
    assert not found(paper, "due.holiday", Context(closures={holiday: False}))


def test_a_chosen_friday_is_a_warning_and_a_duration_s_friday_a_note() -> None:
    chosen = resolution("", due("تا ۹۸/۸/۱۰", jalali="1398/08/10"))
    counted = resolution("", due("ظرف دو روز", DueKind.DURATION, "1398/07/19"))
    month = resolution("", due("تا پایان آبان", DueKind.PERIOD, "1398/07/26"))
    findings = found(minutes(resolutions=[chosen, counted, month]), "due.friday")
    assert [finding.severity for finding in findings] == [Severity.WARNING, Severity.NOTE]
    assert all("جمعه" in finding.message for finding in findings)


def test_a_thursday_is_a_day_off_where_the_context_says_so() -> None:
    paper = minutes(resolutions=[resolution("", due("تا ۹۸/۸/۹", jalali="1398/08/09"))])
    since = parse_day("1398/08/01")
    assert since is not None
    assert not found(paper, "due.friday")
    (finding,) = found(paper, "due.friday", Context(thursdays=((since, False),)))
    assert "پنجشنبه" in finding.message


def test_a_limit_of_a_condition_is_looked_at_too() -> None:
    text = "با خرید زمین موافقت شد، به شرط آنکه سند آن تا ۹۸/۸/۱۰ بررسی شود."
    assert found(minutes(text, resolutions=[resolution(text)]), "due.friday")


def test_a_limit_before_the_meeting_has_passed() -> None:
    (finding,) = found(
        minutes(resolutions=[resolution("", due("تا ۹۸/۷/۱", jalali="1398/07/01"))]), "due.before-meeting"
    )
    assert finding.severity is Severity.ERROR
    same_day = resolution("", due("تا ۹۸/۷/۱۷", jalali="1398/07/17"))
    assert not found(minutes(resolutions=[same_day]), "due.before-meeting")


def test_a_limit_that_says_no_day_is_vague() -> None:
    (finding,) = found(minutes(resolutions=[resolution("", due("در اسرع وقت", DueKind.VAGUE))]), "due.vague")
    assert "«در اسرع وقت» مبهم" in finding.message


def test_until_further_notice_is_no_promise_of_a_day() -> None:
    assert not found(minutes(resolutions=[resolution("", due("تا اطلاع ثانوی", DueKind.VAGUE))]), "due.vague")


def test_the_body_s_own_next_meeting_needs_no_lead() -> None:
    own = resolution("جلسه آتی شورا روز شنبه برگزار شود", None, lead=None)
    other = resolution("جلسه‌ای با حضور ادارات برگزار شود", None, lead=None)
    assert not found(minutes(resolutions=[own]), "obligation.no-lead")
    assert found(minutes(resolutions=[other]), "obligation.no-lead")


@pytest.mark.parametrize("words", ["تا ۱۵ آبان", "تا هفدهم", "اوایل آذر ۹۸", "طی سال‌های برنامه هفتم"])
def test_a_limit_whose_day_is_open_is_noted_in_words_that_hold_of_all(words: str) -> None:
    (finding,) = found(minutes(resolutions=[resolution("", due(words))]), "due.no-year")
    assert finding.message == f"مهلت «{words}» روز معلومی ندارد."


def test_a_limit_with_its_day_or_with_a_trigger_is_not_said_to_have_none() -> None:
    assert not found(minutes(resolutions=[resolution("", due("تا ۱۵ آبان ۱۴۰۱", jalali="1401/08/15"))]), "due.no-year")
    assert not found(minutes(resolutions=[resolution("", due("پس از ابلاغ", DueKind.EVENT))]), "due.no-year")


def test_gaps_of_an_obligation_are_asked_about_each_by_itself() -> None:
    paper = minutes(resolutions=[resolution("نقشه را تهیه کند", None, lead=None)])
    (lead,), (limit,) = found(paper, "obligation.no-lead"), found(paper, "obligation.no-due")
    assert lead.severity is limit.severity is Severity.WARNING
    assert "«نقشه را تهیه کند»" in lead.message


def test_a_standing_rule_needs_no_limit() -> None:
    rule = resolution("اعتبارات در چارچوب سند توزیع شود", None)
    rule.kind = ResolutionKind.STANDING_RULE
    assert not found(minutes(resolutions=[rule]), "obligation.no-due")


LETTERED = (
    "الف- دستور جلسه:",
    "۱- بررسی طرح",
    "ب- مذاکرات جلسه:",
    "آقای احمدی گفت:",
    "- نکته یکم",
    "- نکته دوم",
    "آقای کریمی گفت:",
    "۱- حرف یکم",
    "۲- حرف دوم",
    "۳- حرف سوم",
    "ج- مصوبات جلسه:",
)


def lettered(*resolutions: str) -> Minutes:
    last = len(LETTERED) + len(resolutions)
    parts = sections(
        ("الف", SectionKind.AGENDA, 1, 2),
        ("ب", SectionKind.DISCUSSION, 3, 10),
        ("ج", SectionKind.RESOLUTIONS, 11, last),
    )
    return minutes(*LETTERED, *resolutions, sections=parts, agenda=[AgendaItem("بررسی طرح", (2, 2), "۱")])


@pytest.mark.parametrize(
    "line",
    [
        "۱- هزینه‌های بند ۱۲ این صورتجلسه پرداخت شود.",
        "۱- کارهای ردیف ۲۱ این جدول ادامه یابد.",
        "۱- کارها به شرح بند «ز» صورت‌جلسه انجام شود.",
        "۱- موضوع بند سوم دستور جلسه پیگیری شود.",
    ],
)
def test_a_reference_to_nothing_is_an_error(line: str) -> None:
    (finding,) = found(lettered(line), "reference.missing")
    assert finding.lines == (12, 12)
    assert "ارجاع" in finding.message


@pytest.mark.parametrize(
    "line",
    [
        "۱- شهرداری در اجرای بند ۱ این صورتجلسه اقدام کند.",
        "۱- موضوع بند اول دستور جلسه پیگیری شود.",
        "۱- مهلت بند ۵۰ مصوبات جلسه سوم تمدید شد.",
        "۱- در اجرای جزء ۱ بند الف ماده ۲۷ قانون برنامه ششم اقدام شود.",
        "۱- بند ۷۰ آیین‌نامه و بند ۶۰ صورتجلسه شماره ۹ اجرا شود.",
        "بند ۹- کارها انجام شود.",
        "۱- مباحث بند ب صورتجلسه به کار رود.",
        "۱- مهمانان به شرح بند ج و نامه بند الف آن قانون دعوت شوند.",
    ],
)
def test_right_references_and_those_to_other_papers_are_let_be(line: str) -> None:
    paper = lettered(line)
    assert not [finding for finding in proofread(paper, Context()) if finding.rule.startswith("reference.")]


def test_a_reference_to_the_wrong_section_names_the_right_one() -> None:
    (finding,) = found(lettered("۱- مذاکرات (بند الف صورتجلسه) به مشاور فرستاده شود."), "reference.wrong")
    assert finding.suggestion == "بند ب"
    assert "«بند الف صورتجلسه»" in finding.message


def test_a_reference_that_fits_two_lists_is_ambiguous() -> None:
    (finding,) = found(lettered("۱- اصلاحات جزء ۲ بند ب انجام شود."), "reference.ambiguous")
    assert "مبهم" in finding.message
    assert not found(lettered("۱- اصلاحات جزء ۳ بند ب انجام شود."), "reference.ambiguous")


def test_a_part_that_no_list_has_is_an_error() -> None:
    (finding,) = found(lettered("۱- اصلاحات جزء ۹ بند ب انجام شود."), "reference.ambiguous")
    assert finding.severity is Severity.ERROR


def test_gaps_and_repeats_in_numbers_are_told_at_their_line() -> None:
    paper = lettered("۱- الف", "۲- ب", "۴- ج", "۴- د")
    (gap,), (twice,) = found(paper, "number.gap"), found(paper, "number.repeated")
    assert (gap.lines, twice.lines) == ((14, 14), (15, 15))
    assert "۳" in gap.message


def test_another_list_or_a_serial_over_years_is_no_gap() -> None:
    assert not found(lettered("248- الف", "249- ب", "250- ج", "۱- د", "۲- ه", "۳- و"), "number.gap")
    assert not found(lettered("۱- الف", "۵۰- ب"), "number.gap")


def test_a_list_within_an_item_is_a_list_of_its_own() -> None:
    items = ["۱- الف", "۲- ب", "۳- ج", "۱- فرعی", "۲- فرعی", "۳- فرعی", "۴- فرعی", "۴- د", "۱) فرعی", "۲) فرعی", "۵- ه"]
    findings = proofread(lettered(*items), Context())
    assert not [finding for finding in findings if finding.rule.startswith("number.")]


def test_two_sections_with_one_letter() -> None:
    paper = minutes("الف", "الف", sections=sections(("الف", SectionKind.OTHER, 1, 1), ("الف", SectionKind.OTHER, 2, 2)))
    assert len(found(paper, "number.repeated")) == 1


@given(st.lists(st.text(alphabet="الف۱۲بند۳ جزء-()صورتجلسه:«»\u202e\u200c", max_size=60), max_size=12))
def test_any_paper_is_proofread_and_every_message_is_short(lines: list[str]) -> None:
    paper = minutes(*lines, sections=sections(("ب", SectionKind.DISCUSSION, 1, max(1, len(lines)))))
    paper.resolutions = [resolution(line, None, line=number) for number, line in enumerate(lines, 1)]
    for finding in proofread(paper, Context()):
        assert len(finding.message) <= 300
        assert finding.rule in RULES
        assert not re.search("[\u202a-\u202e\u2066-\u2069\n]", finding.message)


def test_findings_stand_in_the_order_of_the_lines_and_have_a_bound() -> None:
    paper = minutes(resolutions=[resolution("کار", None, line=line) for line in range(99, 0, -1)])
    findings = proofread(paper, Context())
    assert [finding.lines for finding in findings] == sorted(finding.lines for finding in findings)
    assert len([finding for finding in findings if finding.rule == "obligation.no-due"]) == MOST_PER_RULE


def test_a_quote_is_one_short_line() -> None:
    assert quote("**متن**\n\u202eدیگر ") == "«متن دیگر»"
    assert len(quote("واژه " * 100)) < 70


def test_every_rule_is_explained_in_the_docs() -> None:
    explained = re.findall(r"^### `([\w.-]+)` · (\w+)$", (ROOT / "docs" / "findings.md").read_text(), re.MULTILINE)
    assert explained == [(rule.id, rule.severity.value) for rule in RULES.values()]


@pytest.mark.skipif(not SEED.exists(), reason="needs the seed's own words in ../shared/seed")
def test_the_seed_s_faults_are_found() -> None:
    findings = read_text(SEED.read_text(), Context()).findings
    said = [(finding.rule, finding.message + (finding.suggestion or "")) for finding in findings]
    for rule, *words in (
        ("attendance.both", "کانون هماهنگی", "غایب"),
        ("reference.wrong", "بند الف", "بند ب"),
        ("reference.ambiguous", "جزء ۳ بند ب"),
        ("due.holiday", "۱۳۹۸/۰۸/۰۵", "تعطیل"),
        ("due.friday", "۱۳۹۸/۰۸/۱۰", "جمعه"),
        ("text.slip", "چابوب", "چارچوب"),
        ("text.slip", "ننگ داشتن", "نگه داشتن"),
        ("text.slip", "آرایه", "ارائه"),
        ("text.slip", "راهبردی", "راهبری"),
        ("text.slip", "دستگاههای اجرای", "دستگاه‌های اجرایی"),
        ("text.slip", "صور تجلسه", "صورتجلسه"),
    ):
        assert any(rule == by and all(word in message for word in words) for by, message in said), (rule, words)
    assert len(findings) <= 60
