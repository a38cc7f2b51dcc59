"""A PostgreSQL of a drill's own, that can be made to crash: nobody else's server is touched."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


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


@contextmanager
def server() -> Iterator[Server]:
    """A server in a temporary folder, on a free port of this machine."""
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
        _control(tools, folder, "start")
        try:
            yield Server(f"postgres://drill@127.0.0.1:{port}/postgres", tools, folder)
        finally:
            _control(tools, folder, "stop", "-m", "immediate")


def _control(tools: Path, folder: Path, *what: str) -> None:
    _as_owner(tools / "pg_ctl", "-D", str(folder), "-l", str(folder / "log"), "-w", *what)


def _as_owner(*command: object) -> None:
    """PostgreSQL refuses to run as root."""
    user = pwd.getpwnam("postgres").pw_uid if os.geteuid() == 0 else None
    subprocess.run([str(part) for part in command], user=user, check=True, stdout=subprocess.DEVNULL, cwd="/")
