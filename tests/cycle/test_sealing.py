"""Minutes that were written here are sealed: all of the record and its debts at once, or nothing."""

from __future__ import annotations

import hashlib

import pytest

from dabir.cycle.sealing import preview_sealing, seal_minutes
from dabir.foundation import files, ledger
from dabir.foundation.errors import Conflict, Invalid, Refused
from dabir.foundation.models import Event
from dabir.meetings import services
from dabir.meetings.manuscripts.services import save_text
from dabir.meetings.models import Attachment, Manuscript, Meeting, MinutesVersion
from dabir.obligations.models import Obligation
from dabir.reading.minutes import Minutes, source_of
from tests import drafts
from tests.drafts import TEXT
from tests.personas import Personas

pytestmark = pytest.mark.django_db
TWO_LEADS = TEXT.replace(
    "۳- بنیاد مسکن انقلاب اسلامی استان زنجان موظف است",
    "۳- بنیاد مسکن انقلاب اسلامی استان زنجان و اداره کل راه و شهرسازی استان زنجان موظفند",
)


def seal(world: Personas, draft: Manuscript) -> MinutesVersion:
    return seal_minutes(draft, revision=drafts.newest(draft), by=world.secretary)


def test_sealing_fixes_text_structure_hash_and_head_and_makes_the_debts(world: Personas) -> None:
    draft = drafts.manuscript(world)
    head = ledger.head()
    version = seal(world, draft)
    meeting = Meeting.objects.get(pk=draft.meeting.pk)
    assert (meeting.state, Manuscript.objects.get(pk=draft.pk).state) == ("sealed", "sealed")
    assert (version.number, version.state, version.by) == (1, "sealed", world.secretary.name)
    assert version.sha256 == hashlib.sha256(source_of(version.document)).hexdigest()
    assert (version.head_number, version.head_hash) == (head.number, head.hash)
    assert files.get(version.file).decode() == TEXT
    assert [one.code for one in meeting.resolutions.all()] == [f"hq-1398-11/{n}" for n in (1, 2, 3)]
    assert set(Obligation.objects.values_list("code", "lead__code")) == {
        ("hq-1398-11/2.1", "agriculture"),
        ("hq-1398-11/3.1", "housing"),
    }
    assert (meeting.venue, meeting.chair) == ("فرمانداری", "دکتر نمونه")
    assert Minutes.from_json(version.document).as_json() == version.document
    assert list(ledger.audit()) == []


def test_parties_known_from_the_attendance_stay(world: Personas) -> None:
    draft = drafts.manuscript(world, TEXT.replace("- بنیاد مسکن انقلاب اسلامی استان زنجان\n", "- بنیاد مسکن\n"))
    seal(world, draft)
    entries = draft.meeting.attendance.all()
    assert [(entry.party and entry.party.code, entry.present) for entry in entries] == [
        ("agriculture", True),
        ("housing", True),
        (None, False),
    ]


def test_what_was_attached_is_fixed_with_the_version(world: Personas) -> None:
    draft = drafts.manuscript(world)
    files.put(b"map")
    with ledger.change("tests.attach", by=world.operator) as change:
        change.create(Attachment(meeting=draft.meeting, file=files.register(change, b"map"), name="نقشه.pdf"))
    attached = seal(world, draft).attachments
    assert attached == [{"name": "نقشه.pdf", "sha256": files.sha256(b"map"), "secrecy": "normal"}]


def test_a_newer_revision_is_not_sealed_unseen(world: Personas) -> None:
    draft = drafts.manuscript(world)
    seen = drafts.newest(draft)
    drafts.write(world, draft, TEXT + "\n")
    with pytest.raises(Conflict):
        seal_minutes(draft, revision=seen, by=world.secretary)
    assert not MinutesVersion.objects.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("شماره جلسه: ۱۱", "شماره جلسه: ۱۲"),
        ("\tشماره جلسه: ۱۱", ""),
        ("تاریخ جلسه: ۱۳۹۸/۰۷/۱۷", "تاریخ جلسه: ۱۳۹۸/۰۷/۱۸"),
        ("تاریخ جلسه: ۱۳۹۸/۰۷/۱۷\t", ""),
        ("صورتجلسه ستاد فرماندهی اقتصاد مقاومتی استان زنجان", "صورتجلسه شورای نمونه"),
    ],
)
def test_a_text_of_another_meeting_is_refused_and_nothing_is_stored(world: Personas, old: str, new: str) -> None:
    assert old in TEXT
    draft = drafts.manuscript(world, TEXT.replace(old, new))
    events = ledger.head()
    with pytest.raises(Invalid):
        seal(world, draft)
    assert (ledger.head(), Obligation.objects.count()) == (events, 0)


@pytest.mark.parametrize("state", ["planned", "called", "recorded", "cancelled"])
def test_only_minutes_of_a_meeting_that_was_held_are_sealed(world: Personas, state: str) -> None:
    draft = drafts.manuscript(world)
    Meeting.objects.filter(pk=draft.meeting.pk).update(state=state)
    with pytest.raises(Invalid):
        seal(world, draft)


def test_what_is_sealed_is_not_sealed_again(world: Personas) -> None:
    draft = drafts.manuscript(world)
    seal(world, draft)
    with pytest.raises(Invalid):
        seal(world, draft)
    assert Obligation.objects.count() == 2


def test_open_corrections_stand_in_the_way(world: Personas) -> None:
    draft = drafts.manuscript(world)
    said = services.suggest(
        draft, by=world.secretary, revision=2, party=world.parties["housing"], reason="تاریخ را بررسی کنید"
    )
    with pytest.raises(Invalid):
        seal(world, draft)
    services.refuse_suggestion(said, answer="درست است", by=world.secretary)
    seal(world, draft)


def test_an_error_blocks_until_the_secretary_says_why_it_may_stand(world: Personas) -> None:
    draft = drafts.manuscript(world, TEXT.replace("اتاق تعاون", "بنیاد مسکن انقلاب اسلامی استان زنجان"))
    ready = preview_sealing(draft, by=world.secretary).ready
    (obstacle,) = ready.blocking
    assert obstacle.finding.rule == "attendance.both" and not obstacle.never
    with pytest.raises(Invalid):
        seal(world, draft)
    services.override_finding(
        draft, by=world.secretary, rule=obstacle.finding.rule, words=obstacle.words, reason="دو نماینده داشت"
    )
    version = seal(world, draft)
    (kept,) = [one for one in version.document["findings"] if one["rule"] == "attendance.both"]
    assert kept["waived"] == "دو نماینده داشت"


def test_what_would_make_the_record_false_is_never_let_pass(world: Personas) -> None:
    draft = drafts.manuscript(world, TWO_LEADS)
    (obstacle,) = preview_sealing(draft, by=world.secretary).ready.blocking
    assert obstacle.finding.rule == "obligation.two-leads" and obstacle.never
    with pytest.raises(Invalid):
        services.override_finding(
            draft, by=world.secretary, rule=obstacle.finding.rule, words=obstacle.words, reason="هر دو"
        )
    Manuscript.objects.filter(pk=draft.pk).update(
        overrides=[{"rule": obstacle.finding.rule, "words": obstacle.words, "reason": "هر دو"}]
    )
    with pytest.raises(Invalid):
        seal(world, draft)


def test_staff_prepares_but_does_not_seal(world: Personas) -> None:
    draft = drafts.manuscript(world)
    assert preview_sealing(draft, by=world.staff).ready.can_be_sealed
    with pytest.raises(Refused):
        seal_minutes(draft, revision=2, by=world.staff)


def test_one_event_of_the_cycle_tells_hash_and_debts(world: Personas) -> None:
    version = seal(world, drafts.manuscript(world))
    facts = Event.objects.get(verb="cycle.seal_minutes").data["facts"]
    assert facts == {"meeting": "hq-1398-11", "sha256": version.sha256, "resolutions": 3, "debts": 2}


def test_lines_that_two_have_written_stand_in_the_way_once(world: Personas) -> None:
    draft = drafts.manuscript(world)
    for who, words in ((world.secretary, "نوشته نخست"), (world.staff, "نوشته دیگر")):
        save_text(draft, TEXT.replace("متن گزارش", words), base=2, by=who)
    assert len(preview_sealing(draft, by=world.secretary).ready.faults) == 1
    with pytest.raises(Invalid):
        seal(world, draft)
