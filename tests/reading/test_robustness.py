"""The same paper from another keyboard, editor or converter is the same paper."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.persian.digits import to_ascii, to_persian
from dabir.persian.letters import ZWNJ, squash
from dabir.reading.context import Context
from dabir.reading.reader import read_text
from tools.drill.strange import FRAGMENTS

GOLDEN = Path(__file__).parents[1] / "golden" / "reading"
PAPERS = sorted(path for path in GOLDEN.iterdir() if path.suffix == ".txt")


def arabic_letters(text: str) -> str:
    return text.replace("ی", "\u064a").replace("ک", "\u0643")


def lost_joiners(text: str) -> str:
    return text.replace(ZWNJ, "")


def spaces_for_joiners(text: str) -> str:
    return text.replace(ZWNJ, " ")


def line_ends_of_windows(text: str) -> str:
    return text.replace("\n", "\r\n")


def bidi_marks(text: str) -> str:
    return "\n".join(f"\u202b{line}\u202c" for line in text.split("\n"))


def vowels(text: str) -> str:
    return re.sub(r"(?<=[^\W\d_])(?=[^\W\d_])", "\u064e", text)


def drawn_out(text: str) -> str:
    return text.replace("مصوبات", "مصـــوبات").replace("مقرر", "مـقرر").replace("شهر", "شــهر")


def indented(text: str) -> str:
    return "\n".join(f"    {line}" if line.strip() else line for line in text.split("\n"))


def wrapped(text: str) -> str:
    lines = (line if re.search(r"\t| {3}|\|", line) else textwrap.fill(line, 95) for line in text.split("\n"))
    return "\n".join(lines)


def essence(text: str) -> list[object]:
    """What must not change: numbers, kinds, owners, days; who was there."""
    minutes = read_text(text, Context())
    resolutions = [
        (
            one.number and squash(one.number),
            one.kind,
            [(duty.lead and squash(duty.lead.text), duty.due and duty.due.jalali) for duty in one.obligations],
        )
        for one in minutes.resolutions
    ]
    header = minutes.header
    return [
        header.number,
        header.date and header.date.jalali,
        header.starts_at,
        *resolutions,
        *((squash(entry.text), entry.present) for entry in minutes.attendance),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        arabic_letters,
        lost_joiners,
        spaces_for_joiners,
        to_ascii,
        to_persian,
        line_ends_of_windows,
        bidi_marks,
        vowels,
        drawn_out,
        indented,
        wrapped,
    ],
)
@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_what_is_read_does_not_hang_on_the_editor(path: Path, changed: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    assert essence(changed(text)) == essence(text)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_text_is_too_strange_to_be_read(fragments: list[str]) -> None:
    text = " ".join(fragments)
    minutes = read_text(text, Context())
    assert len(minutes.lines) == text.count("\n") + 1
    assert all(1 <= one.lines[0] <= one.lines[1] <= len(minutes.lines) for one in minutes.resolutions)


def test_a_ditto_for_the_decision_itself_is_passed_over() -> None:
    text = "مصوبات:\nردیف\tشرح\tمسئول\n۱\tمقرر شد گزارش ارسال شود\tشهرداری\n۲\tهمان\tبهزیستی\n"
    assert [one.number for one in read_text(text, Context()).resolutions] == ["1"]


def test_a_name_between_semicolons_without_spaces_keeps_the_words_of_the_paper() -> None:
    said = "آقای کریمی؛رئیس کمیسیون؛گزارش داد که راه روستا بسته است."
    [statement] = read_text(f"مذاکرات:\n{said}\n", Context()).discussion
    assert [point.text for point in statement.points] == [said]
