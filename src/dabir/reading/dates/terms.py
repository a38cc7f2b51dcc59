"""What is measured in time and limits no duty: terms of contracts, validity, ages, terms of service, penalties."""

from __future__ import annotations

import re

from dabir.reading.dates.vocabulary import AFTER, BEFORE
from dabir.reading.wording import any_of, rx

_LONGEST = 600  # letters of a sentence's rest in which its last verb is looked for
_REACH = 70  # letters before and behind in which the words stand that make a time a term
_PROPERTIES = any_of(
    "سابقه|مرخصی|حبس|زندان|سن|خدمت|تجربه|بازپرداخت|تنفس|ضمانت|گارانتی|آموزش|اقامت|کارآموزی|بیمه|عمر|قدمت|سنوات|بازداشت"
    "|محرومیت|تعلیق|تقسیط|اقساط|قسط|وام|تسهیلات|کارکرد|تدریس|ماموریت|غیبت"
)
_BEHIND = rx(rf"(?: [^\W\d]+)? {_PROPERTIES}{AFTER}")
_MEASURES = any_of(
    "سن|سنی|سابقه|عمر|قدمت|بازپرداخت|اقساط|گارانتی|تنفس|ضمانت ?نامه|مدت|دوره|دوره های|اعتبار|سنوات|زمان سفر|طول دوره"
)
# «مدت انجام کار شش ماه», «سن متقاضیان حداکثر ۳۰ سال»: the measure and its few words, up to the time itself.
_TERM = rx(
    rf"{BEFORE}(?P<within>(?:ظرف|در|به|طی|حداکثر) )?{_MEASURES}{AFTER}"
    rf"(?: (?!(?:را|به|از|با|در|که|باید|بایستی|است|برای|شود|نماید|کند){AFTER})[^\W\d]+){{0,3}} :? \Z"
)
_HINTS = rx("سن|سابق|عمر|قدمت|بازپرداخت|قسا|گارانتی|تنفس|ضمانت|مدت|دوره|اعتبار")
_GIVEN = rx(rf"{BEFORE}(?:واگذار|اجاره|منعقد|بسته|استخدام|انتخاب|منصوب|ابقا|معتبر|تعطیل|ممنوع){AFTER}")
_SENTENCE_END = rx(r"[.؛;!?؟](?!\d)|\n\n")

_CONTRACT = rx(r"قرارداد|اجاره|مجوز|پروانه|ضمانت ?نامه|گواهی|عضویت|بیمه نامه|حکم ماموریت|مسئولیت")
_PROLONGED = rx(r"تمدید|ادامه یا|ابقا")
_VALID = rx(r"معتبر|اعتبار (?:دار|خواهد)|لازم ?الاجرا|منقضی|مجاز (?:است|به)|قابل (?:اجرا|استفاده)|لازم ?الرعایه")
_VALIDITY = rx(rf"{BEFORE}(?:(?:مدت|تاریخ) )?(?:اعتبار|قرارداد|مدت)(?! سنجی){AFTER}")
_IS = rx(rf" (?:است|می ?باشد|خواهد بود|بوده|باشد){AFTER}")
_PAST_VERB = rx(
    rf"""{BEFORE}(?:(?:شده|گردیده|نموده|کرده|داده|یافته|بوده|رسیده) (?:است|بود|اند|بودند)|بود|رسید|داشت
    |(?:داشته|برگزار|انجام|اجرا|ارائه|تشکیل|منتشر|ساخته|قرائت) (?:شد|شدند|گردید|گردیدند))[ \n"»)]*\Z"""
)
_ANY_PAST_VERB = rx(
    rf"""{BEFORE}(?:شد|شدند|گردید|گردیدند|کرد|کردند|نمود|نمودند|داد|دادند|داشت|داشتند|است|اند|بود|بودند|رسید|گرفت|گرفتند|یافت)
    [ \n"»)]*\Z"""
)
# «همایشی که روز ۲۶ آبان برگزار خواهد شد»; «مقرر شد که روز …» decides.
_WHICH = rx(rf"(?<!شد\s)(?<!گردید\s)(?<!است\s)(?<!نمود\s)(?<!کرد\s){BEFORE}که \Z")
_WILL_BE = rx(rf"[^.؛،,\n]{{0,60}}? (?:خواهد|خواهند|می ?شود|می ?شوند|می ?گردد|می ?گردند|می ?باشد|است){AFTER}")
_WAS = rx(rf" (?:[^\W\d]{{1,20}} ){{0,2}}(?:بود|بوده است){AFTER}")


def is_property(folded: str, span: re.Match[str]) -> bool:
    """True where what stands behind the span is measured by it («۵ سال سابقه», «۶ ماه حبس»)."""
    return _BEHIND.match(folded, span.end()) is not None


def is_term(folded: str, start: int) -> bool:
    """True where the words right before `start` say what lasts so long («مدت انجام کار», «سن متقاضیان»)."""
    behind = folded[_clause_start(folded, start) : start]
    match = _TERM.search(behind) if _HINTS.search(behind) else None
    return match is not None and not match["within"]


def is_given(folded: str, start: int, end: int) -> bool:
    """True where something is let, given or signed for the time at `start`–`end`."""
    behind = _clause_start(folded, start)
    return bool(_GIVEN.search(folded, end, end + _REACH) or _CONTRACT.search(folded, behind, start))


def is_validity(folded: str, start: int, end: int) -> bool:
    """True for the term of a contract or the validity of a rule that ends with the words at `start`–`end`."""
    if _VALID.search(folded, end, end + 25):
        return True
    behind = _clause_start(folded, start)
    if _PROLONGED.search(folded, end, end + 20) and _CONTRACT.search(folded, behind, start):
        return True
    return bool(_IS.match(folded, end) and _VALIDITY.search(folded, behind, start))


def is_told_of_another(folded: str, start: int, end: int) -> bool:
    """True where the words at `start`–`end` say when something spoken of will be («همایشی که روز … برگزار می‌شود»)."""
    return bool(_WHICH.search(folded, max(0, start - _REACH), start) and _WILL_BE.match(folded, end))


def is_told_of_the_past(folded: str, end: int) -> bool:
    """True where the sentence ends by telling what has happened («… هزینه شده است»), or goes on with it («… بود،»)."""
    return _WAS.match(folded, end) is not None or _ends_with(_PAST_VERB, folded, end)


def ends_in_the_past(folded: str, end: int) -> bool:
    """True where the sentence ends with any verb of the past, also one that a decision may be told with («رد شد»)."""
    return _ends_with(_ANY_PAST_VERB, folded, end)


def _ends_with(verb: re.Pattern[str], folded: str, end: int) -> bool:
    stop = _SENTENCE_END.search(folded, end, end + _LONGEST)
    last = stop.start() if stop else len(folded)
    return last <= end + _LONGEST and verb.search(folded, max(end, last - 30), last) is not None


def sentence_ends(folded: str, start: int, end: int) -> bool:
    """True where a sentence ends between `start` and `end`, which lie no further apart than one is long."""
    return end - start > _LONGEST or _SENTENCE_END.search(folded, start, end) is not None


def _clause_start(folded: str, at: int) -> int:
    """Where the sentence's part before `at` begins, as far back as its words can matter."""
    first = max(0, at - _REACH)
    return max(first, *(folded.rfind(stop, first, at) + 1 for stop in ".؛;\n"))
