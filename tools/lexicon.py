"""Makes `src/dabir/persian/data` anew out of two word lists (both MIT): `python -m tools.lexicon FOLDER`.

FOLDER holds the unpacked wheels hazm 0.10.0 (`hazm/data/words.dat`) and shekar 1.7.0 (`shekar/data/files/*.csv`).
The names of the country's places (directory/data) are words too: a village is no slip.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from dabir.persian.letters import ZWNJ, canonical, fold
from dabir.persian.spelling import SOUND_ALIKE, SUFFIXES

SOURCE = Path(__file__).parent.parent / "src" / "dabir"
DATA = SOURCE / "persian" / "data"
LEAST = 20_000  # how often a word of shekar's must stand in its corpus
FREQUENT = 400_000  # how often a word must stand there to be what another one was meant to be
RARER = 100  # so many times rarer than a word one confused letter away, and in one list only: a slip itself
_NO_JOIN = set("ادذرزژوآأإؤ")  # letters that do not join the next one: a ZWNJ after them does not show
_COUNTS = (
    "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده بیست سی چهل پنجاه شصت "
    "هفتاد هشتاد نود صد هزار میلیون میلیارد"
).split()
_NAMES = set(
    "علی رضا محمد حسین حسن الله الدین الاسلام زاده پور نیا آباد اباد خان بیگ نژاد نشان "
    "ها های شده کردن شدن کرده نشده".split()
)
# What offices write and web pages do not.
_OFFICE = """
    اعضا نمایندگان رانندگان آبفا آبفار آبفای یکسال صرفا شخصا عینا رسما کتبا شفاها موکدا متعاقبا ذیحساب ذیحسابی خزانه‌داری
    مکانیزاسیون متخذه مطروحه معنونه مشارالیه ایشان نامبرده نامبردگان هدررفت تضامین مصوب مصوبه معوق معوقه مازاد مابقی
    صورتجلسه صورت‌جلسه صورتجلسات بخشداری بخشدار دهیاری دهیار فرمانداری فرماندار استانداری استاندار شهرداری شهردار
    احیا احیای اجرا اجرای ابقا امضا امنا انشا اقتضا منشا جزء اعطا ارتقا ارتقای القا استثنا استعفا
"""


def main(folder: Path) -> None:
    """Write words.txt and compounds.txt."""
    hazm = dict(_hazm(folder / "hazm" / "data" / "words.dat"))
    shekar = dict(_counted(folder / "shekar" / "data" / "files" / "vocab.csv"))
    compounds = _compounds(folder / "shekar" / "data" / "files" / "compound_words.csv", hazm, shekar)
    solid = {fold(word) for word in hazm if ZWNJ not in word}
    counted: Counter[str] = Counter()
    for word, times in shekar.items():
        for part in fold(word).split():
            counted[part] = max(counted[part], times)
    words = {word for word, times in counted.items() if times >= LEAST}
    words |= {part for word, times in hazm.items() if times for part in fold(word).split()}
    words -= set(_slips(words - solid, counted))
    words |= set(fold(_OFFICE).split())
    words |= {part for name in _places() for part in fold(name).split()}
    words = {word for word in words if word.isalpha() and not word.isascii()}
    keys = {word.replace(ZWNJ, "") for word in compounds}
    spellings = [*hazm, *sorted(shekar, key=shekar.__getitem__)]
    spelled = {fold(word): word for word in spellings if ZWNJ not in word}
    frequent = [
        spelled[word]
        for word, times in counted.most_common()
        if times >= FREQUENT and word in words and word in solid and len(word) >= 3 and word not in keys
    ]
    folded = list(map(fold, frequent))
    rest = sorted(words - set(folded))
    _write("words.txt", "\n\n".join("\n".join(block) for block in (frequent, folded, rest)) + "\n")
    _write("compounds.txt", "\n".join(sorted({ZWNJ.join(map(fold, word.split(ZWNJ))) for word in compounds})) + "\n")
    print(f"{len(frequent)} frequent words, {len(rest)} others, {len(compounds)} compounds")


def _write(name: str, text: str) -> None:
    (DATA / name).write_text(text, encoding="utf-8")


def _hazm(file: Path) -> list[tuple[str, int]]:
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return [(canonical(word), int(times)) for word, times, *_ in rows]


def _counted(file: Path) -> list[tuple[str, int]]:
    with file.open(encoding="utf-8", newline="") as rows:
        return [(canonical(word), int(times)) for word, times in csv.reader(rows)]


def _places() -> set[str]:
    names = set()
    for file in sorted((SOURCE / "directory" / "data").rglob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            names |= {row["name"] for row in csv.DictReader(rows)}
    return names


def _compounds(file: Path, hazm: dict[str, int], shekar: dict[str, int]) -> set[str]:
    """Words that are written with one ZWNJ where it shows, and that no list has in one piece."""
    listed = {canonical(line) for line in file.read_text(encoding="utf-8").splitlines() if "#" not in line}
    listed |= {word for word, times in hazm.items() if times}
    kept = set()
    for word in listed:
        parts = word.split(ZWNJ)
        shows = len(parts) == 2 and len(parts[0]) > 1 and len(parts[1]) > 1 and parts[0][-1] not in _NO_JOIN
        if not shows:
            continue
        counts = any(parts[0].startswith(number) for number in _COUNTS)
        solid = word.replace(ZWNJ, "")
        # «دعوتنامه» is written in one piece too; after a silent he that would be wrong.
        accepted = solid in hazm or (solid in shekar and not parts[0].endswith("ه"))
        if not counts and not accepted and not parts[1].startswith("آ") and parts[1] not in _NAMES:
            kept.add(word)
    return kept


def _slips(words: set[str], counted: Counter[str]) -> set[str]:
    """The rare words that are a frequent one but for a letter that sounds alike."""
    found = set()
    for word in words:
        for at, letter in enumerate(word):
            for other in SOUND_ALIKE.get(letter, ""):
                right = word[:at] + other + word[at + 1 :]
                if counted[right] > RARER * counted[word] and not word.endswith(SUFFIXES):
                    found.add(word)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
