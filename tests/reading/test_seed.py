"""The seed, read from where it lies beside the repository; its words are not kept here."""

from __future__ import annotations

from pathlib import Path

import pytest

from dabir.reading.context import Context
from dabir.reading.minutes import ClaimKind, Minutes, ResolutionKind, SectionKind, StatementClass
from dabir.reading.reader import read

SEED = Path(__file__).parents[3] / "shared" / "seed" / "minutes-11.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed (../shared/seed/minutes-11.txt) is not here")


@pytest.fixture(scope="module")
def minutes() -> Minutes:
    return read(SEED.read_bytes(), Context())


def test_header_is_read_out_of_scrambled_tabs(minutes: Minutes) -> None:
    header = minutes.header
    assert header.number == 11
    assert header.date is not None and header.date.iso == "2019-10-09"
    assert header.invitation is not None and header.invitation.number.endswith("۳۸۵۹۶۶")
    assert header.chair is not None and header.chair.name == "دکتر حقیقی"
    assert header.venue is not None and header.venue.endswith("ایجرود")


def test_sections_stand_in_their_order(minutes: Minutes) -> None:
    lettered = [(section.letter, section.kind) for section in minutes.sections if section.letter]
    assert lettered == [
        ("الف", SectionKind.AGENDA),
        ("ب", SectionKind.DISCUSSION),
        ("ج", SectionKind.RESOLUTIONS),
        ("د", SectionKind.PRESENT),
        ("ه", SectionKind.ABSENT),
    ]


def test_seven_resolutions_are_of_five_kinds(minutes: Minutes) -> None:
    assert [resolution.kind for resolution in minutes.resolutions] == [
        ResolutionKind.INFORMATION,
        ResolutionKind.OBLIGATION,
        ResolutionKind.OBLIGATION,
        ResolutionKind.CONDITIONAL_APPROVAL,
        ResolutionKind.OBLIGATION,
        ResolutionKind.STANDING_RULE,
        ResolutionKind.RECURRING,
    ]


def test_second_resolution_binds_the_agencies_and_then_the_secretariat(minutes: Minutes) -> None:
    agencies, secretariat = minutes.resolutions[1].obligations
    assert agencies.due is not None and agencies.due.jalali == "1398/07/28"
    assert [party.text.split()[0] for party in agencies.recipients] == ["دبیرخانه"]
    assert secretariat.lead is not None and secretariat.lead.text.startswith("دبیرخانه کمیته")
    assert secretariat.due is None


def test_whose_consent_is_needed_endorses(minutes: Minutes) -> None:
    (consultant,) = minutes.resolutions[2].obligations
    assert consultant.endorser is not None and consultant.endorser.text == "تیم نظارت"


def test_three_offices_in_one_bracket_are_three_entries(minutes: Minutes) -> None:
    present = [entry for entry in minutes.attendance if entry.present]
    assert len(present) == 36
    assert [entry.capacity for entry in present].count("invitee") == 19
    assert len(minutes.attendance) == 40


def test_figures_and_laws_quoted_in_speech_are_claims_with_speaker_and_source(minutes: Minutes) -> None:
    figures = [
        (claim.subject, claim.value, claim.unit, claim.source, claim.speakers[0])
        for claim in minutes.claims
        if claim.kind == ClaimKind.FIGURE
    ]
    assert figures == [
        ("نرخ بیکاری", "5.2", "درصد", "مرکز آمار ایران", "دکتر قاسملو"),
        ("نرخ مشارکت اقتصادی", "50.2", "درصد", "مرکز آمار ایران", "دکتر قاسملو"),
        (None, "17", "بخش", None, "مهندس صنعتی منفرد"),
        ("تامین مالی طرح", "8", "برابر", None, "مهندس صنعتی منفرد"),
        ("ظرفیت پایاب سد گلابر", "2400", "هکتار", None, "فرخی"),
    ]
    laws = [(claim.law, claim.speakers) for claim in minutes.claims if claim.kind == ClaimKind.LAW]
    articles = ["جزء ۱ بند الف ماده ۲۷ قانون برنامه ششم", "بند ح ماده ۱۹۴ قانون برنامه پنجم"]
    assert laws == [(law, [speaker]) for speaker in ("دکتر طهماسبی", "نجفی") for law in articles]


def test_no_statement_is_classified_without_a_mark(minutes: Minutes) -> None:
    assert {statement.secrecy for statement in minutes.discussion} == {StatementClass.NORMAL}
