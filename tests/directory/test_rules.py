"""What a secretary may keep of the directory; the table of every verb and persona is `tests/test_rights.py`."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dabir.directory import services
from dabir.directory.models import Person, Post, Tenure
from dabir.directory.queries import people_visible_to
from dabir.foundation import accounts
from dabir.foundation.errors import Missing, Refused
from tests.personas import Personas

DAY = date(2019, 10, 12)


def post(code: str) -> Post:
    return Post.objects.get(party__code=code)


def test_a_secretary_enters_an_agency_with_its_officer_and_lets_them_in(world: Personas) -> None:
    by = world.secretary
    agency = services.create_party(
        by=by, kind="organization", code="", name="اداره کل نوسازی مدارس", aliases=["نوسازی"]
    )
    seat = services.create_post(by=by, code="", name="کارشناس نوسازی", organization=agency, function="officer")
    person = services.create_person(by=by, name="نمونه نوسازی", username="nosazi", mobile="۰۹۱۲ ۱۱۱ ۲۲۳۳")
    services.appoint(by=by, person=person, post=seat, starts=DAY)
    assert person.user and person.user.mobile == "09121112233"
    assert services.issue_link(by=by, user=person.user)
    assert person in people_visible_to(by)


@pytest.mark.parametrize("function", ["admin", "secretary", "staff", "county", "governor", "auditor"])
def test_a_secretary_makes_no_post_that_rights_follow_from(world: Personas, function: str) -> None:
    with pytest.raises(Refused):
        services.create_post(
            by=world.secretary, code="p", name="سمت", organization=world.parties["roads"], function=function
        )


@pytest.mark.parametrize("persona", ["admin", "governor", "auditor", "staff", "other_secretary"])
def test_a_secretary_lets_nobody_in_who_has_another_post_than_an_agencys(world: Personas, persona: str) -> None:
    user = world.users[persona]
    person = Person.objects.get(user=user)
    assert person not in people_visible_to(world.secretary)
    with pytest.raises(Refused):
        services.issue_link(by=world.secretary, user=user)
    with pytest.raises(Refused):
        services.set_mobile(by=world.secretary, person=person, mobile="09121112233")
    services.appoint(by=world.admin, person=person, post=post("post-officer"), starts=DAY, kind="substitute")
    with pytest.raises(Refused):
        services.issue_link(by=world.secretary, user=user)


def test_a_post_that_has_ended_still_keeps_a_person_from_the_secretary(world: Personas) -> None:
    person = Person.objects.get(user=world.users["admin"])
    services.end_tenure(by=world.operator, tenure=person.tenures.get(), ends=DAY)
    with pytest.raises(Refused):
        services.set_active(by=world.secretary, person=person, active=False)


def test_a_secretary_appoints_nobody_to_a_post_that_rights_follow_from(world: Personas) -> None:
    officer = Person.objects.get(user=world.users["officer"])
    with pytest.raises(Refused):
        services.appoint(by=world.secretary, person=officer, post=post("post-admin"), starts=DAY, kind="substitute")


@pytest.mark.parametrize("way", ["appoint", "set_function"])
def test_a_link_of_an_agencys_officer_does_not_open_the_post_that_they_get_since(world: Personas, way: str) -> None:
    """The secretary who made it may have kept it, and would be the administrator with it."""
    user = world.users["outsider"]
    token = services.issue_link(by=world.secretary, user=user)
    person, post = Person.objects.get(user=user), Post.objects.get(party__code="post-outsider")
    if way == "appoint":
        services.end_tenure(by=world.admin, tenure=Post.objects.get(party__code="post-auditor").tenures.get(), ends=DAY)
        post = Post.objects.get(party__code="post-auditor")
        services.appoint(by=world.admin, person=person, post=post, starts=DAY + timedelta(days=1))
    else:
        services.set_function(by=world.admin, post=post, function="admin")
    with pytest.raises(Missing):
        accounts.find_link(token)
    assert accounts.find_link(services.issue_link(by=world.admin, user=user)).user == user


def test_a_secretary_makes_herself_head_of_no_agency(world: Personas) -> None:
    own = Tenure.objects.get(post=world.secretary.post_id).person
    with pytest.raises(Refused):
        services.appoint(by=world.secretary, person=own, post=post("post-head"), starts=DAY, kind="substitute")
    services.appoint(by=world.admin, person=own, post=post("post-head"), starts=DAY, kind="substitute")
