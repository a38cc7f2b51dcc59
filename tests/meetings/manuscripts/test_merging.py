"""Two people's changes put together: what only one touched is taken, what both did is told, no line is dropped."""

from __future__ import annotations

import time
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.meetings.manuscripts.merging import differences, matches, merge

BASE = "الف\n\nب\n\nج\n\nد"

LINE = st.sampled_from(["", "الف", "ب", "ج", "د", "مقرر شد", "گزارش"])
TEXT = st.lists(LINE, max_size=12).map("\n".join)


@st.composite
def edited(draw: st.DrawFn, base: str) -> str:
    lines = base.split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines)))
        lines[at : at + draw(st.integers(0, 2))] = draw(st.lists(LINE, max_size=2))
    return "\n".join(lines)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, str]:
    base = draw(TEXT)
    return base, draw(edited(base)), draw(edited(base))


def test_changes_in_different_places_come_together() -> None:
    merged = merge(BASE, BASE.replace("ب", "ب۱\nب۲"), BASE.replace("د", "د۱"))
    assert merged.text == "الف\n\nب۱\nب۲\n\nج\n\nد۱"


def test_same_line_changed_by_both_clashes_and_shows_both() -> None:
    merged = merge(BASE, BASE.replace("ج", "ج من"), BASE.replace("ج", "ج او"))
    (clash,) = merged.clashes
    assert (clash.mine, clash.theirs) == (("ج من",), ("ج او",))
    assert merged.decided([("ج من", "ج او")]) == "الف\n\nب\n\nج من\nج او\n\nد"


def test_a_line_changed_by_one_and_dropped_by_the_other_clashes() -> None:
    merged = merge("الف\nب\nج", "الف\nج", "الف\nب تازه\nج")
    assert [(c.mine, c.theirs) for c in merged.clashes] == [((), ("ب تازه",))]


def test_both_writing_the_same_is_no_clash() -> None:
    same = BASE.replace("ج", "ج تازه")
    assert merge(BASE, same, same).text == same


@settings(max_examples=400, deadline=None)
@given(edits())
def test_no_line_of_either_vanishes(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    merged = merge(base, mine, theirs)
    shown = Counter(line for part in merged.parts for line in (*part.lines, *part.mine, *part.theirs))
    was = Counter(base.split("\n"))
    for text in (mine, theirs):
        written = Counter(text.split("\n")) - was
        assert not written - shown, (base, mine, theirs)


@settings(max_examples=300, deadline=None)
@given(edits())
def test_one_side_alone_is_taken_as_it_is(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    assert merge(base, mine, base).text == mine
    assert merge(base, base, theirs).text == theirs
    assert merge(base, mine, mine).text == mine


@settings(max_examples=300, deadline=None)
@given(edits())
def test_each_side_chosen_everywhere_holds_all_its_lines(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    merged = merge(base, mine, theirs)
    decided = Counter(merged.decided([part.mine for part in merged.clashes]).split("\n"))
    assert not Counter(mine.split("\n")) - Counter(base.split("\n")) - decided


@given(TEXT, TEXT)
def test_differences_tell_both_texts(old: str, new: str) -> None:
    told = list(differences(old, new))
    assert [line for _, lines, _ in told for line in lines] == old.split("\n")
    assert [line for _, _, lines in told for line in lines] == new.split("\n")
    assert all(lines == after for kind, lines, after in told if kind == "equal")


def test_hostile_text_takes_no_longer_than_its_length() -> None:
    same, other = ["الف", "ب"] * 40_000, ["ب", "الف", "الف"] * 25_000
    began = time.perf_counter()
    matches(same, other)
    merge("\n" * 80_000, "الف\n" * 80_000, "ب\n" * 80_000)
    assert time.perf_counter() - began < 5
