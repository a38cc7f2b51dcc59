"""Parts and wholes that stand in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dabir.persian.amounts import amount_of
from dabir.persian.digits import to_persian
from dabir.reading.dates.vocabulary import AFTER, BEFORE
from dabir.reading.findings.frame import Paper, Said, quote, rule
from dabir.reading.minutes import Severity
from dabir.reading.wording import any_of, rx

UNIT = any_of(
    "ریال|تومان|نفر|روز|هفته|ماه|سال|ساعت|متر|متر مربع|مترمربع|کیلومتر|هکتار|درصد|دستگاه|واحد|فقره|مورد|قطعه|تن|لیتر"
    "|جلسه|طرح|پروژه|خانوار|باب|نسخه|برگ|بند|کیلوگرم"
)
_SCALE = r"(?: (?P<scale>هزار|میلیون|میلیارد))?"
_PART = rx(rf"(?<![\d/.,٫،])(?P<number>\d{{1,3}}(?:[,٬٫/.،]\d{{3}}){{1,4}}|\d{{1,12}}){_SCALE} (?P<unit>{UNIT}){AFTER}")
_NUMBER = re.compile(r"\d+(?:[,٬٫/.،]\d+)*")
_PERCENT = re.compile(r"(?<![\d/.,٫،])(\d{1,3})\s?(?:درصد|٪|%)")
_REST = rx(rf"{BEFORE}(?:مابقی|باقیمانده|باقی مانده|بقیه|الباقی){AFTER}")
_SUM = rx(rf"{BEFORE}(?:جمعا|مجموعا|جمع کل|در مجموع)(?!\w)")
# What stands behind these need not be a part of the whole: «از ۲۰ نفر عضو، ۸ نفر …».
_NO_PART = rx(rf"{BEFORE}(?:از|هر|حداقل|حداکثر|تا|بیش|کمتر|بین|الی|سقف){AFTER}")
_SENTENCE = re.compile(r"[.؛\n](?!\d)")
_MOST_PARTS = 8
_NEAR = 12  # letters between «جمعاً» and the sum


@rule("number.sum", Severity.ERROR, "The parts do not make the whole")
def parts_and_whole(paper: Paper) -> Iterator[Said]:
    yield from _sentences(paper, ("مابقی", "باقی", "بقیه"), _percents)
    yield from _sentences(paper, ("جمعا", "مجموع", "جمع کل"), _total)


def _sentences(paper: Paper, words: tuple[str, ...], fault_in: Callable[[str], str | None]) -> Iterator[Said]:
    for number, line in paper.lines_with(*words):
        for sentence in _SENTENCE.split(line.folded):
            if fault := fault_in(sentence):
                yield Said(fault, (number, number))


def _percents(sentence: str) -> str | None:
    """«۳۰ درصد … و مابقی ۶۰ درصد»: with the rest, the parts are a hundred."""
    rest = _REST.search(sentence)
    parts = list(_PERCENT.finditer(sentence))
    if rest is None or len(parts) < 2 or _NO_PART.search(sentence, 0, parts[-1].start()):
        return None
    last = parts[-1]
    is_the_rest = parts[-2].end() <= rest.start() <= last.end() + _NEAR and last.start() - rest.end() <= 2 * _NEAR
    total = sum(int(part[1]) for part in parts)
    if not is_the_rest or total == 100:
        return None
    shown = to_persian("، ".join(part[1] for part in parts))
    return f"درصدهای {quote(shown)} با باقیمانده صد نمی‌شود، {to_persian(str(total))} می‌شود."


def _total(sentence: str) -> str | None:
    """«۵ هکتار … و ۷ هکتار … جمعاً ۱۳ هکتار», where nothing else is counted in the sentence."""
    mark = _SUM.search(sentence)
    parts = list(_PART.finditer(sentence))
    if mark is None or not 3 <= len(parts) <= _MOST_PARTS or _NO_PART.search(sentence, 0, mark.start()):
        return None
    last = parts[-1]
    alone = len(_NUMBER.findall(sentence, 0, mark.start())) == len(parts) - 1 and parts[-2].end() <= mark.start()
    if not alone or not 0 <= last.start() - mark.end() <= _NEAR or len({part["unit"] for part in parts}) > 1:
        return None
    values = [amount_of(f"{part['number']} {part['scale'] or ''}") or 0 for part in parts]
    if sum(values[:-1]) == values[-1]:
        return None
    said = quote(sentence[mark.start() : last.end()])
    return f"جمع {said} با جزءهای آن نمی‌خواند، {to_persian(f'{sum(values[:-1])}')} می‌شود."


RULES = (parts_and_whole,)
