"""Classes of papers and letters, and who counts as the secretary above the normal one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.foundation.acting import Function

KEEPERS = (Function.SECRETARY, Function.COUNTY)
"""Who counts as the secretary, also of what is above the normal class; the secretariat's staff does not."""


class SecrecyClass(models.TextChoices):
    """Above `NORMAL` only the secretary, the body's chair and those named see it."""

    NORMAL = "normal", _("normal")
    CONFIDENTIAL = "confidential", _("confidential")
    SECRET = "secret", _("highly confidential")

    def is_above(self, other: str) -> bool:
        return SecrecyClass.values.index(self) > SecrecyClass.values.index(other)
