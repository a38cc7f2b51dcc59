"""What the proofreader says of words: slips that no list knows, lost half-spaces, letters of another keyboard."""

from __future__ import annotations

import time

import pytest

from dabir.reading.context import Context, KnownParty
from dabir.reading.findings import proofread
from dabir.reading.minutes import SectionKind, Severity
from tests.reading.papers import found, minutes, present, resolution, sections

ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("line", "written", "right"),
    [
        ("در خصوص فراوده‌های لبنی تصمیم گرفته شد.", "فراوده", "فرآورده"),
        ("بخش‌نامه وزراتی ابلاغ شد و پیشنهدات رسید.", "پیشنهدات", "پیشنهادات"),
        ("گزارش مشکللات مطرح شد.", "مشکللات", "مشکلات"),
    ],
)
def test_a_word_that_no_list_has_is_noted_with_the_one_it_is_near(line: str, written: str, right: str) -> None:
    (note,) = found(minutes(line), "text.slip")
    assert note.severity is Severity.NOTE
    assert [(fix.old, fix.new) for fix in note.fixes] == [(written, right)]


@pytest.mark.parametrize(
    "lines",
    [
        ["آقای فراوده و دکتر مشکللات سخن گفتند."],
        ["در روستای فراوده و خیابان مشکللات کار شد."],
        ["سامانه فراوده راه افتاد.", "فراوده کامل شد."],
    ],
)
def test_names_and_terms_are_no_slips(lines: list[str]) -> None:
    assert not found(minutes(*lines), "text.slip")


def test_names_of_the_list_and_of_the_directory_are_no_slips() -> None:
    line = "موضوع به فراوده سپرده شد."
    assert found(minutes(line), "text.slip")
    assert not found(minutes(line, attendance=present("فراوده نوری")), "text.slip")
    assert not found(minutes(line), "text.slip", Context(parties=(KnownParty(1, "شرکت فراوده"),)))
    assert not found(minutes(line), "text.slip", Context(places=frozenset({"فراوده"})))


def test_lost_half_spaces_are_one_note_with_a_fix_for_each_kind_of_word() -> None:
    lines = ["دستگاههای اجرایی و دستگاههای دیگر", "برنامه ریزی می باشد", "بهره‌وری و می‌باشد"]
    (note,) = found(minutes(*lines), "text.joined")
    assert "۴ جا" in note.message
    assert {(fix.old, fix.new.replace(ZWNJ, "|")) for fix in note.fixes} == {
        ("دستگاههای", "دستگاه|های"),
        ("برنامه ریزی", "برنامه|ریزی"),
        ("می باشد", "می|باشد"),
    }
    assert note.fixes[0].old == "دستگاههای"
    assert note.lines == (1, 3)
    assert not found(minutes("بهره‌وری دستگاه‌های اجرایی می‌باشد"), "text.joined")


def test_arabic_letters_among_persian_ones_are_one_note() -> None:
    (note,) = found(minutes("مهندسين مشاور", "مهندسین ناظر", "كارگاه"), "text.letters")
    assert {(fix.old, fix.new) for fix in note.fixes} == {("مهندسين", "مهندسین"), ("كارگاه", "کارگاه")}
    assert "۲ جا" in note.message
    assert not found(minutes("مهندسین ناظر", "کارگاه"), "text.letters")
    assert not found(minutes("مهندسين مشاور", "كارگاه"), "text.letters")


HOSTILE = (
    "به تایید " + "ا" * 90,
    "به تصویب شورا " + "ب" * 160,
    "مورد تایید " + "ن" * 90 + " ",
    "۱۳۹۸/۱۳/۴۵ ",
    "سی و یکم مهر ",
    "(سه میلیون و پنج هزار) (۴) ",
    "و " * 9 + "(۴)",
    "۳۰ درصد و مابقی ",
    "۵ هکتار جمعا ",
    "می های ترین ",
    "بند " * 8,
    "۱۷ بخش " * 3,
    "پس از بند ",
    "ـ" * 50,
    "دستگاههاي",
    "تصیمم" * 9,
    "با حضور ۵ نفر ",
    "رسمیت " * 4,
)


@pytest.mark.parametrize("part", HOSTILE, ids=range(len(HOSTILE)))
def test_the_time_of_the_proofreader_grows_with_the_text(part: str) -> None:
    def seconds(length: int) -> float:
        text = (part * length)[:length]
        paper = minutes(text, text[: length // 2], sections=sections(("ب", SectionKind.DISCUSSION, 1, 2)))
        paper.resolutions = [resolution(text, None)]
        start = time.process_time()
        proofread(paper, Context())
        return time.process_time() - start

    seconds(200)
    short, long = (min(seconds(length) for _ in range(2)) for length in (4_000, 16_000))
    assert long < max(12 * short, 0.4)
