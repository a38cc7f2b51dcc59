"""Who owes in a clause, and where its first words are over."""

from __future__ import annotations

from dataclasses import dataclass

from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.wording import any_of, rx

Span = tuple[int, int]

_OPENING = rx(
    r"""[\s،؛:.,\-–—ـ*•]*(?:(?:و|که|لذا|ضمنا|ضمن آنکه|همچنین|در ضمن|بنابراین|سپس|نهایتا|در نهایت|در پایان|علاوه بر این
        |از این رو|براین اساس|بر این اساس|در همین راستا|در این راستا|در این خصوص|در این رابطه|در همین ارتباط|متعاقبا
        |مضافا|اولا|ثانیا|ثالثا
        |منبعد|من بعد|از این پس|از این به بعد|زین پس|از این تاریخ|کماکان|مجددا|فعلا|حتما|ترجیحا|در اسرع وقت
        |هر ?چه سریع ?تر|در (?:این|همین|آن) (?:زمینه|مورد|ارتباط|باره|جهت|میان|مدت|فاصله|صورت)
        |بدین منظور|(?:به|برای) (?:این|همین) منظور|در صورت (?:لزوم|نیاز|امکان|ضرورت)|حسب مورد
        |در اولین فرصت|در آینده نزدیک|به طور کلی)(?!\w)[\s،,:]*)*"""
)
# What an office deals with, a place, a part of something: by themselves they do nothing.
_NOBODY = rx(
    any_of(
        """آموزشی|پژوهشی|سیاسی|سیاسی و اجتماعی|حقوقی|ملی|ملت|کشاورزی|مسکن|کارآفرینی|بیمه|رفاه|صادرات|تجارت|تعاون
            |اشتغال|سرمایه گذاری|پشتیبانی|برنامه ریزی|فناوری اطلاعات|بازرگانی|مراتع|ترویج|آب و خاک|تولیدات گیاهی
            |پسماند|آمایش|آمایش سرزمین|خدمات شهری|آبیاری|پرورش فکری|حمل و نقل|نظارت و ارزیابی|علم و فناوری
            |اداری و مالی|مالی و اداری|فنی و اجرایی|فنی و عمرانی|امور دام|دانش بنیان|عمران شهری
            |حمل و نقل و ترافیک|ماده (?:پنج|صد|\\d{1,3})|مرکز شهر|پارک [^\\W\\d]+|پارک|موزه|شهرک|مراکز|امور|قسمت|ناحیه
            |(?:بخش|قسمت|گروه|منطقه|واحد) (?:اول|دوم|سوم|چهارم|آخر|بعدی|خونی|سنی|هدف)|گروه|منطقه|بخش|مرکز|ایستگاه
            |خانه"""
    )
)
_NO_COMPANY = rx(r"شرکت (?:در|نمودن|کردن|جستن)(?!\w)")  # «شرکت در همایش»
_OBJECT = rx(r"\s*(?:خود\s+)?را(?!\w)")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes: the spans of the joined names, the first of which leads, or the place of a pronoun."""

    spans: tuple[Span, ...] = ()
    anaphor: int | None = None


def opening_end(folded: str, start: int, end: int) -> int:
    """Where the conjunctions and adverbs with which a clause begins are over."""
    opening = _OPENING.match(folded, start, end)
    return opening.end() if opening else start


def owner_at(passage: Passage, at: int, limit: int) -> Owner | None:
    """Those whose names begin at `at`; None where none does, or where what begins there is an object."""
    spans, end = names_from(passage, at, limit)
    named = spans and not is_object(passage.folded, end) and not _NOBODY.fullmatch(passage.folded, *spans[0])
    return Owner(tuple(spans)) if named and not _NO_COMPANY.match(passage.folded, at) else None


def is_object(folded: str, end: int) -> bool:
    """True where «را» follows the name that ends at `end`."""
    return bool(_OBJECT.match(folded, end))
