"""Labels inside an item: «… (مسئول: اداره کل راه، مهلت: ۱۵ روز)»."""

from __future__ import annotations

from dabir.reading.lines import Passage
from dabir.reading.wording import any_of, rx

_LABELS = {
    "lead": any_of(
        """مسئول|مسئولین|مسئول پیگیری|مسئول اجرا|مسئول انجام|مسئول اقدام|مجری|مجری طرح|متولی|اقدام کننده
            |پیگیری کننده|دستگاه مجری|دستگاه مسئول|دستگاه متولی|دستگاه اجرایی|واحد مسئول|واحد اقدام کننده|اقدام
            |پیگیری|مسئولیت|مسئولیت اجرا|مسئولیت پیگیری|مسئول پیگیری و اجرا"""
    ),
    "helpers": any_of("همکار|همکاران|دستگاه همکار|دستگاه های همکار|یاور|دستگاه یاور|دستگاه های یاور|همکاری|با همکاری"),
    "due": any_of(
        """مهلت|مهلت اجرا|مهلت انجام|مهلت اقدام|مهلت پیگیری|زمان|زمان اجرا|زمان انجام|موعد|موعد انجام|سررسید
            |تاریخ اجرا|تاریخ انجام|مدت|زمان بندی"""
    ),
}
_LABEL = rx(r"(?<!\w)(?:" + "|".join(f"(?P<{role}>{source})" for role, source in _LABELS.items()) + r")\s*:\s*")
_TAIL = " \t\n.،؛)](–—-|/("


def labelled(passage: Passage) -> tuple[Passage, dict[str, Passage]]:
    """The item without its labels, and what they say, by role («lead», «helpers», «due»)."""
    found = [match for match in _LABEL.finditer(passage.folded) if match.start() > 0]
    if not found:
        return passage, {}
    values: dict[str, Passage] = {}
    bounds = [match.start() for match in found[1:]] + [len(passage.text)]
    for match, end in zip(found, bounds, strict=True):
        text = passage.text[match.end() : end]
        values.setdefault(str(match.lastgroup), passage.cut(match.end(), match.end() + len(text.rstrip(_TAIL))))
    body = passage.text[: found[0].start()]
    return passage.cut(
        0, len(body.rstrip(_TAIL + "[(")) + body[len(body.rstrip(_TAIL + "[(")) :].startswith(".")
    ), values
