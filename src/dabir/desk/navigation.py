"""The links in the page's head: to the pages that the actor has something on. What they hold is the queries' matter."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.foundation.acting import Acting, Function


@dataclass(frozen=True, slots=True)
class Entry:
    address: str
    title: str | Promise
    beneath: tuple[str, ...] = ()
    """Where addresses of its further pages begin."""

    def holds(self, path: str) -> bool:
        return path == self.address or path.startswith(self.beneath)


def entries(by: Acting) -> list[Entry]:
    """In the order of a day's work; none for a stranger, and the directory alone for the administrator."""
    if by.is_stranger:
        return []
    desk = Entry(reverse("home"), _("Desk"), ("/worklist/", "/governor/", "/figures/"))
    parties = Entry(reverse("parties"), _("Parties"), ("/parties/", "/directory/"))
    people = Entry(reverse("people"), _("People"), ("/people/",))
    calendar = Entry(reverse("calendar"), _("Calendar"), ("/calendar/",))
    if by.sees_nothing:
        invitations = Entry(reverse("invitations"), _("Invitations"), ("/invitations/",))
        places = Entry(reverse("places"), _("Places"), ("/places/",))
        backups = Entry(reverse("backups"), _("Backups"), ("/backups/",))
        jobs = Entry(reverse("jobs"), _("Jobs"), ("/jobs/",))
        return [desk, parties, people, invitations, places, calendar, backups, jobs]
    of_papers = Entry(reverse("papers"), _("Papers"), ("/papers/", "/registers/"))
    papers = [of_papers] if by.secretariats or by.sees_all else []
    letters = (
        [Entry(reverse("letters"), _("Letters"), ("/letters/", "/invitations/", "/letterhead/", "/courier/"))]
        if by.secretariats
        else []
    )
    chasing = [Entry(reverse("follow-up"), _("Follow-up"), ("/follow-up/",))] if by.secretariats else []
    return [
        desk,
        *papers,
        Entry(
            reverse("register"),
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
        Entry(reverse("meetings"), _("Meetings"), ("/meetings/", "/m/", "/calls/")),
        *letters,
        *chasing,
        parties,
        *([calendar] if by.function == Function.SECRETARY else []),
    ]
