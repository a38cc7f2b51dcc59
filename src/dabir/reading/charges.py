"""Who is given a duty by other words than as its subject: «توسط X», «با مسئولیت X», «به X محول شد»."""

from __future__ import annotations

from dabir.persian.letters import same_length_fold
from dabir.reading.anaphora import anaphor_end
from dabir.reading.clauses import Clause, Verb
from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.owners import Owner, opening_end
from dabir.reading.parties import begins_at
from dabir.reading.unmarked import office_before
from dabir.reading.wording import rx

_AGENT = rx(
    r"""(?<!\w)(?:توسط|از سوی|از جانب|از طرف|به ?وسیله|با مسئولیت|به مسئولیت|با محوریت|به محوریت|با تصدی|با مدیریت
        |بر عهده|به عهده|برعهده|بعهده|بر ذمه|با متولی گری)(?!\w)\s*(?:خود )?"""
)
_PARTICIPLE = rx(
    r"""\s*(?:\w{1,20}\s+){0,2}?(?:شده|گردیده|یافته|واصله|ارائه شده|تهیه شده|اعلامی|پیشنهادی|ارسالی|صادره)(?!\w)"""
)
_AFTER_PARTICIPLE = rx(r".*(?:شده|گردیده|یافته|واصله|مطروحه|اعلامی|ارسالی|پیشنهادی|صادره|موجود)\s*\Z")
_PURPOSE = rx(r"(?<!\w)(?:برای|جهت|به منظور)\s+[^،؛]{2,45}\Z")  # «برای تصمیم نهایی توسط شورا … فراهم سازد»
_CHARGE = rx(r"(?<!\w)(?:با|به) (?:مسئولیت|محوریت|متولی گری)(?!\w)\s*")
_CHARGES = tuple(map(same_length_fold, ("مسئولیت", "محوریت", "متولی")))
_RESPONSIBLY = same_length_fold("مسئول")
_OBLIGED = rx(r"\sرا (?:موظف|مکلف|ملزم) (?:کرد|کردند|نمود|نمودند|ساخت)(?!\w)")
_RESPONSIBLE = rx(r"(?:مسئول|مسئولین|مسئولان|متولی) (?:پیگیری|اجرا|اجرای|انجام|نظارت|هماهنگی)(?!\w)\s*(?:بر )?")
_IS = rx(
    r"""(?<!\w)(?:است|هستند|می باشد|می باشند|باشد|باشند|خواهد بود|خواهند بود|(?:تعیین|انتخاب|معرفی|منصوب)
        (?:شد|شدند|گردید|گردیدند|شود|شوند))\W*\Z"""
)
_TO = rx(r"(?<!\w)به(?!\w)\s*")
_ENTRUSTS = rx(
    r"""\s*(?:(?:جهت|برای) [^.؛،]{2,60}? )?(?:(?:محول|سپرده|واگذار|تفویض|ارجاع|ارجاع داده) (?:شد|گردید|می شود|می گردد)
        |(?:مهلت|فرصت|ماموریت|تکلیف|اجازه|اختیار|مسئولیت|وظیفه) (?:داده )?(?:شد|شود|گردد|می شود|گردید|می گردد))(?!\w)"""
)


def charged_in(passage: Passage, clause: Clause) -> Owner | None:
    """Whom the clause puts in charge, whoever else its subject is."""
    words = passage.folded[clause.start : clause.end]
    owner = None
    if any(word in words for word in _CHARGES):
        owner = _in_charge(passage, clause)
    if _RESPONSIBLY in words and (responsible := _responsible(passage, clause)):
        owner = responsible
    if "را" in words and (obliged := _obliged(passage, clause)):
        owner = obliged
    if "به" in words and (entrusted := _entrusted(passage, clause)):
        owner = entrusted
    return owner


def agent_in(passage: Passage, clause: Clause) -> Owner | None:
    """By whom something is to be done («توسط X»)."""
    folded = passage.folded
    for match in _AGENT.finditer(folded, clause.start, clause.end):
        if clause.verb is Verb.ORDER and _PURPOSE.search(folded, max(clause.start, match.start() - 60), match.start()):
            continue
        if _AFTER_PARTICIPLE.fullmatch(folded[max(0, match.start() - 24) : match.start()]):
            continue
        if anaphor_end(folded, match.end()) is not None:
            return Owner(anaphor=match.end())
        spans, end = names_from(passage, match.end(), clause.end, loose=True)
        if spans and not _PARTICIPLE.match(folded, end, clause.end):
            return Owner(tuple(spans))
    return None


def _in_charge(passage: Passage, clause: Clause) -> Owner | None:
    match = _CHARGE.search(passage.folded, clause.start, clause.end)
    spans = names_from(passage, match.end(), clause.end)[0] if match else []
    return Owner(tuple(spans)) if spans else None


def _responsible(passage: Passage, clause: Clause) -> Owner | None:
    """«مسئول پیگیری این بند شهرداری می‌باشد»."""
    match = _RESPONSIBLE.match(passage.folded, opening_end(passage.folded, clause.start, clause.end), clause.end)
    is_he = _IS.search(passage.folded, clause.start, clause.end) if match else None
    return office_before(passage, is_he.start(), match.end(), set()) if match and is_he else None


def _obliged(passage: Passage, clause: Clause) -> Owner | None:
    """Whom somebody obliges: «استاندار دستگاه‌ها را مکلف کرد»."""
    match = _OBLIGED.search(passage.folded, clause.start, clause.end)
    if match is None:
        return None
    found = None
    for at in range(match.start() - 1, max(clause.start, match.start() - 80), -1):
        starts_word = at == 0 or not passage.folded[at - 1].isalnum()
        if starts_word and begins_at(passage.folded, at):
            spans, end = names_from(passage, at, match.start())
            found = Owner(tuple(spans)) if spans and end >= match.start() - 2 else Owner()
    return found


def _entrusted(passage: Passage, clause: Clause) -> Owner | None:
    """«پیگیری موضوع به آقای نوری محول شد», «به شهرداری مهلت داده شد»."""
    found = None
    for match in _TO.finditer(passage.folded, clause.start, clause.end):
        spans, end = names_from(passage, match.end(), clause.end)
        if spans and _ENTRUSTS.match(passage.folded, end):
            found = Owner(tuple(spans))
    return found
