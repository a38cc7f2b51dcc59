"""Prose: the sentences by which a meeting decides or orders, told apart from what somebody says."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.reading.clauses import Verb, clauses_of
from dabir.reading.items import sentences
from dabir.reading.lines import Passage
from dabir.reading.parties import begins_at
from dabir.reading.sections import CLOSING
from dabir.reading.wording import rx

_DONE = r"(?:شد|شدند|گردید|گردیدند|گشت|نمود|نمودند|کرد|کردند|داشت|داشتند|است|می شود|می گردد|میگردد|گردیده است|گردیده|شده است|شده|گرفتند|گرفتیم|کردیم|نمودیم)"
_DECIDES = rx(
    rf"(?<!\w)(?:(?:مقرر|مصوب|تصویب|موافقت|توافق|مخالفت|پیشنهاد|تصمیم گرفته|تمدید|لغو|ابطال|ادغام|خواسته|مامور|اجازه داده|توافق) {_DONE}(?!ه?\s*بود)(?!ه(?!\w))|موافقت (?:نشد|نگردید|نمی گردد)|(?:موظف|مکلف|ملزم) (?:کرد|کردند|نمود|نمودند|ساخت)(?!\w)|متعهد (?:شد|شدند|گردید|گردیدند)(?!\w)|(?:قرار|بنا) (?:شد|گردید|گذاشته شد|بر این شد|گذاشتند)"
    rf"|(?:موظف|مکلف|ملزم)(?:ند| است| هستند| می باشد| می باشند| شد| شدند| گردید| گردیدند)|به تصویب (?:رسید|رساند)|تصمیم (?:بر این|بر آن) (?:شد|گردید)"
    r"|مورد (?:موافقت|تصویب|پذیرش)[^.؛]{0,40}قرار گرفت|(?:مهلت|فرصت|ضرب الاجل)[^.؛]{0,40}(?:داده شد|داده شده|تعیین شد|تعیین گردید|اعلام شد|داد|دادند)(?!\w)|محول (?:شد|گردید)|(?:به|بر) ?عهده[^.؛]{0,60}(?:گذاشته|نهاده|واگذار) (?:شد|گردید)"
    r"|دستور (?!جلسه|کار)(?:[^.؛]{0,60}? را )?(?:داد|دادند|صادر (?:شد|گردید|کرد|نمود|کردند))(?!\w)|تصمیم گرفتند|موافقت (?:به عمل آمد|بعمل آمد|حاصل شد|خود را اعلام)|به تصویب[^.؛]{0,30}رسید)"
)
_SPEECH = rx(
    r"(?<!\w)(?:گفت|گفتند|افزود|افزودند|اظهار (?:داشت|داشتند|نمود|نمودند|کرد|کردند)|(?:بیان|اعلام|تاکید|اشاره|عنوان|ابراز|خاطرنشان|تصریح|اذعان|یادآوری|مطرح) (?:کرد|کردند|نمود|نمودند|داشت|داشتند|شد|گردید)"
    r"|یادآور (?:شد|شدند|گردید)|خاطر ?نشان (?:کرد|کردند|ساخت|ساختند|شد)|گزارش (?:داد|دادند)|توضیح (?:داد|دادند)|معتقد (?:است|بود|بودند)|خواستار|وعده داد|متذکر شد|متذکر شدند|پرسید|پاسخ داد|هشدار داد|ابراز امیدواری)(?!\w)"
)
# What is told of this meeting in somebody's words is still decided by it («وی گفت: مقرر شد …»).
_DECIDED_HERE = rx(r"(?:(?:مقرر|مصوب|تصویب|موافقت|تصمیم گرفته) (?:شد|گردید|شده|شده است|گردیده|گردیده است|کردیم|نمودیم)|(?:موظف|مکلف|ملزم) (?:شد|شدند|گردید|گردیدند)|به تصویب رسید|(?:مهلت|فرصت|ضرب الاجل)[^.؛]*)")
_EARLIER = rx(r"(?<!\w)(?:قبل|قبلی|گذشته|پیشین|پیش از این|پیشتر|قبلا|سابق|جلسه مورخ)(?!\w)")
_TURN = rx(
    r".*(?:(?<!\w)(?:و|که|لذا|بنابراین|سپس|نهایت|همچنین|نتیجه|اساس|ارتباط|راستا|پایان|بررسی|نظر|ادامه|ضمنا|خصوص)|[؛،])\s*\Z"
)
_RULES = rx(r"(?<!\w)(?:از این پس|ازین پس|من ?بعد|از این تاریخ|زین پس|از این به بعد)(?!\w)")
_VOTE = rx(r"\W*(?:مراتب )?(?:با|به) (?:اتفاق|اکثریت|وحدت) (?:آراء|آرا|نظر|کلیه|قریب)")
_BOILERPLATE = rx(
    r"\W*(?:مصوبات شورا|این مصوبه|مصوبات این|مصوبات فوق|تصمیمات فوق)[^.]{0,200}(?:لازم الاجرا|هیات تطبیق|اعتراض|مراجع)|\W*رونوشت|\W*(?:ضمنا )?(?:این )?صورت ?جلسه (?:در|مشتمل)"
)
_NEXT_MEETING = rx(r"\W*(?:و |ضمنا )?(?:تاریخ |زمان )?جلسه (?:آینده|آتی|بعد|بعدی)(?!\w)")
_FAR = 300  # letters before the deciding words that are no lead-in any more
_LONGEST_VOTE = 170
_CONNECTORS = rx(r"[\s،؛.]*(?:(?:ضمنا|همچنین|در ضمن|(?:در )?(?:پایان|خاتمه|ادامه|انتها)(?:ی)?(?: این)?(?: جلسه| نشست| مذاکرات)?|لذا|بنابراین|و|سپس|که)(?!\w)[\s،]*)*")


def is_formula(folded: str) -> bool:
    """True for what stands among resolutions and is none: votes, legal boilerplate, the close, the next meeting."""
    if CLOSING.match(folded) or _BOILERPLATE.match(folded) or _NEXT_MEETING.match(folded):
        return not _DECIDES.search(folded) or bool(CLOSING.match(folded) or _BOILERPLATE.match(folded))
    return (
        bool(_VOTE.match(folded))
        and len(folded) < _LONGEST_VOTE
        and not any(c.verb is Verb.ORDER for c in clauses_of(Passage.of([(1, folded)])))
    )


def decides(folded: str) -> bool:
    """True when the text has a deciding verb anywhere."""
    return bool(_DECIDES.search(folded))


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
        elif _SPEECH.search(folded):
            going_on = orders_count
        elif going_on and (_orders(sentence) or _RULES.search(folded)):
            yield sentence.cut(_skip(folded))


def _begin(folded: str) -> int | None:
    """Where the resolution begins in a sentence: at its first word, or at the deciding words after a report."""
    for match in _DECIDES.finditer(folded):
        speech = None
        for speech in _SPEECH.finditer(folded, 0, match.start()):
            pass
        if speech is None:
            return match.start() if match.start() > _FAR else _skip(folded)
        between = folded[speech.end() : match.start()]
        if _DECIDED_HERE.fullmatch(match[0]) and not _EARLIER.search(between):
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
        bool(clauses)
        and clauses[-1].verb in (Verb.ORDER, Verb.PASSIVE)
        and clauses[-1].modal is None
        or (bool(clauses) and begins_at(sentence.folded, _skip(sentence.folded)) and any(c.modal for c in clauses))
    )
