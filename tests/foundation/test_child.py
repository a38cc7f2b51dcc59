"""A child answers within its limits, or the parent hears which limit it met."""

from __future__ import annotations

import os
import sys
import time

import pytest

from dabir.foundation import child


def reverse(data: bytes) -> bytes:
    return data[::-1]


def sleep_long(_data: bytes) -> bytes:
    time.sleep(60)
    return b""


def take_much(_data: bytes) -> bytes:
    return bytes(bytearray(900 * 1024 * 1024))


def answer_much(_data: bytes) -> bytes:
    return b"x" * (child.LARGEST_ANSWER + 1)


def fail(_data: bytes) -> bytes:
    raise RuntimeError("broken")


def tell_secrets(_data: bytes) -> bytes:
    return ",".join(sorted(os.environ)).encode()


def imported(_data: bytes) -> bytes:
    return b"django" if "django" in sys.modules else b"none"


@pytest.fixture(autouse=True)
def this_module_can_be_imported(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))


def test_bytes_go_in_and_come_out() -> None:
    assert child.run(reverse, "سلام\0".encode()) == "سلام\0".encode()[::-1]


def test_child_is_killed_when_time_is_over() -> None:
    start = time.monotonic()
    with pytest.raises(child.ChildFailed) as failed:
        child.run(sleep_long, b"", seconds=0.5)
    assert failed.value.cause == "time"
    assert time.monotonic() - start < 5


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit of memory")
def test_child_may_not_fill_the_machine() -> None:
    with pytest.raises(child.ChildFailed) as failed:
        child.run(take_much, b"")
    assert failed.value.cause == "memory"


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
