"""The life of one session of the demo: planned, called to, held, written, sealed, communicated, finished."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time, timedelta
from functools import partial

from dabir.config.demo import diary
from dabir.config.demo.debts import Careers
from dabir.config.demo.story import Session, Story, day_of, written
from dabir.cycle.calling import call_meeting
from dabir.cycle.communicating import number_letters, record_receipts
from dabir.cycle.extracts import communicate
from dabir.cycle.finishing import finish_meeting
from dabir.cycle.next_minutes import add_to_next_minutes
from dabir.cycle.recording import settle
from dabir.cycle.sealing import seal_minutes
from dabir.directory.models import Body, Party
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter, Recipient, Way
from dabir.letters.numbering import Numbered
from dabir.letters.receipts import Receipt
from dabir.meetings.manuscripts import revisions
from dabir.meetings.manuscripts.services import open_manuscript, save_text
from dabir.meetings.models import Attendance, Meeting
from dabir.meetings.services.agenda import add_item
from dabir.meetings.services.holding import Mark, Standing, hold_meeting, mark_attendance
from dabir.meetings.services.planning import Plan, plan_meeting
from dabir.obligations import services as obligations
from dabir.obligations.deciding import Decided
from dabir.obligations.events import record_event
from dabir.obligations.models import Act, Obligation, State
from dabir.obligations.queries import UNCLASSIFIED
from dabir.obligations.reporting.services import set_reporting
from dabir.obligations.waiting import add_wait
from dabir.persian import clock

_BEGINS, _ENDS = time(9, 0), time(11, 30)


class Sessions:
    """All sessions of the year, of one body, kept by its secretary."""

    def __init__(self, story: Story, acts: diary.Diary, careers: Careers) -> None:
        self.story, self.diary, self.careers = story, acts, careers
        self.body = Body.objects.get(code=story.body)
        self.secretary = careers.people.by("secretary")
        self._met: dict[int, Meeting] = {}
        self._number = 41_200

    def begin(self, session: Session) -> None:
        self.diary.on(session.day - timedelta(days=15), partial(self._plan, session))

    def plan_next(self) -> None:
        """The one that lies ahead on the demo's day."""
        self._planned(Plan(self.story.next_day, _BEGINS, _ENDS, self.story.venue), self.story.next_agenda)

    def _planned(self, plan: Plan, agenda: Iterable[str], secrecy: SecrecyClass = SecrecyClass.NORMAL) -> Meeting:
        met = [(self.body, None)]
        meeting = plan_meeting(plan, by=self.secretary, kept_by=self.body, bodies=met, secrecy=secrecy)
        for text in agenda:
            add_item(meeting, by=self.secretary, text=text)
        return meeting

    def _plan(self, session: Session) -> None:
        plan = Plan(session.day, _BEGINS, _ENDS, self.story.venue)
        meeting = self._met[session.number] = self._planned(plan, session.agenda, session.secrecy)
        self._in(3, lambda: call_meeting(meeting, by=self.secretary))
        self._in(4, lambda: self.number_letters(Letter.objects.filter(state="awaiting")))
        self.diary.on(session.day, partial(self._hold, session, meeting))

    def _hold(self, session: Session, meeting: Meeting) -> None:
        hold_meeting(meeting, by=self.secretary, starts_at=_BEGINS, ends_at=_ENDS)
        absent = session.absent
        marks = {
            row.pk: Mark(Standing.ABSENT if row.party and row.party.code in absent else Standing.PRESENT)
            for row in Attendance.objects.filter(meeting=meeting).select_related("party")
        }
        mark_attendance(meeting, marks, by=self.secretary)
        self._in(1, partial(self._write, session, meeting))

    def _write(self, session: Session, meeting: Meeting) -> None:
        """The minutes with what the meeting decides on earlier debts; its secretary seals them a day later."""
        draft = open_manuscript(meeting, by=self.secretary)
        base = revisions.newest(draft)
        save_text(draft, written(base.text, session, self.story.header), base=base.number, by=self.secretary)
        told = Obligation.objects.filter(body=self.body, proposed_at__lt=clock.now() - timedelta(days=2))
        if session.secrecy == SecrecyClass.NORMAL:
            told = told.filter(UNCLASSIFIED)  # a line says what the debt is
        proposed = list(told.filter(state=State.PROPOSED).order_by("pk"))
        if proposed:
            add_to_next_minutes(proposed, Decided(Act.CLOSE), by=self.secretary, meeting=meeting)
        for one in session.decided:
            decided = Decided(
                Act(one["act"]),
                day=day_of(one["day"]) if "day" in one else None,
                into=self.debts(one["into"])[0] if "into" in one else None,
                text=one.get("text", ""),
            )
            add_to_next_minutes(self.debts(one["debt"]), decided, by=self.secretary, meeting=meeting)
        self._in(1, partial(self._seal, session, meeting))

    def _seal(self, session: Session, meeting: Meeting) -> None:
        draft = meeting.manuscript
        seal_minutes(draft, revision=revisions.newest(draft).number, by=self.secretary)
        self._in(1, partial(self._prepare, session, meeting))

    def _prepare(self, session: Session, meeting: Meeting) -> None:
        """What the secretary settles before the letters go out."""
        for number, code in session.settled.items():
            for debt in self.debts(number, session):
                settle(debt, by=self.secretary, lead=Party.objects.get(code=code))
        for number, reason in session.gaps.items():
            for debt in self.debts(number, session):
                obligations.set_gap_reason(debt, by=self.secretary, reason=reason)
        for number in sorted(session.evidence):
            for debt in self.debts(number, session):
                set_reporting(debt, by=self.secretary, months=debt.report_months, demands_evidence=True)
        for later, earlier in session.chains:
            add_wait(self.debts(later, session)[0], by=self.secretary, waits_for=self.debts(earlier, session)[0])
        letters = communicate(meeting, by=self.secretary)
        self._in(2, partial(self._communicate, session, meeting, letters))

    def _communicate(self, session: Session, meeting: Meeting, letters: list[Letter]) -> None:
        numbered = self.number_letters(letters)
        self._in(3, partial(self.arrive, numbered))
        for number, career in session.careers.items():
            for debt in self.debts(number, session):
                if debt.lead is not None and not debt.is_group:
                    self.careers.begin(debt, career)
        for event in session.events:
            self.diary.on(day_of(event["day"]), partial(self._take_place, event))
        self._in(12, lambda: finish_meeting(meeting, by=self.secretary))

    def arrive(self, letters: list[Letter]) -> None:
        arrived = Recipient.objects.filter(letter__in=letters, is_copy=False).select_related("letter").order_by("pk")
        record_receipts([Receipt(one, clock.today()) for one in arrived], by=self.secretary)

    def _take_place(self, event: dict[str, str]) -> None:
        debts = self.debts(event["resolution"])
        words, day = debts[0].trigger, day_of(event["day"])
        record_event(self.body, by=self.secretary, words=words, day=day, debts=debts, told_by=event["told"])
        for debt in self.debts(event["resolution"]):
            self.careers.begin(debt, "late")

    def number_letters(self, letters: Iterable[Letter]) -> list[Letter]:
        rows = []
        for letter in letters:
            self._number += self.story.days(1, 9)
            rows.append(Numbered(letter, str(self._number), clock.today()))
        return number_letters(rows, by=self.secretary, way=Way.AUTOMATION)

    def debts(self, named: str, session: Session | None = None) -> list[Obligation]:
        """Those of a resolution, by its number, or by that of its session as well; a group's row comes first."""
        number, _, item = f"{session.number}/{named}".partition("/") if session else named.partition("/")
        rows = Obligation.objects.filter(resolution__meeting=self._met[int(number)], resolution__number=item)
        return list(rows.select_related("lead__parent", "meeting", "body").order_by("pk"))

    def _in(self, days: int, act: diary.Act) -> None:
        self.diary.on(clock.today() + timedelta(days=days), act)
