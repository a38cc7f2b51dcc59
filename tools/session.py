"""Meetings of the sample's headquarters in each part of their life: `python -m tools.session`, in a sample's home.

Everything is done by the services, as a secretary does it on the pages: session 10 is sealed and signed, and its
letters wait for their numbers; the minutes of session 13 are being checked; session 14 is planned, and called to. What
the consultant owes of session 11 is reported, confirmed, endorsed and verified by letters.
"""

from __future__ import annotations

import os
from datetime import date, time, timedelta
from typing import Any

SAID = """رئیس سازمان مدیریت و برنامه‌ریزی استان این نکته‌ها را یادآور شد:
✓ در شش ماه نخست سال ۵٫۲ درصد از اعتبار طرح‌ها تخصیص یافته است.
✓ برنامه نیمه دوم سال بر پایه سند شهرستان‌ها آماده می‌شود.
مدیرکل راه و شهرسازی استان بیان کرد:
۱- قطعه دوم بزرگراه ایجرود ۶۰ درصد پیشرفت دارد."""
DECIDED = """\
۱- {agriculture} موظف است فهرست طرح‌های نیمه‌تمام کشاورزی را حداکثر تا ۱۳۹۸/۰۸/۰۴ به دبیرخانه ستاد ارسال نماید.
۲- {roads} موظف است برنامه تکمیل راه‌های روستایی را ظرف یک هفته پس از ابلاغ ارائه نماید.
۳- {gas} موظف است با همکاری {roads} جدول گازرسانی روستاهای شهرستان ایجرود را حداکثر تا ۱۳۹۸/۰۸/۱۱ ارائه نماید.
۴- گزارش عملکرد شش‌ماهه به تصویب رسید."""
AGENDA = (("گزارش پیشرفت طرح‌های نیمه‌تمام", "roads", 30), ("برنامه نیمه دوم سال", "agriculture", 45))
PLACE = "سالن جلسات استانداری زنجان"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabir.config.settings")
    import django

    django.setup()
    from dabir.persian.jalali import to_gregorian

    _sealed(_held(10, to_gregorian(1398, 7, 3), time(9, 0)))
    _checked(_held(13, to_gregorian(1398, 7, 20), time(7, 30)))
    _called(14, to_gregorian(1398, 8, 4))
    _reported()


def _by() -> Any:
    from dabir.directory.tenures import acting_as

    return acting_as("secretary")


def _names() -> dict[str, str]:
    from dabir.directory.models import Party

    return dict(Party.objects.filter(code__in=("agriculture", "roads", "gas")).values_list("code", "name"))


def _planned(number: int, day: date, at: time) -> Any:
    from dabir.directory.models import Body, Party
    from dabir.meetings.services import agenda, planning

    hq = Body.objects.get(code="zanjan-hq")
    plan = planning.Plan(day, at, time(at.hour + 2, at.minute), PLACE)
    meeting = planning.plan_meeting(plan, by=_by(), kept_by=hq, bodies=[(hq, number)])
    for text, presenter, minutes in AGENDA:
        who = Party.objects.get(code=presenter)
        agenda.add_item(meeting, by=_by(), text=text, presenter=who, minutes=minutes)
    return meeting


def _called(number: int, day: date) -> None:
    from dabir.cycle.calling import call_meeting

    call_meeting(_planned(number, day, time(9, 0)), by=_by())


def _held(number: int, day: date, at: time) -> Any:
    """Held, with everybody there but one in eleven, who was excused; its minutes written."""
    from dabir.meetings.manuscripts import revisions
    from dabir.meetings.manuscripts.services import open_manuscript, save_text
    from dabir.meetings.services import holding

    meeting = _planned(number, day, at)
    holding.hold_meeting(meeting, by=_by(), starts_at=at, ends_at=time(at.hour + 2, at.minute))
    marks = {
        row.pk: holding.Mark(holding.Standing.EXCUSED if n % 11 == 7 else holding.Standing.PRESENT)
        for n, row in enumerate(meeting.attendance.all())
    }
    holding.mark_attendance(meeting, marks, by=_by())
    manuscript = open_manuscript(meeting, by=_by())
    begun = revisions.newest(manuscript)
    text = begun.text.replace("مذاکرات جلسه:\n", f"مذاکرات جلسه:\n\n{SAID}\n", 1)
    text = text.replace("مصوبات جلسه:\n", f"مصوبات جلسه:\n\n{DECIDED.format(**_names())}\n", 1)
    save_text(manuscript, text, base=begun.number, by=_by())
    return manuscript


def _checked(manuscript: Any) -> None:
    """Sent round; somebody's word on who was there has changed since the text was begun."""
    from dabir.meetings import services
    from dabir.meetings.services import holding
    from dabir.persian import clock

    row = manuscript.meeting.attendance.filter(present=True).last()
    holding.mark_attendance(manuscript.meeting, {row.pk: holding.Mark(holding.Standing.EXCUSED)}, by=_by())
    services.circulate(manuscript, until=clock.today().replace(day=20), by=_by())


def _sealed(manuscript: Any) -> None:
    """Sealed and signed; its letters are written, and wait for their numbers."""
    from dabir.cycle.extracts import communicate
    from dabir.cycle.sealing import seal_minutes
    from dabir.meetings import services
    from dabir.meetings.manuscripts import revisions

    version = seal_minutes(manuscript, revision=revisions.newest(manuscript).number, by=_by())
    there = version.meeting.attendance.filter(present=True)[:6]
    services.record_signatures(version, [(row.party, row.text) for row in there], day=version.meeting.date, by=_by())
    version.meeting.refresh_from_db()
    communicate(version.meeting, by=_by())


def _reported() -> None:
    """From letters: two reports, the first one verified by a visit, the second one endorsed."""
    from dabir.obligations.models import Asks, Obligation
    from dabir.obligations.reporting import services
    from dabir.obligations.reporting.values import Found, Hindrance, Progress, Signed, Visit
    from dabir.persian.jalali import to_gregorian

    debt = Obligation.objects.get(code="zanjan-hq-1398-11/3.1")
    first, last = to_gregorian(1398, 7, 18), to_gregorian(1398, 7, 20)
    services.plan_path(debt, [(first, 20), (last, 45), (to_gregorian(1398, 8, 5), 100)], by=_by())
    needs = Hindrance("نظر دو دستگاه هنوز به مشاور نرسیده است.", Asks.DECISION, "تعیین تکلیف نظرهای نرسیده")
    for ends, percent, said, obstacle in (
        (first, 20, "فصل‌های شناخت بخش حلب بازنویسی شد.", None),
        (last, 40, "نظرهای ارتباطات و کشاورزی در متن بخش مرکزی اعمال شد.", needs),
    ):
        said_by = "مدیر طرح مهندسین مشاور"
        progress = Progress(ends - timedelta(days=1), ends, percent, narrative=said, said_by=said_by)
        report = services.report(debt, progress, by=_by(), obstacle=obstacle)
        report = services.confirm(report, Signed(said_by, f"۱۱۸/{percent}", ends), by=_by())
        report = services.endorse(report, Signed("سرپرست تیم نظارت", f"۴۰۲/{percent}", ends), by=_by())
        if ends == first:
            visit = Visit(first, "کارشناس دبیرخانه ستاد", "یک فصل هنوز بازنویسی نشده است.")
            services.verify(report, Found(15, visit=visit), by=_by())


if __name__ == "__main__":
    main()
