"""The class of a statement, by an explicit mark alone."""

from __future__ import annotations

import pytest

from dabir.reading.classed import unheard
from dabir.reading.context import Context
from dabir.reading.minutes import Minutes, StatementClass
from dabir.reading.reader import read_text

HEAD = "صورتجلسه شورای برنامه‌ریزی استان سبزدره\nتاریخ جلسه: ۱۴۰۱/۰۵/۱۰\nب - مذاکرات:\n"
END = "ج - مصوبات:\n۱- گزارش استماع شد (محرمانه).\n"
SPEECH = "جناب آقای دکتر رودکی رئیس محترم سازمان گفت: وضع خوب است."


def read(*lines: str) -> Minutes:
    return read_text(HEAD + "\n".join(lines) + "\n" + END, Context())


@pytest.mark.parametrize(
    ("line", "secrecy"),
    [
        (f"(محرمانه) {SPEECH}", StatementClass.CONFIDENTIAL),
        (f"{SPEECH} (محرمانه)", StatementClass.CONFIDENTIAL),
        (f"{SPEECH[:-1]} (محرمانه).", StatementClass.CONFIDENTIAL),
        (f"(خیلی محرمانه) {SPEECH}", StatementClass.SECRET),
        (f"(خیلی‌محرمانه)\n{SPEECH}", StatementClass.SECRET),
    ],
)
def test_mark_gives_the_class_and_is_no_part_of_the_text(line: str, secrecy: StatementClass) -> None:
    minutes = read(line)
    (statement,) = minutes.discussion
    assert statement.secrecy == secrecy
    assert [point.text for point in statement.points] == [SPEECH]
    assert [speaker.name for speaker in statement.speakers] == ["دکتر رودکی"]
    assert "\n".join(minutes.lines[3:]).startswith(line)


def test_mark_on_a_bullet_is_of_the_whole_statement_and_of_no_other() -> None:
    minutes = read(
        "آقای کریمی مدیرکل محترم راه به موارد زیر اشاره نمود:", "- تامین آب", "- رعایت ضوابط (محرمانه)", SPEECH
    )
    assert [one.secrecy for one in minutes.discussion] == [StatementClass.CONFIDENTIAL, StatementClass.NORMAL]
    assert [point.text for point in minutes.discussion[0].points] == ["تامین آب", "رعایت ضوابط"]


def test_words_alone_classify_nothing() -> None:
    minutes = read("جناب آقای دکتر رودکی رئیس محترم سازمان گفت: این موضوع محرمانه است و (محرمانه) بودن آن روشن است.")
    assert [one.secrecy for one in minutes.discussion] == [StatementClass.NORMAL]


def test_resolutions_keep_their_words() -> None:
    assert read(SPEECH).resolutions[0].text.endswith("(محرمانه).")


def test_a_marked_line_of_nobodys_statement_is_told() -> None:
    minutes = read("(محرمانه) درباره سد گفتگو شد.", "(محرمانه)", "", "و نامه‌ای خوانده شد.", f"{SPEECH} (محرمانه)")
    assert unheard(minutes) == [4, 7] and len(minutes.discussion) == 1
