"""Who may move two rooms at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.foundation.access import allow, predicate
from dabir.foundation.acting import Acting, Function
from dabir.meetings.models import Draft


@predicate
def secretary_of_draft(by: Acting, draft: Draft) -> bool:
    """The secretary of the body that keeps the paper; its staff prepares, but does not accept."""
    return draft.kept_by_id in by.secretariats and by.function in (Function.SECRETARY, Function.COUNTY)


allow(
    "cycle.accept_reading", secretary_of_draft, _("Only the secretary of the body that keeps this paper may accept it.")
)
