"""What may be said of a letter outside the pages of those who may read it: in feeds, by e-mail and by SMS."""

from __future__ import annotations

from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter

WAITING = "نامه‌ای در انتظار شماست"


def notice_of(letter: Letter) -> str:
    """The subject of a normal letter; of one above that class only that there is one."""
    return letter.subject if letter.secrecy == SecrecyClass.NORMAL else WAITING
