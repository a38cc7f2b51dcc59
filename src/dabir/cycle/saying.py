"""What a notice says, made when it is read; of what is above the normal class nothing but that it waits."""

from __future__ import annotations

from dataclasses import dataclass

from dabir.cycle.models import Notice, NoticeKind
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.notices import WAITING
from dabir.persian import jalali
from dabir.persian.digits import to_persian

LONGEST = 110
WITH = ("obligation__meeting", "letter", "meeting", "post__party")
"""What is read with notices that are to be said."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`kind` says what it is, `code` and `about` of what; both are empty where that is not to be told."""

    kind: str
    code: str
    about: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.kind, " ".join(filter(None, (self.code, self.about))))))


def say(notice: Notice) -> Sentence:
    """In the language of whoever reads it; what people wrote stays as it is."""
    if is_classified(notice):
        return Sentence(WAITING, "", "")
    kind = str(notice.get_kind_display())
    if notice.obligation:
        return Sentence(kind, notice.obligation.code, _short(notice.obligation.action))
    if notice.letter:
        return Sentence(kind, "", _short(notice.letter.subject))
    if notice.meeting:
        when = f" · {jalali.format_day(notice.meeting.date)}" if notice.kind == NoticeKind.MOVED else ""
        return Sentence(kind, "", _short(notice.meeting.title) + when)
    return Sentence(kind, "", _short(notice.post.party.name) if notice.kind == NoticeKind.SUCCESSOR else "")


def is_classified(notice: Notice) -> bool:
    """Whether it points to something above the normal class."""
    debt, letter, meeting = notice.obligation, notice.letter, notice.meeting
    met = debt.meeting if debt else None
    classes = [one.secrecy for one in (letter, meeting, met) if one]
    return any(one != SecrecyClass.NORMAL for one in classes)


def _short(text: str) -> str:
    plain = to_persian(" ".join(text.split()))
    return plain if len(plain) <= LONGEST else plain[:LONGEST].rsplit(" ", 1)[0] + "…"
