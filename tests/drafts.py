"""Minutes that are being written here, for tests: a meeting that was held, with its text in the office's form."""

from __future__ import annotations

from typing import Any

from dabir.foundation import ledger
from dabir.meetings.manuscripts import revisions
from dabir.meetings.manuscripts.services import open_manuscript
from dabir.meetings.models import Attendance, Manuscript, Meeting, MeetingBody
from tests import builders
from tests.personas import Personas

TEXT = """صورتجلسه ستاد فرماندهی اقتصاد مقاومتی استان زنجان
تاریخ جلسه: ۱۳۹۸/۰۷/۱۷\tشماره جلسه: ۱۱\tمحل برگزاری جلسه: فرمانداری
ریاست جلسه: دکتر نمونه

الف - دستور جلسه:

- بررسی سند شهرستان

ب - مذاکرات جلسه:

آقای نجفی گفت نرخ بیکاری ۵ درصد است.

ج - مصوبات جلسه:

۱- متن گزارش در اختیار اعضا است.
۲- سازمان جهاد کشاورزی استان زنجان موظف است گزارش خود را حداکثر تا ۱۳۹۸/۰۸/۰۴ به دبیرخانه ارسال نماید.
۳- بنیاد مسکن انقلاب اسلامی استان زنجان موظف است نقشه را حداکثر تا ۱۳۹۸/۰۸/۱۱ ارائه نماید.

د - اعضا و مدعوین حاضر در جلسه:

سازمان جهاد کشاورزی استان زنجان - بنیاد مسکن انقلاب اسلامی استان زنجان

ه - اعضا و مدعوین غایب در جلسه:

اتاق تعاون
"""


def held(world: Personas, *, number: int | None = 11, state: str = "held", code: str = "", **more: Any) -> Meeting:
    """Session 11 of the headquarters, held; agriculture was present, housing too."""
    hq = world.bodies["hq"]
    with ledger.change("tests.held", by=world.operator) as change:
        fields = {"date": builders.SESSION_11, "title": "جلسه ۱۱ ستاد", "code": code or f"hq-1398-{number}", **more}
        meeting = change.create(Meeting(kept_by=hq, state=state, **fields))
        change.create(MeetingBody(meeting=meeting, body=hq, year=1398, number=number))
        for order, party in enumerate(("agriculture", "housing"), 1):
            row = Attendance(meeting=meeting, order=order, party=world.parties[party], present=True)
            row.text = row.party.name  # type: ignore[union-attr]
            change.create(row)
    return meeting


def manuscript(world: Personas, text: str = TEXT, **more: Any) -> Manuscript:
    """Its minutes, with this text."""
    made = open_manuscript(held(world, **more), by=world.operator)
    write(world, made, text)
    return made


def write(world: Personas, draft: Manuscript, text: str) -> int:
    """One more revision; its number."""
    with ledger.change("tests.write", by=world.operator):
        return revisions.add(draft, text, by=world.secretary).number


def newest(draft: Manuscript) -> int:
    return revisions.newest(draft).number
