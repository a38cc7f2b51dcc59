"""Letters: one form to compare by (`fold`, `squash`), one to store names in (`canonical`), one to sort by (`sort_key`).

Free text keeps its author's letters; only names, codes and search keys pass through here. NFKC is not used: it also
changes quotation marks, superscripts and fractions; presentation forms go through a table of their own.
"""

from __future__ import annotations

import re
import unicodedata

from dabir.persian.remembering import remembered

ZWNJ = "\u200c"
TATWEEL = "\u0640"
FILLER = TATWEEL
"""What `same_length_fold` puts in the place of a sign that has no letter: marks, tatweel, bidi and zero-width signs."""

_ARABIC_YE, _ALEF_MAKSURA, _ARABIC_KAF = "\u064a", "\u0649", "\u0643"
_ARABIC_DIGITS = "".join(chr(0x0660 + n) for n in range(10))
_PERSIAN_DIGITS = "".join(chr(0x06F0 + n) for n in range(10))
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ZERO_WIDTH = "\u00ad\u200b\u200d\u2060\ufeff"
_CONTROLS = "".join(chr(c) for c in (*range(0x20), *range(0x7F, 0xA0)) if not chr(c).isspace())
MARKS = "".join(
    map(
        chr,
        (
            *range(0x0610, 0x061B),
            *range(0x064B, 0x0660),
            0x0670,
            *range(0x06D6, 0x06DD),
        ),
    )
)
MARKS += "".join(map(chr, (*range(0x06DF, 0x06E5), 0x06E7, 0x06E8, *range(0x06EA, 0x06EE))))
"""Signs over and under letters: vowels, hamze above, marks of recitation."""

NON_CANONICAL: tuple[str, ...] = (
    *(_ARABIC_YE, _ALEF_MAKSURA, _ARABIC_KAF, TATWEEL),
    *_ARABIC_DIGITS,
    *_BIDI,
    *_ZERO_WIDTH,
)
"""Characters that no canonical name holds; a database CHECK refuses them (presentation forms are too many for one)."""


def _presentation_forms() -> dict[int, str]:
    """Each Arabic presentation form (U+FB50–FDFF, U+FE70–FEFF) with the plain letters that it draws."""
    forms = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)):
        tag, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if tag in ("<isolated>", "<initial>", "<medial>", "<final>"):
            forms[code] = "".join(chr(int(letter, 16)) for letter in letters.split())
    return forms


_FORMS = _presentation_forms()
_JUNK = dict.fromkeys(map(ord, TATWEEL + _BIDI + _ZERO_WIDTH + _CONTROLS))
FILLED = "".join(map(chr, _JUNK)) + MARKS
"""Whatever `same_length_fold` turns into `FILLER`."""
_NAME_LETTERS = str.maketrans(
    _ARABIC_YE + _ALEF_MAKSURA + _ARABIC_KAF + _ARABIC_DIGITS,
    "\u06cc\u06cc\u06a9" + _PERSIAN_DIGITS,
)
_ONE_TO_ONE = str.maketrans(
    _ARABIC_YE
    + _ALEF_MAKSURA
    + "ئےېێۍ"
    + _ARABIC_KAF
    + "ڪ"
    + "ةۀەھہۂۃ"
    + "أإآٱ"
    + "ؤ"
    + _ARABIC_DIGITS
    + _PERSIAN_DIGITS,
    "ی" * 7 + "ک" * 2 + "ه" * 7 + "ا" * 4 + "و" + "0123456789" * 2,
)
_DROPPED = dict.fromkeys(map(ord, "ء" + MARKS))
_FOLD_FORMS = {code: letters.translate(_ONE_TO_ONE).translate(_DROPPED) for code, letters in _FORMS.items()}
_FOLD = _FOLD_FORMS | _JUNK | _ONE_TO_ONE | _DROPPED | {ord(ZWNJ): " "}
_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_SAME_LENGTH: dict[int, int | str] = {
    **{code: letters for code, letters in _FOLD_FORMS.items() if len(letters) == 1},
    **dict.fromkeys((*_JUNK, *map(ord, MARKS)), FILLER),
    **_ONE_TO_ONE,
    **_ASCII_LOWER,
    ord(ZWNJ): " ",
}

_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
# 'A' onwards for Persian letters, so that digits stand before them; Latin letters follow behind a '~'.
_SORT_CODES = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` as it is compared: one ye, kaf, he and alef, ASCII digits, lower case, single spaces; no marks, tatweel or
    bidi signs; a ZWNJ is a space. Idempotent."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).lower().translate(_FOLD)).strip()


def squash(text: str) -> str:
    """The letters and digits of the folded text alone: «بهره‌وری», «بهره وری», «بهرهوری» are one. Idempotent."""
    return "".join(filter(str.isalnum, fold(text)))


@remembered
def same_length_fold(text: str) -> str:
    """`text` folded character by character: offsets hold in the original. What has no letter becomes `FILLER`."""
    return text.translate(_SAME_LENGTH)


def canonical(text: str) -> str:
    """`text` as names and codes are stored: Persian ye, kaf and digits, no tatweel, no invisible signs, single spaces,
    ZWNJ only between two characters. Letters that carry meaning («آ», «ئ», «ؤ») stay. Idempotent."""
    letters = unicodedata.normalize("NFC", text.translate(_FORMS).translate(_JUNK)).translate(_NAME_LETTERS)
    parts = (re.sub(f"{ZWNJ}+", ZWNJ, word.strip(ZWNJ)) for word in letters.split())
    return " ".join(filter(None, parts))


def sort_key(text: str) -> str:
    """An ASCII string whose order by code point is the Persian alphabet's order of `text` («آ» first, then «ا» … «ی»).

    Sorts alike in Python, SQLite and PostgreSQL's "C" collation; digits stand before letters, Latin letters after.
    """
    return "".join(filter(None, (_sort_code(char) for char in canonical(text).replace(ZWNJ, ""))))


def _sort_code(char: str) -> str:
    folded = char if char == "آ" else fold(char)
    if folded in _SORT_CODES:
        return _SORT_CODES[folded]
    if char == " " or (folded.isascii() and folded.isdigit()):
        return folded or " "
    return f"~{folded}" if folded.isascii() and folded.isalpha() else ""
