"""Who may look after the house itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.foundation.access import Guard, allow, predicate
from dabir.foundation.acting import Acting, Function
from dabir.foundation.models import User


@predicate
def looks_after_the_house(by: Acting, _obj: object = None) -> bool:
    return by.function in (Function.AUDITOR, Function.ADMIN)


allow("foundation.audit", looks_after_the_house, _("Only the auditor and the administrator may audit the ledger."))


@predicate
def administers(by: Acting, _obj: object = None) -> bool:
    return by.function == Function.ADMIN


_BACKUPS = _("Only the administrator sees to backups.")
_JOBS = _("Only the administrator sees to what the system does by itself.")
allow("foundation.look_at_backups", administers, _BACKUPS)
allow("foundation.look_at_jobs", administers, _JOBS)
for _verb in ("foundation.back_up", "foundation.ask_for_backup"):
    allow(_verb, administers, _BACKUPS, guarded=Guard.HOUSE)
for _verb in ("foundation.retry_job", "foundation.cancel_job"):
    allow(_verb, administers, _JOBS, guarded=Guard.HOUSE)


@predicate
def is_the_user(by: Acting, user: User) -> bool:
    return by.user_id is not None and by.user_id == user.pk


for _verb in ("foundation.set_digests", "foundation.send_test_message"):
    allow(_verb, is_the_user, _("Only the user may choose how messages reach them."))
