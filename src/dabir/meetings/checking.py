"""Who sees a draft that goes round, who may correct it, and who answers.

Members see the text and their own corrections. Of a meeting above the normal class those alone see anything who may
read it as a whole: its secretary, its chair, and named readers.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dabir.foundation.access import allow, predicate
from dabir.foundation.acting import Acting, Function
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.meetings.compiling import compiled, text_of
from dabir.meetings.manuscripts.rules import writes_minutes_of
from dabir.meetings.members import is_theirs, own_parties
from dabir.meetings.models import Dissent, Manuscript, ManuscriptState, Meeting, Suggestion
from dabir.meetings.queries import meetings_visible_to, minutes_visible_to
from dabir.meetings.rules import secretary_of_record

ROUND = (ManuscriptState.CIRCULATING, ManuscriptState.SEALED)


def manuscripts_visible_to(by: Acting) -> QuerySet[Manuscript]:
    """Drafts: those of one's own secretariat in every state, others once they went round."""
    drafts = Manuscript.objects.all()
    if by.operator:
        return drafts
    if by.sees_nothing:
        return drafts.none()
    normal = Q(meeting__secrecy=SecrecyClass.NORMAL)
    own = Q(meeting__kept_by__in=by.secretariats)
    read_whole = Q(state__in=ROUND, meeting__in=meetings_visible_to(by))
    theirs = Q(state=ManuscriptState.CIRCULATING) & normal & is_theirs(by)
    return drafts.filter((own if by.function in KEEPERS else own & normal) | read_whole | theirs)


def suggestions_visible_to(by: Acting, manuscript: Manuscript) -> QuerySet[Suggestion]:
    """All of them for whoever may read the meeting; a member sees those of their own parties alone."""
    made = manuscript.suggestions.select_related("party")
    if reads_whole(by, manuscript.meeting):
        return made
    return made.filter(party__in=by.parties)


def dissents_visible_to(by: Acting, meeting: Meeting) -> QuerySet[Dissent]:
    said = meeting.dissents.select_related("party")
    return said if reads_whole(by, meeting) else said.filter(party__in=by.parties)


def reads_whole(by: Acting, meeting: Meeting) -> bool:
    return meetings_visible_to(by).filter(pk=meeting.pk).exists()


def numbers_of(meeting: Meeting) -> list[str]:
    """The numbers of its resolutions, on record or in the draft."""
    numbers = list(meeting.resolutions.exclude(number="").values_list("number", flat=True))
    draft = Manuscript.objects.filter(meeting=meeting).first()
    if numbers or draft is None:
        return numbers
    return [one.number for one in compiled(meeting, text_of(draft)).resolutions if one.number]


@predicate
def reads(by: Acting, meeting: Meeting) -> bool:
    return reads_whole(by, meeting)


@predicate
def reads_minutes(by: Acting, meeting: Meeting) -> bool:
    """As a whole, or as the public gets them."""
    return minutes_visible_to(by).filter(pk=meeting.pk).exists()


@predicate
def keeps(by: Acting, meeting: Meeting) -> bool:
    return bool(writes_minutes_of(by, meeting))


@predicate
def keeps_some(by: Acting, _obj: object = None) -> bool:
    """Somebody's minutes."""
    return bool(by.secretariats) and by.function in (*KEEPERS, Function.STAFF)


@predicate
def is_member(by: Acting, manuscript: Manuscript) -> bool:
    """The draft is with the members, and the actor speaks for one of them."""
    if manuscript.state != ManuscriptState.CIRCULATING or not own_parties(by, manuscript.meeting):
        return False
    return manuscript.meeting.secrecy == SecrecyClass.NORMAL or reads_whole(by, manuscript.meeting)


@predicate
def keeps_draft(by: Acting, manuscript: Manuscript) -> bool:
    return bool(writes_minutes_of(by, manuscript.meeting))


@predicate
def is_member_of(by: Acting, meeting: Meeting) -> bool:
    draft = Manuscript.objects.filter(meeting=meeting).select_related("meeting").first()
    return draft is not None and bool(is_member(by, draft))


@predicate
def made_it(by: Acting, said: Suggestion) -> bool:
    return said.party_id in by.parties and bool(is_member(by, said.manuscript))


@predicate
def entered_it(by: Acting, said: Suggestion) -> bool:
    return bool(writes_minutes_of(by, said.manuscript.meeting))


@predicate
def dissents(by: Acting, said: Dissent) -> bool:
    return said.party_id in by.parties and bool(is_member_of(by, said.meeting))


@predicate
def records_it(by: Acting, said: Dissent) -> bool:
    return bool(secretary_of_record(by, said.meeting))


_SECRETARY = _("Only the secretary of the meeting may do this.")
_MEMBER = _("Only those who speak for a member of this meeting may correct its draft, while it is with them.")
_KEEPS = _("Only the secretariat that keeps this meeting may do this.")

_ISSUES = _("Only those who may read these minutes may take them out as a file.")
allow("meetings.issue_document", reads, _ISSUES)
allow("meetings.issue_public_document", reads_minutes, _ISSUES)
allow("meetings.circulate", secretary_of_record, _("Only the secretary of the meeting may send its draft round."))
allow("meetings.take_back", secretary_of_record, _("Only the secretary of the meeting may send its draft round."))
allow("meetings.suggest", keeps_draft | is_member, _MEMBER)
allow("meetings.suggest_for_another", keeps, _KEEPS)
allow("meetings.accept_suggestion", secretary_of_record, _SECRETARY)
allow("meetings.refuse_suggestion", secretary_of_record, _SECRETARY)
allow(
    "meetings.withdraw_suggestion", entered_it | made_it, _("Only whoever has made this correction may take it back.")
)
allow("meetings.record_dissent", secretary_of_record | is_member_of, _MEMBER)
allow("meetings.remove_dissent", records_it | dissents, _("Only whoever has made it may take it back."))
allow("meetings.override_finding", secretary_of_record, _("Only the secretary of the meeting may let an error pass."))
allow("meetings.lift_override", secretary_of_record, _("Only the secretary of the meeting may let an error pass."))
allow("meetings.record_signatures", secretary_of_record, _SECRETARY)
allow("meetings.remove_signature", secretary_of_record, _SECRETARY)
allow("meetings.attach_scan", keeps, _KEEPS)
allow("meetings.sort_scan", keeps_some, _("Only a secretariat sorts the scans of signed minutes."))
allow("meetings.remove_scan", secretary_of_record, _SECRETARY)
