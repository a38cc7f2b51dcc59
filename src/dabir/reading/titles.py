"""What the sections of minutes are called, and the sentences that open a list («تصمیمات زیر اتخاذ شد:»)."""

from __future__ import annotations

from dataclasses import dataclass

from dabir.persian.letters import same_length_fold
from dabir.persian.remembering import remembered
from dabir.reading.lines import Line
from dabir.reading.minutes import ResolutionKind, SectionKind
from dabir.reading.quoted import is_open
from dabir.reading.wording import any_of, rx, words

_LONGEST_TITLE = 110
_LONGEST_BARE_TITLE = 60
_MOST_WORDS = 3  # of a title that its text follows on the line

_BEFORE = r"""(?:(?:اهم|مهمترین|مهم ترین|عمده|عمده ترین|برخی از|برخی|سایر|دیگر|کلیه|مجموعه|ادامه|عناوین|سرفصل
    |سرفصل های|شرح|خلاصه|مشروح|متن|گزارش|فهرست|لیست|اسامی|جدول|صورت|نام|مشخصات|بخش|قسمت|بند) )*"""
_AFTER = r"(?:\s+[^\s.؛!؟]+){0,9}\s*"
_PLACES = {
    SectionKind.ABSENT: r"(?:[^\s.:]+\s+){0,5}(?:غایب|غایبین|غایبان|غیبت|غیبت کنندگان)",
    SectionKind.SIGNATURES: r"(?:محل |نام و |تایید و )?امضا(?:ء|ی|ها|کنندگان)?",
    SectionKind.AGENDA: r"""(?:موارد |موضوعات |موضوع های )?دستور(?:ات|های)?(?: کار)?(?: جلسه| نشست)?|(?:محورهای
        |موضوعات|موضوع های) (?:جلسه|نشست)""",
    SectionKind.RESOLUTIONS: any_of(
        r"""مصوبات|مصوبه|مصوبه ها|مصوبه های|تصمیمات|تصمیم ها|تصمیمات متخذه|تصمیم گیری|نتایج|نتیجه|نتیجه گیری
            |نتیجه جلسه|جمع بندی|موارد مصوب|موارد مصوبه
            |توافقات|تعهدات|تکالیف|اقدامات (?:مقرر|لازم|آتی)|موارد (?:تصویب|مقرر|توافق) شده|صورت مصوبات"""
    ),
    SectionKind.DISCUSSION: any_of(
        """مذاکرات|مباحث|بحث و بررسی|بحث و تبادل نظر|گفتگوها|گفت و گوها|مطالب (?:مطرح|ارائه) شده|مطالب مطروحه
            |موارد مطروحه|موارد مطرح شده|نظرات|نقطه نظرات|بیانات|سخنان|سخنرانی ها|جلسه|پیش از دستور|نطق|گزارش ها
            |گزارشات|گزارش جلسه|جریان جلسه|نکات مطرح شده|سایر موارد|متفرقه|موارد متفرقه"""
    ),
    SectionKind.PRESENT: any_of(
        """اعضا|اعضاء|اعضای|حاضرین|حاضران|حاضر|حضار|مدعوین|مدعوان|میهمانان|مهمانان|شرکت کنندگان|حاضران در جلسه
            |نام و نام خانوادگی|افراد حاضر|نمایندگان حاضر|اعضای حاضر|دستگاه های (?:حاضر|مدعو)|ترکیب اعضا"""
    ),
    SectionKind.OTHER: any_of(
        """پانویس|پانویس ها|پاورقی|پی نوشت|زیرنویس|سرصفحه|پاصفحه|رونوشت|پیوست|پیوست ها|ضمائم|ضمیمه|توضیحات
            |ملاحظات|ملاحظه|یادداشت|جلسه (?:آینده|آتی|بعد|بعدی)|تاریخ جلسه (?:آینده|آتی|بعد|بعدی)"""
    ),
}
_TITLES = {kind: rx(rf"{_BEFORE}(?:{core})(?!\w){_AFTER}") for kind, core in _PLACES.items()}
# These words alone name no section («جلسه مورخ …» is a sentence): they need a word before them.
_WEAK = rx(r"صورت جلسه.*|(?:جلسه|بند|نتیجه|حاضر|نظرات|جدول|نام و نام خانوادگی)\s.*")
_BOTH = words("مصوبات|تصمیمات|مصوبه")
_REVIEW = rx(
    r"(?:بررسی|پیگیری|مرور|وضعیت|گزارش|ارزیابی|روند|آخرین وضعیت).{0,50}(?:مصوبات|تصمیمات|تکالیف).{0,60}"
    r"|(?:مصوبات|تصمیمات) (?:جلسه|جلسات) (?:قبل|قبلی|گذشته|پیشین).{0,60}"
)
_SENTENCE = words(
    """است|بود|شد|گردید|شود|گردد|نماید|نمایند|کند|کنند|کرد|نمود|نمودند|کردند|موظف|مکلف|موظفند|مکلفند|مقرر|می باشد
        |می شود|داشت|داشتند"""
    "|یافت|تشکیل|خواهد|بودند|شدند|رسید"
)
_NAMED = rx(r"(?<!\w)(?:تعیین|انتخاب|معرفی|منصوب) (?:شد|شدند|گردید|گردیدند|می شوند|می گردند)(?!\w)")
_INVITEE = rx("مدعو|میهمان|مهمان")
_MEMBER = rx("عضو|اعضا")

_LIST = words(
    """(?:ب|به )?(?:شرح|قرار|صورت) (?:زیر|ذیل|آتی)|(?:موارد|مواردی|نکات|تصمیمات|مصوبات|اقدامات) (?:زیر|ذیل)|جدول زیر
        |جدول ذیل|زیر|ذیل|عبارتند از|عبارت است از"""
)
_ENDS = rx(
    r"""(?<!\w)(?:شد|شدند|گردید|گردیدند|نمود|نمودند|کرد|کردند|رسید|داشت|داشتند|می گردد|می شود|می باشد|می باشند|است
        |گرفت|گرفتند|گردیده|بود|از)\s*[:.؛]*\s*\Z"""
)
_DECIDES = words(
    "و?(?:مصوبه|مصوبات|مصوباتی"
    "|تصمیم|تصمیمی|تصمیمات|تصمیماتی|تصویب|مصوب|مقرر|موافقت|توافق|توافقات|تعیین|مقررات|دستور داد)"
)
_RAISES = words(
    "مطرح|عنوان|پیشنهاد|پیشنهادات|درخواست|توصیه|طرح(?= (?:شد|شده|گردید|گردیده|نمود|نمودند|کرد|کردند|و)(?!\\w))"
)
_EXAMINES = rx(r"(?<!\w)(?:بحث|بررسی|تبادل نظر)(?!\w)")  # what was raised and examined is more than proposed
_NAMES_THEM = rx(r"(?<!\w)(?:مصوبات|مصوباتی|تصمیمات|تصمیماتی)(?!\w)[^.؛]{0,80}:\s*\Z")  # «… به مصوباتی منتج شد:»
# «جلسه … تشکیل شد که پس از بحث مصوب گردید.»: nothing has been decided yet, the list tells what.
_DECIDES_NOTHING = rx(
    r"""(?:تشکیل|برگزار|منعقد) (?:شد|گردید)(?!\w)[^.؛]{0,60}(?<!\w)(?:مقرر|مصوب|تصویب|توافق) (?:شد
        |گردید|نمود|نمودند|کرد|کردند)\s*[.:؛]*\s*\Z"""
)
# «ماده ۵ به شرح زیر اصلاح می‌شود:» decides itself; its new wording follows.
AMENDS_WORDING = rx(
    r"""(?<!\w)(?:اصلاح|الحاق|اضافه|جایگزین|تغییر)[^.؛]{0,20}(?<!\w)(?:شد|شدند|گردید|گردد|شود|می شود|می گردد
        |می گردند|یافت|می یابد|کرد|نمود|نمودند)\s*:\s*\Z"""
)
# «جلسه جهت رسیدگی و اتخاذ تصمیم در موارد زیر:» tells what is to be decided, not what was.
_PURPOSE = rx(
    r"""(?<!\w)(?:جهت|برای|به منظور|بمنظور|به قصد)\s(?:[^\s.؛:]{1,20}\s){0,4}(?:تصمیم|تصمیم ?گیری
        |تصویب)(?!\w)[^.؛:]{0,80}(?:زیر|ذیل)\s*:\s*\Z"""
)
_ASIDE = rx(r"(?<!\w)(?:شایان|قابل|لازم به) ذکر است[^.؛:]{0,200}(?=:\s*\Z)")
OBLIGES = rx("موظف|مکلف|ملزم")  # a sentence with it owns the list that it opens
_LONGEST_OPENING = 300  # letters
_LAST_SENTENCE = rx(r"(?<![.\s])[.؛]\s")
_SOMEBODY_SAYS = rx(
    r"""(?:کردند|نمودند|داشتند|داشت|شدند|برشمردند|برشمرد|پرداختند|پرداخت|دادند|داد|گفت|گفتند|(?:ارائه|بیان|مطرح|عنوان
        |اشاره|تاکید|ایراد) (?:کرد|نمود)|یادآور شد)\s*[:.؛]*\s*\Z"""
)
_DECIDES_THAT = rx(
    r"(?:موافقت|تصویب|مقرر|مصوب|تصمیم|توافق) (?:نمود|نمودند|کرد|کردند|شد|گردید|گرفت|گرفتند|گرفته شد|داشت)\s*:\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A section's title on a line: its kind, whether earlier resolutions are reviewed, what follows it on the line."""

    kind: SectionKind
    text: str
    letter: str | None
    rest: str
    colon: bool = True
    review: bool = False
    capacity: str | None = None
    style: str | None = None  # of the mark before it

    @property
    def decisions(self) -> bool:
        """True for a title that names decisions beside something else («خلاصه مذاکرات و مصوبات»)."""
        return bool(_BOTH.search(same_length_fold(self.text)))

    @property
    def single(self) -> bool:
        """True for «مصوبه:», after which one resolution stands on the line."""
        return same_length_fold(self.text).strip() in ("مصوبه", "تصمیم", "نتیجه", "مصوبه جلسه", "تصمیم جلسه")


@remembered
def title_of(line: Line) -> Title | None:
    """The title that `line` is, or begins with («غایبان: …»), or None."""
    head, colon, rest = line.words.partition(":")
    cells = [cell for cell in line.cells if cell]
    gaps = len(cells) > 1
    if (gaps and ("\t" in line.text or ":" not in cells[0])) or not line.words:
        return None
    if len(head) > (_LONGEST_TITLE if colon else _LONGEST_BARE_TITLE):
        return None
    folded = same_length_fold(head).strip(" -–—ـ.*")
    kind = _kind(folded)
    bare = not colon and (_SENTENCE.search(folded) or line.words.endswith(".") or any(sign in head for sign in "،؛("))
    table = gaps and kind not in (SectionKind.PRESENT, SectionKind.ABSENT)  # a list of names may have gaps
    if kind is None or bare or table or _NAMED.search(folded):
        return None
    if not colon and line.mark and line.mark.style == "bullet" and len(folded) > 40:
        return None
    letter, style = (line.mark.label, line.mark.style) if line.mark else (None, None)
    if kind is SectionKind.RESOLUTIONS and rest.strip() and len(folded.split()) > _MOST_WORDS:
        return None  # «مصوبه تملک پلاک‌های مسیر: انجام شد» is an item
    review = kind is SectionKind.RESOLUTIONS and bool(_REVIEW.match(folded))
    capacity = _capacity(folded) if kind is SectionKind.PRESENT else None
    return Title(kind, head.strip(), letter, rest.strip(), bool(colon), review, capacity, style)


@remembered
def _kind(folded: str) -> SectionKind | None:
    if _REVIEW.fullmatch(folded):
        return SectionKind.RESOLUTIONS
    if _WEAK.fullmatch(folded) or folded in ("جلسه", "اعضای", "بند"):
        return None
    found = next((kind for kind, pattern in _TITLES.items() if pattern.fullmatch(folded)), None)
    if found is SectionKind.RESOLUTIONS and _TITLES[SectionKind.DISCUSSION].fullmatch(folded):
        return SectionKind.DISCUSSION
    return found


def _capacity(folded: str) -> str | None:
    member, invitee = bool(_MEMBER.search(_INVITEE.sub("", folded))), bool(_INVITEE.search(folded))
    if member and invitee:
        return "invitee" if rx("اعضای? مدعو(?!ین)").search(folded) else None
    return "invitee" if invitee else "member" if member else None


@remembered
def opens_list(sentence: str) -> ResolutionKind | None:
    """What the list that `sentence` (folded) introduces holds: obligations (decisions of any kind) or proposals."""
    words = sentence.rstrip(" :.؛")
    tail = _LAST_SENTENCE.split(words[-_LONGEST_OPENING:])[-1] + sentence[len(words) :]
    if "ذکر است" in tail:
        tail = _ASIDE.sub("", tail)
    if _DECIDES_THAT.search(tail) or _DECIDES_NOTHING.search(tail):
        return ResolutionKind.OBLIGATION
    if _PURPOSE.search(tail) or _SOMEBODY_SAYS.search(tail) or AMENDS_WORDING.search(tail) or is_open(sentence):
        return None
    listed = _LIST.search(tail) or (":" in tail[-2:] and _NAMES_THEM.search(tail))
    if not (listed and (_ENDS.search(tail) or tail.rstrip().endswith(":"))):
        return None
    if _DECIDES.search(tail):
        return ResolutionKind.OBLIGATION
    if _EXAMINES.search(tail):
        return None
    return ResolutionKind.PROPOSAL if _RAISES.search(tail) else None
