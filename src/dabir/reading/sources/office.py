"""Old documents (.doc, .rtf, .odt) → .docx, by LibreOffice where it is installed.

It runs without a window, with a profile of its own that forbids macros and links, in a temporary folder, for a limited
time. Its program is started without the launcher, so that there is one process, which ends when we say.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dabir.reading.sources.unreadable import LARGEST, Unreadable

SECONDS = 60.0
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space; a page of minutes takes a third."""

_FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8"}  # else it takes anything for text
_START_AGAIN = 81  # its exit status when it has made its profile
_ITEM = (
    '<item oor:path="/org.openoffice.Office.Common/{}">'
    '<prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
_SAFE = (
    ("Security/Scripting", "DisableMacrosExecution", "true"),
    ("Security/Scripting", "MacroSecurityLevel", "3"),
    ("Security/Scripting", "DisableActiveContent", "true"),
    ("Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Misc", "FirstRun", "false"),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(_ITEM.format(*one) for one in _SAFE)
    + "</oor:items>\n"
)


def program() -> str | None:
    """LibreOffice's program, or None where it is not installed."""
    launcher = shutil.which("soffice") or shutil.which("libreoffice")
    if launcher is None:
        return None
    beside = Path(launcher).resolve().with_name("soffice.bin")
    return str(beside) if beside.exists() else launcher


def converted(data: bytes, form: str, *, seconds: float = SECONDS) -> bytes:
    """The document as .docx. `Unreadable`: "old-word" without LibreOffice, "unconverted", "time" or "disk-full"."""
    office = program()
    if office is None:
        raise Unreadable("old-word")
    try:
        with tempfile.TemporaryDirectory(prefix="dabir-office-", ignore_cleanup_errors=True) as folder:
            return _convert(office, data, form, Path(folder), time.monotonic() + seconds)
    except OSError as error:
        raise Unreadable("disk-full" if error.errno == errno.ENOSPC else "unconverted") from None


def _convert(office: str, data: bytes, form: str, folder: Path, deadline: float) -> bytes:
    paper, profile = folder / f"paper.{form}", folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    paper.write_bytes(data)
    options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
    target = [f"--infilter={_FILTERS[form]}", "--convert-to", "docx", "--outdir", str(folder / "out"), str(paper)]
    command = [office, f"-env:UserInstallation={profile.as_uri()}", *options, *target]
    while (status := _run(command, folder, deadline)) == _START_AGAIN:
        pass
    made = folder / "out" / "paper.docx"
    if status != 0 or not made.exists():
        raise Unreadable("unconverted")
    if made.stat().st_size > LARGEST:
        raise Unreadable("too-much")
    return made.read_bytes()


def _run(command: list[str], folder: Path, deadline: float) -> int:
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    environment |= dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(folder))
    nothing = subprocess.DEVNULL
    with _more_memory():
        # The command is LibreOffice, with paths of our own making.
        running = subprocess.Popen(  # noqa: S603
            command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment, cwd=folder
        )
    try:
        return running.wait(timeout=max(deadline - time.monotonic(), 0))
    except subprocess.TimeoutExpired:
        raise Unreadable("time") from None
    finally:
        running.kill()
        running.wait()


@contextmanager
def _more_memory() -> Iterator[None]:
    """LibreOffice needs more than reading does: it starts under a limit of its own."""
    if sys.platform == "win32":
        yield
        return
    import resource  # noqa: PLC0415  (not on Windows)

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
