"""The demo: a year of the sample's headquarters, from its first session of 1403 to the eve of its seventh.

Everything is done by the services on its own day, as people would; `examples/demo` tells what. Filled again it is the
same year. All in one transaction: a demo is there whole or not at all.
"""

from __future__ import annotations

import os
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from dabir.config.demo import story as telling
from dabir.config.demo.debts import Careers
from dabir.config.demo.diary import Diary
from dabir.config.demo.habits import Habits
from dabir.config.demo.people import People
from dabir.config.demo.sessions import Sessions
from dabir.config.sample import examples, is_used
from dabir.cycle.news import tell_news
from dabir.directory import services as directory
from dabir.directory.loading import load_directory
from dabir.directory.models import Body
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.persian import clock, jalali

TOLD = timedelta(days=90)
"""How long before the demo's day its people began to be told of news."""


def fill(*, by: Acting) -> str:
    """Fill an empty home, and say which day is its own; `Conflict` in one that has been used."""
    if is_used():
        raise Conflict(f"{settings.DABIR_HOME} is in use; the demo fills an empty home only (set DABIR_HOME).")
    story = telling.read(examples() / "demo")
    diary = Diary(story.day)
    with transaction.atomic():
        first = min(session.day for session in story.sessions) - timedelta(days=30)
        diary.on(first, lambda: _open(story, diary, by))
        since = story.day - TOLD
        diary.run(last_of_all=lambda: clock.today() >= since and tell_news(by=by))
        day = jalali.format_day(story.day, persian_digits=False)
        settings.SAMPLE_DAY.write_text(day, encoding="ascii")  # last: a home that failed to fill has no day of its own
    os.environ.setdefault("DABIR_TODAY", day)
    return day


def _open(story: telling.Story, diary: Diary, by: Acting) -> None:
    directory.load_divisions(by=by)
    for tables in ("zanjan", "demo/directory"):
        load_directory(by=by, path=examples() / tables)
    body = Body.objects.get(code=story.body)
    directory.set_follow_up(by=by, body=body, extensions_by_secretary=1, report_months=3, headquarters=True)
    careers = Careers(story, diary, People())
    sessions = Sessions(story, diary, careers)
    for session in story.sessions:
        sessions.begin(session)
    diary.on(story.day - timedelta(days=6), sessions.plan_next)
    Habits(diary, sessions, careers, by).begin()
