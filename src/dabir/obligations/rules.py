"""Who may do what to a debt: the secretariat of the body that follows it; the register itself is for everyone's eyes
by `queries.visible_to`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.directory.models import Body
from dabir.foundation.access import Guard, allow, is_operator, predicate
from dabir.foundation.acting import Acting, Function
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.obligations.models import Obligation, SavedView


@predicate
def decides(by: Acting, obligation: Obligation) -> bool:
    """The secretary, or the county secretariat, of the body that follows it: what binds others is theirs."""
    return obligation.body_id in by.secretariats and by.function in KEEPERS


@predicate
def prepares(by: Acting, obligation: Obligation) -> bool:
    """The staff of that secretariat too, unless the meeting is above the normal class."""
    if obligation.body_id not in by.secretariats:
        return False
    meeting = None if by.function in KEEPERS else obligation.meeting
    return meeting is None or meeting.secrecy == SecrecyClass.NORMAL


@predicate
def owes(by: Acting, obligation: Obligation) -> bool:
    """Whoever acts for its lead; of a meeting above the normal class the head alone."""
    if not by.speaks_for(obligation.lead_id) or obligation.released_at is None:
        return False
    meeting = obligation.meeting
    return meeting is None or meeting.secrecy == SecrecyClass.NORMAL or by.function == Function.HEAD


@predicate
def has_a_post(by: Acting, _obj: object = None) -> bool:
    """Whoever acts in a post has a register, and may look at it in their own way."""
    return not by.is_stranger


@predicate
def owns(by: Acting, view: SavedView) -> bool:
    return by.user_id is not None and view.user_id == by.user_id


@predicate
def is_of_the_secretariat(by: Acting, body: Body) -> bool:
    return body.pk in by.secretariats


_OWNS = _("This view is somebody else's.")
_PREPARES = _("Only the secretariat of the body that follows this debt may do that.")
_ASKS = _("Only the agency that owes this debt and the secretariat may ask for more time.")
_DECIDES = _("Only the secretary of the body that follows this debt may do that.")

allow("obligations.settle", prepares, _PREPARES)
allow("obligations.set_due", prepares, _PREPARES)
allow("obligations.set_gap_reason", prepares, _PREPARES)
for verb in ("acknowledge", "acknowledge_all"):
    allow(f"obligations.{verb}", owes, _("Only the agency that owes this debt may answer to its communication."))
allow("obligations.release", decides, _DECIDES)
allow("obligations.withdraw", decides, _DECIDES)
allow("obligations.wake", decides, _DECIDES)
allow("obligations.let_sleep", decides, _DECIDES)
allow("obligations.cancel", decides, _DECIDES, guarded=Guard.ENDS)
allow("obligations.ask_extension", owes | prepares, _ASKS)
allow("obligations.withdraw_extension", owes | prepares, _ASKS)
allow("obligations.grant_extension", decides, _DECIDES)
allow("obligations.refuse_extension", decides, _DECIDES)
allow("obligations.record_event", prepares, _PREPARES)
allow("obligations.take_event_back", decides, _DECIDES)
allow("obligations.set_rhythm", decides, _DECIDES)
allow("obligations.make_due_instances", predicate(is_operator), _("Only the installation itself makes what recurs."))
allow("obligations.add_wait", decides, _DECIDES)
allow("obligations.remove_wait", decides, _DECIDES)
allow("obligations.record_order", decides, _("Only the secretary of the body may record an order."))
allow("obligations.set_order_number", decides, _("Only the secretary of the body may give an order its number."))
allow("obligations.save_view", has_a_post, _("Only somebody who holds a post has views."))
allow(
    "obligations.share_view", is_of_the_secretariat, _("Only the secretariat of the body may share a view within it.")
)
allow("obligations.rename_view", owns, _OWNS)
allow("obligations.delete_view", owns, _OWNS)
allow("obligations.open_with_view", owns, _OWNS)
