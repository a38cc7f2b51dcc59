"""What kind of resolution a text is: by its verbs, and by the words that make a rule, a condition or a recurrence."""

from __future__ import annotations

from dabir.reading.clauses import Verb, clauses_of
from dabir.reading.lines import Passage
from dabir.reading.minutes import DueKind, Obligation, ResolutionKind
from dabir.reading.wording import any_of, rx, words

_DONE = r"(?:شد|شدند|گردید|گردیدند|گشت|می شود|می گردد|میگردد|گردد|شود|شده است|گردیده است|نمود|نمودند|کرد|کردند)"
_AMENDS = rx(
    r"""(?<!\w)(?:تمدید|لغو|ابطال|باطل|ملغی|ادغام|اصلاح|حذف|جایگزین|کان لم یکن|تجدید|به تعویق|منتفی
        |تغییر)(?: و (?:جایگزین|اصلاح|حذف|تمدید))?\s*"""
    rf"(?:می )?(?:{_DONE}|یافت|می یابد|یابد|اعلام (?:شد|گردید)|تلقی (?:شد|گردید)|افتاد|داده شد|پیدا کرد)"
)
_EARLIER = words(
    "مصوبه|مصوبات|بند|مهلت|جلسه|جلسات|تصمیم|تصمیمات|صورتجلسه|عبارت|تبصره|موعد|زمان|تاریخ|ردیف|ماده|سررسید|مفاد|متن"
)
_PROPOSES = rx(rf"(?<!\w)(?:پیشنهاد|توصیه|درخواست)\s*(?:می )?(?:{_DONE}|داد|دادند|می شود|به عمل آمد)(?!\w)")
_RESOLVES = rx(r"(?<!\w)(?:مقرر|مصوب|موظف|مکلف|ملزم|موافقت|تصویب|قرار) (?:شد|گردید|نمود|است|گردیدند|شدند|کرد)")
_APPROVES = rx(
    rf"""(?<!\w)(?:(?:تصویب|مصوب|موافقت|تایید|قبول|پذیرفته|تنفیذ)\s*{_DONE}|به تصویب (?:رسید|اعضا رسید|می رسد)
        |به تایید رسید|(?:مورد|به) (?:موافقت|تصویب|تایید|پذیرش|قبول)[^.؛]{{0,40}}?(?:قرار گرفت|واقع شد|قرار می گیرد
        |رسید)"""
    r"""|موافقت (?:مشروط|به عمل آمد|بعمل آمد|اصولی|حاصل)|به تصویب[^.؛]{0,30}رسید|(?:انتخاب|منصوب|تعیین)\s*(?:شد|شدند
        |گردید|گردیدند)|بلامانع\s*(?:اعلام|شناخته|تشخیص داده|دانسته)?\s*(?:شد|گردید|است)|رای (?:آورد|موافق)
        |اختصاص (?:یافت|داده شد)|ابقا(?:ء)? (?:شد|شدند|گردید))"""
)
_ALLOWS = rx(r"""(?<!\w)(?:اجازه\s*(?:داده )?(?:شد|می شود|میشود|داده می شود|می دهد)|مجاز (?:است|شد|گردید|می باشد
    |شناخته شد))(?!\w)""")
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
    r"""|عمل (?:خواهد|خواهند)|در چا[رب]چ?وب|قبل از هر|در صورت عدم|به هیچ وجه|تحت هیچ|هنگام (?:مرخصی|غیبت|ماموریت)
        |وضعیت آماده باش|قابل (?:پذیرش|قبول|پرداخت) (?:نیست|نمی|نخواهد))"""
)
_FUTURE_RULE = rx(r"خواه(?:د|ند) (?:شد|بود|گردید|نمود|کرد|گرفت|داشت)\s*[.)]*\s*\Z")
_RECURS = rx(
    r"""(?<!\w)(?:روزانه|هفتگی|ماهانه|ماهیانه|سالانه|سالیانه|فصلی|مستمر|مستمرا|به طور مستمر|هر (?:هفته|ماه|روز|سال|فصل
        |جلسه)|هر \w+ (?:روز|هفته|ماه|سال) ?یک ?بار|(?:ماهی|هفته ای|سالی|روزی) ?(?:یک|دو) ?بار|به صورت (?:روزانه|هفتگی
        |ماهانه|مستمر)|همه روزه)(?!\w)"""
)
_INFORMS = rx(
    r"""(?<!\w)(?:در اختیار[^.؛]{2,100}(?:می باشد|قرار گرفت|است|قرار دارد|گذاشته شد)|به (?:اطلاع|استحضار
        |سمع)[^.؛]{0,60}رسید|به اطلاع رسید|(?:قرائت|استماع|مطرح|توزیع|ارائه|تشریح|تبیین|انجام|مختومه|اعلام|قدردانی
        |تشکر|تقدیر|معرفی|رونمایی|تصمیم گیری|بحث و تبادل نظر|گزارش)\s*(?:شد|گردید|شده است|گردیده است|به عمل آمد
        |بعمل آمد|نمود|نمودند)"""
    r"""|مورد (?:بحث|بررسی|تقدیر)[^.؛]{0,40}قرار گرفت|در (?:دست|حال) (?:اقدام|بررسی|انجام|پیگیری|اجرا)|جهت اطلاع
        |قابل دسترس|اقدام شده|انجام شده)"""
)
_FINITE_PAST = any_of("شد|گردید|شدند|گرفت|رسید|نمود|نمودند|کرد|کردند|آمد|است|می باشد|بود|داشت")
_ENDS_PAST = rx(rf"(?<!\w){_FINITE_PAST}\s*[.!)»]*\s*\Z")


def kind_of(
    passage: Passage, obligations: list[Obligation], listed: ResolutionKind | None, review: bool = False
) -> ResolutionKind:
    """The kind of the resolution; `listed` what the sentence before its list says, `review` where earlier ones are gone over."""
    folded = passage.folded
    orders = [clause for clause in clauses_of(passage) if clause.orders]
    resolves = bool(_RESOLVES.search(folded))
    proposes = _PROPOSES.search(folded)
    amends = _AMENDS.search(folded)
    approves = _APPROVES.search(folded)
    if amends and (review or _EARLIER.search(folded)) and not (orders and review and resolves):
        return ResolutionKind.AMENDMENT
    if proposes and not resolves:
        return ResolutionKind.PROPOSAL
    if listed is ResolutionKind.PROPOSAL and not resolves:
        return ResolutionKind.PROPOSAL
    if _ALLOWS.search(folded) and not resolves:
        return ResolutionKind.APPROVAL
    if approves and _CONDITION.search(folded) and not _orders_first(orders, approves.start()):
        return ResolutionKind.CONDITIONAL_APPROVAL
    if approves and (not orders or (orders[0].start >= approves.end() and _object_before(folded, approves.start()))):
        return ResolutionKind.APPROVAL
    if _RULE.search(folded):
        return ResolutionKind.STANDING_RULE
    kinds = {one.due.kind for one in obligations if one.due}
    if DueKind.RECURRING in kinds or (not kinds and _RECURS.search(folded)):
        return ResolutionKind.RECURRING
    if not orders and (_INFORMS.search(folded) or _ENDS_PAST.search(folded)) and not resolves:
        return ResolutionKind.INFORMATION
    if (
        orders
        and all(clause.verb is Verb.FUTURE and clause.modal is None for clause in orders)
        and not kinds
        and _FUTURE_RULE.search(folded)
    ):
        return ResolutionKind.STANDING_RULE
    return ResolutionKind.OBLIGATION


def _orders_first(orders: list, at: int) -> bool:  # type: ignore[type-arg]
    return bool(orders) and orders[0].end <= at


def _object_before(folded: str, at: int) -> bool:
    """True where the approved thing stands before the verb («بودجه تصویب شد و …»), not after it («مصوب شد شهرداری …»)."""
    return len(folded[:at].strip(" .،؛")) > 12
