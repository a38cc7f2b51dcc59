"""Which debts are offered for a resolution of accepted paper that names none by a code."""

from __future__ import annotations

import pytest

from dabir.cycle.debts_meant import debts_meant
from dabir.obligations.models import Obligation
from dabir.reading.minutes import Resolution, ResolutionKind
from tests import builders
from tests.personas import Personas

pytestmark = pytest.mark.django_db
CLOSE_3, ALL_OF_2 = "11/3.1 close", {"11/2.1", "11/2.2", "11/2.1-1", "11/2.1-2"}


def meant(world: Personas, text: str, *, by: str = "secretary", body: str = "hq", words: str = "") -> list[str]:
    found = debts_meant(
        Resolution(text, (1, 1), ResolutionKind.APPROVAL),
        getattr(world, by),
        bodies={world.bodies[body].pk},
        met=builders.SESSION_11,
        words=words,
    )
    return [f"{one.debt.code.removeprefix('hq-1398-')} {one.act} {one.day}".strip() for one in found]


def test_debts_are_offered_by_what_is_cited_then_by_words(world: Personas) -> None:
    builders.meeting(world)
    assert meant(world, "مصوبه ۳ جلسه ۱۱ مختومه شد.") == [CLOSE_3]
    assert meant(world, "مهلت بند ۳ صورتجلسه مورخ ۱۳۹۸/۰۷/۱۷ تا ۱۳۹۸/۱۲/۰۱ تمدید شد.") == ["11/3.1 extend 1398/12/01"]
    assert {one.split()[0] for one in meant(world, "مصوبه hq-1398-11/2 لغو شد.")} == ALL_OF_2
    assert meant(world, "ارائه پیش‌نویس دوم سند توسط مشاور خاتمه یافت.") == [CLOSE_3]
    assert meant(world, "مشاور پیش‌نویس دوم را ارائه نماید.") == []  # it decides on nothing that is there
    assert meant(world, "کار تمام است.", words="پیش‌نویس دوم") == [CLOSE_3]
    assert meant(world, "کار تمام است.", words="هیچ‌کجا") == []
    for by, body in (("other_secretary", "hq"), ("secretary", "committee")):
        assert meant(world, "مصوبه ۳ جلسه ۱۱ مختومه شد.", by=by, body=body) == []
    Obligation.objects.filter(code="hq-1398-11/3.1").update(asleep=True)
    assert meant(world, "ارائه پیش‌نویس دوم سند توسط مشاور خاتمه یافت.") == [CLOSE_3]


def test_what_is_opened_again_is_looked_for_among_what_has_ended(world: Personas) -> None:
    builders.meeting(world)
    text = "ارائه پیش‌نویس دوم سند توسط مشاور مجدداً در دستور کار قرار گرفت."
    assert meant(world, text) == [] == meant(world, text, words="پیش‌نویس دوم")
    Obligation.objects.filter(code="hq-1398-11/3.1").update(state="cancelled")
    assert meant(world, text) == ["11/3.1 reopen"] == meant(world, text, words="پیش‌نویس دوم")
    assert meant(world, "ارائه پیش‌نویس دوم سند توسط مشاور خاتمه یافت.") == []


def test_of_meetings_with_one_number_the_newest_is_meant_first(world: Personas) -> None:
    builders.meeting(world, builders.minutes(world, number=11, session="1397/07/17"))
    builders.meeting(world)
    assert meant(world, "مصوبه ۳ جلسه ۱۱ مختومه شد.") == [CLOSE_3, "hq-1397-11/3.1 close"]
