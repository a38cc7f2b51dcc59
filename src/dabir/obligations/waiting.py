"""Which debt cannot be met before which other one: the paper says it, or a secretary does."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh
from dabir.obligations.chains import would_wait_for_itself
from dabir.obligations.models import NOT_ENDED, Obligation, Wait


def add_wait(debt: Obligation, *, by: Acting, waits_for: Obligation) -> Wait:
    """Say that a running debt cannot be met before another running one; a circle is refused."""
    require(by, "obligations.add_wait", debt)
    with ledger.change("obligations.add_wait", by=by, on=debt, waits_for=waits_for.code) as change:
        debt = fresh(debt)
        if debt.state not in NOT_ENDED:
            raise Invalid(_("This debt is no longer running."))
        if fresh(waits_for).state not in NOT_ENDED:
            raise Invalid(_("%(code)s has ended: nothing waits for it.") % {"code": waits_for.code}, field="waits_for")
        if there := debt.waits_for.filter(waits_for=waits_for).first():
            raise Conflict(_("It waits for that debt already."), existing=there)
        if would_wait_for_itself(debt, waits_for):
            raise Invalid(
                _("%(code)s waits for this debt, near or far: they cannot wait for each other.")
                % {"code": waits_for.code},
                field="waits_for",
            )
        return change.create(Wait(obligation=debt, waits_for=waits_for))


def remove_wait(debt: Obligation, *, by: Acting, waits_for: Obligation) -> None:
    """Say that a debt can be met before that other one after all."""
    require(by, "obligations.remove_wait", debt)
    with ledger.change("obligations.remove_wait", by=by, on=debt, waits_for=waits_for.code) as change:
        wait = debt.waits_for.filter(waits_for=waits_for).first()
        if wait is None:
            raise Invalid(_("It does not wait for that debt."))
        change.delete(wait)
