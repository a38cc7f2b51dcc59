"""Automatic numbers as they are printed: the number formats of Word lists (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

from dabir.persian.digits import int_to_words, ordinal

# Word begins both orders with «أ»; whoever reads them in Persian says «الف», and so do the papers that cite them.
_ABJAD = "الف ب ج د ه و ز ح ط ی ک ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ".split()
_ALPHA = "الف ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ک ل م ن ه و ی".split()
_LATIN = [chr(code) for code in range(ord("a"), ord("z") + 1)]
_ROMAN = {"m": 1000, "cm": 900, "d": 500, "cd": 400, "c": 100, "xc": 90, "l": 50, "xl": 40, "x": 10, "ix": 9, "v": 5}
_ROMAN |= {"iv": 4, "i": 1}
_MOST = 999


def numeral(number: int, form: str) -> str:
    """`number` in a format of Word, its digits ASCII; formats that no Persian paper has come out as digits."""
    if form in ("none", "bullet"):
        return ""
    return _FORMS[form](number) if form in _FORMS and 1 <= number <= _MOST else str(number)


def _letters(alphabet: list[str]) -> Callable[[int], str]:
    """Behind its last letter an alphabet begins again, each letter written twice, then three times …"""

    def lettered(number: int) -> str:
        again, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (again + 1)

    return lettered


def _roman(number: int) -> str:
    text = ""
    for letters, worth in _ROMAN.items():
        text += letters * (number // worth)
        number %= worth
    return text


_FORMS: dict[str, Callable[[int], str]] = {
    "arabicAbjad": _letters(_ABJAD),
    "arabicAlpha": _letters(_ALPHA),
    "lowerLetter": _letters(_LATIN),
    "upperLetter": _letters([letter.upper() for letter in _LATIN]),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": "{:02}".format,
    "cardinalText": int_to_words,
    "ordinalText": ordinal,
    "ordinal": ordinal,
}
