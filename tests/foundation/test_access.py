"""Who may: what `require` raises for whom, and that what one may not know of is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rules

from dabir.foundation import access
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Missing, Refused
from dabir.foundation.models import User

OPERATOR, STRANGER = Acting.host_operator(), Acting.stranger()
SECRETARY, OFFICER = (Acting(name=f.value, function=f) for f in (Function.SECRETARY, Function.OFFICER))


@pytest.fixture(autouse=True)
def permission() -> Iterator[None]:
    @access.predicate
    def secretary_of(by: Acting, obj: object = None) -> bool:
        return by.function == Function.SECRETARY and obj != "somebody else's"

    access.allow("test.act", secretary_of, "Only the secretary.")
    yield
    rules.remove_perm("test.act")
    del access.REASONS["test.act"]


def test_who_may_passes_and_the_operator_always() -> None:
    access.require(SECRETARY, "test.act", "mine")
    access.require(OPERATOR, "test.act", "somebody else's")


def test_who_may_not_hears_the_reason() -> None:
    with pytest.raises(Refused, match="Only the secretary"):
        access.require(OFFICER, "test.act")
    with pytest.raises(Refused):
        access.require(SECRETARY, "test.act", "somebody else's")


def test_a_stranger_hears_of_nothing() -> None:
    with pytest.raises(Missing):
        access.require(STRANGER, "test.act")
    assert not access.may(STRANGER, "test.act")


def test_a_permission_that_was_never_declared_is_a_fault() -> None:
    with pytest.raises(AssertionError):
        access.may(OPERATOR, "test.unknown")


@pytest.mark.parametrize("function", Function)
def test_the_governor_and_the_auditor_see_all(function: Function) -> None:
    assert Acting(name="x", function=function).sees_all is (function in (Function.GOVERNOR, Function.AUDITOR))


def test_a_name_without_a_function_is_a_stranger_and_sees_nothing() -> None:
    named = Acting(name="maryam", user_id=1)
    assert named.is_stranger and not named.sees_all
    assert OPERATOR.sees_all and not OPERATOR.is_stranger and OPERATOR.name.startswith("os:")


@pytest.mark.django_db
def test_what_is_not_visible_is_missing_like_what_is_not_there() -> None:
    user = User(username="maryam")
    user.save()
    assert access.get_visible(User.objects.all(), pk=user.pk) == user
    for queryset, key in ((User.objects.none(), user.pk), (User.objects.all(), 0), (User.objects.all(), "x")):
        with pytest.raises(Missing):
            access.get_visible(queryset, pk=key)
