"""Subjects of any kind: who acts by the form of the word, who is asked to, who is told of in a clause of their own."""

from __future__ import annotations

from dabir.reading.clauses import Clause, Verb
from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.owners import Owner, owner_at
from dabir.reading.parties import begins_at, is_thing, loose_end
from dabir.reading.unmarked import AFTER_SUBJECT, GOVERNED, MANY, REACH, decided
from dabir.reading.wording import rx

_LOOSE_WORDS = 5
_PLURAL_VERB = rx(r"\w*ند(?: و)?")
_ASKS = rx(
    r"""(?<!\w)از\s+(?P<who>[^\W\d][^.؛]{2,80}?)\s+(?:(?:خواسته|درخواست|تقاضا) (?:شد|گردید|شود|می شود|گردد)
        |خواست|خواستند|خواستار شد|خواستار شدند)(?: که(?!\w))?[\s،:]*\Z"""
)
_WHEN = rx(
    r"""(?:بهار|تابستان|پاییز|زمستان|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|سال|ماه|هفته
        |روز|فصل
        |دهه|صورت)(?!\w)"""
)
_WHO_DOES = rx(r"(?:دهنده|کننده|گیرنده|سپارنده|آورنده)(?: ها| گان)?(?!\w)")  # «پیشنهاددهنده»
_WHO = rx(
    r"""(?:مقرر|قرار|مصوب|موافقت|تصویب) (?:شد|گردید)(?: که)?[\s،]+(?:[^.؛]{0,40}?\s)??
        (?P<who>(?:(?:کلیه|تمامی|همه|آن دسته از) )?[^\W\d]{2,}(?:یی|انی)) که\s"""
)
_TOLD = rx(
    r"""(?:مقرر|قرار|مصوب) (?:شد|گردید)(?: که)?[\s،]+(?=[^.؛]{3,90}?[^\W\d]{2,} (?:را )?که\s[^.؛]{2,90}
        (?:است|هستند|نیست|نیستند|اند|شد|شدند|بود|بودند|گردید|دارد|دارند|ندارد|ندارند|باشد|باشند|نباشد|نباشند|می باشد
        |می باشند|می شود|می شوند|می کند|می کنند|می دهد|می دهند)[\s،]*\Z)"""
)
_EVERY = rx(
    r"""(?:\d{1,2}|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده) (?:روستا|شهر|دستگاه|اداره|بانک|شرکت|دهیاری|شهرداری)(?!\w)
        |هر (?:یک از )?(?!ماه|سال|هفته|روز|گونه|نوع|چه|چند|دو|صورت|کدام|زمان|حال|گاه|فصل|سه|ساله|بار|ساعت|قسم
        |مورد)[^\W\d]{2,}(?!\w)"""
)


def loose_subject(passage: Passage, clause: Clause, at: int) -> Owner | None:
    """Right behind «مقرر شد» stands the subject of an active verb, whatever it is called, where the words say that it
    acts: «هر بلوک سهم خود را …», «پیشنهاددهنده نسبت به …», «مرغداران … ارائه نمایند»."""
    folded = passage.folded
    if clause.verb is not Verb.ORDER:
        return None
    if not decided(folded, clause):
        return _relative(passage, clause) or _asked(passage, clause)
    if every := _EVERY.match(folded, at, clause.verb_at):
        return Owner(((at, every.end()),))
    end = None if _WHEN.match(folded, at) else loose_end(folded, at, clause.verb_at)
    if end is None or len(folded[at:end].split()) > _LOOSE_WORDS:
        return None
    person = not is_thing(folded[at:end]) or _WHO_DOES.search(folded, at, end)
    does = person and AFTER_SUBJECT.match(folded[end : clause.verb_at].lstrip())
    many = _PLURAL_VERB.fullmatch(folded[clause.verb_at : clause.end].strip()) and MANY.fullmatch(folded[at:end])
    return Owner(((at, end),)) if does or many else None


def acts(name: str) -> bool:
    """True for whoever acts by its form: animates in the plural, «پیشنهاددهنده»."""
    return bool(MANY.fullmatch(name) or _WHO_DOES.search(name)) and not is_thing(name)


def _asked(passage: Passage, clause: Clause) -> Owner | None:
    """«از اداره برق خواسته شد … اقدام نماید»: whoever is asked to."""
    before = passage.folded[max(0, clause.start - REACH) : clause.start]
    match = _ASKS.search(before) if "خواست" in before or "تقاضا" in before else None
    if match is None:
        return None
    shift = clause.start - len(before)
    at, end = match.start("who") + shift, match.end("who") + shift
    spans, reach = names_from(passage, at, end) if begins_at(passage.folded, at) else ([], 0)
    return Owner(tuple(spans)) if spans and reach == end else None


def _relative(passage: Passage, clause: Clause) -> Owner | None:
    """«مقرر شد اعضایی که سهم خود را نپرداخته‌اند، … اقدام نمایند», «مقرر شد شهرداری مجوزهایی را که … است، …»: a clause
    of its own stands behind the subject."""
    folded = passage.folded
    begin = max(0, clause.start - REACH * 2)
    if "یی که " in folded[begin : clause.start] or "انی که " in folded[begin : clause.start]:
        match = _WHO.search(folded, begin, clause.start)
        if match and not GOVERNED.fullmatch(folded[begin : match.start("who")]):
            return Owner((match.span("who"),))
    told = _TOLD.search(folded, begin, clause.start)
    return owner_at(passage, told.end(), clause.start) if told and begins_at(folded, told.end()) else None
