"""Which duty a time limit binds: limits before «مقرر شد», beside the clause, and two of them in one clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from dabir.reading.clauses import ELIDED, Clause, Verb
from dabir.reading.dates import FoundDue
from dabir.reading.minutes import DueKind
from dabir.reading.wording import rx

_APART = 12  # letters; fewer between two limits make them one duty's («ظرف یک ماه و حداکثر تا پایان آبان»)
_NOTHING = " \t\n.،؛:()[]«»*-–—"
_AND = rx(r"(?<!\w)و \Z")
_ACT = rx(r"(?<!\w)را (?!جهت|برای|به|با|در|از|مورد)(?:[^\W\d]{1,20}\s){1,2}?و\s")  # «معابر را ترمیم و»
_FURTHER = rx(r"(?<!\w)و (?=در صورت|سپس|همچنین|پس از آن|متعاقب)")
_DONE = rx(r"(?<!\w)(?:کرده|نموده|داده|گرفته|آورده) و\s*\Z")
_TIME = rx(r"(?<!\w)(?:مهلت|موعد|زمان|فرصت|سررسید)(?!\w)")
# «جهت بررسی و تأیید»: a noun with such a word before it stands for no verb.
_ADVERBIAL = rx(r"(?<!\w)(?:جهت|برای|به منظور|پس از|بعد از|قبل از|با|مورد|در|و) (?:[^\W\d]{1,20} )?\Z")
_BEFORE_IT = 40  # letters
_TOLD = ("پس", "بعد")


def parted(clause: Clause, limits: list[FoundDue], folded: str) -> Iterator[tuple[Clause, list[FoundDue]]]:
    """The clause with its limits; or cut before each that belongs to a further duty: «گزارش را تا پایان آبان تهیه و تا
    پایان آذر ارائه نماید», «ظرف یک ماه بررسی کرده و … با فوریت جبران شود»."""
    rest, own = clause, limits[:1]
    for before, limit in pairwise(limits):
        often = before.due.kind is limit.due.kind is DueKind.RECURRING  # «گزارش هفتگی … هر شنبه»
        if not often and (cut := _cut(folded, before.end, limit.start, clause.verb_at)):
            behind = rest.modal is not None and rest.modal >= cut
            verb = Verb.ORDER if _DONE.search(folded, rest.start, cut) else rest.verb
            modal = None if behind else rest.modal
            yield replace(rest, end=cut, verb=verb, verb_at=cut, modal=modal, elided=True), own
            rest, own = replace(rest, start=cut, modal=rest.modal if behind else None), []
        own.append(limit)
    yield rest, own


def _cut(folded: str, start: int, end: int, verb: int) -> int | None:
    """Where a second duty begins between two limits, at `start` and `end`; None where both are of one duty."""
    if end > verb:
        return None
    for pattern in (_FURTHER, _ACT):
        if match := pattern.search(folded, start, end):
            return match.end()
    nouns = (noun for noun in ELIDED.finditer(folded, start, end + 1) if not _is_adverbial(folded, start, noun.start()))
    if cuts := [noun.end() for noun in nouns]:
        return cuts[-1]
    return end if end - start >= _APART and _AND.search(folded, start, end) else None


def _is_adverbial(folded: str, start: int, at: int) -> bool:
    return _ADVERBIAL.search(folded, max(start, at - _BEFORE_IT), at) is not None


def told(limit: FoundDue, folded: str) -> bool:
    """True where what stands before «مقرر شد» tells what had gone before it: «پس از ارائه گزارش مقرر شد …»."""
    return limit.due.kind is DueKind.EVENT and folded.startswith(_TOLD, limit.start)


def alone(clause: Clause, limit: FoundDue, folded: str) -> bool:
    """True where a clause that orders nothing is there for its limit: «(تا پایان آبان)», «مهلت این کار تا … است»."""
    before = folded[clause.start : limit.start]
    return not before.strip(_NOTHING) or _TIME.search(before) is not None
