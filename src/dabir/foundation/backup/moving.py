"""Copies all that is on record from this home's database into another one, which must be empty."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection

from dabir.foundation import inuse
from dabir.foundation.backup import making, restoring
from dabir.foundation.backup.archive import opened
from dabir.foundation.backup.manifest import Manifest
from dabir.foundation.errors import Conflict, Invalid

Step = Callable[[str], None]

NAME = "dabir.sqlite3"


def move(address: str, *, step: Step = lambda _name: None) -> Manifest:
    """Copy into the database at `address` (`postgres://…` or `sqlite:////folder/file`); what was copied.

    The target's row counts and ledger are compared with the source's, and it is audited, before it is there at all: a
    refusal (`Invalid`, `Conflict`) or a kill leaves it empty. The source is read only; so that nothing is written to it
    afterwards that the target would lack, nobody may serve the home.
    """
    home = Path(settings.DABIR_HOME)
    file = _file(address)
    _refuse_itself(address, file)
    with inuse.alone():
        if connection.vendor == "postgresql":
            restoring.refuse_others()
        with restoring.beside(file.parent if file else home) as fresh:
            path = fresh / "all.zip"
            making.make(path, step=step)
            restoring.fill(path, "", home=fresh, database="" if file else address, set_aside="", step=step)
            if file:
                _name_it(fresh / NAME, file)
            with opened(path, "") as archive:
                return archive.manifest


def what_next(address: str) -> str:
    """What is to be set so that the home uses the new database."""
    file, home = _file(address), Path(settings.DABIR_HOME)
    if not file:
        return f"Set DATABASE_URL={address} and start the server; DABIR_HOME stays, the papers are there."
    if file == home / NAME:
        return "Take DATABASE_URL away and start the server; DABIR_HOME stays, the papers are there."
    return f"Put {file} into {home} as {NAME}, take DATABASE_URL away, and start the server."


def _file(address: str) -> Path | None:
    """The file of a SQLite address, none for PostgreSQL."""
    parts = urlsplit(address)
    if parts.scheme in ("postgres", "postgresql") and parts.path.strip("/"):
        return None
    path = unquote(parts.path[1:])
    if parts.scheme == "sqlite" and not parts.netloc and path:
        return Path(path).resolve()
    raise Invalid("the address is to be like postgres://user@host/name or sqlite:////folder/dabir.sqlite3")


def _refuse_itself(address: str, file: Path | None) -> None:
    own = Path(connection.settings_dict["NAME"]).resolve() if connection.vendor == "sqlite" else None
    if (file and file == own) or (not file and address == os.environ.get("DATABASE_URL")):
        raise Invalid("this is the database that the home uses already")
    if file and file.exists():
        raise Conflict(f"{file} is there already")
    if file and not file.parent.is_dir():
        raise Invalid(f"the folder {file.parent} is not there")


def _name_it(made: Path, file: Path) -> None:
    """Give a whole database its name, unless another has it by now."""
    try:
        os.link(made, file)
    except FileExistsError:
        raise Conflict(f"{file} is there already") from None
    except OSError:  # a disk that knows no second names
        os.rename(made, file)
