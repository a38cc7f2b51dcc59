"""Numbers of counties, districts … against the directory on the meeting's day (seed ب: «۱۷ بخش جغرافیایی استان»)."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.persian.digits import number_in, to_persian
from dabir.persian.letters import squash
from dabir.reading.context import Division
from dabir.reading.dates.vocabulary import AFTER, BEFORE, NUMBER
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import Severity
from dabir.reading.wording import rx

_KINDS = {"شهرستان": "counties", "بخش": "districts", "دهستان": "rural_districts"}
_SCOPES = {"استان": "province", "شهرستان": "county"}
_COUNTED = rx(
    rf"(?P<all>{BEFORE}(?:کلیه|همه|تمام|تمامی|هر|مجموع|سراسر|دارای|شامل|متشکل از|به تفکیک(?: و در سطح)?|در سطح) )?"
    rf"{BEFORE}(?P<number>{NUMBER}) (?P<kind>شهرستان|بخش|دهستان)(?: (?:جغرافیایی|تابعه|مختلف|موجود))?"
    rf"(?: (?:در|از))?(?: این)? (?P<scope>استان|شهرستان){AFTER}(?P<name>[^.،؛\n]{{0,40}})"
)


@rule("number.places", Severity.WARNING, "The directory has another number of places on that day")
def number_of_places(paper: Paper) -> Iterator[Said]:
    if not paper.context.divisions:
        return
    for number, line in paper.lines_with(*_KINDS):
        for match in _COUNTED.finditer(line.folded):
            stated = number_in(match["number"])
            known = _known(paper, match["scope"], match["name"], _KINDS[match["kind"]])
            if not stated or not known:
                continue
            # Fewer than there are may be some of them, unless the paper speaks of all.
            wrong = all(stated > count for _, count in known) or (match["all"] and all(stated != n for _, n in known))
            if wrong:
                division, count = known[0]
                words = quote(line.words[match.start("number") : match.end("scope")])
                place = f"{match['scope']} {division.name}"
                said = f"شماره {words} با فهرست تقسیمات آن روز نمی‌خواند: {place} {count} {match['kind']} دارد."
                yield Said(to_persian(said), (number, number), to_persian(f"{count} {match['kind']}"))


def _known(paper: Paper, scope: str, name: str, kind: str) -> list[tuple[Division, int]]:
    """The places that may be meant, with how many of the kind each has: the named one, or any where none is named."""
    counted = [
        (one, count) for one in paper.context.divisions if one.kind == _SCOPES[scope] and (count := getattr(one, kind))
    ]
    words = squash(name)
    named = [(one, count) for one, count in counted if words.startswith(squash(one.name))]
    return named or (counted if scope == "استان" and len(counted) == 1 else [])


RULES = (number_of_places,)
