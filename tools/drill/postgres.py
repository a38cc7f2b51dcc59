"""A PostgreSQL of a drill's own, that can be made to crash: nobody else's server is touched."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Composed, Identifier


@dataclass(frozen=True, slots=True)
class Server:
    """`url` is the address of its empty database."""

    url: str
    _binaries: Path
    _folder: Path

    def crash(self) -> None:
        """Stop it without a checkpoint, all connections cut, and start it again; it recovers from its log."""
        _control(self._binaries, self._folder, "restart", "-m", "immediate")


def binaries() -> Path | None:
    """The newest PostgreSQL of this machine, or none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    beside = shutil.which("initdb")
    return found[-1].parent if found else Path(beside).parent if beside else None


def copied(url: str, name: str) -> str:
    """The address of a copy of that database, to which nobody is connected."""
    _say(url, SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(_name(url))))
    return f"{url.rpartition('/')[0]}/{name}"


def drop(url: str) -> None:
    _say(url, SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(_name(url))))


def wait_for_nobody(url: str) -> None:
    """Until the server has noticed that whoever was killed is gone, and has ended what they had begun."""
    while _say(url, SQL("SELECT 1 FROM pg_stat_activity WHERE datname = {}").format(_name(url))):
        time.sleep(0.05)


def _name(url: str) -> str:
    return url.rpartition("/")[2]


def _say(url: str, statement: Composed) -> list[tuple[object, ...]]:
    with psycopg.connect(f"{url.rpartition('/')[0]}/postgres", autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def server(*, synced: bool = True) -> Iterator[Server]:
    """A server in a temporary folder, on a free port of this machine. One that is not `synced` trusts the machine to
    keep what was written: it outlives crashes of its own, and copies databases by the hundred in a tenth of the time.
    """
    tools = binaries()
    if tools is None:
        raise FileNotFoundError("initdb: install PostgreSQL for this drill")
    with tempfile.TemporaryDirectory(prefix="dabir-postgres-") as made, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        folder = Path(made) / "data"
        if os.geteuid() == 0:
            shutil.chown(made, "postgres")
        _as_owner(tools / "initdb", "-D", str(folder), "-A", "trust", "-U", "drill", "-E", "UTF8", "--locale=C.UTF-8")
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(f"port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{made}'\n")
            settings.write(f"fsync = {'on' if synced else 'off'}\n")
        _control(tools, folder, "start")
        try:
            _as_owner(tools / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "drill", "dabir")
            yield Server(f"postgres://drill@127.0.0.1:{port}/dabir", tools, folder)
        finally:
            _control(tools, folder, "stop", "-m", "immediate")


def _control(tools: Path, folder: Path, *what: str) -> None:
    _as_owner(tools / "pg_ctl", "-D", str(folder), "-l", str(folder / "log"), "-w", *what)


def _as_owner(*command: object) -> None:
    """PostgreSQL refuses to run as root."""
    user = pwd.getpwnam("postgres").pw_uid if os.geteuid() == 0 else None
    subprocess.run([str(part) for part in command], user=user, check=True, stdout=subprocess.DEVNULL, cwd="/")
