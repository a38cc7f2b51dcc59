"""Who may move two rooms at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.foundation.access import allow
from dabir.meetings.rules import secretary_of_record

allow(
    "cycle.accept_reading",
    secretary_of_record,
    _("Only the secretary of the body that keeps this paper may accept it."),
)
