"""What may be seen of the register, by whom, in which order, at what cost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from dabir.foundation import ledger, search
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting
from dabir.obligations import counting, queries, services
from dabir.obligations.models import RUNNING, Obligation, SearchText, State
from dabir.obligations.queries import Filters
from dabir.persian import clock
from dabir.persian.letters import squash
from tests import builders
from tests.personas import Personas


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    return builders.meeting(world)


def codes(by: Acting, **filters: object) -> list[str]:
    return [row.code.split("/")[1] for row in queries.register_page(by, Filters(**filters)).rows]  # type: ignore[arg-type]


def release_all(world: Personas) -> None:
    services.release(Obligation.objects.filter(parent=None).exclude(state=State.UNSETTLED), by=world.secretary)


ALL = ["2.1-1", "2.1-2", "3.1", "4.1", "2.2", "5.1", "7.1"]
"""By due date, the ones without a day last in the order of their making; the group's row is not among them."""


def test_the_register_is_in_the_order_of_due(world: Personas, meeting: Meeting) -> None:
    assert codes(world.secretary) == ALL


@pytest.mark.parametrize("persona", ["governor", "auditor", "secretary", "staff", "operator"])
def test_who_reads_all_of_the_headquarters(world: Personas, meeting: Meeting, persona: str) -> None:
    assert codes(getattr(world, persona)) == ALL


@pytest.mark.parametrize(
    "persona", ["county", "officer", "head", "consultant", "admin", "other_secretary", "outsider", "stranger"]
)
def test_nobody_else_sees_what_is_not_released(world: Personas, meeting: Meeting, persona: str) -> None:
    assert codes(getattr(world, persona)) == []


def test_each_debtor_sees_the_released_debts_of_their_own_party(world: Personas, meeting: Meeting) -> None:
    release_all(world)
    assert codes(world.officer) == codes(world.head) == ["2.1-2"]
    assert codes(world.consultant) == ["3.1"]
    assert codes(world.county) == ["2.1-1", "2.1-2", "2.2"]  # recipient of the members' letters, lead of the hand-over
    assert codes(world.outsider) == codes(world.admin) == codes(world.stranger) == []


def test_an_endorser_sees_what_needs_their_word(world: Personas, meeting: Meeting) -> None:
    release_all(world)
    team = Acting(name="team", function=world.officer.function, parties=frozenset({world.parties["monitoring"].pk}))
    assert codes(team) == ["3.1"]


def test_a_classified_meetings_debts_are_its_secretarys_and_chairs_alone(world: Personas) -> None:
    builders.meeting(world, secrecy=SecrecyClass.CONFIDENTIAL)
    release_all(world)
    assert len(codes(world.secretary)) == len(codes(world.governor)) == len(ALL)
    for by in (world.staff, world.auditor, world.county, world.officer, world.consultant, world.other_secretary):
        assert codes(by) == []
        assert not queries.resolutions_visible_to(by).exists()


def test_a_debtor_sees_the_resolution_that_they_owe_and_no_other(world: Personas, meeting: Meeting) -> None:
    release_all(world)
    assert [r.number for r in queries.resolutions_visible_to(world.consultant)] == ["۳"]


@pytest.mark.parametrize("words", ["بهره وری", "بهره‌وری", "بهرهوری", "بهره‌وري", "برنامه بهره"])
def test_the_spellings_of_a_word_find_each_other(world: Personas, meeting: Meeting, words: str) -> None:
    assert codes(world.secretary, words=words) == ["5.1"]


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "' OR 1=1 --", "بهره وری ناموجود"])
def test_search_takes_no_wildcards_and_no_tricks(world: Personas, meeting: Meeting, words: str) -> None:
    assert len(codes(world.secretary, words=words)) in (0, len(ALL))
    assert len(queries.register_page(world.secretary, Filters(words=words)).rows) != 1


@pytest.mark.parametrize("few", [0, 1_000])
def test_common_words_and_rare_ones_are_found_alike(
    world: Personas, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(search, "FEW", few)  # what is more is looked for in another way, and so are many owners
    monkeypatch.setattr(queries, "FEW_OWNERS", few)
    by = world.secretary
    assert codes(by, words="بهره وری") == ["5.1"]
    assert codes(by, words="بهرهوری") == codes(by, words="وری بهره") == ["5.1"]
    assert codes(by, words="بهره وری ناموجود") == []
    found = {words: codes(by, words=words) for words in ("بهره", "جهاد", "مشاور", "بنیاد مسکن", "جهاد شهرستان")}
    assert found == {words: holding(words.split()) for words in found}
    assert found["بهره"] and found["جهاد"] and found["بنیاد مسکن"]


def holding(words: list[str]) -> list[str]:
    """By hand, among all that are listed."""
    found = []
    for code in ALL:
        debt = Obligation.objects.get(code=f"hq-1398-11/{code}")
        names = [one.squash for party in (debt.lead, debt.group) if party for one in party.names.all()]
        texts = SearchText.objects.filter(rowid=debt.pk).values_list("squash", flat=True)
        if all(any(word in text for text in [*texts, *names]) for word in words):
            found.append(code)
    return found


@pytest.mark.parametrize("words", ["گزارش", "بنیاد", "بنیاد گزارش", "ناموجود"])
def test_a_search_asks_as_much_whatever_it_finds(world: Personas, meeting: Meeting, words: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.register_page(world.secretary, Filters(words=words))
        return len(asked)

    def add(numbers: range) -> None:
        source = Obligation.objects.get(code="hq-1398-11/3.1")
        same = {name: getattr(source, name) for name in ("body", "meeting", "resolution", "lead")}
        with ledger.change("tests.more", by=world.operator) as change:
            for number in numbers:
                code = f"hq-1398-11/3.{number}"
                row = change.create(Obligation(code=code, action="گزارش بنیاد", due_kind="none", **same))
                SearchText.objects.create(rowid=row.pk, squash=squash(row.action))

    add(range(2, 4))
    few, asked_for_few = len(codes(world.secretary, words=words)), statements()
    add(range(4, 24))
    assert len(codes(world.secretary, words=words)) == few + (0 if words == "ناموجود" else 20)
    assert statements() == asked_for_few


def test_filters_narrow_together(world: Personas, meeting: Meeting) -> None:
    by = world.secretary
    assert codes(by, party="housing") == ["3.1"]
    assert codes(by, party="county-housing", meeting="hq-1398-11") == ["2.1-1"]
    assert codes(by, unsettled=True) == ["4.1", "5.1"]
    assert codes(by, gap="due") == ["2.2"]
    assert codes(by, body="committee") == []
    assert codes(by, state="open", body="hq") == ["2.1-1", "2.1-2", "3.1", "2.2", "7.1"]
    assert codes(by, overdue=True) == []
    assert codes(by, party="members") == ["2.1-1", "2.1-2"]


def test_counts_tell_of_every_standing_also_where_nothing_can_be_found(world: Personas, meeting: Meeting) -> None:
    names = queries.standings(clock.today()).keys() | {"all"}
    for filters in (Filters(), Filters(party="nobody"), Filters(words="چیزی که نیست"), Filters(meeting=meeting.code)):
        counts = counting.counts(world.secretary, filters)
        assert counts.keys() == names
        listed = queries.register_page(world.secretary, filters, size=500).rows
        assert counts["all"] == len(listed)
        assert counts["running"] == sum(row.state in RUNNING for row in listed)
    assert counting.counts(world.secretary)["all"] > 0


def test_overdue_begins_the_day_after(world: Personas, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIR_TODAY", "1398/07/28")
    assert codes(world.secretary, overdue=True) == []
    monkeypatch.setenv("DABIR_TODAY", "1398/07/29")
    assert codes(world.secretary, overdue=True) == ["2.1-1", "2.1-2"]
    assert counting.counts(world.secretary)["overdue"] == 2


def test_a_debt_that_sleeps_presses_nobody(world: Personas, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Obligation.objects.get(code="hq-1398-11/2.1-1")
    with ledger.change("tests.sleep", by=world.operator) as change:
        change.update(row, asleep=True)
    monkeypatch.setenv("DABIR_TODAY", "1398/07/29")
    assert codes(world.secretary, overdue=True) == ["2.1-2"]
    assert counting.counts(world.secretary)["overdue"] == 1 and codes(world.secretary, asleep=True) == ["2.1-1"]
    other = Obligation.objects.get(code="hq-1398-11/2.1-2")
    with ledger.change("tests.propose", by=world.operator) as change:
        other.propose()
        other.proposed_at = clock.now()
        change.touch(other, "state", "proposed_at")
    assert codes(world.secretary, overdue=True) == []  # nor does what is proposed for closing press who owed it
    assert not any(row.is_overdue for row in queries.register_page(world.secretary, Filters()).rows)


def test_an_unsettled_debt_is_not_overdue(world: Personas, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIR_TODAY", "1399/07/20")
    rows = queries.register_page(world.secretary, Filters(unsettled=True)).rows
    assert [(row.code, row.is_overdue) for row in rows] == [("hq-1398-11/4.1", False), ("hq-1398-11/5.1", False)]


def test_pages_follow_each_other_without_a_gap_both_ways(world: Personas, meeting: Meeting) -> None:
    seen, cursor, pages = [], "", []
    while True:
        page = queries.register_page(world.secretary, Filters(), cursor=cursor, size=2)
        seen += [row.code.split("/")[1] for row in page.rows]
        pages.append(page)
        if not page.next:
            break
        cursor = page.next
    assert seen == ALL
    back = queries.register_page(world.secretary, Filters(), cursor=pages[-1].previous, size=2)
    assert [r.code for r in back.rows] == [r.code for r in pages[-2].rows]


NUL_IN_IT = "W2ZhbHNlLCAiXHUwMDAwIiwgNV0"  # [false, "\\u0000", 5]
TOO_DEEP = pytest.param("W1tb" * 20_000, id="[[[…")


@pytest.mark.parametrize("cursor", ["x", "W10", "////", "WzEsMiwzXQ", "a" * 5000, NUL_IN_IT, TOO_DEEP])
def test_a_cursor_of_another_kind_gives_the_first_page(world: Personas, meeting: Meeting, cursor: str) -> None:
    page = queries.register_page(world.secretary, Filters(), cursor=cursor)
    assert len(page.rows) == len(ALL)


def test_a_page_costs_the_same_queries_however_many_rows(
    world: Personas, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    more: Callable[[int], object] = lambda size: queries.register_page(world.secretary, Filters(), size=size)  # noqa: E731
    for size in (1, 50):
        with django_assert_num_queries(2):
            more(size)


def test_unknown_filters_are_passed_over() -> None:
    filters = Filters.from_query({"state": "nonsense", "overdue": "1", "foo": "bar", "words": "x" * 500})
    assert (filters.overdue, filters.state, len(filters.words)) == (True, "nonsense", 200)
    assert Filters.from_query(filters.as_query()) == filters


def test_what_is_proposed_for_closing_or_sleeps_presses_nobody(world: Personas, meeting: Meeting) -> None:
    """Neither is late, near or to come, nor drawn in a week; their days count nowhere but in the list itself."""
    pressed = list(Obligation.objects.filter(is_group=False, lead__isnull=False).order_by("id")[:3])
    with ledger.change("tests.due", by=world.operator) as change:
        for one in pressed:
            change.update(one, due_kind="day", due_day=clock.today(), first_due_day=clock.today())

    def shown() -> list[int]:
        counts = counting.counts(world.secretary)
        weeks = counting.pressed_by_day(world.secretary, Filters())
        return [counts["soon"], counts["coming"], weeks.get(clock.today(), 0)]

    before = shown()
    with ledger.change("tests.propose", by=world.operator) as change:
        pressed[0].propose()
        pressed[0].proposed_at = clock.now()
        change.touch(pressed[0], "state", "proposed_at")
        change.update(pressed[1], asleep=True)
    assert shown() == [count - 2 for count in before] and min(before) >= 3
    listed = {row.pk for row in queries.register_page(world.secretary, Filters(coming=True)).rows}
    assert listed & {one.pk for one in pressed} == {pressed[2].pk}
