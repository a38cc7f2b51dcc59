"""An owner said once for several sentences: «… ارائه دهند. و در پایان هر ماه گزارش را ارسال نمایند»."""

from __future__ import annotations

from itertools import pairwise

from dabir.persian.letters import same_length_fold
from dabir.reading.clauses import Verb, clauses_of
from dabir.reading.lines import Line, Passage
from dabir.reading.minutes import Obligation, Party, Reason, Resolution
from dabir.reading.wording import rx

_GOES_ON = rx(r"(?:.*[.؛،]\s*)?\s*(?:و|همچنین|ضمنا|نیز)\s*\Z")
_SEVERAL = rx(r"(?:ها|های|ان|ین|محترم|آقای|خانم|مهندس|دکتر)(?!\w)")
_NEAR = 2  # lines
_SURE = 0.8
_BEGINNING = 24  # letters by which a resolution is found on its line


def carry(resolutions: list[Resolution], lines: list[Line]) -> None:
    """Give a sentence that goes on from the decision before it, and whose verb has no subject, that one's owner."""
    for before, after in pairwise(resolutions):
        if not (before.obligations and after.obligations) or after.number or after.obligations[0].lead:
            continue
        owed, duty = before.obligations[-1], after.obligations[0]
        near = 0 <= after.lines[0] - before.lines[1] <= _NEAR
        if owed.lead and near and _goes_on(after, lines) and _agrees(owed, after.text):
            duty.lead = Party(owed.lead.text, score=_SURE, reason=Reason.PRONOUN, named_at=owed.lines[0])


def _goes_on(resolution: Resolution, lines: list[Line]) -> bool:
    """True where «و» or «همچنین» stands before the resolution's words."""
    line = lines[resolution.lines[0] - 1]
    at = line.words.find(resolution.text[:_BEGINNING])
    return at > 0 and bool(_GOES_ON.fullmatch(line.folded[max(0, at - _BEGINNING) : at]))


def _agrees(owed: Obligation, text: str) -> bool:
    """True where the first verb that orders has a subject of its own, in the number of those who owe: «نمایند» is said
    of several, or of one with respect."""
    ordering = (clause for clause in clauses_of(Passage.of([(1, text)])) if clause.orders)
    first = next(ordering, None)
    if first is None or first.verb is not Verb.ORDER or owed.lead is None:
        return False
    many = text[first.verb_at : first.end].strip().endswith("ند")
    return not many or bool(owed.helpers) or bool(_SEVERAL.search(same_length_fold(owed.lead.text)))
