"""Minutes go round to the members before they are sealed: corrections, answers, dissent, errors that are let pass."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dabir.directory.models import Party
from dabir.foundation import ledger
from dabir.foundation.access import may, require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.prepared import fresh
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.audiences import DraftView, audience_of, draft_view
from dabir.meetings.blocking import obstacles
from dabir.meetings.checking import numbers_of
from dabir.meetings.codes import ascii_number
from dabir.meetings.compiling import Beside, compiled, nothing, text_of
from dabir.meetings.manuscripts import revisions
from dabir.meetings.members import own_parties, parties_of
from dabir.meetings.models import Dissent, Manuscript, ManuscriptState, Meeting, Suggestion, SuggestionState
from dabir.meetings.typed import cleaned
from dabir.meetings.words import Change, put_in, stands_once
from dabir.persian import clock, jalali
from dabir.persian.letters import canonical

LONGEST = 5_000
"""Letters of a correction, a reason or a dissent."""
MOST_SUGGESTIONS = 500
"""Of one draft; more is no correction any more."""
_OPEN = (ManuscriptState.WRITING, ManuscriptState.CIRCULATING)


def circulate(manuscript: Manuscript, *, until: date, by: Acting) -> Manuscript:
    """Let the members see the draft and correct it, that day included; again with another day."""
    require(by, "meetings.circulate", manuscript.meeting)
    if until < clock.today():
        raise Invalid(_("This day has passed."), field="until")
    with ledger.change("meetings.circulate", by=by, on=manuscript.meeting) as change:
        now = _open(manuscript)
        now.circulate()
        now.until = until
        change.touch(now, "state", "until")
    return now


def take_back(manuscript: Manuscript, *, by: Acting) -> Manuscript:
    """The draft is the secretariat's alone again; what the members have said stays."""
    require(by, "meetings.take_back", manuscript.meeting)
    with ledger.change("meetings.take_back", by=by, on=manuscript.meeting) as change:
        now = _open(manuscript)
        if now.state != ManuscriptState.CIRCULATING:
            raise Invalid(_("This draft is not with the members."))
        now.take_back()
        now.until = None
        change.touch(now, "state", "until")
    return now


def suggest(
    manuscript: Manuscript,
    *,
    by: Acting,
    revision: int,
    party: Party | None = None,
    said_by: str = "",
    old: str = "",
    new: str = "",
    reason: str = "",
) -> Suggestion:
    """Correct the draft: `new` for `old`, which stands once in the revision; or only say what should be otherwise.

    A member says it until the day that was given, for their own party, of the lines whose words they see; the
    secretariat enters, until the minutes are sealed, what a member has written or said to it. `Conflict` when the text
    has changed there since.
    """
    require(by, "meetings.suggest", manuscript)
    old, new, reason = (cleaned(text) for text in (old, new, reason))
    if not (old.strip() or new.strip() or reason.strip()):
        raise Invalid(_("Say what should be otherwise."), field="new")
    if max(len(old), len(new), len(reason)) > LONGEST:
        raise Invalid(_("This is too long for one correction."), field="new")
    if old and old == new:
        raise Invalid(_("These are the same words as before."), field="new")
    enters = may(by, "meetings.suggest_for_another", manuscript.meeting)
    with ledger.change("meetings.suggest", by=by, on=manuscript.meeting) as change:
        now = _open(manuscript)
        if not enters:
            _refuse_late(now)
        if now.suggestions.count() >= MOST_SUGGESTIONS:
            raise Invalid(_("This draft has too many corrections already."), field="new")
        if old:
            _check_words(old, draft_view(now.meeting, text_of(now), audience_of(by, now.meeting)), now, revision)
        whose = _speaker(now.meeting, party, by, enters=enters)
        row = Suggestion(manuscript=now, revision=revision, party=whose, old=old, new=new, reason=reason.strip())
        row.said_by = canonical(said_by)[:100] if enters and said_by.strip() else by.name[:100]
        row.made_at = clock.now()
        return change.create(row)


def accept_suggestion(suggestion: Suggestion, *, by: Acting, answer: str = "", placed: bool = False) -> Suggestion:
    """Put its words into the text as a new revision. `Conflict` where the old words stand there no more, or it names
    none: then the secretary puts it in by hand, and says so (`placed`)."""
    require(by, "meetings.accept_suggestion", suggestion.manuscript.meeting)
    with ledger.change("meetings.accept_suggestion", by=by, on=suggestion.manuscript.meeting) as change:
        now = _unanswered(suggestion)
        if not placed:
            changed = put_in(text_of(now.manuscript), Change(now.old, now.new))
            if changed is None:
                raise Conflict(
                    _("Its old words no longer stand in the text. Put it in by hand, then say so here.")
                    if now.old
                    else _("It names no words to replace. Put it in by hand, then say so here."),
                    existing=now,
                )
            row = revisions.add(now.manuscript, changed, by=by)
            change.facts["revision"] = row.number
        now.accept()
        _answer(change, now, answer, by)
    return now


def refuse_suggestion(suggestion: Suggestion, *, answer: str, by: Acting) -> Suggestion:
    """Let the text stay, for a reason that the member reads."""
    require(by, "meetings.refuse_suggestion", suggestion.manuscript.meeting)
    if not answer.strip():
        raise Invalid(_("Say why it is refused."), field="answer")
    with ledger.change("meetings.refuse_suggestion", by=by, on=suggestion.manuscript.meeting) as change:
        now = _unanswered(suggestion)
        now.refuse()
        _answer(change, now, answer, by)
    return now


def withdraw_suggestion(suggestion: Suggestion, *, by: Acting) -> Suggestion:
    """Whoever speaks for the party that made it takes it back; so does the secretariat for what it has entered."""
    require(by, "meetings.withdraw_suggestion", suggestion)
    with ledger.change("meetings.withdraw_suggestion", by=by, on=suggestion.manuscript.meeting) as change:
        now = _unanswered(suggestion)
        now.withdraw()
        change.touch(now, "state")
    return now


def record_dissent(
    meeting: Meeting,
    *,
    by: Acting,
    text: str,
    party: Party | None = None,
    name: str = "",
    about: str = "",
    secrecy: SecrecyClass = SecrecyClass.NORMAL,
) -> Dissent:
    """Keep a member's disagreement with the minutes, about the resolution of that number or about all of them.

    A member says it while the draft is with the members, the secretary records it whenever it comes; whoever does says
    its class, too.
    """
    require(by, "meetings.record_dissent", meeting)
    text = cleaned(text).strip()
    if not text:
        raise Invalid(_("Write what they disagree with, and why."), field="text")
    if len(text) > LONGEST:
        raise Invalid(_("This text is too long."), field="text")
    enters = may(by, "meetings.suggest_for_another", meeting)
    number = ascii_number(about)
    if about and number not in [ascii_number(one) for one in numbers_of(meeting)]:
        raise Invalid(_("There is no resolution with this number."), field="about")
    with ledger.change("meetings.record_dissent", by=by, on=meeting) as change:
        if not enters:
            draft = Manuscript.objects.filter(meeting=meeting).first()
            if draft is None or draft.state != ManuscriptState.CIRCULATING:
                raise Invalid(_("The minutes are not with the members now: tell the secretary."))
            _refuse_late(draft)
        named = canonical(name)[:200] if enters else ""
        whose = None if enters and party is None and named else _speaker(meeting, party, by, enters=enters)
        row = Dissent(meeting=meeting, party=whose, name=named or str(whose), about=about, text=text, secrecy=secrecy)
        row.at = clock.now()
        return change.create(row)


def remove_dissent(dissent: Dissent, *, by: Acting) -> None:
    """Take a dissent back before the minutes are sealed."""
    require(by, "meetings.remove_dissent", dissent)
    with ledger.change("meetings.remove_dissent", by=by, on=dissent.meeting) as change:
        if dissent.meeting.versions.exists():
            raise Invalid(_("The minutes stand: what was said about them stays."))
        change.delete(dissent)


def override_finding(
    manuscript: Manuscript, *, by: Acting, rule: str, words: str, reason: str, beside: Beside = nothing
) -> Manuscript:
    """Let an error pass, for a reason that stands in the minutes beside it; the override falls when the words of its
    line change. Never what would make the record false (`blocking.NEVER`)."""
    require(by, "meetings.override_finding", manuscript.meeting)
    reason = canonical(cleaned(reason))
    if not reason:
        raise Invalid(_("Say why it may stand."), field="reason")
    if len(reason) > 300:
        raise Invalid(_("This reason is too long."), field="reason")
    with ledger.change("meetings.override_finding", by=by, on=manuscript.meeting, rule=rule, reason=reason) as change:
        now = _open(manuscript)
        found = obstacles(compiled(now.meeting, text_of(now), beside), [])
        obstacle = next((one for one in found if (one.finding.rule, one.words) == (rule, words)), None)
        if obstacle is None:
            raise Conflict(_("The text has no such error any more. Look at it again."), existing=now)
        if obstacle.never:
            raise Invalid(
                _("This cannot be let pass: %(why)s Correct the text.") % {"why": str(obstacle.never)}, field="reason"
            )
        entry = {"rule": rule, "words": words, "reason": reason, "by": by.name, "at": clock.now().isoformat()}
        change.update(now, overrides=[*_others(now, rule, words), entry])
    return now


def lift_override(manuscript: Manuscript, *, by: Acting, rule: str, words: str) -> Manuscript:
    """Let the error stand in the way again."""
    require(by, "meetings.lift_override", manuscript.meeting)
    with ledger.change("meetings.lift_override", by=by, on=manuscript.meeting, rule=rule) as change:
        now = _open(manuscript)
        change.update(now, overrides=_others(now, rule, words))
    return now


def _check_words(old: str, shown: DraftView, now: Manuscript, revision: int) -> None:
    """That they stand once in what the actor sees of the text, and on lines that they may read."""
    text = shown.text
    if not stands_once(text, old):
        if revisions.newest(now).number != revision:
            raise Conflict(_("The draft has changed there since you opened it. Look at it again."), existing=now)
        raise Invalid(
            _("These words stand there more than once: take more words around them.")
            if old in text
            else _("These words do not stand in the draft."),
            field="old",
        )
    first = text.count("\n", 0, text.index(old)) + 1
    if not shown.hidden.isdisjoint(range(first, first + old.count("\n") + 1)):
        raise Invalid(
            _("This line is classified: tell the secretary of the meeting what should be otherwise."), field="new"
        )


def _speaker(meeting: Meeting, party: Party | None, by: Acting, *, enters: bool) -> Party:
    """In whose name it is said: one's own party, or for the secretariat any that the meeting is of."""
    own = own_parties(by, meeting)
    if party is None and len(own) == 1:
        return own[0]
    if party is None:
        raise Invalid(_("Say in whose name."), field="party")
    if party in own or (enters and parties_of(meeting).filter(pk=party.pk).exists()):
        return party
    raise Invalid(_("This party neither attends the meeting nor sits in its body."), field="party")


def _refuse_late(draft: Manuscript) -> None:
    if draft.until and clock.today() > draft.until:
        raise Invalid(
            _("Corrections could be made until %(day)s. Tell the secretary of the meeting.")
            % {"day": jalali.format_day(draft.until)}
        )


def _open(manuscript: Manuscript) -> Manuscript:
    now = fresh(manuscript, "meeting__kept_by__party")
    if now.state not in _OPEN:
        raise Invalid(_("These minutes are sealed."))
    return now


def _unanswered(suggestion: Suggestion) -> Suggestion:
    now = fresh(suggestion, "manuscript__meeting")
    _open(now.manuscript)
    if now.state != SuggestionState.OPEN:
        raise Conflict(_("This correction has been answered already."), existing=now)
    return now


def _answer(change: ledger.Change, now: Suggestion, answer: str, by: Acting) -> None:
    now.answer = cleaned(answer).strip()[:LONGEST]
    now.answered_at, now.answered_by = clock.now(), by.name[:100]
    change.touch(now, "state", "answer", "answered_at", "answered_by")


def _others(now: Manuscript, rule: str, words: str) -> list[dict[str, str]]:
    return [one for one in now.overrides if (one["rule"], one["words"]) != (rule, words)]
