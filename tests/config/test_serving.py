"""`dabir serve` in a process of its own, on SQLite in an empty home."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def env(home: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DABIR_TODAY")}
    return kept | {"DABIR_HOME": str(home)} | more


@contextmanager
def serving(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "dabir", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=env(home), stdout=subprocess.PIPE, text=True)
    assert process.stdout and f"http://127.0.0.1:{port}" in process.stdout.readline()
    yield process
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose database is up to date already, to make copies of."""
    home = tmp_path_factory.mktemp("used")
    subprocess.run([sys.executable, "-m", "dabir", "migrate", "-v", "0"], env=env(home), check=True)
    return home


@pytest.fixture
def copied(used: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(used, tmp_path / "copied"))


@pytest.fixture
def server(copied: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    with serving(copied, port) as process:
        yield process


def ask(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.getheaders())


def test_it_serves_persian_pages_and_their_files_and_frees_its_port(tmp_path: Path, port: int) -> None:
    with serving(tmp_path, port) as server:  # in an empty home
        _answers(port)
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


def _answers(port: int) -> None:
    status, html, headers = ask(port, "/")
    assert status == 200
    assert re.search(r'<html\s+lang="fa"\s+dir="rtl"', html)
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    style = re.search(r'href="(/static/desk[^"]*\.css)"', html)
    assert style
    assert ask(port, style[1])[0] == 200
    assert ask(port, "/nothing-here/")[0] == 404
    assert ask(port, "/", host="evil.example")[0] == 400


@pytest.mark.parametrize(("proxy", "believed"), [("127.0.0.1", True), ("192.0.2.1", False)])
def test_behind_tls_the_proxy_alone_is_believed(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, port: int, proxy: str, believed: bool
) -> None:
    monkeypatch.setenv("BEHIND_TLS", "yes")
    monkeypatch.setenv("TRUSTED_PROXY", proxy)
    request.getfixturevalue("server")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/", headers={"X-Forwarded-Proto": "https"})
    answer = connection.getresponse()
    assert answer.status == 200
    assert (answer.getheader("Strict-Transport-Security") is not None) is believed


def test_request_that_is_far_too_large_is_refused_by_its_head(server: subprocess.Popen[str], port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("POST", "/papers/")
    connection.putheader("Content-Length", str(500 * 1024 * 1024))
    connection.endheaders()
    assert connection.getresponse().status == 413


def test_worker_does_jobs_until_it_is_told_to_stop(copied: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "dabir", "worker"],
        env=env(copied, JOBS_AT_ONCE="3"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and "3 jobs at once" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=20) == ("", "") and process.returncode == 0
