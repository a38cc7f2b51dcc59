"""Laws that are quoted by article: «ماده ۲۷ قانون برنامه ششم», with the parts of it that are named before."""

from __future__ import annotations

from dabir.persian.remembering import remembered
from dabir.reading.lines import Passage
from dabir.reading.wording import any_of, folded_words, has_one, rx

_LABEL = r"""[(«\"]?\s*(?:\d{1,4}|الف|[بپتثجچحخدرزسشصطعفقکگلمنوهی]|یک|دو|سه|چهار|پنج|اول|دوم|سوم|چهارم|پنجم|ششم|هفتم
    |هشتم|نهم|دهم|واحده)(?!\w)\s*[)»\"]?"""
_PART = rf"(?:جزء|جزو|بند|بندهای|تبصره|ماده|مواد|اصل|فصل|ردیف)(?!\w) {_LABEL}(?: و {_LABEL}(?=\s))?"
_END = any_of(
    "به|از|در|با|که|را|و|تا|بر|جهت|برای|توسط|مبنی|مصوب|است|بود|شد|شده|شود|می|نیز|هم|طی|نسبت|باید|موضوع|این|آن|اشاره|تاکید|اجرا"
)
_VERB = any_of("شد|شود|شده|شوند|گردد|گردید|است|بود|نمود|نماید|کرد|کند|دارد|داد|دهد|می|خواهد|باشد")
_TITLE = rf"(?:\s+(?!{_END}(?!\w))[^\W\d]+(?!\w)(?!\s+{_VERB}(?!\w))(?:\s+\d{{4}})?){{0,9}}"
_KIND = any_of("قانون|آیین نامه|آئین نامه|تصویب نامه|دستورالعمل|بخشنامه|اساسنامه")
_NAME = (
    rf"(?:{_KIND}(?!\w){_TITLE}(?: به قانون(?!\w){_TITLE})?(?: از مقررات(?!\w){_TITLE})?"
    r"|برنامه (?:پنجساله |پنج ساله )?(?:چهارم|پنجم|ششم|هفتم)(?: توسعه)?)"
)
_QUOTED = rx(rf"(?<!\w){_PART}(?:\s*[،]?\s*(?:از\s+)?{_PART}){{0,3}}(?P<name>\s*(?:از\s+)?{_NAME})?")
_ARTICLE = rx(r"(?<!\w)(?:ماده|مواد|اصل)(?!\w)")
_BOARD = rx(r"(?:کمیسیون|کمیته|هیات|شورای|کارگروه|ستاد|صندوق)\s*\Z")
_NEEDED = folded_words("ماده مواد اصل بند تبصره جزء")


def may_hold_law(text: str) -> bool:
    """Whether it is worth looking for laws in the text."""
    return has_one(text, _NEEDED)


@remembered
def laws_in(sentence: Passage) -> tuple[tuple[int, str], ...]:
    """Where each quoted law begins, and its words. A part that may be one of this very paper («بند ب») is none, and
    neither is a board that is called by its article («کمیسیون ماده ۱۰۰»)."""
    found: list[tuple[int, str]] = []
    for match in _QUOTED.finditer(sentence.folded) if has_one(sentence.folded, _NEEDED) else ():
        named = match["name"] or _ARTICLE.search(sentence.folded, match.start(), match.end())
        if named and not _BOARD.search(sentence.folded, max(0, match.start() - 12), match.start()):
            found.append((match.start(), sentence.text[match.start() : match.end()].strip(' ،"«»')))
    return tuple(found)
