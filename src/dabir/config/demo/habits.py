"""What is done again and again: the installation looks at the deadlines, each week the secretariat writes the reminders
that are proposed, and people read what they were told. It looks each week, and each day near the end: a year of days
would take longer than all the rest."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from dabir.config.demo.debts import Careers
from dabir.config.demo.diary import Diary
from dabir.config.demo.sessions import Sessions
from dabir.cycle.escalating import look
from dabir.cycle.notices import mark_all_read
from dabir.cycle.reminding import proposals, write_reminders
from dabir.foundation.acting import Acting
from dabir.letters.models import Letter
from dabir.obligations.models import Obligation
from dabir.persian import clock

DAY, WEEK = timedelta(days=1), timedelta(days=7)
DAILY = timedelta(days=20)
"""How long before the demo's day it looks each day."""
LEFT, READ = timedelta(days=8), timedelta(days=21)
"""How long before the demo's day the last reminders went out, and notices were read: what came since is still there."""


class Habits:
    def __init__(self, diary: Diary, sessions: Sessions, careers: Careers, by: Acting) -> None:
        self.diary, self.sessions, self.careers, self.by = diary, sessions, careers, by
        self._begun = 0

    def begin(self) -> None:
        """From now on."""
        day, last = clock.today(), self.sessions.story.day
        while (day := day + (DAY if last - day <= DAILY else WEEK)) <= last:
            if self.diary.is_open(day) or last - day > DAILY:
                self.diary.on(day, self._look)
        day = clock.today()
        while (day := day + WEEK) <= last - LEFT:
            self.diary.on(day, self._remind)
        self.diary.on(last - READ, self._read)

    def _look(self) -> None:
        if look(by=self.by).instances:
            made = Obligation.objects.filter(recurs_from__isnull=False, pk__gt=self._begun).order_by("pk")
            for debt in made.select_related("lead__parent", "meeting", "body"):
                self._begun = debt.pk
                self.careers.begin(debt, "late")

    def _remind(self) -> None:
        secretary = self.sessions.secretary
        if chosen := [one.key for one in proposals(secretary)]:
            letters = write_reminders(chosen, by=secretary)
            self.diary.on(clock.today() + timedelta(days=1), partial(self._send, letters))

    def _send(self, letters: list[Letter]) -> None:
        numbered = self.sessions.number_letters(letters)
        self.diary.on(clock.today() + timedelta(days=3), partial(self.sessions.arrive, numbered))

    def _read(self) -> None:
        for person in self.careers.people.all():
            mark_all_read(by=person)
