from __future__ import annotations

import pytest

from dabir.reading.context import Context, KnownParty
from dabir.reading.lines import Passage
from dabir.reading.matching import party
from dabir.reading.names import split_names
from dabir.reading.parties import names_from


def names(text: str, *, loose: bool = False) -> list[str]:
    passage = Passage.of([(1, text)])
    spans, _ = names_from(passage, 0, len(text), loose=loose)
    return [passage.text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اداره کل هواشناسی روزانه پیش‌بینی را ارسال کند", ["اداره کل هواشناسی"]),
        ("شهردار محترم طرح مطالعاتی را ارائه نماید", ["شهردار محترم"]),
        ("شهرداری جداول خیابان را رنگ‌آمیزی کند", ["شهرداری"]),
        ("سازمان مدیریت و برنامهریزی استان نسبت به تامین اعتبار", ["سازمان مدیریت و برنامهریزی استان"]),
        ("اداره راه و شهرسازی و شهرداری ابهر وضعیت زمین را", ["اداره راه و شهرسازی", "شهرداری ابهر"]),
        ("اداره کل نظارت و ارزیابی حداکثر تا پایان سال", ["اداره کل نظارت و ارزیابی"]),
        ("دبیرخانه ستاد (مستقر در فرمانداری) ارسال نمایند", ["دبیرخانه ستاد (مستقر در فرمانداری)"]),
        ("شهرداری منطقه دو نقشه‌ها را تهیه کند", ["شهرداری منطقه دو"]),
        ("دبیرخانه کمیته نمونه برگ یکسان برای ثبت نظرها را بفرستد", ["دبیرخانه کمیته"]),
        ("دبیرخانه کمیته اطلاعات لازم را بفرستد", ["دبیرخانه کمیته"]),
        ("اداره اطلاعات استان پاسخ دهد", ["اداره اطلاعات استان"]),
        ("معاون اقتصادی استاندار دیدگاه‌های خود را بیان کرد", ["معاون اقتصادی استاندار"]),
        ("مدیر گاز استان گزارش داد", ["مدیر گاز استان"]),
        ("نماینده حراست بازگشایی شود", ["نماینده حراست"]),
        ("شهرداری قرار دهد", ["شهرداری"]),
        ("مهندس کیوان رستگار پیگیری نماید", ["مهندس کیوان رستگار"]),
        ("آقای رضوی مدیر امور مالی و خانم نوری نسبت به", ["آقای رضوی مدیر امور مالی", "خانم نوری"]),
        (
            "دستگاه‌های ذیربط از جمله آبفا، اداره برق و اداره گاز در هفته",
            ["دستگاه‌های ذیربط", "آبفا", "اداره برق", "اداره گاز"],
        ),
    ],
)
def test_name_ends_where_the_sentence_goes_on(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_name_without_a_known_head_is_taken_only_where_asked() -> None:
    assert names("خانواده‌های ایثارگر در اجرای طرح") == []
    assert names("خانواده‌های ایثارگر در اجرای طرح", loose=True) == ["خانواده‌های ایثارگر"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("گمرک - صنعت، معدن و تجارت - بهزیستی", ["گمرک", "صنعت، معدن و تجارت", "بهزیستی"]),
        ("گمرک، ورزش و جوانان، بهزیستی", ["گمرک", "ورزش و جوانان", "بهزیستی"]),
        ("آقایان رضوی، نوری و کاظمی و خانم بهار", ["رضوی", "نوری", "کاظمی", "خانم بهار"]),
        ("خانم بهار، مدیر آموزش، آقای نوری", ["خانم بهار، مدیر آموزش", "آقای نوری"]),
        (
            "امین رئیس اداره آموزش و پرورش و سرکار خانم دکتر بهار",
            ["امین رئیس اداره آموزش و پرورش", "سرکار خانم دکتر بهار"],
        ),
    ],
)
def test_list_is_taken_apart_without_breaking_a_name(text: str, expected: list[str]) -> None:
    assert split_names(text) == expected


CONTEXT = Context(
    parties=(
        KnownParty(1, "اداره کل راه و شهرسازی استان زنجان", ("راه و شهرسازی", "راه‌وشهرسازی زنجان")),
        KnownParty(2, "شرکت آب منطقه‌ای زنجان", ("آب منطقه‌ای", "دبیرخانه")),
        KnownParty(3, "فرمانداری ایجرود", ("دبیرخانه",)),
    )
)


def test_alias_is_an_identity_whatever_its_spaces_and_letters() -> None:
    found = party("راه و شهرسازي", CONTEXT)
    assert (found.text, found.party, found.score, found.reason) == ("راه و شهرسازي", 1, 1.0, "exact")


def test_likeness_is_said_to_be_one() -> None:
    found = party("شرکت آب منطقهای زنجانن", CONTEXT)
    assert found.party == 2
    assert found.score is not None and found.score < 1
    assert found.known is None


def test_alias_of_two_parties_names_neither() -> None:
    assert party("دبیرخانه", CONTEXT).known is None


def test_unknown_name_stays_bare() -> None:
    assert party("باشگاه کوهنوردی", CONTEXT).party is None
