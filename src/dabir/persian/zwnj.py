"""Lost half-spaces: words that stand in one piece («بهرهوری», «دستگاههای») or in two («می باشد», «برنامه ریزی»).

Only what shows is looked for: after a letter that does not join the next one («کارها») nothing is lost. Compounds are
data (`data/compounds.txt`, made by `tools/lexicon.py`); endings and verbs are rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from dabir.persian.judging import Judge
from dabir.persian.letters import ZWNJ, same_length_fold
from dabir.persian.remembering import remembered
from dabir.persian.spelling import DATA, is_common, is_listed

_PLURALS = ("هایشان", "هایمان", "هایی", "هایش", "های", "ها")
_SECONDS = (
    "ریزی گیری گذاری گذار رسانی سازی بندی شناسی یابی زدایی زایی آوری برداری پردازی پردازان گرایی گرا دهی سنجی نویسی "
    "نویس پذیری پذیر ناپذیر وری پروری دهنده کننده گری آموزی آفرینی اندیشی سپاری جویی نگاری گستری ورزی خیزی"
).split()
"""What is no word by itself, or seldom, behind a noun: its second part."""
_ALWAYS = ("زدایی", "زایی", "پذیری", "گذاری", "گیری", "ریزی", "رسانی", "سازی", "بندی")
"""Of these the ones that are never written in one piece with the noun, also where a list has it so."""
_FIRSTS = ("پیش", "هم", "بی")
_PERSONS = ("اند", "ایم", "اید")
_PREFIXES = ("نمی", "می")
_STEMS = (
    "باش گرد شو کن نما ده گیر یاب رس خواه توان دان گوی گو آی آ رو بر آور ساز پذیر بین خور زن نه گذار گذر دار کش مان "
    "پرداز شناس شنو نویس خوان بند کوش انجام طلب رسان افزا افزای کاه فرست پرس جوی رود بخش دوز ریز افت ایست نشین گردان"
).split()
_PAST = (
    "شد گردید کرد نمود داد گرفت یافت رسید خواست توانست دانست گفت آمد رفت برد آورد ساخت پذیرفت دید خورد زد نهاد گذاشت "
    "گذشت داشت کشید ماند پرداخت شناخت شنید نوشت خواند بست کوشید انجامید طلبید رساند افزود کاست فرستاد پرسید جست بخشید "
    "ریخت افتاد نشست"
).split()
_NO_JOIN = frozenset("ادذرزژوآأإؤء")  # letters that do not join the next one
_Found = tuple[int, tuple[str, str]]  # where a word stands, the word, its right spelling
_SHORTEST = 3  # letters of what stands before a lost half-space
WORD = re.compile(r"[^\W\d_]{2,}")


def _verbs() -> frozenset[str]:
    present = {stem + end for stem in _STEMS for end in ("م", "د", "یم", "ید", "ند", "یند")}
    past = {stem + end for stem in _PAST for end in ("", "م", "یم", "ید", "ند")}
    return frozenset(map(same_length_fold, present | past))


_VERBS = _verbs()
_FOLDED_SECONDS = tuple(sorted(map(same_length_fold, _SECONDS), key=len, reverse=True))


_BEHIND = frozenset(map(same_length_fold, (*_PLURALS, *_PERSONS, "ترین", "ای", *_SECONDS)))
_FOLDED_FIRSTS = frozenset(map(same_length_fold, _FIRSTS))
_APART = _BEHIND | _FOLDED_FIRSTS | frozenset(_PREFIXES)
_LAST_WORD = re.compile(r"[^\W\d_]{2,30}\Z")
_NEXT_WORD = re.compile(r"[^\W\d_]{2,30}")
_REACH = 31  # letters
# They begin with letters that must be there, which are found fast.
_BEHIND_SPACE = {word: re.compile(rf" {word}(?![^\W\d_])") for word in _BEHIND}
_BEFORE_SPACE = {word: re.compile(rf"{word} ") for word in _APART - _BEHIND}


@cache
def _compounds() -> dict[str, int]:
    """Words that are written with a half-space, folded and without it → how many letters stand before it."""
    words = (DATA / "compounds.txt").read_text(encoding="utf-8").split()
    return {word.replace(ZWNJ, ""): word.index(ZWNJ) for word in words}


def lost(text: str, folded: str | None = None) -> Counter[tuple[str, str]]:
    """The words of `text` that have lost a half-space, each with its right spelling, counted, by their first places.

    `folded` is `same_length_fold(text)`, where the caller has it already.
    """
    folded = same_length_fold(text) if folded is None else folded
    lines = zip(text.split("\n"), folded.split("\n"), strict=True)
    return Counter(pair for line in lines for pair in _lost_on_line(*line))


@remembered
def _lost_on_line(text: str, folded: str) -> tuple[tuple[str, str], ...]:
    words = set(WORD.findall(folded))
    found: list[_Found] = []
    if places := _JOINED.of(words):
        for match in WORD.finditer(folded):
            if match[0] in places:
                written = text[slice(*match.span())]
                found.append((match.start(), (written, _cut(written, places[match[0]]))))
    for word in _APART & words:
        found += _behind(text, folded, word) if word in _BEHIND else _before(text, folded, word)
    return tuple([pair for _, pair in sorted(found)])


def restore(text: str) -> str:
    """`text` with its lost half-spaces."""
    for old, new in sorted(lost(text), key=lambda pair: len(pair[0]), reverse=True):
        text = re.sub(rf"(?<![^\W\d_]){re.escape(old)}(?![^\W\d_])", new, text)
    return text


def _cut(word: str, places: tuple[int, ...]) -> str:
    for place in reversed(places):
        word = f"{word[:place]}{ZWNJ}{word[place:]}"
    return word


def _joined(word: str) -> tuple[int, ...]:
    """After which letters of a folded word in one piece half-spaces are lost."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and word[len(prefix) :] in _VERBS:
            return (len(prefix),)
    if place := _compounds().get(word):
        return (place,)
    if is_common(word):
        return ()
    return _plural(word) or _with_ending(word)


def _plural(word: str) -> tuple[int, ...]:
    for ending in _PLURALS:
        stem = word.removesuffix(ending)
        if stem != word and _shows(stem):
            if ending == "های" and is_listed(f"{stem}ه"):
                return ()  # «حرفهای» is «حرف‌های» or «حرفه‌ای»
            within = _joined(stem) if len(stem) > _SHORTEST else ()
            return (*within, len(stem)) if within or is_listed(stem) else ()
    return ()


def _with_ending(word: str) -> tuple[int, ...]:
    """«منطقهای», «لولهگذاری»."""
    listed = is_listed(word)
    if (
        len(word) > _SHORTEST + 2
        and word.endswith("های")
        and not listed
        and is_listed(word[:-2])
        and not is_listed(word[:-3])
    ):
        return (len(word) - 2,)
    for second in _ALWAYS if listed else _FOLDED_SECONDS:
        stem = word.removesuffix(second)
        if stem != word and _shows(stem) and is_listed(stem):
            return (len(stem),)
    return ()


_JOINED = Judge(_joined)


def _shows(stem: str) -> bool:
    """Whether a half-space behind the letters can be seen, and they are enough for a word."""
    return len(stem) >= _SHORTEST and stem[-1] not in _NO_JOIN


def _behind(text: str, folded: str, second: str) -> Iterator[_Found]:
    """The words whose second part stands behind a space, with their right spelling."""
    for match in _BEHIND_SPACE[second].finditer(folded):
        at, end = match.span()
        first = _LAST_WORD.search(folded, max(0, at - _REACH), at) if text[at] == " " else None
        if first and _belongs(first[0], second):
            joint = "" if first[0][-1] in _NO_JOIN else ZWNJ
            right = f"{text[first.start() : at]}{joint}{text[at + 1 : end]}"
            yield first.start(), (text[first.start() : end], right)


def _before(text: str, folded: str, first: str) -> Iterator[_Found]:
    """The words whose first part stands before a space, with their right spelling."""
    for match in _BEFORE_SPACE[first].finditer(folded):
        start, space = match.start(), match.end() - 1
        if text[space] != " " or folded[max(0, start - 1) : start].isalpha():
            continue
        behind = _NEXT_WORD.match(folded, space + 1)
        if behind and (behind[0] in _VERBS if first in _PREFIXES else first + behind[0] in _compounds()):
            right = f"{text[start:space]}{ZWNJ}{text[space + 1 : behind.end()]}"
            yield start, (text[start : behind.end()], right)


def _belongs(before: str, second: str) -> bool:
    """Whether the folded `second` is written to the word before it with a half-space."""
    if second in _PLURALS or second == "ترین":
        return len(before) > 1 and is_listed(before)
    if second in _PERSONS or second == "ای":
        return before.endswith("ه") and len(before) >= _SHORTEST and is_listed(before)
    return len(before) >= _SHORTEST and is_listed(before)
