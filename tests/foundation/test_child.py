"""A child answers within its limits, or the parent hears which limit it met; nothing of it outlives the call."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from dabir.foundation import child, inside
from dabir.foundation.inside import Parent

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits and no process groups")


def reverse(data: bytes, _parent: Parent) -> bytes:
    print("what is printed is no answer")
    return data[::-1]


def sleep_long(data: bytes, _parent: Parent) -> bytes:
    if data:
        Path(data.decode()).write_text(str(os.getpid()))
    time.sleep(60)
    return b""


def start_another(data: bytes, parent: Parent) -> bytes:
    """A converter that goes on for long, as an office program would."""
    another = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    parent.step(str(another.pid))
    return sleep_long(data, parent)


def turn_for_ever(_data: bytes, _parent: Parent) -> bytes:
    while True:
        pass


def take_much(_data: bytes, _parent: Parent) -> bytes:
    return bytes(bytearray(900 * 1024 * 1024))


def answer_much(_data: bytes, _parent: Parent) -> bytes:
    return b"x" * (child.LARGEST_ANSWER + 1)


def write_much(_data: bytes, _parent: Parent) -> bytes:
    with tempfile.TemporaryFile() as file:
        for _ in range(300):
            file.write(bytes(1024 * 1024))
    return b""


def fail(_data: bytes, _parent: Parent) -> bytes:
    raise RuntimeError("broken")


def tell_secrets(_data: bytes, _parent: Parent) -> bytes:
    return ",".join(sorted(os.environ)).encode()


def imported(_data: bytes, _parent: Parent) -> bytes:
    return b"django" if "django" in sys.modules else b"none"


def leave_a_file(_data: bytes, _parent: Parent) -> bytes:
    Path(tempfile.gettempdir(), "left").write_text("behind")
    return tempfile.gettempdir().encode()


def step_and_ask(data: bytes, parent: Parent) -> bytes:
    parent.step("first")
    reply = parent.ask(data + b"?")
    parent.step("second")
    return reply + parent.ask(b"more")


@pytest.fixture(autouse=True)
def this_module_can_be_imported(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be buried does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def assert_gone(pid: int, within: float = 5) -> None:
    deadline = time.monotonic() + within
    while is_alive(pid):
        assert time.monotonic() < deadline, f"process {pid} is alive"
        time.sleep(0.02)


def test_bytes_go_in_and_come_out() -> None:
    assert child.run(reverse, "سلام\0".encode()) == "سلام\0".encode()[::-1]


def test_much_goes_in_and_comes_out() -> None:
    data = os.urandom(20 * 1024 * 1024)
    assert child.run(reverse, data) == data[::-1]


def test_steps_are_heard_and_questions_answered() -> None:
    steps: list[str] = []
    answer = child.run(step_and_ask, b"who", on_step=steps.append, on_question=lambda q: q.upper() + b" ")
    assert (answer, steps) == (b"WHO? MORE ", ["first", "second"])


def test_what_the_parent_raises_ends_the_child() -> None:
    class Enough(Exception):
        pass

    pids: list[int] = []

    def heard(step: str) -> None:
        pids.append(int(step))
        raise Enough

    with pytest.raises(Enough):
        child.run(start_another, b"", on_step=heard)
    assert_gone(pids[0])


def test_child_is_killed_when_time_is_over() -> None:
    start = time.monotonic()
    with pytest.raises(child.ChildFailed) as failed:
        child.run(sleep_long, b"", seconds=0.5)
    assert failed.value.cause == "time"
    assert time.monotonic() - start < 5


@POSIX
def test_child_is_stopped_at_once_with_all_that_it_started() -> None:
    stop, pids, stopped_at = threading.Event(), [], 0.0

    def heard(step: str) -> None:
        nonlocal stopped_at
        pids.append(int(step))
        stopped_at = time.monotonic()
        stop.set()

    with pytest.raises(child.Stopped):
        child.run(start_another, b"", on_step=heard, stop=stop)
    assert time.monotonic() - stopped_at < 1
    assert_gone(pids[0])


@POSIX
def test_child_does_not_outlive_a_parent_that_is_killed(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    told = tmp_path / "pid"
    code = (
        "from tests.foundation.test_child import child, sleep_long, start_another\n"
        f"child.run(start_another, {str(told).encode()!r}, on_step=lambda pid: print(pid, flush=True))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=pytestconfig.rootpath, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    grandchild = int(parent.stdout.readline())
    while not told.exists() or not told.read_text():
        time.sleep(0.02)
    pid = int(told.read_text())
    assert is_alive(pid) and is_alive(grandchild)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert_gone(pid)
    assert_gone(grandchild)


@POSIX
def test_child_that_nobody_ends_runs_out_of_its_own_time() -> None:
    """The limit of the processor's time, which holds where no parent looks at the clock."""
    command = [
        sys.executable,
        "-P",
        "-m",
        inside.__name__,
        __name__,
        turn_for_ever.__qualname__,
        str(child.MEMORY),
        "1",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as turning:
        assert turning.stdin
        inside.write_frame(turning.stdin, inside.Kind.DATA, b"")
        assert turning.wait(timeout=20) == -signal.SIGXCPU


@POSIX
def test_child_may_not_fill_the_machine() -> None:
    with pytest.raises(child.ChildFailed) as failed:
        child.run(take_much, b"")
    assert failed.value.cause == "memory"


@POSIX
def test_child_may_not_fill_the_disk() -> None:
    with pytest.raises(child.ChildFailed):
        child.run(write_much, b"")


def test_child_leaves_no_file_behind() -> None:
    assert not Path(child.run(leave_a_file, b"").decode()).exists()


def test_folders_of_killed_servers_are_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead, alive, other = (tmp_path / name for name in ("dabir-child-dead", "dabir-child-alive", "other"))
    for folder in (dead, alive, other):
        folder.mkdir()
        (folder / "paper.doc").write_text("paper")
    long_ago = time.time() - child.DEAD - 1
    os.utime(dead, (long_ago, long_ago))
    os.utime(other, (long_ago, long_ago))
    child.sweep()
    assert sorted(tmp_path.iterdir()) == [alive, other]


def test_answer_has_a_limit() -> None:
    with pytest.raises(child.ChildFailed) as failed:
        child.run(answer_much, b"")
    assert failed.value.cause == "answer"


def test_fault_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(child.ChildFailed) as failed:
        child.run(fail, b"")
    assert failed.value.cause == "crash"
    assert "broken" in caplog.text


def test_child_sees_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    assert b"SECRET_KEY" not in child.run(tell_secrets, b"")


def test_child_loads_no_django() -> None:
    assert child.run(imported, b"") == b"none"


def test_a_call_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    child.run(reverse, b"x")
    assert threading.active_count() == before
