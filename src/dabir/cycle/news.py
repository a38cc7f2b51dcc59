"""What of the ledger is news to somebody: events are read once, in their order, and turned into notices; what they
have ended of what was told before waits for no reader any more.

It looks at the rows that an event wrote, not at the verb that wrote them: a step is told of however it was made,
by a click, by a letter that was entered, by a courier form, or by the minutes that decide it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from dabir.cycle import reader
from dabir.cycle.chased import CHASED, with_secretariat
from dabir.cycle.models import Escalation, Notice, NoticeKind, Rung
from dabir.cycle.notices import OWING, SECRETARIES, News, posts_of, secretariat_of, write
from dabir.cycle.over import ahead, moved_by, read_what_is_over
from dabir.directory import tenures
from dabir.directory.models import Post, Tenure, TenureKind
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.models import Event
from dabir.letters.models import Letter, LetterKind, LetterState
from dabir.meetings.calls import letters_of
from dabir.meetings.models import Call, Meeting, MeetingState
from dabir.obligations.deciding import ENDS
from dabir.obligations.measures import IS_RUNNING
from dabir.obligations.models import (
    ENDED,
    NOT_ENDED,
    Act,
    Decision,
    Extension,
    ExtensionState,
    Involved,
    Obligation,
    Report,
    ReportState,
    Role,
)
from dabir.obligations.reporting.endorsing import waiting_for
from dabir.obligations.reporting.rules import HEADS
from dabir.persian import clock

NAME = "notices"
_DAYS_OFF = timedelta(days=7)
"""For so long the daily look may not have come."""
AT_ONCE = 200
"""Events read in one go."""

Fields = dict[str, Any]
Look = Callable[[int, Fields, datetime], Iterator[News]]
"""Of a row: its key, the fields that were written, and when."""
_PLAN = {"date", "starts_at", "ends_at", "venue"}
_DECIDED = {
    Act.CLOSE: NoticeKind.CLOSED,
    Act.EXTEND: NoticeKind.EXTENDED,
    Act.REFUSE: NoticeKind.EXTENSION_DECIDED,
    Act.AMEND: NoticeKind.AMENDED,
    Act.SUPERSEDE: NoticeKind.SUPERSEDED,
    Act.MERGE: NoticeKind.MERGED,
    Act.REOPEN: NoticeKind.REOPENED,
    Act.CANCEL: NoticeKind.CANCELLED,
}

logger = logging.getLogger(__name__)


def tell_news(*, by: Acting) -> int:
    """Turn what was written since the last time into notices; how many. Whoever comes at the same time tells nothing
    twice. The first time it begins with what comes after it: what was before is old."""
    require(by, "cycle.tell_news")
    told = 0
    while (made := _tell_some(by=by)) is not None:
        told += made
    return told


def _tell_some(*, by: Acting) -> int | None:
    """Of the next events; none where there is nothing more."""
    before = reader.position(NAME)
    events = list(Event.objects.filter(number__gt=before).order_by("number")[:AT_ONCE]) if before is not None else []
    if before is None or not events:
        return None
    news = [one for event in events for one in news_of(event)]  # outside of the transaction: it only reads
    moved = {debt for event in events for debt in moved_by(event)}
    with ledger.standstill():
        if not reader.move(NAME, before, events[-1].number):
            return 0  # another has told of these
        if not news and not moved:
            return 0
        with ledger.change("cycle.tell", by=by) as change:
            read_what_is_over(change, moved)
            return len(write(change, news))


def news_of(event: Event) -> list[News]:
    """What an event tells to whom; nothing, and a line in the log, where that cannot be found out."""
    found: list[News] = []
    for row in event.data["rows"]:
        look = _LOOKS.get(row["model"])
        if look is None or row["act"] == "delete":
            continue
        try:
            found += look(row["pk"], row["fields"], event.at)
        except Exception:
            logger.exception("event %s", event.number)
    return found


def _of_report(pk: int, written: Fields, at: datetime) -> Iterator[News]:
    """A report has come to its next reader."""
    report = Report.objects.select_related("obligation").filter(pk=pk, state=written.get("state", "")).first()
    if report is None:
        return
    debt, lead = report.obligation, report.obligation.lead_id or 0
    asked = _unheard(report) if report.state == ReportState.CONFIRMED else []
    if report.state == ReportState.REPORTED:
        kind, posts = NoticeKind.REPORTED, posts_of([lead], HEADS)[lead]
    elif asked:
        kind, posts = NoticeKind.ENDORSE, asked
    elif report.state in (ReportState.CONFIRMED, ReportState.ENDORSED):
        kind, posts = NoticeKind.CONFIRMED, secretariat_of(debt.body_id)
    elif report.state == ReportState.RETURNED:
        kind, posts = NoticeKind.RETURNED, posts_of([lead])[lead]
    else:
        kind, posts = NoticeKind.VERIFIED, posts_of([lead])[lead]
    # Whoever is named later is asked, too: then it has been endorsed once more.
    again = f":{at.timestamp()}" if report.state == ReportState.ENDORSED else ""
    yield News(posts, kind, f"{kind}:{report.pk}{again}", obligation=debt)


def _unheard(report: Report) -> list[Post]:
    """The posts of the endorsers that are still to be heard on it."""
    found = posts_of(row.party_id for row in waiting_for(report) if row.party_id)
    return [post for posts in found.values() for post in posts]


def _of_involved(pk: int, written: Fields, _at: datetime) -> Iterator[News]:
    """An endorser was named while a report waits for consent."""
    if "party_id" not in written:
        return
    named = Involved.objects.filter(pk=pk, role=Role.ENDORSER, party__isnull=False).first()
    if named is None:
        return
    reports = Report.objects.filter(obligation=named.obligation_id, state=ReportState.CONFIRMED)
    for report in reports.filter(obligation__state__in=NOT_ENDED).select_related("obligation"):
        asked = [row.party_id for row in waiting_for(report) if row.pk == named.pk]
        posts = [post for several in posts_of(filter(None, asked)).values() for post in several]
        yield News(posts, NoticeKind.ENDORSE, f"{NoticeKind.ENDORSE}:{report.pk}", obligation=report.obligation)


def _of_extension(pk: int, written: Fields, _at: datetime) -> Iterator[News]:
    """A longer time is asked for, or was decided on."""
    extension = Extension.objects.select_related("obligation").filter(pk=pk, state=written.get("state", "")).first()
    if extension is None or extension.state == ExtensionState.WITHDRAWN:
        return
    debt, lead = extension.obligation, extension.obligation.lead_id or 0
    if extension.state == ExtensionState.ASKED:
        posts, kind = secretariat_of(debt.body_id, SECRETARIES), NoticeKind.EXTENSION_ASKED
    else:
        posts, kind = posts_of([lead])[lead], NoticeKind.EXTENSION_DECIDED
    yield News(posts, kind, f"{kind}:{extension.pk}", obligation=debt)
    if extension.state == ExtensionState.GRANTED:
        yield News(_beside(debt, [Role.HELPER], posts), NoticeKind.EXTENDED, _longer(debt), obligation=debt)


def _of_debt(pk: int, written: Fields, _at: datetime) -> Iterator[News]:
    """Another owes it, after it was told of its deadline who did before: a step is taken once. Of one that has passed
    the daily look tells whoever has not heard of it."""
    if "lead_id" not in written or "code" in written:  # made with it
        return
    today = clock.today()
    chased = Obligation.objects.filter(CHASED, pk=pk, due_day__gte=today).exclude(with_secretariat())
    told = Escalation.objects.filter(obligation__in=chased, rung=Rung.NOTICE, due_day=F("obligation__due_day"))
    step = told.select_related("obligation").order_by("-days").first()
    if step and (lead := step.obligation.lead_id):
        kind, key = ahead(pk, step.due_day, step.days, today)
        yield News(posts_of([lead])[lead], kind, key, obligation=step.obligation)


def _of_decision(pk: int, written: Fields, _at: datetime) -> Iterator[News]:
    """A body has decided on a debt. What goes along with its duty is told with that; what goes along with its group to
    its lead alone, since the group has none."""
    decision = Decision.objects.select_related("obligation__superseded_by").filter(pk=pk).first()
    if decision is None or "act" not in written or decision.obligation.asleep:
        return
    debt, act = decision.obligation, Act(decision.act)
    if debt.state != ENDS[act] if act in ENDS else debt.state in ENDED:
        return  # it was decided otherwise meanwhile
    above = [key for key in (debt.parent_id, debt.recurs_from_id) if key]
    along = Decision.objects.filter(obligation__in=above, act=act, resolution=decision.resolution_id).exists()
    if along and debt.recurs_from_id:
        return
    kind = _DECIDED[act]
    key = _longer(debt) if act == Act.EXTEND else f"{kind}:{pk}"
    lead = posts_of([debt.lead_id])[debt.lead_id] if debt.lead_id else []
    answers = act in (Act.EXTEND, Act.REFUSE)
    if not (answers and Extension.objects.filter(obligation=debt, resolution=decision.resolution_id).exists()):
        yield News(lead, kind, key, obligation=debt)  # else they are told of their request
    if act != Act.REFUSE and not along:
        roles = (Role.HELPER,) if act == Act.EXTEND else (Role.HELPER, Role.ENDORSER)
        yield News(_beside(debt, roles, lead), kind, key, obligation=debt)
    if act == Act.MERGE and (into := debt.superseded_by) and into.lead_id:
        yield News(posts_of([into.lead_id])[into.lead_id], kind, key, obligation=into)


def _of_meeting(pk: int, written: Fields, at: datetime) -> Iterator[News]:
    """A meeting was moved or cancelled, and no letter tells those who were called to it by one."""
    moved = bool(_PLAN & written.keys()) and "kept_by_id" not in written
    kind, state = (NoticeKind.MOVED, MeetingState.CALLED) if moved else (NoticeKind.CALLED_OFF, MeetingState.CANCELLED)
    meeting = Meeting.objects.filter(pk=pk, state=state).first()
    if meeting is None or not (moved or written.get("state") == state):
        return
    sent = letters_of(meeting)  # of one that a letter calls off none is left
    if moved and any(letter.kind == LetterKind.MOVED and letter.written_at >= at for letter in sent):
        return
    called = [one for one in sent if one.kind == LetterKind.CALL and one.state == LetterState.NUMBERED]
    to = {one.party_id for letter in called if letter.written_at < at for one in letter.recipients.all()}
    posts = [post for several in posts_of(to).values() for post in several]
    yield News(posts, kind, f"{kind}:{pk}:{at.timestamp()}", meeting=meeting)


def _of_letter(pk: int, written: Fields, _at: datetime) -> Iterator[News]:
    """A letter has its number: it is on its way to whomever it is for."""
    if written.get("state") != LetterState.NUMBERED:
        return
    letter = Letter.objects.prefetch_related("recipients__post__party").filter(pk=pk).first()
    if letter is None or letter.state != LetterState.NUMBERED or letter.kind == LetterKind.COVERING:
        return
    call = Call.objects.select_related("meeting").filter(letter=letter).first()
    kind = NoticeKind.LETTER
    if call:
        kind = NoticeKind.MEETING
    elif letter.kind == LetterKind.COMMUNICATION:
        kind = NoticeKind.COMMUNICATED
    to = letter.recipients.all()
    if letter.kind == LetterKind.DEPUTY and all(one.post for one in to):
        posts = [one.post for one in to if one.post]  # a report is for whom it names, not for all of the house
    else:
        posts = [post for several in posts_of(one.party_id for one in to).values() for post in several]
    key = f"{kind}:letter:{letter.pk}"
    yield News(posts, kind, key, letter=letter, meeting=call.meeting if call else None)


def _of_tenure(pk: int, written: Fields, _at: datetime) -> Iterator[News]:
    """Somebody has taken over a post that owes; whoever takes it over later is told on that day (`successors`)."""
    if "post_id" in written:
        yield from _succeeding(Tenure.objects.filter(pk=pk, starts__lte=clock.today()))


def successors(today: date) -> list[News]:
    """Of those who have taken over a post that owes within the last days, as it was entered before, and have not been
    told."""
    found = list(_succeeding(Tenure.objects.filter(starts__gt=today - _DAYS_OFF, starts__lte=today)))
    told = set(Notice.objects.filter(key__in=[one.key for one in found]).values_list("key", flat=True))
    return [one for one in found if one.key not in told]


def _succeeding(found: QuerySet[Tenure]) -> Iterator[News]:
    for tenure in found.exclude(kind=TenureKind.SUBSTITUTE).select_related("post__party"):
        if tenure.post.function in OWING:
            owed = Obligation.objects.filter(IS_RUNNING, lead__in=tenures.acting_of(tenure.post).parties)
            if owed.filter(released_at__isnull=False, asleep=False).exists():
                yield News([tenure.post], NoticeKind.SUCCESSOR, f"successor:{tenure.pk}")


def _beside(debt: Obligation, roles: Iterable[Role], lead: Iterable[Post] = ()) -> list[Post]:
    """The posts of those who are involved so, but those of its lead."""
    named = Involved.objects.filter(obligation=debt, role__in=roles, party__isnull=False)
    owing = {post.pk for post in lead}
    found = posts_of(named.values_list("party", flat=True))
    return [post for posts in found.values() for post in posts if post.pk not in owing]


def _longer(debt: Obligation) -> str:
    """One for each deadline, whether the body or its secretary has given it."""
    return f"{NoticeKind.EXTENDED}:{debt.pk}:{debt.due_day}"


_LOOKS: dict[str, Look] = {
    "obligations.report": _of_report,
    "obligations.involved": _of_involved,
    "obligations.extension": _of_extension,
    "obligations.decision": _of_decision,
    "obligations.obligation": _of_debt,
    "meetings.meeting": _of_meeting,
    "letters.letter": _of_letter,
    "directory.tenure": _of_tenure,
}
"""By the table that an event wrote."""
