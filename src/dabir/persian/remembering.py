"""What was worked out of a text is remembered: minutes that are written are read at each key, and nearly all of their
lines are those that they were at the key before."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
LONGEST = 2_000  # letters; with a longer text nothing is remembered, so that no paper fills the memory
MOST = 4_096


def remembered(function: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """Remember what `function` makes of a text. It asks its arguments alone, which are hashable, and nobody can
    change its answer."""
    kept = lru_cache(maxsize=MOST)(function)

    @wraps(function)
    def answer(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if len(text) > LONGEST:
            return function(text, *args, **kwargs)
        return kept(text, *args, **kwargs)  # type: ignore[arg-type]

    return answer
