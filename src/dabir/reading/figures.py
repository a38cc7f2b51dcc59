"""Numbers with a unit, or with the things that they count, and of what they are, as a sentence tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dabir.persian.digits import words_to_int
from dabir.persian.remembering import remembered
from dabir.reading.dates.vocabulary import AFTER, BEFORE, CARDINAL
from dabir.reading.lines import Passage
from dabir.reading.wording import any_of, folded_words, has_one, rx


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence: its words, where they begin, of what it is, the number as a decimal («5.2»), its unit."""

    text: str
    start: int
    subject: str | None
    value: str
    unit: str


_MEASURES = (
    r"درصد|برابر|هکتار|متر مربع|متر مکعب|کیلومتر مربع|کیلومتر|سانتی ?متر|میلی ?متر|متر|کیلوگرم|گرم|تن"
    r"|لیتر در ثانیه|لیتر|مگاوات(?: ساعت)?|کیلووات(?: ساعت)?|گیگابایت|مگابیت|بشکه|دلار|یورو|تومان|ریال|درجه|واحد درصد"
)
_THINGS = (
    r"نفر|خانوار|خانواده|طرح|پروژه|پرونده|فقره|روستا|آبادی|بخش|شهر|شهرستان|دهستان|استان|دستگاه|واحد|باب|راس|قطعه|اصله"
    r"|کارخانه|شرکت|تعاونی|مدرسه|کلاس|تخت|بیمارستان|چاه|سد|کارگاه|شغل|فرصت شغلی|متقاضی|مددجو|بیکار|شاغل|کشاورز"
    r"|بهره بردار|مشترک|انشعاب|خودرو|تلفن همراه|دانشجو|دانش آموز|معلم|پزشک|شهرک|بانک|شعبه|پله|رتبه"
)
_UNIT = any_of(f"{_MEASURES}|{_THINGS}")
_HUNDREDS = "دویست|سیصد|چهارصد|پانصد|ششصد|هفتصد|هشتصد|نهصد"
_SCALES = {"هزار": 3, "میلیون": 6, "میلیارد": 9, "تریلیون": 12}
_GROUPED = r"\d{1,3}(?:[,٬،.٫/]\d{3}){1,4}(?!\d)"
_WORD = rf"(?:{CARDINAL}|{_HUNDREDS}|نیم|{'|'.join(_SCALES)}){AFTER}"
_TOKEN = rf"(?:{_GROUPED}|\d{{1,12}}(?!\d)(?:[.٫/,،]\d{{1,4}}(?!\d))?|{_WORD})"
_FIGURE = rx(
    rf"(?<![\d/.,٫،:\-–])(?<![^\W\d])(?P<number>{_TOKEN}(?: (?:و )?{_TOKEN}){{0,7}}) (?P<unit>{_UNIT}|٪|%){AFTER}"
)
_SIGN = re.compile(r"[٪%]\s?(?P<number>\d{1,3}(?:[.٫/,،]\d{1,4})?)(?!\d)")
_IN_WORDS = frozenset(("درصد", "برابر", "هکتار", "تومان", "ریال", "دلار"))
"""Units with which a number in words is a figure: «دو طرح» and «یک دستگاه» are ways of speaking."""
_MARKERS = (*folded_words("درصد برابر هکتار تومان ریال دلار"), "%", "٪")
_DIGIT = re.compile(r"[\d]")

# Behind these a number is the number of something, or of those who were there.
_NUMBERED = rx(
    rf"{BEFORE}(?:ماده|مواد|بند|تبصره|شماره|جزء|جزو|ردیف|اصل|فصل|سال|مورخ|تلفن|پلاک|منطقه|ناحیه|فاز|جلسه|نامه|ساعت|حضور)"
    r"(?: شماره)?[ :]*\Z"
)

_HEADS = any_of(
    r"نرخ|ضریب|شاخص|سهم|سرانه|رشد|تعداد|مساحت|وسعت|ظرفیت|اعتبار|اعتبارات|بودجه|هزینه|درآمد|تورم|طول|عرض|جمعیت|تولید|حجم"
    r"|قیمت|بهای|میزان|کمبود|افزایش|کاهش|پیشرفت(?: فیزیکی)?|صادرات|واردات|مصرف|بارش|بارندگی|تسهیلات|بدهی|مطالبات|سرمایه"
    r"|نسبت|پوشش|بهره مندی|بهره وری|تحقق|بیکاری|اشتغال"
)
_LINK = (
    r"(?:هم|نیز|با|به|را|از|معادل|برابر با|برابر|حدود|حدودا|تقریبا|بیش از|بیشتر از|بالای|کمتر از|بالغ بر|قریب به"
    r"|نزدیک به|میزان|مقدار|مبلغ|ارزش|اکنون|در حال حاضر|فقط|تنها|حداقل|حداکثر|:|،)"
)
_GAP = rx(rf"\s*(?:{_LINK}(?!\w)\s*)*+\Z")  # nothing of it is parted in another way
_BY_AMOUNT = rx(
    rf"{BEFORE}(?:به (?:میزان|مقدار|مبلغ|ارزش)|معادل|بالغ بر|برابر با)(?!\w)"
    r"(?:\s*(?:حدود|بیش از|کمتر از|بالغ بر)(?!\w))?\s*\Z"
)
_HEAD = rx(rf"{BEFORE}{_HEADS}(?!\w)")
_BREAK = rx(
    r"[،.؛:()«»\"\d]|(?<!\w)(?:از|به|در|با|که|تا|برای|جهت|بر|هم|نیز|را|است|بود|شد|شده|گردید|بابت|توسط|طی|بالای|بالغ|حدود|معادل|گفت"
    r"|گفتند|افزود|افزودند|کرد|کردند|نمود|نمودند|داشت|داشتند|ارائه|اعلام|اینکه|و (?=به|از|در|با))(?!\w)"
)
_DEMONSTRATIVE = rx(r"\s*(?:این|آن|همین|همان|یک)(?!\w)\s*")
_BRACKET = rx(r"\(\s*\Z")
_SIGN_AROUND = re.compile(r"[،,.؛:()«»\"](?!\d)")
_TAIL = rx(r"(?:\s+(?!(?:و|از|به|در|با|که|تا|برای|جهت|بر|هم|نیز|را|است|بود|شد|می)(?!\w))[^\W\d]+){1,4}")
_WORDS_AROUND = 60  # letters before and behind a figure that quote it
_INDICES = ("جمعیت", "تورم", "بارندگی", "بیکاری", "اشتغال")
_LONGEST_SUBJECT, _MOST_WORDS = 90, 8


def may_hold_figure(text: str) -> bool:
    """Whether it is worth looking for figures in the text."""
    return bool(_DIGIT.search(text)) or has_one(text, _MARKERS)


@remembered
def figures_in(sentence: Passage) -> tuple[Figure, ...]:
    """The figures of the sentence in their order."""
    folded = sentence.folded
    found: list[Figure] = []
    end = 0
    for match in _matches(folded):
        start = match.start()
        if start < end or _NUMBERED.search(folded, max(0, start - 20), start):
            continue
        value, unit = value_of(match["number"]), _unit(sentence, match)
        if value is None or not (unit in _IN_WORDS or _DIGIT.search(match["number"])):
            continue
        end = match.end()
        begin, subject = _subject(sentence, match.start())
        text = _words(sentence, begin, match, named=subject is not None, times=unit == "برابر")
        found.append(Figure(text, match.start(), subject, value, unit))
    return tuple(found)


def _matches(folded: str) -> list[re.Match[str]]:
    found = list(_FIGURE.finditer(folded))
    found += _SIGN.finditer(folded) if "%" in folded or "٪" in folded else ()
    return sorted(found, key=lambda match: (match.start(), -match.end()))


_ONE_TOKEN = rx(_TOKEN)
_WHOLE_GROUPS = rx(_GROUPED)


def value_of(number: str) -> str | None:
    """The folded number as a decimal in ASCII («5.2», «11403000000»), from digits, words and scales; None for none."""
    parts: list[Decimal] = []
    group: list[str] = []
    for token in (match[0] for match in _ONE_TOKEN.finditer(number)):
        places = _SCALES.get(token)
        if places is None:
            group.append(token)
        elif group or not parts:
            value = _group(group) if group else Decimal(1)
            if value is None:
                return None
            parts.append(value.scaleb(places))
            group = []
        else:  # «۱۲ هزار میلیارد»
            parts[-1] = parts[-1].scaleb(places)
    rest = _group(group) if group else Decimal(0)
    if rest is None or not (total := sum(parts, rest)):
        return None
    return f"{total:f}".rstrip("0").rstrip(".") if "." in f"{total:f}" else f"{total:f}"


def _group(tokens: list[str]) -> Decimal | None:
    """What stands before a scale: digits, or words; with a half."""
    half = Decimal("0.5") if tokens[-1] == "نیم" else Decimal(0)
    whole = tokens[:-1] if half else tokens
    if not whole:
        return half
    if not _DIGIT.search(" ".join(whole)):
        value = words_to_int(" و ".join(whole))
        return None if value is None else value + half
    if len(whole) > 1:
        return None
    if _WHOLE_GROUPS.fullmatch(whole[0]):
        return Decimal(re.sub(r"\D", "", whole[0])) + half
    return Decimal(re.sub(r"[٫/,،]", ".", whole[0])) + half


def _unit(sentence: Passage, match: re.Match[str]) -> str:
    """The unit in the paper's words; a sign is «درصد»."""
    written = match.groupdict().get("unit")
    if written is None or written in ("%", "٪"):
        return "درصد"
    return " ".join(sentence.text[match.start("unit") : match.end("unit")].split())


def _subject(sentence: Passage, start: int) -> tuple[int, str | None]:
    """Of what the figure at `start` is, and where those words begin; nothing where the sentence leaves it open."""
    folded = sentence.folded
    behind = folded[max(0, start - _LONGEST_SUBJECT) : start]
    shift = start - len(behind)
    if bracket := _BRACKET.search(behind):  # «پایاب سد گلابر (۲۴۰۰ هکتار)»
        return _noun_before(sentence, shift, shift + bracket.start())
    if amount := _BY_AMOUNT.search(behind):  # «تامین مالی طرح به میزان بیش از ۸ برابر»
        return _noun_before(sentence, shift, shift + amount.start())
    for head in _HEAD.finditer(behind):
        broken = _BREAK.search(behind, head.end())
        over = broken.start() if broken else len(behind)
        if _GAP.match(behind, over):
            if subject := _named(sentence.text[shift + head.start() : shift + over]):
                return shift + head.start(), subject
    return start, None


def _noun_before(sentence: Passage, first: int, end: int) -> tuple[int, str | None]:
    """The words before `end` back to the preposition or sign that they stand behind."""
    breaks = [match.end() for match in _BREAK.finditer(sentence.folded, first, end)]
    if not breaks and first:
        return end, None
    begin = breaks[-1] if breaks else 0
    if match := _DEMONSTRATIVE.match(sentence.folded, begin, end):
        begin = match.end()
    while begin < end and sentence.text[begin].isspace():
        begin += 1
    return begin, _named(sentence.text[begin:end])


def _named(words: str) -> str | None:
    """The subject that the words are; one word says too little, unless it is an index of its own."""
    subject = words.strip()
    count = len(subject.split())
    said = 1 < count <= _MOST_WORDS and not subject.endswith(" و") and not _DIGIT.search(subject)
    return subject if said or subject in _INDICES else None


def _words(sentence: Passage, begin: int, match: re.Match[str], *, named: bool, times: bool) -> str:
    """The words that quote the figure: from its subject on, or those around it up to a sign."""
    end = match.end()
    if named:
        tail = _TAIL.match(sentence.folded, end) if times else None
        end = tail.end() if tail else end
    else:
        begin, end = _around(sentence.folded, match.start(), end)
    text = sentence.text[begin:end].strip()
    return f"{text})" if text.count("(") > text.count(")") else text


def _around(folded: str, start: int, end: int) -> tuple[int, int]:
    """The clause in which a figure stands, cut between words where it is long."""
    first, last = max(0, start - _WORDS_AROUND), min(len(folded), end + _WORDS_AROUND)
    signs = [match.end() for match in _SIGN_AROUND.finditer(folded, first, start)]
    begin = signs[-1] if signs else (folded.find(" ", first, start) + 1 or start) if first else 0
    sign = _SIGN_AROUND.search(folded, end, last)
    if sign:
        return begin, sign.start()
    return begin, last if last == len(folded) else max(folded.rfind(" ", end, last), end)
