"""The words of letters: those that come with Dabir, a body's own, and what stands in their places.

A place is a word in braces; the letter of each agency has its own value there. Other braces are refused, so that no
letter leaves with one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dabir.directory.models import Body
from dabir.foundation.errors import Invalid
from dabir.letters.models import LetterKind, Wording

AGENCY, POST, BODY, UNTIL = "دستگاه", "سمت", "نهاد", "مهلت"
MEETING, DAY, DECIDED = "جلسه", "تاریخ", "مصوبات"
WEEKDAY, HOUR, VENUE, AGENDA, EARLIER = "روز", "ساعت", "محل", "دستور جلسه", "نامه پیشین"
COUNT = "شمار"
_OF_MEETING = (AGENCY, BODY, MEETING, DAY, WEEKDAY, HOUR, VENUE, AGENDA)
PLACES_OF: dict[str, tuple[str, ...]] = {
    LetterKind.COVERING: (AGENCY, POST, BODY, UNTIL),
    LetterKind.COMMUNICATION: (AGENCY, BODY, MEETING, DAY, DECIDED),
    LetterKind.CALL: _OF_MEETING,
    LetterKind.MOVED: (*_OF_MEETING, EARLIER),
    LetterKind.CALLED_OFF: (*_OF_MEETING, EARLIER),
    LetterKind.REMINDER: (AGENCY, BODY, COUNT),
    LetterKind.WARNING: (AGENCY, BODY, COUNT),
    LetterKind.DEPUTY: (AGENCY, BODY, COUNT),
}
"""The places that a letter of each kind fills."""
LONGEST_SUBJECT, LONGEST_TEXT = 150, 2_000
"""Letters; a covering letter is to fit its page with the code."""

_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    text: str


OURS = {
    LetterKind.COVERING: Words(
        "معرفی سامانه پیگیری مصوبات و ارسال کد دعوت",
        "با سلام و احترام،\n"
        "به آگاهی می‌رساند مصوبات {نهاد} از این پس در سامانه «دبیر» ثبت و پیگیری می‌شود. هر دستگاه در این سامانه"
        " تکلیف‌های خود را با مهلت و سابقه هر یک می‌بیند.\n"
        "خواهشمند است دستور فرمایید «{سمت}» تا تاریخ {مهلت} با مراجعه به نشانی زیر و درج شماره همراه خود و کد دعوت،"
        " گذرواژه‌ای برگزیند و وارد سامانه شود. کد دعوت یک بار و تنها همراه با همان شماره پذیرفته می‌شود؛ شایسته است"
        " جز به دارنده سمت سپرده نشود.\n"
        "از همکاری آن دستگاه سپاسگزاری می‌شود.",
    ),
    LetterKind.COMMUNICATION: Words(
        "ابلاغ مصوبات {جلسه}",
        "با سلام و احترام،\n"
        "مصوبات {جلسه} مورخ {تاریخ} که اجرای آن بر عهده {دستگاه} است، به شرح زیر ابلاغ می‌شود:\n"
        "{مصوبات}\n"
        "تکلیف‌ها، مهلت هر یک و مرجع پاسخ در جدول زیر آمده است. خواهشمند است دستور فرمایید اقدام لازم به عمل آید و"
        " نتیجه تا پایان مهلت به دبیرخانه {نهاد} اعلام شود.",
    ),
    LetterKind.CALL: Words(
        "دعوت به {جلسه}",
        "با سلام و احترام،\n"
        "به آگاهی می‌رساند {جلسه} روز {روز} ساعت {ساعت} در {محل} برگزار می‌شود. خواهشمند است در جلسه حضور یابید؛ در"
        " صورت ناگزیری، نماینده تام‌الاختیار خود را با نامه رسمی معرفی فرمایید.\n"
        "دستور جلسه:\n"
        "{دستور جلسه}",
    ),
    LetterKind.MOVED: Words(
        "تغییر زمان یا محل {جلسه}",
        "با سلام و احترام،\n"
        "پیرو نامه {نامه پیشین}، به آگاهی می‌رساند زمان یا محل {جلسه} تغییر کرده است و این جلسه روز {روز} ساعت {ساعت}"
        " در {محل} برگزار می‌شود. خواهشمند است در زمان و محل تازه حضور یابید.",
    ),
    LetterKind.CALLED_OFF: Words(
        "لغو {جلسه}",
        "با سلام و احترام،\n"
        "پیرو نامه {نامه پیشین}، به آگاهی می‌رساند {جلسه} که روز {روز} خوانده شده بود برگزار نخواهد شد.",
    ),
    LetterKind.REMINDER: Words(
        "یادآوری تکلیف‌های سررسیدشده {نهاد}",
        "با سلام و احترام،\n"
        "به آگاهی می‌رساند مهلت {شمار} تکلیف آن دستگاه از مصوبات {نهاد} که شرح آن در جدول زیر آمده، سپری شده و انجام آن"
        " هنوز به تأیید دبیرخانه نرسیده است. خواهشمند است دستور فرمایید نتیجه اقدام یا در صورت نیاز درخواست تمدید با"
        " ذکر دلیل به دبیرخانه {نهاد} اعلام شود.",
    ),
    LetterKind.WARNING: Words(
        "تذکر درباره تکلیف‌های معوق {نهاد}",
        "با سلام و احترام،\n"
        "با گذشت مهلت {شمار} تکلیف {دستگاه} از مصوبات {نهاد} به شرح جدول زیر، گزارشی از انجام آن دریافت نشده است. ضمن"
        " تذکر، مقتضی است دستور فرمایید نتیجه اقدام یا دلیل تأخیر در کوتاه‌ترین زمان به‌طور مکتوب به دبیرخانه {نهاد}"
        " اعلام شود. در غیر این صورت موضوع به مقام مافوق گزارش خواهد شد.",
    ),
    LetterKind.DEPUTY: Words(
        "گزارش تکلیف‌های معوق {نهاد}",
        "با سلام و احترام،\n"
        "به آگاهی می‌رساند {شمار} تکلیف از مصوبات {نهاد} با وجود گذشت مهلت و پیگیری دبیرخانه انجام نشده است. شرح هر یک و"
        " دستگاه مجری آن در جدول زیر آمده است. مراتب برای آگاهی و صدور دستور به حضور گزارش می‌شود.",
    ),
}


def words_of(body: Body, kind: str) -> Words:
    """The body's own words for its letters of a kind, or ours."""
    own = Wording.objects.filter(body=body, kind=kind).values_list("subject", "text").first()
    return Words(*own) if own else OURS[LetterKind(kind)]


def clean(subject: str, text: str, kind: str) -> Words:
    """As they are stored; `Invalid` where one is missing or too long, or has a place that no letter of the kind
    fills, or where the kind has no standing words."""
    if kind not in PLACES_OF:
        raise Invalid(_("Choose one."), field="kind")
    words = Words(tidy(subject).replace("\n", " "), tidy(text))
    for value, field, longest in ((words.subject, "subject", LONGEST_SUBJECT), (words.text, "text", LONGEST_TEXT)):
        if not value:
            raise Invalid(_("Write it."), field=field)
        if len(value) > longest:
            raise Invalid(_("This is too long for one page."), field=field)
        if unknown := [place for place in _BRACES.findall(value) if place not in PLACES_OF[kind]]:
            raise Invalid(_("No letter has a value for {%(place)s}.") % {"place": unknown[0][:40]}, field=field)
    return words


def filled(words: Words, values: Mapping[str, str]) -> Words:
    """With each place's value in it; what a value itself has in braces stays as it is."""

    def fill(text: str) -> str:
        return _BRACES.sub(lambda found: values.get(found[1], found[0]), text)

    return Words(fill(words.subject), fill(words.text))


def tidy(text: str) -> str:
    """Without signs that no page shows; one line a paragraph. The author's letters stay."""
    lines = (
        re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]|\s", " ", line) for line in text.splitlines()
    )
    return "\n".join(filter(None, (re.sub(" +", " ", line).strip() for line in lines)))
