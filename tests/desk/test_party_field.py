"""The field in which parties are named: what it completes to, and what its words mean where no script has helped."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from dabir.desk.party_entry import Ambiguous, Unknown, parties_of, party_of
from dabir.meetings.models import Meeting
from dabir.obligations.models import Obligation
from tests.desk.conftest import SignIn
from tests.personas import Personas


def posted(*pairs: tuple[str, object]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in pairs:
        made.appendlist(name, str(value))
    return made


def test_a_part_of_a_name_is_completed_whatever_its_zwnj(sign_in: SignIn, world: Personas) -> None:
    found = sign_in("secretary").get("/parties/find/", {"words": "برنامه ریزی شهرستان"}).json()["found"]
    assert [one["name"] for one in found if one["key"] == world.parties["secretariat"].pk]
    unit = next(one for one in found if one["key"] == world.parties["secretariat"].pk)
    assert "واحد" in unit["note"] and "فرمانداری" in unit["note"]


def test_posts_are_completed_too_and_kinds_narrow(sign_in: SignIn) -> None:
    client = sign_in("secretary")
    assert client.get("/parties/find/", {"words": "سمت auditor"}).json()["found"]
    assert not client.get("/parties/find/", {"words": "سمت auditor", "kinds": "organization"}).json()["found"]


@pytest.mark.parametrize("words", ["", "   ", "\x00", "x" * 5000, "‌", "%", "'; --"])
def test_strange_words_find_nothing_and_break_nothing(sign_in: SignIn, words: str) -> None:
    answer = sign_in("secretary").get("/parties/find/", {"words": words})
    assert answer.status_code == 200 and answer.json()["found"] == []


def test_few_are_found_at_once(sign_in: SignIn) -> None:
    assert len(sign_in("secretary").get("/parties/find/", {"words": "م"}).json()["found"]) <= 8


def test_the_whole_name_wins_over_those_that_hold_it(world: Personas) -> None:
    named = party_of(posted(("lead", "ستاد")), "lead", world.secretary)
    assert named and named.party == world.bodies["hq"].party
    alias = party_of(posted(("lead", "جهاد کشاورزی")), "lead", world.secretary)
    assert alias and alias.party == world.parties["agriculture"]
    with pytest.raises(Ambiguous) as refused:
        party_of(posted(("lead", "شهرستان ایجرود")), "lead", world.secretary)
    assert len(refused.value.candidates) > 1 and refused.value.field == "lead"


def test_a_pick_counts_while_the_words_still_mean_it(world: Personas) -> None:
    roads, housing = world.parties["roads"], world.parties["housing"]
    both = posted(("lead", roads.name), ("lead-is", roads.pk))
    assert party_of(both, "lead", world.secretary).party == roads  # type: ignore[union-attr]
    changed = posted(("lead", housing.name), ("lead-is", roads.pk))
    assert party_of(changed, "lead", world.secretary).party == housing  # type: ignore[union-attr]
    part = posted(("lead", "شهرستان ایجرود"), ("lead-is", world.parties["county-office"].pk))
    assert party_of(part, "lead", world.secretary).party == world.parties["county-office"]  # type: ignore[union-attr]


def test_words_stay_words_only_where_the_form_allows_it(world: Personas) -> None:
    words = posted(("lead", "دستگاه ناشناس"), ("lead-words", "دستگاه ناشناس"))
    named = party_of(words, "lead", world.secretary, fresh=True)
    assert named and named.party is None and named.text == "دستگاه ناشناس"
    with pytest.raises(Unknown):
        party_of(words, "lead", world.secretary)
    with pytest.raises(Unknown):  # the words were changed after
        party_of(posted(("lead", "دیگری"), ("lead-words", "دستگاه ناشناس")), "lead", world.secretary, fresh=True)


def test_several_come_once_each_in_their_order(world: Personas) -> None:
    roads, housing = world.parties["roads"], world.parties["housing"]
    form = posted(("helpers-is", housing.pk), ("helpers-is", housing.pk), ("helpers", f"{roads.name}؛ {housing.name}"))
    assert [one.party for one in parties_of(form, "helpers", world.secretary)] == [housing, roads]


@pytest.mark.parametrize("key", ["0", "-1", "٣", "9" * 40, "x", ""])
def test_a_key_that_is_none_is_passed_over(world: Personas, key: str) -> None:
    assert party_of(posted(("lead-is", key)), "lead", world.secretary) is None


def test_a_stranger_names_nobody(world: Personas) -> None:
    with pytest.raises(Unknown):
        party_of(posted(("lead", "راه و شهرسازی")), "lead", world.stranger)


def test_a_debt_is_settled_by_words_alone(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    gap = Obligation.objects.get(resolution__number="۴")
    client = sign_in("secretary")
    assert client.post(f"/debts/{gap.pk}/settle/", {"lead": "هیچ‌کس"}).status_code == 422
    assert client.post(f"/debts/{gap.pk}/settle/", {"lead": ""}).status_code == 422
    assert client.post(f"/debts/{gap.pk}/settle/", {"lead": "راه و شهرسازی"}).status_code == 302
    gap.refresh_from_db()
    assert gap.lead == world.parties["roads"]
