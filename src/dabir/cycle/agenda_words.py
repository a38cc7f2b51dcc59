"""What a line of the next agenda says: why it is there, which decisions could be made, and how the agenda names it.

Reasons are in the reader's language. Decisions and items are words of the record, so Persian; a decision names its debt
by code as `reading.acts` reads it, and leaves «…» where only a person knows what to write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dabir.cycle.next_minutes import in_short, line_for
from dabir.obligations.deciding import TIMELESS, Decided
from dabir.obligations.models import Act, Obligation
from dabir.obligations.weighing import Why, ranked
from dabir.persian import clock, jalali
from dabir.persian.digits import to_persian

BLANK = "«…»"
"""Stands in a draft for what nobody but the meeting can say; a decision with it decides nothing until it is filled."""

LONGEST = 400


@dataclass(frozen=True, slots=True)
class At:
    """A debt as it stands on the day of the agenda, with all that its words need."""

    debt: Obligation
    today: date
    planned: int | None
    wanted: date | None
    """Until when more time is asked for."""
    working: date | None
    """The first working day from then on."""
    obstacle: str
    """What is wanted of the meeting by the first one in its way that asks for a decision."""
    awaited: Obligation | None
    """A running debt that leaves it no time, of those that it waits for: the one that is due first."""
    decided: date | None
    waiting: int
    """How many running debts wait for it."""

    @property
    def done(self) -> int:
        debt = self.debt
        return debt.verified_percent if debt.verified_percent is not None else debt.reported_percent or 0


@dataclass(frozen=True, slots=True)
class Part:
    """A reason, in words, and what it adds to the score."""

    why: Why
    text: str
    points: int

    @property
    def told(self) -> str:
        return _("%(reason)s (%(points)s points)") % {"reason": self.text, "points": _figures(self.points)}


def reasons_for(at: At, points: Mapping[Why, int]) -> tuple[Part, ...]:
    """What weighs most first."""
    return tuple(Part(why, _SENTENCES[why](at), points[why]) for why in ranked(points))


def more_of(count: int) -> str:
    """That others of its group, or of its recurring duty, are as it is."""
    said = ngettext(
        "%(count)s other of the same decision is on it too",
        "%(count)s others of the same decision are on it too",
        count,
    )
    return said % {"count": _figures(count)}


def alone(code: str) -> str:
    """That item and decisions are about one of several."""
    return _("item and decisions are about %(code)s alone") % {"code": code}


def item_for(at: At, parts: tuple[Part, ...]) -> str:
    """An item of an agenda: what is to be looked at, with the debt's code."""
    why = asking([part.why for part in parts])
    return f"بررسی تکلیف «{in_short(at.debt.action)}» به شماره {at.debt.code}: {_ASKED_FOR[why]}"


def candidates_for(at: At, parts: tuple[Part, ...]) -> tuple[str, str]:
    """Two decisions that fit what is asked of the meeting, else the reason that weighs most; the likelier one first."""
    return _DECISIONS[asking([part.why for part in parts])](at)


def asking(reasons: Sequence[Why]) -> Why:
    """By which of a debt's reasons, what weighs most first, it is looked at."""
    return next((why for why in OF_ONE if why in reasons), reasons[0])


OF_ONE = (Why.OBSTACLE, Why.BODY_EXTENDS, Why.ASKED)
"""What is asked of the meeting; for the debt itself, whatever its group."""
_ASKED_FOR: dict[Why, str] = {
    Why.OVERDUE: "مهلت آن گذشته است",
    Why.UNSETTLED: "بلاتکلیف است و مجری ندارد",
    Why.OBSTACLE: "مانعی دارد که تصمیم جلسه را می‌خواهد",
    Why.BODY_EXTENDS: "درخواست تمدیدی که در اختیار جلسه است",
    Why.UNDATED: "رویداد آغازگر آن واقع شده و مهلت آن تعیین نشده است",
    Why.SOON: "مهلت آن نزدیک و انجام آن نامطمئن است",
    Why.CHAIN: "منتظر تکلیفی است که به‌موقع تمام نمی‌شود",
    Why.BEHIND: "از برنامه عقب است",
    Why.EVENT: "رویداد آغازگر آن هنوز ثبت نشده است",
    Why.RECURRING: "نوبت انجام آن رسیده است",
    Why.RHYTHM: "دوره تکرار آن معلوم نیست",
    Why.ASKED: "درخواست تمدید دارد",
    Why.PROPOSED: "پیشنهاد خاتمه دارد",
}


def _overdue(at: At) -> str:
    late = (at.today - at.debt.due_day).days if at.debt.due_day else 0
    said = ngettext("%(count)s day past its deadline", "%(count)s days past its deadline", late)
    return said % {"count": _figures(late)}


def _unsettled(at: At) -> str:
    days = (at.today - (at.decided or at.today)).days
    said = ngettext(
        "It has no lead, %(count)s day after it was decided",
        "It has no lead, %(count)s days after it was decided",
        days,
    )
    return said % {"count": _figures(days)}


def _soon(at: At) -> str:
    if at.planned is None:
        return _("Due on %(day)s, and nothing has been reported") % {"day": _day(at.debt.due_day)}
    return _("Due on %(day)s, and it lags its plan") % {"day": _day(at.debt.due_day)}


def _chain(at: At) -> str:
    if not at.awaited:
        return _("It waits for another debt, which leaves it no time")
    return _("It waits for %(code)s, which leaves it no time") % {"code": at.awaited.code}


def _behind(at: At) -> str:
    said = {"planned": _figures(at.planned or 0), "done": _figures(at.done)}
    if at.debt.verified_percent is None and at.debt.reported_percent is None:
        return _("%(planned)s%% was planned by now, and nothing is reported") % said
    if at.debt.verified_percent is None:
        return _("%(planned)s%% was planned by now, %(done)s%% is reported") % said
    return _("%(planned)s%% was planned by now, %(done)s%% is verified") % said


def _extended(at: At) -> str:
    count = at.debt.extensions
    said = ngettext(
        "Extended %(count)s time; first due on %(day)s", "Extended %(count)s times; first due on %(day)s", count
    )
    return said % {"count": _figures(count), "day": _day(at.debt.first_due_day)}


def _breaks(at: At) -> str:
    said = ngettext("%(count)s debt waits for it", "%(count)s debts wait for it", at.waiting)
    return said % {"count": _figures(at.waiting)}


def _unfounded(at: At) -> str:
    said = {
        "reported": _figures(at.debt.reported_percent or 0),
        "verified": _figures(at.debt.verified_percent or 0),
    }
    return _("%(reported)s%% was reported, %(verified)s%% found") % said


_SENTENCES: dict[Why, Callable[[At], str]] = {
    Why.OVERDUE: _overdue,
    Why.UNSETTLED: _unsettled,
    Why.OBSTACLE: lambda at: (
        _("An obstacle asks the meeting to decide: %(wanted)s") % {"wanted": in_short(at.obstacle)}
    ),
    Why.BODY_EXTENDS: lambda at: (
        _("More time is asked for, until %(day)s, which only the body may grant") % {"day": _day(at.wanted)}
    ),
    Why.UNDATED: lambda _at: _("What it waited for has taken place, and it has no deadline yet"),
    Why.SOON: _soon,
    Why.CHAIN: _chain,
    Why.BEHIND: _behind,
    Why.EVENT: lambda at: (
        _("Nobody has recorded yet that “%(event)s” took place") % {"event": in_short(at.debt.trigger)}
    ),
    Why.RECURRING: lambda at: _("A duty that comes again, due on %(day)s") % {"day": _day(at.debt.due_day)},
    Why.RHYTHM: lambda _at: _("A duty that comes again, and nobody has said how often"),
    Why.ASKED: lambda at: _("More time is asked for, until %(day)s") % {"day": _day(at.wanted)},
    Why.PROPOSED: lambda at: (
        _("Done and verified; proposed for closing since %(day)s") % {"day": _day(at.debt.proposed_at)}
    ),
    Why.LADDER: lambda _at: _("The ladder of reminders has brought it to this session"),
    Why.EXTENDED: _extended,
    Why.BREAKS: _breaks,
    Why.SILENT: lambda _at: _("A period has ended without its report"),
    Why.UNFOUNDED: _unfounded,
}


def _day(day: date | datetime | None) -> str:
    if day is None:
        return "—"
    return jalali.format_day(day.astimezone(clock.TEHRAN).date() if isinstance(day, datetime) else day)


def _extend(at: At) -> str:
    """Until the day that was asked for, where there is one that is still ahead: the first working day from it on."""
    debt, day = at.debt, at.wanted
    if day and day > at.today and (debt.due_day is None or day > debt.due_day):
        return line_for(debt, Decided(Act.EXTEND, at.working))
    return f"مهلت تکلیف «{in_short(debt.action)}» به شماره {debt.code} تا تاریخ {BLANK} تمدید شد."


def _later(at: At) -> str:
    """More time; of what has no deadline that could be moved, its end."""
    return _cancel(at) if at.debt.due_kind in TIMELESS else _extend(at)


def _amend(debt: Obligation, text: str) -> str:
    """Its words as they are, and what is added to them: an amended debt has the new words alone."""
    words = debt.action.rstrip(" .؛")
    return line_for(debt, Decided(Act.AMEND, text=f"{words}؛ {text[:LONGEST].rstrip(' .')}"))


def _ask(at: At, about: str, of: Obligation) -> str:
    """That the lead of a debt accounts for it in the next session. The debt's own words are left out: the reader would
    make a duty of them."""
    about = f"در جلسه آینده درباره {about} تکلیف شماره {at.debt.code}"
    if of.group:
        return f"{of.group.name} موظفند {about} گزارش دهند."
    return f"{of.lead.name if of.lead else of.lead_text or BLANK} موظف است {about} گزارش دهد."


def _figures(number: int) -> str:
    return to_persian(str(number))


def _close(at: At) -> str:
    return line_for(at.debt, Decided(Act.CLOSE))


def _cancel(at: At) -> str:
    return line_for(at.debt, Decided(Act.CANCEL))


def _refuse(at: At) -> str:
    return line_for(at.debt, Decided(Act.REFUSE))


def _hurry(at: At) -> str:
    """Asks whoever keeps it waiting, where the actor may know of that."""
    if not at.awaited:
        return _ask(at, "علت تأخیر و برنامه جبران", at.debt)
    return _ask(at, f"وضعیت تکلیف شماره {at.awaited.code} و اثر آن بر", at.awaited)


_DECISIONS: dict[Why, Callable[[At], tuple[str, str]]] = {
    Why.OVERDUE: lambda at: (_extend(at), _ask(at, "علت تأخیر و برنامه جبران", at.debt)),
    Why.UNSETTLED: lambda at: (_amend(at.debt, f"{BLANK} به عنوان مجری تعیین شود"), _cancel(at)),
    Why.OBSTACLE: lambda at: (_amend(at.debt, at.obstacle), _later(at)),
    Why.BODY_EXTENDS: lambda at: (_extend(at), _refuse(at)),
    Why.UNDATED: lambda at: (_extend(at), _amend(at.debt, f"انجام آن از {BLANK} آغاز شود")),
    Why.SOON: lambda at: (_ask(at, "پیشرفت و امکان به‌موقع تمام‌شدن", at.debt), _extend(at)),
    Why.CHAIN: lambda at: (_extend(at), _hurry(at)),
    Why.BEHIND: lambda at: (_ask(at, "علت عقب‌ماندگی و برنامه جبران", at.debt), _later(at)),
    Why.EVENT: lambda at: (
        _amend(at.debt, f"رویداد «{in_short(at.debt.trigger)}» در تاریخ {BLANK} واقع شد"),
        _cancel(at),
    ),
    Why.RECURRING: lambda at: (_close(at), _extend(at)),
    Why.RHYTHM: lambda at: (_amend(at.debt, f"هر {BLANK} یک‌بار انجام شود"), _cancel(at)),
    Why.ASKED: lambda at: (_extend(at), _refuse(at)),
    Why.PROPOSED: lambda at: (_close(at), _amend(at.debt, f"نواقص {BLANK} برطرف و نتیجه گزارش شود")),
}
