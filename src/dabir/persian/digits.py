"""Numbers: three sets of digits, and words («پانزده», «بیست و یکم», «یازدهمین»)."""

from __future__ import annotations

import re

from dabir.persian.letters import fold, squash

_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC = "٠١٢٣٤٥٦٧٨٩"
_ASCII = "0123456789"
_TO_PERSIAN = str.maketrans(_ASCII + _ARABIC, _PERSIAN * 2)
_TO_ASCII = str.maketrans(_PERSIAN + _ARABIC, _ASCII * 2)
_LONGEST = 18  # digits; a longer run is no number that a record holds

_UNITS = ("", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه")
_TEENS = (
    "ده",
    "یازده",
    "دوازده",
    "سیزده",
    "چهارده",
    "پانزده",
    "شانزده",
    "هفده",
    "هجده",
    "نوزده",
)
_TENS = ("", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود")
_HUNDREDS = (
    "",
    "صد",
    "دویست",
    "سیصد",
    "چهارصد",
    "پانصد",
    "ششصد",
    "هفتصد",
    "هشتصد",
    "نهصد",
)

_VALUES = {word: value for value, word in enumerate(_UNITS) if word}
_VALUES |= {word: 10 + place for place, word in enumerate(_TEENS)} | {
    "هیجده": 18,
    "شونزده": 16,
    "پونزده": 15,
}
_VALUES |= {word: 10 * place for place, word in enumerate(_TENS) if word}
_VALUES |= {word: 100 * place for place, word in enumerate(_HUNDREDS) if word} | {"یکصد": 100}
_FIRST = {
    "اول": 1,
    "اولین": 1,
    "نخست": 1,
    "نخستین": 1,
    "سوم": 3,
    "سومین": 3,
    "سیوم": 3,
    "سیم": 30,
}


def _any(words: tuple[str, ...], *more: str) -> str:
    return "|".join(sorted((word for word in (*words, *more) if word), key=len, reverse=True))


# Squashed: «بیست و یکمین» and, where the ZWNJ was lost, «بیستویکمین» are one. «سوم» has a stem of its own.
_SMALL = (
    rf"(?P<teen>{_any(_TEENS, 'هیجده', 'شونزده', 'پونزده')})|(?P<tens>{_any(_TENS)})(?:و(?P<unit>{_any(_UNITS)}|سو))?"
)
_WORDS = re.compile(
    rf"(?:(?P<hundreds>{_any(_HUNDREDS, 'یکصد')})(?:و(?=.)|(?=ا?م(?:ین)?\Z)|\Z))?"
    rf"(?:{_SMALL}|(?P<lone>{_any(_UNITS)}|سو))?(?:ا?م(?:ین)?)?\Z"
)


def to_persian(text: str) -> str:
    """`text` with Persian digits."""
    return text.translate(_TO_PERSIAN)


def to_ascii(text: str) -> str:
    """`text` with ASCII digits."""
    return text.translate(_TO_ASCII)


def parse_int(text: str) -> int | None:
    """The whole number that `text` is, in any digits, or None."""
    digits = to_ascii(text.strip())
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST else None


def words_to_int(text: str) -> int | None:
    """The number from 1 to 999 that `text` writes in words, cardinal or ordinal, with or without its spaces, or None."""
    word = squash(text)
    if word in _FIRST:
        return _FIRST[word]
    match = _WORDS.match(word) if word and len(word) <= 40 else None
    if match is None:
        return None
    parts = (part for part in match.groupdict().values() if part)
    return sum(3 if part == "سو" else _VALUES[part] for part in parts) or None


def int_to_words(number: int) -> str:
    """`number` (1 to 999) in cardinal words, «بیست و یک»; ValueError outside."""
    if not 1 <= number <= 999:
        raise ValueError(f"no words for {number}")
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    small = [_TEENS[unit]] if tens == 1 else [_TENS[tens], _UNITS[unit]]
    return " و ".join(filter(None, (_HUNDREDS[hundreds], *small)))


def ordinal(number: int) -> str:
    """`number` (1 to 999) as an ordinal, «بیست و یکم»; ValueError outside."""
    words = int_to_words(number)
    if words.endswith("سه"):
        return words.removesuffix("سه") + "سوم"
    return words + ("\u200cام" if words.endswith("سی") else "م")


def number_in(text: str) -> int | None:
    """The number that `text` is, in digits or in words, or None."""
    return parse_int(text) if any(char in _ASCII for char in fold(text)) else words_to_int(text)
