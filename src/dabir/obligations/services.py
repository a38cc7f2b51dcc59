"""What happens to a debt: it is settled, dated, released, withdrawn, cancelled; made of an order or of a point."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dabir.directory.models import Body, Party, PartyKind
from dabir.directory.spans import check_span
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid, Refused
from dabir.foundation.prepared import fresh
from dabir.obligations import replies
from dabir.obligations.deciding import end_with_members, withdraw_request
from dabir.obligations.listing import Listing
from dabir.obligations.making import Before, Due, Duty, Source, check_by_hand, expand, index, make, source_of
from dabir.obligations.models import (
    NOT_ENDED,
    RUNNING,
    Act,
    Decision,
    DueKind,
    Obligation,
    Order,
    OrderWay,
    ReplyKind,
    SavedView,
    State,
)
from dabir.obligations.replies import Answer
from dabir.persian import clock, jalali
from dabir.persian.letters import canonical

MOST_VIEWS = 50
LONGEST_VIEW_NAME, LONGEST_QUERY = 60, 2_000

LONGEST_NUMBER = 40
LONGEST_REASON = 300


def settle(obligation: Obligation, *, by: Acting, lead: Party) -> Obligation:
    """Say who owes an unsettled debt: a party, or a group whose members on the meeting's date each owe it; of one that
    came from an old register they know from paper, and sleep as it does."""
    require(by, "obligations.settle", obligation)
    with ledger.change("obligations.settle", by=by, on=obligation) as change:
        obligation = fresh(obligation, "resolution", "point", "order", "meeting", "sheet_row")
        if obligation.state != State.UNSETTLED:
            raise Invalid(_("This debt has a lead already: there is at most one."))
        source = source_of(obligation)
        if lead.kind == PartyKind.GROUP:
            change.update(obligation, is_group=True, group=lead)
            if not expand(change, obligation, source.day, source.text, before=Before.of(obligation)):
                raise Invalid(_("%(group)s had no members on that day.") % {"group": lead.name}, field="lead")
        else:
            obligation.settle()
            obligation.lead, obligation.is_group, obligation.group = lead, False, None
            change.touch(obligation, "lead", "is_group", "group", "state")
        index(obligation, source.text)
    return obligation


def set_due(obligation: Obligation, *, by: Acting, day: date) -> Obligation:
    """Give a day to a debt that has none. A day that is there changes by an extension alone, which is a decision."""
    require(by, "obligations.set_due", obligation)
    check_span(day, None)
    with ledger.change("obligations.set_due", by=by, on=obligation) as change:
        obligation = fresh(obligation)
        if obligation.state not in (State.UNSETTLED, State.OPEN):
            raise Invalid(_("This debt is no longer running."))
        if obligation.due_day is not None:
            raise Invalid(_("This debt has a deadline already; only an extension can move it."), field="day")
        if obligation.due_kind == DueKind.ALWAYS:
            raise Invalid(_("A standing rule has no deadline: it holds until the body decides otherwise."))
        if obligation.instances_made:
            raise Invalid(_("This duty comes again by itself: its instances have the deadlines."))
        given = obligation.meeting.date if obligation.meeting else obligation.source.date  # type: ignore[union-attr]
        if day < given:
            raise Invalid(_("The deadline lies before the day on which the debt was made."), field="day")
        values = Due.on(day, text=obligation.due_text).as_fields() | {"first_due_day": day}
        for row in (obligation, *obligation.children.filter(due_day=None)):
            change.update(row, **values)
    return obligation


def set_gap_reason(obligation: Obligation, *, by: Acting, reason: str) -> Obligation:
    """Say why a debt stays unsettled though its meeting is to be finished; nothing takes the reason back."""
    require(by, "obligations.set_gap_reason", obligation)
    clean = canonical(reason.replace("\0", ""))
    if len(clean) > LONGEST_REASON:
        raise Invalid(_("At most %(count)s letters.") % {"count": LONGEST_REASON}, field="reason")
    with ledger.change("obligations.set_gap_reason", by=by, on=obligation) as change:
        obligation = fresh(obligation)
        if obligation.state != State.UNSETTLED:
            raise Invalid(_("This debt has a lead already: there is at most one."))
        change.facts |= {"reason": clean} if change.update(obligation, gap_reason=clean) else {}
    return obligation


def acknowledge(obligation: Obligation, *, by: Acting, answer: Answer) -> bool:
    """Answer for one's own agency that it has a debt, or what it objects to; False where it has said so already."""
    require(by, "obligations.acknowledge", obligation)
    with ledger.change("obligations.acknowledge", by=by, on=obligation) as change:
        return replies.record(change, obligation, answer, by=by)


def acknowledge_all(obligations: Iterable[Obligation], *, by: Acting) -> int:
    """Say for one's own agency that it has these debts, all or none; returns how many it had not said so of."""
    count = 0
    with ledger.change("obligations.acknowledge", by=by):  # around all of them; each has its own event
        for row in obligations:
            require(by, "obligations.acknowledge_all", row)
            count += acknowledge(row, by=by, answer=Answer(ReplyKind.ACKNOWLEDGED, said_by=by.name))
    return count


def release(obligations: Iterable[Obligation], *, by: Acting) -> int:
    """Let the debtors see these debts, all or none; returns how many were released now.

    An unsettled one cannot be; one that has ended, or is released already, stays as it is.
    """
    now, count = clock.now(), 0
    with ledger.change("obligations.release", by=by):  # around all of them; each has its own event
        for row in _with_children(obligations):
            require(by, "obligations.release", row)
            if row.state == State.UNSETTLED:
                raise Invalid(_("%(code)s has no lead yet: settle it first.") % {"code": row.code})
            if row.state in RUNNING and row.released_at is None:
                with ledger.change("obligations.release", by=by, on=row) as change:
                    count += change.update(row, released_at=now) and not row.is_group
    return count


def withdraw(obligations: Iterable[Obligation], *, by: Acting) -> int:
    """Take a release back, as long as nothing has been communicated; returns how many were taken back now."""
    count = 0
    with ledger.change("obligations.withdraw", by=by):  # around all of them; each has its own event
        for row in _with_children(obligations):
            require(by, "obligations.withdraw", row)
            if row.communicated_at or row.on_paper:
                raise Invalid(_("%(code)s has been communicated and cannot be withdrawn.") % {"code": row.code})
            with ledger.change("obligations.withdraw", by=by, on=row) as change:
                count += change.update(row, released_at=None) and not row.is_group
    return count


def wake(obligations: Iterable[Obligation], *, by: Acting) -> int:
    """Let reminders begin for debts that came from an old register; returns how many were asleep until now."""
    rows = _with_children(obligations)
    for row in rows:
        require(by, "obligations.wake", row)
    return _set_asleep(rows, "obligations.wake", by=by, asleep=False)


def let_sleep(obligations: Iterable[Obligation], *, by: Acting) -> int:
    """Let reminders rest again for running debts that came from an old register; returns how many rest from now on."""
    rows = _with_children(obligations)
    for row in rows:
        require(by, "obligations.let_sleep", row)
    return _set_asleep(rows, "obligations.let_sleep", by=by, asleep=True)


def _set_asleep(rows: list[Obligation], verb: str, *, by: Acting, asleep: bool) -> int:
    count = 0
    with ledger.change(verb, by=by):  # around all of them; each has its own event
        of_sheets = [row for row in rows if row.sheet_row_id]
        for row in [*of_sheets, *_instances_of(of_sheets)]:
            if row.state in NOT_ENDED:
                with ledger.change(verb, by=by, on=row) as change:
                    count += change.update(row, asleep=asleep) and not row.is_group
    return count


def cancel(obligation: Obligation, *, by: Acting, reason: str) -> Obligation:
    """Say that this was no debt, and why; its children that are not cancelled yet go with it, and of a duty
    that comes again the instances that are open. Nothing is deleted."""
    require(by, "obligations.cancel", obligation)
    if not reason.strip():
        raise Invalid(_("Say why."), field="reason")
    with ledger.change("obligations.cancel", by=by, on=obligation, reason=reason.strip()) as change:
        rows = _with_children([obligation])
        for row in [*rows, *_instances_of(rows).filter(state=State.OPEN)]:
            if row.state == State.CANCELLED and row.pk != obligation.pk:
                continue
            if row.state not in (State.UNSETTLED, State.OPEN):
                raise Invalid(_("Only an open or unsettled debt can be cancelled."))
            row.cancel()
            change.touch(row, "state")
            withdraw_request(change, row)
            change.create(
                Decision(
                    obligation=row,
                    act=Act.CANCEL,
                    text=reason.strip(),
                    at=clock.now(),
                    recorded_by=by.name[:100],
                )
            )
        if group := Obligation.objects.filter(children=obligation).first():
            end_with_members(change, group)
    obligation.refresh_from_db()
    return obligation


def record_order(
    *, by: Acting, body: Body, way: OrderWay, day: date, text: str, number: str = "", duties: Iterable[Duty] = ()
) -> list[Obligation]:
    """An order given outside a meeting, with the debts that it makes; without any the whole text is one, unsettled."""
    require(by, "obligations.record_order", Obligation(body=body))
    owed = list(duties) or [Duty(action=text.strip())]
    check_by_hand(text, day, owed)
    _check_number(number)
    year = jalali.from_gregorian(day)[0]
    with ledger.change("obligations.record_order", by=by) as change:
        start = f"{body.code}-order-{year}-"
        code = f"{start}{Order.objects.filter(code__startswith=start).count() + 1}"
        order = change.create(Order(body=body, way=way, number=number.strip(), date=day, text=text.strip(), code=code))
        source = Source(body, day, code, order.text, order=order)
        return make(change, source, owed)


def set_order_number(order: Order, *, by: Acting, number: str) -> Order:
    """Give an order its number, or another one: letter numbers come later, from the office-automation system."""
    require(by, "obligations.set_order_number", Obligation(body=order.body))
    if not number.strip():
        raise Invalid(_("Write the number."), field="number")
    _check_number(number)
    with ledger.change("obligations.set_order_number", by=by, on=order) as change:
        order = fresh(order)
        change.update(order, number=number.strip())
    return order


def _check_number(number: str) -> None:
    if len(number.strip()) > LONGEST_NUMBER:
        raise Invalid(_("This number is too long."), field="number")


def save_view(name: str, listing: Listing, *, by: Acting, shared_with: Body | None = None) -> SavedView:
    """Keep a list of debts under a name, in the place of one's own view of that name; for oneself, or for the whole
    secretariat of a body as well."""
    require(by, "obligations.save_view")
    if shared_with:
        require(by, "obligations.share_view", shared_with)
    if by.user_id is None:
        raise Refused(_("Only somebody with a sign-in has views."))
    name = _view_name(name)
    query = urlencode(listing.as_pairs())
    if len(query) > LONGEST_QUERY:
        raise Invalid(_("There is too much in this view to be kept."), field="name")
    with ledger.change("obligations.save_view", by=by) as change:
        found = SavedView.objects.filter(user=by.user_id, name=name).first()
        if found is None:
            if SavedView.objects.filter(user=by.user_id).count() >= MOST_VIEWS:
                raise Invalid(_("You have as many views as can be kept. Delete one first."), field="name")
            return change.create(SavedView(user_id=by.user_id, name=name, query=query, shared_with=shared_with))
        change.subject = found
        change.update(found, query=query, shared_with=shared_with)
    return found


def rename_view(view: SavedView, *, by: Acting, name: str) -> SavedView:
    """Call one's own view otherwise."""
    require(by, "obligations.rename_view", view)
    name = _view_name(name)
    with ledger.change("obligations.rename_view", by=by, on=view) as change:
        if SavedView.objects.filter(user=view.user_id, name=name).exclude(pk=view.pk).exists():
            raise Invalid(_("You have a view of that name already."), field="name")
        change.update(view, name=name)
    return view


def delete_view(view: SavedView, *, by: Acting) -> None:
    """Throw one's own view away; its debts stay as they are."""
    require(by, "obligations.delete_view", view)
    with ledger.change("obligations.delete_view", by=by, on=view, query=view.query) as change:
        change.delete(view)


def open_with_view(view: SavedView, *, by: Acting, wanted: bool = True) -> None:
    """Let the register open with this view of one's own, or no longer."""
    require(by, "obligations.open_with_view", view)
    with ledger.change("obligations.open_with_view", by=by, on=view) as change:
        for other in SavedView.objects.filter(user=view.user_id, is_default=True).exclude(pk=view.pk):
            change.update(other, is_default=False)
        change.update(view, is_default=wanted)


def _view_name(text: str) -> str:
    name = canonical(" ".join(text.replace("\0", "").split()))
    if not name:
        raise Invalid(_("Give the view a name."), field="name")
    if len(name) > LONGEST_VIEW_NAME:
        raise Invalid(_("Make the name shorter."), field="name")
    return name


def _instances_of(rows: Iterable[Obligation]) -> QuerySet[Obligation]:
    return Obligation.objects.filter(recurs_from__in=[row.pk for row in rows]).order_by("pk")


def _with_children(obligations: Iterable[Obligation]) -> list[Obligation]:
    ids = [row.pk for row in obligations]
    found = {row.pk: row for row in Obligation.objects.filter(pk__in=ids)}
    found |= {row.pk: row for row in Obligation.objects.filter(parent__in=ids)}
    return [found[pk] for pk in sorted(found)]
