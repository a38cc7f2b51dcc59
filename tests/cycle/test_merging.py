"""Two parties that are one: nothing is lost, everything is counted under the one that stays, and all can be undone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dabir.cycle.accepting import accept_reading
from dabir.cycle.merging import merge_parties, preview_merge, unmerge_party
from dabir.directory import services
from dabir.directory.context import build_context
from dabir.directory.matching import duplicates
from dabir.directory.models import Party, PartyName
from dabir.directory.queries import find_parties, members_on, parties_visible_to, seats_on
from dabir.directory.tenures import acting_for
from dabir.foundation import ledger
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import Event
from dabir.obligations import counting, queries
from dabir.obligations.making import Duty
from dabir.obligations.models import Involved, Obligation, OrderWay, Role
from dabir.obligations.queries import Filters
from dabir.obligations.services import record_order
from dabir.reading.minutes import Party as Named
from tests import builders
from tests.conftest import TODAY
from tests.personas import SINCE, Personas

pytestmark = pytest.mark.django_db
DAY = date(2019, 10, 11)


@pytest.fixture
def twin(world: Personas) -> Party:
    """The agency entered a second time, while a register was imported."""
    return services.create_party(
        by=world.operator,
        kind="organization",
        code="agri-2",
        name="جهاد کشاورزی استان زنجان",
        aliases=["کشاورزی زنجان"],
    )


def order(world: Personas, *duties: Duty) -> list[Obligation]:
    return record_order(
        by=world.operator, body=world.bodies["hq"], way=OrderWay.NOTE, day=DAY, text="متن", duties=duties
    )


def owed(world: Personas, code: str) -> int:
    return counting.counts(world.operator, Filters(party=code))["all"]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all ledgered tables."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in ledger.ledgered_models()
    }


def test_debts_are_counted_under_the_one_that_stays(world: Personas, twin: Party) -> None:
    agency = world.parties["agriculture"]
    order(
        world,
        Duty("گزارش دهد", lead=twin),
        Duty("کمک کند", lead=world.parties["roads"], involved=((Role.HELPER, twin, ""),)),
    )
    order(world, Duty("بازدید کند", lead=agency))
    before = Obligation.objects.count()
    counts = merge_parties(twin, by=world.admin, into=agency)
    assert (counts["debts"], counts["involved"], counts["names"]) == (1, 1, 2)
    assert owed(world, "agriculture") == 3 and Obligation.objects.count() == before
    assert owed(world, "agri-2") == 3  # an old address leads to the same
    assert list(ledger.audit()) == []


def test_the_one_that_goes_is_in_no_list_and_its_names_lead_to_the_other(world: Personas, twin: Party) -> None:
    agency = world.parties["agriculture"]
    merge_parties(twin, by=world.admin, into=agency)
    assert twin not in parties_visible_to(world.secretary)
    assert [party.pk for party in find_parties(world.secretary, "کشاورزی زنجان")] == [agency.pk]
    known = {party.key: party for party in build_context(TODAY).parties}
    assert twin.pk not in known and "جهاد کشاورزی استان زنجان" in known[agency.pk].aliases
    assert Party.objects.get(pk=twin.pk).name == "جهاد کشاورزی استان زنجان"


def test_old_papers_keep_their_words(world: Personas, twin: Party) -> None:
    read = builders.minutes(world)
    read.resolutions[2].obligations[0].lead = Named("جهاد کشاورزی زنجان", twin.name, twin.pk, 1.0, "picked")
    read.attendance[0].party = twin.pk
    meeting = builders.meeting(world, read)
    merge_parties(twin, by=world.admin, into=world.parties["agriculture"])
    debt = Obligation.objects.get(meeting=meeting, resolution__number="۳")
    assert debt.lead == world.parties["agriculture"] and debt.lead_text == "جهاد کشاورزی زنجان"
    row = meeting.attendance.order_by("order")[0]
    assert row.party == world.parties["agriculture"] and row.text == "جهاد کشاورزی"
    assert Event.objects.filter(verb="directory.create_party", label=twin.name).exists()


def test_a_paper_that_waited_on_the_workbench_finds_the_one_that_stays(world: Personas, twin: Party) -> None:
    read = builders.minutes(world)
    read.resolutions[2].obligations[0].lead = Named(twin.name, twin.name, twin.pk, 1.0, "picked")
    read.attendance[0].party = twin.pk
    draft = builders.draft(world, read)
    merge_parties(twin, by=world.admin, into=world.parties["agriculture"])
    meeting = accept_reading(draft, by=world.operator, version=draft.version)
    assert Obligation.objects.get(meeting=meeting, resolution__number="۳").lead == world.parties["agriculture"]
    assert meeting.attendance.order_by("order")[0].party == world.parties["agriculture"]


def test_units_posts_and_seats_pass_and_their_people_act_for_the_other(world: Personas, twin: Party) -> None:
    by, agency = world.operator, world.parties["roads"]
    post = services.create_post(by=by, code="p", name="رابط", organization=twin, function="officer")
    person = services.create_person(by=by, name="کسی", username="somebody")
    services.appoint(by=by, person=person, post=post, starts=SINCE)
    services.give_seat(by=by, body=world.bodies["other"], party=twin)
    merge_parties(twin, by=world.admin, into=agency)
    assert person.user and acting_for(person.user).party_id == agency.pk
    assert agency in [seat.party for seat in seats_on(world.bodies["other"], TODAY)]


def test_two_seats_in_one_body_become_one(world: Personas, twin: Party) -> None:
    services.give_seat(by=world.operator, body=world.bodies["hq"], party=twin, capacity="invitee")
    before = len(seats_on(world.bodies["hq"], TODAY))
    merge_parties(twin, by=world.admin, into=world.parties["agriculture"])
    parties = [seat.party_id for seat in seats_on(world.bodies["hq"], TODAY)]
    assert len(parties) == before - 1 and parties.count(world.parties["agriculture"].pk) == 1


def test_an_office_beside_a_seat_is_refused_with_the_way_out(world: Personas) -> None:
    chair, member = world.parties["governor-office"], world.parties["agriculture"]
    with pytest.raises(Conflict, match=r"other way round|برعکس"):
        merge_parties(chair, by=world.admin, into=member)
    assert Party.objects.get(pk=chair.pk).merged_into is None
    merge_parties(member, by=world.admin, into=chair)


def test_a_group_and_a_debt_know_the_merged_one_once(world: Personas, twin: Party) -> None:
    by, agency = world.operator, world.parties["agriculture"]
    group = services.create_group(by=by, code="g", name="گروه")
    for party in (twin, agency):
        services.add_member(by=by, group=group, member=party)
    both = ((Role.HELPER, twin, ""), (Role.HELPER, agency, ""))
    debt = order(world, Duty("کمک کنند", lead=world.parties["roads"], involved=both))[0]
    merge_parties(twin, by=world.admin, into=agency)
    assert members_on(group, TODAY) == [agency]
    row = queries.rows_of(Obligation.objects.filter(pk=debt.pk))[0]
    assert row.helpers == (agency.name,) and Involved.objects.filter(obligation=debt).count() == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("roads", "roads"),
        ("agriculture", "county-agriculture"),
        ("county-agriculture", "agriculture"),
        ("members", "roads"),
    ],
)
def test_two_that_cannot_be_one_are_refused(world: Personas, one: str, other: str) -> None:
    with pytest.raises(Invalid):
        merge_parties(world.parties[one], by=world.admin, into=world.parties[other])


def test_a_body_or_a_post_is_not_merged(world: Personas) -> None:
    for party in (world.bodies["other"].party, Party.objects.get(code="post-head")):
        with pytest.raises(Invalid):
            merge_parties(party, by=world.admin, into=world.parties["roads"])
        with pytest.raises(Invalid):
            merge_parties(world.parties["roads"], by=world.admin, into=party)


def test_a_preview_tells_what_a_merge_does_and_does_nothing(world: Personas, twin: Party) -> None:
    builders.meeting(world)
    order(world, Duty("گزارش دهد", lead=twin))
    before, events = everything(), Event.objects.count()
    told = preview_merge(twin, by=world.admin, into=world.parties["agriculture"])
    assert everything() == before and Event.objects.count() == events
    assert merge_parties(twin, by=world.admin, into=world.parties["agriculture"]) == told


def test_one_merged_twice_over_is_taken_back_in_turn(world: Personas, twin: Party) -> None:
    agency, third = world.parties["agriculture"], world.parties["roads"]
    order(world, Duty("گزارش دهد", lead=twin))
    before = everything()
    merge_parties(twin, by=world.admin, into=agency)
    with pytest.raises(Conflict):
        merge_parties(twin, by=world.admin, into=third)
    merge_parties(agency, by=world.admin, into=third)
    assert Party.objects.get(pk=twin.pk).merged_into == third and owed(world, "agri-2") == 1
    with pytest.raises(Conflict):
        unmerge_party(twin, by=world.admin)
    unmerge_party(agency, by=world.admin)
    unmerge_party(twin, by=world.admin)
    assert everything() == before
    with pytest.raises(Conflict):
        unmerge_party(twin, by=world.admin)
    assert list(ledger.audit()) == []


def test_what_was_pointed_elsewhere_since_stays_there(world: Personas, twin: Party) -> None:
    by, agency = world.operator, world.parties["agriculture"]
    unit = services.create_party(by=by, kind="unit", code="u", name="واحد", parent=twin)
    merge_parties(twin, by=world.admin, into=agency)
    unit.refresh_from_db()
    services.edit_party(by=by, party=unit, parent=world.parties["roads"], place=None)
    unmerge_party(twin, by=world.admin)
    unit.refresh_from_db()
    assert unit.parent == world.parties["roads"]


PARTS = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.lists(st.tuples(st.sampled_from(list(Role)), st.sampled_from("abc")), max_size=4)
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts=PARTS)
def test_a_merge_loses_no_debt_and_its_undoing_leaves_no_trace(
    world: Personas, twin: Party, parts: list[tuple[str, list[tuple[Role, str]]]]
) -> None:
    who = {"a": twin, "b": world.parties["agriculture"], "c": world.parties["roads"]}
    with transaction.atomic():
        duties = [
            Duty("کار", lead=who[lead], involved=tuple((role, who[key], "") for role, key in beside))
            for lead, beside in parts
        ]
        order(world, *duties)
        mine = {n for n, (lead, beside) in enumerate(parts) if {lead, *(key for _, key in beside)} & {"a", "b"}}
        before, all_debts = everything(), Obligation.objects.count()
        others = owed(world, "roads")
        merge_parties(twin, by=world.operator, into=who["b"])
        assert owed(world, "agriculture") == len(mine) and owed(world, "roads") == others
        assert Obligation.objects.count() == all_debts and list(ledger.audit()) == []
        unmerge_party(twin, by=world.operator)
        assert everything() == before and list(ledger.audit()) == []
        transaction.set_rollback(True)


def test_every_table_that_names_a_party_is_known_to_the_merge() -> None:
    """A new one must pass on what it says of a merged party, or be of paper, which keeps the old one."""
    fields = (field for model in ledger.ledgered_models() for field in model._meta.concrete_fields)
    there = {f"{field.model._meta.label}.{field.name}" for field in fields if field.related_model is Party}
    passed = {
        "directory.Party.parent",
        "directory.Party.merged_into",
        "directory.PartyName.party",
        "directory.Membership.member",
        "directory.Seat.party",
        "letters.Letter.sender",
        "letters.Recipient.party",
        "meetings.AgendaItem.presenter",
        "meetings.Attendance.party",
        "meetings.Dissent.party",
        "meetings.Signature.party",
        "meetings.Suggestion.party",
        "obligations.Obligation.lead",
        "obligations.Involved.party",
        "obligations.KnownName.party",
    }
    of_other_kinds = {
        "directory.Body.party",
        "directory.Post.party",
        "directory.Membership.group",
        "obligations.Obligation.group",
    }
    followed = {
        "directory.Feed.party",  # its calendar is that of the party which it was merged into
        "obligations.ReportStep.party",  # and its consent counts for that one
    }
    assert there == passed | of_other_kinds | followed


def test_names_that_are_nearly_alike_are_suggested_and_counties_are_not(world: Personas, twin: Party) -> None:
    by = world.operator
    services.add_place(by=by, name="زنجان", parent=None, starts=SINCE)
    for n, name in enumerate(("اداره آموزش و پرورش ایجرود", "اداره آموزش و پرورش طارم", "راه و شهر سازی استان زنجان")):
        services.create_party(by=by, kind="organization", code=f"x{n}", name=name)
    pairs = {frozenset((p.one.code, p.other.code)) for p in duplicates(parties_visible_to(by).order_by("id"))}
    assert frozenset(("agriculture", "agri-2")) in pairs and frozenset(("roads", "x2")) in pairs
    assert frozenset(("x0", "x1")) not in pairs


def found(world: Personas, words: str) -> set[str]:
    return {row.lead_code for row in queries.register_page(world.operator, Filters(words=words)).rows}


def test_the_register_finds_debts_by_every_name_of_their_lead(world: Personas, twin: Party) -> None:
    agency, by = world.parties["roads"], world.operator
    order(world, Duty("جاده را تعمیر کند", lead=agency))
    services.rename_party(by=by, party=agency, name="اداره کل مسکن و شهرسازی", starts=TODAY)
    services.add_name(by=by, party=agency, name="عمران")
    for words in ("مسکن و شهرسازی", "راه و شهرسازی", "راه وشهرسازی", "عمران", "عمران تعمیر", "جاده مسکن", "تعمیر"):
        assert found(world, words) == {"roads"}, words
    assert found(world, "عمران بیمارستان") == set()
    order(world, Duty("بذر بخرد", lead=twin))
    merge_parties(twin, by=world.admin, into=agency)
    assert found(world, "کشاورزی زنجان بذر") == {"roads"}
    assert PartyName.objects.filter(party=twin).count() == 0
