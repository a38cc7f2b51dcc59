"""Half-verbs of the directory: they check state, not permission, write their own event; `cycle` alone calls them."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from dabir.directory import codes, naming
from dabir.directory.models import (
    AGENCIES,
    Body,
    Invitation,
    Membership,
    NameKind,
    Office,
    Party,
    PartyKind,
    Person,
    Post,
    Seat,
    Tenure,
    TenureKind,
    WrongCode,
)
from dabir.directory.moving import hand_over, take_back
from dabir.directory.spans import in_force, overlapping
from dabir.directory.tenures import party_and_units
from dabir.foundation import accounts, ledger
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import Event, User
from dabir.persian import clock
from dabir.persian.letters import sort_key, squash

_LONGEST_CODE = 40
_FOLLOW_UP = "follow-up"
OPEN = Q(used_at=None, revoked_at=None)
"""Invitations that somebody may still come by, or that have run out."""


def hand_over_party(party: Party, into: Party, *, by: Acting) -> dict[str, int]:
    """Let `into` have the names, units, seats and memberships of `party`, which is no party of its own from now on.

    What `into` has already in the same days stays where it is, and is read no more: a name, a membership, a seat
    without an office. `Conflict` where both hold offices in one body, or only `party` does, beside a seat of `into`.
    """
    _check_can_be_one(party, into)
    with ledger.change("directory.hand_over_party", by=by, on=party) as change:
        counts = {"names": 0, "seats": 0, "memberships": 0, "stays": 0}
        for name in party.names.order_by("id"):
            if into.names.filter(overlapping(name.starts, name.ends), squash=name.squash).exists():
                counts["stays"] += 1
            else:
                counts["names"] += change.update(name, party=into, kind=NameKind.ALIAS)
        for seat in Seat.objects.filter(party=party).select_related("body__party"):
            if other := into.seats.filter(overlapping(seat.starts, seat.ends), body=seat.body).first():
                _check_office(seat, other)
                counts["stays"] += 1
            else:
                counts["seats"] += change.update(seat, party=into)
        for row in Membership.objects.filter(member=party):
            beside = Membership.objects.filter(overlapping(row.starts, row.ends), group=row.group_id, member=into)
            if beside.exists():
                counts["stays"] += 1
            else:
                counts["memberships"] += change.update(row, member=into)
        counts["units"] = hand_over(change, party.units.all(), "parent", into)
        hand_over(change, party.merged.all(), "merged_into", into)
        change.update(party, merged_into=into)
    return counts


def take_party_back(event: Event, party: Party, from_: Party, *, by: Acting) -> None:
    """Undo what `hand_over_party` wrote by that event."""
    with ledger.change("directory.take_party_back", by=by, on=party) as change:
        change.update(party, merged_into=None)
        take_back(change, event, party, from_)


def _check_can_be_one(party: Party, into: Party) -> None:
    if party.pk == into.pk:
        raise Invalid(_("It is the same party. Choose the other one."), field="into")
    for one in (party, into):
        if one.merged_into_id is not None:
            raise Conflict(_("%(name)s has been merged already.") % {"name": one.name}, existing=one)
        if one.kind not in AGENCIES:
            raise Invalid(_("Only organizations, units and firms can turn out to be one."), field="into")
    if party.pk in party_and_units(into.pk) or into.pk in party_and_units(party.pk):
        raise Invalid(_("One of them belongs to the other. Say first to whom it belongs."), field="into")


def _check_office(seat: Seat, other: Seat) -> None:
    """A seat that stays behind is read no more, so that it must not be the chair's or the secretary's."""
    if seat.office in ("", other.office):
        return
    sentence = _("%(name)s is %(office)s of %(body)s in days in which %(other)s has another seat there.") % {
        "name": seat.party.name,
        "office": Office(seat.office).label,
        "body": seat.body.party.name,
        "other": other.party.name,
    }
    raise Conflict(sentence + " " + _("Merge them the other way round, or end one of the seats first."), existing=other)


def follow_up_post(party: Party, title: str, *, by: Acting) -> Post:
    """The post of that title in an agency («رابط پیگیری …»): the one that it has, or one made now, an officer's."""
    name = naming.clean_name(f"{naming.clean_name(title)} {party.name}")
    known = Post.objects.filter(party__parent=party, party__names__squash=squash(name)).first()
    if known:
        return known
    naming.check_parent(PartyKind.POST, party)
    with ledger.change("directory.create_post", by=by) as change:
        own = naming.add_party(change, PartyKind.POST, _free_code(party), name, parent=party)
        return change.create(Post(party=own, function=Function.OFFICER))


def issue_invitation(post: Post, *, by: Acting, body: Body, mobile: str, name: str = "") -> tuple[Invitation, str]:
    """An invitation to a post and its code, which is told here alone. It revokes the one that the post had.

    `Invalid` for a number that is none, or a name other than that of the post's holder; `Conflict` where the holder
    can sign in already, or the number is a user's or that of an invitation to another post.
    """
    mobile, name = accounts.clean_mobile(mobile), naming.clean_name(name, longest=100) if name.strip() else ""
    now = clock.now()
    with ledger.change("directory.issue_invitation", by=by) as change:
        holder = _holder(post)
        _refuse_guest(post, holder, mobile, name)
        for old in Invitation.objects.filter(Q(post=post) | Q(mobile=mobile, expires_at__lte=now), OPEN):
            change.update(old, revoked_at=now)
        code = codes.new()
        invitation = Invitation(
            body=body,
            post=post,
            mobile=mobile,
            person=holder,
            name=name or (holder.name if holder else ""),
            appoints=holder is None,
            digest=codes.digest(mobile, code),
            issued_at=now,
            issued_by=by.name,
            expires_at=now + codes.LIFE,
        )
        change.subject = invitation
        return change.create(invitation), code


def revoke_invitation(invitation: Invitation, *, by: Acting) -> Invitation:
    """Its code opens nothing any more."""
    with ledger.change("directory.revoke_invitation", by=by, on=invitation) as change:
        invitation.refresh_from_db(fields=["used_at", "revoked_at"])
        if invitation.used_at:
            raise Conflict(_("This code has been used."), existing=invitation)
        if invitation.revoked_at:
            raise Conflict(_("This code has been revoked already."), existing=invitation)
        change.update(invitation, revoked_at=clock.now())
    return invitation


def note_wrong_code(mobile: str, address: str | None) -> None:
    """Remember an attempt; the code that was tried is not kept."""
    with ledger.change("directory.wrong_code", by=Acting.stranger()) as change:
        change.create(WrongCode(at=clock.now(), mobile=mobile, address=address))


def use_invitation(invitation: Invitation, name: str, user: User) -> User:
    """Write the user of whoever came, their name and, where it says so, their days in the post from today on.

    The caller holds the transaction and has found the invitation open in it.
    """
    post, today = invitation.post, clock.today()
    known = invitation.person
    clean = known.name if known else naming.clean_name(name, longest=100)
    with ledger.change("directory.use_invitation", by=Acting(name=clean), on=invitation) as change:
        if User.objects.filter(mobile=invitation.mobile).exists() or (known and known.user_id):
            raise Conflict(_("Whoever has this number can sign in already. Ask the secretariat for a one-time link."))
        if invitation.appoints and _holder(post):
            raise Conflict(_("Somebody has been given this post since. Ask the secretariat for a new letter."))
        user.username = accounts.free_name(user.username)
        change.create(user)
        change.by = Acting(name=clean, user_id=user.pk)
        if known:
            change.update(known, user=user)
        else:
            known = change.create(Person(name=clean, sort_key=sort_key(clean), user=user))
        if invitation.appoints:
            change.create(Tenure(person=known, post=post, kind=TenureKind.HOLDER, starts=today))
        change.update(invitation, used_at=clock.now(), person=known)
    return user


def _holder(post: Post) -> Person | None:
    """Who holds the post today, or acts in it instead."""
    tenures = post.tenures.filter(in_force(clock.today())).exclude(kind=TenureKind.SUBSTITUTE)
    tenure = tenures.select_related("person").first()
    return tenure.person if tenure else None


def _refuse_guest(post: Post, holder: Person | None, mobile: str, name: str) -> None:
    if holder and holder.user_id:
        raise Conflict(_("%(name)s holds this post and can sign in already.") % {"name": holder.name}, existing=holder)
    if holder and name and squash(name) != squash(holder.name):
        sentence = _("%(name)s holds this post. Leave the name empty, or end that tenure first.")
        raise Invalid(sentence % {"name": holder.name}, field="name")
    if User.objects.filter(mobile=mobile).exists():
        raise Conflict(_("Somebody signs in with this mobile number already."))
    waiting = Invitation.objects.filter(OPEN, mobile=mobile, expires_at__gt=clock.now()).exclude(post=post).first()
    if waiting:
        raise Conflict(_("This mobile number is invited to another post already."), existing=waiting)


def _free_code(party: Party) -> str:
    stem = party.code[: _LONGEST_CODE - len(_FOLLOW_UP) - 4].rstrip("-")
    taken = set(Party.objects.filter(code__startswith=f"{stem}-{_FOLLOW_UP}").values_list("code", flat=True))
    tries = (f"{stem}-{_FOLLOW_UP}{f'-{n}' if n else ''}" for n in range(len(taken) + 1))
    return next(code for code in tries if code not in taken)
