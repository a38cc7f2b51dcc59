"""Other words of the same sort: what a text says is changed in days, numbers, names, agencies and places, by chance."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from dabir.persian import jalali
from dabir.persian.digits import to_ascii, to_persian

_SURNAMES = """احمدی اکبری امیدوار امینی باقری بهرامی پارسا پناهی تهرانی توکلی جعفری جلالی حاتمی حسینی حیدری خسروی داوری
دهقان رستگار رضایی رنجبر زارع زمانی ساعدی سلطانی سلیمی شریفی شفیعی صادقی صفایی طاهری طالبی عباسی عزیزی غفاری فرهادی
فلاحی قاسمی قربانی کاظمی کمالی گودرزی لطفی محمدی مرادی معینی موسوی مهرابی نادری نجفی نظری نعمتی نیکو هاشمی وفایی یزدانی
یوسفی""".split()
_PLACES = """آبدره آهوان اسپیدان باغستان بالارود برفین بیدستان پونه‌زار تاک‌آباد ترنج‌دشت توت‌آباد جویبار چشمه‌ناز
خرم‌رود دشت‌گل راهرود رودبند زردکوه زیتون‌شهر سبزدشت سپیددشت سروآباد سنگ‌سر شاهین‌کوه شورآب صنوبران فیروزبند
کبوترخان کوهدامن گلزار گندم‌زار لاله‌دشت مهرگان میان‌رود نارستان نمک‌رود نیستان وردآباد هلیل‌دشت یاس‌آباد""".split()
_AGENCIES = """شهرداری|بخشداری مرکزی|اداره برق|اداره گاز|شرکت گاز|شرکت آب و فاضلاب|شرکت آب منطقه‌ای|شرکت مخابرات
|جهاد کشاورزی|بنیاد مسکن|راه و شهرسازی|اداره راهداری|محیط زیست|منابع طبیعی|آموزش و پرورش|شبکه بهداشت|مرکز بهداشت
|اداره کار|اداره صمت|بانک کشاورزی|بانک ملی|بانک سپه|بانک ملت|میراث فرهنگی|بهزیستی|کمیته امداد|هلال احمر|تأمین اجتماعی
|امور مالیاتی|ثبت اسناد|دادگستری|نیروی انتظامی|پلیس راه|فنی و حرفه‌ای|ورزش و جوانان|اوقاف|گمرک|استاندارد|دامپزشکی
|تعاون روستایی|شرکت شهرک‌های صنعتی|پارک علم و فناوری|دانشگاه علوم پزشکی|اتاق بازرگانی|اتاق اصناف""".replace(
    "\n", ""
).split("|")
_KIN = [
    tuple(group.split())
    for group in """گزارش فهرست برنامه آمار پرونده نقشه سند طرح | ارسال ارائه اعلام تحویل
    | مدارس روستاها معابر پارک‌ها مساجد کارگاه‌ها درمانگاه‌ها کتابخانه‌ها انبارها
    | پل کتابخانه آزمایشگاه ورزشگاه درمانگاه میدان پارک قنات بازارچه
    | آسفالت بازسازی احداث تعریض مرمت بهسازی ساماندهی تجهیز تکمیل | همایش جشنواره نمایشگاه اردو دوره کلاس
    | اعتبار تسهیلات بودجه کمک | محله روستا ناحیه منطقه | آب برق گاز تلفن
    | کارکنان دبیران مالکین متقاضیان کشاورزان دانشجویان | سالن دفتر زمین ساختمان | کمبود نبود ضعف
    | لازم ضروری مناسب | همکاری مشارکت هماهنگی | استان شهرستان بخش""".split("|")
]
_COUNTED = "دو سه چهار پنج شش هفت هشت نه ده یازده دوازده پانزده بیست سی چهل پنجاه شصت".split()
_LISTS: dict[str, Sequence[str]] = {
    "place": _PLACES,
    "name": _SURNAMES,
    "counted": _COUNTED,
    "month": jalali.MONTHS,
    "of_year": jalali.MONTHS,
    "weekday": jalali.WEEKDAYS,
}
_ALSO_PLACES = "ایجرود زنجان بم گرگان میبد کلاردره گلریز بیدگنه سرخ‌ده کوهپایه کبودوال".split()


def _any(words: list[str] | tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# A joiner is no end of a word: «برنامه‌ریزی» is not the word «برنامه».
_WORD, _END = r"(?<![\w\u200c])", r"(?![\w\u200c])"
_CHANGED = re.compile(
    rf"""(?P<day>\d{{1,4}}/\d{{1,2}}/\d{{1,4}})
    |(?P<time>\b\d{{1,2}}:\d\d\b)
    |(?:(?<=ساعت[ ])|(?<=ساعت:[ ])|(?<=الی[ ]))(?P<hour>\d{{1,2}})\b
    |(?P<year>\b[1۱][3۳۴4]\d\d\b)
    |(?P<of_month>\d\d?)(?=[ ](?:{_any(jalali.MONTHS)})\b)
    |(?P<number>\d+)
    |{_WORD}(?P<agency>(?:اداره[ ]کل[ ])?(?:{_any(_AGENCIES).replace(" ", "[ ]")})){_END}
    |{_WORD}(?P<place>{_any(_PLACES + _ALSO_PLACES)}){_END}
    |(?<=آقای[ ]|خانم[ ]|دکتر[ ]|هندس[ ])(?P<name>{_any(_SURNAMES)}|[^\W\d_]+ی){_END}
    |(?:(?<=ظرف[ ]|مدت[ ])|(?<=طی[ ]|هر[ ]))(?P<counted>{_any(_COUNTED)}|یک){_END}
    |(?<=پایان[ ])(?P<month>{_any(jalali.MONTHS)}){_END}|{_WORD}(?P<of_year>{_any(jalali.MONTHS)})(?=[ ]?ماه\b|[ ]\d)
    |{_WORD}(?P<kin>{_any([word for group in _KIN for word in group])}){_END}(?![ ](?:نمای|کن|شد|شو|گرد|داد|ده))
    |{_WORD}(?P<weekday>{_any(jalali.WEEKDAYS)}){_END}""",
    re.VERBOSE,
)


def changed(line: str, chance: random.Random) -> str:
    """`line` with other days, numbers, names, agencies and places."""
    return _CHANGED.sub(lambda found: _other(found, chance), line)


def _other(found: re.Match[str], chance: random.Random) -> str:
    words, sort = found.group(), found.lastgroup or ""
    if sort in _LISTS:
        return chance.choice(_LISTS[sort])
    if sort == "agency":
        where = f" شهرستان {chance.choice(_PLACES)}" if chance.random() < 0.4 else ""
        return chance.choice(_AGENCIES) + where
    if sort == "kin":
        return chance.choice(next(group for group in _KIN if words in group))
    made = _number(sort, to_ascii(words), chance)
    return made if words == to_ascii(words) else to_persian(made)


def _number(sort: str, digits: str, chance: random.Random) -> str:
    """Another number of the same sort and shape."""
    year, month = chance.randrange(1390, 1405), chance.randrange(1, 13)
    if sort == "day":
        first, _, last = digits.split("/")
        day = chance.randrange(1, jalali.month_length(year, month) + 1)
        if int(first) > 31:
            return f"{year if len(first) == 4 else year % 100:02}/{month:02}/{day:02}"
        return f"{day:02}/{month:02}/{year if len(last) == 4 else year % 100:02}"
    if sort == "time":
        return f"{chance.randrange(7, 20)}:{chance.choice(('00', '15', '30', '45'))}"
    if sort == "number":
        return str(chance.randrange(10 ** (len(digits) - 1), 10 ** len(digits)))
    return str({"hour": chance.randrange(7, 20), "year": year, "of_month": chance.randrange(1, 30)}[sort])
