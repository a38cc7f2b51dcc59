"""The links in the page's head: to the pages that the actor has something on. What they hold is the queries' matter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from dabir.desk.addresses import url
from dabir.foundation.acting import Acting, Function


@dataclass(frozen=True, slots=True)
class Entry:
    address: str
    title: str
    beneath: tuple[str, ...] = ()
    """Where addresses of its further pages begin."""

    def holds(self, path: str) -> bool:
        return path == self.address or path.startswith(self.beneath)


def holding(links: tuple[Entry, ...], path: str) -> tuple[Entry, ...]:
    """Those that the page stands beneath."""
    return tuple(entry for entry in links if entry.holds(path))


@lru_cache(maxsize=500)
def entries(by: Acting, _language: str) -> tuple[Entry, ...]:
    """In the order of a day's work and the language at hand; none for a stranger, and the directory alone for the
    administrator."""
    if by.is_stranger:
        return ()
    desk = Entry(url("home"), _("Desk"), ("/worklist/", "/governor/", "/figures/"))
    parties = Entry(url("parties"), _("Parties"), ("/parties/", "/directory/"))
    people = Entry(url("people"), _("People"), ("/people/",))
    calendar = Entry(url("calendar"), _("Calendar"), ("/calendar/",))
    if by.sees_nothing:
        invitations = Entry(url("invitations"), _("Invitations"), ("/invitations/",))
        places = Entry(url("places"), _("Places"), ("/places/",))
        backups = Entry(url("backups"), _("Backups"), ("/backups/",))
        jobs = Entry(url("jobs"), _("Jobs"), ("/jobs/",))
        return (desk, parties, people, invitations, places, calendar, backups, jobs)
    of_papers = Entry(url("papers"), _("Papers"), ("/papers/", "/registers/"))
    papers = [of_papers] if by.secretariats or by.sees_all else []
    letters = (
        [Entry(url("letters"), _("Letters"), ("/letters/", "/invitations/", "/letterhead/", "/courier/"))]
        if by.secretariats
        else []
    )
    chasing = [Entry(url("follow-up"), _("Follow-up"), ("/follow-up/",))] if by.secretariats else []
    return (
        desk,
        *papers,
        Entry(
            url("register"),
            _("Register"),
            (
                "/register/",
                "/r/",
                "/o/",
                "/orders/",
                "/deadline/",
                "/events/",
                "/debts/",
                "/progress/",
                "/capital/",
                "/exchange/",
            ),
        ),
        Entry(url("meetings"), _("Meetings"), ("/meetings/", "/m/", "/calls/")),
        *letters,
        *chasing,
        parties,
        *([calendar] if by.function == Function.SECRETARY else []),
    )
