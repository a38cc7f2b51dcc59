"""Corrections of what a resolution decides on debts that are there: stated, or taken out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dabir.foundation.errors import Invalid
from dabir.meetings.corrections.lookup import as_day, at, by_id, session_day, typed_day
from dabir.meetings.corrections.registry import Words, op
from dabir.reading.acts import acts_in, code_of, is_debt_code
from dabir.reading.lines import Passage
from dabir.reading.minutes import ActKind, DebtAct, Minutes, Resolution

_WITH_ANOTHER = (ActKind.MERGE, ActKind.SUPERSEDE)


@op
def add_act(minutes: Minutes, *, id: str, debt: Words, act: ActKind, day: str = "", into: str = "") -> None:
    """Say that a resolution closes, extends, amends, supersedes, merges, opens again or cancels the debt with this
    code, or refuses to extend it. An extension needs its `day`, a merger the code of the debt it goes `into`."""
    resolution = by_id(minutes.resolutions, id)
    if act is ActKind.EXTEND and not day:
        raise Invalid(_("A day is needed here, like 1398/07/28 or +15."), field="day")
    if act is ActKind.MERGE and not into:
        raise Invalid(_("Give the code of the debt that it is merged with."), field="into")
    stated = DebtAct(
        _debt(debt, "debt"),
        act,
        resolution.lines,
        day=as_day(typed_day(minutes, day), day) if act is ActKind.EXTEND else None,
        into=_debt(into, "into") if into and act in _WITH_ANOTHER else None,
        text=resolution.text,
    )
    if any((one.debt, one.act) == (stated.debt, stated.act) for one in resolution.acts):
        raise Invalid(_("This is stated already."), field="debt")
    resolution.acts.append(stated)


@op
def remove_act(minutes: Minutes, *, id: str, index: int) -> None:
    """Say that a resolution does not decide so on a debt."""
    resolution = by_id(minutes.resolutions, id)
    resolution.acts.remove(at(resolution.acts, index))


def read_anew(minutes: Minutes, resolution: Resolution, former: str = "") -> None:
    """Let a resolution decide on debts what its words say now; what a person has stated beside its `former` words
    stays."""
    said = [(one.debt, one.act) for one in _said(minutes, resolution, former)]
    stated = [one for one in resolution.acts if (one.debt, one.act) not in said]
    now = _said(minutes, resolution, resolution.text)
    known = [(one.debt, one.act) for one in now]
    resolution.acts = [*now, *(one for one in stated if (one.debt, one.act) not in known)]


def _said(minutes: Minutes, resolution: Resolution, text: str) -> list[DebtAct]:
    return acts_in(Passage.of([(resolution.lines[0], text)]), session_day(minutes)).certain if text else []


def _debt(text: str, field: str) -> str:
    code = code_of(text)
    if not is_debt_code(code):
        raise Invalid(_("“%(text)s” is no code of a debt.") % {"text": text[:40]}, field=field)
    return code
