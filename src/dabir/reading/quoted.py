"""Letters that an item quotes («نامه شهرداری: «ریاست محترم شورا؛ سلام علیکم؛ …» مطرح و موافقت شد»): their words, and
what they ask for, are not the meeting's."""

from __future__ import annotations

from dabir.reading.lines import Passage
from dabir.reading.wording import folded_words, has_one, rx

LETTER = rx(r"(?<!\w)(?:نامه|درخواست|تقاضا|پیشنهاد|گزارش)(?!\w)")
_SALUTATION = rx(
    r"""[«“]\s*(?:(?:ریاست|رئیس|شورا|شورای|جناب|سرکار|مدیر|مدیرکل|مدیرعامل|استاندار|فرماندار|شهردار|هیات|اعضا|اعضای
        |سرپرست|معاون)(?!\w)[^«»“”]{0,60}?(?<!\w)(?:محترم|گرامی|معزز)(?!\w)
        |(?:با )?سلام(?: علیکم)?(?!\w)|احتراما|با احترام|بسمه تعالی)"""
)
_GREETS = folded_words("محترم گرامی معزز سلام احترام بسمه")
_CLOSES = "»”"


def letters_in(folded: str) -> list[tuple[int, int]]:
    """Where letters stand in the folded text; one without a closing sign goes on to the end."""
    if not ("«" in folded or "“" in folded) or not has_one(folded, _GREETS):
        return []
    found: list[tuple[int, int]] = []
    end = 0
    for match in _SALUTATION.finditer(folded):
        if match.start() >= end:
            ends = [at + 1 for sign in _CLOSES if (at := folded.find(sign, match.end())) >= 0]
            end = min(ends, default=len(folded))
            found.append((match.start(), end))
    return found


def is_open(folded: str) -> bool:
    """True where a letter begins in the folded line and does not end in it."""
    letters = letters_in(folded)
    return bool(letters) and letters[-1][1] == len(folded) and not folded.endswith(tuple(_CLOSES))


def closes(folded: str) -> bool:
    """True where a quotation ends in the folded line."""
    return any(sign in folded for sign in _CLOSES)


def without_letters(passage: Passage) -> Passage:
    """The passage without the letters that it quotes."""
    letters = letters_in(passage.folded)
    if not letters:
        return passage
    bounds = [0, *(at for letter in letters for at in letter), len(passage.text)]
    pieces = [passage.cut(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    rest = Passage.of(part for piece in pieces for part in piece.parts())
    return rest if rest.text else passage
