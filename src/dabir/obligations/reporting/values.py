"""What people say of a debt's progress, as the plain values that the services take; `Invalid` names the field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from django.conf import settings
from django.utils.translation import gettext as _

from dabir.directory.spans import check_span
from dabir.foundation import files
from dabir.foundation.errors import Invalid
from dabir.foundation.fields import FIRST_DAY
from dabir.letters.numbering import LONGEST_NUMBER, clean_number
from dabir.letters.wordings import tidy
from dabir.obligations.models import Asks, Obstacle
from dabir.persian import clock

LONGEST, LONGEST_NAME = 4_000, 200
MOST_MILESTONES = 40
_OFFICE = (".docx", ".xlsx")

File = tuple[str, bytes]
"""A file's name and its bytes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What a debtor says of a period: the part of the whole that is done at its end. `done` proposes to close the debt;
    then `percent` is 100. `said_by` says whose words they are where somebody else enters them."""

    starts: date
    ends: date
    percent: int
    done: bool = False
    narrative: str = ""
    said_by: str = ""

    def checked(self) -> Progress:
        """As it is stored; `Invalid` where it can be none."""
        check_span(self.starts, self.ends)
        if self.ends > clock.today():
            raise Invalid(_("A report is of what was done: its last day is today or earlier."), field="ends")
        percent = 100 if self.done else check_percent(self.percent)
        narrative = clean(self.narrative, "narrative")
        if not narrative:
            raise Invalid(_("Say in a few words what was done."), field="narrative")
        return Progress(self.starts, self.ends, percent, self.done, narrative, clean_name(self.said_by, "said_by"))


@dataclass(frozen=True, slots=True)
class Signed:
    """A letter by which somebody stands for a report; empty where they do so by a click of their own."""

    said_by: str = ""
    number: str = ""
    dated: date | None = None
    scan: bytes = field(default=b"", repr=False)
    text: str = ""

    def checked(self, *, clicks: str = "") -> Signed:
        """As it is stored. `clicks` is the name of whoever's own act it is, who needs no letter."""
        number, name = clean_number(self.number), clean_name(self.said_by, "said_by") or clicks
        if not name:
            raise Invalid(_("Write who signed the letter."), field="said_by")
        if len(number) > LONGEST_NUMBER or (not number and (self.dated or not clicks)):
            raise Invalid(_("Write the letter's number, at most 40 characters."), field="number")
        if number and self.dated is None:
            raise Invalid(_("Write the letter's date."), field="dated")
        check_past(self.dated, "dated")
        if self.scan:
            check_files([("scan", self.scan)], at="scan", kinds=("pdf", "png", "jpg", "tif"))
        return Signed(name, number, self.dated, self.scan, clean(self.text, "text"))


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to the field: on which day, who went, and what they saw."""

    day: date
    who: str
    seen: str

    def checked(self) -> Visit:
        check_past(self.day, "visited_on")
        who, seen = clean_name(self.who, "visited_by"), clean(self.seen, "seen")
        if not who:
            raise Invalid(_("Write who went there."), field="visited_by")
        if not seen:
            raise Invalid(_("Write what was seen."), field="seen")
        return Visit(self.day, who, seen)


@dataclass(frozen=True, slots=True)
class Found:
    """What the secretariat found a report to be worth, by papers or by a visit."""

    percent: int
    text: str = ""
    visit: Visit | None = None

    def checked(self) -> Found:
        visit = self.visit.checked() if self.visit else None
        return Found(check_percent(self.percent), clean(self.text, "text"), visit)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What stands in a debt's way, and what it needs: nothing, a decision of the body (`wanted`), or an answer from the
    capital: who asked whom by which letter, and who promised what for when."""

    text: str
    asks: str = Asks.NOTHING
    wanted: str = ""
    asked_by: str = ""
    asked_of: str = ""
    number: str = ""
    dated: date | None = None
    promised_by: str = ""
    promise: str = ""
    promised_for: date | None = None

    def checked(self) -> Hindrance:
        text, wanted = clean(self.text, "hindrance"), clean(self.wanted, "wanted")
        if not text:
            raise Invalid(_("Say what stands in the way."), field="hindrance")
        if self.asks not in Asks.values:
            raise Invalid(_("Choose what it needs."), field="asks")
        if self.asks == Asks.DECISION and not wanted:
            raise Invalid(_("Write which decision is needed."), field="wanted")
        number = clean_number(self.number)
        if len(number) > LONGEST_NUMBER:
            raise Invalid(_("Write the letter's number, at most 40 characters."), field="asked_number")
        capital = self.asks == Asks.CAPITAL
        asked_of = clean_name(self.asked_of, "asked_of") if capital else ""
        if capital and not asked_of:
            raise Invalid(_("Write who was asked."), field="asked_of")
        check_past(self.dated, "asked_dated")
        check_span(self.promised_for, None)
        if not capital:
            return Hindrance(text, self.asks, wanted if self.asks else "")
        return Hindrance(
            text,
            self.asks,
            wanted,
            clean_name(self.asked_by, "asked_by"),
            asked_of,
            number,
            self.dated,
            clean_name(self.promised_by, "promised_by"),
            clean(self.promise, "promise"),
            self.promised_for,
        )


@dataclass(frozen=True, slots=True)
class Word:
    """What is new of an obstacle that waits for the capital: another letter, or another promise. What is left empty
    stays as it is; a letter's number goes with its date, a promise with who gave it for when."""

    asked_of: str = ""
    asked_by: str = ""
    number: str = ""
    dated: date | None = None
    promised_by: str = ""
    promise: str = ""
    promised_for: date | None = None

    def added_to(self, there: Obstacle) -> Hindrance:
        """All that holds with it, `checked`; `Invalid` where it says nothing."""
        letter = self.number.strip() or self.dated
        promise = self.promised_by.strip() or self.promise.strip() or self.promised_for
        if not (letter or promise or self.asked_of.strip() or self.asked_by.strip()):
            raise Invalid(_("Write which letter went or what was promised."), field="asked_number")
        return Hindrance(
            there.text,
            there.asks,
            there.wanted,
            self.asked_by if self.asked_by.strip() else there.asked_by,
            self.asked_of if self.asked_of.strip() else there.asked_of,
            self.number if letter else there.number,
            self.dated if letter else there.dated,
            self.promised_by if promise else there.promised_by,
            self.promise if promise else there.promise,
            self.promised_for if promise else there.promised_for,
        ).checked()


def check_files(sent: Sequence[File], *, at: str = "files", kinds: Sequence[str] = ()) -> list[File]:
    """The files as they are kept; `Invalid` for one that is empty, too large, or neither a picture nor a document."""
    if len(sent) > settings.MOST_UPLOADS:
        raise Invalid(_("At most %(count)s files.") % {"count": settings.MOST_UPLOADS}, field=at)
    kept = []
    for name, data in sent:
        if not data:
            raise Invalid(_("“%(name)s” is empty.") % {"name": files.shown_name(name)}, field=at)
        if len(data) > settings.LARGEST_UPLOAD:
            raise Invalid(_("“%(name)s” is too large.") % {"name": files.shown_name(name)}, field=at)
        ending = files.ending_of(data)
        office = ending == "zip" and PurePath(name.lower()).suffix in _OFFICE and not kinds
        if not (office or ending in (kinds or ("pdf", "png", "jpg", "tif"))):
            sentence = _("“%(name)s” is neither a picture nor a document. Give a JPEG, PNG, TIFF, PDF, DOCX or XLSX.")
            raise Invalid(sentence % {"name": files.shown_name(name)}, field=at)
        kept.append((files.shown_name(name), data))
    return kept


def check_percent(percent: int, at: str = "percent") -> int:
    if not 0 <= percent <= 100:
        raise Invalid(_("A part of the whole is from 0 to 100."), field=at)
    return percent


def check_past(day: date | None, at: str) -> None:
    """`Invalid` for a day that is still to come, or that no record can have."""
    if day is not None and day > clock.today():
        raise Invalid(_("This day is still to come."), field=at)
    if day is not None and day < FIRST_DAY:
        raise Invalid(_("This day is too far away."), field=at)


def clean(text: str, at: str, longest: int = LONGEST) -> str:
    """Without signs that no page shows; `Invalid` where it is too long."""
    found = tidy(text)
    if len(found) > longest:
        raise Invalid(_("At most %(count)s letters.") % {"count": longest}, field=at)
    return found


def clean_name(text: str, at: str) -> str:
    return clean(text, at, LONGEST_NAME).replace("\n", " ")
