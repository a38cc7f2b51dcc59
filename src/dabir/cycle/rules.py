"""Who may move two rooms at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.directory.models import Body, Invitation, Post
from dabir.directory.rules import is_administrator
from dabir.foundation.access import Guard, allow, is_operator, predicate
from dabir.foundation.acting import Acting, Function
from dabir.foundation.secrecy import KEEPERS
from dabir.letters.rules import secretary_of, sends
from dabir.meetings.manuscripts.rules import writes_minutes_of
from dabir.meetings.rules import secretary_of_record
from dabir.obligations.models import Sheet
from dabir.obligations.rules import decides, is_of_the_secretariat, prepares
from dabir.obligations.sheets.rules import prepares_sheet


@predicate
def decides_on_sheet(by: Acting, sheet: Sheet) -> bool:
    """The secretary of the body whose register it is: what binds others is theirs."""
    return sheet.body_id in by.secretariats and by.function in KEEPERS


@predicate
def invited_for(by: Acting, invitation: Invitation) -> bool:
    """The secretary of the body in whose name it was issued."""
    return invitation.body_id in by.secretariats and by.function in KEEPERS


@predicate
def keeps_minutes(by: Acting, _obj: object = None) -> bool:
    """Whoever is in the secretariat of some body; what they may do to a letter is asked of each."""
    return bool(by.secretariats)


@predicate
def reads_agenda(by: Acting, body: Body) -> bool:
    """The body's secretariat and chair, and whoever reads all that is of the normal class."""
    chairs = body.pk in by.chaired and by.function != Function.ADMIN
    return by.sees_all or chairs or body.pk in by.secretariats


@predicate
def reminds(by: Acting, body: Body | None = None) -> bool:
    """Whoever is in the secretariat of the body, or of some; a letter above the normal class is its secretary's."""
    return bool(by.secretariats) if body is None else body.pk in by.secretariats


@predicate
def sees_post_handed_over(by: Acting, post: Post) -> bool:
    """Its holder and whoever acts for the same organization; the secretariats, and who reads all. What is on the sheet
    is what they may see."""
    return (by.party_id == post.party.parent_id and not by.sees_nothing) or bool(by.secretariats) or by.sees_all


_INVITE = _("Only the secretary of the body and the administrator may invite agencies.")

allow(
    "cycle.accept_reading",
    secretary_of_record,
    _("Only the secretary of the body that keeps this paper may accept it."),
    guarded=Guard.RECORD,
)
allow("cycle.preview_sealing", writes_minutes_of, _("Only the secretariat that keeps this meeting may do this."))
allow(
    "cycle.seal_minutes",
    secretary_of_record,
    _("Only the secretary of the meeting may seal its minutes."),
    guarded=Guard.RECORD,
)
allow(
    "cycle.issue_erratum",
    secretary_of_record,
    _("Only the secretary of the meeting may issue an erratum."),
    guarded=Guard.RECORD,
)
allow("cycle.invite", secretary_of | is_administrator, _INVITE, guarded=Guard.RIGHTS)
allow("cycle.reissue_invitations", invited_for | is_administrator, _INVITE, guarded=Guard.RIGHTS)
allow("cycle.revoke_invitation", invited_for | is_administrator, _INVITE)
allow("cycle.print_letters", invited_for | is_administrator, _INVITE)

# Rights follow from a party's seats and posts: whoever merges two gives those of the one to the people of the other.
_MERGES = _("Only the administrator may say that two parties are one.")
allow("cycle.merge_parties", is_administrator, _MERGES, guarded=Guard.RIGHTS)
allow("cycle.preview_merge", is_administrator, _MERGES)
allow("cycle.unmerge_party", is_administrator, _MERGES, guarded=Guard.RIGHTS)
allow(
    "cycle.record_resolution",
    secretary_of_record,
    _("Only the secretary of the body that keeps this meeting may record its resolutions."),
    guarded=Guard.RECORD,
)
allow(
    "cycle.promote_point",
    secretary_of_record,
    _("Only the secretary of the body may make an obligation of what was said."),
)
allow("cycle.settle", prepares, _("Only the secretariat of the body that follows this debt may do that."))
allow(
    "cycle.add_to_next_minutes",
    prepares,
    _("Only the secretariat of the body that follows this debt may put it into the minutes."),
)
allow(
    "cycle.close_all_proposed",
    is_of_the_secretariat,
    _("Only the secretariat of the body puts into its minutes what waits for closing."),
)
allow("cycle.agenda_of", reads_agenda, _("Only the secretariat, the chair and the governor read a body's next agenda."))
allow("cycle.evaluation_of", reads_agenda, _("Only the secretariat, the chair and the governor read this report."))
allow(
    "cycle.put_on_agenda",
    is_of_the_secretariat,
    _("Only the secretariat of the body writes the agenda of its meetings."),
)
allow(
    "cycle.decide_by_resolution",
    decides,
    _("Only the secretary of the body that follows this debt may record what was decided on it."),
    guarded=Guard.ENDS,
)
allow(
    "cycle.communicate",
    secretary_of_record,
    _("Only the secretary of the body that keeps this meeting may communicate its resolutions."),
)
allow("cycle.communicate_order", decides, _("Only the secretary of the body may communicate its orders."))
_FINISHES = _("Only the secretary of the body that keeps this meeting may finish it or open it again.")
allow("cycle.finish_meeting", secretary_of_record, _FINISHES)
allow("cycle.reopen_meeting", secretary_of_record, _FINISHES)
allow("cycle.preview", prepares_sheet, _("Only the secretariat of the body may see its old register."))
_BRINGS = _("Only the secretary of the body may bring its old register in.")
allow("cycle.apply_sheet", decides_on_sheet, _BRINGS, guarded=Guard.RECORD)
allow("cycle.import_register", secretary_of, _BRINGS, guarded=Guard.RECORD)

allow("cycle.number_letters", sends, _("Only the secretariat that sends this letter may give it its number."))
allow("cycle.take_numbers_back", sends, _("Only the secretariat that sends this letter may take its number back."))
allow("cycle.record_receipts", sends, _("Only the secretariat that sends this letter may record its receipt."))
allow("cycle.take_receipt_back", sends, _("Only the secretariat that sends this letter may record its receipt."))
allow("cycle.withdraw_letters", sends, _("Only the secretariat that sends this letter may withdraw it."))

allow(
    "cycle.classify_meeting",
    secretary_of_record,
    _("Only the secretary of the body that keeps this meeting may say its class."),
    guarded=Guard.OPENS,
)
_CALLS = _("Only the secretary of the meeting may call to it, move it or call it off.")
for verb in ("call_meeting", "move_meeting", "call_off"):
    allow(f"cycle.{verb}", secretary_of_record, _CALLS)
_FORMS = _("Only the secretariat of a body may record what came back on courier forms.")
allow("cycle.preview_forms", keeps_minutes, _FORMS)
allow("cycle.record_forms", keeps_minutes, _FORMS)

for verb in ("set_ladder", "restore_ladder"):
    allow(f"cycle.{verb}", secretary_of, _("Only the secretary of the body may set how it reminds."))
allow("cycle.write_reminders", reminds, _("Only the secretariat of a body may write its reminders."))
_ITSELF = _("Only the installation itself looks at deadlines and tells of them.")
for verb in ("look", "tell_news"):
    allow(f"cycle.{verb}", predicate(is_operator), _ITSELF)


@predicate
def has_a_post(by: Acting, _obj: object = None) -> bool:
    return by.post_id is not None


for verb in ("mark_read", "mark_all_read"):
    allow(f"cycle.{verb}", has_a_post, _("Only somebody who holds a post has notices."))
for verb in ("preview_exchange", "record_exchange"):  # what a row may change is asked of its debt
    allow(f"cycle.{verb}", has_a_post, _("Only somebody who holds a post may bring such a table."))
allow("cycle.report_forms", keeps_minutes, _FORMS)
allow("cycle.preview_report_forms", keeps_minutes, _FORMS)
allow("cycle.record_report_forms", keeps_minutes, _FORMS)
allow(
    "cycle.handover_of",
    sees_post_handed_over,
    _("Only the organization of this post and the secretariats see its hand-over sheet."),
)
