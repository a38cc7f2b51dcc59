"""Who may keep the directory: the administrator, and the host's operator; a secretary the part that a day's work needs.

A register that comes in names agencies that nobody has entered, and their officers are told by telephone. So whoever
keeps a body's minutes may enter agencies, names, and the people of agencies. Not what rights follow from: seats,
and posts with other functions than an agency's; and nobody but an agency's own people is let in by them, since
whoever hands out a sign-in link could use it. Of the calendar, the closures of their own province.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.directory.calendar import province_of
from dabir.directory.models import OF_A_DAY, Body, CalendarEntry, Feed, Person, Post
from dabir.foundation.access import Guard, allow, predicate
from dabir.foundation.acting import Acting, Function
from dabir.foundation.models import User

KEEPERS = (Function.SECRETARY, Function.COUNTY)
AGENCY = (Function.OFFICER, Function.HEAD, Function.CONSULTANT)
"""The functions of those who owe: what they may do concerns their own debts alone."""

ADMINISTRATORS = (
    "rename_party",
    "edit_party",
    "end_party",
    "create_group",
    "add_member",
    "end_membership",
    "create_body",
    "give_seat",
    "end_seat",
    "set_function",
    "load_divisions",
    "add_place",
    "change_place",
    "end_place",
)
NAMERS = ("create_party", "add_name", "end_name", "create_person")
OF_AGENCY_POSTS = ("create_post", "appoint", "end_tenure")
OF_AGENCY_PEOPLE = ("rename_person", "let_sign_in", "set_mobile", "set_active", "issue_link", "forget_second_factor")


@predicate
def is_administrator(by: Acting, _obj: object = None) -> bool:
    return by.function == Function.ADMIN


@predicate
def keeps_minutes(by: Acting, _obj: object = None) -> bool:
    """The secretary, or the county's secretariat, of some body."""
    return by.function in KEEPERS and bool(by.secretariats)


@predicate
def is_agency_post(_by: Acting, post: Any = None) -> bool:
    return isinstance(post, Post) and post.function in AGENCY


@predicate
def is_agency_person(_by: Acting, somebody: Any = None) -> bool:
    """A person, or their user, who never held a post but an agency's."""
    person = Person.objects.filter(user=somebody).first() if isinstance(somebody, User) else somebody
    return isinstance(person, Person) and not person.tenures.exclude(post__function__in=AGENCY).exists()


_ADMINISTRATOR = _("Only the administrator keeps the directory.")
_SECRETARY = _("Only the administrator and the secretary of a body may do that.")
_AGENCY = _("Only the administrator may do that; a secretary may for posts and people of agencies.")

for verb in ADMINISTRATORS:
    allow(f"directory.{verb}", is_administrator, _ADMINISTRATOR, guarded=Guard.RIGHTS)
for verb in NAMERS:
    allow(f"directory.{verb}", is_administrator | keeps_minutes, _SECRETARY)
for verb in OF_AGENCY_POSTS:
    allow(f"directory.{verb}", is_administrator | keeps_minutes & is_agency_post, _AGENCY, guarded=Guard.RIGHTS)
for verb in OF_AGENCY_PEOPLE:
    allow(f"directory.{verb}", is_administrator | keeps_minutes & is_agency_person, _AGENCY, guarded=Guard.RIGHTS)


@predicate
def keeps_minutes_of(by: Acting, body: Body) -> bool:
    """The secretary of this body."""
    return by.function in KEEPERS and body.pk in by.secretariats


allow(
    "directory.set_quorum",
    is_administrator | keeps_minutes_of,
    _("Only the secretary of the body and the administrator may set its quorum."),
)
for verb in ("set_follow_up", "set_deputy"):
    allow(
        f"directory.{verb}",
        is_administrator | keeps_minutes_of,
        _("Only the secretary of the body and the administrator may set how it follows its debts."),
    )


@predicate
def closes_own_province(by: Acting, entry: CalendarEntry) -> bool:
    """A secretary, of a day in the province where they work."""
    if by.function != Function.SECRETARY or entry.kind not in OF_A_DAY or entry.province_id is None:
        return False
    own = province_of(by)
    return own is not None and own.pk == entry.province_id


@predicate
def is_oneself(by: Acting, user: Any = None) -> bool:
    return isinstance(user, User) and by.user_id == user.pk


allow("directory.end_sessions", is_administrator | keeps_minutes & is_agency_person | is_oneself, _AGENCY)

_OPENS = _("Only the administrator takes leave to read, and gives it back.")
allow("directory.open_content", is_administrator, _OPENS, guarded=Guard.OPENS)
allow("directory.close_content", is_administrator, _OPENS)
allow("directory.note_read", is_administrator, _OPENS)


@predicate
def has_a_post(by: Acting, _obj: object = None) -> bool:
    return by.user_id is not None and by.post_id is not None


@predicate
def owns_feed(by: Acting, feed: Feed) -> bool:
    return by.user_id is not None and feed.user_id == by.user_id


allow("directory.make_feed", has_a_post, _("Only somebody who holds a post has calendar addresses."))
allow("directory.renew_feed", owns_feed, _("This calendar address is somebody else's."))
allow("directory.end_feed", owns_feed, _("This calendar address is somebody else's."))

_CALENDAR = _("Only the administrator keeps the calendar; a secretary announces the closures of their own province.")
allow("directory.announce_calendar", is_administrator | closes_own_province, _CALENDAR)
allow("directory.withdraw_calendar", is_administrator | closes_own_province, _CALENDAR)
