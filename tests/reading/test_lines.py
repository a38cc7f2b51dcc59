from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.reading.lines import Passage, number_lines


@pytest.mark.parametrize(
    ("line", "label", "words"),
    [
        ("۱- بررسی سند", "1", "بررسی سند"),
        ("1) بررسی سند", "1", "بررسی سند"),
        ("۱. بررسی سند", "1", "بررسی سند"),
        ("1ـ بررسی سند", "1", "بررسی سند"),
        ("47 – بررسی سند", "47", "بررسی سند"),
        ("(۳) بررسی سند", "3", "بررسی سند"),
        ("1-1- بررسی سند", "1-1", "بررسی سند"),
        ("- ۱- بررسی سند", "1", "بررسی سند"),
        ("الف- بررسی سند", "الف", "بررسی سند"),
        ("ب) بررسی سند", "ب", "بررسی سند"),
        ("بند۳- بررسی سند", "3", "بررسی سند"),
        ("مصوبه ۳: بررسی سند", "3", "بررسی سند"),
        ("مصوبه شماره دو:", "دو", ""),
        ("**۴. بررسی سند**", "4", "بررسی سند"),
        ("866 -1مقرر شد", "866 -1", "مقرر شد"),
        ("281 مقرر شد", "281", "مقرر شد"),
        ("1مقررشد شهرداری", "1", "مقررشد شهرداری"),
        ("-۲ مقرر شد", "2", "مقرر شد"),
    ],
)
def test_mark_is_told_from_the_words(line: str, label: str, words: str) -> None:
    (read,) = number_lines(line)
    assert read.mark is not None
    assert (read.mark.label, read.words) == (label, words)


@pytest.mark.parametrize("mark", ["•", "✓", "*", "-", "➖", "▫️", "*-", "- ✓"])
def test_bullet_has_no_number(mark: str) -> None:
    (read,) = number_lines(f"{mark} بررسی سند")
    assert read.mark is not None
    assert (read.mark.style, read.mark.label, read.words) == ("bullet", None, "بررسی سند")


@pytest.mark.parametrize(
    "line", ["1395/7/3", "۱۳۹۸ سال تولید", "24 کلاس درس ساخته شد", "در اجرای بند ۳", "12.5 درصد رشد", "شهرداری - آبفا"]
)
def test_number_of_another_sense_is_no_mark(line: str) -> None:
    (read,) = number_lines(line)
    assert read.mark is None
    assert read.words == line


def test_numbers_without_a_separator_count_where_they_follow_each_other() -> None:
    lines = number_lines("1 تعمیر پل\n2 خرید آسفالت\n3 نصب تابلو")
    assert [line.mark and line.mark.label for line in lines] == ["1", "2", "3"]


def test_line_numbers_are_those_of_an_editor() -> None:
    lines = number_lines("یک\r\n\r\nسه\rچهار\u2028هنوز چهار")
    assert [(line.number, line.words) for line in lines if line.words] == [
        (1, "یک"),
        (3, "سه"),
        (4, "چهار\u2028هنوز چهار"),
    ]


@given(st.lists(st.text(alphabet="ابپ تث۱", min_size=1, max_size=12), min_size=1, max_size=8), st.data())
def test_part_of_a_passage_keeps_its_lines(texts: list[str], data: st.DataObject) -> None:
    passage = Passage.of(enumerate(texts, 1))
    start = data.draw(st.integers(0, len(passage.text)))
    end = data.draw(st.integers(start, len(passage.text)))
    part = passage.cut(start, end)
    assert part.text == passage.text[start:end].strip()
    assert len(part.folded) == len(part.text)
    if part.text:
        first, last = part.lines()
        assert 1 <= first <= last <= len(texts)
        assert part.text.split()[0] in texts[first - 1]
        assert part.text.split()[-1] in texts[last - 1]
