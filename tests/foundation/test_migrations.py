"""What a squashed migration makes, and what those make that it replaces."""

from __future__ import annotations

from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from dabir.foundation.backup.tables import loader_of


def test_squashed_migrations_make_what_they_replace() -> None:
    one_by_one, squashed = loader_of(None), MigrationLoader(None, ignore_no_migrations=True)
    assert one_by_one.replacements
    nodes = [node for node in one_by_one.graph.leaf_nodes() if node not in one_by_one.replacements]
    states = one_by_one.graph.make_state(nodes=nodes), squashed.project_state()
    for old, new in (states, states[::-1]):
        assert not MigrationAutodetector(old, new).changes(one_by_one.graph)
