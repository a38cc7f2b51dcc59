"""`read(write(m)) == m`: what is inside a document that leaves is the record, letter by letter."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dabir.persian.letters import squash
from dabir.reading.minutes import (
    Attendance,
    Day,
    Header,
    Minutes,
    Obligation,
    Person,
    Point,
    Resolution,
    ResolutionKind,
    Section,
    SectionKind,
    Statement,
    source_of,
)
from dabir.reading.sources import read
from dabir.writing.minutes import Paper
from dabir.writing.minutes_akn import to_akn
from dabir.writing.minutes_body import parts
from dabir.writing.minutes_docx import to_docx
from dabir.writing.minutes_pdf import to_pdf
from tests.writing.papers import SEED, minutes_of, paper
from tests.writing.test_minutes_akn import source_in as source_in_akn

WAYS: dict[str, Callable[[Paper], bytes | None]] = {
    "pdf": lambda of: read(to_pdf(of), "minutes.pdf").own,
    "docx": lambda of: read(to_docx(of), "minutes.docx").own,
    "akn": lambda of: source_in_akn(to_akn(of)),
}

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
spans = st.tuples(st.integers(0, 12), st.integers(0, 12))
numbers = st.none() | st.sampled_from(["1", "۲", "3-الف", "تبصره", ""])
people = st.builds(Person, texts, st.none() | texts, st.none() | spans)
duties = st.builds(Obligation, action=texts, lines=spans, id=texts)
points = st.builds(Point, texts, spans, numbers, st.lists(duties, max_size=1), texts)
minutes = st.builds(
    Minutes,
    header=st.builds(
        Header,
        title=st.none() | texts,
        venue=st.none() | texts,
        number=st.none() | st.integers(0, 10_000),
        chair=st.none() | people,
        date=st.none() | st.just(Day("1398/07/17", "2019-10-09", "۱۷ مهر ۹۸")),
    ),
    sections=st.lists(st.builds(Section, numbers, texts, st.sampled_from(SectionKind), spans), max_size=4),
    discussion=st.lists(
        st.builds(Statement, st.lists(people, max_size=3), st.lists(points, max_size=3), spans, texts), max_size=3
    ),
    resolutions=st.lists(
        st.builds(Resolution, text=texts, lines=spans, kind=st.sampled_from(ResolutionKind), number=numbers, id=texts),
        max_size=3,
    ),
    attendance=st.lists(st.builds(Attendance, text=texts, present=st.booleans(), lines=spans), max_size=4),
    lines=st.lists(texts, max_size=10),
)
few = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes: each try typesets a paper
)


@pytest.mark.parametrize("way", WAYS)
@few
@given(made=minutes)
def test_what_is_written_is_read_again(way: str, made: Minutes) -> None:
    source = WAYS[way](paper(made))
    assert source == source_of(made.as_json())
    assert Minutes.from_json(json.loads(source)) == made


@pytest.mark.skipif(not SEED.exists(), reason="the seed (../shared/seed/minutes-11.txt) is not here")
@pytest.mark.parametrize("way", WAYS)
def test_the_seed_s_minutes_are_read_again(way: str) -> None:
    source = WAYS[way](paper(minutes_of(SEED)))
    assert source and Minutes.from_json(json.loads(source)) == minutes_of(SEED)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=minutes)
def test_nothing_of_the_structure_is_left_out_of_the_printed_page(made: Minutes) -> None:
    printed = squash("".join(f"{part.heading}{''.join(block.text for block in part.blocks)}" for part in parts(made)))
    said = [point.text for statement in made.discussion for point in statement.points]
    decided, there = [one.text for one in made.resolutions], [one.text for one in made.attendance]
    for text in (*said, *decided, *there):
        assert squash(text) in printed
