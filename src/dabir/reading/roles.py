"""Who stands where in a clause: its subject or agent, who it is done with, who it goes to, whose consent it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dabir.reading.anaphora import anaphor_end
from dabir.reading.clauses import Clause, Verb
from dabir.reading.lines import Passage
from dabir.reading.parties import PERSON, begins_at, loose_end, name_end, names_from
from dabir.reading.wording import rx

Span = tuple[int, int]

_WITH = rx(
    r"""(?<!\w)با (?:همکاری|هماهنگی|مشارکت|حضور|کمک|مساعدت|همراهی|همیاری|یاری|همفکری|مشورت|هم اندیشی|استفاده از ظرفیت
        |دعوت از|عضویت
        |شرکت(?= (?:آقا|خانم|جناب|مدیر|اعضا|نمایند|رئیس|روسا|مسئول|معاون|فرماندار|استاندار|شهردار|کارشناس|دستگاه))
        )(?: و (?:همکاری|هماهنگی|مشارکت|مساعدت|کمک|حضور))?(?: کامل| لازم| فعال| مستقیم)?
        (?: با)?(?!\w)\s*
        |(?<!\w)(?:به همراه|همراه با|به اتفاق|به کمک|به همکاری|و همکاری|و عضویت|و مشارکت|متشکل از|مرکب از
        |با ترکیب)(?!\w)\s*"""
)
_THROUGH = rx(r"(?<!\w)(?:از طریق|از مجرای|با واسطه)(?!\w)\s*")
_MEETING_WITH = rx(r"(?<!\w)جلسه(?: ای| ی)?(?: \w+)? با(?!\w)\s*(?!حضور)")
_AGENT = rx(
    r"""(?<!\w)(?:توسط|از سوی|از جانب|از طرف|به ?وسیله|با مسئولیت|به مسئولیت|با محوریت|به محوریت|با تصدی|با مدیریت
        |بر عهده|به عهده|برعهده|بعهده|بر ذمه|با متولی گری)(?!\w)\s*(?:خود )?"""
)
_PARTICIPLE = rx(r"\s*(?:\w+\s+){0,2}?(?:شده|گردیده|یافته|واصله|ارائه شده|تهیه شده|اعلامی|پیشنهادی|ارسالی|صادره)(?!\w)")
_AFTER_PARTICIPLE = rx(r".*(?:شده|گردیده|یافته|واصله|مطروحه|اعلامی|ارسالی|پیشنهادی|صادره|موجود)\s*\Z")
_CONSENT = rx(
    r"""(?<!\w)(?:کسب|اخذ|جلب|دریافت|گرفتن)\s+(?:نظر|نظرات|تایید|تاییدیه|موافقت|موافقت نامه|مجوز|مجوزهای)
        (?: موید| موافق| مثبت| نهایی| کتبی| رسمی| کارشناسی| لازم)*(?: از)?(?!\w)\s*"""
)
_APPROVED_BY = rx(r"(?<!\w)(?:با|به|پس از|بعد از) (?:نظر (?:موید|موافق|مثبت)|تصدیق|موافقت|تایید(?: نهایی)?)(?!\w)\s*")
_TO = rx(r"(?<!\w)(?:به|در اختیار|تحویل|برای)(?!\w)\s*")
_SENDING = rx(
    r"""(?<!\w)(?:ارائه|ارایه|ارسال|اعلام|تحویل|تسلیم|گزارش|منعکس|انعکاس|معرفی|ابلاغ|بفرست\w*|فرست\w*|اطلاع|تقدیم
        |واگذار|واگذاری|پرداخت|ارجاع|قرار|عودت|منتقل|مکاتبه|پیشنهاد|پاسخ|عرضه)(?!\w)|(?<!\w)می فرست"""
)
_OPENING = rx(
    r"""[\s،؛:.,\-–—ـ*•]*(?:(?:و|که|لذا|ضمنا|ضمن آنکه|همچنین|در ضمن|بنابراین|سپس|نهایتا|در نهایت|در پایان|علاوه بر این
        |از این رو|براین اساس|بر این اساس|در همین راستا|در این راستا|در این خصوص|در این رابطه|در همین ارتباط|متعاقبا
        |مضافا|اولا|ثانیا|ثالثا)(?!\w)[\s،,:]*)*"""
)
_GLUED_AND = rx("و(?=[^\\W\\d])")
_DELIMITER = rx(r"[،,؛:]\s*(?:و\s+)?|\s[—–]\s+|(?<!\w)(?:که|آنکه|اینکه)\s+")
_OBJECT = rx(r"\s*(?:خود\s+)?را(?!\w)")
_ENTRUSTS = rx(r"\s*(?:محول|سپرده|واگذار|تفویض) (?:شد|گردید|می شود|می گردد)")
_CHARGE = rx(r"(?<!\w)(?:با|به) (?:مسئولیت|محوریت|متولی گری)(?!\w)\s*")
_OBLIGED = rx(r"\sرا (?:موظف|مکلف|ملزم) (?:کرد|کردند|نمود|نمودند|ساخت)(?!\w)")
_NO_SUBJECT_AFTER = rx(
    r""".*(?:(?<!\w)(?:به|از|با|در|بر|تا|برای|جهت|توسط|بین|طریق|سوی|طرف|جانب|نزد|و|یا|مورد|همکاری|هماهنگی|مشارکت|حضور
        |درخصوص|خصوص|مورد|درباره|اسکان|پیشنهاد|گزارش|درخواست|نامه|نظر|اختیار|مسئولیت))\s*\Z"""
)


@dataclass(slots=True)
class Roles:
    """The spans of a clause's names by what they do in it."""

    lead: Span | None = None
    anaphor: int | None = None
    equals: list[Span] = field(default_factory=list)
    helpers: list[Span] = field(default_factory=list)
    recipients: list[Span] = field(default_factory=list)
    endorser: Span | None = None


def roles_in(passage: Passage, clause: Clause) -> Roles:
    """The roles that the clause gives. The subject is a lead only where the verb is its own («… نماید», «موظف است»)."""
    roles = Roles()
    claimed: list[Span] = []
    _helpers(passage, clause, roles, claimed)
    _consent(passage, clause, roles, claimed)
    if clause.verb is not Verb.PASSIVE and clause.orders:
        _subject(passage, clause, roles, claimed)
    if clause.verb is Verb.PASSIVE and clause.modal is not None:
        _modal_subject(passage, clause, roles)
    _in_charge(passage, clause, roles)
    _obliged(passage, clause, roles)
    _entrusted(passage, clause, roles)
    if roles.lead is None and roles.anaphor is None:
        _agent(passage, clause, roles)
    _recipients(passage, clause, roles)
    return roles


def _names(passage: Passage, start: int, end: int, *, loose: bool = False) -> tuple[list[Span], int]:
    return names_from(passage, start, end, loose=loose)


def _helpers(passage: Passage, clause: Clause, roles: Roles, claimed: list[Span]) -> None:
    for pattern, loose in ((_WITH, True), (_THROUGH, False), (_MEETING_WITH, False)):
        for match in pattern.finditer(passage.folded, clause.start, clause.end):
            if any(start <= match.start() < end for start, end in claimed):
                continue
            if (end := anaphor_end(passage.folded, match.end())) is not None:
                claimed.append((match.start(), end))
                continue
            spans, end = _names(passage, match.end(), clause.end, loose=loose)
            roles.helpers += [span for span in spans if span not in roles.helpers]
            claimed.append((match.start(), end))


def _consent(passage: Passage, clause: Clause, roles: Roles, claimed: list[Span]) -> None:
    for pattern, helps in ((_CONSENT, True), (_APPROVED_BY, False)):
        match = pattern.search(passage.folded, clause.start, clause.end)
        if match is None:
            continue
        spans, end = _names(passage, match.end(), clause.end)
        if spans and roles.endorser is None:
            roles.endorser = spans[0]
            claimed.append((match.start(), end))
            if helps:  # whoever must be asked also takes part (seed ج/۳)
                roles.helpers.append(spans[0])


def _subject(passage: Passage, clause: Clause, roles: Roles, claimed: list[Span]) -> None:
    folded = passage.folded
    limit = clause.modal if clause.modal is not None else clause.verb_at
    for at in _openings(folded, clause.start, limit, claimed):
        if anaphor_end(folded, at) is not None:
            roles.anaphor = at
            return
        if begins_at(folded, at):
            _take(passage, at, limit, roles)
            return
    if clause.modal is not None:
        _modal_subject(passage, clause, roles)
    elif clause.verb is Verb.ORDER:
        _person_inside(passage, clause, roles, claimed)


def _openings(folded: str, start: int, limit: int, claimed: list[Span]) -> Iterator[int]:
    """Where a subject may begin: at the clause's first word, and after a comma that ends an adjunct."""
    opening = _OPENING.match(folded, start, limit)
    at = opening.end() if opening else start
    if not begins_at(folded, at) and (glued := _GLUED_AND.match(folded, at)) and _begins(folded, glued.end()):
        at = glued.end()
    yield at
    for match in _DELIMITER.finditer(folded, at, limit):
        if not any(begin <= match.start() < end for begin, end in claimed):
            yield match.end()


def _begins(folded: str, at: int) -> bool:
    return begins_at(folded, at) or anaphor_end(folded, at) is not None


def _take(passage: Passage, at: int, limit: int, roles: Roles) -> None:
    spans, end = _names(passage, at, limit)
    if spans and not _OBJECT.match(passage.folded, end):
        roles.lead, roles.equals = spans[0], spans[1:]


def _modal_subject(passage: Passage, clause: Clause, roles: Roles) -> None:
    """Before «موظف است» and the like stands the subject, whatever it is called."""
    folded = passage.folded
    if clause.modal is None:
        return
    starts = list(_openings(folded, clause.start, clause.modal, []))
    for at in reversed(starts):
        if folded[at : clause.modal].strip() and (end := loose_end(folded, at, clause.modal)) is not None:
            if name_end(folded, at, clause.modal) is not None:
                _take(passage, at, clause.modal, roles)
            elif not folded[end : clause.modal].replace("نیز", "").strip() and clause.verb is not Verb.PASSIVE:
                roles.lead = (at, end)
            return


def _in_charge(passage: Passage, clause: Clause, roles: Roles) -> None:
    """«با مسئولیت X»: X leads, whoever else the subject is."""
    match = _CHARGE.search(passage.folded, clause.start, clause.end)
    spans = _names(passage, match.end(), clause.end)[0] if match else []
    if spans:
        roles.lead, roles.anaphor, roles.equals = spans[0], None, []


def _obliged(passage: Passage, clause: Clause, roles: Roles) -> None:
    """Whom somebody obliges: «استاندار دستگاه‌ها را مکلف کرد»."""
    match = _OBLIGED.search(passage.folded, clause.start, clause.end)
    if match is None:
        return
    for at in range(match.start() - 1, max(clause.start, match.start() - 80), -1):
        starts_word = at == 0 or not passage.folded[at - 1].isalnum()
        if starts_word and begins_at(passage.folded, at):
            roles.lead, roles.equals = None, []
            spans, end = _names(passage, at, match.start())
            if spans and end >= match.start() - 2:
                roles.lead, roles.equals = spans[0], spans[1:]


def _entrusted(passage: Passage, clause: Clause, roles: Roles) -> None:
    """«پیگیری موضوع به آقای نوری محول شد»."""
    for match in _TO.finditer(passage.folded, clause.start, clause.end):
        spans, end = _names(passage, match.end(), clause.end)
        if spans and _ENTRUSTS.match(passage.folded, end):
            roles.lead, roles.equals = spans[0], spans[1:]


def _person_inside(passage: Passage, clause: Clause, roles: Roles, claimed: list[Span]) -> None:
    """A person inside an active clause that no preposition governs: «در خصوص چاپ خبرنامه آقای … صحبت کنند»."""
    for match in PERSON.finditer(passage.folded, clause.start, clause.verb_at):
        if any(begin <= match.start() < end for begin, end in claimed):
            continue
        if not _NO_SUBJECT_AFTER.fullmatch(passage.folded[max(clause.start, match.start() - 20) : match.start()]):
            _take(passage, match.start(), clause.verb_at, roles)
            return


def _agent(passage: Passage, clause: Clause, roles: Roles) -> None:
    folded = passage.folded
    for match in _AGENT.finditer(folded, clause.start, clause.end):
        if _AFTER_PARTICIPLE.fullmatch(folded[max(0, match.start() - 24) : match.start()]):
            continue
        if anaphor_end(folded, match.end()) is not None:
            roles.anaphor = match.end()
            return
        spans, end = _names(passage, match.end(), clause.end, loose=True)
        if spans and not _PARTICIPLE.match(folded, end, clause.end):
            roles.lead, roles.equals = spans[0], spans[1:]
            return


def _recipients(passage: Passage, clause: Clause, roles: Roles) -> None:
    folded = passage.folded
    if not _SENDING.search(folded, clause.start, clause.end):
        return
    taken = [span for span in (roles.lead, *roles.helpers) if span]
    for match in _TO.finditer(folded, clause.start, clause.end):
        if not begins_at(folded, match.end()) or any(start <= match.end() < end for start, end in taken):
            continue
        spans, _ = _names(passage, match.end(), clause.end)
        roles.recipients += [span for span in spans if span not in roles.recipients and span not in taken]
