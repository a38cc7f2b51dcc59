"""Where a process can be killed: just before a write, before and after a commit. They are counted, and at one of them
the process ends as by `kill -9`."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


class Points:
    """`count` of them were come past; at that of the number `at` it ends."""

    def __init__(self, at: int | None = None) -> None:
        self.at, self.count, self._turn = at, 0, Lock()

    def watch(self, connection: BaseDatabaseWrapper) -> None:
        commit: Callable[[], object] = connection._commit  # type: ignore[attr-defined]

        def committed() -> None:
            self.passed()
            commit()
            self.passed()

        connection._commit = committed  # type: ignore[attr-defined]
        connection.execute_wrappers.append(self._executed)

    def passed(self) -> None:
        with self._turn:
            if self.count == self.at:
                os.kill(os.getpid(), signal.SIGKILL)
            self.count += 1

    def _executed(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            self.passed()
        return execute(sql, *more)
