"""What the things of the workbench are called on the page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dabir.desk.jinja import figures
from dabir.directory.matching import Suggestion
from dabir.directory.models import Capacity
from dabir.meetings.gaps import GapKind
from dabir.meetings.models import ResolutionKind
from dabir.reading.minutes import Attendance, Party, Severity

DUE_KINDS: dict[str, str | Promise] = {
    "date": _("day"),
    "duration": _("duration"),
    "period": _("period"),
    "event": _("after an event"),
    "recurring": _("recurring"),
    "vague": _("vague"),
    "none": _("none"),
}
SEVERITIES: dict[str, str | Promise] = {
    Severity.ERROR: _("error"),
    Severity.WARNING: _("warning"),
    Severity.NOTE: _("note"),
}
STEPS: dict[str, str | Promise] = {
    "set_bodies": _("bodies and number"),
    "set_title": _("title"),
    "set_date": _("date"),
    "set_times": _("hours"),
    "set_venue": _("venue"),
    "set_chair": _("chair"),
    "set_secretary": _("secretary"),
    "set_invitation": _("invitation"),
    "set_next_meeting": _("next meeting"),
    "add_agenda_item": _("agenda: add"),
    "edit_agenda_item": _("agenda: edit"),
    "remove_agenda_item": _("agenda: remove"),
    "edit_resolution": _("words of a resolution"),
    "set_resolution_number": _("number of a resolution"),
    "set_resolution_kind": _("kind of a resolution"),
    "add_resolution": _("add a resolution"),
    "remove_resolution": _("remove a resolution"),
    "merge_resolution": _("merge two resolutions"),
    "split_resolution": _("split a resolution"),
    "add_obligation": _("add an obligation"),
    "remove_obligation": _("remove an obligation"),
    "set_action": _("what is to be done"),
    "name_party": _("name a party"),
    "accept_party": _("accept a suggested party"),
    "remove_party": _("remove a party"),
    "set_due": _("deadline"),
    "add_wait": _("wait for another obligation"),
    "remove_wait": _("wait no longer"),
    "edit_point": _("words of a point"),
    "remove_point": _("remove a point"),
    "promote_point": _("promote a point"),
    "demote_point": _("take a promotion back"),
    "set_speakers": _("speakers"),
    "add_attendance": _("attendance: add"),
    "remove_attendance": _("attendance: remove"),
    "edit_attendance": _("attendance: words"),
    "set_attendance": _("attendance: presence"),
    "name_attendance": _("attendance: party"),
    "accept_attendance": _("attendance: accept a suggestion"),
    "replace_words": _("apply a suggestion"),
    "waive_finding": _("waive a finding"),
    "heed_finding": _("heed a finding again"),
}
"""Each correction, by its op."""


def gap_name(kind: str, count: int) -> str:
    """«۳ تکلیف بی‌مهلت» and the like."""
    if kind == GapKind.DATE:
        return gettext("no date of the meeting")
    if kind == GapKind.BODY:
        return gettext("bodies not known")
    if kind == GapKind.LEAD:
        text = ngettext("%(count)s obligation without a lead", "%(count)s obligations without a lead", count)
    elif kind == GapKind.PARTY:
        text = ngettext("%(count)s lead not recognised", "%(count)s leads not recognised", count)
    else:
        text = ngettext("%(count)s obligation without a deadline", "%(count)s obligations without a deadline", count)
    return text % {"count": figures(count)}


def reason_of(party: Party | Attendance | Suggestion) -> str:
    """How like the words on the paper the party's name is."""
    likeness = figures(round((party.score or 0) * 100))
    return gettext("%(percent)s%% alike") % {"percent": likeness}


def due_name(kind: str) -> str:
    return str(DUE_KINDS[kind])


def severity_name(severity: str) -> str:
    return str(SEVERITIES[severity])


def resolution_name(kind: str) -> str:
    return str(ResolutionKind(kind).label)


def capacity_name(capacity: str) -> str:
    return str(Capacity(capacity).label)
