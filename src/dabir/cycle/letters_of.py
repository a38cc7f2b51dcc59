"""Which letters are about a meeting: those that call to it, and those that tell of what it decided or remind of it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from dabir.cycle.models import Escalation
from dabir.foundation.acting import Acting
from dabir.letters.models import Letter
from dabir.meetings.models import Call, Meeting
from dabir.meetings.queries import meetings_visible_to
from dabir.obligations.models import Extract


def about(code: str, by: Acting) -> Q:
    """The condition for letters about the meeting of that code; nothing, where the actor may not know of it."""
    return _about(meetings_visible_to(by).filter(code=code))


def letters_about(meeting: Meeting) -> QuerySet[Letter]:
    """All letters about a meeting, withdrawn ones too, and what came in answer to one; seen by whom is not asked."""
    own = Letter.objects.filter(_about(Meeting.objects.filter(pk=meeting.pk))).values("pk")
    return Letter.objects.filter(Q(pk__in=own) | Q(answers__in=own)).order_by("pk")


def _about(meetings: QuerySet[Meeting]) -> Q:
    calls = Call.objects.filter(meeting__in=meetings).values("letter")
    extracts = Extract.objects.filter(obligation__meeting__in=meetings).values("letter")
    reminders = Escalation.objects.filter(obligation__meeting__in=meetings, letter__isnull=False).values("letter")
    return Q(pk__in=calls) | Q(pk__in=extracts) | Q(pk__in=reminders)


def meetings_of(letters: QuerySet[Letter], by: Acting) -> QuerySet[Meeting]:
    """The meetings that these letters are about, newest first, of those that the actor may know."""
    calls = Call.objects.filter(letter__in=letters.values("pk")).values("meeting")
    extracts = Extract.objects.filter(letter__in=letters.values("pk")).values("obligation__meeting")
    return meetings_visible_to(by).filter(Q(pk__in=calls) | Q(pk__in=extracts)).order_by("-date", "-id")
