"""An erratum puts words right in sealed minutes: the next version, decided by a resolution.

What stands on other lines is taken over as it was fixed, whatever the reader of today would make of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dabir.foundation import files, ledger
from dabir.foundation.errors import Invalid
from dabir.meetings.blocking import obstacles
from dabir.meetings.claims import claim_row
from dabir.meetings.compiling import compiled
from dabir.meetings.corrections import apply
from dabir.meetings.models import (
    ON_RECORD,
    Claim,
    Meeting,
    MeetingBody,
    MinutesVersion,
    Point,
    Resolution,
    VersionState,
)
from dabir.meetings.recording import header_of
from dabir.meetings.typed import cleaned
from dabir.meetings.words import stands_once
from dabir.reading.minutes import AgendaItem, Attendance, Lines, Minutes, Statement
from dabir.reading.minutes import Point as Said
from dabir.reading.minutes import Resolution as Decided

LONGEST = 5_000
"""Letters of what is put right."""

T = TypeVar("T", AgendaItem, Statement, Decided, Attendance, Said)


@dataclass(frozen=True, slots=True)
class Corrected:
    """Sealed minutes with the words put right: `before` is the version that it was made of."""

    before: MinutesVersion
    text: str
    minutes: Minutes


def corrected(version: MinutesVersion, old: str, new: str) -> Corrected:
    """The version with `new` for `old`.

    `Invalid` where these words do not stand in it once, where more than words would change (lines, items, the meeting's
    day or number), or where it would bring an error in.
    """
    old, new = cleaned(old), cleaned(new)
    if version.state == VersionState.RECORDED:
        raise Invalid(_("These minutes were signed on paper; an erratum corrects what was sealed here."))
    if not old.strip() or old == new:
        raise Invalid(_("Give the words that are wrong, and those for them."), field="old")
    if max(len(old), len(new)) > LONGEST:
        raise Invalid(_("This is too long for one correction."), field="new")
    text = files.get(version.file).decode()
    if not stands_once(text, old):
        raise Invalid(
            _("These words stand there more than once: take more words around them.")
            if old in text
            else _("These words do not stand in the minutes."),
            field="old",
        )
    if old.count("\n") != new.count("\n"):
        raise Invalid(_("An erratum changes words within their lines."), field="new")
    first = text[: text.index(old)].count("\n") + 1
    at = (first, first + old.count("\n"))
    put_right = text.replace(old, new)
    was = Minutes.from_json(version.document)
    fresh = compiled(version.meeting, put_right)
    _refuse_other_items(fresh, compiled(version.meeting, text))
    minutes = _merged(was, fresh, at) if _shape(fresh) == _shape(was) else _replaced(was, old, new, at, fresh.lines)
    if (minutes.header.day, minutes.header.number) != (was.header.day, was.header.number):
        raise Invalid(_("The meeting's day and number are no matter of an erratum."), field="new")
    known = {finding.message for finding in was.findings}
    for obstacle in obstacles(minutes, []):
        if obstacle.finding.message not in known:
            raise Invalid(
                _("This would bring an error in: %(message)s") % {"message": obstacle.finding.message}, field="new"
            )
    return Corrected(version, put_right, minutes)


def may_decide(meeting: Meeting) -> QuerySet[Resolution]:
    """The resolutions that can decide an erratum of this meeting: its own, and those of later meetings of its bodies
    whose minutes stand."""
    bodies = MeetingBody.objects.filter(meeting=meeting).values("body")
    later = Q(meeting__date__gte=meeting.date, meeting__state__in=ON_RECORD)
    same = Q(meeting__bodies__body__in=bodies) | Q(meeting__kept_by=meeting.kept_by)
    found = Resolution.objects.filter(Q(meeting=meeting) | later & same).values("pk")
    return Resolution.objects.filter(pk__in=found).select_related("meeting").order_by("-meeting__date", "order")


def rewrite(change: ledger.Change, meeting: Meeting, minutes: Minutes) -> None:
    """Write the words of the corrected minutes into the meeting's rows, each of which stands where it stood."""
    change.update(meeting, **header_of(minutes))
    for item, row in zip(minutes.agenda, meeting.agenda.all(), strict=False):
        change.update(row, text=item.text)
    for statement, spoken in zip(minutes.discussion, meeting.statements.all(), strict=False):
        change.update(spoken, speakers=[{"name": s.name, "post": s.post} for s in statement.speakers])
    points = [point for statement in minutes.discussion for point in statement.points]
    for point, said in zip(points, meeting.points.all(), strict=False):
        change.update(said, text=point.text)
    for decided, resolution in zip(minutes.resolutions, meeting.resolutions.all(), strict=False):
        change.update(resolution, text=decided.text, kind=str(decided.kind))
    _rewrite_claims(change, meeting, minutes)
    for entry, present in zip(minutes.attendance, meeting.attendance.all(), strict=False):
        change.update(present, text=entry.text[:300])


def _rewrite_claims(change: ledger.Change, meeting: Meeting, minutes: Minutes) -> None:
    """What speakers quote, anew where it has changed: nothing cites these rows."""
    spoken = {said.id: row for said, row in zip(minutes.discussion, meeting.statements.all(), strict=False)}
    fresh = [claim_row(meeting, spoken.get(one.statement or ""), n, one) for n, one in enumerate(minutes.claims, 1)]
    there = list(meeting.claims.all())
    if [_told(row) for row in there] == [_told(row) for row in fresh]:
        return
    for row in there:
        change.delete(row)
    change.create_many(fresh)


def _told(row: Claim) -> tuple[Any, ...]:
    return row.order, row.statement_id, row.kind, row.text, row.subject, row.value, row.unit, row.source, row.line


def places_of(version: MinutesVersion) -> list[Resolution | Point]:
    """The resolutions and points that the erratum of this version has put right; debts may cite them."""
    before = MinutesVersion.objects.filter(meeting=version.meeting_id, number=version.number - 1).first()
    if before is None:
        return []
    was, now = Minutes.from_json(before.document), Minutes.from_json(version.document)
    resolutions = zip(was.resolutions, now.resolutions, version.meeting.resolutions.all(), strict=False)
    found: list[Resolution | Point] = [row for old, new, row in resolutions if old.text != new.text]
    points = zip(_points(was), _points(now), version.meeting.points.all(), strict=False)
    return found + [row for old, new, row in points if old.text != new.text]


def _points(minutes: Minutes) -> list[Said]:
    return [point for statement in minutes.discussion for point in statement.points]


def _refuse_other_items(fresh: Minutes, before: Minutes) -> None:
    if _shape(fresh) != _shape(before):
        raise Invalid(_("This changes more than words: how many items there are, or where they stand."), field="new")
    if _acts(fresh) != _acts(before):
        raise Invalid(_("This changes what is decided on debts, which is no matter of an erratum."), field="new")


def _shape(minutes: Minutes) -> list[Any]:
    """How many items of each kind there are, and on which lines each stands."""
    kinds: list[Sequence[Any]] = [
        minutes.agenda,
        minutes.discussion,
        _points(minutes),
        minutes.resolutions,
        minutes.attendance,
        minutes.sections,
    ]
    return [[tuple(item.lines) for item in items] for items in kinds]


def _acts(minutes: Minutes) -> list[tuple[str, str, str, str]]:
    acts = [one for resolution in minutes.resolutions for one in resolution.acts]
    return [(one.debt, one.act, one.day.iso if one.day else "", one.into or "") for one in acts]


def _merged(was: Minutes, fresh: Minutes, at: Lines) -> Minutes:
    """What stands on these lines from the new reading, everything else as it was."""

    def taken(before: Sequence[T], after: Sequence[T]) -> list[T]:
        return [new if _meet(old.lines, at) else old for old, new in zip(before, after, strict=True)]

    header_touched = was.header.lines is None or _meet(was.header.lines, at)
    clear: Callable[[Any], bool] = lambda one: not _meet(one.lines, at)  # noqa: E731
    findings = [one for one in was.findings if clear(one)] + [one for one in fresh.findings if not clear(one)]
    claims = [one for one in was.claims if clear(one)] + [one for one in fresh.claims if not clear(one)]
    return Minutes(
        header=fresh.header if header_touched else was.header,
        bodies=was.bodies,
        sections=fresh.sections,
        agenda=taken(was.agenda, fresh.agenda),
        discussion=taken(was.discussion, fresh.discussion),
        claims=sorted(claims, key=lambda claim: claim.lines),
        resolutions=taken(was.resolutions, fresh.resolutions),
        attendance=taken(was.attendance, fresh.attendance),
        findings=sorted(findings, key=lambda finding: (finding.lines, finding.rule)),
        lines=fresh.lines,
        source=was.source,
    )


def _replaced(was: Minutes, old: str, new: str, at: Lines, lines: list[str]) -> Minutes:
    """The words alone, where the reader of today parts the text in another way than the one that it was sealed with."""
    changes = [{"old": old, "new": new}]
    minutes = apply(was, {"op": "replace_words", "changes": changes, "first": at[0], "last": at[1]})
    minutes.lines = lines
    return minutes


def _meet(one: Lines, other: Lines) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
