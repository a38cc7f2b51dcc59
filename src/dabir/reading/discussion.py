"""The discussion: who spoke, and the points made, listed or in prose."""

from __future__ import annotations

from itertools import pairwise

from dabir.reading.decisions import decides
from dabir.reading.items import Item, group, sentences
from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.minutes import Lines, Person, Point, SectionKind, Statement
from dabir.reading.names import is_post_of, split_names
from dabir.reading.parties import PERSON, POST, SPEAKER, begins_at, may_be_person
from dabir.reading.people import person_of, speaker_before_colon
from dabir.reading.sections import Block
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
        """گفت|گفتند|افزود|افزودند|اظهار|اظهارات|اذعان|پرسید|برشمرد|برشمردند|یادآور|خاطرنشان|متذکر|خواستار|معتقد
            |ابراز|تصریح|سخن گفت|سخنانی|وعده داد|قول داد|هشدار|اعلام|بیان|تاکید|تاکیدات|اشاره|عنوان|تشریح|توضیح
            |توضیحاتی|گزارش|گزارشی|مطرح|ارائه|ایراد|قرائت|خیرمقدم|خیر مقدم|پیشنهاد|توصیه|درخواست|تشکر|قدردانی
            |نقطه نظرات|نظرات|نکات|مطالبی|پاسخ|انتقاد|گلایه|تبیین|دانست|دانستند|خبر|اضافه|یادآوری|تذکر|اشاره ای
            |ناطقان|ناطقین|سخنرانان"""
    )
    + r")(?!\w)"
)
_SAID = rx(
    r"""(?<!\w)(?:گفت|گفتند|افزود|افزودند|پرسید|برشمرد|برشمردند|شد|شدند|گردید|گردیدند|کرد|کردند|کرده|نمود|نمودند|نموده
        |داشت|داشتند|داشته|داد|دادند|پرداخت|پرداختند|ساخت|ساختند|رساند|رساندند|دانست|دانستند|خبر|اضافه|خواست|خواستند|است
        |بودند)(?!\w)"""
)
_MIDDLE = rx(r"(?:(?<!\w)و|[،؛])\s*(?:ابتدا|سپس|در ادامه|در ابتدا|آنگاه|پس از آن|در پایان)[\s،]+")
_BY = rx(r"(?<!\w)(?:از سوی|توسط|از جانب|از طرف)(?!\w)\s*")
# «…، محمدی در ادامه افزود»: a report's bare name
_BARE = rx(
    rf"""(?:\A|[،؛,])\s*(?P<name>[^\W\d]{{3,}}(?:\s[^\W\d]{{2,}})??)\s+(?P<post>{POST.pattern}[^،؛:.]{{0,50}}?\s)?"""
    r"""(?:(?:در |با اشاره به |با بیان |با تاکید بر |ضمن )[^؛:.]{1,90}?\s)?(?:گفت|افزود|(?:اظهار|بیان) (?:داشت|کرد
        |نمود)|(?:تصریح|تاکید|اضافه|خاطرنشان) کرد|یادآور شد)(?!\w)"""
)
# The prayer that opens a meeting is no speech, whoever reads it.
_RECITES = rx(r"(?<!\w)(?:قرائت|تلاوت)[^.؛]{0,30}?(?:قرآن|آیات|آیاتی|کلام)(?!\w)")
_TURNS_TO = rx(r"(?<!\w)به [^.؛]{0,30}(?:موضوع|موضوعات|موارد|مباحث|مسائل)(?!\w)[^.؛]{0,60}(?:پرداخت|پرداختند)(?!\w)")
_SEVERAL_NAMES = rx(r"(?:آقایان|خانم ها|برادران|خواهران)(?!\w)")
_LIST_OVER = rx(
    r"""\s(?:ضمن|در|با|به|از|نیز|هر ?یک|ناطقان|ناطقین|سخنرانان|نسبت|پیرامون|گزارش|گزارشی|نظرات|نقطه|مطالبی|نکاتی
        |توضیحاتی)(?!\w)"""
)
_LONGEST_NAME = 120  # letters
_SEVERAL = rx(
    r"""(?<!\w)(?:گفتند|افزودند|شدند|گردیدند|کردند|نمودند|داشتند|دادند|پرداختند|برشمردند|ساختند|دانستند|خواستند)(?!\w)"""
)
_OFFICE_IN_BRACKETS = rx(r"\s*(?:\((?P<office>[^()]*)\))?[\s\-–]*")
_HE = rx(r"(?:ایشان|وی|نامبرده|مشارالیه)(?!\w)")
_OFFICE = rx(r"(?:اعضا|اعضای|حاضرین|حاضران|دستگاه|کلیه|تمامی)(?!\w)")


def discussion_of(blocks: list[Block], decided: set[Lines]) -> list[Statement]:
    """The statements in order, with ids («s1») and points («p1»); items on the lines that were `decided` are none."""
    statements: list[Statement] = []
    for block in blocks:
        if block.kind is SectionKind.DISCUSSION:
            _read(block, statements, decided)
    statements = [one for one in statements if one.speakers or one.points]
    points = [point for one in statements for point in one.points]
    for count, one in enumerate(statements, 1):
        one.id = f"s{count}"
    for count, point in enumerate(points, 1):
        point.id = f"p{count}"
    return statements


def _read(block: Block, statements: list[Statement], decided: set[Lines]) -> None:
    items = group(block.lines)
    current: Statement | None = None
    for place, item in enumerate(items):
        named = _before_colon(item.passage)
        if named:  # «رئیس اداره صمت: …»
            speaker, said = named
            current = Statement([speaker], [_point(said, item.label)], item.passage.lines())
            statements.append(current)
            continue
        spoken = _spoken(item.passage) if item.mark is None or _introduces(item) else []
        if item.mark is None or spoken:
            followed = place + 1 < len(items) and items[place + 1].mark is not None and item.opens
            for statement in _statements(item.passage, spoken, followed):
                statements.append(statement)
                current = statement
            if not spoken and current is not None and _HE.match(item.passage.folded):
                current.points.append(_point(item.passage, None))
        elif item.passage.lines() not in decided:
            if current is None:
                current = Statement([], [], item.passage.lines())
                statements.append(current)
            current.points.append(_point(item.passage, item.label))
            current.lines = (current.lines[0], item.passage.lines()[1])


def _before_colon(passage: Passage) -> tuple[Person, Passage] | None:
    """The speaker whose name alone stands before a colon, and what is said after it."""
    head, colon, rest = passage.text[:_LONGEST_NAME].partition(":")
    if not (colon and rest.strip()):
        return None
    if not _speaker_at(passage.folded, 0):
        bare = speaker_before_colon(head + colon)
        return (bare, passage.cut(len(head) + 1)) if bare else None
    spans, end = names_from(passage, 0, len(head))
    one = bool(spans) and not any(PERSON.match(passage.folded, start) for start, _ in spans[1:])
    alone = _OFFICE_IN_BRACKETS.fullmatch(passage.folded, end, len(head)) if one else None
    person = person_of(head[:end]) if alone else None
    if person and alone and alone["office"]:
        person.post = passage.text[alone.start("office") : alone.end("office")]
    return (person, passage.cut(len(head) + 1)) if person else None


def _introduces(item: Item) -> bool:
    """True for a marked line that is no point but brings a speaker on («- سپس گزارش … توسط … ارائه شد:»)."""
    return item.opens and len(item.passage.text) > 60


def _statements(passage: Passage, spoken: list[tuple[int, list[Person]]], followed: bool) -> list[Statement]:
    """A statement for each turn in the paragraph; what is said in it is one point, unless a list follows."""
    made = []
    bounds = [start for start, _ in spoken] + [len(passage.text)]
    for (start, speakers), end in zip(spoken, bounds[1:], strict=True):
        part = passage.cut(start, end)
        points = [] if followed and end == len(passage.text) else [_point(part, None)]
        made.append(Statement(speakers, points, part.lines()))
    return made


def _point(passage: Passage, number: str | None) -> Point:
    return Point(passage.text, passage.lines(), number)


def _spoken(passage: Passage) -> list[tuple[int, list[Person]]]:
    """Where speakers come on in the paragraph: (offset of their sentence, the speakers)."""
    found: list[tuple[int, list[Person]]] = []
    at = 0
    for sentence in sentences(passage):
        start = passage.text.find(sentence.text, at)
        at = start + len(sentence.text)
        if not _tells_speech(sentence):
            continue
        speakers = _first_speakers(sentence) or _agents(sentence) or _bare_speaker(sentence)
        if speakers:
            found.append((start, speakers))
    return found


def _tells_speech(sentence: Passage) -> bool:
    folded = _RECITES.sub("", sentence.folded)
    said = _SAID.search(folded) or sentence.text.endswith(":")
    return bool(said and (SPEAKS.search(folded) or _TURNS_TO.search(folded)))


def _first_speakers(sentence: Passage) -> list[Person]:
    """The persons or posts with which the sentence begins."""
    then = _THEN.match(sentence.folded)
    at = then.end() if then else 0
    middle = _MIDDLE.search(sentence.folded)
    if middle and not _speaker_at(sentence.folded, at) and _speaker_at(sentence.folded, middle.end()):
        at = middle.end()
    if not _speaker_at(sentence.folded, at) or _OFFICE.match(sentence.folded, at):
        return []
    if decides(sentence.folded) and not SPEAKS.search(sentence.folded, at, min(len(sentence.folded), at + 250)):
        return []
    if _SEVERAL_NAMES.match(sentence.folded, at) and (over := _LIST_OVER.search(sentence.folded, at)):
        named = (
            person_of(name, sentence.lines(at, over.start())) for name in split_names(sentence.text[at : over.start()])
        )
        return [person for person in named if person]
    return _people(sentence, at, people_only=False)


def _bare_speaker(sentence: Passage) -> list[Person]:
    """A person whom a report names without a title («…، محمدی در این جلسه گفت: …»)."""
    match = _BARE.search(sentence.folded)
    if match is None or not may_be_person(match["name"]):
        return []
    name, post = (sentence.text[slice(*match.span(part))].strip() for part in ("name", "post"))
    return [Person(name, post or None, sentence.lines(match.start("name"), match.end("name")))]


def _speaker_at(folded: str, at: int) -> bool:
    return bool(SPEAKER.match(folded, at))


def _agents(sentence: Passage) -> list[Person]:
    """The persons by whom something was presented («نقطه نظرات از سوی جناب آقای … ارائه شد»)."""
    people: list[Person] = []
    for match in _BY.finditer(sentence.folded):
        if begins_at(sentence.folded, match.end()):
            people += _people(sentence, match.end(), people_only=True)
    return people


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
    said = _SAID.search(folded, end)
    gaps = [folded[before[1] : after[0]].strip() for before, after in pairwise(spans)]
    return said is not None and not _SEVERAL.match(folded, said.start()) and all(gap in ("،", ",") for gap in gaps)
