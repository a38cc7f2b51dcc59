"""Labels inside an item: «… (مسئول: اداره کل راه، مهلت: ۱۵ روز)»."""

from __future__ import annotations

from dabir.reading.joined import names_from
from dabir.reading.lines import Passage
from dabir.reading.wording import any_of, rx

_LABELS = {
    "lead": any_of(
        """مسئول|مسئولین|مسئول اجرا|مسئول انجام|مسئول اقدام|مجری|مجری طرح|متولی|اقدام کننده|دستگاه مجری|دستگاه مسئول
            |دستگاه متولی|دستگاه اجرایی|واحد مسئول|واحد اقدام کننده|اقدام|مسئولیت|مسئولیت اجرا|مسئول پیگیری و اجرا"""
    ),
    "follower": any_of("مسئول پیگیری|پیگیری کننده|پیگیری|مسئولیت پیگیری"),
    "helpers": any_of("همکار|همکاران|دستگاه همکار|دستگاه های همکار|یاور|دستگاه یاور|دستگاه های یاور|همکاری|با همکاری"),
    "due": any_of(
        """مهلت|مهلت اجرا|مهلت انجام|مهلت اقدام|مهلت پیگیری|زمان|زمان اجرا|زمان انجام|موعد|موعد انجام|سررسید
            |تاریخ اجرا|تاریخ انجام|مدت|زمان بندی"""
    ),
}
_LABEL = rx(r"(?<!\w)(?:" + "|".join(f"(?P<{role}>{source})" for role, source in _LABELS.items()) + r")\s*:\s*")
_UNMARKED = rx(
    r"(?<!\w)(?:(?P<follower>مسئول پیگیری|پیگیری کننده)|(?P<lead>مسئول اجرا|اقدام کننده|دستگاه مجری|دستگاه مسئول))\s+"
)
_TAIL = " \t\n.،؛()[]–—-|/"


def labelled(passage: Passage) -> tuple[Passage, dict[str, Passage]]:
    """The item without its labels, and what they say, by role («lead», «follower», «helpers», «due»)."""
    found = [match for match in _LABEL.finditer(passage.folded) if match.start() > 0]
    last = next(reversed(list(_UNMARKED.finditer(passage.folded))), None)
    if not found and last and last.start() > 0 and _ends_with_name(passage, last.end()):
        found = [last]
    if not found or not passage.text[: found[0].start()].strip(_TAIL):
        return passage, {}  # labels alone say no duty
    values: dict[str, Passage] = {}
    bounds = [match.start() for match in found[1:]] + [len(passage.text)]
    for match, end in zip(found, bounds, strict=True):
        text = passage.text[match.end() : end]
        values.setdefault(str(match.lastgroup), passage.cut(match.end(), match.end() + len(text.rstrip(_TAIL))))
    body = passage.text[: found[0].start()].rstrip(_TAIL)
    return passage.cut(0, len(body)), values


def _ends_with_name(passage: Passage, at: int) -> bool:
    """True where a name, and nothing else, stands between `at` and the end («… مسئول پیگیری آقای نوری»)."""
    spans, end = names_from(passage, at, len(passage.text))
    return bool(spans) and not passage.text[end:].strip(_TAIL)
