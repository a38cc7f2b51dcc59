"""What a text decides on debts that are there already: closed, extended, amended, superseded, merged, reopened,
cancelled, or given no longer time.

A debt is named by its code (`zanjan-hq-1398-11/4.1`, in any digits and slashes). An act is certain where the code and
an affirmative verb in the past or present stand in one sentence, and of an extension the day too; so is that more time
(«تمدید») is not agreed to. Whatever else sounds like one, also where the resolution is told by number and meeting
(«مصوبه ۴ جلسه ۱۱»), is a candidate for a person.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from dabir.persian.digits import number_in
from dabir.persian.letters import FILLER, same_length_fold
from dabir.reading.dates import find_days, find_dues
from dabir.reading.lines import Passage
from dabir.reading.minutes import ActKind, Day, DebtAct, DueKind
from dabir.reading.wording import any_of, rx

LONGEST_CODE = 110
_SIGNS = str.maketrans("‐‑‒–—−⁄∕／٫", "------///.")
# A body's code may begin with digits («60setad»), as long as a letter follows: «۴-hq-1398-11/3.1» is a list's fourth.
_TOKEN = re.compile(rf"(?<![a-z0-9])(?:[0-9][0-9{FILLER}]{{0,40}})?[a-z][a-z0-9{FILLER}]*-[a-z0-9\-/.{FILLER}]*")
_HEAD = re.compile(
    r"(?P<body>[0-9]{0,40}[a-z][a-z0-9-]{0,60}-1[34]\d\d[0-9-]{0,12})(?P<item>/[a-z0-9][a-z0-9-]{0,24})?"
)
# Its place, the member of a group, and the time of what recurs: `…/7.1`, `…/2.1-4`, `…/7.1.3`.
_PLACE = r"\.\d{1,4}(?:-\d{1,4})?(?:\.\d{1,4})?"
_DEBT = re.compile(_HEAD.pattern + _PLACE)
CODE = rf"{_HEAD.pattern}(?:{_PLACE})?"
"""The form of a code of ours as it is shown: of a meeting, an order, a resolution or a debt."""
_QUOTED = re.compile(r"«[^«»]{0,4000}»")
_CODES_ALONE = re.compile(rf"[a-z0-9\-/.\s{FILLER}]+")
_END = re.compile(r"[.؛!؟\n](?=\s|\Z)")

_DONE = r"(?:شدند|شد|گردیدند|گردید|می شوند|می شود|می گردند|می گردد)(?!\w)"
_SAID = r"(?:اعلام |تلقی |محسوب |شناخته |دانسته )?"
_ACTS: dict[ActKind, str] = {
    ActKind.CLOSE: rf"""(?:مختومه|خاتمه یافته|پایان یافته) (?:و [^.؛]{{0,40}} )?{_SAID}{_DONE}
        |خاتمه (?:یافت|یافتند|می یابد)(?!\w)
        |خاتمه داده {_DONE}|(?:خاتمه|اختتام|پایان)(?: کار)?(?: آن| آنها| تکلیف)? (?:اعلام|تایید|تصویب|پذیرفته) {_DONE}
        |از دستور (?:کار |پیگیری )(?:پیگیری )?خارج {_DONE}""",
    ActKind.EXTEND: rf"تمدید {_DONE}",
    ActKind.AMEND: rf"اصلاح {_DONE}|تغییر (?:یافت|می یابد)(?!\w)",
    ActKind.SUPERSEDE: rf"جایگزین(?!\w)[^؛]{{0,300}}?(?<!\w)(?:{_DONE}|است(?!\w))",
    ActKind.MERGE: rf"ادغام {_DONE}",
    ActKind.REOPEN: rf"""(?:مجدد|مجددا|دوباره|بار دیگر) در دستور کار (?:قرار )?(?:گرفت|گرفتند|می گیرد|می گیرند
        |{_DONE})(?!\w)|مفتوح {_SAID}{_DONE}|(?:مجدد|مجددا|دوباره) (?:به جریان افتاد|به جریان افتادند|باز {_DONE})""",
    ActKind.CANCEL: rf"(?:لغو|ملغی|کان لم یکن|منتفی) {_SAID}{_DONE}",
}
_VERB = rx("(?<!\\w)(?:" + "|".join(f"(?P<{kind.name}>{words})" for kind, words in _ACTS.items()) + ")")
_NOT = r"(?:نشدند|نشد|نگردیدند|نگردید|نمی شوند|نمی شود|نمی گردند|نمی گردد)(?!\w)"
_ANSWERED = rx(
    rf"""(?<!\w)(?:
        (?P<yes>موافقت (?:{_DONE}|به عمل آمد|حاصل {_DONE})|به تصویب (?:رسید|رسیدند|می رسد)|تصویب {_DONE})
        |(?P<no>موافقت (?:{_NOT}|به عمل نیامد|حاصل {_NOT})|مورد موافقت (?:قرار نگرفت|واقع {_NOT})
            |مخالفت (?:{_DONE}|به عمل آمد)|(?:پذیرفته|تایید|تصویب) {_NOT}|به تصویب نرسید|رد {_DONE}))(?!\w)"""
)
"""What is agreed to, or not, stands before it as a noun."""
_NOUNS: dict[ActKind, str] = {
    ActKind.CLOSE: "خاتمه|مختومه شدن|مختومه نمودن|مختومه کردن|مختومه اعلام شدن",
    ActKind.EXTEND: "تمدید",
    ActKind.CANCEL: "لغو",
    ActKind.REOPEN: "بازگشایی|مفتوح شدن",
}
_NOUN = rx(r"(?<!\w)(?:" + "|".join(f"(?P<{kind.name}>{any_of(words)})" for kind, words in _NOUNS.items()) + r")(?!\w)")
_OPEN = rx(
    r"""(?<!\w)(?:در صورت|در صورتی که|چنانچه|اگر|مشروط|منوط|به شرط|به شرط آنکه|به شرطی که|آیا|پس از
    |جلسه قبل|جلسه قبلی|جلسه گذشته|جلسات گذشته|قبلا|پیشتر|پیش از این)(?!\w)"""
)
"""What makes it a condition, a question, or a tale of an earlier meeting."""
_LONGER = rx(
    r"""(?<!\w)(?:درخواست تمدید(?!\w)|تمدید (?:(?:مدت|زمان|مهلت|موعد|سررسید|تکلیف|تکالیف|مصوبه|بند|ردیف|آن|شماره)(?!\w)
    |[a-z]))"""
)
"""More time for a debt; not a contract or a licence for longer."""
_WHY = rx(
    r"""(?<!\w)(?:با توجه به|با عنایت به|نظر به|به (?:دلیل|علت|سبب|جهت|خاطر))(?!\w) (?:این که )?(?P<why>[^،,؛]{3,300}?)
    (?= (?:[،,؛]|(?:با |و )*(?:درخواست )?تمدید(?!\w)|(?:درخواست|مهلت|تکلیف)(?!\w)|[.]? \Z))"""
)
_BECAUSE = rx(
    r"[ ،,]*(?<!\w)(?:زیرا|چون|چرا که|به (?:دلیل|علت|سبب|خاطر))(?!\w) (?:این که )?(?P<why>[^؛]{3,300}?)[ .،]*\Z"
)
_MORE = rx(r"(?<!\w)(?:مقرر|موظف|مکلف|ملزم|باید|لازم است|ضروری است|تصویب|موافقت)(?!\w)")
"""What else is decided behind a reason: then it is no reason alone."""
_UNLESS = rx(
    r"""(?: [،,])? (?:و |ولی |لیکن |البته )?(?:مشروط|منوط|به شرط|به شرطی که|مگر|مگر آنکه|مگر اینکه|در صورت|در صورتی که
    |چنانچه|اگر)(?!\w)"""
)
"""A condition that follows the verb at once."""
_INTO = rx(r"(?<!\w)(?:در|با|به|ذیل)(?!\w)")
_INSTEAD = rx(r"(?<!\w)جایگزین(?!\w)")
_UNTIL = (DueKind.DATE, DueKind.PERIOD)
_NUMBER = r"(?:\d{1,4}|[^\W\d_]{2,12}م)"
_CITED = rx(
    rf"""(?<!\w)(?:مصوبه|مصوبات|بند|ردیف|تصمیم)(?: شماره| ردیف)? (?P<item>\d{{1,3}})(?!\d)[^.؛\d]{{0,30}}?(?<!\w)(?:جلسه
    |نشست|صورت ?جلسه)(?!\w)(?: شماره)?(?: (?P<meeting>{_NUMBER})(?![\w/]))?
    (?P<behind>[^.؛\d]{{0,12}}(?:مورخه?|تاریخ))?"""
)
_MEETINGS = ("جلسه", "نشست")
_REACH = 40  # letters behind «مورخ» in which its day stands


@dataclass(frozen=True, slots=True)
class Named:
    """A debt or a resolution as the text names it: by `code`, or by the resolution's number `item` and its meeting's
    number, or day."""

    code: str = ""
    item: str = ""
    meeting: int | None = None
    day: date | None = None

    @property
    def is_debt(self) -> bool:
        """By the code of a debt; else it is a resolution that is named."""
        return is_debt_code(self.code)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be meant: what is named at `start`–`end`, and what seems to be decided on it."""

    named: Named
    start: int
    end: int
    act: ActKind | None = None
    day: Day | None = None


@dataclass(frozen=True, slots=True)
class Acts:
    """What a text decides on debts: what is `certain`, where in the text it is said, and what may be meant besides."""

    certain: list[DebtAct]
    spans: list[tuple[int, int]]
    candidates: list[Candidate]


@dataclass(frozen=True, slots=True)
class _Verb:
    start: int
    end: int
    kind: ActKind


@dataclass(frozen=True, slots=True)
class _Code:
    start: int
    end: int
    code: str


def is_debt_code(code: str) -> bool:
    """True for what has the form of a debt's code; whether there is such a debt nobody says here."""
    found = _DEBT.fullmatch(code)
    return bool(found and (found["item"] or "-order-" in found["body"]))


def code_of(text: str) -> str:
    """A code as it is kept, from what somebody typed or pasted."""
    return same_length_fold(text.strip()).translate(_SIGNS).replace(FILLER, "")


def codes_in(text: str) -> set[str]:
    """The codes of debts and resolutions that a text names, as they are kept."""
    return {one.code for one in _codes(same_length_fold(text).translate(_SIGNS))}


def acts_in(passage: Passage, session: date | None = None) -> Acts:
    """What the passage decides on debts; `session` settles «سال جاری» and two-digit years."""
    plain = passage.folded.translate(_SIGNS)
    found = Acts([], [], [])
    if "-" in plain or any(word in plain for word in _MEETINGS):
        said = _QUOTED.sub(_unquoted, plain)
        codes = list(_codes(said))
        start = at = 0
        for end in _ends(said, codes):
            first = at
            while at < len(codes) and codes[at].start < end:
                at += 1
            _Sentence(passage, said, start, end, codes[first:at], session).tell(found)
            start = end
    return found


def sounds_like(text: str) -> ActKind | None:
    """What the text's first words of a decision on debts decide, whether it names a debt or not."""
    said = _QUOTED.sub(_unquoted, same_length_fold(text))
    found = _VERB.search(said)
    if found:
        return ActKind[found.lastgroup or ""]
    answered = _ANSWERED.search(said)
    return ActKind.REFUSE if answered and answered["no"] and _LONGER.search(said, 0, answered.start()) else None


def reason_in(text: str) -> str:
    """Why more time is refused, in the words of the line that refuses it; empty where it does not say."""
    said = _QUOTED.sub(_unquoted, same_length_fold(text))
    verb = next((match for match in _ANSWERED.finditer(said) if match["no"]), None)
    if verb is None:
        return ""
    found = _BECAUSE.match(said, verb.end()) or _WHY.search(said, 0, verb.start())
    return " ".join(text[found.start("why") : found.end("why")].split()) if found else ""


def wording_of(text: str, whole: str) -> str:
    """The words that a sentence of a `whole` text gives a debt («… به شرح زیر اصلاح شد: …»): those that it quotes, else
    all that is left of the text; empty where that says more."""
    said = _QUOTED.sub(_unquoted, same_length_fold(text))
    for match in _VERB.finditer(said):
        behind = text[match.end() :].lstrip()
        if match.lastgroup == ActKind.AMEND.name and behind.startswith(":"):
            words = behind[1:].strip().removesuffix(".").rstrip()
            if _QUOTED.fullmatch(words):
                return words[1:-1].strip()
            return words if whole.rstrip().endswith(text.rstrip()) else ""
    return ""


def without_acts(passage: Passage, acts: Acts) -> Passage | None:
    """The passage without what is certainly decided on debts; none where nothing else is in it."""
    bounds = [0, *(at for span in acts.spans for at in span), len(passage.text)]
    pieces = [passage.cut(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    rest = Passage.of(part for piece in pieces for part in piece.parts() if any(map(str.isalnum, piece.text)))
    return rest if rest.text else None


def _unquoted(match: re.Match[str]) -> str:
    """What is quoted is the debt's own words, unless it is its code."""
    inner = match[0][1:-1]
    return f" {inner} " if _CODES_ALONE.fullmatch(inner) else "،" * len(match[0])


def _codes(text: str) -> Iterator[_Code]:
    for match in _TOKEN.finditer(text):
        token = match[0].rstrip(f".-/{FILLER}")
        code = token.replace(FILLER, "")
        if len(code) <= LONGEST_CODE and (is_debt_code(code) or ((head := _HEAD.fullmatch(code)) and head["item"])):
            yield _Code(match.start(), match.start() + len(token), code)


def _ends(text: str, codes: list[_Code]) -> Iterator[int]:
    inside = {at for one in codes for at in range(one.start, one.end)}
    for match in _END.finditer(text):
        if match.start() not in inside:
            yield match.end()
    yield len(text)


T = TypeVar("T", _Code, Candidate)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence at `start`–`end` of the passage; `said` is its folded text without what is quoted."""

    passage: Passage
    said: str
    start: int
    end: int
    codes: list[_Code]
    session: date | None

    def tell(self, found: Acts) -> None:
        """Add what it decides to what was found."""
        cited = list(self._citations())
        if not self.codes and not cited:
            return
        verbs = self._verbs()
        begin, told = self.start, set[int]()
        for verb in verbs:
            mine = _between(self.codes, begin, verb.end)
            if not mine and len(verbs) == 1:  # «مختومه شدند: …»
                mine = self.codes
            told |= {one.start for one in mine}
            stop = max(verb.end, *(one.end for one in mine), 0)
            begin += len(self.said[begin:stop]) - len(self.said[begin:stop].lstrip())
            if verb is verbs[-1] and self._is_about_it(verb, stop):
                stop = self.end
            day = self._day(mine, begin, stop) if verb.kind is ActKind.EXTEND else None
            pairs = list(_pairs(self.said, mine, verb))
            if pairs and self._is_sure(pairs, verb, begin, day):
                text, lines = self.passage.text[begin:stop].strip(), self.passage.lines(begin, stop)
                found.spans.append((begin, stop))
                found.certain.extend(
                    DebtAct(one.code, verb.kind, lines, day=day, into=into, text=text) for one, into in pairs
                )
            else:
                found.candidates.extend(Candidate(Named(one.code), one.start, one.end, verb.kind, day) for one in mine)
            for one in _between(cited, begin, verb.end):
                found.candidates.append(replace(one, act=verb.kind, day=day))
            begin = stop
        found.candidates.extend(
            Candidate(Named(one.code), one.start, one.end) for one in self.codes if one.start not in told
        )
        found.candidates.extend(_between(cited, begin, self.end))

    def _is_about_it(self, verb: _Verb, behind: int) -> bool:
        """Whether the rest of the sentence says no more than what is amended how, or why it is refused."""
        if verb.kind is ActKind.AMEND:
            return self.said[behind : self.end].strip(" ")[:1] == ":"
        why = _BECAUSE.match(self.said[behind : self.end].rstrip()) if verb.kind is ActKind.REFUSE else None
        return why is not None and not _MORE.search(why[0])

    def _is_sure(self, pairs: list[tuple[_Code, str | None]], verb: _Verb, begin: int, day: Day | None) -> bool:
        asked = self.said[self.end - 1 : self.end] == "؟"
        if verb.kind is ActKind.REFUSE and (why := _WHY.search(self.said, begin, verb.start)):
            begin = why.end()  # a reason tells of what was before
        if asked or _OPEN.search(self.said, begin, verb.end) or _UNLESS.match(self.said, verb.end, self.end):
            return False
        if verb.kind is ActKind.EXTEND and day is None:
            return False
        return all(is_debt_code(one.code) and (into is None or is_debt_code(into)) for one, into in pairs)

    def _verbs(self) -> list[_Verb]:
        found = [
            _Verb(*match.span(), ActKind[match.lastgroup or ""])
            for match in _VERB.finditer(self.said, self.start, self.end)
        ]
        begin, places = self.start, iter([*found, None])
        before = next(places)
        answered = []
        for match in _ANSWERED.finditer(self.said, self.start, self.end):
            while before and before.end <= match.start():
                begin, before = max(begin, before.end), next(places)
            nouns = list(_NOUN.finditer(self.said, begin, match.start()))
            if nouns and not (before and before.start <= match.start()):
                kind = ActKind[nouns[-1].lastgroup or ""]
                if match["yes"]:
                    answered.append(_Verb(*match.span(), kind))
                elif kind is ActKind.EXTEND and _LONGER.search(self.said, begin, match.start()):
                    answered.append(_Verb(*match.span(), ActKind.REFUSE))
            begin = match.end()
        return sorted([*found, *answered], key=lambda one: one.start)

    def _day(self, codes: list[_Code], start: int, end: int) -> Day | None:
        """The one day until which something is extended, where the words tell one."""
        text = self.passage.text[start:end]
        gone = [(one.start - start, one.end - start) for one in codes]  # «hq-1398-11-2/4.1» is no day
        gone += [match.span() for match in _QUOTED.finditer(text)]
        for first, last in gone:
            text = text[:first] + " " * (last - first) + text[last:]
        dues = {one.due.iso: one.due for one in find_dues(text, self.session) if one.due.kind in _UNTIL and one.due.iso}
        if len(dues) == 1:
            due = next(iter(dues.values()))
            return Day(due.jalali or "", due.iso or "", due.text)
        days = {one.date: one.day for one in find_days(text, self.session)}
        return next(iter(days.values())) if len(days) == 1 else None

    def _citations(self) -> Iterator[Candidate]:
        for match in _CITED.finditer(self.said, self.start, self.end):
            end, day = match.end(), None
            if match["behind"]:
                near = find_days(self.passage.text[end : end + _REACH], self.session)
                if near and near[0].start < 2:
                    day, end = near[0].date, end + near[0].end
            meeting = number_in(match["meeting"]) if match["meeting"] else None
            if meeting or day:
                yield Candidate(Named(item=match["item"], meeting=meeting, day=day), match.start(), end)


def _between(found: list[T], start: int, end: int) -> list[T]:
    """Those that begin there; they stand in the order of the text."""
    return found[bisect_left(found, start, key=_start) : bisect_left(found, end, key=_start)]


def _start(one: _Code | Candidate) -> int:
    return one.start


def _pairs(said: str, codes: list[_Code], verb: _Verb) -> Iterator[tuple[_Code, str | None]]:
    """Each debt that the verb is about, with the one that it goes into or that takes its place."""
    if verb.kind is ActKind.MERGE:
        if len(codes) > 1 and _INTO.search(said, codes[-2].end, codes[-1].start):
            yield from ((one, codes[-1].code) for one in codes[:-1])
    elif verb.kind is ActKind.SUPERSEDE and (word := _INSTEAD.search(said, verb.start)):
        behind = [one for one in codes if one.start > word.start()]
        before = [one for one in codes if one.start < word.start()]
        if behind and len(before) < 2:
            yield from ((one, before[0].code if before else None) for one in behind)
        elif not behind:
            yield from ((one, None) for one in before)
    else:
        yield from ((one, None) for one in codes)
