"""Why a row of an old register is refused, or is nothing new: each reason as a sentence that says what to do."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dabir.persian.jalali import format_day

_SENTENCES: dict[str, str | Promise] = {
    "no-text": gettext_lazy("The text of the resolution is missing."),
    "long-text": gettext_lazy("The text of the resolution is far too long."),
    "no-number": gettext_lazy("The number of the meeting is missing."),
    "bad-number": gettext_lazy("The number of the meeting cannot be read."),
    "no-date": gettext_lazy("The date of the meeting is missing."),
    "bad-date": gettext_lazy("The date of the meeting cannot be read; write it like 1398/07/17."),
    "future": gettext_lazy("The date of the meeting lies in the future."),
    # Whoever prepares sheets may not know more of such a meeting, not even its day.
    "classified": gettext_lazy("This meeting is above the normal class; enter its rows by hand."),
    "other-day": gettext_lazy("This meeting has another date in the register: %(day)s."),
    "other-day-row": gettext_lazy("This meeting has another date in row %(row)s: %(day)s."),
    "other-text": gettext_lazy(
        "This row of the meeting is in the register with another text (%(code)s). To correct it, take the copy of the "
        "sheet that carries «شناسه دبیر»."
    ),
    "twice": gettext_lazy("Row %(row)s has the same number in the same meeting, with another text."),
    "repeats": gettext_lazy("It says the same as row %(row)s."),
    "of-minutes": gettext_lazy("It is in the register, from the minutes of the meeting."),
    "minutes-hold": gettext_lazy("%(code)s comes from minutes: a sheet cannot change its text."),
    "sealed": gettext_lazy("The minutes of this meeting are sealed: only an erratum changes what they decided."),
    "unknown-code": gettext_lazy("There is no debt %(code)s in this body's register."),
    "code-twice": gettext_lazy("%(code)s stands in two rows."),
    "other-meeting": gettext_lazy("%(code)s is of another meeting; a sheet cannot move it."),
    "lead-less": gettext_lazy("%(code)s has more agencies in the register; cancel there what is no debt."),
    "ask-first": gettext_lazy("Say first whom the sheet means that is to owe %(code)s now."),
    "group": gettext_lazy("%(code)s is a duty of a group; change who owes it in the register."),
    "moved": gettext_lazy("%(code)s has been changed here since it came in; change it in the register."),
}


class Reason:
    """A reason by its word, with what its sentence names."""

    def __init__(self, cause: str, *, day: date | None = None, row: int = 0, code: str = "") -> None:
        self.cause, self._day, self._row, self._code = cause, day, row, code

    def __str__(self) -> str:
        cause = "other-day-row" if self.cause == "other-day" and self._row else self.cause
        day = format_day(self._day, persian_digits=False) if self._day else ""
        return str(_SENTENCES[cause]) % {"day": day, "row": self._row, "code": self._code}
