"""What runs by itself: telling of news each minute, the daily look at deadlines, and the messages of the day."""

from __future__ import annotations

from datetime import timedelta

from dabir.cycle import digests, escalating, news
from dabir.foundation.acting import Acting
from dabir.foundation.jobs.running import Run
from dabir.foundation.jobs.schedule import chore, daily, each_minute
from dabir.foundation.models import Chore
from dabir.persian import clock


@each_minute
def tell_news(_running_for: float) -> None:
    """Turn what was written since the last minute into notices."""
    news.tell_news(by=Acting.host_operator())


@daily("follow-up", at="06:30")
def look(_chore: Chore, run: Run) -> None:
    """Find what has come near, is due or is late, and tell of it. Done again it finds it told."""
    escalating.look(by=Acting.host_operator())
    run.done()


@daily("digests", at="07:30", within=timedelta(hours=10))
def put_digests(_chore: Chore, run: Run) -> None:
    """Put the day's messages into the line, after the look at the deadlines; not at night for a missed morning."""
    digests.put_all(clock.today())
    run.done()


@chore(digests.NAME)
def send_digest(message: Chore, run: Run) -> None:
    """Send one user's message of the day."""
    digests.send(message, run)
