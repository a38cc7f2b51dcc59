"""What a command says when it cannot be done."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dabir.config import commands


def test_a_home_without_a_database_is_named_with_the_remedy(tmp_path: Path) -> None:
    home = tmp_path / "new"
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    done = subprocess.run(
        [sys.executable, "-m", "dabir", "audit"],
        env=environment | {"DABIR_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert str(home) in done.stderr and "dabir migrate" in done.stderr and "Traceback" not in done.stderr
    assert [file.name for file in home.iterdir() if file.name.startswith(("secret", "tmp"))] == ["secret_key"]
    if sys.platform != "win32":
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600


def test_a_taken_port_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "call_command", lambda *_names, **_options: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert commands.run(["serve", "--port", str(port)]) == 2
    assert f"127.0.0.1:{port}" in (said := capsys.readouterr().err) and "--port" in said
