"""What happens in the directory: parties, groups, bodies with their seats, posts, people and their tenures, places.

Every verb is one transaction and one event; who may is in `rules`. Days are included at both ends; a `starts` of none
says that the day is not known.
"""

from __future__ import annotations

from dabir.directory import rules  # noqa: F401  (declares the permissions)
from dabir.directory.services.bodies import (
    add_member,
    create_body,
    create_group,
    end_membership,
    end_seat,
    give_seat,
    set_deputy,
    set_follow_up,
    set_quorum,
)
from dabir.directory.services.calendar import announce_calendar, withdraw_calendar
from dabir.directory.services.content import close_content, note_read, open_content
from dabir.directory.services.feeds import end_feed, make_feed, renew_feed
from dabir.directory.services.parties import (
    add_name,
    create_party,
    edit_party,
    end_name,
    end_party,
    rename_party,
)
from dabir.directory.services.people import (
    appoint,
    create_person,
    create_post,
    end_sessions,
    end_tenure,
    forget_second_factor,
    issue_link,
    let_sign_in,
    rename_person,
    set_active,
    set_function,
    set_mobile,
)
from dabir.directory.services.places import (
    add_place,
    change_place,
    end_place,
    load_divisions,
)

__all__ = [
    "add_member",
    "add_name",
    "add_place",
    "announce_calendar",
    "appoint",
    "change_place",
    "close_content",
    "create_body",
    "create_group",
    "create_party",
    "create_person",
    "create_post",
    "edit_party",
    "end_feed",
    "end_membership",
    "end_name",
    "end_party",
    "end_place",
    "end_seat",
    "end_sessions",
    "end_tenure",
    "forget_second_factor",
    "give_seat",
    "issue_link",
    "let_sign_in",
    "load_divisions",
    "make_feed",
    "note_read",
    "open_content",
    "rename_party",
    "rename_person",
    "renew_feed",
    "set_active",
    "set_deputy",
    "set_follow_up",
    "set_function",
    "set_mobile",
    "set_quorum",
    "withdraw_calendar",
]
