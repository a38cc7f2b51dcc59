"""Who may work on papers: the secretariat of the body that keeps them, its staff too; accepting is `cycle`'s."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.directory.models import Body
from dabir.foundation.access import Guard, allow, predicate
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.meetings.models import Draft, Meeting, MeetingState, Reading


@predicate
def in_secretariat(by: Acting, body: Body) -> bool:
    """The actor's post is in the secretariat of this body: as secretary, staff or county."""
    return body.pk in by.secretariats


@predicate
def secretary_of(by: Acting, body: Body) -> bool:
    return body.pk in by.secretariats and by.function in KEEPERS


@predicate
def works_on(by: Acting, paper: Draft | Reading) -> bool:
    """The secretariat that keeps the paper; above the normal class without its staff."""
    keeps = paper.kept_by_id in by.secretariats
    return keeps and (paper.secrecy == SecrecyClass.NORMAL or by.function in KEEPERS)


@predicate
def secretary_of_record(by: Acting, record: Draft | Meeting) -> bool:
    """The secretary of the body that keeps this paper or meeting, not the staff."""
    return record.kept_by_id in by.secretariats and by.function in KEEPERS


@predicate
def works_on_meeting(by: Acting, meeting: Meeting) -> bool:
    """The secretariat that keeps the meeting's papers; above the normal class without its staff."""
    open_to_staff: bool = meeting.secrecy == SecrecyClass.NORMAL
    return meeting.kept_by_id in by.secretariats and (open_to_staff or by.function in KEEPERS)


@predicate
def is_only_planned(_by: Acting, meeting: Meeting) -> bool:
    """Nobody has been called to it yet."""
    return bool(meeting.state == MeetingState.PLANNED)


_SECRETARIAT = _("Only the secretariat of the body that keeps this paper may do this.")
_SECRETARY = _("Only the secretary of the body that keeps this paper may say its class.")

allow("meetings.bring_paper", in_secretariat, _("Only the secretariat of a body may bring its papers."))
allow("meetings.cancel_reading", works_on, _SECRETARIAT)
allow("meetings.forget_reading", works_on, _SECRETARIAT)
allow("meetings.open_draft", in_secretariat, _("Only the secretariat of a body may bring its papers."))
allow("meetings.open_classified_draft", secretary_of, _SECRETARY)
allow("meetings.correct_draft", works_on, _SECRETARIAT)
allow("meetings.undo_correction", works_on, _SECRETARIAT)
allow("meetings.discard_draft", works_on, _SECRETARIAT)
allow("meetings.restore_draft", works_on, _SECRETARIAT)
allow("meetings.set_secrecy", secretary_of_record, _SECRETARY, guarded=Guard.OPENS)
allow(
    "meetings.classify_statement",
    secretary_of_record,
    _("Only the secretary of the meeting may say the class of a statement."),
    guarded=Guard.OPENS,
)
allow(
    "meetings.classify_dissent",
    secretary_of_record,
    _("Only the secretary of the meeting may say the class of a dissent."),
    guarded=Guard.OPENS,
)
_READERS = _("Only the secretary of the meeting may name its readers.")
allow("meetings.name_reader", secretary_of_record, _READERS, guarded=Guard.OPENS)
allow("meetings.remove_reader", secretary_of_record, _READERS)

_MEETING = _("Only the secretariat that keeps the papers of this meeting may do this.")
for verb in ("plan_meeting", "invite_party", "uninvite_party"):
    allow(f"meetings.{verb}", works_on_meeting, _MEETING)
for verb in ("hold_meeting", "take_holding_back", "set_hours", "mark_attendance", "add_attendee", "drop_attendee"):
    allow(f"meetings.{verb}", works_on_meeting, _MEETING)
for verb in ("add_item", "edit_item", "move_item", "remove_item", "attach_file", "detach_file"):
    allow(f"meetings.{verb}", works_on_meeting, _MEETING)
allow(
    "meetings.change_meeting",
    secretary_of_record | works_on_meeting & is_only_planned,
    _("Only the secretary of the meeting may change what people were called to."),
)
for verb in ("cancel_meeting", "revive_meeting"):
    allow(f"meetings.{verb}", secretary_of_record, _("Only the secretary of the meeting may cancel or revive it."))
