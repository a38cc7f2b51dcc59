"""How the register is looked at: views that were kept, and the text that debts are found by."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from dabir.directory.models import Body
from dabir.foundation.fields import NameField, canonical_check
from dabir.foundation.models import Ledgered, User
from dabir.foundation.search import SquashField


class SavedView(Ledgered):
    """A list of debts that somebody put together and named. `query` holds filters, order and columns as the register's
    address does; `shared_with` is the body whose whole secretariat has it too."""

    user = models.ForeignKey(User, models.PROTECT, related_name="views")
    name = NameField(max_length=60)
    query = models.CharField(max_length=2_000, blank=True)
    is_default = models.BooleanField(default=False)
    """The register opens with it for its owner."""
    shared_with = models.ForeignKey(Body, models.PROTECT, null=True, related_name="shared_views")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            UniqueConstraint(fields=["user", "name"], name="savedview_once"),
            UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="savedview_one_default"),
            CheckConstraint(condition=~Q(name=""), name="savedview_has_a_name"),
            canonical_check("savedview", "name"),
        ]

    def __str__(self) -> str:
        return self.name


class SearchText(models.Model):
    """The squashed text of a debt: action, resolution, names. Filled by the services; `foundation.search` explains.

    A table of its own, made by hand in the first migration (FTS5 on SQLite, trigrams on PostgreSQL); `rowid` is the
    obligation's id.
    """

    rowid = models.BigIntegerField(primary_key=True)
    squash = SquashField()

    def __str__(self) -> str:
        return str(self.rowid)
