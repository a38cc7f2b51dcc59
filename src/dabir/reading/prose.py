"""Prose: the sentences by which a meeting decides or orders, told apart from what somebody says."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.clauses import Verb, clauses_of
from dabir.reading.decisions import DECIDED_HERE, DECIDES, EARLIER, SPEECH, is_formula
from dabir.reading.items import sentences
from dabir.reading.lines import Passage
from dabir.reading.parties import begins_at
from dabir.reading.wording import rx

_TURN = rx(
    r""".*(?:(?<!\w)(?:و|که|لذا|بنابراین|سپس|نهایت|همچنین|نتیجه|اساس|ارتباط|راستا|پایان|بررسی|نظر|ادامه|ضمنا|خصوص)
        |[؛،])\s*\Z"""
)
_RULES = rx(r"(?<!\w)(?:از این پس|ازین پس|من ?بعد|از این تاریخ|زین پس|از این به بعد)(?!\w)")
_FAR = 300  # letters before the deciding words that are no lead-in any more
_CONNECTORS = rx(r"""[\s،؛.]*(?:(?:ضمنا|همچنین|در ضمن|(?:در )?(?:پایان|خاتمه|ادامه|انتها)(?:ی)?(?: این)?(?: جلسه| نشست
    | مذاکرات)?|لذا|بنابراین|و|سپس|که)(?!\w)[\s،]*)*""")


def resolutions_in(paragraph: Passage, *, orders_count: bool = False) -> Iterator[Passage]:
    """The sentences of `paragraph` that decide. Where `orders_count` (under a title «مصوبات»), a plain order is enough;
    elsewhere only one that goes on from a decision («دبیرخانه نیز … منعکس نماید»)."""
    going_on = orders_count
    for sentence in sentences(paragraph):
        folded = sentence.folded
        if is_formula(folded):
            continue
        begin = _begin(folded)
        if begin is not None:
            going_on = True
            yield sentence.cut(begin)
        elif SPEECH.search(folded):
            going_on = orders_count
            for sp in SPEECH.finditer(folded): pass
            rest = sentence.cut(sp.end())
            rest = rest.cut(len(rest.folded) - len(rest.folded.lstrip(' :،.«"')))
            if orders_count and rest.text and (_orders(rest) or any(c.orders for c in clauses_of(rest))): yield rest
        elif going_on and (_orders(sentence) or _RULES.search(folded)):
            yield sentence.cut(_skip(folded))


def _begin(folded: str) -> int | None:
    """Where the resolution begins in a sentence: at its first word, or at the deciding words after a report."""
    for match in DECIDES.finditer(folded):
        speech = None
        for speech in SPEECH.finditer(folded, 0, match.start()):
            pass
        if speech is None:
            return match.start() if match.start() > _FAR else _skip(folded)
        between = folded[speech.end() : match.start()]
        if DECIDED_HERE.fullmatch(match[0]) and not EARLIER.search(between):
            return match.start()
        if _TURN.fullmatch(between[-40:]) and len(between) < 400 and not between.lstrip().startswith("که"):
            return match.start()
    return None


def _skip(folded: str) -> int:
    match = _CONNECTORS.match(folded)
    return match.end() if match else 0


def _orders(sentence: Passage) -> bool:
    clauses = clauses_of(sentence)
    return (
        (bool(clauses)
        and clauses[-1].verb in (Verb.ORDER, Verb.PASSIVE)
        and clauses[-1].modal is None)
        or (bool(clauses) and begins_at(sentence.folded, _skip(sentence.folded)) and any(c.modal for c in clauses))
    )
