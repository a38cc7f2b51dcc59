"""Jobs done in the test's own thread, by the very steps that a worker takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.module_loading import autodiscover_modules

from dabir.foundation.jobs import line, running
from dabir.foundation.jobs.running import Run
from dabir.meetings.models import Reading


def work_off() -> None:
    """Do all jobs that wait."""
    autodiscover_modules("tasks")
    while job := line.claim_next(limit=99):
        running.carry_out(job)


def done_by(patch: pytest.MonkeyPatch, work: Callable[[Reading, Run], None]) -> None:
    """Let readings be done by a function of the test's own."""
    autodiscover_modules("tasks")  # what it takes the place of
    declared: dict[Any, Any] = running._work
    patch.setitem(declared, Reading, work)
