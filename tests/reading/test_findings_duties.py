"""What the proofreader says of duties and decisions: who owes, when after what, who approved."""

from __future__ import annotations

import pytest

from dabir.persian.jalali import parse_day
from dabir.reading.context import Context, KnownParty
from dabir.reading.minutes import BodyNumber, Due, Minutes, Obligation, Party, Resolution, ResolutionKind, Severity
from tests.reading.papers import due, found, minutes, present, resolution


def decided(text: str, kind: ResolutionKind = ResolutionKind.APPROVAL, body: str = "کمیته عمران") -> Minutes:
    paper = minutes(text, resolutions=[Resolution(text, (1, 1), kind)])
    paper.bodies = [BodyNumber(body)]
    return paper


def owed(text: str, lead: str | None, *helpers: str, limit: Due | None = None) -> Resolution:
    duty = Obligation(text, (1, 1), lead=Party(lead) if lead else None, helpers=[Party(h) for h in helpers], due=limit)
    return Resolution(text, (1, 1), ResolutionKind.OBLIGATION, obligations=[duty])


def two(first: str, second: str, waits_for: tuple[str, ...] = ()) -> Minutes:
    """Two duties with days; the second one waits for `waits_for`."""
    earlier = Obligation("نقشه را تهیه کند", (1, 1), lead=Party("مشاور"), due=due("تا", jalali=first), id="o1")
    later = Obligation("کار را آغاز کند", (1, 1), lead=Party("شهرداری"), due=due("تا آن روز", jalali=second), id="o2")
    later.waits_for = list(waits_for)
    both = Resolution("متن", (1, 1), ResolutionKind.OBLIGATION, obligations=[earlier, later])
    return minutes("متن", resolutions=[both])


def test_a_limit_before_the_one_it_waits_for_is_an_error() -> None:
    (finding,) = found(two("1398/08/11", "1398/08/04", waits_for=("o1",)), "due.order")
    assert finding.severity is Severity.ERROR
    assert not found(two("1398/08/11", "1398/08/04"), "due.order")
    assert not found(two("1398/08/11", "1398/08/20", waits_for=("o1",)), "due.order")


def test_a_limit_may_wait_for_an_item_by_its_number() -> None:
    def paper(words: str) -> Minutes:
        first = owed("نقشه را تهیه کند", "مشاور", limit=due("تا ۹۸/۸/۱۱", jalali="1398/08/11"))
        first.number = "۱"
        second = owed(words, "شهرداری", limit=due("تا ۹۸/۸/۴", jalali="1398/08/04"))
        return minutes("متن", resolutions=[first, second])

    assert found(paper("پس از انجام بند ۱ کار را آغاز کند"), "due.order")
    assert not found(paper("پس از بند ۱ ماده ۴ قانون کار را آغاز کند"), "due.order")


def test_fewer_than_three_working_days_are_asked_about() -> None:
    # Wednesday to Saturday: Thursday is worked, Friday is not.
    (finding,) = found(two("1398/08/15", "1398/08/18", waits_for=("o1",)), "due.tight")
    assert "۲ روز کاری" in finding.message
    assert not found(two("1398/08/15", "1398/08/19", waits_for=("o1",)), "due.tight")
    assert not found(two("1398/08/15", "1398/08/18"), "due.tight")


def test_announced_closures_leave_less_time() -> None:
    closed = {day: True for text in ("1398/08/18", "1398/08/19") if (day := parse_day(text))}
    paper = two("1398/08/15", "1398/08/20", waits_for=("o1",))
    assert not found(paper, "due.tight")
    assert found(paper, "due.tight", Context(closures=closed))


@pytest.mark.parametrize("joint", [" و ", "، "])
def test_two_equal_leads_are_asked_about(joint: str) -> None:
    text = f"شهرداری{joint}بخشداری مرکزی نسبت به پاکسازی اقدام کنند"
    (finding,) = found(minutes(text, resolutions=[owed(text, "شهرداری", "بخشداری مرکزی")]), "obligation.two-leads")
    assert "«شهرداری» و «بخشداری مرکزی»" in finding.message


@pytest.mark.parametrize(
    "text", ["شهرداری با همکاری بخشداری مرکزی اقدام کند", "شهرداری و مردم با همکاری بخشداری مرکزی اقدام کنند"]
)
def test_a_helper_is_no_second_lead(text: str) -> None:
    assert not found(minutes(text, resolutions=[owed(text, "شهرداری", "بخشداری مرکزی")]), "obligation.two-leads")


@pytest.mark.parametrize("lead", ["مسئولین ذیربط", "دستگاه‌های مربوطه", "کلیه دستگاه‌های اجرایی ذی‌ربط", "ادارات مرتبط"])
def test_a_lead_that_may_be_anybody_is_vague(lead: str) -> None:
    (finding,) = found(minutes("متن", resolutions=[owed("اقدام کنند", lead)]), "obligation.vague-lead")
    assert "مبهم" in finding.message


def test_an_agent_that_may_be_anybody_is_vague_too() -> None:
    assert found(minutes("م", resolutions=[owed("توسط مسئولین ذیربط پیگیری شود", None)]), "obligation.vague-lead")
    assert not found(minutes("م", resolutions=[owed("امور مربوطه پیگیری شود", None)]), "obligation.vague-lead")


@pytest.mark.parametrize("lead", ["مسئول دفتر", "اداره ثبت", "دستگاه نظارت", "مسئولین خوابگاه"])
def test_a_lead_with_a_name_is_not_vague(lead: str) -> None:
    assert not found(minutes("متن", resolutions=[owed("اقدام کند", lead)]), "obligation.vague-lead")


@pytest.mark.parametrize("lead", ["دستگاههای اجرایی عضو کمیته", "کلیه بانک‌ها", "بخشداران محترم", "شهرداری‌های شهرستان"])
def test_a_group_that_owes_is_noted(lead: str) -> None:
    (note,) = found(minutes("متن", resolutions=[owed("اقدام کنند", lead)]), "obligation.group-lead")
    assert note.severity is Severity.NOTE


def test_a_group_of_the_directory_is_one_whatever_its_name() -> None:
    context = Context(parties=(KnownParty(4, "همیاران آب", kind="group"),))
    duty = owed("اقدام کنند", "همیاران آب")
    duty.obligations[0].lead = Party("همیاران آب", "همیاران آب", 4, 1.0)
    assert found(minutes("متن", resolutions=[duty]), "obligation.group-lead", context)
    assert not found(minutes("متن", resolutions=[duty]), "obligation.group-lead")


@pytest.mark.parametrize("lead", ["اداره کل گمرک", "شهرداری", "بانک مسکن", "اداره ثبت احوال"])
def test_one_office_is_no_group(lead: str) -> None:
    assert not found(minutes("متن", resolutions=[owed("اقدام کند", lead)]), "obligation.group-lead")


def test_a_lead_that_helps_itself_is_asked_about() -> None:
    assert found(minutes("م", resolutions=[owed("کار", "شهرداری", "گمرک", "شهرداری")]), "obligation.lead-helps")
    assert not found(minutes("م", resolutions=[owed("کار", "شهرداری", "گمرک")]), "obligation.lead-helps")
    text = "شهرداری با همکاری شهرداری و گمرک اقدام کند"
    assert found(minutes("م", resolutions=[owed(text, "شهرداری", "گمرک")]), "obligation.lead-helps")


def test_a_lead_that_was_absent_is_noted_once() -> None:
    entries = present("شهرداری", absent=("گمرک",))
    duties = [owed("کار", "گمرک"), owed("کار دیگر", "گمرک"), owed("کار", "شهرداری")]
    (note,) = found(minutes("متن", attendance=entries, resolutions=duties), "obligation.absent-lead")
    assert "غایب" in note.message


@pytest.mark.parametrize(
    "line",
    [
        "جلسه به حد نصاب نرسید.",
        "با حضور ۳ نفر جلسه رسمیت نیافت.",
        "در جلسه قبل بند ۳ خوانده شد. این جلسه به حد نصاب نرسید.",
    ],
)
def test_what_is_decided_without_a_quorum_is_an_error(line: str) -> None:
    work = [resolution("شهرداری اقدام کند")]
    (finding,) = found(minutes(line, resolutions=work), "approval.no-quorum")
    assert finding.severity is Severity.ERROR
    assert not found(minutes(line), "approval.no-quorum")


@pytest.mark.parametrize(
    "line",
    [
        "جلسه قبل به حد نصاب نرسید.",
        "چنانچه جلسه به حد نصاب نرسید تکرار شود.",
        "جلسه با حضور اکثریت رسمیت یافت.",
        "طبق بند ۳ جلسه بدون دبیر رسمیت ندارد.",
    ],
)
def test_the_quorum_of_another_time_is_let_be(line: str) -> None:
    assert not found(minutes(line, resolutions=[resolution("شهرداری اقدام کند")]), "approval.no-quorum")


def test_an_approval_by_another_body_is_asked_about() -> None:
    assert found(decided("برنامه مورد تایید اعضای محترم شورای شهر قرار گرفت."), "approval.elsewhere")
    (finding,) = found(decided("برنامه سال آینده به تصویب شورای شهر رسید."), "approval.elsewhere")
    assert "«شورای شهر»" in finding.message
    assert "«کمیته عمران»" in finding.message


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("برنامه به تصویب رسید.", "کمیته عمران"),
        ("برنامه به تصویب کمیته رسید.", "کمیته عمران"),
        ("برنامه به تصویب اعضای شورا رسید.", "شورای اسلامی شهر"),
        ("برنامه به تصویب شورای اسلامی رسید.", "شورای اسلامی شهر بردسکن"),
        ("برنامه‌ای که قبلاً به تصویب شورای شهر رسید تایید شد.", "کمیته عمران"),
        ("برنامه به تصویب شورای شهر رسیده است و اجرا شود.", "کمیته عمران"),
        ("با واگذاری زمین مشروط به تأیید کمیسیون ماده پنج موافقت شد.", "کمیته عمران"),
    ],
)
def test_the_body_s_own_approval_and_an_earlier_one_are_let_be(text: str, body: str) -> None:
    assert not found(decided(text, body=body), "approval.elsewhere")


def test_a_condition_that_nobody_lifts_is_asked_about() -> None:
    text = "با واگذاری زمین مشروط به تایید کمیسیون موافقت شد."
    paper = decided(text, ResolutionKind.CONDITIONAL_APPROVAL)
    assert found(paper, "approval.no-step")
    paper.resolutions[0].obligations = [Obligation(text, (1, 1), lead=Party("دبیرخانه"))]
    assert not found(paper, "approval.no-step")
    assert not found(decided(text), "approval.no-step")


def test_approved_and_still_to_be_confirmed_is_asked_about() -> None:
    text = "گزارش به تصویب رسید و مقرر شد ویرایش دوم در جلسه بعد مورد تأیید قرار گیرد."
    (finding,) = found(decided(text), "approval.unconfirmed")
    assert "«به تصویب رسید»" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "گزارش به تصویب رسید.",
        "گزارش بررسی و مقرر شد در جلسه بعد به تصویب برسد.",
        "گزارش مشروط به اصلاح به تصویب رسید و ویرایش دوم به تأیید کمیته برسد.",
    ],
)
def test_a_plain_or_conditional_approval_is_let_be(text: str) -> None:
    assert not found(decided(text), "approval.unconfirmed")


def test_the_same_words_twice_are_asked_about() -> None:
    def paper(*texts: str) -> Minutes:
        lines = [Resolution(t, (n, n), ResolutionKind.OBLIGATION, number=str(n)) for n, t in enumerate(texts, 1)]
        return minutes(*texts, resolutions=lines)

    first = "شهرداری روشنایی پارک محله را کامل کند."
    (finding,) = found(paper(first, "گمرک فهرست کالا را بدهد.", f"مقرر شد {first}"), "resolution.duplicate")
    assert finding.lines == (3, 3)
    assert "شماره ۱" in finding.message
    assert not found(
        paper("به قطعه ۴ پروانه ساخت داده شود.", "به قطعه ۵ پروانه ساخت داده شود."), "resolution.duplicate"
    )
    assert not found(paper("موافقت شد.", "موافقت شد."), "resolution.duplicate")
