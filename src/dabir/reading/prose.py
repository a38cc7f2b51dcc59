"""Prose: the sentences by which a meeting decides or orders, told apart from what somebody says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dabir.persian.letters import same_length_fold
from dabir.persian.remembering import remembered
from dabir.reading.clauses import MODAL, Verb, clauses_of
from dabir.reading.decisions import DECIDED_HERE, DECIDES, EARLIER, SPEECH, is_formula
from dabir.reading.items import sentences
from dabir.reading.lines import Passage
from dabir.reading.parties import begins_at
from dabir.reading.wording import rx

_TURN = rx(
    r""".*(?:(?<!\w)(?:و|که|لذا|بنابراین|سپس|نهایت|همچنین|نتیجه|اساس|ارتباط|راستا|پایان|بررسی|نظر|ادامه|ضمنا|خصوص)
        |[؛،])\s*\Z"""
)
_RULES = rx(
    r"""(?<!\w)(?:از این پس|ازین پس|من ?بعد|از این تاریخ|زین پس|از این به بعد
        |تا اطلاع ثانوی|(?:تغییر|افزایش|کاهش|اختصاص) یافت|(?:متوقف|ممنوع|الزامی) (?:شد|گردید|اعلام شد))(?!\w)"""
)
_FIRST_WORD = rx(r"\W*(\w+)(?! ?نامه)")
_ACTS = frozenset(
    same_length_fold(word)
    for word in """تشکیل تامین اختصاص احداث ایجاد تکمیل تجهیز توسعه ساخت پرداخت اعطای اعطا واگذاری برگزاری راه
    تصویب موافقت تعیین انتخاب صدور اجرای اجرا افزایش کاهش اصلاح الحاق ارتقای ارتقا انتقال خرید فروش تهیه تدوین تنظیم
    پیگیری بررسی نظارت بازدید ارائه ارسال اعلام معرفی مطالعه بازسازی بهسازی مرمت ساماندهی تقویت حمایت جذب توزیع
    تسریع رفع انجام استفاده لغو تمدید انعقاد پیش همکاری هماهنگی دعوت آموزش""".split()
)
# What somebody intends, can do or tells to be usual is ordered by nobody.
_WISHES = rx(
    r"""(?<!\w)(?:قصد دار|در نظر دار|در صدد|توانست|می ?توان|پیش ?بینی شده|امیدوار|همانگونه که|همان طور که|چنان ?که)
        |(?:می شود|می شوند|می گردد|می گردند|می گیرد|می گیرند|می کند|می کنند)\W*\Z"""
)
_ALSO = rx(r"\W*در (?:خصوص|مورد|رابطه با|ارتباط با)(?!\w)[^.؛]{2,60}(?<!\w)نیز(?!\w)")
# What is to be at such times goes on from a decision («بازدید … هر هفته انجام خواهد شد»).
_TIMES = rx(r"(?<!\w)(?:هر (?:\d{1,2} )?\w+|هفته ای|ماهی|سالی|روزهای|ماهانه|هفتگی|سالانه|در طول|همه روزه)(?!\w)")
_LEAST = 8  # letters behind the deciding words that say what is decided
_NAMED = 25  # letters before them that do
_RAISED = rx(r"مطرح (?:شد|گردید)")  # «موضوع … مطرح گردید»: nobody's word
_FAR = 300  # letters before the deciding words that are no lead-in any more
_CONNECTORS = rx(
    r"""[\s،؛.:«\"]*(?:(?:ضمنا|همچنین|در ضمن|لذا|بنابراین|و|سپس|که
        |(?:در )?(?:پایان(?! (?:هر|سال|ماه|هفته|فصل|دوره|مهلت))|خاتمه|ادامه
        |انتها)(?:ی)?(?: این)?(?: جلسه| نشست| مذاکرات)?)(?!\w)[\s،]*)*"""
)


@remembered
def resolutions_in(
    paragraph: Passage, *, orders_count: bool = False, acts_count: bool = False, going_on: bool = False
) -> tuple[Passage, ...]:
    """The sentences of `paragraph` that decide. Where `orders_count` (under a title «مصوبات»), a plain order is enough;
    elsewhere only one that goes on from a decision («دبیرخانه نیز … منعکس نماید»), which may stand in the paragraph
    before (`going_on`). Where `acts_count` (after «به شرح زیر تصویب شد:»), so is an act without a verb."""
    found: list[Passage] = []
    going_on = going_on or orders_count
    for sentence in sentences(paragraph):
        if is_formula(sentence.folded):
            continue
        begin = _begin(sentence.folded)
        if begin is not None:
            going_on = True
            found.append(sentence.cut(begin))
        elif SPEECH.search(sentence.folded):
            going_on = orders_count
        elif (going_on and (orders(sentence) or _is_planned(sentence) or _RULES.search(sentence.folded))) or (
            acts_count and _acts(sentence)
        ):
            found.append(sentence.cut(_skip(sentence.folded)))
    return tuple(found)


def orders_in(paragraph: Passage) -> Iterator[Passage]:
    """The orders of `paragraph`, spoken or not: all that a report has in which nothing is decided in so many words."""
    for sentence in sentences(paragraph):
        speech = _last_speech(sentence.folded, len(sentence.folded))
        if _WISHES.search(sentence.folded) or (speech and speech[0].startswith("پیشنهاد")):
            continue
        said = sentence.cut(speech.end()) if speech else sentence
        said = said.cut(_skip(said.folded))
        spoken = speech is not None and any(clause.orders for clause in clauses_of(said))
        if said.text and not is_formula(sentence.folded) and (spoken or orders(said)):
            yield said


def _begin(folded: str) -> int | None:
    """Where the resolution begins in a sentence: at its first word, or at the deciding words after a report."""
    for match in DECIDES.finditer(folded):
        says = len(folded) - match.end() > _LEAST  # what is decided follows, or else it stands before
        speech = _last_speech(folded, match.start())
        if speech is None:
            return match.start() if says and match.start() > _FAR else _skip(folded)
        between = folded[speech.end() : match.start()]
        ours = DECIDED_HERE.fullmatch(match[0]) or _RAISED.match(speech[0])
        here = ours and not EARLIER.search(between)
        if here and ":" in between:
            return speech.end() + between.index(":") + 1
        if here or (_TURN.fullmatch(between[-40:]) and len(between) < _FAR and not between.lstrip().startswith("که")):
            named = len(between) > _NAMED  # «… گزارش داد و با خرید خودرو موافقت شد», «… مطرح گردید و موافقت شد»
            return match.start() if says else speech.end() + _skip(between) if named else _skip(folded)
    return None


def _last_speech(folded: str, before: int) -> re.Match[str] | None:
    last = None
    for match in SPEECH.finditer(folded, 0, before):
        last = match
    return last


def _skip(folded: str) -> int:
    match = _CONNECTORS.match(folded)
    return match.end() if match else 0


def goes_on(folded: str) -> bool:
    """True where the paragraph goes on from the one before («همچنین …», «در خصوص دستور سوم نیز دبیرخانه …»)."""
    return _skip(folded) > 0 or _ALSO.match(folded) is not None or _TIMES.search(folded) is not None


def _is_planned(sentence: Passage) -> bool:
    """True for what will be, said in the same breath as a decision or at set times («همچنین … برگزار خواهد شد»)."""
    clauses = clauses_of(sentence)
    future = bool(clauses) and clauses[-1].verb is Verb.FUTURE and clauses[-1].modal is None
    return future and (_skip(sentence.folded) > 0 or _TIMES.search(sentence.folded) is not None)


def orders(sentence: Passage) -> bool:
    """True for a sentence that orders in so many words («… ارسال نماید», «دهیاری‌ها باید …»)."""
    clauses = clauses_of(sentence)
    if not clauses:
        return False
    last = clauses[-1]
    if last.verb is Verb.FUTURE and last.modal is None and len(clauses) > 1:
        last = clauses[-2]  # «… خودداری نماید، در غیر این صورت برخورد خواهد شد»
    at = _skip(sentence.folded)
    needed = MODAL.match(sentence.folded, at)  # «ضروری است شهرداری …»
    at = _word(sentence.folded, needed.end() if needed else at)
    obliged = any(clause.modal is not None for clause in clauses) and begins_at(sentence.folded, at)
    return obliged or (last.verb in (Verb.ORDER, Verb.PASSIVE) and last.modal is None)


def _word(folded: str, at: int) -> int:
    """Where the next word begins."""
    return len(folded) - len(folded[at:].lstrip())


def names_act(folded: str) -> bool:
    """True where the text begins with the noun of an act («خرید …», «احداث …»)."""
    first = _FIRST_WORD.match(folded)
    return first is not None and first[1] in _ACTS


def _acts(sentence: Passage) -> bool:
    """True for an act that is named without a verb («اختصاص … ریال به …»), or that will be for good."""
    clauses = clauses_of(sentence)
    if names_act(sentence.folded) and not sentence.text.endswith(":"):
        return all(clause.verb is Verb.NONE for clause in clauses)
    return bool(clauses) and clauses[-1].verb is Verb.FUTURE
