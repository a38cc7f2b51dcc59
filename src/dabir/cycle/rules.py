"""Who may move two rooms at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.directory.rules import is_administrator
from dabir.foundation.access import allow
from dabir.meetings.rules import secretary_of_record

allow(
    "cycle.accept_reading",
    secretary_of_record,
    _("Only the secretary of the body that keeps this paper may accept it."),
)

# Rights follow from a party's seats and posts: whoever merges two gives those of the one to the people of the other.
_MERGES = _("Only the administrator may say that two parties are one.")
allow("cycle.merge_parties", is_administrator, _MERGES)
allow("cycle.preview_merge", is_administrator, _MERGES)
allow("cycle.unmerge_party", is_administrator, _MERGES)
allow(
    "cycle.record_resolution",
    secretary_of_record,
    _("Only the secretary of the body that keeps this meeting may record its resolutions."),
)
