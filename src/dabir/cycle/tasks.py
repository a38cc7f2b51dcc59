"""What runs by itself: telling of news each minute, and the daily look at deadlines."""

from __future__ import annotations

from dabir.cycle import escalating, news
from dabir.foundation.acting import Acting
from dabir.foundation.jobs.running import Run
from dabir.foundation.jobs.schedule import daily, each_minute
from dabir.foundation.models import Chore


@each_minute
def tell_news(_running_for: float) -> None:
    """Turn what was written since the last minute into notices."""
    news.tell_news(by=Acting.host_operator())


@daily("follow-up", at="06:30")
def look(_chore: Chore, run: Run) -> None:
    """Find what has come near, is due or is late, and tell of it. Done again it finds it told."""
    escalating.look(by=Acting.host_operator())
    run.done()
