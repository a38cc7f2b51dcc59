"""Papers come, are corrected, put away and taken back by those who may; whatever is refused leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dabir.cycle.classifying import classify_meeting
from dabir.foundation import child, files
from dabir.foundation.errors import Conflict, Invalid, Missing, Refused
from dabir.foundation.models import Event, StoredFile
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import reviewing, services
from dabir.meetings.models import Draft, DraftState
from dabir.meetings.queries import drafts_visible_to
from dabir.reading.minutes import Minutes
from tests import builders
from tests.personas import Personas

PAPER = """صورتجلسه شماره ۱۲ ستاد فرماندهی اقتصاد مقاومتی استان زنجان
تاریخ جلسه: ۱۳۹۸/۰۷/۱۵

مصوبات:
۱- سازمان جهاد کشاورزی استان زنجان موظف است فهرست چاه‌های مجاز را تا ۱۳۹۸/۰۸/۲۰ به دبیرخانه ارسال نماید.
۲- اداره کل راه و شهرسازی نسبت به مرمت پل روستا اقدام نماید.
"""


def bring(world: Personas, text: str = PAPER, **changes: object) -> Draft:
    values = {"name": "۱۲.txt", "body": world.bodies["hq"], "by": world.secretary} | changes
    return services.open_draft(text.encode(), **values)  # type: ignore[arg-type]


def kept(home: Path) -> list[Path]:
    return [path for path in (home / "files").rglob("*") if path.is_file()] if home.exists() else []


def test_paper_is_read_kept_and_told_to_the_ledger(world: Personas) -> None:
    draft = bring(world)
    minutes = reviewing.corrected(draft)
    assert (draft.state, draft.version, draft.created_by) == (DraftState.OPEN, 0, world.secretary.name)
    assert files.get(draft.file) == PAPER.encode()
    assert [r.number for r in minutes.resolutions] == ["1", "2"] or len(minutes.resolutions) == 2
    lead = minutes.resolutions[0].obligations[0].lead
    assert lead and lead.known == world.parties["agriculture"].pk
    assert Event.objects.latest("number").verb == "meetings.open_draft"


def test_same_file_again_is_told_and_shown(world: Personas) -> None:
    first = bring(world)
    with pytest.raises(Conflict) as refused:
        bring(world, by=world.staff)
    assert refused.value.existing == first
    assert Draft.objects.count() == 1


def test_same_file_may_come_to_another_body_and_after_discarding(world: Personas) -> None:
    first = bring(world)
    bring(world, body=world.bodies["committee"], by=world.county)
    services.discard_draft(first, by=world.secretary)
    again = bring(world)
    with pytest.raises(Conflict):
        services.restore_draft(first, by=world.secretary)
    assert again.file_id == first.file_id


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "برگه"),
        (b"\x00\x01\x02\x03" * 40, "برگه"),
        (b"\xff\xfe\xfa\xfb\x81\x8d" * 40, "برگه"),
        (b"nothing of minutes here", "برگه"),
        (b"x" * (10 * 1024 * 1024 + 1), "برگه"),
    ],
)
def test_unreadable_paper_is_named_and_leaves_nothing(world: Personas, home: Path, data: bytes, word: str) -> None:
    events = Event.objects.count()
    with pytest.raises(Invalid, match=word) as refused:
        services.open_draft(data, name="برگه", body=world.bodies["hq"], by=world.secretary)
    assert refused.value.field == "file"
    assert (Draft.objects.count(), StoredFile.objects.count(), Event.objects.count()) == (0, 0, events)
    assert kept(home) == []


@pytest.mark.parametrize("cause", ["time", "memory", "answer", "crash"])
def test_reader_that_gives_up_leaves_nothing(
    world: Personas, home: Path, monkeypatch: pytest.MonkeyPatch, cause: str
) -> None:
    def give_up(*_args: object, **_kwargs: object) -> bytes:
        raise child.ChildFailed(cause)

    monkeypatch.setattr(child, "run", give_up)
    with pytest.raises(Invalid, match="برگه"):
        bring(world, name="برگه.txt")
    assert not Draft.objects.exists() and kept(home) == []


@pytest.mark.parametrize("persona", ["governor", "county", "officer", "head", "consultant", "auditor", "admin"])
def test_only_the_secretariat_of_a_body_brings_its_papers(world: Personas, persona: str) -> None:
    with pytest.raises(Refused):
        bring(world, by=getattr(world, persona))
    assert not Draft.objects.exists()


def test_stranger_learns_nothing(world: Personas) -> None:
    with pytest.raises(Missing):
        bring(world, by=world.stranger)


def test_staff_brings_no_classified_paper(world: Personas) -> None:
    with pytest.raises(Refused):
        bring(world, by=world.staff, secrecy=SecrecyClass.SECRET)
    draft = bring(world, secrecy=SecrecyClass.SECRET)
    assert not drafts_visible_to(world.staff).filter(pk=draft.pk).exists()


def test_correction_is_kept_with_its_version_and_the_directorys_name(world: Personas) -> None:
    draft = bring(world)
    party = world.parties["roads"]
    fix = {"op": "name_party", "id": "r2o1", "role": "lead", "party": party.pk, "organization": "نام ساختگی"}
    after = services.correct_draft(draft, fix, version=0, by=world.staff)
    lead = reviewing.corrected(after).resolutions[1].obligations[0].lead
    assert after.version == 1 and lead and (lead.organization, lead.known) == (party.name, party.pk)
    assert after.minutes == draft.minutes
    event = Event.objects.latest("number")
    assert event.verb == "meetings.correct_draft" and event.data["facts"]["correction"]["op"] == "name_party"


def test_findings_are_those_of_the_corrected_paper(world: Personas) -> None:
    draft = bring(world)
    friday = {"op": "set_due", "id": "r2o1", "kind": "date", "day": "1398/08/10"}
    before = {finding.message for finding in reviewing.corrected(draft).findings}
    after = services.correct_draft(draft, friday, version=0, by=world.secretary)
    assert {finding.message for finding in reviewing.corrected(after).findings} != before


@pytest.mark.parametrize(
    "correction",
    [
        {"op": "name_party", "id": "r2o1", "role": "lead", "party": 999_999},
        {"op": "name_party", "id": "r2o1", "role": "lead", "party": "1"},
        {"op": "set_bodies", "bodies": [{"party": 999_999, "number": 1}]},
        {"op": "set_bodies", "bodies": ["x"]},
        {"op": "nothing"},
    ],
)
def test_wrong_correction_changes_nothing(world: Personas, correction: dict[str, object]) -> None:
    draft = bring(world)
    with pytest.raises(Invalid):
        services.correct_draft(draft, correction, version=0, by=world.secretary)
    draft.refresh_from_db()
    assert (draft.version, draft.corrections) == (0, [])


def test_party_that_is_no_body_did_not_meet(world: Personas) -> None:
    draft = bring(world)
    with pytest.raises(Invalid):
        services.correct_draft(
            draft,
            {"op": "set_bodies", "bodies": [{"party": world.parties["roads"].pk, "number": 1}]},
            version=0,
            by=world.secretary,
        )


def test_stale_correction_shows_what_is_there_now(world: Personas) -> None:
    draft = bring(world)
    services.correct_draft(draft, {"op": "set_title", "title": "یک"}, version=0, by=world.secretary)
    verbs: list[Callable[[], object]] = [
        lambda: services.correct_draft(draft, {"op": "set_title", "title": "دو"}, version=0, by=world.staff),
        lambda: services.undo_correction(draft, version=0, by=world.staff),
    ]
    for verb in verbs:
        with pytest.raises(Conflict) as refused:
            verb()
        assert isinstance(refused.value.existing, Draft) and refused.value.existing.version == 1


def test_undo_drops_the_last_correction_and_counts_on(world: Personas) -> None:
    draft = bring(world)
    draft = services.correct_draft(draft, {"op": "set_title", "title": "یک"}, version=0, by=world.secretary)
    draft = services.undo_correction(draft, version=1, by=world.secretary)
    assert (draft.corrections, draft.version) == ([], 2)
    with pytest.raises(Invalid):
        services.undo_correction(draft, version=2, by=world.secretary)


def test_discarded_paper_is_not_corrected_but_restored(world: Personas) -> None:
    draft = services.discard_draft(bring(world), by=world.staff)
    with pytest.raises(Invalid):
        services.correct_draft(draft, {"op": "set_title", "title": "یک"}, version=0, by=world.secretary)
    with pytest.raises(Invalid):
        services.discard_draft(draft, by=world.secretary)
    draft = services.restore_draft(draft, by=world.secretary)
    assert draft.state == DraftState.OPEN
    with pytest.raises(Invalid):
        services.restore_draft(draft, by=world.secretary)


def test_accepted_paper_stays_as_it_is(world: Personas) -> None:
    builders.meeting(world)
    draft = Draft.objects.get()
    verbs: list[Callable[[], object]] = [
        lambda: services.correct_draft(draft, {"op": "set_title", "title": "یک"}, version=0, by=world.secretary),
        lambda: services.undo_correction(draft, version=0, by=world.secretary),
        lambda: services.discard_draft(draft, by=world.secretary),
        lambda: services.set_secrecy(draft, SecrecyClass.SECRET, by=world.secretary),
    ]
    for verb in verbs:
        with pytest.raises(Invalid):
            verb()


@pytest.mark.parametrize("persona", ["governor", "auditor", "county", "officer", "other_secretary", "admin"])
def test_others_change_no_paper(world: Personas, persona: str) -> None:
    draft, by = bring(world), getattr(world, persona)
    verbs: list[Callable[[], object]] = [
        lambda: services.correct_draft(draft, {"op": "set_title", "title": "یک"}, version=0, by=by),
        lambda: services.undo_correction(draft, version=0, by=by),
        lambda: services.discard_draft(draft, by=by),
        lambda: services.restore_draft(draft, by=by),
        lambda: services.set_secrecy(draft, SecrecyClass.SECRET, by=by),
    ]
    for verb in verbs:
        with pytest.raises(Refused):
            verb()


def test_class_is_said_by_the_secretary_and_shuts_the_staff_out(world: Personas) -> None:
    draft = bring(world)
    with pytest.raises(Refused):
        services.set_secrecy(draft, SecrecyClass.SECRET, by=world.staff)
    draft = services.set_secrecy(draft, SecrecyClass.SECRET, by=world.secretary)
    with pytest.raises(Refused):
        services.correct_draft(draft, {"op": "set_title", "title": "یک"}, version=0, by=world.staff)


def test_accepted_paper_goes_above_the_normal_class_with_its_meeting(world: Personas) -> None:
    meeting = builders.meeting(world)
    classify_meeting(meeting, SecrecyClass.CONFIDENTIAL, by=world.secretary)
    for by in (world.staff, world.auditor):
        assert not drafts_visible_to(by).exists()
    assert drafts_visible_to(world.secretary).get().meeting == meeting


def test_bench_costs_the_same_however_long_the_paper_is(world: Personas, django_assert_max_num_queries: object) -> None:
    draft = builders.draft(world)
    draft.corrections = [{"op": "set_title", "title": str(n)} for n in range(30)]
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert isinstance(reviewing.corrected(draft), Minutes)
