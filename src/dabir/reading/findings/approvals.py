"""Approvals: by whom, with what power, and what is still to come before they hold."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.persian.letters import fold, same_length_fold, squash
from dabir.reading.dates.vocabulary import AFTER, BEFORE
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import Resolution, ResolutionKind, Severity
from dabir.reading.wording import any_of, rx

_BODY = any_of("شورا|شورای|کمیته|کارگروه|کمیسیون|هیات|ستاد|مجمع|انجمن|شورایعالی")
_WHOSE = (
    r"(?:نهایی )?(?:اکثریت )?(?:اعضای )?(?:محترم )?"
    rf"(?P<body>{_BODY}{AFTER}(?:[ ](?!موافقت|تصویب|تایید)[^\W\d]{{1,20}}){{0,8}}?)"
)
_BY_A_BODY = (
    rx(rf"{BEFORE}به (?:تصویب|تایید) {_WHOSE} (?:محترم )?رسید{AFTER}(?! (?:است|بود))"),
    rx(rf"{BEFORE}مورد (?:تصویب|تایید|موافقت) {_WHOSE} (?:محترم )?قرار گرفت{AFTER}(?! (?:است|بود))"),
)
_ANOTHER_TIME = rx(r"قبلا|پیش ?تر|سابقا|پیشین|قبلی|گذشته|در جلسه (?:مورخ|شماره)|مورخ|که به|سال گذشته|طی نامه")
_NO_QUORUM = rx(
    r"(?:حد نصاب|حدنصاب|نصاب)[^.؛\n]{0,30}?(?:نرسید|حاصل نشد|حاصل نگردید|نداشت|احراز نشد|به دست نیامد|نبود)"
    r"|جلسه (?:[^\W\d]{2,10}[ ]){0,2}?رسمیت (?:نیافت|نداشت|پیدا نکرد|ندارد)|فاقد (?:حد ?نصاب|رسمیت)"
)
_NOT_TODAY = rx(r"قبل|گذشته|پیشین|سابق|مورخ|چنانچه|در صورت|هرگاه|اگر|بند|ماده")
_APPROVED = rx(
    rf"{BEFORE}(?:به تصویب (?:[^\W\d]{{2,12}}[ ]){{0,3}}?رسید|(?:تصویب|مصوب|تایید) (?:شد|گردید)"
    rf"|مورد (?:تصویب|تایید|موافقت) قرار گرفت|موافقت (?:شد|گردید|به عمل آمد|نمود|نمودند)){AFTER}"
)
_TO_BE_CONFIRMED = rx(
    rf"{BEFORE}(?:مورد (?:تایید|تصویب)(?: نهایی| مجدد)? (?:[^\W\d]{{2,12}}[ ]){{0,3}}?(?:قرار گیرد|واقع شود)"
    r"|به (?:تایید|تصویب)(?: نهایی)? (?:[^\W\d]{2,14}[ ]){0,5}?(?:برسد|رسانده شود|می رسد|رسانیده شود)"
    rf"|(?:تایید|تصویب) نهایی (?:شود|گردد)){AFTER}"
)
_LATER = ("رسد", "رسانده", "رسان", "گیرد", "گيرد", "واقع", "نهایی", "نهايي")  # one of them stands in the pattern above
_CONDITIONED = rx(r"مشروط|منوط|موکول|به شرط")
_DECIDING = (
    ResolutionKind.APPROVAL,
    ResolutionKind.CONDITIONAL_APPROVAL,
    ResolutionKind.OBLIGATION,
    ResolutionKind.AMENDMENT,
)
_APPROVALS = (ResolutionKind.APPROVAL, ResolutionKind.CONDITIONAL_APPROVAL)


@rule("approval.no-quorum", Severity.ERROR, "Decided without a quorum")
def without_a_quorum(paper: Paper) -> Iterator[Said]:
    if not any(one.kind in _DECIDING for one in paper.minutes.resolutions):
        return
    for number, line in paper.lines_with("نصاب", "رسمیت"):
        found = _NO_QUORUM.search(line.folded)
        begin = max(line.folded.rfind(mark, 0, found.start()) for mark in ".؛") + 1 if found else 0
        if found and not _NOT_TODAY.search(line.folded, begin, found.end() + 20):
            words = quote(line.words[slice(*found.span())])
            yield Said(f"متن می‌گوید {words}، ولی جلسه مصوبه دارد: بی حد نصاب تصمیمی اعتبار ندارد.", (number, number))


@rule("approval.elsewhere", Severity.WARNING, "Approved by a body that is not the one meeting")
def by_another_body(paper: Paper) -> Iterator[Said]:
    own = [name for name in (paper.minutes.header.body, *(body.name for body in paper.minutes.bodies)) if name]
    if not own or not paper.has("تصویب", "تایید", "موافقت"):
        return
    for resolution in paper.minutes.resolutions:
        if resolution.kind not in _APPROVALS:
            continue
        text = same_length_fold(resolution.text)
        found = next(filter(None, (pattern.search(text) for pattern in _BY_A_BODY)), None)
        if found is None or _ANOTHER_TIME.search(text, max(0, found.start() - 80), found.end()):
            continue
        body = resolution.text[slice(*found.span("body"))]
        if all(_differ(body, name) for name in own):
            meeting = quote(own[0])
            yield Said(f"نوشته شده که {quote(body)} تصویب کرده است، ولی جلسه از آن {meeting} است.", resolution.lines)


def _differ(one: str, other: str) -> bool:
    """Whether two names are surely of two bodies: another kind of body, or other words behind the same one."""
    first, second = fold(one).split(), fold(other).split()
    if first[0].removesuffix("ی") != second[0].removesuffix("ی"):
        return True
    tails = squash(" ".join(first[1:])), squash(" ".join(second[1:]))
    return all(tails) and tails[0] not in tails[1] and tails[1] not in tails[0]


@rule("approval.no-step", Severity.WARNING, "Approved on a condition that nobody is to lift")
def nobody_lifts_it(paper: Paper) -> Iterator[Said]:
    for resolution in paper.minutes.resolutions:
        if resolution.kind is ResolutionKind.CONDITIONAL_APPROVAL and not resolution.obligations:
            said = f"{quote(resolution.text)} مشروط تصویب شده است، ولی معلوم نیست چه کسی و کی شرط را بررسی می‌کند."
            yield Said(said, resolution.lines)


@rule("approval.unconfirmed", Severity.WARNING, "Approved, and still to be confirmed")
def approved_and_not(paper: Paper) -> Iterator[Said]:
    # seed ج/۴: «به تصویب رسید و مقرر شد … مورد تایید قرار گیرد»
    if not paper.has("تایید", "تصویب"):
        return
    for resolution in paper.minutes.resolutions:
        if (words := _both(resolution)) is not None:
            first, second = words
            yield Said(f"هم {quote(first)} نوشته شده و هم {quote(second)}: تصویب قطعی است یا نه؟", resolution.lines)


def _both(resolution: Resolution) -> tuple[str, str] | None:
    """The words that approve, and those behind them that leave it to be confirmed."""
    if not any(word in resolution.text for word in _LATER):
        return None
    text = same_length_fold(resolution.text)
    approved = _APPROVED.search(text)
    later = _TO_BE_CONFIRMED.search(text, approved.end()) if approved else None
    if approved is None or later is None or _CONDITIONED.search(text, 0, later.start()):
        return None
    return resolution.text[slice(*approved.span())], resolution.text[slice(*later.span())]


RULES = (
    without_a_quorum,
    by_another_body,
    nobody_lifts_it,
    approved_and_not,
)
