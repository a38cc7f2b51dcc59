"""Who speaks on a report's way, also where a class is raised while somebody writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from django.test import Client

from dabir.cycle.classifying import classify_meeting
from dabir.cycle.notices import posts_of
from dabir.foundation.access import may
from dabir.foundation.errors import Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.obligations import services as obligations
from dabir.obligations.models import Obligation, ReplyKind, Report, State
from dabir.obligations.queries import visible_to
from dabir.obligations.replies import Answer
from dabir.obligations.reporting import services
from dabir.obligations.reporting.services import reports as verbs
from dabir.obligations.reporting.values import Signed
from tests import builders
from tests.personas import Personas
from tests.reported import PNG, communicated, day, owed, progress


def test_an_auditor_and_an_administrator_say_nothing_for_the_office_that_they_sit_in(
    world: Personas, client: Client
) -> None:
    builders.meeting(world)
    gap = Obligation.objects.filter(state=State.UNSETTLED)[0]
    office = world.parties["governor-office"]
    debt = communicated(world, obligations.settle(gap, by=world.operator, lead=office))
    for by in (world.auditor, world.admin):
        assert office.pk in by.parties
        with pytest.raises(Refused):
            services.report(debt, progress(), by=by)
        with pytest.raises(Refused):
            obligations.acknowledge(debt, answer=Answer(ReplyKind.ACKNOWLEDGED), by=by)
    client.force_login(world.users["auditor"], backend="dabir.foundation.accounts.NameOrMobileBackend")
    assert f"/debts/{debt.pk}/" not in client.get(f"/progress/{debt.code}/").content.decode()


def test_an_auditor_endorses_for_nobody(world: Personas) -> None:
    debt = owed(world, endorser="governor-office")
    report = services.confirm(services.report(debt, progress(), by=world.officer), by=world.head)
    with pytest.raises(Refused):
        services.endorse(report, by=world.auditor)


@pytest.fixture
def classified_meanwhile(world: Personas, monkeypatch: pytest.MonkeyPatch) -> Callable[[Obligation], None]:
    """The debt's meeting becomes secret while the files of the next verb are written."""

    def next_time(debt: Obligation) -> None:
        assert debt.meeting
        meeting, keep = debt.meeting, verbs._keep

        def slowly(contents: Iterable[bytes]) -> None:
            keep(contents)
            classify_meeting(meeting, SecrecyClass.SECRET, by=world.secretary)

        monkeypatch.setattr(verbs, "_keep", slowly)

    return next_time


def test_what_was_classified_meanwhile_is_not_reported_on(
    world: Personas, classified_meanwhile: Callable[[Obligation], None]
) -> None:
    debt = owed(world)
    classified_meanwhile(debt)
    with pytest.raises(Refused):
        services.report(debt, progress(), by=world.officer, files=[PNG])
    assert not Report.objects.exists()


def test_what_was_classified_meanwhile_the_staff_confirm_no_more(
    world: Personas, classified_meanwhile: Callable[[Obligation], None]
) -> None:
    debt = owed(world)
    report = services.report(debt, progress(), by=world.officer)
    classified_meanwhile(debt)
    with pytest.raises(Refused):
        services.confirm(report, Signed("مدیر کل", "1", day("1398/07/15"), b"%PDF-1"), by=world.staff)
    assert Report.objects.get().state == "reported"


def test_what_was_classified_meanwhile_is_endorsed_by_a_head_alone(
    world: Personas, classified_meanwhile: Callable[[Obligation], None]
) -> None:
    debt = owed(world, endorser="roads")
    report = services.confirm(services.report(debt, progress(), by=world.officer), by=world.head)
    assert may(world.outsider, "reporting.endorse", report)
    classified_meanwhile(debt)
    with pytest.raises(Refused):
        services.endorse(report, by=world.outsider)


def test_the_secretariat_of_a_body_speaks_for_what_the_body_owes_and_is_told(world: Personas) -> None:
    builders.meeting(world)
    gap = Obligation.objects.filter(state=State.UNSETTLED)[0]
    committee = world.bodies["committee"]
    debt = communicated(world, obligations.settle(gap, by=world.operator, lead=committee.party))
    assert debt.lead_id in world.county.parties and debt.lead_id not in world.secretary.parties
    assert visible_to(world.county).filter(pk=debt.pk).exists()
    assert services.report(debt, progress(), by=world.county).state == "confirmed"
    with pytest.raises(Refused):
        services.report(debt, progress(starts="1398/07/01", ends="1398/07/02"), by=world.outsider)
    told = posts_of([debt.lead_id or 0])[debt.lead_id or 0]
    assert [post.party.code for post in told] == ["post-county"]
