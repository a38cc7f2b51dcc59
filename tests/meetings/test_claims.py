"""What speakers quote and how a statement is classified goes onto record with the minutes."""

from __future__ import annotations

from decimal import Decimal

from dabir.cycle.accepting import accept_reading
from dabir.foundation import ledger
from dabir.meetings import services
from dabir.meetings.audiences import Audience, view_of
from dabir.meetings.corrections import apply_all
from dabir.meetings.models import Draft, Meeting
from dabir.reading.context import Context
from dabir.reading.reader import read_text
from tests.personas import Personas

PAPER = """صورتجلسه شماره ۱۲ ستاد فرماندهی اقتصاد مقاومتی استان زنجان
تاریخ جلسه: ۱۳۹۸/۰۷/۱۵
ب - مذاکرات:
جناب آقای دکتر قاسملو گفت: به گزارش مرکز آمار ایران نرخ بیکاری ۵,۲ درصد است و ماده ۲۷ قانون برنامه ششم اجرا شد.
(محرمانه) جناب آقای دکتر رودکی گفت: بدهی شرکت برق ۴۰ میلیارد ریال است.
ج - مصوبات:
۱- سازمان جهاد کشاورزی استان زنجان موظف است فهرست چاه‌های مجاز را تا ۱۳۹۸/۰۸/۲۰ به دبیرخانه ارسال نماید.
"""


def bring(world: Personas) -> Draft:
    return services.open_draft(PAPER.encode(), name="۱۲.txt", body=world.bodies["hq"], by=world.secretary)


def recorded(world: Personas) -> Meeting:
    return accept_reading(bring(world), by=world.secretary, version=0)


def test_claims_go_onto_record_with_their_statement(world: Personas) -> None:
    meeting = recorded(world)
    rows = [(str(c.statement), c.kind, c.subject, c.value, c.unit, c.source, c.line) for c in meeting.claims.all()]
    assert rows == [
        ("دکتر قاسملو", "figure", "نرخ بیکاری", Decimal("5.2"), "درصد", "مرکز آمار ایران", 4),
        ("دکتر قاسملو", "law", "", None, "", "", 4),
        ("دکتر رودکی", "figure", "بدهی شرکت برق", Decimal(40_000_000_000), "ریال", "", 5),
    ]
    assert [claim.amount for claim in meeting.claims.all()] == ["5.2 درصد", "", "40,000,000,000 ریال"]
    assert meeting.claims.all()[1].text == "ماده ۲۷ قانون برنامه ششم"
    assert list(ledger.audit()) == []


def test_marked_statement_and_its_claims_stay_out_of_the_public_version(world: Personas) -> None:
    meeting = recorded(world)
    assert list(meeting.statements.values_list("secrecy", flat=True)) == ["normal", "confidential"]
    shown = view_of(meeting.versions.get(), Audience.PUBLIC)
    assert shown.statements_left_out == 1
    assert [claim["value"] for claim in shown.document["claims"]] == ["5.2", None]
    assert "۴۰ میلیارد" not in str(shown.document)


def test_correction_of_the_discussion_reads_its_claims_anew() -> None:
    minutes = read_text(PAPER, Context())
    corrections: list[dict[str, object]] = [
        {"op": "set_speakers", "id": "s1", "speakers": [{"name": "مهندس صنعتی", "post": ""}]},
        {"op": "edit_point", "id": "p2", "text": "بدهی شرکت برق ۴۱ میلیارد ریال است."},
    ]
    corrected = apply_all(minutes, corrections)
    assert [(claim.speakers, claim.value) for claim in corrected.claims] == [
        (["مهندس صنعتی"], "5.2"),
        (["مهندس صنعتی"], None),
        (["دکتر رودکی"], "41000000000"),
    ]
    assert minutes.claims[0].speakers == ["دکتر قاسملو"]
