"""Slips that stand in papers of offices: wrong words that look right, letters turned round, letters doubled.

A word that is right elsewhere («ننگ», «آرایه», «راهبردی») is a slip only among the words named with it here. Of all
other words the list of `persian.spelling` tells whether there is such a word, and which one it is a letter away from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dabir.persian.judging import Judge
from dabir.persian.letters import FILLER, fold, same_length_fold
from dabir.persian.remembering import remembered
from dabir.persian.spelling import is_listed, meant
from dabir.persian.zwnj import WORD
from dabir.reading.dates.vocabulary import AFTER, BEFORE
from dabir.reading.wording import any_of, rx


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip at `start`–`end` of the text, and what was meant; not `certain` where no list has the word."""

    start: int
    end: int
    right: str
    certain: bool = True


_DONE = any_of(
    "شد|شده|شدند|شود|شوند|خواهد|گردد|گردند|گردید|گردیده|نمود|نموده|نمودند|نماید|نمایند|کرد|کرده|کردند|کند|کنند|دهد|دهند"
    "|داد|داده|دادند|می گردد|می شود|می نماید"
)
_GIVEN = any_of("گزارش|آمار|پیشنهاد|راهکار|خدمات|تسهیلات|مدارک|مستندات|نظرات|نتایج|لایحه|طرح|برنامه|اطلاعات")
_RUN = any_of("مطالعات|طرح|پروژه|برنامه|عملیات")

# A slip's first word, folded; a pattern as for `rx`, in which (?P<slip>…) is it among others; what was meant.
_AMONG_OTHERS = [
    ("ارایه", rf"(?P<slip>آرایه){AFTER}(?= (?:{_DONE}|{_GIVEN}(?:ی|ات|ها|های)?){AFTER})", "ارائه"),
    ("ننگ", rf"(?<!از\s)(?P<slip>ننگ داشتن){AFTER}", "نگه داشتن"),
    (
        "دستگاه",
        rf"(?P<slip>دستگاه ?های اجرای){AFTER}(?! (?:طرح|پروژه|برنامه|عملیات|احکام))",
        "دستگاه‌های اجرایی",
    ),
    ("راهبردی", rf"(?P<slip>راهبردی {_RUN})(?= (?:توسط|از سوی|بر عهده|به عهده){AFTER})", "راهبری …"),
    ("صور", r"(?P<slip>صور\s+تجلسه)", "صورتجلسه"),
    ("هر", r"(?P<slip>هر جه)(?= (?:بهتر|سریع|زود|بیشتر))", "هر چه"),
    ("تخصص", r"(?P<slip>تخصص)(?= اعتبار)", "تخصیص"),
    ("اتخاد", rf"(?P<slip>اتخاد)(?= (?:{_DONE}|تصمیم){AFTER})", "اتخاذ"),
    ("اتحاذ", rf"(?P<slip>اتحاذ)(?= (?:{_DONE}|تصمیم){AFTER})", "اتخاذ"),
]
_PATTERNS = [(first, rx(BEFORE + pattern), right) for first, pattern, right in _AMONG_OTHERS]

# Wrong wherever they stand.
_WRONG = {
    "چابوب": "چارچوب",
    "چهاچوب": "چهارچوب",
    "چارجوب": "چارچوب",
    "کمسیون": "کمیسیون",
    "کمیسون": "کمیسیون",
    "کارگوه": "کارگروه",
    "شهردای": "شهرداری",
    "فرماندای": "فرمانداری",
    "استاندای": "استانداری",
    "بخشدای": "بخشداری",
    "صنوق": "صندوق",
    "پرژه": "پروژه",
    "پیگری": "پیگیری",
    "اعتبارت": "اعتبارات",
    "دبیرخاه": "دبیرخانه",
    "دبیرخنه": "دبیرخانه",
    "برنامهریری": "برنامه‌ریزی",
    "بهربرداری": "بهره‌برداری",
    "توجیح": "توجیه",
    "مصویب": "تصویب",
    "مقرد": "مقرر",
    "مشکالت": "مشکلات",
    "اسالمی": "اسلامی",
    "معرفب": "معرفی",
    "همکرای": "همکاری",
    "جلسع": "جلسه",
}
# Right words whose letters are often turned round («تصیمم») or doubled («انتخخاب»).
_RIGHT = re.findall(
    r"\S+",
    "تصمیم مصوبه مصوبات تصویب تسهیلات انتخاب گزارش پیگیری کمیسیون کارگروه شهرداری فرمانداری استانداری بخشداری "
    "دهیاری دبیرخانه پیشنهاد اعتبار اعتبارات تخصیص ابلاغ برنامه برگزار برگزاری هماهنگی همکاری مشارکت مسئول "
    "مسئولیت موافقت اقدام اقدامات بررسی مکاتبه نماینده نمایندگان مدیریت سازمان اداره ادارات دستگاه مطالعات "
    "توسعه اشتغال شهرستان روستایی کشاورزی آموزش پرورش بهداشت درمان تکمیل تحویل پیمانکار مشاور مهندسین ساختمان "
    "پروژه احداث بهسازی آسفالت گازرسانی آبرسانی تعاون اقتصادی اجتماعی فرهنگی گردشگری سرمایه پایدار نظارت نظرات "
    "ارزیابی ظرفیت محترم صورتجلسه حداکثر تشکیل معرفی ارسال اعلام متقاضیان بازدید تمدید تامین قرارداد مناقصه "
    "حاضرین غایبین مدعوین تخصصی تحولی تشکلی",
)
_SHORTEST = 5  # letters; shorter words turned round are often other words
_SUFFIXES = ("هایی", "های", "ها", "ات", "ان", "ی")


def _variants() -> dict[str, str]:
    """Each way to turn round or double one letter of a right word, where that makes no other right word."""
    right = {fold(word): word for word in _RIGHT}
    variants: dict[str, str] = {}
    for folded, word in right.items():
        if len(folded) < _SHORTEST:
            continue
        for at in range(len(folded)):
            doubled = folded[:at] + folded[at] + folded[at:]
            turned = folded[:at] + folded[at + 1 : at + 2] + folded[at] + folded[at + 2 :]
            variants |= {variant: word for variant in (doubled, turned) if variant not in right}
    return variants


_SLIPS = _variants() | {fold(wrong): right for wrong, right in _WRONG.items()}


def find_slips(text: str, folded: str | None = None) -> list[Slip]:
    """The slips of `text`, in order; `folded` is `same_length_fold(text)`, where the caller has it already."""
    folded = same_length_fold(text) if folded is None else folded
    slips = (slip for found in (_among_others(folded), _by_word(folded)) for slip in found)
    # Folding makes «ارایه», which is right, and «آرایه» one; only another first letter tells them apart.
    wrong = (
        slip
        for slip in slips
        if text[slip.start] != slip.right[0] or fold(text[slip.start : slip.end]) != fold(slip.right)
    )
    return sorted(wrong, key=lambda slip: slip.start)


def _among_others(folded: str) -> Iterator[Slip]:
    for first, pattern, right in _PATTERNS:
        at = folded.find(first)
        while at >= 0:
            if match := pattern.match(folded, at):
                meant = right.replace("…", match["slip"].split()[-1]) if "…" in right else right
                yield Slip(*match.span("slip"), meant)
            at = folded.find(first, at + 1)


def _by_word(folded: str) -> Iterator[Slip]:
    at = 0
    for line in folded.split("\n"):
        for slip in _on_line(line):
            yield replace(slip, start=at + slip.start, end=at + slip.end)
        at += len(line) + 1


@remembered
def _on_line(folded: str) -> tuple[Slip, ...]:
    wrong = _WORDS.of(set(WORD.findall(folded)))
    words = WORD.finditer(folded) if wrong else ()
    slips = [(match.start(), slip) for match in words if (slip := wrong.get(match[0]))]
    return tuple([Slip(at, at + letters, right, certain) for at, (letters, right, certain) in slips])


def _slip_of(word: str) -> tuple[int, str, bool] | None:
    """How many letters of a folded word are a slip, what was meant, and whether that is certain; endings stay."""
    for stem in (word, *(word.removesuffix(suffix) for suffix in _SUFFIXES if word.endswith(suffix))):
        if right := _SLIPS.get(stem):
            return len(stem), right, True
    if not is_listed(word) and (whole := meant(word.replace(FILLER, ""))):
        return len(word), whole, False
    return None


_WORDS = Judge(_slip_of)
