"""Bringing agencies in: for each a post, an invitation with its code, and the letter that carries it; all or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dabir.directory import codes
from dabir.directory import parts as directory
from dabir.directory.models import AGENCIES, Body, Invitation, Party, Post
from dabir.directory.queries import invitations_visible_to
from dabir.directory.rules import AGENCY
from dabir.directory.spans import in_force
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Conflict, Invalid, Missing
from dabir.letters import parts as letters
from dabir.letters import wordings
from dabir.letters.documents import covering_sheet, look_of
from dabir.letters.models import Letter, LetterKind
from dabir.obligations.models import Involved, Obligation
from dabir.persian import clock, jalali
from dabir.writing.letters import Sheet

MOST_AT_ONCE = 200
TITLE = "رابط پیگیری"
"""Of the post that is made where an agency has none to invite: the field's own word for it."""


@dataclass(frozen=True, slots=True)
class Guest:
    """An agency to invite: into `post`, or into one of `TITLE` that is made for it; the name where it is known."""

    party: Party
    mobile: str
    name: str = ""
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """A letter that was written and its code, which is told here alone."""

    letter: Letter
    code: str


class Faults(Invalid):
    """Why nobody was invited: a sentence for each agency at fault, by its party's key."""

    def __init__(self, faults: dict[int, str]) -> None:
        super().__init__(_("Nobody is invited yet: some rows need a second look."))
        self.faults = faults


def invite(guests: Sequence[Guest], *, by: Acting, body: Body, title: str = TITLE) -> list[Invited]:
    """Letters with codes for all of these agencies, in the name of a body; `Faults` and nothing for any that cannot be.

    Whoever has an open invitation is not invited again: a form sent twice has one effect, and `reissue_invitations`
    makes a new code.
    """
    require(by, "cycle.invite", body)
    if not guests:
        raise Invalid(_("Choose at least one agency."))
    if len(guests) > MOST_AT_ONCE:
        raise Invalid(_("At most %(count)s agencies at once.") % {"count": MOST_AT_ONCE})
    made: list[Invited] = []
    faults: dict[int, str] = {}
    with ledger.standstill():
        for guest in guests:
            try:
                with transaction.atomic():  # the next ones' faults are told too
                    made.append(_invite(guest, by, body, title))
            except (Invalid, Conflict) as error:
                faults[guest.party.pk] = str(error)
        if faults:
            raise Faults(faults)
    return made


def reissue_invitations(invitations: Iterable[Invitation], *, by: Acting) -> list[Invited]:
    """New codes and letters in the place of these, which are void from now on; all or nothing."""
    made = []
    with ledger.standstill():
        for old in invitations:
            require(by, "cycle.reissue_invitations", old)
            old.refresh_from_db(fields=["used_at"])
            if old.used_at:
                raise Conflict(_("%(post)s has come in already.") % {"post": old.post}, existing=old)
            name = "" if old.person_id else old.name
            made.append(_write(old.post, by, old.body, old.mobile, name))
    return made


def revoke_invitation(invitation: Invitation, *, by: Acting) -> None:
    """The code opens nothing any more, and its letter is taken back if it still waits for its number."""
    require(by, "cycle.revoke_invitation", invitation)
    with ledger.standstill():
        directory.revoke_invitation(invitation, by=by)
        letters.withdraw_letter(invitation, by=by)


def print_letters(typed: Mapping[int, str], *, by: Acting, address: str) -> list[Sheet]:
    """The sheets of covering letters, by their key with the code that was shown when they were written.

    The codes are kept nowhere; one that is not its letter's, or holds no longer, is `Invalid`, and prints nothing.
    """
    known_of = invitations_visible_to(by).values("pk")  # whoever may not know of a letter is told nothing of it
    found = Letter.objects.filter(pk__in=list(typed), invitation__in=known_of).select_related(
        "body__party", "invitation__post__party", "invitation__body"
    )
    if found.count() < len(typed):
        raise Missing(_("There is no such page."))
    sheets = []
    for letter in found.prefetch_related("recipients", "enclosures").order_by("pk"):
        invitation = letter.invitation
        require(by, "cycle.print_letters", invitation)
        code = codes.typed(typed[letter.pk])
        known = invitation and compare_digest(codes.digest(invitation.mobile, code), invitation.digest)
        if not invitation or not known or invitation.used_at or invitation.revoked_at:
            raise Invalid(_("These codes hold no longer. Make new ones in the list of invitations."))
        sheets.append(covering_sheet(letter, code, address=_address(address), look=look_of(letter.body)))
    if not sheets:
        raise Invalid(_("There is nothing to print."))
    return sheets


def _address(text: str) -> str:
    """Where Dabir is reached, as the letter says it."""
    clean = text.strip()
    if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]{1,100}(?:/[A-Za-z0-9._~/-]{0,60})?", clean):
        raise Invalid(_("Write the address as http://… in Latin letters."), field="address")
    return clean


def parties_of(body: Body) -> frozenset[int]:
    """The agencies that a body works with: those with a seat in it today, and those that owe something it follows."""
    debts = Obligation.objects.filter(body=body)
    seats = body.seats.filter(in_force(clock.today())).values("party")
    leads = debts.exclude(lead=None).values("lead")
    helpers = Involved.objects.filter(obligation__in=debts).exclude(party=None).values("party")
    parties = Party.objects.filter(kind__in=AGENCIES, merged_into=None)
    found = parties.filter(Q(pk__in=seats) | Q(pk__in=leads.union(helpers)))
    return frozenset(found.values_list("pk", flat=True))


def _invite(guest: Guest, by: Acting, body: Body, title: str) -> Invited:
    party, post = guest.party, guest.post
    if party.kind not in AGENCIES or party.merged_into_id is not None:
        raise Invalid(_("Only an organization, a unit of one or a firm can be invited."))
    if post is not None and (post.party.parent_id != party.pk or post.function not in AGENCY):
        raise Invalid(_("This post is not one of the agency's own that can be invited."))
    post = post or directory.follow_up_post(party, title, by=by)
    if Invitation.objects.filter(directory.OPEN, post=post, expires_at__gt=clock.now()).exists():
        raise Conflict(_("It is invited already; make a new code in the list of invitations."))
    return _write(post, by, body, guest.mobile, guest.name)


def _write(post: Post, by: Acting, body: Body, mobile: str, name: str) -> Invited:
    for old in Invitation.objects.filter(directory.OPEN, post=post):
        letters.withdraw_letter(old, by=by)
    invitation, code = directory.issue_invitation(post, by=by, body=body, mobile=mobile, name=name)
    agency = post.party.parent
    assert agency is not None  # party_has_parent
    values = {
        wordings.AGENCY: agency.name,
        wordings.POST: post.party.name,
        wordings.BODY: body.party.name,
        wordings.UNTIL: jalali.format_day(invitation.expires_at.astimezone(clock.TEHRAN).date()),
    }
    letter = letters.write_covering_letter(
        wordings.filled(wordings.words_of(body, LetterKind.COVERING), values),
        by=by,
        body=body,
        party=agency,
        post=_addressee(agency, post),
        invitation=invitation,
    )
    return Invited(letter, code)


def _addressee(agency: Party, post: Post) -> Post | None:
    """The post that the letter is addressed to: the agency's head, where the directory has one and only one."""
    if post.function == Function.HEAD:
        return post
    heads = list(Post.objects.filter(party__parent=agency, function=Function.HEAD).select_related("party")[:2])
    return heads[0] if len(heads) == 1 else None
