"""What is known of extensions: which there were, and who decides on the next one."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.prepared import fresh
from dabir.obligations.models import Extension, ExtensionState, Obligation
from dabir.obligations.queries import followed_by

REQUESTS = (
    "obligations.ask_extension",
    "obligations.withdraw_extension",
    "obligations.refuse_extension",
    "obligations.refuse",
)
FOR_FOLLOWERS = Q(verb__startswith="reporting.") | Q(verb__in=REQUESTS)
"""Events of a debt of which whoever only receives its result is told nothing: of reports, and of requests for more
time."""


def extensions_visible_to(by: Acting) -> QuerySet[Extension]:
    """Those of debts that the actor follows, owes, helps with or endorses; whoever only receives its result is told
    its deadlines, and not what was asked for and why."""
    return Extension.objects.filter(Exists(followed_by(by).filter(pk=OuterRef("obligation"))))


def secretary_decides(debt: Obligation) -> bool:
    """Whether the body has left the next extension of this debt to its secretary."""
    return debt.extensions < debt.body.extensions_by_secretary


def waiting_again(extension: Extension) -> Extension:
    """The request as it stands now, with its debt; `Invalid` where it waits no longer."""
    found = fresh(extension, "obligation__body")
    if found.state != ExtensionState.ASKED:
        raise Invalid(_("This request has been decided on already."))
    return found
