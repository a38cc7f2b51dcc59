"""What happens to parties, names, groups, bodies and seats; who may is in `test_rules`."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from dabir.directory import queries, services
from dabir.directory.context import build_context
from dabir.directory.models import Membership, Party, PartyKind, PartyName, Person, Seat, TenureKind
from dabir.directory.tenures import acting_for
from dabir.foundation import accounts, ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid, Missing
from dabir.foundation.models import Event, User
from dabir.persian.jalali import to_gregorian
from tests.conftest import TODAY
from tests.personas import SINCE, Personas

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RENAMED = to_gregorian(1398, 5, 1)


@pytest.fixture
def by() -> Acting:
    return Acting.host_operator()


def make(by: Acting, code: str = "water", name: str = "شرکت آب منطقه‌ای زنجان", **fields: object) -> Party:
    return services.create_party(by=by, kind=PartyKind.FIRM, code=code, name=name, **fields)  # type: ignore[arg-type]


def test_a_party_is_stored_in_canonical_letters_with_its_keys(by: Acting) -> None:
    party = make(by, name="  شركت آب منطقه\u200cاي \u202eزنجان ")
    party.refresh_from_db()
    assert party.name == "شرکت آب منطقه‌ای زنجان"
    assert party.names.get().squash == "شرکتابمنطقهایزنجان"
    assert party.sort_key


def test_an_alias_that_says_nothing_new_is_left_out(by: Acting) -> None:
    party = make(by, aliases=["شرکت آب منطقه ای زنجان", "آب منطقه‌ای", "آب منطقهای"])
    assert [name.name for name in party.names.order_by("id")] == ["شرکت آب منطقه‌ای زنجان", "آب منطقه‌ای"]


@pytest.mark.parametrize("name", ["", " \u200f ", "---", "الف" * 100])
def test_a_name_without_letters_or_end_is_refused(by: Acting, name: str) -> None:
    with pytest.raises(Invalid):
        make(by, name=name)
    assert not Party.objects.exists() and not Event.objects.exists()


@pytest.mark.parametrize("code", ["Water", "آب", "a--b", "-a", "a" * 41, "a/b"])
def test_a_code_is_short_plain_ascii(by: Acting, code: str) -> None:
    with pytest.raises(Invalid):
        make(by, code=code)


def test_a_taken_code_is_named(by: Acting) -> None:
    party = make(by)
    with pytest.raises(Conflict) as error:
        make(by, name="دیگری")
    assert error.value.existing == party


def test_a_unit_needs_a_parent_and_groups_and_posts_have_no_units(by: Acting) -> None:
    group = services.create_group(by=by, code="group", name="گروه")
    with pytest.raises(Invalid):
        services.create_party(by=by, kind=PartyKind.UNIT, code="unit", name="واحد")
    with pytest.raises(Invalid):
        services.create_party(by=by, kind=PartyKind.UNIT, code="unit", name="واحد", parent=group)
    with pytest.raises(Invalid):
        services.create_party(by=by, kind=PartyKind.GROUP, code="unit", name="واحد")


def test_a_firm_belongs_to_nobody(world: Personas) -> None:
    with pytest.raises(Invalid):
        services.create_party(
            by=world.operator, kind=PartyKind.FIRM, code="firm", name="شرکت", parent=world.parties["housing"]
        )


def test_a_name_is_added_once(by: Acting) -> None:
    party = make(by)
    services.add_name(by=by, party=party, name="آب منطقه‌ای")
    with pytest.raises(Conflict):
        services.add_name(by=by, party=party, name="آب منطقه ای")


def test_a_name_can_come_back_after_its_end(by: Acting) -> None:
    party = make(by)
    services.add_name(by=by, party=party, name="آب منطقه‌ای", ends=RENAMED)
    services.add_name(by=by, party=party, name="آب منطقه‌ای", starts=RENAMED + DAY)
    assert build_context(TODAY).parties[0].aliases == ("آب منطقه‌ای",)


def test_a_renamed_party_has_its_old_name_in_old_papers(by: Acting) -> None:
    party = make(by, name="سازمان میراث")
    services.rename_party(by=by, party=party, name="اداره کل میراث", starts=RENAMED)
    party.refresh_from_db()
    assert party.name == "اداره کل میراث"
    before, after = (build_context(day).parties[0] for day in (RENAMED - DAY, RENAMED))
    assert (before.name, before.aliases) == ("سازمان میراث", ())
    assert (after.name, after.aliases) == ("اداره کل میراث", ("سازمان میراث",))


def test_a_party_can_return_to_an_old_name(by: Acting) -> None:
    party = make(by, name="سازمان میراث")
    services.rename_party(by=by, party=party, name="اداره کل میراث", starts=RENAMED)
    services.rename_party(by=by, party=party, name="سازمان میراث", starts=RENAMED + 9 * DAY)
    names = [build_context(RENAMED + n * DAY).parties[0].name for n in (-1, 0, 8, 9)]
    assert names == ["سازمان میراث", "اداره کل میراث", "اداره کل میراث", "سازمان میراث"]


def test_a_new_spelling_corrects_the_name_in_place(by: Acting) -> None:
    party = make(by, name="شرکت آب منطقه ای زنجان")
    services.rename_party(by=by, party=party, name="شرکت آب منطقه‌ای زنجان", starts=RENAMED)
    assert party.names.get().name == party.name == "شرکت آب منطقه‌ای زنجان"
    assert party.names.get().starts is None


def test_a_name_that_another_party_took_over_is_no_longer_an_alias(by: Acting) -> None:
    old = make(by, code="old", name="اداره راه")
    services.rename_party(by=by, party=old, name="اداره راهداری", starts=RENAMED)
    make(by, code="new", name="اداره راه")
    assert {party.name: party.aliases for party in build_context(TODAY).parties} == {
        "اداره راهداری": (),
        "اداره راه": (),
    }


def test_a_new_name_begins_neither_tomorrow_nor_before_the_present_one(by: Acting) -> None:
    party = make(by)
    with pytest.raises(Invalid):
        services.rename_party(by=by, party=party, name="دیگر", starts=TODAY + DAY)
    services.rename_party(by=by, party=party, name="دیگر", starts=RENAMED)
    with pytest.raises(Invalid):
        services.rename_party(by=by, party=party, name="سوم", starts=RENAMED)


def test_a_group_has_its_members_of_the_day(by: Acting) -> None:
    group = services.create_group(by=by, code="group", name="گروه")
    early, late = make(by, code="early", name="الف"), make(by, code="late", name="ب")
    membership = services.add_member(by=by, group=group, member=early)
    services.end_membership(by=by, membership=membership, ends=RENAMED)
    services.add_member(by=by, group=group, member=late, starts=RENAMED)
    members = [queries.members_on(group, RENAMED + n * DAY) for n in (-1, 0, 1)]
    assert members == [[early], [early, late], [late]]


def test_members_of_a_body_are_its_member_seats_without_chair_and_secretary(world: Personas) -> None:
    expected = {world.parties["county-agriculture"], world.parties["county-housing"]}
    assert set(queries.members_on(world.parties["members"], TODAY)) == expected


def test_a_bodys_group_and_a_group_as_member_are_refused(world: Personas) -> None:
    with pytest.raises(Invalid):
        services.add_member(by=world.operator, group=world.parties["members"], member=world.parties["roads"])
    group = services.create_group(by=world.operator, code="group", name="گروه")
    with pytest.raises(Invalid):
        services.add_member(by=world.operator, group=group, member=world.parties["members"])


def test_a_membership_is_not_doubled(by: Acting) -> None:
    group, member = services.create_group(by=by, code="group", name="گروه"), make(by)
    services.add_member(by=by, group=group, member=member, ends=RENAMED)
    with pytest.raises(Conflict):
        services.add_member(by=by, group=group, member=member, starts=RENAMED)
    services.add_member(by=by, group=group, member=member, starts=RENAMED + DAY)
    assert Membership.objects.count() == 2


def test_a_party_has_one_seat_and_a_body_one_chair_at_a_time(world: Personas) -> None:
    by, hq = world.operator, world.bodies["hq"]
    with pytest.raises(Conflict):
        services.give_seat(by=by, body=hq, party=world.parties["agriculture"], capacity="invitee")
    with pytest.raises(Conflict):
        services.give_seat(by=by, body=hq, party=world.parties["roads"], office="chair")
    services.end_seat(by=by, seat=hq.seats.get(office="chair"), ends=TODAY - DAY)
    services.give_seat(by=by, body=hq, party=world.parties["roads"], office="chair", starts=TODAY)
    assert [s.party for s in queries.seats_on(hq, TODAY) if s.office == "chair"] == [world.parties["roads"]]
    assert [s.party.code for s in queries.seats_on(hq, TODAY - DAY)][:2] == ["governor-office", "planning"]


def test_the_database_alone_refuses_a_second_open_seat(world: Personas) -> None:
    twin = Seat(body=world.bodies["hq"], party=world.parties["agriculture"], capacity="member")
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.parametrize(("capacity", "office"), [("guest", ""), ("member", "treasurer")])
def test_a_seat_is_of_a_known_kind(world: Personas, capacity: str, office: str) -> None:
    with pytest.raises(Invalid):
        services.give_seat(
            by=world.operator,
            body=world.bodies["hq"],
            party=world.parties["roads"],
            capacity=capacity,
            office=office,
        )


def test_what_has_ended_does_not_end_again_nor_before_it_began(world: Personas) -> None:
    seat = services.give_seat(by=world.operator, body=world.bodies["hq"], party=world.parties["roads"], starts=RENAMED)
    with pytest.raises(Invalid):
        services.end_seat(by=world.operator, seat=seat, ends=RENAMED - DAY)
    services.end_seat(by=world.operator, seat=seat, ends=RENAMED)
    with pytest.raises(Conflict):
        services.end_seat(by=world.operator, seat=seat, ends=TODAY)


@pytest.mark.parametrize("day", [date(1398, 7, 17), date(9999, 1, 1)])
def test_a_day_in_another_calendar_is_refused(world: Personas, day: date) -> None:
    with pytest.raises(Invalid):
        services.give_seat(by=world.operator, body=world.bodies["hq"], party=world.parties["roads"], starts=day)


def test_a_person_with_a_user_name_can_sign_in_by_a_link(by: Acting) -> None:
    person = services.create_person(by=by, name="نمونه", username="Namuna", mobile="۰۹۰۰۰۰۰۰۰۰۹")
    assert person.user == User.objects.get(username="namuna", mobile="09000000009")
    assert services.issue_link(by=by, user=person.user)


def test_a_person_whose_user_name_is_taken_is_not_made(world: Personas) -> None:
    head = ledger.head()
    with pytest.raises(Conflict):
        services.create_person(by=world.operator, name="دیگر", username="secretary")
    assert ledger.head() == head


def test_a_post_has_one_holder_and_any_number_of_substitutes(world: Personas) -> None:
    by = world.operator
    post = services.create_post(by=by, code="post", name="سمت", organization=world.parties["roads"], function="head")
    people = [services.create_person(by=by, name=f"نمونه {n}") for n in range(4)]
    services.appoint(by=by, person=people[0], post=post, starts=SINCE)
    with pytest.raises(Conflict):
        services.appoint(by=by, person=people[1], post=post, starts=TODAY, kind=TenureKind.ACTING)
    for person in people[2:]:
        services.appoint(by=by, person=person, post=post, starts=SINCE, kind=TenureKind.SUBSTITUTE)
    with pytest.raises(Conflict):
        services.appoint(by=by, person=people[0], post=post, starts=TODAY, kind=TenureKind.SUBSTITUTE)
    services.end_tenure(by=by, tenure=post.tenures.get(person=people[0]), ends=TODAY - DAY)
    services.appoint(by=by, person=people[1], post=post, starts=TODAY, kind=TenureKind.ACTING)


def test_a_post_with_an_unknown_function_is_refused(world: Personas) -> None:
    with pytest.raises(Invalid):
        services.create_post(
            by=world.operator, code="post", name="سمت", organization=world.parties["roads"], function="king"
        )


def test_each_verb_is_one_event_of_its_name_and_the_ledger_agrees(world: Personas) -> None:
    head = ledger.head().number
    services.add_name(by=world.admin, party=world.parties["roads"], name="اداره راه")
    event = Event.objects.get(number=head + 1)
    assert (event.verb, event.actor, event.post) == ("directory.add_name", "نمونه admin", "سمت admin")
    assert event.label == world.parties["roads"].name
    assert list(ledger.audit()) == []


def test_names_are_found_by_words_with_those_that_start_so_first(world: Personas) -> None:
    found = [party.code for party in queries.find_parties(world.officer, "جهاد كشاورزى")]
    assert found == ["agriculture", "county-agriculture"]
    assert [p.code for p in queries.find_parties(world.officer, "بنیاد زنجان")] == ["housing"]
    assert queries.find_parties(world.officer, "زنجان", limit=1) and not queries.find_parties(world.officer, " % ")


def test_a_stranger_sees_no_names(world: Personas) -> None:
    assert not queries.parties_visible_to(world.stranger) and not queries.bodies_visible_to(world.stranger)
    assert queries.find_parties(world.stranger, "جهاد") == []


def test_only_those_who_keep_the_directory_see_its_people(world: Personas) -> None:
    assert queries.people_visible_to(world.admin).count() == queries.people_visible_to(world.operator).count() == 11
    for persona in (world.staff, world.governor, world.auditor, world.stranger):
        assert not queries.people_visible_to(persona)


def test_a_name_row_behind_the_services_is_still_canonical(world: Personas) -> None:
    row = PartyName(party=world.parties["roads"], name="شركت راهداري", squash="x", kind="alias")
    row.save()
    row.refresh_from_db()
    assert row.name == "شرکت راهداری"


def test_a_party_that_ends_takes_its_units_posts_and_seats_with_it(world: Personas) -> None:
    by, agency = world.operator, world.parties["agriculture"]
    services.end_party(by=by, party=agency, ends=TODAY - DAY)
    assert not Seat.objects.filter(party__in=[agency, world.parties["county-agriculture"]], ends=None).exists()
    assert acting_for(world.users["officer"]).is_stranger
    assert agency.pk not in {party.key for party in build_context(TODAY).parties}
    assert agency.pk in {party.key for party in build_context(TODAY - DAY).parties}
    with pytest.raises(Conflict):
        services.end_party(by=by, party=agency, ends=TODAY)


def test_a_party_that_has_ended_comes_back_under_a_name(world: Personas) -> None:
    by, agency = world.operator, world.parties["roads"]
    services.end_party(by=by, party=agency, ends=TODAY - DAY)
    with pytest.raises(Invalid):
        services.rename_party(by=by, party=agency, name="راه", starts=TODAY - DAY)
    services.rename_party(by=by, party=agency, name="راه", starts=TODAY)
    assert {party.name for party in build_context(TODAY).parties if party.key == agency.pk} == {"راه"}


def test_a_party_cannot_belong_to_its_own_unit(world: Personas) -> None:
    unit = world.parties["county-agriculture"]
    with pytest.raises(Invalid):
        services.edit_party(by=world.operator, party=world.parties["agriculture"], parent=unit, place=None)
    services.edit_party(by=world.operator, party=unit, parent=world.parties["roads"], place=None)
    unit.refresh_from_db()
    assert unit.parent == world.parties["roads"]


def test_an_alias_ends_and_an_official_name_does_not(world: Personas) -> None:
    names = world.parties["housing"].names
    services.end_name(by=world.operator, name=names.filter(kind="alias")[0], ends=TODAY)
    with pytest.raises(Invalid):
        services.end_name(by=world.operator, name=names.get(kind="official"), ends=TODAY)


def test_a_party_without_a_code_gets_the_next_number_of_its_kind(by: Acting) -> None:
    assert [make(by, code="").code, make(by, code="", name="دیگری").code] == ["firm-1", "firm-2"]


@pytest.mark.parametrize("typed", ["09121112233", "۰۹۱۲ ۱۱۱ ۲۲۳۳", "+98 912-111-2233", "00989121112233", "٩١٢١١١٢٢٣٣"])
def test_a_mobile_number_is_taken_however_it_is_typed(world: Personas, typed: str) -> None:
    person = Person.objects.get(user=world.users["officer"])
    services.set_mobile(by=world.operator, person=person, mobile=typed)
    assert User.objects.filter(mobile="09121112233").exists()
    other = Person.objects.get(user=world.users["head"])
    with pytest.raises(Conflict):
        services.set_mobile(by=world.operator, person=other, mobile=typed)
    with pytest.raises(Invalid):
        services.set_mobile(by=world.operator, person=other, mobile="0912")


def test_a_link_of_somebody_shut_out_is_over(world: Personas) -> None:
    user = world.users["officer"]
    token = services.issue_link(by=world.operator, user=user)
    services.set_active(by=world.operator, person=Person.objects.get(user=user), active=False)
    services.set_active(by=world.operator, person=Person.objects.get(user=user), active=True)
    with pytest.raises(Missing):
        accounts.find_link(token)


def test_nobody_shuts_themselves_out(world: Personas) -> None:
    with pytest.raises(Invalid):
        services.set_active(by=world.admin, person=Person.objects.get(user=world.users["admin"]), active=False)
