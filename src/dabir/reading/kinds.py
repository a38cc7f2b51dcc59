"""What kind of resolution a text is: by its verbs, and by the words that make a rule, a condition or a recurrence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dabir.reading.clauses import Clause, Verb, clauses_of
from dabir.reading.lines import Passage
from dabir.reading.minutes import DueKind, Obligation, ResolutionKind
from dabir.reading.wording import any_of, rx, words

_DONE = r"(?:شد|شدند|گردید|گردیدند|گشت|می شود|می گردد|میگردد|گردد|شود|شده است|گردیده است|نمود|نمودند|کرد|کردند)"
_AMENDS = rx(
    r"""(?<!\w)(?:تمدید|لغو|ابطال|باطل|ملغی|ادغام|اصلاح|حذف|جایگزین|الحاق|کان لم یکن|تجدید|به تعویق|منتفی
        |تغییر)(?: و (?:جایگزین|اصلاح|حذف|تمدید))?\s*"""
    rf"(?:می )?(?:{_DONE}|یافت|می یابد|یابد|اعلام (?:شد|گردید)|تلقی (?:شد|گردید)|افتاد|داده (?:شد|شود)|پیدا کرد)"
    r"|(?<!\w)(?:تمدید|لغو) و(?!\w)"
    r"""|(?<!\w)(?:عبارت|متن|تبصره|جمله|واژه|کلمه)(?!\w)[^.؛]{0,200}(?<!\w)(?:اضافه|افزوده|جایگزین
        |الحاق)(?!\w)[^.؛]{0,100}(?<!\w)(?:شد|گردید|می شود|می گردد|شود|گردد)(?!\w)"""
)
_EARLIER = words(
    "مصوبه|مصوبات|بند|مهلت|جلسه|جلسات|تصمیم|تصمیمات|صورتجلسه|عبارت|تبصره|موعد|زمان|تاریخ|ردیف|ماده|سررسید|مفاد|متن"
    "|تصویب ?نامه|تصویب نامه های|مدت (?:اجرای|اعتبار)|اعتبار (?:آیین ?نامه|تصویب ?نامه|مصوبه|قانون)"
)
_PROPOSES = rx(rf"(?<!\w)(?:پیشنهاد|توصیه|درخواست)\s*(?:می )?(?:{_DONE}|داد|دادند|می شود|به عمل آمد)(?!\w)")
_RESOLVES = rx(r"(?<!\w)(?:مقرر|مصوب|موظف|مکلف|ملزم|موافقت|تصویب|قرار) (?:شد|گردید|نمود|است|گردیدند|شدند|کرد)")
_APPROVES = rx(
    rf"""(?<!\w)(?:(?:تصویب|مصوب|موافقت|تایید|قبول|پذیرفته|تنفیذ)\s*{_DONE}|به تصویب (?:رسید|اعضا رسید|می رسد)
        |به تایید رسید|(?:به|ب) ?تصویب[^.؛]{{0,30}}رسید|اعلام موافقت (?:شد|گردید|نمود|نمودند)
        |(?:مورد|به) (?:بحث و بررسی و |بررسی و )?(?:موافقت|تصویب|تایید|پذیرش
        |قبول)[^.؛]{{0,40}}?(?:قرار گرفت|واقع شد|واقع گردید|قرار می گیرد
        |رسید)"""
    r"""|موافقت (?:مشروط|به عمل آمد|بعمل آمد|اصولی|حاصل)|به تصویب[^.؛]{0,30}رسید|(?:انتخاب|منصوب|تعیین)\s*(?:شد|شدند
        |گردید|گردیدند)|بلامانع\s*(?:اعلام|شناخته|تشخیص داده|دانسته)?\s*(?:شد|گردید|است)|رای (?:آورد|موافق|مثبت)
        |(?:به|ب) ?عنوان [^.؛]{3,120}(?:شد|شدند|گردید|گردیدند)(?!\w)
        |اختصاص (?:یافت|می یابد|داده شد)|ابقا(?:ء)? (?:شد|شدند|گردید))"""
)
_APPROVAL = rx(r"\W*(?:موافقت با|تصویب|تایید)(?!\w)")  # «تصویب بودجه», a resolution without a verb
# «لایحه عوارض» under «… تصویب شد:»
_APPROVED = rx(r"\W*(?:لایحه|لوایح|بودجه|تفریغ|اساسنامه|آیین ?نامه|صورت ?های مالی)(?!\w)")
# «… از وزارت کشور منتزع و به وزارت مسکن ملحق می‌شود»: done by being said, owed by nobody
_PERFORMS = rx(
    r"""(?<!\w)(?:منتزع|ملحق|الحاق|تبدیل|نامیده|نامگذاری|منحل|انتخاب|منصوب|شناخته|افزوده)
        (?:می شود|می شوند|می گردد|می گردند)\W*\Z""".replace("\n        ", " ")
)
_ALLOWS = rx(r"""(?<!\w)(?:اجازه\s*(?:داده )?(?:شد|می شود|میشود|داده می شود|می دهد)|مجاز (?:است|شد|گردید|می باشد
    |شناخته شد)|می ?توان(?:د|ند))(?!\w)""")
_CONDITION = rx(
    r"""(?<!\w)(?:مشروط|منوط|موکول|به شرط|بشرط|به شرطی|در صورت (?:تامین|تایید|اخذ|موافقت|رعایت|کسب|تحقق|وجود|ارائه)
        |با رعایت|پس از (?:اعمال|اصلاح|رفع)|بعد از (?:اعمال|اصلاح|رفع)|با (?:اعمال|لحاظ|انجام|در نظر گرفتن) (?:اصلاح
        |نظر|نقطه|تغییر|موارد))"""
)
_RULE = rx(
    r"""(?<!\w)(?:از این پس|ازین پس|از این به بعد|از این تاریخ|زین پس|من ?بعد|از تاریخ (?:تصویب
        |ابلاغ)[^.؛]{0,20}به بعد|از ابتدای سال|همواره|در هر صورت|در کلیه|در تمامی|طبق روال|مطابق روال|همانند گذشته
        |ملاک عمل|مبنای عمل|ممنوع(?!\w)|"""
    r"""مجاز (?:به|نیست|نمی|نبوده|نخواهد|خواهد)|حق ندارد|حق ندارند|لازم الاجرا|لازم الرعایه|الزامی (?:است|می باشد
        |خواهد)|در اولویت (?:است|قرار دارد|می باشد|خواهد)|تعیین تکلیف خواهد|(?:منوط|موکول
        |مشروط) به[^.؛]{2,120}(?:خواهد بود|است|می باشد|باشد)"""
    r"""|عمل (?:خواهد|خواهند)|تا اطلاع ثانوی|(?:معاف|مستثنی) (?:است|هستند|می باشد|می باشند|خواهد بود|خواهند بود)
        |(?:فقط|صرفا|تنها) [^.؛]{2,80}(?:است|می باشد|خواهد بود)|قبل از هر
        |به قوت خود باقی|متوقف (?:شد|گردید)|به هیچ وجه|تحت هیچ|هنگام (?:مرخصی|غیبت|ماموریت)
        |وضعیت آماده باش|قابل (?:پذیرش|قبول|پرداخت) (?:نیست|نمی|نخواهد))"""
)
_WEAK_RULE = rx(r"(?<!\w)(?:در چا[رب]چ?وب|در صورت عدم)(?!\w)")  # a rule where nobody is ordered to act
_FUTURE_END = rx(r"خواه(?:د|ند) (?:شد|بود|گردید|نمود|کرد|گرفت|داشت)\s*[.)]*\s*\Z")
_RECURS = rx(
    r"""(?<!\w)(?:روزانه|هفتگی|ماهانه|ماهیانه|سالانه|سالیانه|فصلی|مستمر|مستمرا|به طور مستمر|هر (?:هفته|ماه|روز|سال|فصل
        |جلسه)|هر \w+ (?:روز|هفته|ماه|سال) ?یک ?بار|(?:ماهی|هفته ای|سالی|روزی) ?(?:یک|دو) ?بار|به صورت (?:روزانه|هفتگی
        |ماهانه|مستمر)|همه روزه)(?!\w)"""
)
_INFORMS = rx(
    r"""(?<!\w)(?:در اختیار[^.؛]{2,100}(?:می باشد|قرار گرفت|است|قرار دارد|گذاشته شد)|به (?:اطلاع|استحضار
        |سمع)[^.؛]{0,60}رسید|به اطلاع رسید|(?:قرائت|استماع|مطرح|توزیع|ارائه|تشریح|تبیین|انجام|مختومه|اعلام|قدردانی
        |تشکر|تقدیر|معرفی|رونمایی|تصمیم گیری|بحث و تبادل نظر|گزارش)\s*(?:شد|گردید|شده است|گردیده است|به عمل آمد
        |بعمل آمد|نمود|نمودند)(?!\w)"""
    r"""|مورد (?:بحث|بررسی|تقدیر)[^.؛]{0,40}قرار گرفت|در (?:دست|حال) \w+(?: (?:و|یا) \w+)?|جهت اطلاع
        |قابل دسترس|اقدام شده|انجام شده)"""
)
_FINITE_PAST = any_of(
    """نشد|نگردید|نگرفت|شد|گردید|شدند|گردیدند|گرفت|گرفتند|رسید|نمود|نمودند|کرد|کردند|آمد|است|می باشد|بود|بودند
    |داشت|داشتند|داد|دادند|پرداخت|پرداختند|یافت|یافتند"""
)
_ENDS_PAST = rx(rf"(?<!\w){_FINITE_PAST}\s*[.!)»]*\s*\Z")


_SOMEBODY = ("نمود", "نمودند", "کرد", "کردند")
_OBJECT = rx(r"(?<!\w)(?:را|با (?!اتفاق|اکثریت|توجه|عنایت))(?!\w)")
_SHORTEST_OBJECT = 12  # letters


@dataclass(frozen=True, slots=True)
class _Resolution:
    """What the rules below look at."""

    folded: str
    orders: list[Clause]
    verbless: bool
    limits: set[DueKind]
    owners: bool
    resolves: bool
    listed: ResolutionKind | None
    review: bool
    owed: bool


def kind_of(
    passage: Passage,
    obligations: list[Obligation],
    listed: ResolutionKind | None,
    *,
    review: bool = False,
    owed: bool = False,
) -> ResolutionKind:
    """The kind of the resolution: the first whose rule holds. `listed` is what the sentence before its list says,
    `review` tells that earlier resolutions are gone over, `owed` that the list's sentence orders what is in it."""
    clauses = clauses_of(passage)
    seen = _Resolution(
        folded=passage.folded,
        orders=[clause for clause in clauses if clause.orders],
        verbless=all(clause.verb is Verb.NONE for clause in clauses),
        owners=any(one.lead for one in obligations),
        limits={one.due.kind for one in obligations if one.due},
        resolves=bool(_RESOLVES.search(passage.folded)),
        listed=listed,
        review=review,
        owed=owed,
    )
    return next((kind for kind, holds in _RULES if holds(seen)), ResolutionKind.OBLIGATION)


def _amends(seen: _Resolution) -> bool:
    repeated = seen.review and seen.resolves and bool(seen.orders)  # «مصوبه عیناً تکرار و مقرر شد …»
    earlier = seen.review or bool(_EARLIER.search(seen.folded))
    return earlier and not repeated and bool(_AMENDS.search(seen.folded))


def _proposes(seen: _Resolution) -> bool:
    return not seen.resolves and (seen.listed is ResolutionKind.PROPOSAL or bool(_PROPOSES.search(seen.folded)))


def allows(folded: str) -> bool:
    """True for a permission: who may do something owes nothing."""
    return bool(_ALLOWS.search(folded)) and not _RESOLVES.search(folded)


def _allows(seen: _Resolution) -> bool:
    return allows(seen.folded)


def _approves_if(seen: _Resolution) -> bool:
    approval = _APPROVES.search(seen.folded)
    ordered_first = approval and seen.orders and seen.orders[0].end <= approval.start()
    return bool(approval and not ordered_first and _CONDITION.search(seen.folded))


def _approves(seen: _Resolution) -> bool:
    """The approved thing stands before the verb («بودجه تصویب شد و …»), not after it («مصوب شد شهرداری …»)."""
    named = _APPROVAL.match(seen.folded) or (seen.verbless and _APPROVED.match(seen.folded))
    if named and not seen.orders and not seen.limits:
        return True
    if not seen.owners and not seen.limits and _PERFORMS.search(seen.folded):
        return True
    approval = _APPROVES.search(seen.folded)
    if approval is None or not seen.orders:
        return approval is not None
    before = seen.folded[: approval.start()].strip(" .،؛")
    if approval[0].endswith(_SOMEBODY) and not _OBJECT.search(before):  # «شورا تصویب نمود شهرداری …»
        return False
    return len(before) > _SHORTEST_OBJECT and seen.orders[0].start >= approval.end()


def _rules(seen: _Resolution) -> bool:
    rule = _RULE.search(seen.folded)
    if rule is None:
        return not (seen.limits or seen.resolves) and bool(_WEAK_RULE.search(seen.folded))
    # «مقرر شد اعلام شود ورود اراضی منوط به موافقت شوراست»: what is announced is no rule of this meeting
    return not (seen.resolves and seen.orders and seen.orders[0].end < rule.start())


def _recurs(seen: _Resolution) -> bool:
    return DueKind.RECURRING in seen.limits or (not seen.limits and bool(_RECURS.search(seen.folded)))


def _informs(seen: _Resolution) -> bool:
    if seen.resolves or seen.owed:
        return False
    told = _INFORMS.search(seen.folded) or _ENDS_PAST.search(seen.folded)
    if told and seen.orders:  # «در دست تهیه است و به‌زودی تحویل خواهد شد»
        return all(_will_be(clause) and clause.start >= told.start() for clause in seen.orders)
    return bool(told)


def _will_be(clause: Clause) -> bool:
    return clause.verb is Verb.FUTURE and clause.modal is None


def _rules_for_good(seen: _Resolution) -> bool:
    """What will be so, without an order or a limit («… منتقل خواهد شد»)."""
    future = all(_will_be(clause) for clause in seen.orders)
    return bool(seen.orders) and future and not seen.limits and bool(_FUTURE_END.search(seen.folded))


_RULES: tuple[tuple[ResolutionKind, Callable[[_Resolution], bool]], ...] = (
    (ResolutionKind.AMENDMENT, _amends),
    (ResolutionKind.PROPOSAL, _proposes),
    (ResolutionKind.APPROVAL, _allows),
    (ResolutionKind.CONDITIONAL_APPROVAL, _approves_if),
    (ResolutionKind.APPROVAL, _approves),
    (ResolutionKind.STANDING_RULE, _rules),
    (ResolutionKind.RECURRING, _recurs),
    (ResolutionKind.INFORMATION, _informs),
    (ResolutionKind.STANDING_RULE, _rules_for_good),
)
