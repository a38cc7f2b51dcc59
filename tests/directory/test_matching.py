"""Whom the words of a paper may mean."""

from __future__ import annotations

from dabir.directory.matching import suggest
from tests.conftest import TODAY
from tests.personas import Personas


def test_a_known_name_is_certain_whatever_its_zwnj_and_letters(world: Personas) -> None:
    best = suggest("سازمان مديريت و برنامهریزی", TODAY)[0]
    assert (best.party_id, best.score, best.reason) == (world.parties["planning"].pk, 1.0, "alias")


def test_honorifics_are_no_part_of_a_name(world: Personas) -> None:
    assert suggest("اداره کل محترم بنیاد مسکن انقلاب اسلامی", TODAY)[0].score == 1.0


def test_a_likeness_says_that_it_is_one(world: Personas) -> None:
    best = suggest("فرمانداری شهرستان ایجروود", TODAY)[0]
    assert best.party_id == world.parties["county-office"].pk and best.reason == "letter" and best.score < 1


def test_each_party_comes_once_and_the_list_is_short(world: Personas) -> None:
    found = suggest("جهاد کشاورزی شهرستان ایجرود", TODAY, limit=3)
    assert len(found) <= 3 and len({suggestion.party_id for suggestion in found}) == len(found)
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)


def test_words_that_name_nobody_suggest_nobody(world: Personas) -> None:
    assert suggest("ققققققق", TODAY) == suggest(" - ", TODAY) == []
