from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.persian.letters import ZWNJ, squash
from dabir.persian.zwnj import lost, restore


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("بهرهوری", "بهره|وری"),
        ("دستگاههای", "دستگاه|های"),
        ("دستگاه های", "دستگاه|های"),
        ("می باشد", "می|باشد"),
        ("نمی شود.", "نمی|شود."),
        ("میباشد", "می|باشد"),
        ("اشتغالزایی", "اشتغال|زایی"),
        ("برنامهریزی", "برنامه|ریزی"),
        ("برنامه ریزی", "برنامه|ریزی"),
        ("تصمیمگیریهای", "تصمیم|گیری|های"),
        ("منطقهای", "منطقه|ای"),
        ("هفته ای", "هفته|ای"),
        ("موازیکاریها", "موازی|کاری|ها"),
        ("شده اند", "شده|اند"),
        ("مهم ترین", "مهم|ترین"),
        ("پیش نویس", "پیش|نویس"),
        ("نیمهتمام", "نیمه|تمام"),
        ("واحد های", "واحدهای"),
        ("دستگاههاي", "دستگاه|هاي"),
        ("(برنامه ریزی)", "(برنامه|ریزی)"),
    ],
)
def test_a_lost_half_space_is_put_back(written: str, right: str) -> None:
    assert restore(written) == right.replace("|", ZWNJ)


@pytest.mark.parametrize(
    "text",
    [
        "آنها تنها به انتها و بهای میدان و میان و میزان و میدانی",
        "کارها، شهرها، واحدهای و محورهای",
        "گردشگری، آبرسانی، دعوتنامه، صورتجلسه، فناوری و وزارتخانه",
        "فنی و حرفهای",
        "بهره‌وری دستگاه‌های اجرایی می‌باشد",
        "نامه شماره ۵ و طی نامه ها",
        "ای کاش و ترین",
        "هم کلاس و پیش شهردار",
        "جاده اصلی محور شرقی",
    ],
)
def test_what_has_lost_nothing_or_may_be_two_things_is_let_be(text: str) -> None:
    kept = text.replace("نامه ها", f"نامه{ZWNJ}ها")
    assert restore(kept) == kept


def test_each_kind_of_word_is_counted() -> None:
    found = lost("دستگاههای اجرایی، دستگاههای دیگر و می باشد")
    assert found == {("دستگاههای", f"دستگاه{ZWNJ}های"): 2, ("می باشد", f"می{ZWNJ}باشد"): 1}


@given(st.text(alphabet="بهرهوری دستگاههایمیباشدشوند\u200c\n.،«»ایترین ", max_size=80))
def test_letters_stay_and_a_second_time_changes_nothing(text: str) -> None:
    once = restore(text)
    assert squash(once) == squash(text)
    for old, new in lost(text):
        assert old in text
        assert squash(old) == squash(new)
