"""Posts and the people who hold them: what they are called, how they sign in, and their days in a post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from dabir.directory import naming
from dabir.directory.models import Party, PartyKind, Person, Post, Tenure, TenureKind
from dabir.directory.rules import AGENCY
from dabir.directory.spans import check_span, end_row, overlapping
from dabir.foundation import accounts, ledger, second_factor, sessions
from dabir.foundation.access import require
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import User
from dabir.persian.letters import sort_key


def create_post(
    *,
    by: Acting,
    code: str,
    name: str,
    organization: Party,
    function: str,
    aliases: Iterable[str] = (),
    is_example: bool = False,
) -> Post:
    """An office that people hold in turn; what its holders may do follows from `function`."""
    require(by, "directory.create_post", Post(function=function))
    naming.check_parent(PartyKind.POST, organization)
    if function not in list(Function):
        raise Invalid(_("There is no such function."), field="function")
    with ledger.change("directory.create_post", by=by) as change:
        party = naming.add_party(
            change, PartyKind.POST, code, name, aliases, parent=organization, is_example=is_example
        )
        return change.create(Post(party=party, function=function))


def set_function(*, by: Acting, post: Post, function: str) -> None:
    """What the post's holders may do from now on."""
    require(by, "directory.set_function", post)
    if function not in list(Function):
        raise Invalid(_("There is no such function."), field="function")
    with ledger.change("directory.set_function", by=by, on=post) as change:
        change.update(post, function=function)
        for tenure in post.tenures.select_related("person__user"):
            _end_links(change, post, tenure.person)


def create_person(*, by: Acting, name: str, username: str = "", mobile: str = "") -> Person:
    """A human being; with a user name also a user, who needs a link (`issue_link`) to sign in, by it or by `mobile`."""
    require(by, "directory.create_person")
    clean = naming.clean_name(name, longest=100)
    with ledger.change("directory.create_person", by=by) as change:
        user = accounts.create_user(by=by, username=username, mobile=mobile) if username or mobile else None
        return change.create(Person(name=clean, sort_key=sort_key(clean), user=user))


def rename_person(*, by: Acting, person: Person, name: str) -> None:
    """Write a person's name anew: a slip, or a new family name. The ledger keeps what they were called."""
    require(by, "directory.rename_person", person)
    clean = naming.clean_name(name, longest=100)
    with ledger.change("directory.rename_person", by=by, on=person) as change:
        change.update(person, name=clean, sort_key=sort_key(clean))


def let_sign_in(*, by: Acting, person: Person, username: str, mobile: str = "") -> User:
    """Give a person who has none a user name, so that a link can be made for them."""
    require(by, "directory.let_sign_in", person)
    with ledger.change("directory.let_sign_in", by=by, on=person) as change:
        if person.user is not None:
            raise Conflict(_("This person has a user name already."), existing=person)
        user = accounts.create_user(by=by, username=username, mobile=mobile)
        change.update(person, user=user)
    return user


def set_mobile(*, by: Acting, person: Person, mobile: str) -> None:
    """The mobile number by which a person signs in, in any digits; empty takes it away."""
    require(by, "directory.set_mobile", person)
    accounts.set_mobile(_user_of(person), mobile, by=by)


def set_active(*, by: Acting, person: Person, active: bool) -> None:
    """Whether a person can sign in. Who is shut out is signed out at once, and links made for them no longer work."""
    require(by, "directory.set_active", person)
    user = _user_of(person)
    if user.pk == by.user_id and not active:
        raise Invalid(_("You cannot shut yourself out."))
    accounts.set_active(user, active, by=by)


def appoint(
    *,
    by: Acting,
    person: Person,
    post: Post,
    starts: date,
    ends: date | None = None,
    kind: str = TenureKind.HOLDER,
) -> Tenure:
    """A person's days in a post, which has one holder or acting holder at a time, and any number of substitutes.

    One with another function than an agency's ends the links that were open for the person; make a new one.
    """
    require(by, "directory.appoint", post)
    require(by, "directory.let_sign_in", person)  # or a secretary could make herself the head of an agency
    check_span(starts, ends)
    if kind not in TenureKind.values:
        raise Invalid(_("There is no such kind of tenure."), field="kind")
    with ledger.change("directory.appoint", by=by, on=post) as change:
        meanwhile = post.tenures.filter(overlapping(starts, ends))
        if existing := meanwhile.filter(person=person).first():
            raise Conflict(_("This person has the post in these days already."), existing=existing)
        if kind != TenureKind.SUBSTITUTE and (existing := meanwhile.exclude(kind=TenureKind.SUBSTITUTE).first()):
            raise Conflict(_("Somebody else holds this post in these days."), existing=existing)
        _end_links(change, post, person)
        return change.create(Tenure(person=person, post=post, kind=kind, starts=starts, ends=ends))


def end_tenure(*, by: Acting, tenure: Tenure, ends: date) -> None:
    """`ends` is the last day in the post."""
    require(by, "directory.end_tenure", tenure.post)
    with ledger.change("directory.end_tenure", by=by, on=tenure.post) as change:
        end_row(change, tenure, ends)


def issue_link(*, by: Acting, user: User) -> str:
    """The token of a one-time link on which the user sets a password; see `accounts.issue_link`."""
    require(by, "directory.issue_link", user)
    return accounts.issue_link(user, by=by)


def end_sessions(*, by: Acting, user: User, only: int | None = None, but: str = "") -> int:
    """Sign the user out wherever they are signed in, or in the session of that key alone, or everywhere but in the
    session `but`; how many ended. One's own anybody may end."""
    require(by, "directory.end_sessions", user)
    chosen = [one for one in sessions.sessions_of(user) if only in (None, one.pk) and one.session_key != but]
    return sessions.end(chosen, of=user, by=by)


def forget_second_factor(*, by: Acting, user: User, reason: str) -> None:
    """Whoever has lost it signs in by the password alone again, and sets another one up. Their sessions end, and their
    desk tells them by whom and why."""
    require(by, "directory.forget_second_factor", user)
    if not second_factor.has_one(user):
        raise Invalid(_("This person has no second factor."))
    with ledger.standstill():  # nobody stays signed in on a factor that is forgotten
        second_factor.forget(user, by=by, reason=reason)
        sessions.end(sessions.sessions_of(user), of=user, by=by)


def _end_links(change: ledger.Change, post: Post, person: Person) -> None:
    """A link that a secretary made for somebody of an agency must not open what the administrator gives them since."""
    if post.function not in AGENCY and person.user is not None:
        accounts.end_links(person.user, change)


def _user_of(person: Person) -> User:
    if person.user is None:
        raise Invalid(_("This person has no user name; they cannot sign in."))
    return person.user
