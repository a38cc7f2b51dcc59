"""Numbers: three sets of digits, and words («پانزده», «بیست و یکم», «یازدهمین»)."""

from __future__ import annotations

import re
from functools import lru_cache

from dabir.persian.letters import squash

_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC = "٠١٢٣٤٥٦٧٨٩"
_ASCII = "0123456789"
_TO_PERSIAN = str.maketrans(_ASCII + _ARABIC, _PERSIAN * 2)
_TO_ASCII = str.maketrans(_PERSIAN + _ARABIC, _ASCII * 2)
_LONGEST = 18  # digits; a longer run is no number that a record holds

_LONGEST_WORDS = 80  # letters
_DIGIT = re.compile(r"\d")
_LETTER = re.compile("[A-Za-z]")
_LATIN = re.compile(r"([A-Za-z][^\s«»()،؛]*)|[^A-Za-z]+")

_UNITS = ("یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه")
_TEENS = ("ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده")
_TENS = ("بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود")
_HUNDREDS = ("صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد")

_VALUES = {"سو": 3, "هیجده": 18, "یکصد": 100, "هزار": 1000}
_VALUES |= {word: value for value, word in enumerate(_UNITS, 1)} | {
    word: value for value, word in enumerate(_TEENS, 10)
}
_VALUES |= {word: 10 * place for place, word in enumerate(_TENS, 2)}
_VALUES |= {word: 100 * place for place, word in enumerate(_HUNDREDS, 1)}
_WORD_OF = {value: word for word, value in _VALUES.items()} | {18: "هجده", 100: "صد", 3: "سه"}
_FIRST = {"اول": 1, "اولین": 1, "نخست": 1, "نخستین": 1, "سیوم": 3}

# Squashed: «بیست و یکمین» and, where the ZWNJ was lost, «بیستویکمین» are one. The third has a stem of its own («سوم»;
# «سهم» is a share). An «و» stands only before more digits.
_AND = r"(?:و(?=.)|(?=ا?م(?:ین)?\Z)|\Z)"
_UNIT = rf"{'|'.join(_UNITS)}|سو(?=م)"
_WORDS = re.compile(
    r"(?!.*سهم)"
    rf"(?:(?P<thousands>{'|'.join(_UNITS)})?(?P<thousand>هزار){_AND})?"
    rf"(?:(?P<hundreds>یکصد|{'|'.join(_HUNDREDS)}){_AND})?"
    rf"(?:(?P<teen>هیجده|{'|'.join(_TEENS)})|(?P<tens>{'|'.join(_TENS)})(?:و(?P<unit>{_UNIT}))?|(?P<lone>{_UNIT}))?"
    r"(?:ا?م(?:ین)?)?\Z"
)


def to_persian(text: str) -> str:
    """`text` with Persian digits."""
    return text.translate(_TO_PERSIAN)


def in_prose(text: str) -> str:
    """`text` with Persian digits, but for what begins with a Latin letter: a code, a file's name, an address."""
    if not _LETTER.search(text):
        return to_persian(text)
    return _LATIN.sub(lambda match: match[1] or to_persian(match[0]), text)


def to_ascii(text: str) -> str:
    """`text` with ASCII digits."""
    return text.translate(_TO_ASCII)


def parse_int(text: str) -> int | None:
    """The whole number that `text` is, in any digits, or None."""
    digits = to_ascii(text.strip())
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST else None


def words_to_int(text: str) -> int | None:
    """The number (1 to 9999) that `text` writes in words, cardinal or ordinal, with or without its spaces, or None."""
    return _words_to_int(text) if len(text) <= _LONGEST_WORDS else None


@lru_cache(maxsize=1024)
def _words_to_int(text: str) -> int | None:
    word = squash(text)
    if word in _FIRST:
        return _FIRST[word]
    match = _WORDS.match(word) if word else None
    if match is None:
        return None
    parts = {name: _VALUES[part] for name, part in match.groupdict().items() if part}
    thousands = parts.pop("thousands", 1) * parts.pop("thousand", 0)
    return thousands + sum(parts.values()) or None


def int_to_words(number: int) -> str:
    """`number` (1 to 999) in cardinal words, «بیست و یک»; ValueError outside."""
    if not 1 <= number <= 999:
        raise ValueError(f"no words for {number}")
    hundreds, tens = number - number % 100, number % 100
    parts = (hundreds, tens) if tens < 20 else (hundreds, tens - tens % 10, tens % 10)
    return " و ".join(_WORD_OF[part] for part in parts if part)


def ordinal(number: int) -> str:
    """`number` (1 to 999) as an ordinal, «بیست و یکم»; ValueError outside."""
    words = int_to_words(number)
    if words.endswith("سه"):
        return words.removesuffix("سه") + "سوم"
    return words + ("\u200cام" if words.endswith("سی") else "م")


def number_in(text: str) -> int | None:
    """The number that `text` is, in digits or in words, or None."""
    return parse_int(text) if _DIGIT.search(text) else words_to_int(text)
