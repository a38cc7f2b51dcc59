"""In which post does a user act? Builds `Acting` from the tenures of the day, in three queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext as _

from dabir.directory.models import ContentAccess, Office, Post, Seat, Tenure, TenureKind
from dabir.directory.spans import in_force
from dabir.foundation.accounts import normal_name
from dabir.foundation.acting import Acting, Function
from dabir.foundation.errors import Invalid
from dabir.foundation.models import User
from dabir.foundation.prepared import AMONG, models_of, rows_of
from dabir.foundation.remembered import until_the_next_event
from dabir.foundation.second_factor import is_required
from dabir.persian import clock

SECRETARIAT = frozenset({Function.SECRETARY, Function.STAFF, Function.COUNTY})
CHAIRS = frozenset({Function.GOVERNOR, Function.COUNTY})

_UNITS = """
    WITH RECURSIVE own (id) AS (
        SELECT id FROM directory_party WHERE id = %s
        UNION SELECT unit.id FROM directory_party unit JOIN own ON unit.parent_id = own.id WHERE unit.kind = 'unit'
    ) SELECT id FROM own
"""


def posts_of(user: User, day: date) -> list[Post]:
    """The posts that the user has on that day, as holder or acting holder and then as substitute."""
    return [tenure.post for tenure in _tenures(user.pk, day)]


def acting_for(user: User, *, post_id: int | None = None, second_factor: bool = True) -> Acting:
    """The user in the post chosen, or in their first one; a stranger with the user's name without a tenure today.

    `second_factor`: whether they came in with one."""
    day = clock.today()
    tenures = _tenures(user.pk, day)
    if not tenures:
        return Acting(name=user.username, user_id=user.pk)
    chosen = next((tenure for tenure in tenures if tenure.post_id == post_id), tenures[0])
    acting = _with_leave(_in_tenure(user.pk, chosen, day))
    if second_factor or not is_required():
        return acting
    return replace(acting, without_second_factor=True)


def acting_in(user: User, post_id: int) -> Acting | None:
    """The user in that post; none where they do not have it today, or cannot sign in."""
    day = clock.today()
    held = (tenure for tenure in _tenures(user.pk, day) if tenure.post_id == post_id)
    found = next(held, None) if user.is_active else None
    return _in_tenure(user.pk, found, day) if found else None


def acting_as(username: str, post_code: str | None = None) -> Acting:
    """The user whom a command names, in the post of that code or in their first one; `Invalid` where they have none."""
    user = User.objects.filter(username=normal_name(username)).first()
    if user is None:
        raise Invalid(_("There is no user %(name)s.") % {"name": username}, field="user")
    day = clock.today()
    tenures = _tenures(user.pk, day)
    if not tenures:
        raise Invalid(_("%(name)s holds no post today.") % {"name": username}, field="user")
    chosen = next((tenure for tenure in tenures if post_code in (None, tenure.post.party.code)), None)
    if chosen is None:
        codes = ", ".join(tenure.post.party.code for tenure in tenures)
        raise Invalid(
            _("%(name)s does not hold the post %(code)s today, but: %(codes)s.")
            % {"name": username, "code": post_code, "codes": codes},
            field="post",
        )
    return _with_leave(_in_tenure(user.pk, chosen, day))


def party_and_units(party_id: int) -> frozenset[int]:
    """A party and its units at any depth."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, [party_id])
        return frozenset(row[0] for row in cursor.fetchall())


def _with_leave(acting: Acting) -> Acting:
    """An administrator who has taken leave to read does so, and owns nothing meanwhile."""
    if acting.function != Function.ADMIN or acting.user_id is None:
        return acting
    ends = _leave_ends(acting.user_id)
    if ends is None or ends <= clock.machine_now():
        return acting
    return replace(acting, reads_until=ends, parties=frozenset())


@until_the_next_event
def _leave_ends(user_id: int) -> datetime | None:
    """When the newest leave to read ends or has ended; none where none was taken."""
    accesses = ContentAccess.objects.filter(user=user_id)
    return accesses.order_by("-id").values_list("ends_at", flat=True).first()


@until_the_next_event
def _tenures(user_id: int, day: date) -> list[Tenure]:
    return models_of(_tenures_on, day, AMONG, among=[user_id])


def _tenures_on(day: date, users: tuple[int, ...]) -> QuerySet[Tenure]:
    substitutions_last = Case(When(kind=TenureKind.SUBSTITUTE, then=Value(1)), default=Value(0))
    held = Tenure.objects.filter(in_force(day), person__user__in=users)
    return held.select_related("person", "post__party__parent").order_by(substitutions_last, "starts", "id")


def acting_of(post: Post) -> Acting:
    """Whoever holds the post, be it nobody today: what may be told to the post."""
    return _in_post(post, name=post.party.name, user_id=None)


@until_the_next_event
def _in_tenure(user_id: int, tenure: Tenure, _day: date) -> Acting:
    return _in_post(tenure.post, name=tenure.person.name, user_id=user_id)


def _in_post(post: Post, *, name: str, user_id: int | None) -> Acting:
    organization_id = post.party.parent_id
    assert organization_id is not None  # party_has_parent
    function, own = Function(post.function), party_and_units(organization_id)
    offices = rows_of(_offices, clock.today(), AMONG, among=sorted(own)) if function in SECRETARIAT | CHAIRS else []
    kept = [one for one in offices if one["office"] == Office.SECRETARY and function in SECRETARIAT]
    return Acting(
        name=name,
        user_id=user_id,
        post_id=post.pk,
        post=post.party.name,
        function=function,
        party_id=organization_id,
        parties=own | {post.party_id} | {one["body__party_id"] for one in kept},
        secretariats=frozenset(one["body_id"] for one in kept),
        chaired=frozenset(one["body_id"] for one in offices if one["office"] == Office.CHAIR and function in CHAIRS),
    )


def _offices(day: date, parties: tuple[int, ...]) -> QuerySet[Seat, Any]:
    return (
        Seat.objects.filter(in_force(day), party__in=parties)
        .exclude(office="")
        .values("body_id", "body__party_id", "office")
    )
