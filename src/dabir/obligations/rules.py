"""Who may do what to a debt: the secretariat of the body that follows it; the register itself is for everyone's eyes
by `queries.visible_to`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.foundation.access import allow, predicate
from dabir.foundation.acting import Acting, Function
from dabir.obligations.models import Obligation


@predicate
def of_secretariat(by: Acting, obligation: Obligation) -> bool:
    """The secretary, the staff or the county secretariat of the body that follows it."""
    return obligation.body_id in by.secretariats


@predicate
def decides(by: Acting, _obligation: object = None) -> bool:
    """The secretariat's staff prepares; what binds others is the secretary's."""
    return by.function in (Function.SECRETARY, Function.COUNTY)


_PREPARES = _("Only the secretariat of the body that follows this debt may do that.")
_DECIDES = _("Only the secretary of the body that follows this debt may do that.")

allow("obligations.settle", of_secretariat, _PREPARES)
allow("obligations.set_due", of_secretariat, _PREPARES)
allow("obligations.release", of_secretariat & decides, _DECIDES)
allow("obligations.withdraw", of_secretariat & decides, _DECIDES)
allow("obligations.cancel", of_secretariat & decides, _DECIDES)
allow("obligations.record_order", of_secretariat & decides, _("Only the secretary of the body may record an order."))
allow(
    "obligations.promote_point",
    of_secretariat & decides,
    _("Only the secretary of the body may make an obligation of what was said."),
)
