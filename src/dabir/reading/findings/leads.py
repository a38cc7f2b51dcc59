"""Who owes: one lead for one duty, a name behind which somebody stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from dabir.persian.letters import fold
from dabir.reading.dates.vocabulary import AFTER, BEFORE
from dabir.reading.findings.frame import Paper, Said, name_key, quote, rule
from dabir.reading.minutes import Obligation, Party, Resolution, Severity
from dabir.reading.wording import any_of, rx

_ANYBODY = any_of(
    "مسئول|مسئولین|مسئولان|دستگاه|دستگاه ها|دستگاه های|اداره|ادارات|واحد|واحد های|مراجع|مرجع|نهاد|نهاد های|سازمان ها"
    "|سازمان های|مقامات|کارشناسان|مدیران|افراد|اشخاص|عوامل|بخش های|بخش|شرکت های|ارگان های|متولیان|مبادی"
)
_CONCERNED = any_of(
    "ذیربط|ذی ربط|مربوط|مربوطه|مرتبط|ذیصلاح|ذی صلاح|ذی مدخل|ذیمدخل|متولی|مسئول|ذینفع|ذی نفع|موثر|لازم|فوق الذکر"
)
_VAGUE = rx(rf"(?:کلیه |تمامی |سایر |همه )?{_ANYBODY} (?:اجرایی |دولتی |محترم |استانی |شهرستانی )?{_CONCERNED} \Z")
_BY_ANYBODY = rx(
    rf"{BEFORE}(?:توسط|از سوی|از طرف|با مسئولیت|به عهده|بر عهده) "
    rf"(?P<who>{_ANYBODY} (?:اجرایی |محترم )?{_CONCERNED}){AFTER}"
)
_SEVERAL = any_of("دستگاه|نهاد|سازمان|ارگان|بانک|شهرداری|فرمانداری|بخشداری|دهیاری|شرکت|دانشگاه")
_GROUP = rx(
    rf"(?:(?:کلیه|تمامی|تمام|همه|سایر) (?!اعضا)[^\W\d]{{3,}}|{_SEVERAL} ?ها(?:ی [^\n]{{0,60}})?\Z"
    rf"|(?:دستگاه|نهاد|ارگان) ?های اجرایی|ادارات(?! کل [^\W\d]+ ?\Z){AFTER}"
    r"|(?:بخشداران|فرمانداران|شهرداران|دهیاران|مدیران|روسا))"
)
_TOGETHER = ("با همکاری", "با هماهنگی", "با مشارکت")
_JOINED = (" و ", "، ", " ، ")


@rule("obligation.two-leads", Severity.WARNING, "Two are named as equals for one duty")
def two_leads(paper: Paper) -> Iterator[Said]:
    # One lead, the others helpers: who is asked first when nothing happens? (seed ب, the chair's closing words)
    for resolution, duty in paper.duties:
        second = _equal(resolution, duty)
        if duty.lead and second:
            both = f"{quote(duty.lead.text)} و {quote(second.text)}"
            yield Said(f"برای یک کار دو مسئول هم‌پایه آمده است: {both}.", duty.lines)


def _equal(resolution: Resolution, duty: Obligation) -> Party | None:
    """The party that the paper names right after the lead, as its equal."""
    if not duty.lead or not duty.helpers:
        return None
    lead, text = duty.lead.text, resolution.text
    at = text.find(lead)
    if at < 0 or not text.startswith(_JOINED, at + len(lead)):
        return None
    behind = text[at + len(lead) : at + len(lead) + 80].lstrip("، ").removeprefix("و ").lstrip()
    return next((one for one in duty.helpers if one.text != lead and behind.startswith(one.text)), None)


@rule("obligation.vague-lead", Severity.WARNING, "Nobody can tell who owes it")
def anybody(paper: Paper) -> Iterator[Said]:
    for resolution, duty in paper.duties:
        words = duty.lead.text if duty.lead else None
        if words and not _is_vague(words):
            continue
        if (words is None and resolution.binds and "رب" in duty.action) or "رتب" in duty.action:
            found = _BY_ANYBODY.search(fold(duty.action))
            words = found["who"] if found else None
        if words:
            yield Said(f"مسئول {quote(words)} مبهم است: معلوم نیست کدام دستگاه.", duty.lines)


@rule("obligation.group-lead", Severity.NOTE, "A group owes it, nobody in it by name")
def a_group(paper: Paper) -> Iterator[Said]:
    # seed ج/۲، ج/۵: «دستگاه‌های اجرایی …»
    groups = {party.key for party in paper.context.parties if party.kind == "group"}
    for _, duty in paper.duties:
        if duty.lead is None:
            continue
        words = duty.lead.text
        if (duty.lead.known in groups or _is_group(words)) and not _is_vague(words):
            yield Said(f"مسئول {quote(duty.lead.text)} یک گروه است و یک مسئول مشخص ندارد.", duty.lines)


@rule("obligation.lead-helps", Severity.WARNING, "The lead is also among the helpers")
def leads_and_helps(paper: Paper) -> Iterator[Said]:
    for resolution, duty in paper.duties:
        if duty.lead:
            lead = _key(duty.lead)
            said = any(f"{word} {duty.lead.text}" in resolution.text for word in _TOGETHER)
            if said or any(_key(helper) == lead for helper in duty.helpers):
                yield Said(f"{quote(duty.lead.text)} هم مسئول و هم همکار همین کار نوشته شده است.", duty.lines)


@rule("obligation.absent-lead", Severity.NOTE, "Who owes it was not there")
def was_not_there(paper: Paper) -> Iterator[Said]:
    absent = {key for entry in paper.minutes.attendance if not entry.present for key in _keys(entry.text, entry.known)}
    if not absent:
        return
    said: set[str] = set()
    for _, duty in paper.duties:
        if duty.lead and _key(duty.lead) not in said and absent & _keys(duty.lead.text, duty.lead.known):
            said.add(_key(duty.lead))
            yield Said(f"{quote(duty.lead.text)} مسئول این کار است، ولی در جلسه غایب بوده است.", duty.lines)


@lru_cache(maxsize=10_000)
def _is_vague(name: str) -> bool:
    return _VAGUE.match(fold(name)) is not None


@lru_cache(maxsize=10_000)
def _is_group(name: str) -> bool:
    return _GROUP.match(fold(name)) is not None


def _key(party: Party) -> str:
    return f"party {party.known}" if party.known is not None else name_key(party.text)


def _keys(text: str, known: int | None) -> set[str]:
    return {name_key(text)} | ({f"party {known}"} if known is not None else set())


RULES = (
    two_leads,
    anybody,
    a_group,
    leads_and_helps,
    was_not_there,
)
