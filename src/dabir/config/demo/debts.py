"""What becomes of a debt after its letter has gone out: it is acknowledged, reported, confirmed, verified, hindered,
extended, or left lying. Whoever has no account answers by letter, which the secretariat enters."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from dabir.config.demo.diary import Diary
from dabir.config.demo.people import People
from dabir.config.demo.story import Story
from dabir.directory.models import Party
from dabir.foundation.acting import Acting, Function
from dabir.foundation.secrecy import SecrecyClass
from dabir.obligations import extending
from dabir.obligations import services as obligations
from dabir.obligations.models import Asks, Extension, Obligation, Obstacle, ReplyKind, Report, ReportState, State
from dabir.obligations.replies import Answer
from dabir.obligations.reporting import services as reporting
from dabir.obligations.reporting.periods import offered, periods_from, straight_line
from dabir.obligations.reporting.values import File, Found, Hindrance, Progress, Signed, Visit
from dabir.persian import clock, jalali
from dabir.persian.digits import to_persian

BY_LETTER = "نامه دستگاه"


class Careers:
    """Each career is a method of its name, with `_` for blanks, and begins on the day of the letter."""

    def __init__(self, story: Story, diary: Diary, people: People) -> None:
        self.story, self.diary, self.people = story, diary, people
        self._number = 2_000
        self._turn: dict[str, int] = {}

    def begin(self, debt: Obligation, career: str) -> None:
        """Plan its path, and note what becomes of it."""
        today = clock.today()
        if debt.due_day and debt.due_day > today:
            path = straight_line(today, debt.due_day, debt.report_months)
            reporting.plan_path(debt, path, by=self.people.by("secretary"))
        getattr(self, career.replace(" ", "_"))(debt)
        officer = self._officer(debt)
        if officer and career not in ("silent", "paper"):
            self._later(debt, self.story.days(2, 6), partial(self._acknowledge, debt, officer))

    def done(self, debt: Obligation) -> None:
        self._quarters(debt, 1.0)
        self._finish(debt, -self.story.days(3, 12))

    def late(self, debt: Obligation) -> None:
        self._quarters(debt, 0.7)
        self._finish(debt, self.story.days(9, 28))

    def paper(self, debt: Obligation) -> None:
        self._finish(debt, self.story.days(4, 14), on_paper=True)

    def bare(self, debt: Obligation) -> None:
        """All is said to be done, and nothing shows it."""
        self._finish(debt, self.story.days(1, 9), words="bare", shows=False, done=False)

    def wanting(self, debt: Obligation) -> None:
        """It is said to be done, and a visit finds otherwise."""
        self._finish(debt, -self.story.days(2, 8), worth=self.story.days(45, 70))

    def steady(self, debt: Obligation) -> None:
        self._quarters(debt, 0.95)

    def slow(self, debt: Obligation) -> None:
        self._quarters(debt, 0.6, worth=0.6)
        self._later(debt, 50, partial(self._hinder, debt))

    def silent(self, debt: Obligation) -> None:
        """Nobody answers."""

    def returned(self, debt: Obligation) -> None:
        self._quarters(debt, 0.85, gives_back=True)

    def blocked(self, debt: Obligation) -> None:
        self._quarters(debt, 0.45)
        told = self._next("blocked", Asks.DECISION)
        self._later(debt, self.story.days(45, 70), partial(self._raise, debt, told))

    def capital(self, debt: Obligation) -> None:
        self._quarters(debt, 0.4)
        told = self._next("capital", Asks.CAPITAL)
        self._later(debt, self.story.days(40, 60), partial(self._raise, debt, told))

    def extended(self, debt: Obligation) -> None:
        self._quarters(debt, 0.7)
        self._ask(debt, then=lambda: self._finish(debt, -self.story.days(2, 9)))

    def twice(self, debt: Obligation) -> None:
        """The secretary extends it once; the second time the body is asked."""
        self._quarters(debt, 0.5)
        self._ask(debt, then=lambda: self._ask(debt, words="asked again", answered=False))

    def refused(self, debt: Obligation) -> None:
        self._quarters(debt, 0.3)
        self._ask(debt, granted=False)

    def asking(self, debt: Obligation) -> None:
        """A request that still waits on the demo's day."""
        self._quarters(debt, 0.6)
        self.diary.on(
            self.story.day - timedelta(days=self.story.days(2, 6)),
            partial(self._while_open, debt, lambda now: self._ask_now(now, "asked")),
        )

    def group(self, debt: Obligation) -> None:
        """Of a group's members most answer in time, some late, some never."""
        choice = self.story.chance.choices([self.done, self.late, self.paper, self.silent], weights=[4, 3, 3, 3])
        choice[0](debt)

    # How people act.

    def _officer(self, debt: Obligation) -> Acting | None:
        """Who signs in for the debtor; of a classified meeting the head alone. A secretariat speaks for its own."""
        speaks = (Function.HEAD,) if _is_classified(debt) else (Function.OFFICER, Function.COUNTY, Function.SECRETARY)
        return next(filter(None, (self.people.of(_lead(debt), function) for function in speaks)), None)

    def _clerk(self, debt: Obligation) -> Acting:
        return self.people.by("secretary" if _is_classified(debt) else "staff")

    def _later(self, debt: Obligation, days: int, act: Callable[[], object]) -> None:
        self.diary.on(clock.today() + timedelta(days=days), partial(self._while_open, debt, lambda _now: act()))

    def _while_open(self, debt: Obligation, act: Callable[[Obligation], object]) -> None:
        now = Obligation.objects.select_related("lead__parent", "meeting", "body").get(pk=debt.pk)
        if now.state == State.OPEN:
            act(now)

    def _acknowledge(self, debt: Obligation, by: Acting) -> None:
        obligations.acknowledge(debt, by=by, answer=Answer(ReplyKind.ACKNOWLEDGED))

    def _quarters(self, debt: Obligation, pace: float, *, worth: float = 1.0, gives_back: bool = False) -> None:
        """A report after each quarter, at a pace of what is planned; `worth` is what a visit finds of it."""
        begins, due = clock.today(), debt.due_day
        if due is None:
            return
        for starts, ends in periods_from(begins, self.story.day, debt.report_months or 3):
            percent = min(94, round(100 * pace * (ends - begins).days / max(1, (due - begins).days)))
            act = partial(self._report_period, percent=percent, worth=worth, gives_back=gives_back)
            day = ends + timedelta(days=self.story.days(3, 11))
            if ends > starts:
                self.diary.on(day, partial(self._while_open, debt, act))
            gives_back = False

    def _report_period(self, debt: Obligation, *, percent: int, worth: float, gives_back: bool) -> None:
        starts, ends = offered(debt, clock.today())
        if starts >= ends or ends == clock.today() or debt.reports.filter(done=True).exists():
            return
        said = self.story.say("progress", percent=to_persian(str(percent)))
        if gives_back:
            short = Progress(starts, ends, percent, narrative="پیشرفت کار مطلوب است.")
            made = self._report(debt, short, shows=False)
            why = self.story.say("returned")
            self.diary.on(clock.today() + timedelta(days=2), partial(self._give_back, made, why, percent, said))
            return
        found = round(percent * worth) if worth < 1 else percent
        self._report(debt, Progress(starts, ends, percent, narrative=said), found=found, shows=percent > 30)

    def _give_back(self, report: Report, why: str, percent: int, said: str) -> None:
        reporting.return_report(Report.objects.get(pk=report.pk), why, by=self.people.by("secretary"))
        again = Progress(report.starts, report.ends, percent, narrative=said)
        act = partial(self._report, progress=again, found=percent)
        self.diary.on(clock.today() + timedelta(days=6), partial(self._while_open, report.obligation, act))

    def _finish(
        self,
        debt: Obligation,
        days: int,
        *,
        words: str = "done",
        worth: int = 100,
        shows: bool = True,
        done: bool = True,
        on_paper: bool = False,
    ) -> None:
        """So many days after its deadline it is said to be done."""
        now = Obligation.objects.get(pk=debt.pk)
        if now.due_day is None:
            return

        def act(now: Obligation) -> None:
            today = clock.today()
            starts = now.reported_on + timedelta(days=1) if now.reported_on else offered(now, today)[0]
            said = Progress(min(starts, today), today, 100, done, self.story.say(words))
            self._report(now, said, found=worth, shows=shows, on_paper=on_paper)

        at = max(now.due_day + timedelta(days=days), clock.today() + timedelta(days=8))
        self.diary.on(at, partial(self._while_open, debt, act))

    def _report(
        self,
        debt: Obligation,
        progress: Progress,
        *,
        found: int | None = None,
        shows: bool = True,
        on_paper: bool = False,
    ) -> Report:
        """Said, then confirmed, endorsed where that is needed, and verified as worth `found`."""
        officer = None if on_paper else self._officer(debt)
        if officer is None:
            progress = replace(progress, said_by=BY_LETTER)
        files = [self._photo()] if shows else []
        made = reporting.report(debt, progress, by=officer or self._clerk(debt), files=files)
        head = self.people.of(_lead(debt), Function.HEAD) if officer else None
        self.diary.on(self._soon(3), partial(self._confirm, made, head, found))
        return made

    def _confirm(self, report: Report, head: Acting | None, found: int | None) -> None:
        now = Report.objects.select_related("obligation__meeting", "obligation__lead").get(pk=report.pk)
        debt = now.obligation
        if now.state == ReportState.REPORTED and debt.state == State.OPEN:
            letter = None if head else Signed(f"رئیس {_lead(debt).name}"[:200], self._letter(), clock.today())
            reporting.confirm(now, letter, by=head or self._clerk(debt))
            for row in debt.involved.filter(role="endorser", party__isnull=False).select_related("party"):
                assert row.party is not None
                consents = self.people.of(row.party, Function.HEAD)
                signed = None if consents else Signed(row.party.name[:200], self._letter(), clock.today())
                reporting.endorse(now, signed, by=consents or self._clerk(debt), whose=row)
        if found is not None:
            self.diary.on(self._soon(7), partial(self._verify, now, found))

    def _verify(self, report: Report, percent: int) -> None:
        now = Report.objects.select_related("obligation__meeting").get(pk=report.pk)
        if now.state not in (ReportState.CONFIRMED, ReportState.ENDORSED) or now.obligation.state != State.OPEN:
            return
        worth, visit = Found(percent, self.story.say("found")), None
        if percent < now.percent:
            visit = Visit(clock.today() - timedelta(days=1), self.story.say("visitors"), self.story.say("seen"))
            worth = Found(percent, self.story.say("less"), visit)
        reporting.verify(now, worth, by=self.people.by("secretary"), files=[self._photo()] if visit else [])

    def _hinder(self, debt: Obligation) -> None:
        made = self._raise(debt, Hindrance(self.story.say("hindrances")))
        act = partial(self._ease, made)
        self._later(debt, self.story.days(30, 60), act)

    def _ease(self, obstacle: Obstacle) -> None:
        by = self._officer(obstacle.obligation) or self._clerk(obstacle.obligation)
        reporting.end_obstacle(obstacle, by=by, outcome=self.story.say("eased"))

    def _raise(self, debt: Obligation, told: Hindrance) -> Obstacle:
        if told.asks == Asks.CAPITAL:
            promised = clock.today() + timedelta(days=120)
            told = replace(told, number=self._letter(), dated=clock.today(), promised_for=promised)
        now = Obligation.objects.select_related("meeting", "lead").get(pk=debt.pk)
        return reporting.raise_obstacle(now, told, by=self._officer(now) or self._clerk(now))

    def _ask(
        self,
        debt: Obligation,
        *,
        words: str = "asked",
        granted: bool = True,
        answered: bool = True,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Ten days before its deadline more time is asked for; a few days later the secretary decides."""
        due = Obligation.objects.get(pk=debt.pk).due_day
        if due is None:
            return

        def act(now: Obligation) -> None:
            asked = self._ask_now(now, words)
            if answered:
                day = clock.today() + timedelta(days=self.story.days(2, 5))
                self.diary.on(day, partial(self._answer, asked, granted, then))

        self.diary.on(max(due - timedelta(days=10), clock.today()), partial(self._while_open, debt, act))

    def _ask_now(self, debt: Obligation, words: str) -> Extension:
        officer = self._officer(debt)
        number, dated = ("", None) if officer else (self._letter(), clock.today())
        assert debt.due_day is not None
        return extending.ask_extension(
            debt,
            by=officer or self._clerk(debt),
            wanted=max(debt.due_day, clock.today()) + timedelta(days=50),
            reason=self.story.say(words),
            number=number,
            dated=dated,
        )

    def _answer(self, asked: Extension, granted: bool, then: Callable[[], object] | None) -> None:
        secretary = self.people.by("secretary")
        if granted:
            extending.grant_extension(asked, by=secretary, answer=self.story.say("granted"))
        else:
            extending.refuse_extension(asked, by=secretary, answer=self.story.say("refused"))
        if then:
            then()

    def _soon(self, most: int) -> date:
        """Within so many days; of one in six it takes weeks."""
        waits = self.story.days(1, 6) == 6
        return clock.today() + timedelta(days=self.story.days(20, 45) if waits else self.story.days(1, most))

    def _letter(self) -> str:
        """The next number of an agency's letter."""
        self._number += self.story.days(3, 40)
        return f"{jalali.from_gregorian(clock.today())[0] % 100}/{self._number}"

    def _next(self, kind: str, asks: Asks) -> Hindrance:
        """The words of that kind in turn."""
        turn = self._turn[kind] = self._turn.get(kind, -1) + 1
        return Hindrance(asks=asks, **self.story.words[kind][turn % len(self.story.words[kind])])

    def _photo(self) -> File:
        """A picture in the place of a photograph; no two are the same."""
        colour = bytes(self.story.days(60, 200) for _ in range(3))
        return (f"عکس {to_persian(str(self.story.days(100, 999)))}.png", _png(colour, 48, 32))


def _png(colour: bytes, width: int, height: int) -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + colour * width) * height
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def _lead(debt: Obligation) -> Party:
    assert debt.lead is not None
    return debt.lead


def _is_classified(debt: Obligation) -> bool:
    return debt.meeting is not None and debt.meeting.secrecy != SecrecyClass.NORMAL
