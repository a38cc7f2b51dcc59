"""In which post a user acts, and what follows from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from dabir.directory import services, tenures
from dabir.directory.models import Post, TenureKind
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Invalid
from dabir.persian import clock
from tests.personas import SINCE, Personas


def post_of(acting: Acting) -> Post:
    assert acting.post_id is not None
    return Post.objects.get(pk=acting.post_id)


def test_acting_names_the_person_and_the_post(world: Personas) -> None:
    officer = world.officer
    assert (officer.name, officer.post, officer.function) == ("نمونه officer", "سمت officer", Function.OFFICER)
    assert officer.party_id == world.parties["agriculture"].pk


def test_parties_are_the_organization_its_units_and_the_post(world: Personas) -> None:
    expected = {world.parties[key].pk for key in ("agriculture", "county-agriculture")}
    assert world.officer.parties == expected | {post_of(world.officer).party_id}


def test_units_of_units_belong_to_the_organization(world: Personas) -> None:
    deep = services.create_party(
        by=world.operator, kind="unit", code="deep", name="واحد درونی", parent=world.parties["secretariat"]
    )
    assert deep.pk in tenures.acting_for(world.users["county"]).parties


def test_an_organization_beneath_another_is_not_its_unit(world: Personas) -> None:
    beneath = services.create_party(
        by=world.operator, kind="organization", code="beneath", name="بخشداری", parent=world.parties["county-office"]
    )
    assert beneath.pk not in tenures.acting_for(world.users["county"]).parties


def test_secretariats_and_chairs_follow_from_seat_and_function(world: Personas) -> None:
    hq, committee, other = (frozenset({world.bodies[key].pk}) for key in ("hq", "committee", "other"))
    none: frozenset[int] = frozenset()
    expected = {
        "governor": (none, hq),
        "secretary": (hq, none),
        "staff": (hq, none),
        "county": (committee, committee),
        "officer": (none, none),
        "head": (none, none),
        "consultant": (none, none),
        "auditor": (none, none),
        "admin": (none, none),
        "other_secretary": (other, none),
        "outsider": (none, none),
    }
    assert {p: (a.secretariats, a.chaired) for p in expected for a in [getattr(world, p)]} == expected


def test_a_seat_that_ended_keeps_no_minutes(world: Personas) -> None:
    seat = world.bodies["hq"].seats.get(office="secretary")
    services.end_seat(by=world.operator, seat=seat, ends=clock.today() - timedelta(days=1))
    assert tenures.acting_for(world.users["secretary"]).secretariats == frozenset()


def test_without_a_tenure_today_a_user_is_a_stranger_with_a_name(world: Personas) -> None:
    tenure = post_of(world.officer).tenures.get()
    services.end_tenure(by=world.operator, tenure=tenure, ends=clock.today() - timedelta(days=1))
    acting = tenures.acting_for(world.users["officer"])
    assert acting.is_stranger and acting.name == "officer" and acting.user_id == world.users["officer"].pk


def test_the_last_day_of_a_tenure_is_a_day_in_the_post(world: Personas) -> None:
    services.end_tenure(by=world.operator, tenure=post_of(world.officer).tenures.get(), ends=clock.today())
    assert not tenures.acting_for(world.users["officer"]).is_stranger


def test_own_posts_come_before_substitutions_and_the_choice_is_kept(world: Personas) -> None:
    user, head = world.users["officer"], post_of(world.head)
    services.appoint(by=world.operator, person=user.person, post=head, starts=SINCE, kind=TenureKind.SUBSTITUTE)
    assert tenures.posts_of(user, clock.today()) == [post_of(world.officer), head]
    assert tenures.acting_for(user).post_id == world.officer.post_id
    assert tenures.acting_for(user, post_id=head.pk).function == Function.HEAD


def test_a_post_of_somebody_else_cannot_be_chosen(world: Personas) -> None:
    acting = tenures.acting_for(world.users["officer"], post_id=world.secretary.post_id)
    assert acting.post_id == world.officer.post_id


def test_posts_of_looks_at_the_day(world: Personas) -> None:
    assert tenures.posts_of(world.users["officer"], SINCE - timedelta(days=1)) == []


def test_acting_costs_three_queries_however_many_units(
    world: Personas, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        services.create_party(
            by=world.operator, kind="unit", code=f"u-{number}", name=f"واحد {number}", parent=world.parties["planning"]
        )
    with django_assert_num_queries(3):
        tenures.acting_for(world.users["secretary"])


def test_a_command_names_a_user_and_a_post(world: Personas) -> None:
    assert tenures.acting_as("Secretary") == world.secretary
    assert tenures.acting_as("secretary", "post-secretary") == world.secretary


@pytest.mark.parametrize(
    ("username", "post", "named"),
    [("nobody", None, "nobody"), ("secretary", "post-head", "post-secretary")],
)
def test_a_wrong_user_or_post_is_named(world: Personas, username: str, post: str | None, named: str) -> None:
    with pytest.raises(Invalid, match=named):
        tenures.acting_as(username, post)


def test_a_user_without_a_post_cannot_be_named(world: Personas) -> None:
    services.create_person(by=world.operator, name="بی‌سمت", username="idle")
    with pytest.raises(Invalid, match="idle"):
        tenures.acting_as("idle")
