"""One click puts a line on a debt into the draft of the minutes of its body's next meeting; sealing those decides.

The line is words of the text like any other: it is changed or taken out in the editor, and binds nobody before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dabir.directory.models import Body
from dabir.foundation import ledger
from dabir.foundation.access import REASONS, may, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.prepared import AMONG, models_of
from dabir.meetings.compiling import compiled, text_of, texts_of
from dabir.meetings.manuscripts.queries import WRITTEN_IN
from dabir.meetings.manuscripts.services import add_resolutions, open_manuscript
from dabir.meetings.models import Manuscript, ManuscriptState, Meeting
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.deciding import Decided, bodies_of, refusal
from dabir.obligations.models import Act, Obligation, State
from dabir.obligations.queries import DEBTS, visible_to
from dabir.persian import clock, jalali
from dabir.reading.acts import acts_in, codes_in
from dabir.reading.lines import Passage

MOST = 500
"""Debts at a time: so many lines are read back within seconds."""
_VERB = "cycle.add_to_next_minutes"
_LONGEST = 120  # letters of a debt's words in the line
_ENDINGS = {
    Act.CLOSE: "مختومه اعلام شد.",
    Act.CANCEL: "لغو شد.",
    Act.REOPEN: "مجدداً در دستور کار قرار گرفت.",
}


@dataclass(frozen=True, slots=True)
class Added:
    """The meeting whose draft has the lines now, for how many debts they were added, and how many had one already.
    `left`: why others were left out, a sentence for each; `later`: how many more than `MOST` there were."""

    meeting: Meeting
    added: int
    there: int
    left: tuple[str, ...] = ()
    later: int = 0


def coming_meetings(body: Body, by: Acting) -> list[Meeting]:
    """Those of the body whose minutes the actor writes and nobody has sealed: the next one first, then those that
    were held, the last first."""
    met = models_of(_unsealed, by, AMONG, among=[body.pk])
    writable = [meeting for meeting in met if may(by, "manuscripts.open_manuscript", meeting)]
    today = clock.today()
    ahead = [meeting for meeting in writable if meeting.date >= today]
    return ahead + [meeting for meeting in writable[::-1] if meeting.date < today]


def drafted(debts: Iterable[str], meetings: Sequence[Meeting]) -> dict[str, Meeting]:
    """Of debts, by their codes, those that the draft of one of these meetings names, with that meeting; one query."""
    wanted, texts = set(debts), texts_of(meetings)
    return {code: met for met in meetings for code in wanted & codes_in(texts.get(met.pk, ""))}


def _unsealed(by: Acting, bodies: tuple[int, ...]) -> QuerySet[Meeting]:
    of = Q(bodies__body__in=bodies) | Q(kept_by__in=bodies)
    met = meetings_visible_to(by).filter(of, state__in=WRITTEN_IN).distinct()
    return met.exclude(manuscript__state=ManuscriptState.SEALED).select_related("kept_by").order_by("date", "id")


def add_to_next_minutes(
    debts: Sequence[Obligation], decided: Decided, *, by: Acting, meeting: Meeting | None = None
) -> Added:
    """Put a line for each of these debts of one body into the draft of its next meeting, or of that `meeting`; the
    draft is begun where there is none. A debt whose line stands there already gets no second one.

    Left out is what that meeting could not decide so on, what is of a higher class than it, and what the reader of
    minutes would not find in its line again; `Invalid` where that is all of them, or where the body has no such
    meeting.
    """
    for debt in debts:
        require(by, _VERB, debt)
    _check(debts, decided)
    with ledger.standstill():
        rows = _in_order(Obligation.objects.filter(pk__in=[debt.pk for debt in debts]))
        chosen = _chosen(rows[0].body, by, meeting)
        refused = _refused(rows, decided, chosen)
        fit = [row for row in rows if row.pk not in refused]
        if not fit:
            raise Invalid(" ".join(refused.values()))
        return _add(chosen, fit, decided, by, left=tuple(refused.values()))


def close_all_proposed(body: Body, *, by: Acting, meeting: Meeting | None = None) -> Added:
    """Put a line that closes it for each debt that is proposed for closing to the body, of those that the actor sees,
    into the draft of its next meeting, or of that `meeting`; the earliest deadline first, and no more than `MOST`.

    Left out is what `add_to_next_minutes` leaves out, and what is not the actor's to put there. `Invalid` where the
    body has no such meeting; a draft is not begun for nothing.
    """
    require(by, "cycle.close_all_proposed", body)
    decided = Decided(Act.CLOSE)
    with ledger.standstill():
        rows = _in_order(proposed_to([body.pk], by))
        chosen = _chosen(body, by, meeting)
        refused = _refused(rows, decided, chosen)
        refused |= {row.pk: str(REASONS[_VERB]) for row in rows if not may(by, _VERB, row)}
        fit = [row for row in rows if row.pk not in refused]
        return _add(chosen, fit, decided, by, left=tuple(refused.values()))


def proposed_to(bodies: Collection[int], by: Acting) -> QuerySet[Obligation]:
    """The debts that wait for one of these bodies to close them, of those that the actor sees."""
    return visible_to(by).filter(DEBTS, state=State.PROPOSED, body__in=bodies)


def _in_order(debts: QuerySet[Obligation]) -> list[Obligation]:
    return list(debts.select_related("meeting", "order", "body__party").order_by("sort_day", "id"))


def _chosen(body: Body, by: Acting, meeting: Meeting | None) -> Meeting:
    coming = coming_meetings(body, by)
    chosen = next((one for one in coming if meeting is None or one.pk == meeting.pk), None)
    if chosen is None:
        raise Invalid(_("%(body)s has no meeting whose minutes can be written. Plan one first.") % {"body": body})
    return chosen


def _refused(rows: Sequence[Obligation], decided: Decided, met: Meeting) -> dict[int, str]:
    """Why the meeting cannot decide so on these debts, by the keys of those on which it cannot."""
    bodies, found = bodies_of(met), {}
    for row in rows:
        reason = refusal(row, decided, bodies=bodies, met=met.date)
        if not reason and row.secrecy.is_above(met.secrecy):  # the line has its words, and members read the draft
            reason = _("%(code)s is of a higher class than this meeting.") % {"code": row.code}
        if not reason and not _reads_back(row, decided, met):
            reason = _(
                "A line on %(code)s would not be read back as what it decides. State the decision from a resolution on "
                "record."
            ) % {"code": row.code}
        if reason:
            found[row.pk] = reason
    return found


def _add(
    met: Meeting, rows: Sequence[Obligation], decided: Decided, by: Acting, *, left: tuple[str, ...] = ()
) -> Added:
    """Write a line for each of the first `MOST` of these debts that has none in the draft."""
    if not rows:
        return Added(met, 0, 0, left)
    draft = Manuscript.objects.filter(meeting=met).select_related("meeting__kept_by__party").first()
    draft = draft or open_manuscript(met, by=by)
    made = compiled(draft.meeting, text_of(draft))
    told = {(act.debt, Act(act.act)) for one in made.resolutions for act in one.acts}
    missing = [row for row in rows if (row.code, decided.act) not in told]
    if lines := [line_for(row, decided) for row in missing[:MOST]]:
        add_resolutions(draft, lines, by=by)
    return Added(met, len(lines), len(rows) - len(missing), left, len(missing) - len(lines))


def line_for(debt: Obligation, decided: Decided) -> str:
    """The sentence that decides so, as `reading.acts` reads it back."""
    named = f"تکلیف «{in_short(debt.action)}» به شماره {debt.code}"
    if decided.act == Act.EXTEND and decided.day:
        return f"مهلت {named} تا تاریخ {jalali.format_day(decided.day)} تمدید شد."
    if decided.act == Act.REFUSE:
        why = " ".join(decided.text.split()).rstrip(" .")
        return f"با تمدید مهلت {named} موافقت نشد{f'، زیرا {why}' if why else ''}."
    if decided.act == Act.MERGE and decided.into:
        return f"{named} در تکلیف شماره {decided.into.code} ادغام شد."
    if decided.act == Act.AMEND:
        return f"{named} به شرح زیر اصلاح شد: «{_unquoted(decided.text)}»."
    if decided.act == Act.SUPERSEDE:
        instead = f"تکلیف شماره {decided.into.code}" if decided.into else "این مصوبه"
        return f"{instead} جایگزین {named} شد."
    return f"{named} {_ENDINGS[decided.act]}"


def _reads_back(debt: Obligation, decided: Decided, met: Meeting) -> bool:
    """Whether the minutes' reader finds in the line what was decided, and nothing else."""
    read = acts_in(Passage.of([(1, line_for(debt, decided))]), met.date).certain
    into = decided.into.code if decided.into else None
    return [(one.debt, Act(one.act), one.into) for one in read] == [(debt.code, decided.act, into)]


@lru_cache(maxsize=2_000)
def in_short(words: str) -> str:
    """A debt's words as they can stand between quotation marks in a line, cut where they are long."""
    words = _unquoted(words)
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + "…"


def _unquoted(words: str) -> str:
    return " ".join(words.translate(dict.fromkeys(map(ord, "«»"))).split())


def _check(debts: Sequence[Obligation], decided: Decided) -> None:
    if not debts:
        raise Invalid(_("Choose a debt."), field="debt")
    if len(debts) > MOST:
        raise Invalid(_("Choose at most %(count)s debts at a time.") % {"count": MOST}, field="debt")
    if len({debt.body_id for debt in debts}) > 1:
        raise Invalid(_("These debts are of several bodies; each has its own meeting."), field="debt")
    if decided.act == Act.AMEND and not decided.text.strip():
        raise Invalid(_("Say what changes."), field="text")
