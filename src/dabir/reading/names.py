"""Lists of names taken apart: by dashes, semicolons, commas or «و», without breaking a name that holds one."""

from __future__ import annotations

import re

from dabir.persian.letters import same_length_fold
from dabir.persian.remembering import remembered
from dabir.reading.offices import FIELDS
from dabir.reading.parties import PERSON, POST, begins_at, may_be_person
from dabir.reading.wording import any_of, rx

_FIELD = rx(rf"(?<!\w)(?:{FIELDS})(?!\w)")
_DASH = re.compile(r"(?:\s+[-–—ـ]+\s+|\s*[؛;\n]\s*|\s+[-–—]\s*\Z)")
_BRACKETS = re.compile(r"\([^()]{0,400}\)")
_SEPARATOR = re.compile(r"[،,؛;\-–—]|(?<=\s)و(?=\s)")
_COMMA = re.compile(r"\s*[،,؛;\n]\s*")
_AND = rx(r"\s+و\s+|\s+و(?=[^\W\d]{3,})(?<=\sو)")
_PLURAL = rx(r"\s*(?:سرکار |جناب )?(?:آقایان|برادران|خواهران|خانم ها|آقایان و خانم ها|خانمها)(?!\w)\s*")
_POSTED = rx(
    r"(?<!\w)(?:"
    + any_of(
        "رئیس|مدیر|مدیرکل|معاون|شهردار|بخشدار|فرماندار|استاندار|نماینده|دبیر|مسئول|اداره|سازمان|شرکت|کارشناس|سرپرست|اعضای|عضو|شورای|کمیته"
    )
    + r")(?!\w)"
)
_THAT = rx(r"\s*(?:(?:که|و|آن|با حضور)(?!\w)\s*)*")
_LEAD_IN = rx(r"[^()،,]{0,60}[،,]?\s*\(\s*(?P<list>[^()]{3,400})\s*\)\s*[،,]?\s*")
_SHORTEST = 2  # words of a bare name
_BARE = 4  # words of a bare name, with what follows it
_GLUED_DASH = re.compile(r"(?<=[^\W\d])[-–—]\s+|(?<=\))[-–—]\s+")
# «مدیران و کارشناسان برق»: what they are of stands behind the second.
_OF_BOTH = rx(
    r"""\s*(?:مدیران|مدیر|رئیس|روسا|معاون|معاونین|معاونان|مسئولین|مسئولان|نمایندگان|شوراها|کارشناسان
        |سرپرست)(?: محترم)?\s*"""
)
_EDGES = " \t\n،؛.:-–—*•"


@remembered
def split_names(text: str, *, prose: bool = False) -> tuple[str, ...]:
    """The names of a list. Dashes or semicolons divide where there are any, else commas; «و» divides before a title, a
    post or an office, and between bare names. In `prose`, a bracket after a collective holds the names themselves."""
    if prose and (match := _LEAD_IN.match(same_length_fold(text))) and PERSON.match(match["list"].strip()):
        inner = split_names(text[match.start("list") : match.end("list")], prose=True)
        return inner + split_names(text[match.end() :], prose=True)
    that = _THAT.match(same_length_fold(text))
    text = _parted_by_dashes(text[that.end() :] if that else text, prose=prose)
    folded = _masked(same_length_fold(text))
    dashes = bool(_DASH.search(folded)) and not prose
    pattern = _DASH if dashes else _COMMA
    names: list[str] = []
    plural = False
    pieces = _pieces(folded, pattern)
    bare = len(pieces) > 1 and all(_is_bare(folded[start:end]) for start, end in pieces[:-1])
    for start, end in pieces:
        last = end == len(folded)
        joined = [(start, end)] if dashes else _joined(folded, start, end, plural=plural, last=last, bare=bare and last)
        for begin, stop in joined:
            piece = text[begin:stop]
            if title := _PLURAL.match(same_length_fold(piece)):
                plural = True
                piece = piece[title.end() :]
            elif PERSON.match(same_length_fold(piece).strip()):
                plural = plural and bool(prose)
            if names and is_post_of(names[-1], piece):
                piece = f"{names.pop()}، {piece}"
            names.append(piece.strip(_EDGES))
    return tuple([name for name in names if name])


def is_post_of(name: str, piece: str) -> bool:
    """True for a post that a comma parts from its holder («خانم محمدی، کتابدار محترم شرکت …»)."""
    before, after = same_length_fold(name), same_length_fold(piece).strip()
    return bool(PERSON.match(before) and not POST.search(before) and POST.match(after))


def _masked(folded: str) -> str:
    """`folded` with the separators inside known names and brackets put out of sight."""
    return _BRACKETS.sub(_hidden, _FIELD.sub(_hidden, folded))


def _hidden(part: re.Match[str]) -> str:
    return _SEPARATOR.sub("·", part[0])


def _pieces(folded: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    pieces, start = [], 0
    for match in pattern.finditer(folded):
        pieces.append((start, match.start()))
        start = match.end()
    return [*pieces, (start, len(folded))]


def _joined(folded: str, start: int, end: int, *, plural: bool, last: bool, bare: bool) -> list[tuple[int, int]]:
    """The piece divided at each «و» that joins two names; `bare` where the names before it have no title, `last` where
    no name follows it: «و» joins the last two of a list, so before them it joins two posts of one person."""
    pieces, begin = [], start
    for match in _AND.finditer(folded, start, end):
        before, after = folded[begin : match.start()], folded[match.end() : end]
        following = _AND.search(folded, match.end(), end)
        second = folded[match.end() : following.start() if following else end]
        titled = PERSON.match(after) or _PLURAL.match(after)
        final = last and not following
        one = not titled and (
            (not final and PERSON.match(before.strip()) and POST.search(before) and POST.match(after))
            or (_OF_BOTH.fullmatch(before) and begins_at(folded, match.end()) and _has_complement(second))
        )
        known = titled or begins_at(folded, match.end())
        parted = match[0][-1].isspace()  # «ولی‌زاده» begins with the letter too
        if before.strip() and not one and (known or (parted and _are_two(before, second, plural=plural, bare=bare))):
            pieces.append((begin, match.start()))
            begin = match.end()
    return [*pieces, (begin, end)]


def _are_two(before: str, second: str, *, plural: bool, bare: bool) -> bool:
    """True where a bare name stands behind «و»: among the like, behind a titled one, behind a bracket."""
    people = plural or bool(_PLURAL.match(before))
    if len(second.split()) <= _BARE and people and not _POSTED.search(before):
        return True
    if before.rstrip().endswith(")"):
        return may_be_person(second.partition("(")[0])
    titled = PERSON.match(before.strip()) and not POST.search(before)
    return bool(titled or (bare and _is_bare(before))) and _is_bare(second)


def _has_complement(office: str) -> bool:
    """True for «کارشناسان برق», not for «دبیران محترم»."""
    return len(office.replace("محترم", " ").split()) > 1


def _is_bare(name: str) -> bool:
    """True for one or two words that could be a person's name."""
    return 0 < len(name.split()) <= _SHORTEST and may_be_person(name.strip())


def _parted_by_dashes(text: str, *, prose: bool) -> str:
    """The text with room before the dashes that part names («دکتر نوری- دکتر کیانی»)."""
    folded = same_length_fold(text)
    dashes = [one for one in _GLUED_DASH.finditer(folded) if begins_at(folded, one.end())]
    if not dashes or (len(dashes) == 1 and not begins_at(folded.lstrip(), 0)):  # «هادی نوری- فرماندار»
        return text
    for one in reversed(dashes):
        text = text[: one.start()] + ("، " if prose else " - ") + text[one.end() :]
    return text
