"""Words that are not what was meant, and letters and half-spaces that are not as they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dabir.persian import zwnj
from dabir.persian.digits import to_persian
from dabir.reading.findings.frame import LONGEST_QUOTE, Paper, Said, quote, rule
from dabir.reading.minutes import Fix, Severity
from dabir.reading.parties import SPEAKER
from dabir.reading.slips import Slip, find_slips
from dabir.reading.wording import any_of, rx

MOST_FIXES = 100  # kinds of words that one finding offers to put right
_EXAMPLES = 3
_ARABIC = "\u064a\u0643"
_PERSIAN = "\u06cc\u06a9"
_ARABIC_WORD = re.compile(rf"(?<![^\W\d_])[^\W\d_]*[{_ARABIC}][^\W\d_]*")
_TO_PERSIAN = str.maketrans(_ARABIC, _PERSIAN)
# Behind these stands a name, which no list has.
_NAMED = rx(
    any_of(
        "شهرستان|شهر|بخش|دهستان|روستا|روستای|محله|خیابان|کوچه|میدان|بلوار|شرکت|موسسه|سد|رودخانه|پل|شهید|سید|سیده|خانم"
    )
    + r"\s+\Z"
)
_TITLE = re.compile(rf"(?:{SPEAKER.pattern})\s+(?:[^\W\d_]+\s+){{0,2}}\Z")
_REACH = 40  # letters before a word in which a title may stand


@rule("text.slip", Severity.NOTE, "A slip of the pen or of text recognition")
def slips(paper: Paper) -> Iterator[Said]:
    for slip in find_slips(paper.text, paper.folded):
        written = paper.text[slip.start : slip.end]
        if slip.certain or not _is_name(paper, slip):
            number = paper.line_at(slip.start)
            fix = Fix(written, slip.right)
            yield Said(f"{quote(written)} گویا {quote(slip.right)} است.", (number, number), slip.right, fixes=(fix,))


def _is_name(paper: Paper, slip: Slip) -> bool:
    """Whether an unknown word may be a name: behind a title or a place's kind, among names, or said more than once."""
    folded = paper.folded
    word = folded[slip.start : slip.end]
    before = folded[max(0, slip.start - _REACH) : slip.start]
    again = folded.find(word, folded.find(word) + 1) >= 0
    return bool(again or word in paper.names or _NAMED.search(before) or _TITLE.search(before))


@rule("text.joined", Severity.NOTE, "Half-spaces are lost")
def half_spaces(paper: Paper) -> Iterator[Said]:
    # seed: «بهرهوری», «منظومههای», and «برنامه ریزی» in its first part
    found = zwnj.lost(paper.text, paper.folded)
    if found:
        if _mixed(paper.text):
            found = Counter({(old, new.translate(_TO_PERSIAN)): times for (old, new), times in found.items()})
        yield _everywhere(paper, "نیم‌فاصله از قلم افتاده است", found)


@rule("text.letters", Severity.NOTE, "Arabic letters among the Persian ones")
def arabic_letters(paper: Paper) -> Iterator[Said]:
    # seed: «مهندسين» alone; a paper that is Arabic in all its letters is one keyboard's and is let be
    if _mixed(paper.text):
        lines = (line.words for line in paper.lines if any(letter in line.words for letter in _ARABIC))
        words = Counter(word for line in lines for word in _ARABIC_WORD.findall(line))
        right = Counter({(word, word.translate(_TO_PERSIAN)): times for word, times in words.items()})
        yield _everywhere(paper, "«ي» یا «ك» عربی نوشته شده است", right)


def _mixed(text: str) -> bool:
    """Whether the letters of two keyboards stand in the text."""
    return any(letter in text for letter in _ARABIC) and any(letter in text for letter in _PERSIAN)


def _everywhere(paper: Paper, what: str, found: Counter[tuple[str, str]]) -> Said:
    """One finding for the whole paper: how often, some examples, and what can be put right, the most frequent first."""
    pairs = [Fix(old, new) for (old, new), _ in found.most_common(MOST_FIXES)]
    examples = "، ".join(f"«{fix.old}» ({fix.new})" for fix in pairs[:_EXAMPLES] if len(fix.old) < LONGEST_QUOTE)
    places = to_persian(str(found.total()))
    return Said(f"در {places} جا {what}، مانند {examples}.", (1, max(1, len(paper.lines))), fixes=tuple(pairs))


RULES = (
    slips,
    half_spaces,
    arabic_letters,
)
