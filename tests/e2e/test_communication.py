"""Forty letters: written for a meeting, printed, numbered from a pasted column; receipts brought in from forms."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dabir.cycle.accepting import accept_reading
from dabir.directory import services as directory
from dabir.directory.models import PartyKind
from dabir.letters.models import Letter, Recipient
from dabir.meetings.models import Meeting
from dabir.obligations.models import Obligation
from dabir.reading.minutes import Due, DueKind, Party, Resolution, ResolutionKind
from dabir.reading.minutes import Obligation as Duty
from dabir.writing.courier import ANSWER, BY, ID, RECEIVED
from tests import builders
from tests.e2e.conftest import Visit
from tests.personas import Personas

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FORTY = 40
AT_ONCE = 10
"""Files that a page takes."""


@pytest.fixture
def meeting(world: Personas) -> Meeting:
    """A session by whose one resolution forty agencies without an account owe a report, a week after they are told."""
    read = builders.minutes(world)
    read.discussion, read.attendance = [], []
    duties = []
    for n in range(1, FORTY + 1):
        name = f"اداره کل نمونه {n:02}"
        party = directory.create_party(by=world.operator, kind=PartyKind.ORGANIZATION, code=f"agency-{n}", name=name)
        due = Due("ظرف یک هفته پس از ابلاغ", DueKind.DURATION, trigger="ابلاغ")
        duty = Duty("گزارش اقدام‌های خود را بفرستد", (1, 1), Party(name, name, party.pk, 1.0, "picked"), due=due)
        duty.id = f"r1o{n}"
        duties.append(duty)
    text = "دستگاه‌ها گزارش اقدام‌های خود را ظرف یک هفته پس از ابلاغ بفرستند"
    read.resolutions = [Resolution(text, (1, 1), ResolutionKind.OBLIGATION, "۱", duties, id="r1")]
    paper = builders.draft(world, read)
    return accept_reading(paper, by=world.operator, version=paper.version)


def filled(package: bytes) -> list[tuple[str, bytes]]:
    """The forms of a ZIP as their agencies send them back."""
    forms = []
    with zipfile.ZipFile(io.BytesIO(package)) as held:
        for name in held.namelist():
            book = load_workbook(io.BytesIO(held.read(name)))
            sheet = book.worksheets[0]
            heads = next(row for row in sheet.iter_rows() if row[0].value == ID)
            for at, head in enumerate(heads, 1):
                said = {RECEIVED: "۱۳۹۸/۰۷/۲۰", BY: "دبیرخانه", ANSWER: "وصول شد"}.get(str(head.value))
                if said:
                    sheet.cell((heads[0].row or 0) + 1, at, said)
            out = io.BytesIO()
            book.save(out)
            forms.append((name, out.getvalue()))
    return forms


def test_forty_letters_by_saturday(
    visit: Callable[..., Visit], world: Personas, meeting: Meeting, tmp_path: Path
) -> None:
    """Prints what it took: presses and seconds from the meeting's page to forty acknowledged receipts."""
    seen = visit("secretary")
    page, presses, began = seen.page, 0, time.monotonic()

    def press(name: str, *, role: str = "button") -> None:
        nonlocal presses
        presses += 1
        page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        page.wait_for_load_state()

    page.goto(f"/m/{meeting.code}/")
    press("ابلاغ", role="link")
    press("نوشتن نامه‌ها")
    page.get_by_text("۴۰ نامه نوشته شد").wait_for()
    assert Letter.objects.count() == FORTY
    page.locator("details.out > summary").click()
    with page.expect_download() as print_file:
        page.locator("details.out button[value=pdf]").click()
    page.locator("details.out > summary").click()  # the menu shut
    presses += 3
    printed = print_file.value.path().read_bytes()
    assert printed.startswith(b"%PDF")
    press("ثبت شماره‌ها", role="link")
    page.locator("textarea[name=table]").fill("\n".join(f"{n}/۱۲۳۴\t۱۳۹۸/۰۷/۱۹" for n in range(1, FORTY + 1)))
    presses += 1  # pasting
    page.locator("button[name=do][value=paste]").click()
    page.wait_for_load_state()
    page.locator("button[name=do][value=give]").click()
    presses += 2
    page.wait_for_load_state()
    page.goto(f"/m/{meeting.code}/communicate/")
    assert Obligation.objects.filter(communicated_at__isnull=False).count() == FORTY
    with page.expect_download() as forms_file:
        press("Excel", role="link")
    forms = filled(forms_file.value.path().read_bytes())
    for start in range(0, FORTY, AT_ONCE):
        page.goto("/courier/")
        chosen = [
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
            for name, data in forms[start : start + AT_ONCE]
        ]
        page.locator("input[name=file]").set_input_files(chosen)  # type: ignore[arg-type]
        presses += 1
        press("دیدن آنچه ثبت می‌شود")
        press("ثبت ۱۰ سطر")
        page.get_by_text("۱۰ سطر ثبت شد").wait_for()
    seconds = time.monotonic() - began
    assert Recipient.objects.exclude(received_on=None).count() == FORTY
    owed = Obligation.objects.filter(acknowledged_at__isnull=False)
    assert owed.count() == FORTY and {str(debt.due_day) for debt in owed} == {"2019-10-19"}  # a week after 1398/7/20
    page.goto(f"/m/{meeting.code}/communicate/")
    press("بستن پرونده جلسه")
    page.get_by_text("پرونده جلسه بسته شد").wait_for()
    assert seen.said == []
    print(f"forty letters: {presses} presses, {seconds:.1f} s")
