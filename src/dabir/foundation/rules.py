"""Who may look after the house itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.foundation.access import allow, predicate
from dabir.foundation.acting import Acting, Function


@predicate
def looks_after_the_house(by: Acting, _obj: object = None) -> bool:
    return by.function in (Function.AUDITOR, Function.ADMIN)


allow("foundation.audit", looks_after_the_house, _("Only the auditor and the administrator may audit the ledger."))


@predicate
def administers(by: Acting, _obj: object = None) -> bool:
    return by.function == Function.ADMIN


for _verb in ("foundation.back_up", "foundation.ask_for_backup", "foundation.look_at_backups"):
    allow(_verb, administers, _("Only the administrator sees to backups."))

for _verb in ("foundation.look_at_jobs", "foundation.retry_job", "foundation.cancel_job"):
    allow(_verb, administers, _("Only the administrator sees to what the system does by itself."))
