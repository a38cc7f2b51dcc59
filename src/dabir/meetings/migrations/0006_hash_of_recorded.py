"""The hash of minutes that were recorded before versions had one, so that documents made of them are known again.

The ledger's events of those rows do not name the hash; a later row has it from its beginning, and an hour too.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import migrations

from dabir.reading.minutes import source_of


def fill(apps: Any, schema_editor: Any) -> None:
    versions = apps.get_model("meetings", "MinutesVersion").objects
    for version in versions.filter(sha256="", at=None).only("document").iterator(chunk_size=100):
        versions.filter(pk=version.pk).update(sha256=sha256(source_of(version.document)).hexdigest())


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_revisions_aside")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
