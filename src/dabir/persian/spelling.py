"""Words: whether one is known, and which frequent word an unknown one was probably meant to be.

The list is data (`data/words.txt`, made by `tools/lexicon.py`); words are looked up folded, without ZWNJ.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from dabir.persian.letters import FILLER

DATA = Path(__file__).parent / "data"

_SOUND_ALIKE = ("هح", "زضظذ", "سصث", "غق", "تط")
_LOOK_ALIKE = ("دذ", "جچحخ", "رزژ", "کگ", "پب", "سش", "صض", "طظ", "عغ", "فق")  # a dot or stroke lost by pen or scanner
SOUND_ALIKE = {letter: group.replace(letter, "") for group in _SOUND_ALIKE for letter in group}
_CONFUSED: dict[str, set[str]] = {}
for _group in (*_SOUND_ALIKE, *_LOOK_ALIKE):
    for _letter in _group:
        _CONFUSED.setdefault(_letter, set()).update(_group.replace(_letter, ""))
_ALPHABET = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

SUFFIXES = (
    *(
        "هایشان",
        "هایمان",
        "گانی",
        "گان",
        "هایش",
        "هایی",
        "های",
        "ها",
        "یشان",
        "شان",
        "مان",
        "تان",
        "ترین",
        "تر",
        "اند",
        "ایم",
        "اید",
    ),
    *("یان", "ین", "ات", "ان", "ای", "یی", "یم", "ید", "ند", "ست", "ش", "م", "ت", "ی", "د"),
)
_ENDINGS = ("های", "هایی", "ها", "ات", "ان", "ی")  # that a misspelled word may bear
_PREFIXES = ("نمی", "می", "بی", "نا", "ب", "ن")
# Little words that are often written together with the next or the last one («مقررشد», «درجلسه»).
_LITTLE = frozenset("از به در را هر که تا با می هم شد و ای این آن شده بر نیز ده دو سه".replace("آ", "ا").split())
_SHORTEST = 5  # letters; shorter words are near too many others
_LONGEST = 24  # letters
_COMMON = 6_000  # the place by frequency before which a word may well stand in another one's company without a space
_CLEARLY = 6  # times more frequent is the word that was meant than the next one that it could be


@cache
def words() -> frozenset[str]:
    """All known words, folded; read once, when first needed."""
    _, common, others = _blocks()
    return frozenset(f"{common}\n{others}".split("\n"))


@cache
def _frequent() -> dict[str, int]:
    """The common words, folded, with their places by frequency."""
    return {word: place for place, word in enumerate(_blocks()[1].split("\n"))}


def spelled(word: str) -> str:
    """A common folded word in its right spelling."""
    return _blocks()[0].split("\n")[_frequent()[word]]


@cache
def _blocks() -> tuple[str, str, str]:
    """The common words in their right spelling, the most frequent first; the same folded; all others, folded."""
    spellings, common, others = (DATA / "words.txt").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return spellings, common, others


def is_known(word: str) -> bool:
    """Whether the folded `word` is a word, one with endings or prefixes, or two that are written as one."""
    return _is_known(word.replace("ء", "").replace(FILLER, ""))


@lru_cache(maxsize=20_000)
def _is_known(word: str) -> bool:
    return _is_word(word) or _is_two(word)


def _is_word(word: str, endings: int = 2) -> bool:
    if word in words():
        return True
    if not endings or len(word) < 4:
        return False
    stems = [word.removesuffix(suffix) for suffix in SUFFIXES if word.endswith(suffix)]
    stems += [word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix)]
    return any(len(stem) > 1 and _is_word(stem, endings - 1) for stem in stems)


def _is_two(word: str) -> bool:
    """Whether it is two words without the space between them, both of them common ones."""
    frequent = _frequent()
    for at in range(2, len(word) - 1):
        first, second = word[:at], word[at:]
        if (first in _LITTLE and _is_word(second, 1)) or (second in _LITTLE and _is_word(first, 1)):
            return True
        places = frequent.get(first, _COMMON), frequent.get(second, frequent.get(second.removesuffix("ی"), _COMMON))
        if max(places) < _COMMON:
            return True
    return False


def is_listed(word: str) -> bool:
    """Whether the folded `word` stands in the list as it is."""
    return word in words()


def is_common(word: str) -> bool:
    """Whether the folded `word` is one of the common ones."""
    return word in _frequent()


def meant(word: str) -> str | None:
    """The frequent word that the folded, unknown `word` is one slip away from, in its right spelling, or None.

    Slips are two letters turned round, one doubled or left out, or one taken for another that sounds or looks alike.
    Where two words are near, one must be far more frequent.
    """
    return _meant(word) if _SHORTEST <= len(word) <= _LONGEST else None


@lru_cache(maxsize=20_000)
def _meant(word: str) -> str | None:
    if _is_known(word):
        return None
    frequent = _frequent()
    for suffix in ("", *_ENDINGS):
        stem = word.removesuffix(suffix) if word.endswith(suffix) else ""
        if len(stem) < _SHORTEST:
            continue
        near = sorted((frequent[one], one) for one in _edits(stem) if one in frequent)
        if near:
            clear = len(near) == 1 or near[1][0] + 50 > _CLEARLY * (near[0][0] + 50)
            return spelled(near[0][1]) + suffix if clear else None
    return None


def _edits(word: str) -> set[str]:
    found = set()
    for at, letter in enumerate(word):
        before, after = word[:at], word[at + 1 :]
        if after and after[0] != letter:
            found.add(before + after[0] + letter + after[1:])
        if after and after[0] == letter:
            found.add(before + after)
        found.update(before + other + after for other in _CONFUSED.get(letter, ()))
        if at:
            found.update(before + other + letter + after for other in _ALPHABET)
    return found
