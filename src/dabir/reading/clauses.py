"""Clauses: a resolution cut at its verbs, each piece with what its verb says: an order, a passive one, a fact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from dabir.persian.remembering import remembered
from dabir.reading.lines import Passage
from dabir.reading.parties import begins_at
from dabir.reading.wording import any_of, rx


class Verb(Enum):
    ORDER = auto()  # «اقدام نماید»: its subject owes
    PASSIVE = auto()  # «بررسی شود»: somebody owes
    FUTURE = auto()  # «عمل خواهد نمود»
    DECISION = auto()  # «مقرر شد»: what follows is decided
    FACT = auto()  # «ارائه شد», «می‌باشد»
    NONE = auto()  # no verb: «تکمیل تصفیه‌خانه»


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece from `start` to `end`; `modal` is where «موظف است», «باید» stand in it, before which its subject is."""

    start: int
    end: int
    verb: Verb
    verb_at: int
    modal: int | None = None
    elided: bool = False

    @property
    def complete(self) -> bool:
        """True when the clause ends with its own verb, not with a noun whose verb comes later."""
        return self.verb is not Verb.NONE and self.end > self.verb_at and not self.elided

    @property
    def orders(self) -> bool:
        return self.verb in (Verb.ORDER, Verb.PASSIVE, Verb.FUTURE) or self.modal is not None


_ACTIVE = any_of(
    """فرماید|فرمایند|بفرمایند|نماید|نمایند|بنماید|بنمایند|کند|کنند|بکند|بکنند|دهد|دهند|بدهد|بدهند|آورد|آورند|بیاورد
        |بیاورند|رساند|رسانند|برساند|برسانند|فرستد|فرستند|بفرستد|بفرستند|سازد|سازند|بسازد|بسازند|گذارد|گذارند|بگذارد|بگذارند|ورزد|ورزند
        |بردارد|بردارند|دارد|دارند|بدارد|بدارند|داشته باشد|داشته باشند|بگیرد|بگیرند|گیرند|پردازد|پردازند|بپردازد
        |بپردازند|یابند|می نماید|می نمایند|می کند|می کنند|می دهد|می دهند|گمارد|گمارند|بگمارد|درآورند|درآورد|شوند و
        |ببندد|ببندند|بخرد|بخرند|بفروشد|بفروشند|بنویسد|بنویسند|بخواهد|بخواهند|ببرد|ببرند|بپذیرند|بسپارد|بسپارند|بکارد|بکارند
        |بیفزاید|بیفزایند|بگوید|بگویند|برگرداند|برگردانند|بازگرداند|بازگردانند|بکوشد|بکوشند|بکاهد|بکاهند|بگنجاند|بگنجانند"""
)
_PASSIVE = any_of(  # with «چاپ کنیم»: «we» is nobody in particular
    """شود|شوند|گردد|گردند|پذیرد|بپذیرد|بگردد|گیرد|یابد|بشود|می شود|می شوند|می گردد|می گردند|می گیرند|برسد
        |برسند|نماییم|نمائیم|کنیم|بکنیم|دهیم|بدهیم|رسانیم|برسانیم|آوریم|گیریم|بگیریم|پردازیم|بپردازیم|سازیم"""
)
_FUTURE = r"خواه(?:د|ند) (?:کرد|نمود|داد|داشت|پرداخت|ساخت|رساند|گرفت|شد|گردید|بود|یافت|آمد|رفت)"
_DECIDE = (
    r"""(?:مقرر|قرار|بنا|مصوب|تصویب|موافقت|توافق|تاکید|پیشنهاد|تصمیم (?:گرفته|بر این|بر آن)|خواسته|درخواست|دستور داده
        |توصیه)"""
    r""" (?:شده است|شدند|شد|گردیده است|گردیدند|گردید|گشت|نمودند|نمود|کردند|کرد|داشتند|داشت|است|می شود|می گردد|میگردد
        |به عمل آمد)(?: که(?!\w))?|به تصویب (?:نهایی )?(?:رسید|رساند|رساندند|رسانید
        |رسانیدند)(?!\w)|مورد (?:موافقت|تصویب|تایید) قرار گرفت"""
)
_FACT = r"""(?:شد|شدند|گردید|گردیدند|کرد|کردند|نمود|نمودند|داد|دادند|داشت|داشتند|گفت|گفتند|خواست|خواستند|رسید|رسیده|گرفت
    |می رسد|می رسند|گرفتند
    |گرفته(?!\s?و\s)|یافت|آمد|است|اند|باشد|باشند|بود|بوده|بودند|می باشد|می باشند|هستند|نیست|افزود)"""
MODAL = rx(
    r"""(?<!\w)(?:(?:موظف|مکلف|ملزم|متعهد|مامور|مجاز|مسئول|مسوول)(?:ند| کرد| کردند| نمود| نمودند| ساخت| اند| است| هستند
        | می باشد| می باشند| شد| شدند| شده اند| شده است| شود| شوند| گردد| گردند| گردید| گردیدند| گردیده است| گردیده اند
        | گردیده| می شود| می شوند| می گردد| می گردند| بود| خواهد بود| خواهند بود)"""
    r"|(?:می )?بایست(?:ی)?|باید|لازم است|ضروری است|ضرورت دارد|موظف به|مکلف به|ملزم به)(?!\w)"
)
# «مسئول رعایت این بند می‌باشند»: the subject stands before «مسئول», the verb far behind it.
_RESPONSIBLE = rx(
    r"""(?<!\w)(?:(?:مسئول|مسوول|عهده دار|متولی|مامور|پیگیر)(?!\w)[^.؛]{2,60}?(?:است|هستند|می باشند|می باشد|باشد|باشند
        |خواهد بود|خواهند بود|شد|شدند|گردید|گردیدند)|(?:عهده دار|مامور|پیگیر)(?!\w)[^.؛]{2,60}?(?:شود|شوند))(?!\w)"""
)
_VERBS = rx(
    rf"""(?<!\w)(?:و(?=مقرر))?(?:(?P<decide>{_DECIDE})|(?P<future>{_FUTURE}(?!\w))|(?P<active>{_ACTIVE}(?!\w))
        |(?P<passive>{_PASSIVE}(?!\w))|(?P<fact>{_FACT}(?!\w)))|(?P<stop>[.؛](?=\s|\Z))"""
)
_KINDS = {
    "active": Verb.ORDER,
    "passive": Verb.PASSIVE,
    "future": Verb.FUTURE,
    "decide": Verb.DECISION,
    "fact": Verb.FACT,
    "stop": Verb.NONE,
}
_ACTIVE_TAKE = rx(r".*(?:در نظر|به کار|بکار|تصمیم|بهره|پی|در پیش|به عهده|بر عهده|تحویل|تماس|فرا)\s*\Z")
_ACTIVE_BECOME = rx(r".*(?<!\w)(?:حاضر|یادآور|متذکر|پیگیر|جویا|متعهد|متقبل|عهده دار|مستقر|حضور|پاسخگو|وارد)\s*\Z")
_BE = "باشد", "باشند"
_READY = rx(r".*(?<!\w)(?:آماده|آماده باش|حاضر|مستقر|پاسخگو|پیگیر|گوش به زنگ|در دسترس|همراه|ناظر)\s*\Z")
_HAS = "دارد", "دارند"
_HAS_SENT = rx(  # «ارسال دارد» orders, «نیاز دارد» does not
    r""".*(?<!\w)(?:ارسال|اعلام|معمول|مبذول|اقدام|ابلاغ|گسیل|ارائه|اظهار|معروض|مرقوم|مصروف|ایفاد|تقدیم|منظور|برقرار|نگه
        |مشخص|مکتوم|عنایت|همکاری|نظارت|معاف|شرکت|حضور|انجام|عهده|بر|باز)\s*\Z"""
)
# «بر عهده … می‌باشد», «به … محول شد»
_CHARGES = rx(
    r"""(?<!\w)(?:(?:بر|به|ب) ?عهده|محول|سپرده|واگذار|تفویض|ارجاع|(?:مهلت|فرصت|ماموریت|اجازه|اختیار|مسئولیت|وظیفه) داده
        |مسئول (?:پیگیری|اجرا|اجرای|انجام|نظارت))(?!\w)"""
)
# Where the verb of the first of two duties is left out («معرفی و بخشداران …»), the noun of it stands before «و».
ELIDED = rx(
    r"""(?<!\w)(?:تمدید|لغو|معرفی|ارائه|ارسال|تهیه|اعلام|اقدام|تعیین|بررسی|تکمیل|تدوین|تنظیم|برگزار|انجام|اجرا|تامین|تحویل|آماده
        |احداث|ایجاد|نصب|صادر|واگذار|رفع|شناسایی|ثبت|منعکس|پیگیری|تشکیل|مشخص|فراهم|پرداخت|گزارش|ابلاغ|دعوت|حاضر|آغاز
        |شروع|کرده|نموده|داده|گرفته|آورده|گردیده
        |(?P<state>شده|داشته|نداشته|بوده|یافته|رسیده|رسانده|بلامانع)) ?و ?(?=\w)"""
)


# «مجوزهایی که صادر شده است، …»: a clause that tells which; its verb orders nothing.
_RELATIVE = rx(
    r"(?<!\w)(?!(?:این|آن|چون|گرچه|اگر|بدین|نحوی|طوری|صورتی|حالی|شد|گردید|است)\s)(?:[^\W\d]{2,}|\d{1,4})\s+که\s[^،؛.:]{2,90}\Z"
)
_GOES_ON = rx(r"\s*[،,]\s*(?!و\s|که\s|لذا|مقرر|مصوب|لیکن|ولی|اما)")


_DEFINES = rx(r".*(?<!\w)(?:نامیده|خوانده|گفته)\s*\Z")
_IS_PLANNED = rx("قرار (?:است|بود|شده است)")
_WHICH = rx(r"[^\W\d]\s+که\s[^،؛.:]{0,60}\Z")
# «نشستی که قرار است دی ماه برگزار شود، …»: what is planned for it is not ordered either.
_PLANNED = rx(r"(?<!\w)که\s[^،؛.:]{0,60}?قرار (?:است|بود|شده است)\s[^،؛.:]{2,90}\Z")


def _verb(kind: Verb, verb: re.Match[str], start: int) -> Verb:
    """What the verb does where its clause began at `start`: «حاضر شود» is active, «به … محول شد» a charge."""
    folded = verb.string
    before = folded[max(start, verb.start() - 14) : verb.start()]
    if kind is Verb.PASSIVE and (_ACTIVE_TAKE if verb[0] == "گیرد" else _ACTIVE_BECOME).fullmatch(before):
        kind = Verb.ORDER
    elif verb[0] in _BE and _READY.fullmatch(before):
        kind = Verb.ORDER
    elif verb[0].startswith(_HAS) and not _HAS_SENT.fullmatch(before):
        kind = Verb.FACT
    elif kind is Verb.FACT and _CHARGES.search(folded, start, verb.start()):
        kind = Verb.PASSIVE
    return Verb.FACT if kind in (Verb.ORDER, Verb.PASSIVE) and _tells(verb, start) else kind


def _tells(verb: re.Match[str], start: int) -> bool:
    """True for a verb that is taken for an order and only tells («که … صادر می‌شوند، …», «که قرار است … شود، …»)."""
    folded = verb.string
    if verb[0].startswith("می") and _DEFINES.fullmatch(folded, max(start, verb.start() - 14), verb.start()):
        return True
    if "که" not in folded[start : verb.start()] or not _GOES_ON.match(folded, verb.end()):
        return False
    which = verb[0].startswith("می") and _RELATIVE.search(folded, start, verb.start())
    return bool(which or _PLANNED.search(folded, start, verb.start()))


@lru_cache(maxsize=64)  # who decides, who owes and what kind it is are asked of the same passage
@remembered
def clauses_of(passage: Passage) -> tuple[Clause, ...]:
    """The clauses of the passage in order, without holes."""
    folded = passage.folded
    found: list[Clause] = []
    start = 0
    modals = _Modals(folded)
    modal = modals.after(0)
    for match in _VERBS.finditer(folded):
        kind = _KINDS[str(match.lastgroup)]
        if modal is not None and modal.start() <= match.start() < modal.end():
            continue
        if kind is Verb.NONE and not folded[start : match.start()].strip():
            start = match.end()
            continue
        if kind is Verb.DECISION and _IS_PLANNED.match(match[0]) and _WHICH.search(folded, start, match.start()):
            continue
        kind = _verb(kind, match, start)
        inside = modal is not None and start <= modal.start() < match.start()
        at = modal.start() if modal is not None and inside else None
        found.extend(_split(folded, Clause(start, match.end(), kind, match.start(), at)))
        start = match.end()
        if modal is not None and modal.start() < start:
            modal = modals.after(start)
    if folded[start:].strip(" .؛،:»"):
        at = modal.start() if modal is not None else None
        found.extend(_split(folded, Clause(start, len(folded), Verb.NONE, len(folded), at)))
    return tuple(found)


class _Modals:
    """What puts somebody under a duty, asked for from ever further on: what was not found is not looked for again."""

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self._nearest = [(pattern, pattern.search(folded)) for pattern in (MODAL, _RESPONSIBLE)]

    def after(self, start: int) -> re.Match[str] | None:
        self._nearest = [
            (pattern, pattern.search(self._folded, start) if match and match.start() < start else match)
            for pattern, match in self._nearest
        ]
        return min((match for _, match in self._nearest if match), key=lambda match: match.start(), default=None)


def _split(folded: str, clause: Clause) -> list[Clause]:
    """The clause, or two where a second owner follows a duty whose verb is left out."""
    if not clause.orders:
        return [clause]
    for match in ELIDED.finditer(folded, clause.start, clause.verb_at):
        if begins_at(folded, match.end()):
            behind = clause.modal is not None and clause.modal > match.start()
            before, after = (None, clause.modal) if behind else (clause.modal, None)
            verb = Verb.FACT if match["state"] else Verb.ORDER
            first = Clause(clause.start, match.end(), verb, match.start(), before, elided=True)
            return [first, *_split(folded, Clause(match.end(), clause.end, clause.verb, clause.verb_at, after))]
    return [clause]
