"""How strange texts are made: by seed, each from its number alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from dabir.persian.digits import to_ascii
from dabir.persian.letters import ZWNJ
from tools.bench.changes import changed

ROOT = Path(__file__).parents[2]
LONGEST = 20_000  # letters

FRAGMENTS = """مقرر شد|مقرر گردید|مصوب شد|پیشنهاد گردید|موظف است|مکلفند|نماید|نمایند|گردد|بایستی|تمدید شد|لغو شد
شهرداری|اداره کل|شرکت|دبیرخانه|کمیته|مهندسین مشاور|دستگاه‌های اجرایی|ایشان|نامبرده|آقای|خانم|دکتر|گفت
توسط|از سوی|با همکاری|با مسئولیت|نسبت به|و|را|به|تا|در|از
ظرف ۴۸ ساعت|ظرف مدت|حداکثر تا|تا پایان|سال جاری|جلسه آتی|هفته‌ای یکبار|پس از تأیید|۱۳۹۸/۰۷/۱۷|۹۸/۷/۳۱|31/6/1400
مهرماه|سه‌شنبه|ساعت ۱۰:۳۰|۲۴/۵ درصد|صد و بیست و سه
شماره:|تاریخ:|مهلت:|مسئول:|رئیس جلسه:|دبیر:|دستور جلسه|مذاکرات:|مصوبات:|حاضران:|غایبان:|ردیف|شرح مصوبه
بند (|تبصره-|ماده ۱۸۰|۱-|1-الف-|12–ب)|الف)|(۳)|•|*|**|#|##|همان|//|"|(|)|«|»|[|]|:|،|؛|.|...|؟|٪""".replace(
    "\n", "|"
).split("|")
FRAGMENTS += ["|", " | ", "|---|---|", "\t", "\n", "\n\n", "   ", "\r\n", "\x0b", "\x85", "\u2028", ZWNJ, "ـ"]
# Digits that are none of ours, marks that join, letters of both directions, signs without width.
ODD = "²①٣३Ⅷ½𝟙〇٫٬٪ﷺﻻﺎeßİaZ😀\0\x1b\ufffd\u0651\u0670\u0301\u00a0\u3000\u00ad"
ODD += "\u200e\u200f\u202b\u202e\u2066\u2069\u200d\ufeff"


def strange(number: int, seed: int) -> bytes:
    """The `number`th text of `seed`, always the same."""
    chance = random.Random(f"{seed}/{number}")
    text = chance.choice(_MAKERS)(chance)[:LONGEST]
    encoding = chance.choice(("utf-8",) * 12 + ("utf-8-sig", "utf-16", "utf-16-le", "cp1256"))
    data = text.encode(encoding, errors="replace")
    if chance.random() < 0.05:
        place = chance.randrange(len(data) + 1)
        data = data[:place] + bytes(chance.choices(range(256), k=chance.randrange(1, 9))) + data[place + 1 :]
    return data


@cache
def examples() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The examples, and the words in them."""
    folders = (ROOT / "examples" / "minutes", ROOT / "tests" / "golden" / "reading")
    paths = sorted(path for folder in folders for path in folder.iterdir() if path.suffix in (".txt", ".md"))
    texts = tuple(path.read_text(encoding="utf-8") for path in paths)
    return texts, tuple(dict.fromkeys(word for text in texts for word in text.split()))


def _fragments(chance: random.Random) -> str:
    return " ".join(chance.choices(FRAGMENTS, k=chance.randrange(80)))


def _soup(chance: random.Random) -> str:
    words = examples()[1]
    pieces = (chance.choice(words if chance.random() < 0.8 else FRAGMENTS) for _ in range(chance.randrange(200)))
    return "".join(piece + chance.choice((" ", " ", " ", " ", "\n", "", ZWNJ, "\t")) for piece in pieces)


def _damaged(chance: random.Random) -> str:
    text = changed(chance.choice(examples()[0]), chance)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9, 20))):
        text = chance.choice(_DAMAGES)(text, chance)[:LONGEST]
    return text


def _spliced(chance: random.Random) -> str:
    texts = chance.choices(examples()[0], k=chance.randrange(2, 5))
    return "".join(text[slice(*sorted(chance.choices(range(len(text)), k=2)))] for text in texts)


def _letters(chance: random.Random) -> str:
    alphabet = chance.choice((ODD, ODD + "۱۲۳/-.: \n", "و به تا ۱۲۳()-\n"))
    return "".join(chance.choices(alphabet, k=chance.randrange(400)))


_MAKERS: tuple[Callable[[random.Random], str], ...] = (
    *(_fragments, _soup, _soup, _spliced, _letters),
    *(_damaged,) * 7,
)


def _span(text: str, chance: random.Random) -> slice:
    start = chance.randrange(len(text) + 1)
    return slice(start, start + chance.choice((1, 1, 2, 5, 20, 100)))


def _cut(text: str, chance: random.Random) -> str:
    span = _span(text, chance)
    return text[: span.start] + text[span.stop :]


def _repeat(text: str, chance: random.Random) -> str:
    span = _span(text, chance)
    return text[: span.start] + text[span] * chance.choice((2, 3, 30, 300)) + text[span.stop :]


def _move(text: str, chance: random.Random) -> str:
    span, rest = _span(text, chance), _cut(text, chance)
    place = chance.randrange(len(rest) + 1)
    return f"{rest[:place]}{text[span]}{rest[place:]}"


def _insert(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    piece: str = chance.choice((*FRAGMENTS, *ODD, "9" * 25, "۰", "0", "-" * 30, " " * 90))
    return text[:place] + chance.choice(("", " ")) + piece + text[place:]


def _exchange(text: str, chance: random.Random) -> str:
    """One character for another, everywhere or once."""
    old = chance.choice(text or " ")
    new = chance.choice((*ODD, "\n", "", " ", "9", "۰", "/", "-", "و"))
    return text.replace(old, new, chance.choice((1, 3, -1)))


def _lines(text: str, chance: random.Random) -> str:
    """Lines in another order, joined, doubled, turned around or broken anew."""
    lines = text.split("\n")
    match chance.randrange(5):
        case 0:
            chance.shuffle(lines)
        case 1:
            return chance.choice((" ", "\t", " | ", "", "؛ ")).join(lines)
        case 2:
            lines += chance.choices(lines, k=chance.randrange(1, 20))
        case 3:
            place = chance.randrange(len(lines))
            lines[place] = lines[place][::-1]
        case _:
            return text.replace(" ", "\n", chance.choice((1, 10, -1)))
    return "\n".join(lines)


def _keyboard(text: str, chance: random.Random) -> str:
    """The same from another keyboard."""
    arabic = text.replace("ی", "\u064a").replace("ک", "\u0643")
    others = (arabic, text.replace(ZWNJ, ""), text.replace(ZWNJ, " "), to_ascii(text), text.upper())
    return chance.choice(others)


_DAMAGES = (_cut, _repeat, _move, _insert, _insert, _exchange, _lines, _keyboard)
