"""A prepared condition finds the same rows as the condition itself, wherever it stands in a query."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from dabir.directory.models import Party, PartyKind, PartyName, Seat, Tenure
from dabir.foundation.access import get_prepared, opened
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Missing
from dabir.foundation.prepared import AMONG, Prepared, hang, models_of, of_one, rows_of
from tests.personas import Personas


def _seated(kind: str) -> Q:
    """Of a kind, and in some body; or called so by a paper: a subquery on the same table, and one on another."""
    same = Party.objects.filter(kind=kind).values("pk")
    called = Party.objects.filter(pk__in=PartyName.objects.filter(kind="alias").values("party")).values("pk")
    return Q(pk__in=same.union(called)) & Q(Exists(Seat.objects.filter(party=OuterRef("pk"))))


def _tenures(function: str, most: int) -> QuerySet[Tenure, Any]:
    of = Tenure.objects.filter(post__function=function).order_by("id")
    return of.values("id", "starts", "ends", holder=F("person__name"))[:most]


def _held_by(people: tuple[int, ...]) -> QuerySet[Tenure, Any]:
    return Tenure.objects.filter(kind="holder", person__in=people, post__isnull=False).order_by("id").values("id")


def _seats(parties: tuple[int, ...]) -> QuerySet[Seat]:
    """The keys stand in it twice."""
    own = Q(party__in=parties) | Q(party__parent__in=parties)
    return Seat.objects.filter(own).select_related("body__party", "party__parent").order_by("-id")


def _names(parties: tuple[int, ...]) -> QuerySet[Party, Any]:
    return Party.objects.filter(pk__in=parties).values("code", owner=F("parent"))


def _known(_by: Acting, codes: tuple[int, ...]) -> QuerySet[Party]:
    return Party.objects.filter(code__in=codes).select_related("parent", "post")


def _none(_key: str) -> QuerySet[Party, Any]:
    return Party.objects.none().values("id")


def _of_kind(kind: str) -> QuerySet[Party, Any]:
    return Party.objects.filter(kind=kind, pk__gt=0).order_by("id").values("id")


def _joining(code: str) -> Q:
    return Q(parent__code=code)


def test_same_rows_are_found_alone_in_a_subquery_and_counted(world: Personas) -> None:
    for kind in ("organization", "unit"):
        prepared, plain = (Party.objects.filter(c) for c in (Prepared(Party, _seated, kind), _seated(kind)))
        expected = set(plain)
        assert expected and set(prepared) == expected
        assert set(prepared.filter(code__contains="a").order_by("name")) == {p for p in expected if "a" in p.code}
        assert set(Party.objects.exclude(Prepared(Party, _seated, kind))) == set(Party.objects.all()) - expected
        assert prepared.aggregate(n=Count("id")) == {"n": len(expected)}
        seats = Seat.objects.filter(party__in=expected)
        assert set(Seat.objects.filter(party__in=prepared)) == set(seats)
        assert set(Seat.objects.filter(Exists(prepared.filter(pk=OuterRef("party"))))) == set(seats)
        units = Party.objects.filter(Exists(prepared.filter(pk=OuterRef("parent"))))  # the same table, within itself
        assert set(units) == set(Party.objects.filter(parent__in=expected))


def test_each_key_has_its_own_condition_and_asks_the_tables_anew(world: Personas) -> None:
    unseated = Party.objects.create(kind="organization", code="new", name="دستگاه تازه", sort_key="")
    condition = Prepared(Party, _seated, "organization")
    assert unseated not in Party.objects.filter(condition)
    Seat.objects.create(body=world.bodies["hq"], party=unseated, capacity="member")
    with CaptureQueriesContext(connection) as asked:
        assert unseated in Party.objects.filter(condition)
    assert len(asked) == 1
    assert unseated not in Party.objects.filter(Prepared(Party, _seated, "unit"))


def test_condition_that_joins_is_a_fault_of_the_program(world: Personas) -> None:
    with pytest.raises(AssertionError, match="joins"):
        list(Party.objects.filter(Prepared(Party, _joining, "planning")))


def test_rows_of_a_prepared_list_are_those_of_the_list_with_values_of_their_kinds(world: Personas) -> None:
    for key in (("secretary", 10), ("officer", 10), ("officer", 1)):
        assert rows_of(_tenures, *key) == list(_tenures(*key)) != []
    assert rows_of(_none, "") == []


def test_prepared_list_asks_the_tables_anew_by_one_query(world: Personas) -> None:
    before = rows_of(_tenures, "secretary", 10)
    Tenure.objects.filter(pk=before[0]["id"]).update(starts=date(2001, 1, 1))
    with CaptureQueriesContext(connection) as asked:
        assert rows_of(_tenures, "secretary", 10)[0]["starts"] == date(2001, 1, 1)
    assert len(asked) == 1


def test_one_prepared_list_is_asked_among_other_keys_each_time(world: Personas) -> None:
    people = sorted({tenure.person_id for tenure in Tenure.objects.all()})
    assert len(people) > 2
    for some in (people, people[:1], people[1:], []):
        assert rows_of(_held_by, AMONG, among=some) == list(_held_by(tuple(some)))


def test_what_somebody_typed_is_a_value_whatever_it_is(world: Personas) -> None:
    assert rows_of(_of_kind, str(AMONG[0])) == []


def test_a_word_of_the_code_stands_in_the_statement_and_what_is_given_does_not(world: Personas) -> None:
    for kind, given in ((PartyKind.ORGANIZATION, (0,)), ("unit", ("unit", 0))):
        asked: list[tuple[str, Any]] = []

        def note(act: Any, sql: str, values: Any, *more: Any, asked: list[tuple[str, Any]] = asked) -> Any:
            asked.append((sql, values))
            return act(sql, values, *more)

        with connection.execute_wrapper(note):
            found = rows_of(_of_kind, kind)
        assert [values for _sql, values in asked] == [given]
        assert ("'organization'" in asked[0][0]) == (kind is PartyKind.ORGANIZATION)
        assert found == list(_of_kind(kind)) != []


def test_instances_of_a_prepared_list_are_whole_with_what_is_selected_along(world: Personas) -> None:
    parties = list(Party.objects.filter(seats__isnull=False).distinct())
    for some in (parties[:1], parties):
        keys = tuple(party.pk for party in some)
        expected = [(seat, seat.body.party.name, seat.party.parent, seat.starts) for seat in _seats(keys)]
        with CaptureQueriesContext(connection) as asked:
            found = models_of(_seats, AMONG, among=keys)
            told = [(seat, seat.body.party.name, seat.party.parent, seat.starts) for seat in found]
        assert told == expected != [] and len(asked) == 1
        assert not any(seat.get_deferred_fields() or seat._state.adding for seat in found)
    assert models_of(_seats, AMONG) == []


def test_rows_hung_on_their_owners_are_those_that_they_ask_for(world: Personas) -> None:
    owners = list(Party.objects.order_by("id"))
    expected = {owner.pk: list(owner.seats.order_by("-id")) for owner in owners}
    hang(owners, "seats", list(Seat.objects.order_by("-id")))
    with CaptureQueriesContext(connection) as asked:
        assert {owner.pk: list(owner.seats.all()) for owner in owners} == expected
        assert all(seat.party is owner for owner in owners for seat in owner.seats.all())
    assert not asked.captured_queries and any(expected.values())
    owner = next(owner for owner in owners if expected[owner.pk])
    assert set(owner.seats.filter(party__isnull=False)) == set(expected[owner.pk])  # its own alone, asked for anew


def test_one_row_is_got_by_its_code_and_noted_as_opened(world: Personas) -> None:
    unit = Party.objects.filter(parent__isnull=False)[0]
    with opened() as rows:
        found = get_prepared(_known, world.secretary, unit.code)
    assert rows == [found] == [unit] and found.parent == unit.parent
    for code in ("nowhere", f"{unit.code}\0", ""):
        with pytest.raises(Missing):
            get_prepared(_known, world.secretary, code)


def test_what_hangs_on_one_row_is_read_by_a_plan_that_the_server_keeps(world: Personas) -> None:
    """Each time as the tables are now; `planned_cursor` says for what plans are kept."""
    for party in Party.objects.filter(seats__isnull=False).distinct()[:8]:
        assert of_one(_seats, key=party.pk) == list(_seats((party.pk,))) != []
        Seat.objects.filter(party=party).update(starts=date(2001, 1, 1))
        assert {seat.starts for seat in of_one(_seats, key=party.pk) if seat.party == party} == {date(2001, 1, 1)}
        (row,) = rows_of(_names, AMONG, among=[party.pk], planned=True)
        assert row == {"code": party.code, "owner": party.parent_id}
    assert of_one(_seats, key=0) == [] == rows_of(_names, AMONG, among=[0], planned=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%directory_seat%'")
            assert cursor.fetchone() == (1,)
