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
from dabir.obligations.models import Act
from dabir.obligations.weighing import Why
from dabir.reading.minutes import Attendance, Party, Reason, Severity

_LIKELY = 0.85
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
REASONS: dict[str, str | Promise] = {
    Reason.EXACT: _("its official name"),
    Reason.ALIAS: _("one of its names"),
    Reason.PICKED: _("chosen by a person"),
    Reason.SHARED: _("several have this name"),
    Reason.LETTER: _("one letter off"),
    Reason.SHORTENED: _("a part of its name"),
    Reason.LIKE: _("%(percent)s%% alike"),
    Reason.STAFF: _("somebody of it"),
    Reason.SAID: _("named in full on line %(line)s"),
    Reason.BODY: _("the body that met"),
    Reason.PLACE: _("of the place that the paper is about"),
    Reason.HOLDER: _("the paper names post and holder together"),
    Reason.PRONOUN: _("whoever was named before"),
    Reason.MEMBERS: _("the members of the body"),
    Reason.VAGUE: _("a group whose members the paper does not tell"),
}
"""Why a name is taken for a party's or for a longer name of the paper."""
ACTS: dict[str, str | Promise] = {
    "close": _("close it"),
    "extend": _("extend its deadline"),
    "refuse": _("refuse to extend it"),
    "amend": _("amend it"),
    "supersede": _("supersede it"),
    "merge": _("merge it with another"),
    "reopen": _("open it again"),
    "cancel": _("cancel it"),
}
"""What a body can decide on a debt that is there, as a choice."""
WHYS: dict[str, str | Promise] = {
    Why.OVERDUE: _("overdue"),
    Why.UNSETTLED: _("no lead"),
    Why.OBSTACLE: _("an obstacle"),
    Why.BODY_EXTENDS: _("asks the body for time"),
    Why.UNDATED: _("started without a deadline"),
    Why.SOON: _("due soon"),
    Why.CHAIN: _("held up by another"),
    Why.BEHIND: _("behind its plan"),
    Why.EVENT: _("event not recorded"),
    Why.RECURRING: _("its turn is near"),
    Why.RHYTHM: _("nobody says how often"),
    Why.ASKED: _("asks for time"),
    Why.PROPOSED: _("proposed for closing"),
    Why.LADDER: _("referred to the meeting"),
    Why.EXTENDED: _("extended before"),
    Why.BREAKS: _("holds others up"),
    Why.SILENT: _("no report for a period"),
    Why.UNFOUNDED: _("less found than reported"),
}
"""Why a debt is among the worst, in a word."""
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
    "add_act": _("a decision on a debt stated"),
    "remove_act": _("a decision on a debt taken out"),
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


def act_name(act: str) -> str:
    """What is decided, in a word: «مختومه», «تمدید»."""
    return str(Act(act).label)


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
    """Why the words on the paper are taken for this party's name; empty where nothing is known of them."""
    text = str(REASONS.get(party.reason or "", "")) or (gettext("%(percent)s%% alike") if party.score else "")
    line = getattr(party, "named_at", None)
    if party.reason == Reason.SAID and line is None:
        text = gettext("named in full elsewhere on the paper")
    return text % {"percent": figures(round((party.score or 0) * 100)), "line": figures(line or "")}


def sureness(party: Party | Attendance | Suggestion) -> str:
    """How sure that is, in one word for the page's style: sure, likely or unsure."""
    return "sure" if party.score == 1.0 else "likely" if (party.score or 0) >= _LIKELY else "unsure"


def due_name(kind: str) -> str:
    return str(DUE_KINDS[kind])


def severity_name(severity: str) -> str:
    return str(SEVERITIES[severity])


def resolution_name(kind: str) -> str:
    return str(ResolutionKind(kind).label)


def capacity_name(capacity: str) -> str:
    return str(Capacity(capacity).label)
