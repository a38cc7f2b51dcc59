from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.cycle.communicating import number_letters
from dabir.cycle.extracts import communicate
from dabir.foundation import ledger
from dabir.letters.models import Recipient, Way
from dabir.letters.numbering import Numbered
from dabir.meetings.models import Meeting, Point
from dabir.obligations.models import Obligation
from dabir.persian import clock
from tests.conftest import TODAY
from tests.desk.conftest import SignIn
from tests.personas import Personas


def debt(number: str) -> Obligation:
    return Obligation.objects.get(resolution__number=number, parent=None, is_group=False)


def test_the_secretary_settles_a_debt_and_comes_back(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    gap, back = debt("۴"), f"/r/{meeting.code}/4/"
    response = sign_in("secretary").post(
        f"/debts/{gap.pk}/settle/", {"lead-is": world.parties["agriculture"].pk, "next": back}
    )
    assert response.headers["Location"] == back
    assert debt("۴").lead == world.parties["agriculture"]


def test_the_secretary_releases_and_withdraws(sign_in: SignIn, meeting: Meeting) -> None:
    client, owed = sign_in("secretary"), debt("۳")
    assert "/debts/release/" in client.get(f"/r/{meeting.code}/3/").content.decode()
    client.post("/debts/release/", {"debt": [owed.pk]})
    assert debt("۳").released_at is not None
    client.post(f"/debts/{owed.pk}/withdraw/")
    assert debt("۳").released_at is None


def test_a_deadline_is_given_in_any_digits(sign_in: SignIn, meeting: Meeting) -> None:
    owed = debt("۷")
    sign_in("secretary").post(f"/debts/{owed.pk}/due/", {"day": "۱۳۹۸/۰۸/۱۵"})
    assert str(debt("۷").due_day) == "2019-11-06"


@pytest.mark.parametrize("day", ["", "1398/13/01", "فردا"])
def test_a_deadline_that_is_no_day_comes_back_to_be_corrected(sign_in: SignIn, meeting: Meeting, day: str) -> None:
    form = f"http://testserver/r/{meeting.code}/7/"
    response = sign_in("secretary").post(f"/debts/{debt('۷').pk}/due/", {"day": day}, headers={"Referer": form})
    page = response.content.decode()
    assert (
        response.status_code == 422
        and f'aria-invalid="true" aria-errormessage="refusal" autofocus value="{day}"' in page
    )
    assert debt("۷").due_day is None


def test_cancelling_needs_a_reason(sign_in: SignIn, meeting: Meeting) -> None:
    client, owed = sign_in("secretary"), debt("۷")
    assert client.post(f"/debts/{owed.pk}/cancel/", {"reason": " "}).status_code == 422
    client.post(f"/debts/{owed.pk}/cancel/", {"reason": "تکرار است"})
    assert debt("۷").state == "cancelled"


def test_a_point_is_promoted_long_after(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    point = Point.objects.get(meeting=meeting, number="۸")
    client = sign_in("secretary")
    assert f"/points/{point.pk}/promote/" in client.get(f"/m/{meeting.code}/?promote={point.pk}").content.decode()
    lead = world.parties["agriculture"]
    client.post(f"/points/{point.pk}/promote/", {"action": "گزارش دهد", "lead-is": lead.pk, "day": "+۱۵"})
    made = Obligation.objects.get(point=point)
    assert (made.action, made.lead, str(made.due_day)) == ("گزارش دهد", lead, "2019-10-27")


def test_cancelling_names_the_letter_that_waits_with_the_debt(
    world: Personas, sign_in: SignIn, meeting: Meeting
) -> None:
    """Of a group's debt also those that tell of its members'; not once they have their numbers."""
    client = sign_in("secretary")

    def named(number: int) -> set[str]:
        page = client.get(f"/r/{meeting.code}/{number}/").content.decode()
        keys = re.findall(r'note warning">[^<]*<a href="/letters/([0-9]+)/"', page)
        return set(Recipient.objects.filter(letter__in=keys, is_copy=False).values_list("party__code", flat=True))

    assert not named(3)
    letters = communicate(meeting, by=world.secretary)
    assert (named(2), named(3)) == ({"county-agriculture", "county-housing", "secretariat"}, {"consultants"})
    number_letters([Numbered(x, str(x.pk), TODAY) for x in letters], by=world.staff, way=Way.HAND)
    assert not named(2) and not named(3)


def test_staff_settles_and_does_not_release(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("staff")
    assert client.post("/debts/release/", {"debt": [debt("۳").pk]}).status_code == 403
    assert client.post(f"/debts/{debt('۴').pk}/settle/", {"lead-is": world.parties["roads"].pk}).status_code == 302


@pytest.mark.parametrize(
    ("persona", "status"), [("auditor", 403), ("governor", 403), ("outsider", 404), ("admin", 404)]
)
def test_others_do_nothing_to_debts(
    world: Personas, sign_in: SignIn, meeting: Meeting, persona: str, status: int
) -> None:
    client, owed = sign_in(persona), debt("۴")
    posts = {
        f"/debts/{owed.pk}/settle/": {"lead-is": world.parties["roads"].pk},
        f"/debts/{owed.pk}/due/": {"day": "1398/09/01"},
        f"/debts/{owed.pk}/cancel/": {"reason": "x"},
        f"/points/{Point.objects.filter(meeting=meeting)[0].pk}/promote/": {"action": "x"},
    }
    for path, fields in posts.items():
        assert client.post(path, fields).status_code == status, path
    assert debt("۴").state == "unsettled"


def test_acts_need_a_post(sign_in: SignIn, meeting: Meeting) -> None:
    assert sign_in("secretary").get(f"/debts/{debt('۳').pk}/settle/").status_code == 405


def test_many_debts_are_acknowledged_at_the_cost_of_their_writes(
    world: Personas, sign_in: SignIn, meeting: Meeting
) -> None:
    rows = list(Obligation.objects.filter(meeting=meeting, state="open", is_group=False).order_by("id")[:5])
    with ledger.change("tests.told", by=world.operator) as change:
        for row in rows:
            told = {"released_at": clock.now(), "communicated_at": clock.now()}
            change.update(row, lead=world.parties["county-agriculture"], **told)
    client = sign_in("officer")

    def statements(debts: list[Obligation]) -> int:
        with CaptureQueriesContext(connection) as caught:
            client.post("/debts/acknowledge/", {"debt": [row.pk for row in debts]})
        told = [query["sql"] for query in caught.captured_queries if "pg_advisory" not in query["sql"]]
        return sum(sql.startswith(("SELECT", "INSERT", "UPDATE")) for sql in told)

    statements(rows[:1])  # what is asked once in a process
    one, three = statements(rows[1:2]), statements(rows[2:5])
    assert Obligation.objects.exclude(acknowledged_at=None).count() == 5
    assert three - one == 2 * 6
