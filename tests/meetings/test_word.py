"""Word documents that are brought: read in the child process within its limits; what is hostile leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from dabir.foundation.models import Event, StoredFile
from dabir.meetings import reviewing, services
from dabir.meetings.models import Draft
from dabir.meetings.refusals import NotRead, why
from dabir.reading.sources import office
from dabir.reading.sources.unreadable import CAUSES
from tests.meetings.test_drafts import PAPER, kept
from tests.personas import Personas
from tests.reading.sources.test_hostile import LAUGHS, MAIN, many_paragraphs, with_body
from tests.reading.sources.test_office import by_office
from tests.reading.sources.word import changed, deleted, docx, inserted, level, numbering, p, run, zipped

NUMBERS = {"numbering": numbering({1: [level(0, "decimal", "%1-")]})}
TITLE, DATE, _, HEADING, FIRST, SECOND, _ = PAPER.split("\n")
WORD = docx(
    *(p(line) for line in (TITLE, DATE, HEADING)),
    p(FIRST.removeprefix("۱- "), num=(1, 0)),
    p(deleted("شهرداری "), inserted(run(SECOND.removeprefix("۲- "))), num=(1, 0)),
    parts=NUMBERS,
)


def bring(world: Personas, data: bytes, name: str) -> Draft:
    return services.open_draft(data, name=name, body=world.bodies["hq"], by=world.secretary)


def test_word_document_becomes_a_draft_with_its_numbers_and_remarks(world: Personas) -> None:
    minutes = reviewing.corrected(bring(world, WORD, "۱۲.docx"))
    assert [one.number for one in minutes.resolutions] == ["1", "2"]
    lead = minutes.resolutions[0].obligations[0].lead
    assert lead and lead.known == world.parties["agriculture"].pk
    assert [one.lines for one in minutes.findings if one.rule == "source.tracked-changes"] == [(5, 5)]


def test_remarks_stay_when_the_paper_is_corrected(world: Personas) -> None:
    draft = bring(world, WORD, "۱۲.docx")
    correction = {"op": "remove_resolution", "id": "r2"}
    draft = services.correct_draft(draft, correction, version=0, by=world.secretary)
    assert any(one.rule == "source.tracked-changes" for one in reviewing.corrected(draft).findings)


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_old_document_is_converted_within_the_childs_limits(world: Personas, tmp_path: Path) -> None:
    minutes = reviewing.corrected(bring(world, by_office(WORD, "doc", tmp_path), "۱۲.doc"))
    assert [one.number for one in minutes.resolutions] == ["1", "2"]
    assert any(one.rule == "source.converted" for one in minutes.findings)


@pytest.mark.parametrize(
    ("data", "name", "cause"),
    [
        (with_body("<w:p/>" + " " * 60_000_000), "bomb.docx", "too-much"),
        (with_body(many_paragraphs()), "long.docx", "too-much"),
        (changed(WORD, MAIN, lambda _: LAUGHS.encode()), "laughs.docx", "unsafe"),
        (WORD[:-200], "cut.docx", "damaged"),
        (zipped({"xl/workbook.xml": ""}), "table.docx", "spreadsheet"),
        (b"%PDF-1.7 ", "paper.pdf", "damaged-pdf"),
        (PAPER.encode(), "paper.docx", "named-word"),
        (WORD, "paper.txt", "named-text"),
        (b"", "paper.docx", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_read_is_told_by_name_and_leaves_nothing(
    data: bytes, name: str, cause: str, world: Personas, home: Path
) -> None:
    events = Event.objects.count()
    with pytest.raises(NotRead) as refused:
        bring(world, data, name)
    assert refused.value.cause == cause
    assert name in str(refused.value)
    assert (Draft.objects.count(), StoredFile.objects.count(), Event.objects.count()) == (0, 0, events)
    assert kept(home) == []


def test_every_cause_has_a_sentence_of_its_own_for_the_page() -> None:
    of_the_command = {"missing", "folder", "forbidden", "crash"}
    unknown = why("crash", "x")
    assert [cause for cause in CAUSES - of_the_command if why(cause, "x") == unknown] == []
