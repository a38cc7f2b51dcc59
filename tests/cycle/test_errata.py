"""Sealed minutes change by a numbered erratum alone, decided by a resolution."""

from __future__ import annotations

import hashlib

import pytest

from dabir.cycle.classifying import classify_meeting
from dabir.cycle.errata import issue_erratum
from dabir.cycle.sealing import seal_minutes
from dabir.foundation import files, ledger
from dabir.foundation.errors import Invalid, Refused
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings import services
from dabir.meetings.documents import paper_of
from dabir.meetings.errata import may_decide, places_of
from dabir.meetings.issuing import Form, print_paper
from dabir.meetings.models import Meeting, MinutesVersion, Resolution
from dabir.obligations import queries
from dabir.obligations.models import Obligation
from dabir.reading.minutes import source_of
from dabir.writing.minutes import Audience
from tests import builders, drafts
from tests.personas import Personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    draft = drafts.manuscript(world)
    seal_minutes(draft, revision=2, by=world.secretary)
    return Meeting.objects.get(pk=draft.meeting.pk)


def issue(world: Personas, meeting: Meeting, old: str, new: str) -> MinutesVersion:
    decided = meeting.resolutions.get(order=1)
    issue_erratum(meeting, old=old, new=new, decided_by=decided, reason="اشتباه در تایپ", by=world.secretary)
    return meeting.versions.order_by("-number")[0]


def test_an_erratum_is_the_next_version_and_the_one_before_stays(world: Personas, meeting: Meeting) -> None:
    before = meeting.versions.get()
    untouched = meeting.resolutions.get(order=2).text
    version = issue(world, meeting, "نقشه را حداکثر تا ۱۳۹۸/۰۸/۱۱", "نقشهٔ نهایی را حداکثر تا ۱۳۹۸/۰۸/۱۸")
    assert (version.number, version.state, version.erratum.number) == (2, "corrected", 1)
    assert version.erratum.decided_by.code == "hq-1398-11/1"
    assert version.sha256 == hashlib.sha256(source_of(version.document)).hexdigest() != before.sha256
    assert "نقشهٔ نهایی" in files.get(version.file).decode()
    assert MinutesVersion.objects.get(number=1).document == before.document
    assert "نقشهٔ نهایی" in meeting.resolutions.get(order=3).text
    assert meeting.resolutions.get(order=2).text == untouched
    due = version.document["resolutions"][2]["obligations"][0]["due"]
    assert (due["jalali"], due["iso"]) == ("1398/08/18", "2019-11-09")
    assert list(ledger.audit()) == []


def test_debts_do_not_change_by_it_and_are_named(world: Personas, meeting: Meeting) -> None:
    debt = Obligation.objects.get(code="hq-1398-11/3.1")
    version = issue(world, meeting, "۱۳۹۸/۰۸/۱۱", "۱۳۹۸/۰۸/۱۸")
    again = Obligation.objects.get(pk=debt.pk)
    assert (again.due_day, again.action, again.state) == (debt.due_day, debt.action, debt.state)
    assert [place.code for place in places_of(version)] == ["hq-1398-11/3"]
    found = queries.visible_to(world.secretary).filter(queries.saying("۱۳۹۸/۰۸/۱۸"))
    assert [one.code for one in found] == ["hq-1398-11/3.1"]


def test_what_a_speaker_quoted_is_put_right_with_the_words(world: Personas, meeting: Meeting) -> None:
    assert [int(claim.value or 0) for claim in meeting.claims.all()] == [5]
    version = issue(world, meeting, "نرخ بیکاری ۵ درصد", "نرخ بیکاری ۶ درصد")
    assert [int(claim.value or 0) for claim in meeting.claims.all()] == [6]
    assert version.document["claims"][0]["value"] == "6"
    assert list(ledger.audit()) == []


def test_minutes_that_another_reader_has_parted_are_put_right_by_words_alone(world: Personas, meeting: Meeting) -> None:
    version = meeting.versions.get()
    version.document["discussion"] = []
    MinutesVersion.objects.filter(pk=version.pk).update(document=version.document)
    version = issue(world, meeting, "متن گزارش", "متن کامل گزارش")
    assert version.document["discussion"] == []
    assert "متن کامل گزارش" in version.document["resolutions"][0]["text"]
    assert any("متن کامل گزارش" in line for line in version.document["lines"])


def test_errata_are_counted(world: Personas, meeting: Meeting) -> None:
    issue(world, meeting, "بررسی سند شهرستان", "بررسی سند شهرستان ایجرود")
    version = issue(world, meeting, "متن گزارش در", "متن کامل گزارش در")
    assert (version.number, version.erratum.number) == (3, 2)
    assert meeting.agenda.get().text == "بررسی سند شهرستان ایجرود"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "چیزی"),
        ("این در متن نیست", "چیزی"),
        ("زنجان", "ایجرود"),  # stands there more than once
        ("متن گزارش", "متن گزارش"),
        ("متن گزارش", "متن\n۵- مصوبه دیگر"),
        ("شماره جلسه: ۱۱", "شماره جلسه: ۱۲"),
        ("تاریخ جلسه: ۱۳۹۸/۰۷/۱۷", "تاریخ جلسه: ۱۳۹۸/۰۷/۱۸"),
        ("۱۳۹۸/۰۸/۱۱", "۱۳۹۸/۰۷/۱۱"),  # due before the meeting
        ("۳- بنیاد", "بنیاد"),  # an item less
    ],
)
def test_what_is_no_erratum_is_refused(world: Personas, meeting: Meeting, old: str, new: str) -> None:
    with pytest.raises(Invalid):
        issue(world, meeting, old, new)
    assert meeting.versions.count() == 1


def test_it_is_decided_by_a_later_meeting_of_the_same_body(world: Personas, meeting: Meeting) -> None:
    later = builders.meeting(world, builders.minutes(world, number=12, session="1398/07/18"))
    before = builders.meeting(world, builders.minutes(world, number=9, session="1398/07/09"))
    other = builders.meeting(world, builders.minutes(world, number=12, session="1398/07/18"), body="committee")
    deciding = set(may_decide(meeting).values_list("meeting__code", flat=True))
    assert deciding == {meeting.code, later.code}
    for wrong in (before, other):
        with pytest.raises(Invalid):
            issue_erratum(
                meeting, old="متن گزارش", new="گزارش", decided_by=wrong.resolutions.all()[0], by=world.secretary
            )
    decided = Resolution.objects.get(meeting=later, number="۳")
    assert issue_erratum(meeting, old="متن گزارش", new="گزارش", decided_by=decided, by=world.secretary).number == 1


def test_paper_that_was_signed_is_not_corrected_here(world: Personas) -> None:
    recorded = builders.meeting(world)
    with pytest.raises(Invalid):
        issue(world, recorded, "متن گزارش", "گزارش")


def test_the_secretary_alone_issues_it(world: Personas, meeting: Meeting) -> None:
    decided = meeting.resolutions.get(order=1)
    with pytest.raises(Refused):
        issue_erratum(meeting, old="متن گزارش", new="گزارش", decided_by=decided, by=world.staff)


def printed(version: MinutesVersion, audience: Audience = Audience.INTERNAL) -> str:
    return print_paper(paper_of(version, audience=audience, base=""), Form.AKN).decode()


def test_the_public_version_tells_no_words_of_an_erratum_in_a_classified_statement(
    world: Personas, meeting: Meeting
) -> None:
    services.classify_statement(meeting.statements.get(order=1), SecrecyClass.CONFIDENTIAL, by=world.secretary)
    issue(world, meeting, "نرخ بیکاری ۵ درصد", "نرخ بیکاری ۶ درصد")
    version = issue(world, meeting, "متن گزارش در", "متن کامل گزارش در")
    public, whole = (printed(version, audience) for audience in (Audience.PUBLIC, Audience.INTERNAL))
    assert "بیکاری" in whole and "بیکاری" not in public
    assert public.count("اصلاحیه ۱") == 1 and "«متن گزارش در» به «متن کامل گزارش در»" in public


def test_the_title_of_a_classified_meeting_that_decided_it_is_not_told(world: Personas, meeting: Meeting) -> None:
    later = builders.meeting(world, builders.minutes(world, number=12, session="1398/07/18"))
    decided = later.resolutions.all()[0]
    made = issue_erratum(meeting, old="متن گزارش", new="گزارش", decided_by=decided, by=world.secretary)
    assert later.title in printed(made.version)
    classify_meeting(later, SecrecyClass.SECRET, by=world.secretary)
    version = MinutesVersion.objects.get(pk=made.version.pk)
    for audience in Audience:
        assert later.title not in printed(version, audience)
