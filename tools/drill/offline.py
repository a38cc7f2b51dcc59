"""The bundle installs where there is no network: in a namespace of the kernel's without any route, with nothing but
loopback, it is unpacked, installed, filled with the sample and asked for a page. Linux alone (`unshare -rn`).

Run as a program, this module is what happens inside.
"""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

PORT = 8719


def install_offline(bundle: Path, *, python: str = sys.executable) -> str:
    """Returns what the page said of itself; raises where anything of it does not work."""
    with tempfile.TemporaryDirectory(prefix="dabir-offline-") as folder:
        with zipfile.ZipFile(bundle) as members:
            members.extractall(folder)
        (top,) = Path(folder).iterdir()
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        command = ["unshare", "-rn", python, str(Path(__file__).resolve()), str(top)]
        done = subprocess.run(
            command, env=kept | {"PYTHON": python}, cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise AssertionError(f"{bundle} with {python}: {done.stdout}{done.stderr}")
        return done.stdout.strip().splitlines()[-1]


def _inside(top: Path) -> None:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    try:
        socket.create_connection(("1.1.1.1", 443), timeout=5)
        raise AssertionError("there is a network here")
    except OSError as error:
        assert error.errno == errno.ENETUNREACH, error
    subprocess.run(["sh", str(top / "start.sh"), "sample"], check=True)
    log = (top / "server.log").open("w+")
    server = subprocess.Popen(["sh", str(top / "start.sh"), "serve", "--port", str(PORT)], stdout=log, stderr=log)
    try:
        for _ in range(240):
            time.sleep(0.25)
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=10) as answer:
                    page = answer.read().decode()
                break
            except OSError:
                assert server.poll() is None, (top / "server.log").read_text()
        assert "<title>" in page and 'type="password"' in page
        print(f"answered {answer.status}, {len(page)} letters")
    finally:
        server.terminate()
        server.wait(timeout=60)


def can_try() -> bool:
    """Whether this system lets us make such a namespace."""
    tools = shutil.which("unshare") and shutil.which("ip")
    return bool(tools) and subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    _inside(Path(sys.argv[1]))
