"""What it takes to seal minutes: a text of this very meeting, nothing unanswered, no error without a reason.

Also how a version is fixed: document, source text, hash, and the ledger's head.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dabir.directory.models import PartyName
from dabir.foundation import files, ledger
from dabir.foundation.acting import Acting
from dabir.foundation.models import StoredFile
from dabir.meetings.blocking import Obstacle, obstacles
from dabir.meetings.compiling import Beside, compiled, nothing
from dabir.meetings.manuscripts import revisions
from dabir.meetings.models import (
    Manuscript,
    ManuscriptState,
    Meeting,
    MeetingState,
    MinutesVersion,
    SuggestionState,
    VersionState,
)
from dabir.persian import clock, jalali
from dabir.persian.digits import to_persian
from dabir.persian.letters import squash
from dabir.reading.minutes import Minutes, source_of


@dataclass(frozen=True, slots=True)
class Ready:
    """Minutes as they would be sealed now. `faults` are sentences that say what must be put right first; errors of the
    text are in `obstacles`."""

    revision: int
    text: str
    minutes: Minutes
    obstacles: list[Obstacle]
    faults: list[str]

    @property
    def blocking(self) -> list[Obstacle]:
        return [one for one in self.obstacles if one.blocks]

    @property
    def let_pass(self) -> list[Obstacle]:
        return [one for one in self.obstacles if not one.blocks]

    @property
    def can_be_sealed(self) -> bool:
        return not self.faults and not self.blocking

    def document(self) -> dict[str, Any]:
        """The minutes, each error that was let pass with the reason beside it."""
        for one in self.let_pass:
            one.finding.waived = one.reason
        return self.minutes.as_json()


def readiness(manuscript: Manuscript, beside: Beside = nothing) -> Ready:
    """The newest text, compiled; some tenths of a second for a long one, and so outside of any transaction."""
    meeting = manuscript.meeting
    newest = revisions.newest(manuscript)
    minutes = compiled(meeting, newest.text, beside)
    found = obstacles(minutes, manuscript.overrides)
    faults = [*_of_state(manuscript), *_of_identity(meeting, minutes), *_of_content(minutes)]
    return Ready(newest.number, newest.text, minutes, found, faults)


def faults_of_state(manuscript: Manuscript) -> list[str]:
    """What must be put right first, as far as the text has no part in it."""
    return list(_of_state(manuscript))


def _of_state(manuscript: Manuscript) -> Iterator[str]:
    if manuscript.state == ManuscriptState.SEALED:
        yield _("These minutes are sealed.")
    elif manuscript.meeting.state != MeetingState.HELD:
        yield _("Only the minutes of a meeting that was held can be sealed. Say first that it was.")
    waiting = manuscript.suggestions.filter(state=SuggestionState.OPEN).count()
    if waiting:
        sentence = ngettext(
            "%(count)s correction waits for an answer. Answer it first.",
            "%(count)s corrections wait for an answer. Answer them first.",
            waiting,
        )
        yield sentence % {"count": to_persian(str(waiting))}
    if manuscript.revisions.filter(clashes=True).exists():
        yield _("Two people have written on the same lines: choose first between what each of them wrote.")


def _of_identity(meeting: Meeting, minutes: Minutes) -> Iterator[str]:
    day = minutes.header.day
    if day is None:
        yield _("The text does not tell the day of the meeting.")
    elif day != meeting.date:
        yield _("The text says that the meeting was on %(text)s; it was on %(record)s.") % {
            "text": jalali.format_day(day),
            "record": jalali.format_day(meeting.date),
        }
    met = list(meeting.bodies.select_related("body__party"))
    numbers = [one.number for one in met if one.number is not None]
    if len(numbers) < len(met):
        yield _("The meeting has no number yet.")
    number = minutes.header.number
    if numbers and number is None:
        yield _("The text does not tell the number of the meeting.")
    elif numbers and number not in numbers:
        yield _("The text gives the meeting the number %(text)s; its number is %(record)s.") % {
            "text": to_persian(str(number)),
            "record": " و ".join(to_persian(str(one)) for one in numbers),
        }
    named = minutes.header.body
    if met and named and (other := _another_body(named, [one.body.party_id for one in met])):
        yield _("The text says that %(text)s met; it was %(record)s.") % {
            "text": other,
            "record": " و ".join(str(one.body) for one in met),
        }


def _another_body(named: str, met: list[int]) -> str:
    """The name of the body that the text names, where it is for certain none of those that met."""
    names = PartyName.objects.filter(squash=squash(named), party__body__isnull=False).select_related("party")
    parties = {name.party for name in names}
    if not parties or any(party.pk in met or party.merged_into_id in met for party in parties):
        return ""
    return str(next(iter(parties)))


def _of_content(minutes: Minutes) -> Iterator[str]:
    if not minutes.resolutions and not minutes.discussion:
        yield _("The text tells neither what was said nor what was decided.")


def fix(
    change: ledger.Change,
    meeting: Meeting,
    document: dict[str, Any],
    file: StoredFile,
    *,
    number: int,
    state: VersionState,
    by: Acting,
) -> MinutesVersion:
    """One more version of the minutes, with the ledger's head as it was before this change."""
    head = ledger.head()
    attached = meeting.attachments.select_related("file")
    return change.create(
        MinutesVersion(
            meeting=meeting,
            number=number,
            state=state,
            file=file,
            name=f"{meeting.code}-{number}.txt",
            document=document,
            sha256=files.sha256(source_of(document)),
            at=clock.now(),
            by=by.name[:100],
            head_number=head.number,
            head_hash=head.hash,
            attachments=[{"name": one.name, "sha256": one.file.sha256, "secrecy": one.secrecy} for one in attached],
        )
    )
