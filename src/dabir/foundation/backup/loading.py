"""Puts an archive into the database of this process, and proves there what it has put."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from dabir.foundation import ledger
from dabir.foundation.backup.archive import Archive
from dabir.foundation.backup.manifest import Manifest, Table
from dabir.foundation.backup.numbers import go_on_from
from dabir.foundation.backup.tables import BATCH, Kind, kinds_of, loader_of
from dabir.foundation.errors import Conflict, Invalid

Step = Callable[[str], None]


def load(archive: Archive, *, set_aside: str, step: Step) -> None:
    """Fill the database, bring it up to this version, and prove it: the counts, the ledger's head, and an audit.

    `set_aside` names a schema of PostgreSQL into which whatever is there is moved; without it, or on SQLite, only an
    empty database is filled (`Conflict`). In one transaction: whatever is wrong (`Invalid`) leaves what was there.
    """
    with connection.constraint_checks_disabled(), transaction.atomic():  # SQLite wants to hear of it beforehand
        if tables := _present():
            if not set_aside or connection.vendor != "postgresql":
                raise Conflict("the database is not empty")
            _move(tables, set_aside)
        nodes = known(archive.manifest)
        kinds = _prepared(archive.manifest, nodes)
        _wait_with_constraints()
        for kind in kinds:
            _empty(kind)
        for kind, table in zip(kinds, archive.manifest.tables, strict=True):
            step("tables")
            _fill(archive, kind, table)
        go_on_from(connection, [(k.model, t) for k, t in zip(kinds, archive.manifest.tables, strict=True)])
        connection.check_constraints()
        _compare(archive, step)
        loader = loader_of(connection)
        if loader.disk_migrations.keys() - loader.replacements.keys() - set(nodes):
            step("migrate")
            call_command("migrate", verbosity=0, interactive=False)
        _audit(step)


def known(manifest: Manifest) -> list[tuple[str, str]]:
    """The archive's migrations, which are the first ones of this version's; `Invalid` when they are not."""
    nodes = [(app, name) for app, names in manifest.migrations.items() for name in names]
    graph = loader_of(None).graph
    unknown = [f"{app}.{name}" for app, name in nodes if (app, name) not in graph.nodes]
    if unknown:
        raise Invalid(
            f"the archive was made by Dabir {manifest.dabir}, and this version does not know its migrations"
            f" {', '.join(unknown[:3])}; restore it with that version or a later one"
        )
    if any(parent not in nodes for node in nodes for parent in graph.forwards_plan(node)):
        raise Invalid("the archive's migrations leave one out; it was not made by a released version")
    return nodes


def _present() -> list[str]:
    """The tables that are there."""
    with connection.cursor() as cursor:
        return [table.name for table in connection.introspection.get_table_list(cursor) if table.type in ("t", "p")]


def _move(tables: list[str], schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {connection.ops.quote_name(schema)}")
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {name} SET SCHEMA {connection.ops.quote_name(schema)}")


def _prepared(manifest: Manifest, nodes: list[tuple[str, str]]) -> list[Kind]:
    """The tables of the archive, made by its migrations."""
    loader = loader_of(connection)
    executor = MigrationExecutor(connection)
    if any(set(squashed.replaces) - set(nodes) for squashed in loader.replacements.values()):
        executor.loader = loader
        wanted = set(nodes)
    else:  # one squashed migration makes the same tables in a fraction of the time
        wanted = (set(nodes) | set(loader.replacements)) & set(executor.loader.graph.nodes)
    graph = executor.loader.graph
    executor.migrate([node for node in wanted if not any(child in wanted for child in _children(graph, node))])
    kinds = {kind.name: kind for kind in kinds_of(loader, nodes)}
    there = {table.name: table.columns for table in manifest.tables}
    if there != {name: kind.columns for name, kind in kinds.items()}:
        different = sorted(set(there) ^ set(kinds)) or [n for n in there if there[n] != kinds[n].columns]
        raise Invalid(f"the archive's tables are not those of its migrations: {', '.join(different[:3])}")
    return [kinds[table.name] for table in manifest.tables]


def _children(graph: object, node: tuple[str, str]) -> list[tuple[str, str]]:
    """The next migrations of the same app."""
    return [child.key for child in graph.node_map[node].children if child.key[0] == node[0]]  # type: ignore[attr-defined]


def _wait_with_constraints() -> None:
    """Check foreign keys when all rows are there; a migration in the same transaction may have hurried some."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _empty(kind: Kind) -> None:
    """Take away what its migrations have put there."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(kind.name)}")  # noqa: S608 - the name is a model's


def _fill(archive: Archive, kind: Kind, table: Table) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column) for column in kind.columns)
    marks = ", ".join(["%s"] * len(kind.columns))
    statement = f"INSERT INTO {quote(kind.name)} ({columns}) VALUES ({marks})"  # noqa: S608 - the names are a model's
    lines = archive.lines(table)
    with connection.cursor() as cursor:
        while batch := list(islice(lines, BATCH)):
            try:
                cursor.executemany(statement, list(_values(kind, batch)))
            except (DatabaseError, ValueError, TypeError) as error:
                raise archive.fault(f"a row of {table.member} cannot be stored ({error})") from error


def _values(kind: Kind, lines: list[bytes]) -> Iterator[list[Any]]:
    for line in lines:
        yield kind.values(line, connection.alias)


def _compare(archive: Archive, step: Step) -> None:
    step("compare")
    with connection.cursor() as cursor:
        for table in archive.manifest.tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table.name)}")  # noqa: S608 - as above
            (rows,) = cursor.fetchone()
            if rows != table.rows:
                raise archive.fault(f"{table.name} has {rows} rows in the database, and {table.rows} in the archive")
    head = ledger.head()
    if (head.number, head.hash) != (archive.manifest.head_number, archive.manifest.head_hash):
        raise archive.fault(f"its ledger ends with event {head.number}, not with {archive.manifest.head_number}")


def _audit(step: Step) -> None:
    step("audit")
    faults = list(islice(ledger.audit(), 5))
    if faults:
        raise Invalid("the ledger in the archive is not whole: " + "; ".join(fault.message for fault in faults))
