"""Who stands where in a clause: its subject or agent, who it is done with, who it goes to, whose consent it needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from dabir.persian.remembering import remembered
from dabir.reading.anaphora import anaphor_end
from dabir.reading.charges import agent_in, charged_in
from dabir.reading.clauses import Clause, Verb
from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.owners import Owner, Span, is_object
from dabir.reading.parties import begins_at
from dabir.reading.subjects import subject_of
from dabir.reading.wording import folded_words, has_one, rx

_WITH = rx(
    r"""(?<!\w)با (?:همکاری|هماهنگی|مشارکت|حضور|کمک|مساعدت|همراهی|همیاری|یاری|همفکری|مشورت|هم اندیشی|استفاده از ظرفیت
        |دعوت از|عضویت
        |شرکت(?= (?:آقا|خانم|جناب|مدیر|اعضا|نمایند|رئیس|روسا|مسئول|معاون|فرماندار|استاندار|شهردار|کارشناس|دستگاه))
        )(?: و (?:همکاری|هماهنگی|مشارکت|مساعدت|کمک|حضور))?(?: کامل| لازم| فعال| مستقیم)?
        (?: با)?(?!\w)\s*
        |(?<!\w)(?:به اتفاق(?! (?:آرا|نظر))|به کمک|به همکاری|و همکاری|و هماهنگی|و عضویت|و مشارکت|متشکل از|مرکب از
        |با ترکیب)(?!\w)\s*"""
)
_THROUGH = rx(
    r"""(?<!\w)(?:از طریق|از مجرای|با واسطه|(?:به |در )?معیت|(?:به |ب)?همراه(?:ی)?(?: با)?|به انضمام)(?!\w)\s*"""
)
_MEETING_WITH = rx(r"(?<!\w)جلسه(?: ای| ی)?(?: \w+)? با(?!\w)\s*(?!حضور)")
# Each with the words without one of which it is not worth trying, and whether its first name may be of any kind.
_BESIDE = (
    (
        _WITH,
        folded_words(
            """همکاری هماهنگی مشارکت حضور کمک مساعدت همراهی یاری همفکری مشورت اندیشی ظرفیت دعوت عضویت شرکت اتفاق متشکل
            مرکب ترکیب"""
        ),
        True,
    ),
    (_THROUGH, folded_words("طریق مجرا واسطه همراه معیت انضمام"), False),
    (_MEETING_WITH, folded_words("جلسه"), False),
)
_CONSENT = rx(
    r"""(?<!\w)(?:کسب|اخذ|جلب|دریافت|گرفتن)\s+(?:نظر|نظرات|تایید|تاییدیه|موافقت|موافقت نامه|مجوز|مجوزهای)
        (?: موید| موافق| مثبت| نهایی| کتبی| رسمی| کارشناسی| لازم)*(?: از)?(?!\w)\s*"""
)
_APPROVED_BY = rx(r"(?<!\w)(?:با|به|پس از|بعد از) (?:نظر (?:موید|موافق|مثبت)|تصدیق|موافقت|تایید(?: نهایی)?)(?!\w)\s*")
_AGREES = folded_words("نظر تایید موافقت مجوز تصدیق")
_TO = rx(r"(?<!\w)(?:به(?: اطلاع| استحضار| رویت| نظر)?|در اختیار|تحویل|برای)(?!\w)\s*")
_SENDING = rx(
    r"""(?<!\w)(?:ارائه|ارایه|ارسال|اعلام|تحویل|تسلیم|گزارش|منعکس|انعکاس|معرفی|ابلاغ|نوشته|نگاشته|بفرست\w*|فرست\w*
        |اطلاع|تقدیم
        |واگذار|واگذاری|پرداخت|ارجاع|قرار|عودت|منتقل|بگذارد|بگذارند|گذاشته|مکاتبه|پیشنهاد|پاسخ|عرضه)(?!\w)
        |(?<!\w)می فرست"""
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


@remembered
def roles_in(passage: Passage, clause: Clause) -> Roles:
    """The roles that the clause gives. The subject is a lead only where the verb is its own («… نماید», «موظف است»)."""
    roles = Roles()
    claimed: set[int] = set()
    _helpers(passage, clause, roles, claimed)
    _consent(passage, clause, roles, claimed)
    owner = charged_in(passage, clause) or subject_of(passage, clause, claimed)
    if owner is None or owner == Owner():
        owner = agent_in(passage, clause) or _behind_helpers(passage, clause, roles)
    if owner is not None:
        roles.lead = owner.spans[0] if owner.spans else None
        roles.equals, roles.anaphor = list(owner.spans[1:]), owner.anaphor
    _recipients(passage, clause, roles)
    return roles


def _behind_helpers(passage: Passage, clause: Clause, roles: Roles) -> Owner | None:
    """«با هماهنگی شهرداری، پلیس راه … را اعمال نماید»: lists end with «و», so a name behind a comma is the subject."""
    if clause.verb is not Verb.ORDER or not roles.helpers[1:]:
        return None
    before, last = roles.helpers[-2:]
    if passage.folded[before[1] : last[0]].strip() not in ("،", ","):
        return None
    roles.helpers.pop()
    return Owner((last,))


def _helpers(passage: Passage, clause: Clause, roles: Roles, claimed: set[int]) -> None:
    """Each helper once; the letters of what names them are claimed, since of a thousand spans each would be asked for
    each other."""
    text = passage.folded[clause.start : clause.end]
    for pattern, loose in ((pattern, loose) for pattern, needed, loose in _BESIDE if has_one(text, needed)):
        for match in pattern.finditer(passage.folded, clause.start, clause.end):
            if match.start() in claimed:
                continue
            if (end := anaphor_end(passage.folded, match.end())) is not None:
                claimed.update(range(match.start(), end))
                continue
            spans, end = names_from(passage, match.end(), clause.end, loose=loose)
            roles.helpers += spans
            claimed.update(range(match.start(), end))
    roles.helpers = list(dict.fromkeys(roles.helpers))


def _consent(passage: Passage, clause: Clause, roles: Roles, claimed: set[int]) -> None:
    if not has_one(passage.folded[clause.start : clause.end], _AGREES):
        return
    for pattern, helps in ((_CONSENT, True), (_APPROVED_BY, False)):
        match = pattern.search(passage.folded, clause.start, clause.end)
        if match is None:
            continue
        spans, end = names_from(passage, match.end(), clause.end)
        if spans and roles.endorser is None:
            roles.endorser = spans[0]
            claimed.update(range(match.start(), end))
            if helps:  # whoever must be asked also takes part (seed ج/۳)
                roles.helpers.append(spans[0])


def _recipients(passage: Passage, clause: Clause, roles: Roles) -> None:
    folded = passage.folded
    if not _SENDING.search(folded, clause.start, clause.end):
        return
    taken = [span for span in (roles.lead, *roles.helpers) if span]
    for match in _TO.finditer(folded, clause.start, clause.end):
        if not begins_at(folded, match.end()) or any(start <= match.end() < end for start, end in taken):
            continue
        spans, end = names_from(passage, match.end(), clause.end)
        if is_object(folded, end):  # «تحویل واحدها را …»
            continue
        roles.recipients += [span for span in spans if span not in roles.recipients and span not in taken]
