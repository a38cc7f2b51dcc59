"""What is looked at each minute while workers are at work, to put jobs into the line when their time has come."""

from __future__ import annotations

from collections.abc import Callable

MINUTE = 60.0

Look = Callable[[float], None]

_looks: list[Look] = []


def each_minute(function: Look) -> Look:
    """Makes a function one that is called about once a minute, with the seconds for which this worker has been at work.

    Several processes do so at the same time: what it puts into the line it must put there once.
    """
    if function not in _looks:
        _looks.append(function)
    return function


def look(running_for: float) -> None:
    for function in _looks:
        function(running_for)
