"""Limits that an event sets: «پس از تأیید نهایی سند», «تا اتمام پروژه», «هم‌زمان با افتتاح», «در جلسه آینده»."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from dabir.reading.dates.hints import hints
from dabir.reading.dates.scan import Limit, occurrences
from dabir.reading.dates.terms import is_told_of_the_past
from dabir.reading.dates.vocabulary import AFTER, BEFORE, IN_A_MEETING, NEXT, NUMBER, PAST
from dabir.reading.minutes import DueKind
from dabir.reading.wording import any_of, rx

_LONGEST = 70  # letters of an event's words
_REACH = 25  # letters of what stands before them

# Deliberation («پس از بحث و بررسی») starts no clock, so the events are named.
EVENTS = any_of(
    """تایید|تصویب|ابلاغ|وصول|دریافت|اخذ|صدور|تکمیل|اتمام|پایان|خاتمه|تعیین|تحویل|انعقاد|عقد|افتتاح|شروع|آغاز|تامین|تخصیص
    |اعلام|برگزاری|ارسال|نهایی|بازگشایی|رفع|حصول|انجام|پرداخت|اجرای|تشکیل|ثبت|معرفی|بهره برداری|راه اندازی|امضا|امضای
    |تهیه|تدوین|ارجاع|واگذاری|انتخاب|آماده|مشخص|فراهم|قطعی|کسب|انتشار|استقرار|نصب|جلسه|نشست|سفر|هر|ورود|ایجاد|اصلاح|طی|هماهنگی
    |موافقت|احراز|اعمال|حل|خرید|تملک|برآورد|تجهیز|لازم الاجرا|پذیرش|بازدید|نشر|تعطیلات|اربعین|عید|ماه رمضان|وقوع|بروز
    |تنظیم|احداث|انتقال|انقضا|انقضای|گذشت|توافق|تفاهم|تسویه|تودیع|جانمایی|استعلام|انتصاب|رسیدگی|بازسازی|ابطال|الحاق
    |گشایش|کاهش|افزایش|بارش|تحقق|هماهنگی(?: های)?(?: لازم)? با|ارائه|اتخاذ|مراجعه|درخواست|تقاضای|قرائت|رسیدن
    |بررسی و (?:تایید|تصویب)"""
)
_ENDS = any_of(
    """اتمام|تکمیل|حصول|رفع|تعیین تکلیف|صدور|ابلاغ|تصویب|تایید|برگزاری|تشکیل|شروع|آغاز|بهره برداری|راه اندازی|تحویل|وصول
    |افتتاح|بازگشایی|تامین|تخصیص|اخذ|دریافت|تحقق|آماده شدن|مشخص شدن|نهایی شدن|استقرار|رسیدن|انتخاب|ورود|معرفی"""
)
_UNTIL = rf"(?:{_ENDS}{AFTER}|(?:پایان|آخر|خاتمه){AFTER}(?! (?:(?:وقت|روز){AFTER}|[^\W\d]+ {PAST})))"

_AFTER_EVENT = rx(rf"(?:پس از|بعد از|به محض|به مجرد|هم ?زمان با|همراه با) (?P<event>(?:تاریخ |زمان )?{EVENTS}{AFTER})")
_AT_ONCE = rx(rf"{BEFORE}(?:بلافاصله|فورا) \Z")
_FROM_EVENT = rx(rf"از (?:تاریخ|زمان|روز|لحظه|هنگام) (?P<event>{EVENTS}{AFTER})")
_UNTIL_EVENT = rx(rf"تا (?P<event>(?:زمان|هنگام|وقت) [^\W\d]+|{_UNTIL})")
_BEFORE_EVENT = rx(
    rf"""(?:قبل از|پیش از) (?P<event>{_UNTIL}|(?:فرا رسیدن|فصل|بارندگی|بارش|سرما|پرداخت|انعقاد|سفر|اجرای|انجام
    |ارسال|(?:جلسه|نشست)(?: {NEXT})?){AFTER})"""
)
_UP_TO = rx(rf"{BEFORE}تا \Z")
_BODY = any_of("شورا|ستاد|کمیته|کارگروه|کمیسیون|هیات مدیره|هیات رییسه|انجمن|مجمع عمومی")
# «جلسه اختصاصی بعدی», «جلسه کمیسیون عمران آینده»; «جلسه هفته آینده» is a matter of weeks.
_WHICH = (
    rf"(?: ی{AFTER})?(?: (?!(?:را|در|با|از|به|و|که|برای|تا|مورد|روز|هفته|ماه|سال|مورخه?|شد){AFTER})"
    rf"[^\W\d]{{1,20}}{AFTER}){{0,3}}?"
)
_NEXT_MEETING = rx(
    rf"""(?:جلسه{_WHICH} (?:{NEXT}|فوق العاده)|نشست{_WHICH} (?:{NEXT}|فوق العاده)
    |اولین (?:جلسه|نشست)(?: {NEXT})?|نخستین (?:جلسه|نشست)(?: {NEXT})?|مجمع عمومی){AFTER}(?: {_BODY}{AFTER})?"""
)
_AT = rx(
    rf"(?:{BEFORE}(?:در|برای|تا|طی|به) (?:{IN_A_MEETING} )?|\A\W*)"
    rf"(?P<event>(?:{BEFORE}(?:(?:تشکیل|برگزاری) )?(?:{NUMBER} )?)?)\Z"
)
_MEETINGS_TO_COME = rx(rf"جلسات {NEXT}{AFTER}")
_LUNAR = any_of(
    """شب عید|عید|عید فطر|عید غدیر|عید قربان|اربعین|تاسوعا|عاشورا|(?:(?:دهه (?:اول|دوم|سوم|آخر) )?(?:ماه )?(?:مبارک )?
    (?:محرم|رمضان)|(?:دهه (?:اول|دوم|سوم|آخر)|ماه) صفر|دهه محرم)"""
)
_OCCASION = rx(rf"{_LUNAR}{AFTER}(?! نوروز)")
_ON_OCCASION = rx(rf"{BEFORE}(?:در|تا|(?:تا )?(?:قبل|پیش) از|هم ?زمان با) (?P<event>(?:ایام )?)\Z")

_TO_THE_DUTY = any_of(
    """نسبت به|را|از هر|از هرگونه|از(?= [^.؛\\n]{1,60}(?:خودداری|جلوگیری|ممانعت|پرهیز|اجتناب))|توسط|از سوی|از طرف|در|با
    |جهت|به|برای|اقدام|حداکثر|ظرف|مقرر|می باشد|میباشد|تا|نزد|روی|طی|باید|بایستی|موظف|مکلف"""
)
_VERB = "ن?" + any_of(
    """شود|شوند|گردد|گردند|نماید|نمایند|کند|کنند|دهد|دهند|یابد|یابند|آورد|آورند|است|باشد|باشند|گیرد|گیرند|پذیرد
    |شد|شدند|گردید|گردیدند|کرد|کردند|نمود|نمودند|داد|دادند"""
)
# The noun of a compound verb may itself be of two words, which folding parts: «راه‌اندازی شود».
_NOUN = r"(?:(?:راه|بهره|جمع|پیش|باز|هم|لکه|نام|سامان|آب|گاز|برق|به روز)\s)?[^\W\d]+"
# «بفرستد», «می‌سازند»: a subjunctive or a present by its shape, but for the nouns that look like one.
_SHAPED = (
    rf"(?!(?:برآورد|بازدید|بنیاد|بند|بلند|برخورد|بهبود|بعد|باد|بود|برند|بازخورد|نهاد|نژاد|نماد|نامزد){AFTER})"
    r"(?:ب|می ?|ن)[^\W\d]{2,9}د"
)
_STOP = rx(rf"[،,؛;:.()«»\n]|\s(?:{_TO_THE_DUTY}|{_NOUN}\s+{_VERB}|{_SHAPED}){AFTER}")
_OWN = hints("آن|این|خود|خویش|ایشان")
_PASSIVE = rx(rf"\s(?!اقدام){BEFORE}{_NOUN}\s+(?:شود|شوند|گردد|گردند){AFTER}")
_INITIAL = rx(rf"(?:\A|[.؛:،\n]|{BEFORE}(?:شد|گردید|است|که)) \Z")
_DELIBERATION = rx(r"\s?(?:مقرر|مصوب|تصمیم|موارد|به شرح|بشرح|موافقت)")
EACH = rx(rf"{BEFORE}هر{AFTER}")

_AFTER = hints("پس|پساز|بعد|بعداز|محض|بمحض|بهمحض|مجرد|بمجرد|بهمجرد|زمان|همزمان|همراه")
_FROM = hints("تاریخ|زمان|روز|لحظه|هنگام")
_TO_COME = hints("جلسات")
_ENDED = ((hints("تا"), _UNTIL_EVENT), (hints("قبل|قبلاز|پیش|پیشاز"), _BEFORE_EVENT))
_MOMENTS = (
    (hints("جلسه|نشست|مجمع"), _NEXT_MEETING, _AT),
    (hints("عید|رمضان|اربعین|محرم|تاسوعا|عاشورا|صفر"), _OCCASION, _ON_OCCASION),
)
HINTS = (_AFTER | _FROM | _TO_COME).union(*(needed for needed, *_ in (*_ENDED, *_MOMENTS)))


def events(folded: str, words: frozenset[str], named: Collection[int] = ()) -> Iterator[Limit]:
    """Every limit of the folded text that an event sets, and, `chained`, every event that may start a duration.

    `named` are the offsets where a day or stretch of time begins: «تا پایان آبان» waits for no event.
    """
    if not _AFTER.isdisjoint(words):
        yield from _started(folded)
    for match in () if _FROM.isdisjoint(words) else occurrences(_FROM_EVENT, folded):
        event = (match.start("event"), _end(folded, match))
        yield Limit(match.start(), event[1], None, trigger=event, chained=True)
    yield from _ended(folded, words, named)
    for needed, pattern, before in _MOMENTS:
        for match in () if needed.isdisjoint(words) else occurrences(pattern, folded):
            if ahead := before.search(folded, max(0, match.start() - _REACH), match.start()):
                event = (ahead.start("event"), match.end())
                yield Limit(ahead.start(), match.end(), DueKind.EVENT, trigger=event)
    for match in () if _TO_COME.isdisjoint(words) else occurrences(_MEETINGS_TO_COME, folded):
        yield Limit(*match.span(), DueKind.RECURRING)


def event_end(folded: str, start: int) -> int:
    """Where the words of an event that begins at `start` end: at punctuation, or at a word that leads to the duty."""
    stop = _STOP.search(folded, start, start + _LONGEST)
    if stop is None:
        return _last_word(folded, start)
    if stop[0].strip() != "را":
        return stop.start()
    # What stands right before «را» is the duty's object: «پس از تحویل زمین نقشه را …», «… محل آن را …».
    words = folded[start : stop.start()].split(" ")
    taken = 2 if words[-1] in _OWN or words[-1] == "ها" else 1
    return start + len(" ".join(words[:-taken])) if len(words) > taken else start


def _started(folded: str) -> Iterator[Limit]:
    """«پس از تأیید نقشه»; what follows deliberation is the decision itself, and no duty waits for that."""
    for match in occurrences(_AFTER_EVENT, folded):
        event = (match.start("event"), _end(folded, match))
        if not _DELIBERATION.match(folded, event[1]):
            kind = DueKind.RECURRING if EACH.search(folded, *event) else DueKind.EVENT
            yield Limit(_start(folded, match, _AT_ONCE), event[1], kind, trigger=event, chained=True)


def _ended(folded: str, words: frozenset[str], named: Collection[int]) -> Iterator[Limit]:
    """«تا اتمام پروژه», «قبل از شروع سال تحصیلی»."""
    for needed, pattern in _ENDED:
        for match in () if needed.isdisjoint(words) else occurrences(pattern, folded):
            event = (match.start("event"), _end(folded, match))
            if event[0] not in named and not is_told_of_the_past(folded, event[1]):
                yield Limit(_start(folded, match, _UP_TO), event[1], DueKind.EVENT, trigger=event)


def _start(folded: str, match: re.Match[str], before: re.Pattern[str]) -> int:
    """Where `match` begins with the words that may stand `before` it."""
    ahead = before.search(folded, max(0, match.start() - _REACH), match.start())
    return ahead.start() if ahead else match.start()


def _end(folded: str, match: re.Match[str]) -> int:
    """Where the event of `match` ends. At the head of a sentence, a verb right behind its words has its subject among
    them: «به محض تأمین اعتبار عملیات آغاز شود»."""
    end = event_end(folded, match.end())
    words = folded[match.end() : end].split()
    if len(words) < 2 or not _PASSIVE.match(folded, end):
        return end
    if not _INITIAL.search(folded, max(0, match.start() - 12), match.start()):
        return end
    subject = words[-2] if words[-1] == "ها" else words[-1]
    return len(folded[: folded.rindex(subject, match.end(), end)].rstrip())


def _last_word(folded: str, start: int) -> int:
    window = folded[start : start + _LONGEST]
    return start + (len(window) if start + len(window) == len(folded) else max(window.rfind(" "), 0))
