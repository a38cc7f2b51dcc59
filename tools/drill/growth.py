"""No text makes time explode. Strings without end, of whatever a pattern may repeat or try twice, are given to the
reader at several places of minutes, and to each of its patterns alone; ten times the text may take ten times the time.
"""

from __future__ import annotations

import ast
import importlib
import math
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, partial
from pathlib import Path
from types import ModuleType

import dabir.persian
import dabir.reading
from dabir.persian.letters import ZWNJ, same_length_fold
from dabir.reading.context import Context
from dabir.reading.lines import WIDEST_GAP
from dabir.reading.reader import read_text

LENGTHS = (312, 1_250, 5_000, 20_000)  # letters
_STEP = 4
_WINDOW = LENGTHS[1]  # letters that a pattern is given at most where its users give it a part of the text
STEEPEST = 1.3  # how time may grow: the exponent
FLOOR = 0.1  # seconds below which nothing is said of growth
ROUNDS = 5  # of which the least counts, where one has seemed to explode: others work on this machine, too

_GAP = " " * (WIDEST_GAP - 1)
UNITS = [
    *(
        "1",
        "۱",
        "ا",
        "و",
        "a",
        "é",
        "²",
        "-",
        ".",
        "...",
        ":",
        "،",
        "/",
        "|",
        "*",
        "#",
        "(",
        ")",
        "«",
        "»",
        "(((«",
        "٪",
    ),
    *(
        f"{_GAP}و",
        f"مقرر{_GAP}",
        f"۱{_GAP}",
        f"({_GAP}",
        f"،{_GAP}",
        f"ا{ZWNJ}",
        "اـ",
        "اً",
        "\t",
        "| ",
        "| الف ",
        "ا\t",
    ),
    *("1/", "1-", "1,", "1:", "۱- ", "۱-۱-", "(1) ", "1 ", "1398/07/17 ", "۹۸/۷/۱۷ ", "صد و ", "هزار ", "بیست و یک "),
    *("و ", "به ", "تا ", "با ", "در ", "از ", "را ", "که ", "مقرر ", "مقرر شد ", "مقرر شد شهرداری ", "موظف است "),
    *("نماید ", "نماید. ", "گردد، ", "توسط ", "با همکاری ", "با حضور ", "ظرف ", "تا پایان ", "حداکثر ", "ماه ", "سال "),
    *("روز ", "هفته ", "جلسه مورخ ", "ساعت ", "بند ", "تبصره ", "ماده ", "شماره ", "اداره ", "اداره کل ", "شهرداری، "),
    *("آقای ", "دکتر ", "آقای احمدی، ", "رئیس ", "رئیس جلسه: ", "گفت ", "ایشان ", "نامبرده ", "استان ", "درصد "),
    *("\n", "ا\n", "۱-\n", "الف\tب\n", "همان\n", "حاضران:\n", "مصوبات:\n", "۱- مقرر شد شهرداری گزارش دهد\n"),
]
_WITHIN_WORDS = ("اـ", "اً")
FRAMES = [
    "{}",
    "صورتجلسه ستاد {}شماره ۴\nتاریخ جلسه: {}\n",
    "مصوبات:\n۱- مقرر شد شهرداری {}تا ۱۳۹۸/۰۸/۰۱ گزارش را به دبیرخانه ارسال نماید.\n",
    "مصوبات:\n۱- شهرداری با همکاری {}موظف است حداکثر تا {}اقدام نماید\n",
    "مصوبات:\n۱- گزارش {}توسط {}و اداره راه {}تهیه شود\n",
    "مصوبات:\nردیف | شرح | مسئول | مهلت\n۱ | {} | {} | {}\n",
    "مذاکرات:\nآقای احمدی {}گفت: {}\n",
    "حاضران:\nآقای {}- رئیس\nغایبان: {}\n",
]


@dataclass(frozen=True, slots=True)
class Growth:
    """How the time of one thing grows with its text."""

    what: str
    exponent: float
    seconds: float

    @property
    def explodes(self) -> bool:
        return self.exponent > STEEPEST and self.seconds > FLOOR

    def __str__(self) -> str:
        return f"{self.what}: exponent {self.exponent:.2f}, {self.seconds:.2f} s"


def measure() -> str:
    """The steepest growth of the reader and of a pattern. Raises where one explodes."""
    said = []
    for name, rows in (("the reader", of_reader()), ("a pattern", of_patterns())):
        grown = sorted(rows, key=lambda row: -row.exponent * (row.seconds > FLOOR))
        bad = [str(row) for row in grown if row.explodes]
        assert not bad, f"time explodes in {len(bad)} cases:\n" + "\n".join(bad)
        slowest = max(grown, key=lambda row: row.seconds)
        said.append(f"growth of {name}: {len(grown):,} cases; the steepest: {grown[0]}; the slowest: {slowest}")
    return "\n".join(said)


def of_reader(units: list[str] = UNITS) -> Iterator[Growth]:
    """The reader, on each unit without end in each frame."""
    for frame in FRAMES:
        for unit in units:
            yield grown(f"{unit!r} in {frame[:40]!r}", partial(_read, frame), unit)


def _read(frame: str, text: str) -> None:
    places = frame.count("{}")
    read_text(frame.replace("{}", text[: len(text) // places]), Context())


def of_patterns(units: list[str] = UNITS, most: int = LENGTHS[-1]) -> Iterator[Growth]:
    """Each pattern of `dabir.reading` and `dabir.persian` alone, searched or matched as its users do, on folded text of
    at most `most` letters.

    What the reader lets no pattern see is left out: blanks without end, and signs between the letters of a word.
    """
    folded = [same_length_fold(unit) for unit in units if unit.strip() and unit not in _WITHIN_WORDS]
    for pattern, name in patterns().items():
        use = _search if _is_searched(name) else _match
        longest = min(most, _WINDOW) if _is_windowed(name) else most
        for unit in folded:
            yield grown(f"{unit!r} in {name}", partial(use, pattern), unit, longest)


def grown(what: str, act: Callable[[str], object], unit: str, most: int = LENGTHS[-1]) -> Growth:
    """The growth of `act` on ever more of `unit`, in the processor's time. What seems to explode is measured again, as
    the least of some rounds at each length."""
    found = Growth(what, *_grown(act, unit, most))
    return Growth(what, *_grown(act, unit, most, ROUNDS)) if found.explodes else found


def _grown(act: Callable[[str], object], unit: str, most: int, rounds: int = 1) -> tuple[float, float]:
    before = seconds = 0.0
    for length in (length for length in LENGTHS if length <= most):
        before, seconds = seconds, min(_seconds(act, unit * max(1, length // len(unit))) for _ in range(rounds))
        if seconds > 1 or (length == LENGTHS[-2] and seconds * _STEP**3 < FLOOR):
            break  # it explodes, or cannot any more
    return math.log(max(seconds, 1e-6) / max(before, 1e-6)) / math.log(_STEP), seconds


def _seconds(act: Callable[[str], object], text: str) -> float:
    for forget in _memories():
        forget()  # no round may have it from the one before
    began = time.process_time()
    act(text)
    return time.process_time() - began


@cache
def _memories() -> list[Callable[[], None]]:
    """How what functions remember of a text is forgotten; tables that are read once (`cache`) stay."""
    held = {id(one): one for module in _modules() for one in vars(module).values() if hasattr(one, "cache_parameters")}
    return [one.cache_clear for one in held.values() if one.cache_parameters()["maxsize"] is not None]


def _search(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass
    pattern.fullmatch(text)


def _match(pattern: re.Pattern[str], text: str) -> None:
    pattern.match(text)
    pattern.fullmatch(text)


# --- which patterns there are


@cache
def patterns() -> dict[re.Pattern[str], str]:
    """All patterns, each with a name or a place: those that modules hold, and those written where they are used."""
    found: dict[re.Pattern[str], str] = {}
    for module in _modules():
        for name, value in vars(module).items():
            for pattern in _inside(value, 4):
                found.setdefault(pattern, f"{module.__name__}.{name}")
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _WRITTEN:
                written = node.args[0]
                if isinstance(written, ast.Constant) and isinstance(written.value, str):
                    where = f"{module.__name__}:{node.lineno} {ast.unparse(node.func)}"
                    found.setdefault(re.compile(written.value), where)
    return found


_WRITTEN = {f"re.{act}" for act in ("search", "match", "fullmatch", "split", "sub", "findall", "finditer")}


def _modules() -> Iterator[ModuleType]:
    for package in (dabir.persian, dabir.reading):
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            yield importlib.import_module(info.name)


def _inside(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    """The patterns that `value` is or holds."""
    if hasattr(value, "finditer") and isinstance(source := getattr(value, "pattern", None), str):
        yield re.compile(source)  # also where it is compiled only when it is first used
        return
    held: list[object] = []
    if isinstance(value, dict):
        held = [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        held = list(value)
    elif is_dataclass(value) and not isinstance(value, type):
        held = [getattr(value, field.name) for field in fields(value)]
    for one in held if depth else ():
        yield from _inside(one, depth - 1)


@cache
def _is_searched(name: str) -> bool:
    """Whether a pattern is looked for anywhere in a text; one that is only matched starts where it is told to."""
    own = name.rpartition(".")[2]
    if ":" in name:
        return own not in ("match", "fullmatch")
    used = {act for line in _users(name) for act in re.findall(rf"\b{own}(?:\[[^\]]*\])?\.(\w+)\(", line)}
    used = used or {act for line in _users(name) for act in re.findall(r"\.(\w+)\(", line)}
    return not used & {"match", "fullmatch"} or bool(used & {"search", "finditer", "sub", "findall", "split"})


@cache
def _is_windowed(name: str) -> bool:
    """Whether a pattern is given some letters only: a part with its end, or a place and so many letters behind it."""
    return bool(_users(name)) and all(re.search(r":[^\]:]*\w\]\)|\+ _?[A-Z_]+\)", line) for line in _users(name))


def _users(name: str) -> list[str]:
    """The lines of source that use a pattern."""
    module, _, own = name.rpartition(".")
    if ":" in name:
        return []
    modules = [module] if own.startswith("_") else [one.__name__ for one in _modules()]
    lines = [line for one in modules for line in _source(one).split("\n")]
    return [
        line for line in lines if re.search(rf"\b{own}\b(?! =)", line) and not line.startswith(("from ", "    " + own))
    ]


@cache
def _source(module: str) -> str:
    return Path(str(importlib.import_module(module).__file__)).read_text(encoding="utf-8")
