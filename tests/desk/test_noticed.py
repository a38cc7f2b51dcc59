"""Findings on the workbench: apply what they suggest, one kind of word or all; let one be, with a reason; undo both."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from dabir.meetings import services
from dabir.meetings.corrections.lookup import sources
from dabir.meetings.models import Draft, MinutesVersion
from dabir.meetings.reviewing import corrected
from dabir.reading.context import Context
from dabir.reading.findings import proofread
from dabir.reading.minutes import Finding
from tests import builders
from tests.desk.conftest import SignIn
from tests.personas import Personas

LINES = [
    "جلسه ستاد",
    "۱- شهردای فهرست پروژههای آبرسانی را با دستگاههای دیگر تهیه کند.",
    "۲- گزارش پروژههای برق تهیه شود.",
]
ZWNJ = "\u200c"


@pytest.fixture
def draft(world: Personas) -> Draft:
    read = builders.minutes(world)
    read.lines = list(LINES)
    for resolution, line in zip(read.resolutions[:2], (2, 3), strict=True):
        resolution.text = LINES[line - 1][3:]
        resolution.lines = (line, line)
        for duty in resolution.obligations:
            duty.lines = (line, line)
    read.findings = proofread(read, Context())
    return builders.draft(world, read)


@pytest.fixture
def secretary(sign_in: SignIn) -> Client:
    return sign_in("secretary")


def act(client: Client, draft: Draft, op: str, rule: str, **fields: Any) -> HttpResponse:
    draft.refresh_from_db()
    one = noticed(draft, rule)
    named = {"rule": one.rule, "message": one.message, "first": one.lines[0], "last": one.lines[1]}
    sent = {"op": op, "version": draft.version, "key": "f1", **named, **fields}
    return client.post(f"/papers/{draft.pk}/correct/", sent)  # type: ignore[return-value]


def noticed(draft: Draft, rule: str) -> Finding:
    return next(finding for finding in corrected(draft).findings if finding.rule == rule)


def page_of(client: Client, draft: Draft) -> str:
    return re.sub(r"\s+", " ", client.get(f"/papers/{draft.pk}/").content.decode())


def texts(draft: Draft) -> list[str]:
    draft.refresh_from_db()
    return [resolution.text for resolution in corrected(draft).resolutions[:2]]


def test_a_suggestion_is_applied_to_the_item_and_the_paper_s_line_stays(secretary: Client, draft: Draft) -> None:
    assert "اعمال" in page_of(secretary, draft)
    answer = act(secretary, draft, "replace_words", "text.slip")
    assert answer.headers["Location"].endswith("?at=f1#i-f1")
    assert texts(draft)[0].startswith("شهرداری فهرست")
    assert corrected(draft).lines == LINES
    assert "اعمال شد" in page_of(secretary, draft)


def test_half_spaces_are_put_back_all_at_once_or_one_kind_of_word(secretary: Client, draft: Draft) -> None:
    act(secretary, draft, "replace_words", "text.joined", picked="دستگاههای")
    first, second = texts(draft)
    assert f"دستگاه{ZWNJ}های" in first
    assert "پروژههای" in first and "پروژههای" in second
    act(secretary, draft, "replace_words", "text.joined")
    assert all(f"پروژه{ZWNJ}های" in text for text in texts(draft))
    refused = act(secretary, draft, "replace_words", "text.joined")
    assert refused.status_code == 422


def test_undo_takes_an_applied_suggestion_back(secretary: Client, draft: Draft) -> None:
    act(secretary, draft, "replace_words", "text.slip")
    secretary.post(f"/papers/{draft.pk}/undo/", {"version": 1})
    assert texts(draft)[0].startswith("شهردای")
    assert "اعمال شد" not in page_of(secretary, draft)


def test_only_what_can_be_applied_has_a_button(world: Personas, secretary: Client) -> None:
    read = builders.minutes(world)
    read.lines = ["سطری که موردی از آن نیست: شهردای", "سطر دوم"]
    for source in sources(read):
        source.lines = (2, 2)
    for item in (*read.agenda, *read.attendance):
        item.lines = (2, 2)  # type: ignore[attr-defined]
    read.findings = [one for one in proofread(read, Context()) if one.rule == "text.slip"]
    assert read.findings[0].fixes
    page = page_of(secretary, builders.draft(world, read))
    assert read.findings[0].message in page
    assert "replace_words" not in page


def test_a_finding_is_waived_with_a_reason_counted_no_more_and_heeded_again(secretary: Client, draft: Draft) -> None:
    open_ones = sum(not finding.waived for finding in corrected(draft).findings)
    assert f"{open_ones} ".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) + "یافته" in page_of(secretary, draft)
    assert act(secretary, draft, "waive_finding", "text.slip", reason=" ").status_code == 422
    act(secretary, draft, "waive_finding", "text.slip", reason="نام سامانه است")
    draft.refresh_from_db()
    assert noticed(draft, "text.slip").waived == "نام سامانه است"
    page = page_of(secretary, draft)
    assert "نام سامانه است" in page
    left = f"{open_ones - 1} ".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert left + "یافته" in page
    act(secretary, draft, "heed_finding", "text.slip")
    draft.refresh_from_db()
    assert noticed(draft, "text.slip").waived is None


def test_a_waiver_holds_while_other_things_are_corrected(world: Personas, draft: Draft) -> None:
    one = noticed(draft, "text.slip")
    waive = {"op": "waive_finding", "rule": one.rule, "message": one.message, "first": 2, "last": 2}
    waive["reason"] = "درست است"
    services.correct_draft(draft, waive, version=0, by=world.secretary)
    draft.refresh_from_db()
    services.correct_draft(draft, {"op": "set_venue", "venue": "تالار"}, version=1, by=world.secretary)
    draft.refresh_from_db()
    assert noticed(draft, "text.slip").waived == "درست است"


def test_a_reader_sees_findings_without_buttons(sign_in: SignIn, world: Personas, draft: Draft) -> None:
    services.discard_draft(draft, by=world.secretary)
    page = page_of(sign_in("secretary"), draft)
    assert "گویا" in page
    assert "waive_finding" not in page and "replace_words" not in page


def test_the_accepted_meeting_keeps_the_waiver_s_reason(world: Personas, secretary: Client, draft: Draft) -> None:
    act(secretary, draft, "waive_finding", "text.slip", reason="نام سامانه است")
    draft.refresh_from_db()
    hq = world.bodies["hq"]
    body = {"party": hq.party_id, "number": 11}
    services.correct_draft(draft, {"op": "set_bodies", "bodies": [body]}, version=draft.version, by=world.secretary)
    draft.refresh_from_db()
    secretary.post(f"/papers/{draft.pk}/accept/", {"version": draft.version})
    version = MinutesVersion.objects.get()
    kept = [finding["waived"] for finding in version.document["findings"] if finding["rule"] == "text.slip"]
    assert kept == ["نام سامانه است"]
    assert "نام سامانه است" in secretary.get(f"/m/{version.meeting.code}/").content.decode()
