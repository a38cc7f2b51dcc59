"""A paper is brought, read by a job, and lies on the workbench; or it is not read, and nothing of it stays."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils import translation

from dabir.directory import services as directory
from dabir.foundation import files
from dabir.foundation.errors import Conflict, Missing, Refused
from dabir.foundation.jobs.model import JobState
from dabir.foundation.models import Event, StoredFile
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import refusals, services
from dabir.meetings.models import Draft, Reading
from dabir.meetings.queries import readings_visible_to
from dabir.meetings.refusals import NotRead, why
from dabir.meetings.services import papers
from dabir.reading.sources.unreadable import CAUSES
from tests.jobs import work_off
from tests.meetings.test_drafts import PAPER, kept
from tests.personas import Personas


def bring(world: Personas, text: str = PAPER, **changes: object) -> Reading:
    values = {"name": "۱۲.txt", "body": world.bodies["hq"], "by": world.secretary} | changes
    return services.bring_paper(text.encode(), **values)  # type: ignore[arg-type]


def now(reading: Reading) -> Reading:
    return Reading.objects.get(pk=reading.pk)


def test_paper_is_on_the_workbench_when_it_has_been_read(world: Personas, home: Path) -> None:
    reading = bring(world, secrecy=SecrecyClass.CONFIDENTIAL)
    assert not Draft.objects.exists() and not StoredFile.objects.exists()
    work_off()
    draft = Draft.objects.get()
    assert now(reading).draft == draft
    assert (draft.name, draft.kept_by, draft.secrecy) == ("۱۲.txt", world.bodies["hq"], "confidential")
    assert files.get(draft.file) == PAPER.encode()
    event = Event.objects.latest("number")
    assert (event.verb, event.actor, event.post_id) == (
        "meetings.open_draft",
        world.secretary.name,
        world.secretary.post_id,
    )
    assert kept(home) == [files.path_of(draft.file.sha256)] and not list((home / "incoming").iterdir())


def test_reading_names_the_parties_of_the_directory(world: Personas) -> None:
    bring(world)
    work_off()
    lead = Draft.objects.get().minutes["resolutions"][0]["obligations"][0]["lead"]
    assert lead["party"] == world.parties["agriculture"].pk


@pytest.mark.parametrize(
    ("text", "cause"), [("\0\1\2" * 90, "binary"), (" \n ", "empty"), ("نه صورتجلسه", "unrecognised")]
)
def test_paper_that_cannot_be_read_leaves_its_cause_alone(world: Personas, home: Path, text: str, cause: str) -> None:
    events = Event.objects.count()
    reading = bring(world, text)
    work_off()
    assert (now(reading).state, now(reading).cause) == (JobState.FAILED, cause)
    assert (Draft.objects.count(), StoredFile.objects.count(), Event.objects.count()) == (0, 0, events)
    assert kept(home) == [] and not list((home / "incoming").iterdir())
    services.forget_reading(now(reading), by=world.staff)
    assert not Reading.objects.exists()


@pytest.mark.parametrize(("size", "cause"), [(0, "empty"), (10 * 1024 * 1024 + 1, "too-large")])
def test_what_can_be_refused_at_once_does_not_wait(world: Personas, home: Path, size: int, cause: str) -> None:
    with pytest.raises(NotRead, match="برگه") as refused:
        bring(world, "x" * size, name="برگه")
    assert refused.value.cause == cause and refused.value.field == "file"
    assert not Reading.objects.exists() and not (home / "incoming").exists()


def test_secretariat_cannot_fill_the_disk_with_papers_that_wait(
    world: Personas, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "MOST_WAITING", 1)
    bring(world)
    with pytest.raises(NotRead) as error:
        bring(world, PAPER + "\nپایان")
    assert error.value.cause == "many-wait" and len(list((home / "incoming").iterdir())) == 1
    work_off()
    assert bring(world, PAPER + "\nپایان").state == JobState.WAITING


def test_same_file_is_refused_while_it_is_read_and_afterwards(world: Personas, home: Path) -> None:
    first = bring(world)
    with pytest.raises(Conflict) as refused:
        bring(world, by=world.staff)
    assert refused.value.existing == first
    assert len(list((home / "incoming").iterdir())) == 1
    work_off()
    with pytest.raises(Conflict) as refused:
        bring(world)
    assert refused.value.existing == Draft.objects.get()


def test_file_that_came_another_way_meanwhile_is_not_there_twice(world: Personas) -> None:
    reading = bring(world)
    draft = services.open_draft(PAPER.encode(), name="a.txt", body=world.bodies["hq"], by=world.staff)
    work_off()
    assert now(reading).cause == "twice"
    assert Draft.objects.get() == draft


def test_cancelled_reading_leaves_who_cancelled_what_in_the_ledger(world: Personas, home: Path) -> None:
    reading = bring(world)
    services.cancel_reading(reading, by=world.staff)
    work_off()
    assert now(reading).state == JobState.CANCELLED
    assert not Draft.objects.exists() and not list((home / "incoming").iterdir())
    event = Event.objects.latest("number")
    assert (event.verb, event.actor, event.label) == ("meetings.cancel_reading", world.staff.name, "۱۲.txt")
    assert event.data["facts"] == {"sha256": files.sha256(PAPER.encode()), "body": "hq"}
    assert bring(world)  # it may come again


def test_what_has_been_read_cannot_be_cancelled(world: Personas) -> None:
    reading = bring(world)
    work_off()
    events = Event.objects.count()
    with pytest.raises(Conflict) as refused:
        services.cancel_reading(reading, by=world.secretary)
    assert refused.value.existing == Draft.objects.get()
    assert Event.objects.count() == events


def test_whoever_lost_the_post_meanwhile_brings_nothing(world: Personas) -> None:
    reading = bring(world, by=world.staff)
    tenure = world.users["staff"].person.tenures.get()
    directory.end_tenure(by=world.operator, tenure=tenure, ends=tenure.starts)
    work_off()
    assert now(reading).cause == "refused"
    assert not Draft.objects.exists()


@pytest.mark.parametrize("persona", ["governor", "county", "officer", "consultant", "auditor", "admin"])
def test_only_the_secretariat_brings_and_sees_what_is_being_read(world: Personas, persona: str) -> None:
    by = getattr(world, persona)
    with pytest.raises(Refused):
        bring(world, by=by)
    reading = bring(world)
    assert not readings_visible_to(by).exists()
    with pytest.raises(Refused):
        services.cancel_reading(reading, by=by)
    with pytest.raises(Refused):
        services.forget_reading(reading, by=by)
    assert not readings_visible_to(world.stranger).exists()
    with pytest.raises(Missing):
        bring(world, by=world.stranger)


def test_staff_sees_no_classified_paper_being_read(world: Personas) -> None:
    with pytest.raises(Refused):
        bring(world, by=world.staff, secrecy=SecrecyClass.SECRET)
    reading = bring(world, secrecy=SecrecyClass.SECRET)
    assert not readings_visible_to(world.staff).exists()
    assert readings_visible_to(world.secretary).get() == reading


@contextmanager
def no_files_over(size: int) -> Iterator[None]:
    """A quota: whatever writes a larger file finds no room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such quota")
def test_full_disk_is_named_and_nothing_is_stored(world: Personas, home: Path) -> None:
    with no_files_over(4_000), pytest.raises(NotRead, match="۱۲") as refused:
        bring(world, PAPER * 20)
    assert refused.value.cause == "disk"
    assert not Reading.objects.exists() and not list((home / "incoming").iterdir())


def test_disk_that_is_full_when_the_paper_has_been_read_stores_nothing(
    world: Personas, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = bring(world)
    put = files.put

    def put_without_room(data: bytes) -> str:
        with no_files_over(100):
            return put(data)

    monkeypatch.setattr(files, "put", put_without_room)
    work_off()
    assert now(reading).cause == "disk"
    assert not Draft.objects.exists() and kept(home) == []


def test_every_cause_of_the_reader_has_its_own_sentence() -> None:
    general = why("crash", "x")
    local = {"missing", "folder", "forbidden"}  # of paths, which the page has none of
    assert [cause for cause in CAUSES - local if why(cause, "x") == general] == []


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_sentence_names_the_file_in_both_languages(language: str) -> None:
    with translation.override(language):
        sentences = [why(cause, "۱۲.docx") for cause in refusals._SENTENCES]
    assert all("۱۲.docx" in sentence for sentence in sentences)
    assert all(("پ" in s or "ا" in s) is (language == "fa") for s in (x.replace("۱۲.docx", "") for x in sentences))
