"""Minutes that are read at each key are read as if they had never been read before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.persian.remembering import remembering
from dabir.reading import matching
from dabir.reading.context import Context, KnownParty
from dabir.reading.matching import Register, register_of
from dabir.reading.reader import read_text

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "minutes").glob("*.txt"))
TEXT = next(path for path in EXAMPLES if path.stem == "zanjan-hq-1398-11").read_text(encoding="utf-8")
NAMES = ("سازمان جهاد کشاورزی استان زنجان", "فرمانداری شهرستان ایجرود", "اداره کل بنیاد مسکن انقلاب اسلامی")
KNOWN = Context(tuple(KnownParty(key, name) for key, name in enumerate(NAMES, 1)))
TYPED = (*" ،.:\n-۳", "مقرر شد ", "\nج - مصوبات:\n", "فرمانداری ", "موظف است", "آقای نوری گفت: ", "به شرح زیر:\n۱- ")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(TEXT)), st.sampled_from(TYPED), st.integers(0, 3))
def test_what_was_typed_is_read_as_in_a_new_process(at: int, typed: str, gone: int) -> None:
    text = TEXT[:at] + typed + TEXT[at + gone :]
    with remembering():
        read_text(TEXT, KNOWN)
        again = read_text(text, KNOWN)
    register_of.cache_clear()
    assert again.as_json() == read_text(text, KNOWN).as_json()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_paper_is_read_a_second_time_as_the_first(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    with remembering():
        both = [read_text(text, KNOWN).as_json() for _ in range(2)]
    assert both == [read_text(text, KNOWN).as_json()] * 2


def test_a_register_that_remembers_finds_what_a_new_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_MOST_FOUND", 2)
    one = register_of(KNOWN.parties)
    words = [*NAMES, "جهاد کشاورزی", "بنیاد مسکن", "شهرداری", "نماینده فرمانداری شهرستان ایجرود", "ف" * 400] * 2
    assert [one.find(each) for each in words] == [Register(KNOWN.parties).find(each) for each in words]
    assert any(map(one.find, words)) and one is register_of(tuple(KNOWN.parties))
