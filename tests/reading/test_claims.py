"""Figures and laws that speakers quote: what is one, of what, whose, and what is none."""

from __future__ import annotations

import pytest

from dabir.reading.context import Context
from dabir.reading.minutes import Claim, Minutes
from dabir.reading.reader import read_text

HEAD = """صورتجلسه شورای برنامه‌ریزی استان سبزدره
تاریخ جلسه: ۱۴۰۱/۰۵/۱۰
ب - مذاکرات:
"""


def read(said: str, decided: str = "") -> Minutes:
    talk = f"جناب آقای دکتر رودکی رئیس محترم سازمان گفت: {said}\n"
    return read_text(f"{HEAD}{talk}ج - مصوبات:\n۱- {decided or 'گزارش استماع شد.'}\n", Context())


def claims(said: str) -> list[Claim]:
    return read(said).claims


@pytest.mark.parametrize(
    ("said", "subject", "value", "unit"),
    [
        ("نرخ بیکاری ۵,۲ درصد است.", "نرخ بیکاری", "5.2", "درصد"),
        ("نرخ رشد اقتصادی به ۲/۳٪ رسید.", "نرخ رشد اقتصادی", "2.3", "درصد"),
        ("تورم به ۴۱٫۵ درصد رسیده است.", "تورم", "41.5", "درصد"),
        ("پیشرفت فیزیکی بالای ۷۰ درصد است.", "پیشرفت فیزیکی", "70", "درصد"),
        ("سهم بخش خصوصی ده درصد است.", "سهم بخش خصوصی", "10", "درصد"),
        ("تامین مالی طرح به میزان بیش از ۸ برابر سال قبل بود.", "تامین مالی طرح", "8", "برابر"),
        ("از ظرفیت پایاب سد مهران (۲۴۰۰ هکتار) استفاده شود.", "ظرفیت پایاب سد مهران", "2400", "هکتار"),
        ("مبلغ یازده میلیارد و ۴۰۳ میلیون تومان هزینه شد.", None, "11403000000", "تومان"),
        ("بدهی شرکت به 1/500/000/000 ریال رسید.", "بدهی شرکت", "1500000000", "ریال"),
        ("دو و نیم میلیون تومان لازم است.", None, "2500000", "تومان"),
        ("۱۲ هزار میلیارد ریال لازم است.", None, "12000000000000", "ریال"),
        ("یک میلیون و ۲۰۰ هزار تن گندم خریداری شد.", None, "1200000", "تن"),
        ("از ۲۱۴۰ طرح معرفی شده گزارش داده شد.", None, "2140", "طرح"),
        ("%۲۵ اعتبار باقی مانده است.", None, "25", "درصد"),
    ],
)
def test_figure_has_its_subject_value_and_unit(said: str, subject: str | None, value: str, unit: str) -> None:
    (claim,) = claims(said)
    assert (claim.subject, claim.value, claim.unit) == (subject, value, unit)
    assert claim.speakers == ["دکتر رودکی"] and claim.statement == "s1" and claim.point == "p1"
    assert claim.lines == (4, 4) and claim.text in said


@pytest.mark.parametrize(
    "said",
    [
        "ظرف ۴۸ ساعت و حداکثر تا ۱۵ روز پاسخ داده شود.",
        "نامه شماره ۲۲۰۸ مورخ ۱۴۰۱/۰۲/۰۳ خوانده شد.",
        "از سال ۱۴۰۰ با تلفن ۳۳۴۴۵۵۶۶ پیگیری شد.",
        "جلسه شماره ۱۲ شهر سبزدره برگزار نشد.",
        "با حضور ۱۲ نفر از اعضا بازدید شد.",
        "دو طرح و یک دستگاه خوب کار می‌کند.",
        "در بند ب به آن اشاره شد.",
        "کمیسیون ماده ۱۰۰ رای داد.",
        "برابر ضوابط عمل شود.",
    ],
)
def test_what_orders_the_paper_or_the_time_is_no_claim(said: str) -> None:
    assert claims(said) == []


@pytest.mark.parametrize(
    ("said", "law"),
    [
        ("اجرای جزء ۱ بند الف ماده ۲۷ قانون برنامه ششم آغاز شد.", "جزء ۱ بند الف ماده ۲۷ قانون برنامه ششم"),
        ("طبق ماده ۱۹۴ رفتار شود.", "ماده ۱۹۴"),
        ("به استناد اصل ۴۴ قانون اساسی واگذار شود.", "اصل ۴۴ قانون اساسی"),
        ("تبصره ۲ قانون بودجه به آن می‌پردازد.", "تبصره ۲ قانون بودجه"),
        (
            "ماده ۲۳ قانون الحاق برخی مواد به قانون تنظیم بخشی از مقررات مالی دولت روشن است.",
            "ماده ۲۳ قانون الحاق برخی مواد به قانون تنظیم بخشی از مقررات مالی دولت",
        ),
    ],
)
def test_law_is_quoted_by_its_article(said: str, law: str) -> None:
    (claim,) = claims(said)
    assert (claim.law, claim.text, claim.value, claim.source) == (law, law, None, None)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("به گزارش بانک مرکزی تورم به ۴۱٫۵ درصد رسید.", "بانک مرکزی"),
        ("بر اساس آمار منتشر شده از سوی مرکز آمار ایران نرخ بیکاری ۷ درصد است.", "مرکز آمار ایران"),
        ("با اشاره به گزارش سازمان برنامه و بودجه در خصوص اشتغال، نرخ بیکاری ۷ درصد است.", "سازمان برنامه و بودجه"),
        ("نرخ بیکاری ۷ درصد است. به گزارش بانک مرکزی وضع بهتر است.", None),
        ("طبق آمار نرخ بیکاری ۷ درصد است.", None),
    ],
)
def test_source_is_whoever_the_sentence_names_before_the_figure(said: str, source: str | None) -> None:
    assert claims(said)[0].source == source


def test_what_was_decided_in_the_discussion_binds_and_is_no_claim() -> None:
    minutes = read("نرخ بیکاری ۷ درصد است. مقرر شد شهرداری ۲۰ درصد اعتبار را تا ۱۴۰۱/۰۶/۱۰ پرداخت نماید.")
    assert any("۲۰ درصد" in resolution.text for resolution in minutes.resolutions)
    assert [claim.value for claim in minutes.claims] == ["7"]


def test_limits_of_resolutions_are_no_claims() -> None:
    assert read("کار خوب است.", "شهرداری ۵ درصد اعتبار را تا ۱۴۰۱/۰۶/۱۰ پرداخت نماید.").claims == []


def test_claim_of_a_wrapped_point_keeps_the_line_of_its_words() -> None:
    minutes = read("درباره اشتغال جوانان و\nوضعیت بازار کار در استان و اینکه\nنرخ بیکاری ۷ درصد است سخن گفته شد.")
    assert [claim.lines for claim in minutes.claims] == [(6, 6)]
