"""What was worked out of a text is remembered: minutes that are written are read at each key, and nearly all of their
lines are those that they were at the key before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Written(Protocol):
    """A hashable value that cannot change, with its `text`."""

    @property
    def text(self) -> str: ...


P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=str | Written)
LONGEST = 2_000  # letters; of a longer text nothing is remembered
MOST = 2_000_000  # letters of the texts of one generation
_APIECE = 50  # letters; as so many more each text counts, for what is kept beside it
_NOTHING: Any = object()
_REMEMBERS = ContextVar("remembers", default=False)


class _Memory:
    """Answers by what was asked, in two generations. At `MOST` letters the older one is forgotten and a new one begins,
    so that no texts fill the memory, and what is asked again and again stays."""

    def __init__(self) -> None:
        self.now: dict[Any, Any] = {}
        self.older: dict[Any, Any] = {}
        self._letters = 0
        self._lock = Lock()

    def find(self, key: Any, letters: int) -> Any:
        """The answer; `_NOTHING` where none is remembered."""
        found = self.now.get(key, _NOTHING)
        if found is _NOTHING:
            found = self.older.get(key, _NOTHING)
            if found is not _NOTHING:
                self.put(key, found, letters)
        return found

    def put(self, key: Any, answer: Any, letters: int) -> None:
        with self._lock:
            if self._letters + letters + _APIECE > MOST:
                self._begin()
            self._letters += letters + _APIECE
            self.now[key] = answer

    def forget(self) -> None:
        with self._lock:
            self._begin()
            self._begin()

    def _begin(self) -> None:
        self.older, self.now, self._letters = self.now, {}, 0


_MEMORY = _Memory()


def forget() -> None:
    """Forget everything, as a new process does."""
    _MEMORY.forget()


@contextmanager
def remembering() -> Iterator[None]:
    """Within it, remembered functions remember. A single paper has little that is asked twice, and does without."""
    before = _REMEMBERS.set(True)
    try:
        yield
    finally:
        _REMEMBERS.reset(before)


def remembered(function: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """Remember, within `remembering`, what `function` makes of a text, or of a value that has one. It asks its
    arguments alone, which are hashable, and nobody changes its answer."""

    @wraps(function)
    def answer(text: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not _REMEMBERS.get():
            return function(text, *args, **kwargs)
        letters = len(text if isinstance(text, str) else text.text)
        if letters > LONGEST:
            return function(text, *args, **kwargs)
        key = (function, text, *args, *kwargs.items())
        found = _MEMORY.find(key, letters)
        if found is _NOTHING:
            found = function(text, *args, **kwargs)
            _MEMORY.put(key, found, letters)
        return found  # type: ignore[no-any-return]

    return answer
