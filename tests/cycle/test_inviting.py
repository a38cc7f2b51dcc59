"""Bringing agencies in: posts, invitations and letters for many at once, or for none."""

from __future__ import annotations

import pytest

from dabir.cycle import inviting
from dabir.cycle.agencies import agencies_of
from dabir.cycle.communicating import number_letters
from dabir.cycle.inviting import Faults, Guest
from dabir.cycle.merging import merge_parties, unmerge_party
from dabir.directory import services as directory
from dabir.directory.models import Invitation, Party, Post, Tenure
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.models import Event
from dabir.letters.models import Letter, LetterState, Recipient, Way
from dabir.letters.numbering import Numbered
from dabir.obligations import services as obligations
from dabir.obligations.making import Duty
from dabir.obligations.models import OrderWay
from dabir.persian.jalali import to_gregorian
from tests.personas import Personas

MOBILE = "09121110001"


def guest(world: Personas, code: str = "housing", mobile: str = MOBILE, name: str = "") -> Guest:
    return Guest(world.parties[code], mobile, name)


def invite(world: Personas, *guests: Guest) -> list[inviting.Invited]:
    return inviting.invite(guests or [guest(world)], by=world.secretary, body=world.bodies["hq"])


def test_an_agency_gets_a_post_an_invitation_and_a_letter_that_waits_for_its_number(world: Personas) -> None:
    (made,) = invite(world, guest(world, name="احمد نمونه"))
    letter = made.letter
    invitation = letter.invitation
    assert invitation and invitation.mobile == MOBILE and invitation.name == "احمد نمونه" and invitation.appoints
    assert invitation.post.party.name == f"رابط پیگیری {world.parties['housing'].name}"
    assert (invitation.expires_at - invitation.issued_at).days == 30
    assert (letter.state, letter.number, letter.dated) == (LetterState.AWAITING, "", None)
    assert world.bodies["hq"].party.name in letter.text and "{" not in letter.text
    assert [str(r) for r in letter.recipients.all()] == [world.parties["housing"].name]


def test_the_letter_goes_to_the_head_where_the_directory_has_one(world: Personas) -> None:
    (made,) = invite(world, guest(world, "agriculture"))
    assert [str(r) for r in made.letter.recipients.all()] == ["سمت head"]


def test_no_row_and_no_event_holds_the_code(world: Personas) -> None:
    (made,) = invite(world)
    stored = [str(vars(row)) for model in (Invitation, Letter, Event) for row in model.objects.all()]
    assert not [text for text in stored if made.code in text or f"{made.code[:4]}-{made.code[4:]}" in text]
    digest = Invitation.objects.get().digest
    assert not [str(event.data) for event in Event.objects.all() if digest in str(event.data)]


def test_one_wrong_row_leaves_nothing_and_each_is_told_its_own_reason(world: Personas) -> None:
    before = Post.objects.count(), Event.objects.count()
    with pytest.raises(Faults) as caught:
        invite(world, guest(world), guest(world, "roads", ""), guest(world, "agriculture", "123"))
    assert set(caught.value.faults) == {world.parties["roads"].pk, world.parties["agriculture"].pk}
    assert (Post.objects.count(), Event.objects.count()) == before and not Letter.objects.exists()


def test_a_form_sent_twice_invites_once(world: Personas) -> None:
    invite(world)
    with pytest.raises(Faults):
        invite(world)
    assert Letter.objects.count() == Invitation.objects.count() == 1


def test_two_rows_with_one_number_are_refused(world: Personas) -> None:
    with pytest.raises(Faults):
        invite(world, guest(world), guest(world, "agriculture"))


def test_an_agency_without_a_seat_is_invited_too_but_no_body(world: Personas) -> None:
    assert invite(world, guest(world, "roads"))
    with pytest.raises(Faults):
        invite(world, Guest(world.bodies["other"].party, "09121110009"))


def test_an_agency_that_was_merged_into_another_is_refused(world: Personas) -> None:
    merge_parties(world.parties["roads"], by=world.admin, into=world.parties["housing"])
    with pytest.raises(Faults):
        invite(world, Guest(Party.objects.get(code="roads"), MOBILE))


def test_the_list_has_who_sits_in_the_body_or_owes_it_something(world: Personas) -> None:
    hq = world.bodies["hq"]
    obligations.record_order(
        by=world.secretary, body=hq, way=OrderWay.NOTE, day=to_gregorian(1398, 7, 19), text="دستور",
        duties=[Duty("کار", lead=world.parties["roads"])],
    )  # fmt: skip
    listed = {agency.party.code: agency.standing for agency in agencies_of(hq)}
    assert listed == {"agriculture": "in", "housing": "out", "roads": "in"}


@pytest.mark.parametrize("function", ["secretary", "governor", "admin", "auditor"])
def test_no_invitation_opens_a_post_that_sees_more_than_its_own_debts(world: Personas, function: str) -> None:
    post = directory.create_post(
        by=world.operator, code="mighty", name="سمت", organization=world.parties["housing"], function=function
    )
    with pytest.raises(Faults):
        invite(world, Guest(world.parties["housing"], MOBILE, post=post))


def test_a_post_of_another_agency_is_refused(world: Personas) -> None:
    post = Post.objects.get(party__code="post-outsider")
    with pytest.raises(Faults):
        invite(world, Guest(world.parties["housing"], MOBILE, post=post))


def test_a_number_that_signs_in_already_is_refused(world: Personas) -> None:
    with pytest.raises(Faults):
        invite(world, guest(world, mobile=str(world.users["officer"].mobile)))


def test_a_post_whose_holder_signs_in_is_refused(world: Personas) -> None:
    with pytest.raises(Faults):
        invite(world, Guest(world.parties["agriculture"], MOBILE, post=Post.objects.get(party__code="post-officer")))


def test_the_holder_of_a_post_is_whom_the_invitation_is_for(world: Personas) -> None:
    post = directory.create_post(
        by=world.operator, code="liaison", name="رابط", organization=world.parties["housing"], function="officer"
    )
    person = directory.create_person(by=world.operator, name="زهرا نمونه")
    directory.appoint(by=world.operator, person=person, post=post, starts=to_gregorian(1398, 1, 1))
    with pytest.raises(Faults):
        invite(world, Guest(world.parties["housing"], MOBILE, "دیگری", post))
    (made,) = invite(world, Guest(world.parties["housing"], MOBILE, post=post))
    invitation = made.letter.invitation
    assert invitation and invitation.person == person and not invitation.appoints
    assert Tenure.objects.filter(post=post).count() == 1


def test_a_new_code_makes_the_old_one_void_and_takes_its_letter_back(world: Personas) -> None:
    (old,) = invite(world)
    assert old.letter.invitation
    (new,) = inviting.reissue_invitations([old.letter.invitation], by=world.secretary)
    first, second = Invitation.objects.order_by("pk")
    assert first.revoked_at and not second.revoked_at and second.mobile == MOBILE and new.code != old.code
    assert Letter.objects.get(pk=old.letter.pk).state == LetterState.WITHDRAWN


def test_a_letter_that_has_left_stays_when_its_code_is_revoked(world: Personas) -> None:
    (made,) = invite(world)
    assert made.letter.invitation
    numbered = Numbered(made.letter, "۱۲۳٤/الف", to_gregorian(1398, 7, 20))
    number_letters([numbered], by=world.staff, way=Way.AUTOMATION)
    inviting.revoke_invitation(made.letter.invitation, by=world.secretary)
    letter = Letter.objects.get()
    assert (letter.state, letter.number) == (LetterState.NUMBERED, "1234/الف")
    with pytest.raises(Conflict):
        inviting.revoke_invitation(made.letter.invitation, by=world.secretary)


def test_an_expired_invitation_gives_way_to_a_new_one(world: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    invite(world)
    monkeypatch.setenv("DABIR_TODAY", "1398/08/21")
    assert invite(world)
    assert Letter.objects.filter(state=LetterState.WITHDRAWN).count() == 1


def test_nobody_and_too_many_are_refused(world: Personas) -> None:
    for guests in ([], [guest(world)] * (inviting.MOST_AT_ONCE + 1)):
        with pytest.raises(Invalid):
            inviting.invite(guests, by=world.secretary, body=world.bodies["hq"])


def test_forty_agencies_are_invited_at_once(world: Personas) -> None:
    made = [
        Guest(directory.create_party(by=world.operator, kind="organization", code=f"a{n}", name=f"دستگاه {n}"),
              f"0912000{n:04}")
        for n in range(40)
    ]  # fmt: skip
    invited = inviting.invite(made, by=world.admin, body=world.bodies["hq"])
    assert len({one.code for one in invited}) == 40 == Letter.objects.count()


def test_only_the_secretary_of_its_body_revokes(world: Personas) -> None:
    (made,) = invite(world)
    assert made.letter.invitation
    for by in (world.other_secretary, world.county, world.staff, world.officer):
        with pytest.raises(Refused):
            inviting.revoke_invitation(made.letter.invitation, by=by)
        with pytest.raises(Refused):
            inviting.reissue_invitations([made.letter.invitation], by=by)


def test_a_letter_passes_to_the_party_that_its_recipient_turns_out_to_be_and_keeps_its_words(world: Personas) -> None:
    invite(world)
    housing, into = world.parties["housing"], world.parties["roads"]
    merge_parties(housing, by=world.admin, into=into)
    (recipient,) = Recipient.objects.all()
    assert (recipient.party, str(recipient)) == (into, housing.name)
    unmerge_party(housing, by=world.admin)
    assert Recipient.objects.get().party == housing and not list(ledger.audit())
