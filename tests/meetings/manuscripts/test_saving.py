"""Minutes are saved by revisions: two people in them lose nothing, and what was sent twice is there once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid, Missing, Refused
from dabir.foundation.models import Event
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.compiling import compiled, text_of
from dabir.meetings.manuscripts import revisions
from dabir.meetings.manuscripts.services import open_manuscript, restore_revision, save_text, settle_clash
from dabir.meetings.models import Manuscript, MeetingState, Revision
from dabir.meetings.typed import LONGEST_TEXT
from dabir.persian import clock
from tests.meetings.manuscripts.conftest import Held
from tests.personas import Personas


@pytest.fixture
def manuscript(held: Held, world: Personas) -> Manuscript:
    return open_manuscript(held(), by=world.secretary)


def numbers(manuscript: Manuscript) -> list[int]:
    return list(manuscript.revisions.order_by("number").values_list("number", flat=True))


def test_opening_is_on_record_and_saving_is_not(manuscript: Manuscript, world: Personas) -> None:
    assert Event.objects.latest("number").verb == "manuscripts.open_manuscript"
    save_text(manuscript, "متن", base=1, by=world.staff)
    assert Event.objects.latest("number").verb == "manuscripts.open_manuscript"
    assert text_of(manuscript) == "متن"
    assert Revision.objects.latest("number").saved_by == world.staff.name


def test_a_called_meeting_can_be_prepared_and_a_recorded_one_not(held: Held, world: Personas) -> None:
    open_manuscript(held(state=MeetingState.CALLED), by=world.secretary)
    for number, state in enumerate((MeetingState.RECORDED, MeetingState.CANCELLED, MeetingState.SEALED), 50):
        with pytest.raises(Invalid):
            meeting = held(code=f"hq-{number}", state=state, bodies=(("hq", number),))
            open_manuscript(meeting, by=world.secretary)


def test_a_second_opening_is_told_of_the_first(manuscript: Manuscript, world: Personas) -> None:
    with pytest.raises(Conflict) as refused:
        open_manuscript(manuscript.meeting, by=world.staff)
    assert refused.value.existing == manuscript


def test_the_secretariat_alone_writes_and_above_the_normal_class_without_its_staff(held: Held, world: Personas) -> None:
    secret = held(secrecy=SecrecyClass.CONFIDENTIAL)
    with pytest.raises(Refused):
        open_manuscript(secret, by=world.staff)
    manuscript = open_manuscript(secret, by=world.secretary)
    refused = (world.staff, world.governor, world.officer, world.other_secretary, world.auditor, world.county)
    for by in refused:
        with pytest.raises(Refused):
            save_text(manuscript, "متن", base=1, by=by)
    with pytest.raises(Missing):
        save_text(manuscript, "متن", base=1, by=Acting.stranger())


def test_the_same_again_is_saved_once(manuscript: Manuscript, world: Personas) -> None:
    first = save_text(manuscript, "متن", base=1, by=world.secretary)
    again = save_text(manuscript, "متن", base=1, by=world.secretary)
    assert first.now.number == again.now.number == 2 and numbers(manuscript) == [1, 2]


def test_changes_in_different_places_are_both_kept(manuscript: Manuscript, world: Personas) -> None:
    begun = text_of(manuscript)
    one = begun.replace("ب - مذاکرات جلسه:", "ب - مذاکرات جلسه:\n\nسخن نخست")
    other = begun.replace("ج - مصوبات جلسه:", "ج - مصوبات جلسه:\n\n۱- تصمیم")
    save_text(manuscript, one, base=1, by=world.secretary)
    saved = save_text(manuscript, other, base=1, by=world.staff)
    assert saved.sent.text == other and not saved.sent.clashes
    assert "سخن نخست" in saved.now.text and "۱- تصمیم" in saved.now.text
    assert text_of(manuscript) == saved.now.text
    assert save_text(manuscript, other, base=1, by=world.staff) == saved  # its answer was lost
    assert numbers(manuscript) == [1, 2, 3, 4]


def test_writing_goes_on_from_what_was_sent(manuscript: Manuscript, world: Personas) -> None:
    save_text(manuscript, "الف\n\nب\n\nج", base=1, by=world.secretary)
    save_text(manuscript, "الف۱\n\nب\n\nج", base=2, by=world.secretary)
    sent = save_text(manuscript, "الف\n\nب\n\nج۱", base=2, by=world.staff).sent
    now = save_text(manuscript, "الف\n\nب\n\nج۱۲", base=sent.number, by=world.staff).now
    assert now.text == "الف۱\n\nب\n\nج۱۲"


def test_the_same_line_changed_by_two_is_kept_beside_until_its_author_chooses(
    manuscript: Manuscript, world: Personas
) -> None:
    save_text(manuscript, "الف\nب\nج", base=1, by=world.secretary)
    save_text(manuscript, "الف\nب او\nج", base=2, by=world.secretary)
    clashing = save_text(manuscript, "الف\nب من\nج", base=2, by=world.staff)
    assert clashing.sent.clashes and clashing.now.text == text_of(manuscript) == "الف\nب او\nج"
    assert save_text(manuscript, "الف\nب من\nج", base=2, by=world.staff) == clashing
    later = save_text(manuscript, "الف\nب من است\nج", base=2, by=world.staff)
    assert list(manuscript.revisions.filter(clashes=True)) == [later.sent]
    with pytest.raises(Invalid):
        settle_clash(manuscript, later.sent.number, against=later.now.number, chosen=[], by=world.staff)
    choice = ["ب او و من"]
    saved = settle_clash(manuscript, later.sent.number, against=later.now.number, chosen=choice, by=world.staff)
    assert text_of(manuscript) == saved.now.text == "الف\nب او و من\nج"
    assert not manuscript.revisions.filter(clashes=True).exists()
    assert {"الف\nب من\nج", "الف\nب من است\nج", "الف\nب او\nج"} <= set(
        manuscript.revisions.values_list("text", flat=True)
    )


def test_restoring_is_a_new_revision(manuscript: Manuscript, world: Personas) -> None:
    begun = text_of(manuscript)
    save_text(manuscript, "پاک شد", base=1, by=world.staff)
    assert restore_revision(manuscript, 1, by=world.secretary).number == 3
    assert text_of(manuscript) == begun
    with pytest.raises(Missing):
        restore_revision(manuscript, 99, by=world.secretary)


def test_sealed_minutes_and_those_of_a_meeting_with_a_paper_are_written_no_more(
    manuscript: Manuscript, world: Personas
) -> None:
    meeting = manuscript.meeting
    type(meeting).objects.filter(pk=meeting.pk).update(state=MeetingState.RECORDED)
    with pytest.raises(Invalid):
        save_text(manuscript, "متن", base=1, by=world.secretary)
    type(meeting).objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
    Manuscript.objects.filter(pk=manuscript.pk).update(state="sealed")
    for act in (
        lambda: save_text(manuscript, "متن", base=1, by=world.secretary),
        lambda: restore_revision(manuscript, 1, by=world.secretary),
    ):
        with pytest.raises(Invalid):
            act()


def test_what_nobody_sees_is_left_out_and_too_much_is_refused(manuscript: Manuscript, world: Personas) -> None:
    save_text(manuscript, "الف\r\nب\u202e\0\ud800\tمی‌شود", base=1, by=world.secretary)
    assert text_of(manuscript) == "الف\nب\tمی‌شود"
    with pytest.raises(Invalid):
        save_text(manuscript, "ا" * (LONGEST_TEXT + 1), base=2, by=world.secretary)
    with pytest.raises(Invalid):
        compiled(manuscript.meeting, "ا" * (LONGEST_TEXT + 1))


def test_old_revisions_thin_out_and_nobody_loses_what_they_write_on_from(
    manuscript: Manuscript, world: Personas
) -> None:
    for number in range(1, 8):
        save_text(manuscript, f"متن {number}\n\nپایان", base=number, by=world.secretary)
    save_text(manuscript, "متن من\n\nپایان", base=3, by=world.staff)  # clashes: waits, with what it was made from
    long_ago = clock.now().replace(minute=2, second=0) - timedelta(hours=3)
    for row in manuscript.revisions.all():
        Revision.objects.filter(pk=row.pk).update(saved_at=long_ago + timedelta(seconds=row.number))
    save_text(manuscript, "متن تازه\n\nپایان", base=8, by=world.secretary)
    assert numbers(manuscript) == [1, 3, 8, 9, 10]
    late = save_text(manuscript, "متن 5\n\nپایان و بس", base=6, by=world.staff)  # 6 has gone
    assert revisions.newest(manuscript) == late.now and late.sent.text == "متن 5\n\nپایان و بس"


def test_somebody_else_chooses_where_the_author_does_not(manuscript: Manuscript, world: Personas) -> None:
    save_text(manuscript, "الف\nب او\nج", base=1, by=world.secretary)
    left = save_text(manuscript, "الف\nب من\nج", base=1, by=world.staff)
    assert left.sent.clashes
    settle_clash(manuscript, left.sent.number, against=left.now.number, chosen=["ب ما"], by=world.secretary)
    assert text_of(manuscript) == "الف\nب ما\nج"
    assert not manuscript.revisions.filter(clashes=True).exists()
