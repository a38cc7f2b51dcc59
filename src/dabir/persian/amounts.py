"""Amounts in digits or words: «۱۰٫۰۰۰٫۰۰۰», «ده میلیون», «۱۰ میلیون», «یک میلیارد و دویست میلیون»."""

from __future__ import annotations

import re

from dabir.persian.digits import words_to_int

_SCALES = {"هزار": 10**3, "میلیون": 10**6, "میلیارد": 10**9}
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[,٬٫/.،'])\d{3})(?:(?P=mark)\d{3})*")
_LONGEST, _MOST = 15, 16  # digits, words
_NO_NUMBERS = ("اول", "اولین", "نخست", "نخستین")


def amount_of(folded: str) -> int | None:
    """The whole number that the folded text is, in digits, words or both, or None. Ordinals are none."""
    tokens = folded.split()
    if not tokens or len(tokens) > _MOST or tokens[-1] in _NO_NUMBERS or tokens[-1].endswith("م"):
        return None
    total = 0
    group: list[str] = []
    for token in tokens:
        if token in _SCALES:
            value = _group(group) if group else 1
            if value is None:
                return None
            total, group = total + value * _SCALES[token], []
        else:
            group.append(token)
    rest = _group(group) if group else 0
    return None if rest is None else total + rest or None


def _group(tokens: list[str]) -> int | None:
    tokens = tokens[1:] if tokens[0] == "و" else tokens
    if not tokens:
        return None
    text = " ".join(tokens)
    if digits := plain(text):
        return digits
    return words_to_int(text) if not any(char.isdigit() for char in text) else None


def plain(text: str) -> int | None:
    """The number of digits alone, in groups of three or in one run."""
    if _GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None
