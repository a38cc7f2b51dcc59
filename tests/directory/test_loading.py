"""A folder of tables, loaded through the services; the sample's among them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from dabir.directory import queries, tenures
from dabir.directory.context import build_context
from dabir.directory.loading import load_directory
from dabir.directory.models import Body, Party, PartyName, Place
from dabir.directory.services import create_party
from dabir.foundation import ledger
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Invalid, Refused
from dabir.persian.jalali import to_gregorian
from dabir.persian.letters import canonical, squash
from tests import kept
from tests.conftest import TODAY

REPOSITORY = Path(__file__).parents[2]
SEED = REPOSITORY.parent / "shared" / "seed" / "minutes-11.txt"
OPERATOR = Acting.host_operator()
PARTIES = "code,kind,name,aliases,parent,place,example\n"


@pytest.fixture
def sample(db: None) -> None:
    kept.once("directory of the sample", _load)


def _load() -> None:
    load_directory(OPERATOR, REPOSITORY / "examples" / "zanjan")


@pytest.mark.usefixtures("sample")
def test_the_sample_has_a_user_of_each_function() -> None:
    people = queries.people_visible_to(OPERATOR)
    functions = {person.user.username: tenures.acting_for(person.user).function for person in people if person.user}
    assert functions == {function.value: function for function in Function}


@pytest.mark.usefixtures("sample")
def test_the_samples_bodies_have_their_officers() -> None:
    seats = {body.code: queries.seats_on(body, TODAY) for body in Body.objects.all()}
    officers = {code: [(s.office, s.party.code) for s in found if s.office] for code, found in seats.items()}
    assert officers == {
        "zanjan-hq": [("chair", "governor-office"), ("secretary", "planning")],
        "ijrud-planning": [("chair", "ijrud-governor-office"), ("secretary", "ijrud-planning-secretariat")],
    }
    assert [body.code for body in Body.objects.filter(headquarters=True)] == ["zanjan-hq"]


@pytest.mark.usefixtures("sample")
def test_county_offices_that_no_paper_lists_are_marked_as_examples() -> None:
    members = queries.members_on(Party.objects.get(code="ijrud-planning-members"), TODAY)
    assert len(members) == 14 and all(party.is_example for party in members)
    assert Party.objects.get(code="monitoring-team").is_example
    assert not Party.objects.get(code="housing").is_example


@pytest.mark.usefixtures("sample")
def test_a_name_leads_to_one_party() -> None:
    owners: dict[str, set[int]] = defaultdict(set)
    for name in PartyName.objects.all():
        owners[name.squash].add(name.party_id)
    assert not [key for key, parties in owners.items() if len(parties) > 1]


@pytest.mark.usefixtures("sample")
def test_names_are_written_with_their_zwnj() -> None:
    for name in PartyName.objects.values_list("name", flat=True):
        assert name == canonical(name) and not any(lost in name for lost in ("برنامهر", "منطقها", "حرفها", "بانکها"))


@pytest.mark.usefixtures("sample")
@pytest.mark.skipif(not SEED.exists(), reason=f"the seed is not at {SEED}")
def test_every_agency_that_the_seed_lists_is_known() -> None:
    lists = SEED.read_text(encoding="utf-8").partition("اعضای اصلی:")[2]
    lines = [line.strip() for line in lists.splitlines() if " - " in line]
    offices = "دفاتر استانداری ("
    known = set(PartyName.objects.values_list("squash", flat=True))
    entries = [
        e.removeprefix(offices).rstrip(")") if offices in line else e for line in lines for e in line.split(" - ")
    ]
    unknown = [e for e in entries if not {squash(e), squash(e.split(" (")[0]), squash(e + ")")} & known]
    assert len(entries) > 35 and unknown == []


@pytest.mark.usefixtures("sample")
def test_the_context_has_parties_groups_bodies_and_the_provinces_places(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(5):
        context = build_context(TODAY)
    kinds = {party.name: party.kind for party in context.parties}
    assert kinds["کمیته برنامه‌ریزی شهرستان ایجرود"] == "body"
    assert kinds["دستگاه‌های اجرایی عضو کمیته برنامه‌ریزی شهرستان"] == "group"
    assert {"ایجرود", "حلب", "زنجان"} <= context.places and "اصفهان" not in context.places
    assert not context.closures


@pytest.mark.usefixtures("sample")
def test_the_context_counts_the_places_of_the_day() -> None:
    def zanjan(day: date) -> list[tuple[int, int, int]]:
        found = [d for d in build_context(day).divisions if d.kind == "province"]
        return [(d.counties, d.districts, d.rural_districts) for d in found if d.name == "زنجان"]

    assert zanjan(to_gregorian(1398, 7, 17)) == [(8, 17, 48)]
    assert zanjan(to_gregorian(1400, 1, 1)) == [(8, 18, 49)]
    assert zanjan(to_gregorian(1390, 1, 1)) == []  # no edition tells of that year
    counties = {d.name: d for d in build_context(TODAY).divisions if d.kind == "county"}
    assert (counties["ایجرود"].counties, counties["ایجرود"].districts) == (0, 2)


@pytest.mark.usefixtures("sample")
def test_the_ledger_knows_every_row_of_the_sample() -> None:
    assert list(ledger.audit()) == []


@pytest.mark.parametrize(
    ("table", "text", "named"),
    [
        ("parties", PARTIES + "a,firm,الف,,,,\nb,unit,ب,,nobody,,\n", r"parties\.csv:3: .*nobody"),
        ("parties", PARTIES + "a,firm,الف,,,ناکجا,\n", r"parties\.csv:2: .*ناکجا"),
        ("parties", "code,kind\na,firm\n", r"parties\.csv:2: .*نام"),
        ("parties", PARTIES + "a,firm,الف,,,,\na,firm,ب,,,,\n", r"parties\.csv:3"),
    ],
)
def test_a_faulty_line_is_named_and_nothing_is_stored(
    db: None, tmp_path: Path, table: str, text: str, named: str
) -> None:
    (tmp_path / f"{table}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Invalid, match=named):
        load_directory(OPERATOR, tmp_path)
    assert not Party.objects.exists() and not Place.objects.exists() and ledger.head().number == 0


def test_a_table_as_a_spreadsheet_saves_it_is_read(db: None, tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_bytes((PARTIES + "a,firm,شركت الف,,,,\r\n").encode("utf-8-sig"))
    load_directory(OPERATOR, tmp_path)
    assert Party.objects.get().name == "شرکت الف"


def test_an_empty_folder_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=tmp_path.name):
        load_directory(OPERATOR, tmp_path)


def test_who_may_not_keep_the_directory_may_not_load_one(db: None, tmp_path: Path) -> None:
    create_party(by=OPERATOR, kind="firm", code="b", name="ب")
    (tmp_path / "parties.csv").write_text(PARTIES + "a,firm,الف,,,,\n", encoding="utf-8")
    with pytest.raises(Refused):
        load_directory(Acting(name="x", function=Function.SECRETARY), tmp_path)
