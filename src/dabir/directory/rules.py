"""Who may keep the directory: the administrator, and the host's operator."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.foundation.access import allow, predicate
from dabir.foundation.acting import Acting, Function

VERBS = (
    "create_party",
    "add_name",
    "rename_party",
    "create_group",
    "add_member",
    "end_membership",
    "create_body",
    "give_seat",
    "end_seat",
    "create_post",
    "create_person",
    "appoint",
    "end_tenure",
    "issue_link",
    "load_divisions",
)


@predicate
def is_administrator(by: Acting, _obj: object = None) -> bool:
    return by.function == Function.ADMIN


for verb in VERBS:
    allow(f"directory.{verb}", is_administrator, _("Only the administrator keeps the directory."))
