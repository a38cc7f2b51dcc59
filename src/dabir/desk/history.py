"""What has happened, from the ledger, in words for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.foundation.models import Event
from dabir.foundation.prepared import AMONG, rows_of
from dabir.obligations.extensions import FOR_FOLLOWERS

MOST = 100
WORDS: dict[str, str | Promise] = {
    "directory.create_party": _("entered"),
    "directory.create_group": _("group entered"),
    "directory.create_body": _("body entered"),
    "directory.create_post": _("post entered"),
    "directory.add_name": _("one more name"),
    "directory.end_name": _("a name ended"),
    "directory.rename_party": _("renamed"),
    "directory.edit_party": _("place or owner changed"),
    "directory.end_party": _("ended"),
    "cycle.merge_parties": _("turned out to be another one"),
    "cycle.unmerge_party": _("merge taken back"),
    "directory.hand_over_party": _("names, seats and units passed on"),
    "letters.hand_over_party": _("letters passed on"),
    "letters.take_party_back": _("letters taken back"),
    "meetings.hand_over_party": _("attendance passed on"),
    "obligations.hand_over_party": _("debts passed on"),
    "obligations.ask_endorsers": _("reports go on, or wait for consent again"),
    "directory.take_party_back": _("names, seats and units taken back"),
    "meetings.take_party_back": _("attendance taken back"),
    "obligations.take_party_back": _("debts taken back"),
    "directory.set_function": _("function of the post set"),
    "directory.add_member": _("a member added"),
    "directory.end_membership": _("a membership ended"),
    "directory.give_seat": _("a seat given"),
    "directory.end_seat": _("a seat ended"),
    "directory.appoint": _("somebody appointed"),
    "directory.end_tenure": _("a tenure ended"),
    "directory.create_person": _("entered"),
    "directory.rename_person": _("name corrected"),
    "directory.let_sign_in": _("given a user name"),
    "directory.add_place": _("entered"),
    "directory.change_place": _("renamed or moved"),
    "directory.end_place": _("ended"),
    "foundation.create_user": _("user made"),
    "foundation.set_mobile": _("mobile number changed"),
    "foundation.set_active": _("sign-in allowed or stopped"),
    "foundation.issue_link": _("one-time link made"),
    "foundation.redeem_link": _("password set"),
    "foundation.set_up_second_factor": _("second factor set up"),
    "foundation.take_second_factor_away": _("second factor turned off"),
    "foundation.forget_second_factor": _("second factor forgotten"),
    "foundation.connect_office_sign_in": _("signs in by the office's directory"),
    "foundation.end_sessions": _("signed out elsewhere"),
    "directory.open_content": _("leave to read taken"),
    "directory.note_read": _("read by leave"),
    "directory.close_content": _("leave to read given back"),
    "directory.make_feed": _("calendar address made"),
    "directory.renew_feed": _("calendar address renewed"),
    "directory.end_feed": _("calendar address taken back"),
    "directory.announce_calendar": _("announced"),
    "directory.withdraw_calendar": _("taken back"),
    "meetings.record_meeting": _("recorded from the signed paper"),
    "meetings.plan_meeting": _("planned"),
    "meetings.change_meeting": _("plan changed"),
    "meetings.cancel_meeting": _("cancelled"),
    "meetings.revive_meeting": _("planned again"),
    "meetings.call_meeting": _("called by letter"),
    "meetings.tell_called": _("those called told by letter"),
    "meetings.hold_meeting": _("held"),
    "meetings.take_holding_back": _("not held after all"),
    "meetings.set_hours": _("hours set"),
    "meetings.mark_attendance": _("attendance recorded"),
    "meetings.add_attendee": _("one more who came"),
    "meetings.drop_attendee": _("taken off the attendance"),
    "directory.set_quorum": _("quorum set"),
    "meetings.invite_party": _("one more called"),
    "meetings.uninvite_party": _("one called no more"),
    "meetings.add_item": _("put on the agenda"),
    "meetings.edit_item": _("agenda changed"),
    "meetings.move_item": _("agenda put in another order"),
    "meetings.remove_item": _("taken off the agenda"),
    "meetings.attach_file": _("a file added"),
    "meetings.detach_file": _("a file taken off"),
    "meetings.classify_meeting": _("class set"),
    "meetings.classify_statement": _("class of a statement set"),
    "meetings.classify_dissent": _("class of a dissent set"),
    "meetings.circulate": _("draft sent round to the members"),
    "meetings.take_back": _("draft taken back from the members"),
    "meetings.suggest": _("a correction of the draft"),
    "meetings.accept_suggestion": _("a correction accepted"),
    "meetings.refuse_suggestion": _("a correction refused"),
    "meetings.withdraw_suggestion": _("a correction taken back"),
    "meetings.record_dissent": _("dissent recorded"),
    "meetings.remove_dissent": _("dissent taken back"),
    "meetings.override_finding": _("an error let pass"),
    "meetings.lift_override": _("an error no longer let pass"),
    "meetings.seal_text": _("text fixed as version 1"),
    "manuscripts.open_manuscript": _("minutes begun"),
    "cycle.seal_minutes": _("minutes sealed"),
    "meetings.correct_text": _("text put right"),
    "cycle.issue_erratum": _("erratum issued"),
    "meetings.record_signatures": _("signatures recorded"),
    "meetings.remove_signature": _("a signature taken back"),
    "meetings.attach_scan": _("signed sheets attached"),
    "meetings.remove_scan": _("signed sheets taken away"),
    "meetings.issue_document": _("taken out as a file"),
    "meetings.name_reader": _("a reader named"),
    "meetings.remove_reader": _("a reader's leave taken back"),
    "letters.write_covering_letter": _("written"),
    "letters.write_letter": _("written"),
    "letters.compose_letter": _("written"),
    "letters.edit_letter": _("text changed"),
    "letters.take_number_back": _("number taken back"),
    "letters.record_receipt": _("receipt recorded"),
    "letters.correct_receipt": _("receipt corrected"),
    "letters.take_receipt_back": _("receipt taken back"),
    "letters.set_way": _("way changed"),
    "letters.mark_printed": _("printed"),
    "letters.register_letter": _("registered"),
    "letters.number_letter": _("number given"),
    "letters.withdraw_letter": _("withdrawn"),
    "letters.raise_class": _("class raised with its meeting's"),
    "letters.lower_class": _("class lowered with its meeting's"),
    "obligations.create_from_minutes": _("debts made from the minutes"),
    "obligations.promote_point": _("made of what was said"),
    "obligations.record_order": _("order recorded"),
    "obligations.set_order_number": _("number given"),
    "cycle.record_resolution": _("resolution recorded by hand"),
    "meetings.open_meeting": _("recorded by hand"),
    "meetings.add_resolution": _("a resolution added by hand"),
    "obligations.create_for_resolution": _("debts made of it"),
    "meetings.record_from_register": _("resolutions brought in from an old register"),
    "meetings.correct_from_register": _("text corrected from an old register"),
    "obligations.create_from_sheet": _("debts brought in from an old register"),
    "obligations.correct_from_sheet": _("corrected from an old register"),
    "obligations.wake": _("reminders woken"),
    "obligations.let_sleep": _("reminders put to sleep"),
    "obligations.settle": _("lead named"),
    "obligations.set_due": _("deadline given"),
    "obligations.ask_extension": _("an extension asked for"),
    "obligations.withdraw_extension": _("request for an extension taken back"),
    "obligations.grant_extension": _("deadline extended"),
    "obligations.refuse_extension": _("extension refused"),
    "obligations.record_event": _("event recorded"),
    "obligations.take_event_back": _("event taken back"),
    "obligations.start_clock": _("limit began with an event"),
    "obligations.stop_clock": _("limit did not begin after all"),
    "obligations.set_rhythm": _("how often it comes again"),
    "obligations.make_instance": _("came due again"),
    "obligations.follow_session": _("deadline moved with its meeting"),
    "obligations.add_wait": _("waits for another debt"),
    "obligations.remove_wait": _("waits for another debt no longer"),
    "cycle.set_ladder": _("steps of reminding set"),
    "cycle.restore_ladder": _("steps of reminding that come with Dabir again"),
    "cycle.escalate": _("a step of the ladder taken"),
    "foundation.set_digests": _("way of messages chosen"),
    "directory.set_follow_up": _("how its debts are followed"),
    "directory.set_deputy": _("who gets the report to the deputy"),
    "obligations.release": _("released to the debtor"),
    "obligations.withdraw": _("release taken back"),
    "meetings.finish": _("finished"),
    "meetings.reopen": _("opened again"),
    "obligations.set_gap_reason": _("said why it stays unsettled"),
    "obligations.acknowledge": _("answered by the agency"),
    "obligations.record_reply": _("answered on a courier form"),
    "obligations.put_into_letter": _("put into a letter"),
    "obligations.communicate": _("communicated"),
    "obligations.take_communication_back": _("not communicated after all"),
    "obligations.move_limit": _("limit counted anew"),
    "obligations.save_view": _("view of the register saved"),
    "obligations.rename_view": _("view of the register renamed"),
    "obligations.delete_view": _("view of the register deleted"),
    "obligations.open_with_view": _("view chosen to open the register with"),
    "obligations.cancel": _("debt cancelled"),
    "obligations.close": _("debt closed by the body"),
    "obligations.extend": _("deadline extended by the body"),
    "obligations.refuse": _("extension refused by the body"),
    "obligations.amend": _("debt amended by the body"),
    "obligations.supersede": _("another decision stands in its place"),
    "obligations.merge": _("debt merged with another"),
    "obligations.reopen": _("debt opened again by the body"),
    "reporting.plan_path": _("path planned"),
    "reporting.set_reporting": _("periods of reports set"),
    "reporting.set_endorsers": _("endorsers named"),
    "reporting.report": _("reported"),
    "reporting.confirm": _("report confirmed by the head"),
    "reporting.endorse": _("report endorsed"),
    "reporting.verify": _("report verified"),
    "reporting.return_report": _("report returned"),
    "reporting.raise_obstacle": _("an obstacle named"),
    "reporting.follow_obstacle": _("word from the capital"),
    "reporting.end_obstacle": _("an obstacle gone"),
}
"""A verb that is not here is shown by its name."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    at: datetime
    what: str
    label: str
    actor: str
    post: str
    reason: str


def of_verbs(*verbs: str) -> list[Line]:
    """The events of these verbs, newest first; one query."""
    return _lines(_newest(Event.objects.filter(verb__in=verbs)))


def of(rows: Iterable[Model], *, quiet: Iterable[Model] = ()) -> list[Line]:
    """The events of these rows, newest first; of the `quiet` ones nothing of what was reported on them, nor which
    extension was asked for and why. One query."""
    subjects = _subjects(rows)
    if hidden := _subjects(quiet):
        events = Event.objects.filter(subject__in=subjects)
        told = events.exclude(FOR_FOLLOWERS, subject__in=hidden)
        return _lines(_newest(told))
    return _lines(rows_of(_of_subjects, AMONG, among=subjects, planned=True))


def _of_subjects(subjects: tuple[int, ...]) -> QuerySet[Event, Any]:
    return _newest(Event.objects.filter(subject__in=subjects))


def _newest(events: QuerySet[Event]) -> QuerySet[Event, Any]:
    return events.order_by("-number").values("number", "at", "verb", "label", "actor", "post", "data")[:MOST]


def _subjects(rows: Iterable[Model]) -> list[str]:
    return [f"{row._meta.label_lower}:{row.pk}" for row in rows]


def _lines(events: Iterable[dict[str, Any]]) -> list[Line]:
    return [
        Line(
            number=event["number"],
            at=event["at"],
            what=str(WORDS.get(event["verb"], event["verb"])),
            label=event["label"],
            actor=event["actor"],
            post=event["post"],
            reason=str(event["data"]["facts"].get("reason", "")),
        )
        for event in events
    ]
