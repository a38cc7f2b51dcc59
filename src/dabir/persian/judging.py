"""What is said of words one by one is said once: most words of a paper have been seen in others."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Generic, TypeVar

Verdict = TypeVar("Verdict")
_MOST = 100_000  # words that are remembered; after that they are judged anew


class Judge(Generic[Verdict]):
    """`judge` gives a verdict on a word, or None (or another empty value) where there is nothing to say of it."""

    def __init__(self, judge: Callable[[str], Verdict | None]) -> None:
        self._judge = judge
        self._clean: set[str] = set()
        self._found: dict[str, Verdict] = {}

    def of(self, words: Set[str]) -> dict[str, Verdict]:
        """The words of which there is something to say, with the verdicts."""
        return {word: verdict for word in words - self._clean if (verdict := self._verdict(word))}

    def _verdict(self, word: str) -> Verdict | None:
        if word in self._found:
            return self._found[word]
        verdict = self._judge(word)
        if len(self._clean) + len(self._found) >= _MOST:
            self._clean.clear()
            self._found.clear()
        if verdict:
            self._found[word] = verdict
        else:
            self._clean.add(word)
        return verdict
