"""The page of what debts cite: a resolution, a point of the discussion or an order, with its debts and its history."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dabir.cycle.debtors import Told, told_of
from dabir.cycle.deciding import unrecorded
from dabir.cycle.extracts import communicable, in_letters
from dabir.desk import history
from dabir.desk.acting import DeskRequest
from dabir.foundation.access import get_visible, may
from dabir.foundation.acting import Acting
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter, LetterState
from dabir.meetings.models import MinutesVersion, Point, Resolution
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations import queries
from dabir.obligations.decisions import decisions_by, decisions_of
from dabir.obligations.extensions import extensions_visible_to
from dabir.obligations.models import ExtensionState, Obligation, Order
from dabir.obligations.queries import RegisterRow
from dabir.obligations.reporting.figures import figures_of
from dabir.persian import clock

ACTS = {name: f"obligations.{name}" for name in ("settle", "set_due", "release", "withdraw", "cancel")}
ACTS["decide"] = "cycle.add_to_next_minutes"
"""What hangs on the debt's body and meeting alone, with its permission."""


@dataclass(frozen=True, slots=True)
class Debt:
    """A row with what may be done to it, and the children of a group's row."""

    of: Obligation
    row: RegisterRow
    children: tuple[RegisterRow, ...]
    acts: frozenset[str]


@require_GET
def resolution(request: DeskRequest, code: str) -> HttpResponse:
    visible = queries.resolutions_visible_to(request.acting).select_related("meeting")
    return _page(request, get_visible(visible, code=code))


@require_GET
def debt(request: DeskRequest, code: str) -> HttpResponse:
    """The page of a debt's source, by the debt's own code: for those that cite a point or an order."""
    visible = queries.visible_to(request.acting).select_related(
        "resolution__meeting", "point__meeting", "point__statement", "order"
    )
    return _page(request, get_visible(visible, code=code).source)


def _page(request: DeskRequest, source: Resolution | Point | Order) -> HttpResponse:
    by = request.acting
    kind = source._meta.model_name
    rows = queries.visible_to(by).filter(**{kind or "": source})
    meeting = None if isinstance(source, Order) else source.meeting
    meeting_is_visible = meeting is not None and meetings_visible_to(by).filter(pk=meeting.pk).exists()
    hidden = isinstance(source, Point) and not meeting_is_visible and source.statement.secrecy != SecrecyClass.NORMAL
    debts, told = debts_of(by, rows), told_of(list(rows), by)
    figures = figures_of(rows, by, clock.today())
    decided = decisions_by(source, by) if isinstance(source, Resolution) else []
    context = {
        "source": source,
        "kind": kind,
        "meeting": meeting,
        "meeting_is_visible": meeting_is_visible,
        "hidden": hidden,
        "lines": [] if hidden or isinstance(source, Order) else lines_of(source),
        "debts": debts,
        "told": told,
        "figures": figures,
        "waiting": {debt.of.pk: _waiting(debt, told) for debt in debts},
        "extensions": _asked_for(by, rows),
        "releasable": [d.row.pk for d in debts if "release" in d.acts],
        "communicates": isinstance(source, Order) and _communicates(source, by),
        "numbers": isinstance(source, Order) and may(by, "obligations.set_order_number", Obligation(body=source.body)),
        "decisions": decisions_of([debt.of for debt in debts], by),
        "decided": decided,
        "offered": unrecorded(source, by) if isinstance(source, Resolution) else [],
        "history": history.of(
            [*rows, source, *([meeting] if meeting and meeting_is_visible else [])],
            quiet=[row for row in rows if not figures[row.pk].whole],
        ),
    }
    return render(request, "source.html", context)


def _communicates(order: Order, by: Acting) -> bool:
    """Whether there are letters to be written that are the actor's to write."""
    found = communicable(order) if may(by, "cycle.communicate_order", Obligation(body=order.body)) else []
    told = in_letters(found)
    return any(debt.communicated_at is None and debt.pk not in told for debt in found)


def _waiting(debt: Debt, told: dict[int, Told]) -> list[Letter]:
    """The letters that tell of a debt, or of its members', and still wait for their number; each once."""
    keys = [debt.of.pk, *(child.pk for child in debt.children)]
    letters = [sent.letter for key in keys if key in told for sent in told[key].sent]
    return list({letter.pk: letter for letter in letters if letter.state == LetterState.AWAITING}.values())


def _asked_for(by: Acting, rows: QuerySet[Obligation]) -> set[int]:
    """Those for which an extension waits, as far as the actor may know."""
    waiting = extensions_visible_to(by).filter(obligation__in=rows, state=ExtensionState.ASKED)
    return set(waiting.values_list("obligation", flat=True))


def debts_of(by: Acting, obligations: QuerySet[Obligation]) -> list[Debt]:
    """The debts in the order of their making, the members' debts of a group beneath the group's."""
    rows = {row.pk: row for row in queries.rows_of(obligations)}
    found = {obligation.pk: obligation for obligation in obligations}
    children: dict[int, list[RegisterRow]] = {}
    for pk, obligation in found.items():
        if obligation.parent_id in found:
            children.setdefault(obligation.parent_id, []).append(rows[pk])
    allowed: dict[tuple[int, int | None], frozenset[str]] = {}  # what may be done hangs on body and meeting alone
    for debt in found.values():
        if (key := (debt.body_id, debt.meeting_id)) not in allowed:
            allowed[key] = frozenset(act for act, name in ACTS.items() if may(by, name, debt))
    return [
        Debt(
            found[pk],
            row,
            tuple(children.get(pk, ())),
            (_acts(found[pk]) & allowed[found[pk].body_id, found[pk].meeting_id]) | _answers(by, found[pk]),
        )
        for pk, row in rows.items()
        if found[pk].parent_id not in found
    ]


def _acts(debt: Obligation) -> frozenset[str]:
    """What can be done to a debt in its state; the services ask again."""
    fits = {
        "settle": debt.state == "unsettled",
        "set_due": debt.state in ("unsettled", "open") and debt.due_day is None,
        "release": debt.state == "open" and debt.released_at is None,
        "withdraw": debt.released_at is not None and debt.communicated_at is None and not debt.on_paper,
        "cancel": debt.state in ("unsettled", "open"),
        "decide": True,
    }
    return frozenset(act for act, fit in fits.items() if fit)


def _answers(by: Acting, debt: Obligation) -> frozenset[str]:
    """Whether its agency may answer that it has it."""
    told = debt.communicated_at is not None or debt.on_paper
    return frozenset({"acknowledge"} if told and may(by, "obligations.acknowledge", debt) else ())


def lines_of(passage: Resolution | Point) -> list[str]:
    """The lines of the meeting's paper that hold it; none where they are not known."""
    version = MinutesVersion.objects.filter(meeting=passage.meeting_id).order_by("-number").first()
    if version is None or passage.first_line is None or passage.last_line is None:
        return []
    lines: list[str] = version.document["lines"][passage.first_line - 1 : passage.last_line]
    return lines
