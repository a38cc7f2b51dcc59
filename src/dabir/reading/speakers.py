"""Who speaks: in a sentence that tells of it, or before a colon."""

from __future__ import annotations

from itertools import pairwise

from dabir.reading.decisions import decides
from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.minutes import Person
from dabir.reading.names import is_post_of, split_names
from dabir.reading.parties import PERSON, POST, SPEAKER, begins_at, may_be_person, name_end
from dabir.reading.people import person_of, speaker_before_colon
from dabir.reading.wording import any_of, rx

_THEN = rx(
    r"""[\s،,*•\-–]*(?:(?:سپس|ابتدا|آنگاه|همچنین|ضمنا|نهایتا|و|نیز|(?:در )?(?:ابتدا|ادامه|پایان|خاتمه|انتها|آغاز|نهایت
        |شروع|بخش دیگری|بخش پایانی|این (?:جلسه|بخش|خصوص|رابطه|نشست|راستا|ارتباط)|همین (?:خصوص|رابطه|راستا))"""
    r"""(?:ی| این| از| مباحث)?(?: جلسه| مذاکرات| نشست| سخنان| گزارش)?|پس از آن|پس از تلاوت[^،]{0,60}
        |بعد از آن)(?!\w)[\s،,]*)*"""
)
SPEAKS = rx(
    r"(?<!\w)(?:"
    + any_of(
        """گفت|گفتند|افزود|افزودند|(?:اظهار|بیان|اعلام|عنوان) (?:داشت|داشتند|کرد|کردند|نمود|نمودند)|اظهار|اظهارات
            |اذعان|پرسید|بر شمرد|بر شمردند|یادآور|خاطر نشان|متذکر|خواستار|معتقد
            |ابراز|تصریح|سخن گفت|سخنانی|وعده داد|قول داد|هشدار|اعلام|بیان|تاکید|تاکیدات|اشاره|عنوان|تشریح|توضیح
            |توضیحاتی|گزارش|گزارشی|مطرح|ارائه|ایراد|قرائت|خیرمقدم|خیر مقدم|پیشنهاد|توصیه|درخواست|تشکر|قدردانی
            |نقطه نظرات|نظرات|نکات|مطالبی|پاسخ|انتقاد|گلایه|تبیین|دانست|دانستند|خبر|اضافه|یادآوری|تذکر|اشاره ای
            |ناطقان|ناطقین|سخنرانان|سخنان|سخنرانی|بیانات|فرمود|فرمودند|فرموده|ادامه داد|شرح داد|شرحی|سوال|سوالاتی
            |پرسش|اعتراض|گوشزد|بازگو|تقدیر|تجلیل|تبریک|تسلیت|استدلال|نظر خود|دیدگاه|دیدگاه های|دفاع|جمع بندی|تحلیل
            |نقد|آرزو|تشریح|عرض"""
    )
    + r")(?!\w)"
)
SAID = rx(
    r"""(?<!\w)(?:(?:اظهار|بیان|اعلام|عنوان) )?(?:گفت|گفتند|فرمود|فرمودند|افزود|افزودند|پرسید|پرسیدند|بر شمرد|بر شمردند
        |شد|شدند|گردید|گردیدند|کرد|کردند|کرده|نمود|نمودند|نموده
        |داشت|داشتند|داشته|داد|دادند|پرداخت|پرداختند|پرداخته|ساخت|ساختند|رساند|رساندند|دانست|دانستند|خبر|اضافه|خواست|خواستند|است
        |بودند)(?!\w)"""
)
_MIDDLE = rx(
    r"""(?<!\w)(?:ابتدا|سپس|آنگاه|پس از آن|در (?:ابتدا|ادامه|پایان|آغاز|شروع|خاتمه|انتها)(?:ی)?(?: این)?(?: جلسه| نشست
        | مذاکرات| سخنان)?)(?!\w)[\s،]+"""
)
_BY = rx(r"(?<!\w)(?:از سوی|توسط|از جانب|از طرف)(?!\w)\s*")
_SPEECH_OF = rx(r"(?<!\w)(?:با (?:سخنان|سخنرانی|بیانات)|گزارشی?(?!\w)[^.؛]{0,60}?(?<!\w)(?:توسط|از سوی))(?!\w)\s*")
_PRESENTED = rx(r"\s*(?:ارائه|قرائت|تشریح|مطرح|بیان|آغاز)(?!\w)")
# «…، محمدی در ادامه افزود»: a report's bare name
_BARE = rx(
    rf"""(?:\A|[،؛,])\s*(?:در این (?:نشست|جلسه|دیدار)\s+)?(?P<name>[^\W\d]{{3,}}(?:\s[^\W\d]{{2,}})??)
        (?:\s+|\s*[،,]\s*(?={POST.pattern}))(?P<post>{POST.pattern}[^،؛:.]{{0,50}}?[\s،,]+)?"""
    r"""(?:(?:در |با اشاره به |با بیان |با تاکید بر |ضمن )[^؛:.]{1,90}?\s)?(?:گفت|افزود|(?:اظهار|بیان) (?:داشت|کرد
        |نمود)|(?:تصریح|تاکید|اضافه|خاطرنشان) کرد|یادآور شد)(?!\w)"""
)
# The prayer that opens a meeting is no speech, whoever reads it.
_RECITES = rx(r"(?<!\w)(?:قرائت|تلاوت)[^.؛]{0,30}?(?:قرآن|آیات|آیاتی|کلام)(?!\w)")
_TURNS_TO = rx(
    r"""(?<!\w)به (?:(?!مبلغ|ریال|تومان|حقوق|هزینه|وجه|بدهی|مطالبات|خسارت)[^.؛\s]{1,30}\s+){1,14}(?:پرداخت
        |پرداختند|پرداخته)(?!\w)"""
)
# «آقای … درخصوص بودجه …»: what follows the name says that it speaks, whatever the verb, or without one.
_ON = rx(
    r"""\s*[،؛:]?\s*(?:[^.؛:]{1,60}?\s)??(?:ضمن|در خصوص|در مورد|درباره|در رابطه با|پیرامون|راجع به|با
        (?:اشاره به|بیان|تاکید بر|اعلام|تشکر|تقدیر|سلام|عرض))(?!\w)"""
)
ACTED_ON = rx(r"\s*را(?!\w)")
_THERE = rx(
    r"(?<!\w)(?:حضور|شرکت) (?:داشت|داشتند|یافت|یافتند|نداشت|نداشتند|کرد|کردند)(?!\w)|(?<!\w)(?:حاضر|غایب)(?!\w)"
)
_SEVERAL_NAMES = rx(r"(?:آقایان|خانم ها|برادران|خواهران)(?!\w)")
_LIST_OVER = rx(
    r"""\s(?:ضمن|در|با|به|از|نیز|هر ?یک|ناطقان|ناطقین|سخنرانان|سخنان|سخنرانی|بیانات|نسبت|پیرامون|گزارش|گزارشی|نظرات
        |نقطه|مطالبی|نکاتی
        |توضیحاتی)(?!\w)"""
)
_SEVERAL = rx(
    r"""(?<!\w)(?:گفتند|افزودند|شدند|گردیدند|کردند|نمودند|داشتند|دادند|پرداختند|فرمودند|بر شمردند|ساختند|دانستند
        |خواستند)(?!\w)"""
)
_OFFICE = rx(r"(?:اعضا|اعضای|حاضرین|حاضران|دستگاه|کلیه|تمامی)(?!\w)")
LONGEST_NAME = 120  # letters
_OFFICE_IN_BRACKETS = rx(r"\s*(?:\((?P<office>[^()]*)\))?[\s\-–]*")


def speakers_in(sentence: Passage) -> list[Person]:
    """The speakers whom the sentence brings on; none where it tells of no speech."""
    if not _tells_speech(sentence):
        return []
    return _first_speakers(sentence) or _agents(sentence) or _bare_speaker(sentence)


def before_colon(passage: Passage) -> tuple[Person, Passage] | None:
    """The speaker whose name alone stands before a colon, and what is said after it."""
    head, colon, rest = passage.text[:LONGEST_NAME].partition(":")
    if not (colon and rest.strip()):
        return None
    if not speaker_at(passage.folded, 0):
        bare = speaker_before_colon(head + colon)
        return (bare, passage.cut(len(head) + 1)) if bare else None
    spans, end = names_from(passage, 0, len(head))
    one = bool(spans) and not any(PERSON.match(passage.folded, start) for start, _ in spans[1:])
    alone = _OFFICE_IN_BRACKETS.fullmatch(passage.folded, end, len(head)) if one else None
    person = person_of(head[:end]) if alone else None
    if person and alone and alone["office"]:
        person.post = passage.text[alone.start("office") : alone.end("office")]
    return (person, passage.cut(len(head) + 1)) if person else None


def _tells_speech(sentence: Passage) -> bool:
    folded = _RECITES.sub("", sentence.folded)
    said = SAID.search(folded) or sentence.text.endswith(":")
    return bool(said and (SPEAKS.search(folded) or _TURNS_TO.search(folded))) or _speaks_on(sentence)


def _speaks_on(sentence: Passage) -> bool:
    """True where a person's name is followed by what is spoken about («آقای کریمی درخصوص بودجه …»)."""
    folded = sentence.folded
    at = _begin(folded)
    if not PERSON.match(folded, at) or decides(folded) or _THERE.search(folded):
        return False
    end = names_from(sentence, at, len(folded))[1]
    return _ON.match(folded, end) is not None


def skip(folded: str) -> int:
    """Where the sentence goes on behind «سپس», «در ادامه»."""
    then = _THEN.match(folded)
    return then.end() if then else 0


def _begin(folded: str) -> int:
    """Where the sentence's first person or post may stand: at its beginning, or behind «سپس», «در ادامه»."""
    at = skip(folded)
    if not speaker_at(folded, at):
        for middle in _MIDDLE.finditer(folded, at):
            if speaker_at(folded, middle.end()):
                return middle.end()
    return at


def _first_speakers(sentence: Passage) -> list[Person]:
    """The persons or posts with which the sentence begins."""
    at = _begin(sentence.folded)
    if not speaker_at(sentence.folded, at) or _OFFICE.match(sentence.folded, at):
        return []
    if decides(sentence.folded) and not SPEAKS.search(sentence.folded, at, min(len(sentence.folded), at + 250)):
        return []
    if _SEVERAL_NAMES.match(sentence.folded, at) and (over := _LIST_OVER.search(sentence.folded, at)):
        named = (
            person_of(name, sentence.lines(at, over.start())) for name in split_names(sentence.text[at : over.start()])
        )
        return [person for person in named if person]
    if ACTED_ON.match(sentence.folded, names_from(sentence, at, len(sentence.text))[1]):
        return []
    people = _people(sentence, at, people_only=False)
    said = SAID.search(sentence.folded, at)
    if len(people) == 1 and said and _SEVERAL.match(sentence.folded, said.start()):
        people += _others(sentence, at, said.start())
    return people


def _others(sentence: Passage, at: int, said: int) -> list[Person]:
    """Who speaks beside the first one («آقای … در خصوص آب و آقای … در خصوص برق توضیح دادند»)."""
    folded = sentence.folded
    found = []
    for match in list(PERSON.finditer(folded, at, said))[1:]:
        end = name_end(folded, match.start(), said)
        if end and folded[: match.start()].rstrip().endswith((" و", "،", ",")):
            found.append(person_of(sentence.text[match.start() : end], sentence.lines(match.start(), end)))
    return [person for person in found if person]


def _bare_speaker(sentence: Passage) -> list[Person]:
    """A person whom a report names without a title («…، محمدی در این جلسه گفت: …»)."""
    match = _BARE.search(sentence.folded)
    if match is None or not may_be_person(match["name"]):
        return []
    name, post = (sentence.text[slice(*match.span(part))].strip(" ،,") for part in ("name", "post"))
    return [Person(name, post or None, sentence.lines(match.start("name"), match.end("name")))]


def speaker_at(folded: str, at: int) -> bool:
    """True where a person or a post is named at `at`."""
    return bool(SPEAKER.match(folded, at))


def _agents(sentence: Passage) -> list[Person]:
    """The persons by whom something was presented («نقطه نظرات از سوی جناب آقای … ارائه شد»)."""
    people: list[Person] = []
    for match in _BY.finditer(sentence.folded):
        if begins_at(sentence.folded, match.end()):
            people += _people(sentence, match.end(), people_only=True)
    return people or _presenters(sentence)


def _presenters(sentence: Passage) -> list[Person]:
    """The posts by whom a report was given («گزارش مالی توسط خزانه‌دار قرائت شد», «با سخنان رئیس دانشگاه آغاز شد»)."""
    match = _SPEECH_OF.search(sentence.folded)
    if match is None or not begins_at(sentence.folded, match.end()):
        return []
    spans, end = names_from(sentence, match.end(), len(sentence.text))
    named = (person_of(sentence.text[start:stop], sentence.lines(start, stop)) for start, stop in spans)
    return [person for person in named if person] if _PRESENTED.match(sentence.folded, end) else []


def _people(sentence: Passage, at: int, *, people_only: bool) -> list[Person]:
    spans, end = names_from(sentence, at, len(sentence.text))
    titled = any(PERSON.match(sentence.folded, start) for start, _ in spans)
    one = _is_one(sentence.folded, spans, end)
    if one and titled and not PERSON.match(sentence.folded, spans[0][0]):
        spans = [*spans[1:], spans[0]]  # «مدیر آموزش و پرورش، آقای سعیدی، خبر داد»
    people: list[Person] = []
    for place, (start, stop) in enumerate(spans):
        text, before = sentence.text[start:stop], sentence.text[slice(*spans[place - 1])]
        if people and (one or is_post_of(before, text)):
            people[-1].post = people[-1].post or text
        elif PERSON.match(sentence.folded, start) or not (people_only or titled):
            person = person_of(text, sentence.lines(start, stop))
            people += [person] if person else []
    return people


def _is_one(folded: str, spans: list[tuple[int, int]], end: int) -> bool:
    """True where the names are one's, in apposition: commas alone join them and the verb is singular («مدیر مسکن،
    مجری مطالعات، توضیح داد»)."""
    said = SAID.search(folded, end)
    gaps = [folded[before[1] : after[0]].strip() for before, after in pairwise(spans)]
    return said is not None and not _SEVERAL.match(folded, said.start()) and all(gap in ("،", ",") for gap in gaps)
