"""The page of a meeting: what it costs."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.desk.conftest import SignIn
from tests.personas import Personas

pytestmark = pytest.mark.django_db


def test_the_page_reads_its_versions_once_and_asks_as_much_however_long_it_is(sign_in: SignIn, world: Personas) -> None:
    few = builders.meeting(world)
    long = builders.minutes(world, number=12, session="1398/08/17")
    for place, one in enumerate(deepcopy(long.resolutions), 8):
        one.id, one.number = f"r{place}", str(place)
        for obligation in one.obligations:
            obligation.id, obligation.waits_for = f"{obligation.id}-{place}", []
        long.resolutions.append(one)
    many = builders.meeting(world, long)
    assert many.resolutions.count() == 2 * few.resolutions.count()
    client = sign_in("secretary")
    counts = []
    for meeting in (few, many):
        client.get(reverse("meeting", args=[meeting.code]))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("meeting", args=[meeting.code])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 40
    assert sum(one["sql"].startswith('SELECT "meetings_minutesversion"') for one in asked) == 1
