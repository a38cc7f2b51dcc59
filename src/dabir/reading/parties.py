"""Names on paper: where the name of an office, a post or a person begins, and where it ends.

No parser can know all names; the grammar goes by heads («اداره کل», «شهرداری», «معاون»), by what offices deal with,
and by the words that end a name.
"""

from __future__ import annotations

import re

from dabir.persian.remembering import remembered
from dabir.reading.endings import DUTIES, LEADS_ON, OBJECTS, SAYS_ON
from dabir.reading.offices import (
    COMPLETE_HEADS,
    FIELDS,
    OPEN_HEADS,
    PERSON_TITLES,
    PLURAL_HEADS,
    QUANTIFIER,
    SHORT_FIELDS,
)
from dabir.reading.wording import beginnings, begins_like, rx

_TOKEN = re.compile(r"\s*(\w+|[^\w\s])")
_OBJECT_MARK = rx(r"\s*(?:خود\s+)?را(?!\w)")
# Before these stands the noun of the verb, no name: «با حضور نماینده حراست بازگشایی شود».
_LIGHT = rx(
    r"""\s*(?:شود|شوند|گردد|گردند|نماید|نمایند|کند|کنند|دهد|دهند|گیرد|گیرند|یابد|شد|شدند|گردید|نمود|کرد|کردند|داد
        |دادند)(?!\w)"""
)
_BRACKETS = {"(": ")", "«": "»"}
_LONGEST_NAME = 14  # words
_FIRM = rx(r"(?:مهندسین مشاور|مهندسان مشاور|مشاور|پیمانکار|مجری)(?!\w)")
SEVERAL = rx(rf"(?:{PLURAL_HEADS})(?!\w)")
MEMBER = rx(rf"(?:{FIELDS}|{SHORT_FIELDS})(?!\w)")

_GLUED_TITLE = r"(?:دکتر(?!ا(?!\w)|ای|ها|ی(?!\w)|ین)|مهندس(?!ی|ین|ان|ها))(?=[^\W\d]{3,})"  # «دکترنوری»
PERSON = rx(rf"(?<!\w)(?:{PERSON_TITLES}(?!\w)(?:\s+{PERSON_TITLES}(?!\w))*(?:\s+{_GLUED_TITLE})?|{_GLUED_TITLE})")
_COMPLETE = rx(rf"(?:{QUANTIFIER}\s+)*(?:{COMPLETE_HEADS})(?!\w)")
_OPEN = rx(rf"(?:{QUANTIFIER}\s+)*(?:{OPEN_HEADS})(?!\w)")
_FIELD = rx(rf"(?:{FIELDS})(?!\w)")
_BEGINNINGS = beginnings(PERSON_TITLES, QUANTIFIER, COMPLETE_HEADS, OPEN_HEADS, FIELDS)
POST = rx(
    r"""(?:معاون|مدیر|مدیریت|مدیرکل|مدیر کل|مدیرعامل|مدیر عامل|رئیس|ریاست|سرپرست|فرماندار|استاندار|بخشدار|شهردار|دهیار
        |دبیر|نماینده|مسئول|کارشناس|مشاور|عضو|ناظر|قائم مقام|فرمانده"""
    r"|خزانه دار|بازرس|امام جمعه|دادستان|کتابدار|رابط|معاونت|مجری|جانشین|استاد|رؤسا|وزیر|سخنگو|منشی)(?!\w)"
)
SPEAKER = re.compile(f"(?:{PERSON.pattern}|{POST.pattern})")
_WITHIN = rx(
    r"""(?:محترم|معزز|گرامی|استان|شهرستان|شهر|بخش|کشور|منطقه|مربوطه|مربوط|ذیربط|ذی ربط|تابعه|مذکور|یادشده|عضو|اصلی
        |کل|مرکزی)(?!\w)"""
)
_PLACE = rx(
    r"""(?:استان|شهرستان|شهر|بخش|روستای
        |(?:منطقه|ناحیه)(?: (?:\d{1,2}|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده)(?!\w))?)(?!\w)"""
)


def begins_at(folded: str, start: int) -> bool:
    """True when a name begins at `start` of the folded text."""
    heads = (PERSON, _COMPLETE, _OPEN, _FIELD)
    return begins_like(folded, start, _BEGINNINGS) and any(pattern.match(folded, start) for pattern in heads)


def is_thing(word: str) -> bool:
    """True where the folded word is what somebody handles or does («پروژه», «احداث»): a name may depend on it."""
    return bool(OBJECTS.match(word) or DUTIES.match(word))


def may_be_person(folded: str) -> bool:
    """True where the words could be a person's bare name: no office begins them, and none leads on or is a duty."""
    other = (LEADS_ON, SAYS_ON, OBJECTS, DUTIES)
    words = (match.start(1) for match in _TOKEN.finditer(folded))
    return not begins_at(folded, 0) and not any(pattern.match(folded, at) for at in words for pattern in other)


@remembered
def name_end(folded: str, start: int, end: int) -> int | None:
    """Where the name that begins at `start` ends, or None where none begins; a name joined to it is not gone into, and
    of a head in the plural («رؤسای راهداری و برق») only the first member."""
    if not begins_like(folded, start, _BEGINNINGS):
        return None
    if person := PERSON.match(folded, start):
        return person_end(folded, person.end(), end)
    complete, opened, field = (pattern.match(folded, start) for pattern in (_COMPLETE, _OPEN, _FIELD))
    heads = [match for match in (complete, opened, field) if match and match.end() <= end]
    if not heads:
        return None
    head = max(heads, key=lambda match: (match.end(), match is not opened))
    needs = head is opened and (complete is None or complete.end() < head.end())
    if SEVERAL.match(folded, start) and (member := MEMBER.match(folded, _word_at(folded, head.end(), end), end)):
        after = _TOKEN.match(folded, member.end(), end)
        if after and (after[1] in "،,و"):
            return member.end()
    return _tail(folded, head.end(), end, needs=needs, firm=bool(_FIRM.match(folded, start)))


def loose_end(folded: str, start: int, end: int) -> int | None:
    """Where a name without a known head would end («با همکاری X …»): at the first word that cannot be part of one."""
    reach = _tail(folded, start, end, needs=True)
    return reach if reach > start and folded[start:reach].strip() else None


def _tail(folded: str, at: int, end: int, *, needs: bool, firm: bool = False) -> int:
    """The end of a name whose head ends at `at`; `needs` where the head says nothing without the word after it; what a
    `firm` is called may be any noun («مهندسین مشاور طرح‌آفرین»)."""
    reach = sure = at
    placed = False
    unsure = 0  # words since the last sure one
    for _ in range(_LONGEST_NAME):
        token = _TOKEN.match(folded, reach, end)
        if token is None:
            return reach
        any_noun = (needs or firm) and reach == at
        step = _step(folded, token, end, needs=any_noun, placed=placed)
        if step is None:  # before «را» stands an object too: only what is sure belongs to the name
            return sure if _OBJECT_MARK.match(folded, token.start()) else reach
        reach, certain = step
        certain = certain and not (firm and any_noun) and unsure <= 1
        sure, unsure = (reach, 0) if certain else (sure, unsure + 1)
        place = _PLACE.match(folded, token.start(1), end)
        placed = place is not None and place.end() == token.end()
    return sure


def _step(folded: str, token: re.Match[str], end: int, *, needs: bool, placed: bool) -> tuple[int, bool] | None:
    """How far `token` carries a name, and whether it surely does; None where the name is over. After a head that
    `needs` one, the word may be any noun; after a place («شهرستان») it surely is the place's own name."""
    begin, word = token.start(1), token[1]
    field, thing = _FIELD.match(folded, begin, end), OBJECTS.match(folded, begin, end)
    if field and (thing is None or thing.end() <= field.end()):  # «اطلاعات», but «اطلاعات لازم» is what it sends
        return field.end(), True
    if word in _BRACKETS:
        close = folded.find(_BRACKETS[word], begin, min(end, begin + 60))
        return None if close < 0 or re.search(r"[:؛]", folded[begin:close]) else (close + 1, True)
    if word == "و":
        joined = _joined(folded, token.end(), end)
        return None if joined is None else (joined, False)
    if not word[0].isalnum() or _over(folded, begin, end, placed=placed):
        return None
    act = word[0].isdigit() or thing or DUTIES.match(folded, begin, end)
    verbal = not placed and _LIGHT.match(folded, token.end(), end)
    if (not needs and (act or verbal)) or (act and _OBJECT_MARK.match(folded, token.end())):
        return None
    place = _PLACE.match(folded, begin, end)
    return place.end() if place else token.end(), bool(needs or placed or place or _WITHIN.match(folded, begin, end))


def _over(folded: str, begin: int, end: int, *, placed: bool) -> bool:
    """True where the word at `begin` is no part of the name before it: it leads on, or begins a name of its own."""
    if PERSON.match(folded, begin, end) or LEADS_ON.match(folded, begin, end):
        return True
    if folded[begin] == "و" and begins_at(folded, begin + 1):  # «ودهیاران»
        return True
    # «… واحدهای استان استانداری …», «مدیریت بحران شهرستان ستاد …», «منابع طبیعی استان محدوده را …»
    word = _TOKEN.match(folded, begin, end)
    another = _COMPLETE.match(folded, begin, end) or _OPEN.match(folded, begin, end)
    return placed and bool(another or (word and _OBJECT_MARK.match(folded, word.end())))


def _joined(folded: str, at: int, end: int) -> int | None:
    """The end of a «و …» inside one name («نظارت و ارزیابی», «حلب و مرکزی شهرستان …»), or None where it is over."""
    token = _TOKEN.match(folded, at, end)
    if token is None or not token[1][0].isalpha():
        return None
    begin = token.start(1)
    if begins_at(folded, begin) or any(p.match(folded, begin, end) for p in (LEADS_ON, OBJECTS, DUTIES)):
        return None
    after = _TOKEN.match(folded, token.end(), end)
    if after is None:
        return token.end()
    begin = after.start(1)
    closes = (
        not after[1][0].isalnum()
        or LEADS_ON.match(folded, begin, end)
        or _WITHIN.match(folded, begin, end)
        or after[1] == "و"
    )
    return token.end() if closes else None


def person_end(folded: str, at: int, end: int) -> int:
    """The end of a person's name behind its title, with the post that follows it («مهندس بردبار رئیس اداره مدارس»)."""
    reach = family = at
    for count in range(4):
        token = _TOKEN.match(folded, reach, end)
        if token is None or not token[1][0].isalpha():
            return reach
        begin = token.start(1)
        if count and (post := POST.match(folded, begin, end)):
            return _tail(folded, post.end(), end, needs=True)
        ends = (LEADS_ON, SAYS_ON, PERSON, *((OBJECTS, DUTIES) if count else ()))
        if any(pattern.match(folded, begin, end) for pattern in ends):
            return family if token[1] == "را" else reach  # what stands before «را» is no name any more
        reach = token.end()
        family = family if count else reach
    return reach


def _word_at(folded: str, at: int, end: int) -> int:
    while at < end and folded[at].isspace():
        at += 1
    return at
