"""Who was there and who was not, as sentences tell it: «… با حضور …», «… حضور داشتند», «… غایب بودند»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from dabir.persian.letters import same_length_fold, squash
from dabir.reading.entries import entry_of, names_in
from dabir.reading.items import group, sentences
from dabir.reading.lines import Passage
from dabir.reading.minutes import Attendance, SectionKind
from dabir.reading.names import split_names
from dabir.reading.parties import begins_at
from dabir.reading.sections import Block
from dabir.reading.wording import any_of, folded_words, has_one, rx

_HELD = rx(r"(?<!\w)(?:تشکیل|برگزار|منعقد|آغاز|رسمیت یافت|شروع|جلسه)")
_WITH = rx(
    r"""(?<![^\W\d])(?:با حضور|با شرکت|با مشارکت|به اتفاق(?! (?:آرا|نظر)))(?!\w)\s*(?:و مشارکت )?
        |(?<!\w)باحضور(?=(?:آقا|خانم|امام|مدیر|معاون|مسئول|رئیس|روسا|نماینده|نمایندگان|اعضا|فرماندار|بخشدار|شهردار
        |استاندار|جمعی|کلیه|دهیار|کارشناس|دکتر|مهندس))"""
)
# «به ریاست فرماندار و اعضای شورا برگزار شد»
_CHAIRED = rx(
    r"""(?<!\w)به ریاست [^،.؛]{3,60}? و (?:با حضور )?(?=(?:اعضا|اعضای|کلیه|سایر|جمعی|نمایندگان|مدیران|روسا|رؤسای|مسئولان
        |مسئولین|کارشناسان|معاونان|معاونین|فرمانداران|شهرداران|دهیاران)(?!\w))"""
)
# «در این جلسه آقایان … برگزار شد»: «با حضور» is lost.
_PEOPLE_HELD = rx(r"در (?:این|آن) (?:جلسه|نشست) (?:که )?(?=آقایان(?!\w)[^.؛:]{10,900}? (?:برگزار|تشکیل) (?:شد|گردید))")
_AWAY_LIST = rx(r"(?<!\w)(?:غایبین|غایبان|غایب)(?: (?:محترم|جلسه|این جلسه|در جلسه))*\s*[:،]\s*")
_MEETING_WITH = rx(r"(?<!\w)جلسه با(?!\w|\s*(?:حضور|شرکت|مشارکت|تلاوت|قرائت|ذکر|نام|یاد|توجه|موضوع|دستور|هدف))\s*")
_JOINT = rx(r"(?:جلسه|نشست|دیدار)(?: ای| ی)? (?:مشترک|هم اندیشی|صمیمی)(?: ای| ی)?(?: بین| میان| فیمابین)?\s+")
_AND_WITH = rx(r"\s+(?:با|و)\s+(?=\S)")
_WERE_THERE = rx(
    r"""(?:در (?:این )?(?:جلسه|نشست) )?(?:نیز )?(?:حضور (?:داشتند|یافتند|داشت|به هم رساندند|بهم رساندند)|حاضر بودند
        |شرکت (?:داشتند|کردند|نمودند))"""
)
_WERE_AWAY = rx(
    r"""(?:در (?:این )?(?:جلسه|نشست) ?)?(?:حضور (?:نداشتند|نداشت|نیافتند|نیافت)
        |غایب (?:بودند|بود|می باشند)|حاضر (?:نبودند|نبود|نشدند|نشد)|غیبت (?:داشتند|داشت|کردند)
        |شرکت (?:نداشتند|نکردند|نداشت))"""
)
_EXCUSE = rx(
    r"""\s*(?:(?:به )?(?:علت|دلیل|جهت|واسطه|خاطر)|با (?:اطلاع|عذر|هماهنگی)|بدون|به لحاظ|در مرخصی
        |در ماموریت)(?!\w).{0,80}\Z"""
)
_IN_IT = rx(r"(?<!\w)در (?:(?:این|آن) (?:جلسه|نشست)|جلسه (?:فوق|مذکور|مزبور|یادشده))(?: که(?!\w))?[،,:]?\s+")
# «… در جلسه‌ای که به منظور … تشکیل شده بود شرکت نمودند»
_LATE = rx(r"\s+در (?:این )?(?:جلسه|نشست)(?: ای|ی)? که(?!\w)")
_LEADS_UP = rx(
    r"""\s*(?:به گزارش|به نقل از|با توجه به|پیرو|طبق|در راستای|به منظور|در پی|بنا به|حسب|به دعوت
        |در ابتدا)(?!\w)[^،]{3,140}،"""
)
_AS_FOLLOWS = rx(r"حاضر(?:ین|ان)?(?: در)?(?: این)?(?: جلسه| نشست| مجمع)? (?:عبارتند|عبارت بودند|عبارت است) از\s*:?")
_BEFORE_LIST = rx(r".*(?:(?<!\w)(?:در (?:این|ابتدای|ادامه)? ?(?:جلسه|نشست)|ضمنا|همچنین|اعضا|ابتدا)[،,:]?\s|:)")
_DECIDED = rx(r"(?<!\w)(?:مقرر|مصوب) ?(?:شد|گردید)")
_TELLING = (SectionKind.HEADER, SectionKind.DISCUSSION, SectionKind.RESOLUTIONS, SectionKind.AGENDA)
_NARRATIVE = 8  # paragraphs in which presence is told
_HEADLINE = 110  # letters
_MOST = 20  # times that a sentence says with whom
_LINES = 200  # of a block in which they are looked for
_NOT = folded_words("نداشت نیافت نکرد غایب نبود نشد غیبت")
_THERE = folded_words("حضور حاضر شرکت")
_MET = folded_words("حضور شرکت مشارکت اتفاق مشترک اندیشی صمیمی جلسه")
_PRESENCE = (*_NOT, *_THERE, *_MET)
_BRACKET = re.compile(r"\(([^()]{10,300})\)")
_CUT = rx(
    r"(?<!\w)(?:"
    + any_of(
        r"""تشکیل|برگزار|منعقد|آغاز|شروع|در(?!\s*(?:استان|مجلس|شهرستان))|راس|روز|مورخ|مورخه|با تلاوت
            |با قرائت|به میزبان|به میزبانی|به دعوت|به همت|درخصوص|پیرامون|با موضوع
            |با محوریت|با هدف|به ریاست|جلسه|رسمیت|و با|به منظور|جهت|به شرح|و پس|پس از"""
    )
    + r")(?!\w)|(?:تشکیل|برگزار|منعقد) (?:شد|گردید|یافت)(?!\w)"
)


def told_in(blocks: list[Block]) -> Iterator[Attendance]:
    """Presence and absence told in sentences of the first paragraphs; what a title says
    («… با حضور بخشدار برگزار شد») only where nothing else does."""
    told = (block.lines[:_LINES] for block in blocks if block.kind in _TELLING)
    unmarked = (item.passage for lines in told for item in group(lines) if item.mark is None)
    paragraphs = list(islice(unmarked, _NARRATIVE))
    entries = [
        [one for part in _apart(each) for one in _sentence(part)] if has_one(each.folded, _PRESENCE) else []
        for each in paragraphs
    ]
    if (
        entries
        and _is_title(paragraphs[0], paragraphs[1:])
        and any(one.present for each in entries[1:] for one in each)
    ):
        entries = entries[1:]
    once = {(squash(one.text), one.present): one for each in reversed(entries) for one in reversed(each)}
    return reversed(once.values())


def _is_title(first: Passage, others: list[Passage]) -> bool:
    """True for a headline, which may end with a full stop where another paragraph tells with whom one met."""
    if not first.text.endswith("."):
        return True
    return len(first.text) <= _HEADLINE and any("حضور" in one.folded and _WITH.search(one.folded) for one in others)


def _apart(passage: Passage) -> list[Passage]:
    """The sentences; a bracket that tells of an absence is one of its own."""
    found = []
    for sentence in sentences(passage):
        start = 0
        for match in _BRACKET.finditer(sentence.folded) if has_one(sentence.folded, _NOT) else ():
            if _WERE_AWAY.search(match[1]):
                found += [sentence.cut(start, match.start()), sentence.cut(match.start() + 1, match.end() - 1)]
                start = match.end()
        found.append(sentence.cut(start))
    return [one for one in found if one.text]


def _sentence(sentence: Passage) -> Iterator[Attendance]:
    folded = sentence.folded
    if "غایب" in folded and (away := _AWAY_LIST.search(folded)):
        yield from names_in(sentence.text[away.end() :], sentence.lines(away.start()), False)
        sentence = sentence.cut(0, away.start())
        folded = sentence.folded
    verbs = [
        (verb.start(), verb.end(), present)
        for pattern, needed, present in ((_WERE_AWAY, _NOT, False), (_WERE_THERE, _THERE, True))
        if has_one(folded, needed)
        for verb in pattern.finditer(folded)
    ]
    if verbs:
        start = 0
        for at, end, present in sorted(verbs):
            part = sentence.cut(start, end)  # without the white space around it
            yield from _before_verb(part, len(part.text) - (end - at), present)
            start = end
        inside = _IN_IT.search(folded, 0, min(verbs)[0])
        if inside and inside.start() and _HELD.search(folded, 0, inside.start()):
            yield from _held_with(sentence.cut(0, inside.start()))
        return
    if "عبارت" in folded and (listed := _AS_FOLLOWS.search(folded)):
        for name in split_names(sentence.text[listed.end() :]):
            if entry := entry_of(name, sentence.lines(), True, None):
                yield entry
    elif has_one(folded, _MET) and _HELD.search(folded):
        yield from _held_with(sentence)


def _before_verb(sentence: Passage, verb: int, present: bool) -> Iterator[Attendance]:
    """The names before «حضور داشتند» and the like, without what leads up to them and what excuses them."""
    begin = _BEFORE_LIST.match(sentence.folded[: min(verb, 60)])
    inside = [match.end() for match in _IN_IT.finditer(sentence.folded, 0, verb)]
    start = inside[-1] if inside else begin.end() if begin else 0
    if lead_up := _LEADS_UP.match(sentence.folded, start, verb):
        start = lead_up.end()
    late = _LATE.search(sentence.folded, start, verb)
    names = sentence.text[start : late.start() if late else verb]
    if excuse := _EXCUSE.search(same_length_fold(names)):
        names = names[: excuse.start()]
    return names_in(names, sentence.lines(start, verb), present)


def _held_with(sentence: Passage) -> Iterator[Attendance]:
    """With whom the meeting was held. With whom one is to be held («مقرر شد جلسه‌ای با حضور …») is no presence."""
    folded = sentence.folded
    joint = _JOINT.search(folded)
    if joint and begins_at(folded, joint.end()):
        stop = _CUT.search(folded, joint.end())
        both = sentence.text[joint.end() : stop.start() if stop else min(len(folded), joint.end() + 300)]
        yield from names_in(_AND_WITH.sub("، ", both, count=1), sentence.lines(), True)
    for pattern in (_WITH, _MEETING_WITH, _CHAIRED, _PEOPLE_HELD):
        for match in islice(pattern.finditer(folded), _MOST):
            if _DECIDED.search(folded, 0, match.start()):
                return
            if pattern is _MEETING_WITH and not begins_at(folded, match.end()):
                continue
            rest = sentence.cut(match.end())
            stop = _CUT.search(rest.folded)
            if stop is None and pattern is _MEETING_WITH:
                continue
            end = stop.start() if stop else min(len(rest.text), 300)
            yield from names_in(rest.text[:end], rest.lines(0, max(1, end)), True)
