"""Subjects without a mark: neither at the clause's beginning nor behind a comma."""

from __future__ import annotations

import re

from dabir.reading.clauses import Clause, Verb
from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.owners import Owner, opening_end, owner_at
from dabir.reading.parties import PERSON, begins_at, is_thing
from dabir.reading.wording import any_of, rx

# Behind these words a name is no subject.
GOVERNED = rx(
    r""".*(?:(?<!\w)(?:به|از|با|در|بر|تا|برای|جهت|توسط|بین|طریق|سوی|طرف|جانب|نزد|و|یا|مورد|همکاری|هماهنگی|مشارکت|حضور
        |درخصوص|خصوص|درباره|اسکان|پیشنهاد|گزارش|درخواست|نامه|نظر|اختیار|مسئولیت))\s*\Z"""
)
# What belongs to somebody («حریم شهرداری»), as well as what is done or handled («پروژه بیمارستان»).
_OWNED = rx(
    any_of(
        """اراضی|ملک|املاک|حریم|پرسنل|کارکنان|خودرو|خودروهای|حساب|انبار|مقابل|جنب|کنار|داخل|سطح|محدوده|پروانه|مجوز
            |مجوزهای|سالن|دستگاه|اموال|بدهی|درآمد|بودجه|مصوبات|مصوبه|تصمیم|ضوابط|جلسه|جلسات|نشست|سامانه|رئیس|مدیر
            |مدیران|نمایندگان"""
    )
    + r"(?!\w)"
)
# What only a subject is followed by.
AFTER_SUBJECT = rx(
    r"""(?<!\w)(?:نسبت به|با (?:همکاری|هماهنگی|مشارکت|همراهی|حضور)
        |(?:همکاری|مساعدت|اقدام|اقدامات|پیگیری|نظارت|هماهنگی|تمهیدات|تدابیر)(?: های)? (?:لازم|مقتضی|قانونی
        |شایسته))(?!\w)"""
)
# Where the verb follows them, what stands before them is the subject as well.
_ACTS = rx(
    r"""(?<!\w)(?:اقدام|پیگیری|مکاتبه|گزارش|همکاری|مساعدت|نظارت|هماهنگی|برنامه ریزی|بازدید|بررسی|مذاکره|رایزنی|تسریع|کمک
        |اطلاع رسانی|تلاش|اعلام نظر|تصمیم گیری|همراهی|اهتمام|مشارکت|هزینه|حمایت)(?: های)?(?: لازم| مقتضی| کامل)?
        (?:(?: را)? به عمل|(?: را)? مبذول|(?: را)? معمول)?\s*\Z"""
)
# «به مقام عالی وزارت گزارش نماید»: too near behind a preposition to be the subject.
_IN_PHRASE = rx(r"(?<!\w)(?:به|از|با|در|بر|تا|برای|طبق|توسط)(?:\s+[^\W\d]+){0,2}\s+\Z")
_OBJECT = rx(r"\sرا(?!\w)")
_DONE = rx(r"(?<!\w)(?:انجام|ارائه|تهیه|صادر|اعلام|مطرح|عمل|تعیین) ?(?:شده|گردیده|آمده|گرفته)\s+")
REACH = 110  # letters before such words in which the subject begins
_WORD = re.compile(r"(?<!\w)\w")
_DECIDED = rx(
    r".*(?:مقرر|قرار|بنا|مصوب|موافقت|توافق|تصویب|تصمیم گرفته) (?:شد|گردید|گشت|نمود|نمودند|است)(?: که(?!\w))?[\s،,:]*\Z"
)
_FEW_WORDS = 5
_DECISION = 40  # letters of a decision's own words
_DECIDING = ("مقرر", "قرار", "بنا", "مصوب", "موافقت", "توافق", "تصویب", "تصمیم")
# «مرغداران … ارائه نمایند»: animates in the plural, with a verb in the plural. What only looks so: common words, and
# all provinces of the country that end alike.
MANY = rx(
    r""".*(?<!\w)(?!(?:(?!دوستان)\w*ستان|خیابان|میدان|پایان|زمان|ساختمان|سازمان|امکان|درمان|جریان|میزان|عنوان|مکان|دوران
        |آبان|ایران|تهران|اصفهان|همدان|گیلان|مازندران|سمنان|کرمان|هرمزگان|زنجان|قزوین|تامین|تعیین|تدوین|تمرین|زمین|چنین
        |همچنین|این)(?!\w))
        \w{2,}(?:ان|ین|یون)(?: (?:محترم|عزیز|گرامی))?"""
)
_SEAT = rx(r"(?:شهرداری|فرمانداری|بخشداری|استانداری|دهیاری|شهردار|فرماندار|بخشدار|استاندار|دهیار)(?!\w)")
_ON_HIS_WAY = rx(r"(?:جهت|برای|به منظور|بهمراه|همراه|به اتفاق|به همراه|با)(?!\w)")


def inner_subject(passage: Passage, clause: Clause, claimed: set[int]) -> Owner | None:
    """A subject inside an active clause: a person, or an office before what only a subject is followed by."""
    if clause.verb is not Verb.ORDER:
        return None
    return (
        _person_inside(passage, clause, claimed)
        or _office_inside(passage, clause, claimed)
        or _before_object(passage, clause, claimed)
    )


def _person_inside(passage: Passage, clause: Clause, claimed: set[int]) -> Owner | None:
    """A person inside an active clause that no preposition governs: «در خصوص چاپ خبرنامه آقای … صحبت کنند»."""
    for match in PERSON.finditer(passage.folded, clause.start, clause.verb_at):
        if match.start() in claimed:
            continue
        if not GOVERNED.fullmatch(passage.folded[max(clause.start, match.start() - 20) : match.start()]):
            return owner_at(passage, match.start(), clause.verb_at)
    return None


def _office_inside(passage: Passage, clause: Clause, claimed: set[int]) -> Owner | None:
    """An office inside an active clause, before what only a subject is followed by: «در خصوص امنیت مراسم نیروی انتظامی
    نسبت به … اقدام نماید»; or behind a participle («بازدید انجام‌شده شهرداری …»)."""
    folded = passage.folded
    for mark in AFTER_SUBJECT.finditer(folded, clause.start, clause.verb_at):
        if found := office_before(passage, mark.start(), clause.start, claimed):
            return found
    if act := _ACTS.search(folded, clause.start, clause.verb_at):
        found = office_before(passage, act.start(), clause.start, claimed)
        if found and not _IN_PHRASE.search(folded, clause.start, found.spans[0][0]):
            return found
    done = _DONE.search(passage.folded, clause.start, clause.verb_at)
    return owner_at(passage, done.end(), clause.verb_at) if done and begins_at(passage.folded, done.end()) else None


def _before_object(passage: Passage, clause: Clause, claimed: set[int]) -> Owner | None:
    """An office between an adjunct and the object of what was decided: «مقرر شد ظرف یک هفته کمیسیون لایحه را …»."""
    folded = passage.folded
    mark = _OBJECT.search(folded, clause.start, clause.verb_at) if decided(folded, clause) else None
    if mark is None:
        return None
    for match in _WORD.finditer(folded, clause.start, mark.start()):
        at = match.start()
        if at in claimed or not begins_at(folded, at):
            continue
        spans, end = names_from(passage, at, mark.end())
        has_object = bool(folded[end : mark.start()].strip())
        if spans and has_object and not _depends(folded, clause.start, at):
            return Owner(tuple(spans))
    return None


def office_before(passage: Passage, mark: int, start: int, claimed: set[int]) -> Owner | None:
    """The office whose name ends at `mark`, unless it is a part of another phrase."""
    folded = passage.folded
    for match in _WORD.finditer(folded, max(start, mark - REACH), mark):
        at = match.start()
        if not begins_at(folded, at) or at in claimed:
            continue
        spans, end = names_from(passage, at, mark)
        if spans and not folded[end:mark].strip(" ،") and not _depends(folded, start, at):
            return Owner(tuple(spans))
    return None


def _depends(folded: str, start: int, at: int) -> bool:
    """True where the words before a name make it a part of another phrase («به درخواست شهرداری», «حریم شهر»)."""
    before = folded[max(start, at - 20) : at]
    word = before.split()[-1] if before.split() else ""
    return bool(GOVERNED.fullmatch(before) or _OWNED.match(word) or MANY.fullmatch(word)) or is_thing(word)


def sloppy_subject(passage: Passage, clause: Clause) -> Owner | None:
    """«مقرر شد شهرداری برآورد دقیق … صورت پذیرد», «مقرر شد شهرداری با هماهنگی …»: an office right behind the decision,
    and behind it what it does, though the verb is another one or lost."""
    folded = passage.folded
    if not decided(folded, clause):
        return None
    at = opening_end(folded, clause.start, clause.verb_at)
    if not begins_at(folded, at):
        return None
    spans, end = names_from(passage, at, clause.verb_at)
    rest = folded[end : clause.verb_at].lstrip()
    acts = AFTER_SUBJECT.match(rest) or (_SEAT.match(folded, at) and is_thing(rest) and len(rest.split()) > _FEW_WORDS)
    sent = clause.verb is Verb.NONE and PERSON.match(folded, at) and _ON_HIS_WAY.match(rest)
    return Owner(tuple(spans)) if spans and (acts or sent) else None


def decided(folded: str, clause: Clause) -> bool:
    """True where «مقرر شد» stands right before the clause."""
    before = folded[max(0, clause.start - _DECISION) : clause.start]
    return any(word in before for word in _DECIDING) and bool(_DECIDED.fullmatch(before))
