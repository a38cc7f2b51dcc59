"""Coming in by an invitation: number and code belong together, once, for thirty days, and nobody guesses for long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate

from dabir.cycle import inviting, joining
from dabir.cycle.inviting import Guest
from dabir.cycle.joining import TooManyTries, find_invitation, join
from dabir.directory import codes
from dabir.directory import services as directory
from dabir.directory.models import Invitation, Person, WrongCode
from dabir.directory.tenures import acting_for
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, DomainError, Invalid
from dabir.foundation.models import Event, User
from dabir.persian import clock, digits
from dabir.persian.jalali import to_gregorian
from tests import personas
from tests.at_once import at_once
from tests.personas import Personas

MOBILE, WRONG = "09121110001", "AAAA-AAAA"
PASSWORD = "کلید-دشوار-۱۳۹۸"
HERE = "10.0.0.7"


def invited(world: Personas, code: str = "housing", mobile: str = MOBILE, name: str = "") -> str:
    guest = Guest(world.parties[code], mobile, name)
    return inviting.invite([guest], by=world.secretary, body=world.bodies["hq"])[0].code


def enter(code: str, mobile: str = MOBILE, address: str = HERE) -> Invitation:
    return find_invitation(mobile, code, address=address)


def test_whoever_comes_gets_the_post_from_that_day_and_signs_in(world: Personas) -> None:
    code = invited(world)
    user = join(enter(code), name="احمد نمونه", password=PASSWORD)
    assert authenticate(username=MOBILE, password=PASSWORD) == user
    by = acting_for(user)
    assert by.name == "احمد نمونه" and by.function == "officer" and world.parties["housing"].pk in by.parties
    tenure = Person.objects.get(user=user).tenures.get()
    assert tenure.starts == clock.today() and tenure.ends is None
    assert not list(ledger.audit())


def test_a_number_that_was_somebody_elses_brings_its_new_owner_in(world: Personas) -> None:
    """The number stays with the post; who had it keeps the user name that was made of it."""
    first = join(enter(invited(world)), name="احمد نمونه", password=PASSWORD)
    directory.set_mobile(by=world.admin, person=Person.objects.get(user=first), mobile="09121110009")
    second = join(enter(invited(world, "roads")), name="محمود نمونه", password=PASSWORD)
    assert second.username == f"{first.username}-2"
    assert authenticate(username=MOBILE, password=PASSWORD) == second


def test_the_event_tells_who_came_and_no_secret(world: Personas) -> None:
    code = invited(world)
    user = join(enter(code), name="احمد نمونه", password=PASSWORD)
    event = Event.objects.get(verb="directory.use_invitation")
    assert (event.actor, event.user_id) == ("احمد نمونه", user.pk)
    assert PASSWORD not in str(event.data) and user.password not in str(event.data)


@pytest.mark.parametrize("write", [
    str.lower, codes.shown, lambda c: f" {c[:2]} {c[2:5]}–{c[5:]} ", digits.to_persian,
], ids=["lower", "grouped", "spaced", "persian digits"])  # fmt: skip
def test_a_code_is_taken_however_it_is_typed(world: Personas, write: object) -> None:
    code = invited(world)
    assert enter(write(code), digits.to_persian(MOBILE))  # type: ignore[operator]


def test_a_code_typed_on_a_persian_keyboard_is_taken() -> None:
    assert codes.typed("ش۲ذز-یثبل") == "A2BCDEFG"
    assert all(sign in codes.ALPHABET for sign in codes.new())
    assert not set("01OIL") & set(codes.ALPHABET) and len(codes.new()) == 8


def test_a_code_belongs_to_its_number(world: Personas) -> None:
    code = invited(world)
    other = invited(world, "agriculture", "09121110002")
    for mobile, typed in ((MOBILE, other), ("09121110002", code), ("", code), (MOBILE, "")):
        with pytest.raises(Invalid):
            enter(typed, mobile)


def test_whatever_is_wrong_is_told_in_one_sentence(world: Personas) -> None:
    code = invited(world)
    said = set()
    for mobile, typed in ((MOBILE, WRONG), ("09129999999", code), ("hello", code), ("09129999999", "\0" * 500)):
        with pytest.raises(Invalid) as caught:
            enter(typed, mobile)
        said.add(str(caught.value))
    assert len(said) == 1


def test_a_code_works_once(world: Personas) -> None:
    code = invited(world)
    found = enter(code)
    join(found, name="احمد", password=PASSWORD)
    with pytest.raises(Conflict):
        join(found, name="دیگری", password=PASSWORD)
    with pytest.raises(Conflict):
        enter(code)
    assert User.objects.filter(mobile=MOBILE).count() == 1


def test_a_code_ends_after_thirty_days(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    code, now = invited(world), clock.now()
    found = enter(code)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=30, seconds=-5))
    assert enter(code)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=30, seconds=5))
    for attempt in (lambda: enter(code), lambda: join(found, name="احمد", password=PASSWORD)):
        with pytest.raises(Conflict):
            attempt()


def test_a_revoked_code_opens_nothing_also_for_whoever_stands_in_the_door(world: Personas) -> None:
    found = enter(code := invited(world))
    inviting.revoke_invitation(found, by=world.secretary)
    for attempt in (lambda: enter(code), lambda: join(found, name="احمد", password=PASSWORD)):
        with pytest.raises(Conflict):
            attempt()
    assert not User.objects.filter(mobile=MOBILE).exists()


def test_a_weak_password_or_a_missing_name_leaves_the_code_as_it_is(world: Personas) -> None:
    found = enter(invited(world))
    for name, password in (("احمد", "short"), ("", PASSWORD), ("احمد", f"m{MOBILE}")):
        with pytest.raises(Invalid):
            join(found, name=name, password=password)
    assert join(found, name="احمد", password=PASSWORD)


def test_who_holds_the_post_already_keeps_their_name_and_their_days(world: Personas) -> None:
    post = directory.create_post(
        by=world.operator, code="liaison", name="رابط", organization=world.parties["housing"], function="officer"
    )
    person = directory.create_person(by=world.operator, name="زهرا نمونه")
    directory.appoint(by=world.operator, person=person, post=post, starts=to_gregorian(1398, 1, 1))
    guest = Guest(world.parties["housing"], MOBILE, post=post)
    (made,) = inviting.invite([guest], by=world.secretary, body=world.bodies["hq"])
    user = join(enter(made.code), name="کسی دیگر", password=PASSWORD)
    assert Person.objects.get(user=user) == person and person.name == "زهرا نمونه"
    assert person.tenures.get().starts == to_gregorian(1398, 1, 1)


def test_a_post_given_to_somebody_else_meanwhile_is_not_given_twice(world: Personas) -> None:
    found = enter(invited(world))
    person = directory.create_person(by=world.operator, name="زهرا نمونه")
    directory.appoint(by=world.operator, person=person, post=found.post, starts=clock.today())
    with pytest.raises(Conflict):
        join(found, name="احمد", password=PASSWORD)
    assert not User.objects.filter(mobile=MOBILE).exists()


def test_guessing_at_one_number_is_stopped_for_an_hour(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    code, now = invited(world), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=1))
    for attempt in range(joining.MOST_OF_NUMBER):
        with pytest.raises(Invalid):
            enter(WRONG, address=f"10.0.0.{attempt}")
    stopped = Event.objects.count()
    with pytest.raises(TooManyTries):
        enter(code)  # the right one too, or the answer would tell
    assert Event.objects.count() == stopped
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=1) + joining.WINDOW)
    assert enter(code)


def test_guessing_from_one_address_is_stopped_and_others_are_not(world: Personas) -> None:
    code = invited(world)
    for attempt in range(joining.MOST_OF_ADDRESS):
        with pytest.raises(Invalid):
            enter(WRONG, f"0913000{attempt:04}")
    with pytest.raises(TooManyTries):
        enter(code)
    assert enter(code, address="10.0.0.8")


def test_a_new_code_lets_its_number_try_again(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    invited(world)
    old, now = Invitation.objects.get(), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=1))
    for _attempt in range(joining.MOST_OF_NUMBER):
        with pytest.raises(Invalid):
            enter(WRONG)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=2))
    (new,) = inviting.reissue_invitations([old], by=world.secretary)
    assert enter(new.code)


def test_a_wrong_attempt_is_remembered_without_what_was_typed(world: Personas) -> None:
    with pytest.raises(Invalid):
        enter("SECRET99")
    (wrong,) = WrongCode.objects.all()
    assert (wrong.mobile, wrong.address) == (MOBILE, HERE)
    assert "SECRET99" not in str(Event.objects.get(verb="directory.wrong_code").data)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_comes_in() -> None:
    found = enter(invited(personas.build()))

    names = iter(["احمد", "محمود"])

    def come() -> str:
        try:
            join(found, name=next(names), password=PASSWORD)
            return "in"
        except DomainError:
            return "out"

    assert sorted(at_once(come, 2)) == ["in", "out"]
    assert User.objects.filter(mobile=MOBILE).count() == 1
