from __future__ import annotations

import re

import pytest

from dabir.persian.letters import same_length_fold
from dabir.reading.context import KnownParty
from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.matching import Register
from dabir.reading.minutes import Reason
from dabir.reading.names import split_names
from dabir.reading.offices import COMPLETE_HEADS, FIELDS, OPEN_HEADS, PERSON_TITLES, QUANTIFIER
from dabir.reading.wording import beginnings, begins_like, rx


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
        ("اداره کل بنیاد مسکن (مهندسین مشاور) قرار خواهد گرفت", ["اداره کل بنیاد مسکن (مهندسین مشاور)"]),
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
    assert list(split_names(text)) == expected


PARTIES = (
    KnownParty(1, "اداره کل راه و شهرسازی استان زنجان", ("راه و شهرسازی", "راه‌وشهرسازی زنجان")),
    KnownParty(2, "شرکت آب منطقه‌ای زنجان", ("آب منطقه‌ای", "دبیرخانه")),
    KnownParty(3, "فرمانداری ایجرود", ("دبیرخانه",)),
    KnownParty(4, "بنیاد مسکن انقلاب اسلامی استان زنجان"),
    KnownParty(5, "بنیاد شهید و امور ایثارگران استان زنجان"),
)
REGISTER = Register(PARTIES)


@pytest.mark.parametrize(
    ("text", "key", "score", "reason"),
    [
        ("شرکت آب منطقه ای زنجان", 2, 1.0, Reason.EXACT),
        ("شركت محترم آب منطقهاي زنجان", 2, 1.0, Reason.EXACT),
        ("راه و شهرسازي", 1, 1.0, Reason.ALIAS),
        ("شرکت آب منطقه‌ای زنجانن", 2, 0.96, Reason.LETTER),
        ("راه و شهرسازی استان زنجان اداره کل", 1, 0.95, Reason.LIKE),
        ("بنیاد مسکن", 4, 0.9, Reason.SHORTENED),
        ("فرمانداری ایجرود (طبقه دوم)", 3, 0.95, Reason.LIKE),
        ("نمایندگان محترم شرکت آب منطقه‌ای", 2, 0.8, Reason.STAFF),
    ],
)
def test_match_says_how_sure_it_is_and_why(text: str, key: int, score: float, reason: Reason) -> None:
    match = REGISTER.find(text)
    assert match is not None
    assert (match.party.key, match.score, match.reason) == (key, score, reason)


@pytest.mark.parametrize("text", ["باشگاه کوهنوردی", "استان", "بن", ""])
def test_words_that_name_nobody_match_nobody(text: str) -> None:
    assert REGISTER.find(text) is None


def test_name_of_two_parties_is_never_certain() -> None:
    both = REGISTER.candidates("دبیرخانه", least=0.6, limit=5)
    assert {match.party.key for match in both} == {2, 3}
    assert {match.reason for match in both} == {Reason.SHARED} and max(match.score for match in both) < 1


def test_part_of_several_names_is_too_little_to_suggest_one_unasked() -> None:
    assert REGISTER.find("استان زنجان") is None
    asked = REGISTER.candidates("استان زنجان", least=0.5, limit=3)
    assert {match.party.key for match in asked} == {1, 4, 5}


@pytest.mark.parametrize("group", [PERSON_TITLES, QUANTIFIER, COMPLETE_HEADS, OPEN_HEADS, FIELDS])
def test_word_that_no_beginning_has_is_matched_by_no_head(group: str) -> None:
    letters = beginnings(group)
    words = ["آب", "گزارش", "شهرداری", "دکتر نوری", "کلیه", "یک نفر از", "چند تن از", "هر یک از", "صنعت، معدن", "بررسی"]
    for word in words:
        folded = same_length_fold(word)
        if re.match(rx(group).pattern, folded):
            assert begins_like(folded, 0, letters), word
    assert not begins_like("xyz", 0, letters)
