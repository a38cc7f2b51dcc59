"""The subject of a clause: at its beginning, behind a comma, before «موظف است»."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.anaphora import anaphor_end
from dabir.reading.clauses import Clause, Verb
from dabir.reading.lines import Passage
from dabir.reading.loose import acts, loose_subject
from dabir.reading.owners import Owner, opening_end, owner_at
from dabir.reading.parties import begins_at, loose_end, name_end
from dabir.reading.unmarked import inner_subject, office_before, sloppy_subject
from dabir.reading.wording import rx

_GLUED_AND = rx("و(?=[^\\W\\d])")
_SO_THAT = rx(r"تا\s+")
_DELIMITER = rx(r"[،,؛:]\s*(?:و\s+)?|\s[—–]\s+|(?<!\w)(?:که|آنکه|اینکه)\s+")
_BOUND = rx(r"موظف|مکلف|ملزم|متعهد|مامور|مجاز|مسئول|مسوول")  # of somebody; «باید» of things too
_TAKEN = rx(
    r"عهده (?:گرفت|گرفتند|دارد|دارند|گیرد|گیرند|بگیرد|بگیرند|خواهد داشت|خواهند داشت|خواهد گرفت|خواهند گرفت)(?!\w)"
)


def subject_of(passage: Passage, clause: Clause, claimed: set[int]) -> Owner | None:
    """The subject where the verb is its own («… نماید», «موظف است»); `claimed` are the letters of helpers."""
    if taken := _takes_on(passage, clause):
        return taken
    if clause.verb is Verb.PASSIVE or not clause.orders:
        return _before_modal(passage, clause) if clause.modal is not None else sloppy_subject(passage, clause)
    limit = clause.modal if clause.modal is not None else clause.verb_at
    first = opening_end(passage.folded, clause.start, limit)
    if not _begins(passage.folded, first) and (loose := loose_subject(passage, clause, first)):
        return loose
    for at in _openings(passage.folded, clause.start, limit, claimed):
        if anaphor_end(passage.folded, at) is not None:
            return Owner(anaphor=at)
        if begins_at(passage.folded, at):
            return owner_at(passage, at, limit)
    return _before_modal(passage, clause) if clause.modal is not None else inner_subject(passage, clause, claimed)


def _openings(folded: str, start: int, limit: int, claimed: set[int]) -> Iterator[int]:
    """Where a subject may begin: at the clause's first word, and after a comma that ends an adjunct."""
    at = opening_end(folded, start, limit)
    if (so_that := _SO_THAT.match(folded, at)) and _begins(folded, so_that.end()):
        at = so_that.end()  # «مقرر شد تا شهرداری …»
    if not begins_at(folded, at) and (glued := _GLUED_AND.match(folded, at)) and _begins(folded, glued.end()):
        at = glued.end()
    yield at
    for match in _DELIMITER.finditer(folded, at, limit):
        if match.start() not in claimed:
            yield match.end()


def _begins(folded: str, at: int) -> bool:
    return begins_at(folded, at) or anaphor_end(folded, at) is not None


def _takes_on(passage: Passage, clause: Clause) -> Owner | None:
    """«آقای … مسئولیت پیگیری را بر عهده گرفت»."""
    if "عهده" not in passage.folded[clause.start : clause.end]:
        return None
    match = _TAKEN.search(passage.folded, clause.start, clause.end)
    return owner_at(passage, opening_end(passage.folded, clause.start, match.start()), match.start()) if match else None


def _before_modal(passage: Passage, clause: Clause) -> Owner | None:
    """Before «موظف است» and the like stands the subject, whatever it is called."""
    folded = passage.folded
    if clause.modal is None:
        return None
    starts = list(_openings(folded, clause.start, clause.modal, set()))
    for at in reversed(starts):
        if folded[at : clause.modal].strip() and (end := loose_end(folded, at, clause.modal)) is not None:
            if name_end(folded, at, clause.modal) is not None:
                return owner_at(passage, at, clause.modal)
            whole = not folded[end : clause.modal].replace("نیز", "").strip()
            if (
                whole
                and clause.verb is not Verb.PASSIVE
                and (_BOUND.match(folded, clause.modal) or acts(folded[at:end]))
            ):
                return Owner(((at, end),))
            return office_before(passage, clause.modal, clause.start, set())
    return office_before(passage, clause.modal, clause.start, set())
