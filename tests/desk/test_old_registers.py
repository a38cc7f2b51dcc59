"""The pages of old registers: bring, map, ask, preview, apply, take out, wake."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from dabir.cycle.classifying import classify_meeting
from dabir.cycle.import_plan import make_plan
from dabir.foundation import ledger
from dabir.foundation.models import Event
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Meeting
from dabir.obligations.models import KnownLayout, KnownName, Obligation, Sheet, State
from dabir.obligations.sheets.layouts import first_layout
from dabir.obligations.sheets.services import bring_sheet
from dabir.reading.sheets.table import read_tables
from tests.personas import Personas
from tests.sheets import register, row

pytestmark = pytest.mark.django_db


def signed_in(world: Personas, client: Client, persona: str = "secretary") -> Client:
    client.force_login(world.users[persona])
    return client


def brought(world: Personas, *rows: list[object]) -> Sheet:
    data = register(*rows)
    return bring_sheet(data, name="دفتر.xlsx", body=world.bodies["hq"], by=world.secretary, tables=read_tables(data))


def page(client: Client, sheet: Sheet, query: str = "") -> str:
    return client.get(reverse("sheet", args=[sheet.pk]) + query).content.decode()


def apply(client: Client, sheet: Sheet) -> str:
    mark = re.search(r'name="mark" value="(\w+)"', page(client, sheet))
    assert mark
    return client.post(reverse("sheet-apply", args=[sheet.pk]), {"mark": mark[1]}, follow=True).content.decode()


def test_a_file_is_brought_and_nothing_is_in_the_register_yet(world: Personas, client: Client) -> None:
    signed_in(world, client, "staff")
    form = {"file": SimpleUploadedFile("دفتر.xlsx", register(row())), "body": world.bodies["hq"].pk}
    response = client.post(reverse("registers"), form)
    sheet = Sheet.objects.get()
    assert response.headers["Location"] == reverse("sheet", args=[sheet.pk])
    assert not Obligation.objects.exists()
    assert "گزارش بنویسد" in page(client, sheet)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"", b"PK\x03\x04 broken"])
def test_a_file_that_is_none_is_refused_beside_its_field(world: Personas, client: Client, data: bytes) -> None:
    signed_in(world, client)
    form = {"file": SimpleUploadedFile("x.xlsx", data), "body": world.bodies["hq"].pk}
    response = client.post(reverse("registers"), form)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not Sheet.objects.exists()


def test_a_form_without_a_file_says_so(world: Personas, client: Client) -> None:
    signed_in(world, client)
    assert client.post(reverse("registers"), {"body": world.bodies["hq"].pk}).status_code == 422


def test_each_row_is_shown_with_what_it_becomes(world: Personas, client: Client) -> None:
    signed_in(world, client)
    sheet = brought(world, row(1), row(2, lead="دامپزشکی"), row(3, None), row(1))
    text = page(client, sheet)
    assert text.count('<tr class="new">') == 2 and "دامپزشکی" in text
    only = page(client, sheet, "?outcome=refused")
    assert only.count('<tr class="refused">') == 1 and '<tr class="new">' not in only
    assert page(client, sheet, "?page=99&outcome=nothing").count('<tr class="same">') == 1


def test_text_of_a_sheet_is_shown_as_text(world: Personas, client: Client) -> None:
    signed_in(world, client)
    sheet = brought(world, row(1, "<script>alert(1)</script>", "<b>کسی</b>"))
    text = page(client, sheet)
    assert "<script>alert" not in text and "<b>کسی" not in text


def test_columns_are_mapped_and_the_preview_follows(world: Personas, client: Client) -> None:
    signed_in(world, client, "staff")
    sheet = brought(world, row(helper="بنیاد مسکن"))
    columns = {f"column-{place}": name for place, name in enumerate(sheet.layout["columns"])}
    form = {"columns": "1", "table": "0", "first": "1", "last": "1", **columns}
    assert client.post(reverse("sheet-columns", args=[sheet.pk]), form | {"column-5": ""}).status_code == 302
    assert "بنیاد مسکن انقلاب" not in page(client, sheet).split("rows-title")[1]
    assert KnownLayout.objects.get().columns["همکار"] == ""
    twice = client.post(reverse("sheet-columns", args=[sheet.pk]), form | {"column-4": "text"})
    assert twice.status_code == 422
    assert client.post(reverse("sheet-columns", args=[sheet.pk]), {"table": "9", "first": "77"}).status_code == 422


def test_a_sheet_without_a_header_asks_where_it_is(world: Personas, client: Client) -> None:
    signed_in(world, client)
    data = register(["1", "11", "1398/05/10", "گزارش", "جهاد کشاورزی"], heads=["آ", "ب", "پ", "ت", "ث"])
    sheet = bring_sheet(data, name="x", body=world.bodies["hq"], by=world.secretary, tables=read_tables(data))
    assert "mark" not in page(client, sheet)
    at = reverse("sheet-columns", args=[sheet.pk])
    assert client.post(at, {"table": "0", "first": "1", "last": "1"}).status_code == 302
    columns = dict(zip([f"column-{n}" for n in range(5)], ["item", "number", "date", "text", "lead"], strict=True))
    assert client.post(at, {"columns": "1", "table": "0", "first": "1", "last": "1", **columns}).status_code == 302
    assert '<tr class="new">' in page(client, sheet)


def test_a_name_is_answered_once_for_all_its_rows(world: Personas, client: Client) -> None:
    signed_in(world, client)
    sheet = brought(world, row(1, lead="دامپزشکی"), row(2, lead="دامپزشکی"))
    at = reverse("sheet-answer", args=[sheet.pk])
    assert client.post(at, {"name": "دامپزشکی", "who": "هیچ‌کجا"}).status_code == 422
    assert client.post(at, {"name": "دامپزشکی"}).status_code == 422
    assert client.post(at, {"name": "دامپزشکی", "who-is": world.parties["roads"].pk}).status_code == 302
    assert 'id="questions"' not in page(client, sheet)
    assert 'name="back"' in page(client, sheet)
    assert client.post(at, {"name": "دامپزشکی", "back": "1"}).status_code == 302
    assert 'id="questions"' in page(client, sheet) and 'name="back"' not in page(client, sheet)
    assert client.post(at, {"name": "دامپزشکی", "back": "1"}).status_code == 409
    client.post(at, {"name": "دامپزشکی", "who-is": world.parties["roads"].pk})
    apply(client, sheet)
    client.post(at, {"name": "دامپزشکی", "back": "1"})
    assert set(Obligation.objects.values_list("lead", flat=True)) == {world.parties["roads"].pk}
    assert Event.objects.filter(verb="sheets.take_answer_back").count() == 2 and not list(ledger.audit())


def test_staff_prepare_and_do_not_decide(world: Personas, client: Client) -> None:
    signed_in(world, client, "staff")
    sheet = brought(world, row(lead="دامپزشکی"))
    text = page(client, sheet)
    assert 'name="mark"' not in text and 'name="name"' not in text
    assert client.post(reverse("sheet-answer", args=[sheet.pk]), {"name": "دامپزشکی", "words": "1"}).status_code == 403
    assert not KnownName.objects.exists()


def test_applied_as_it_was_seen_with_links_into_the_register(world: Personas, client: Client) -> None:
    signed_in(world, client)
    sheet = brought(world, row(1), row(2, lead="دامپزشکی", state="انجام شد"), row(3, lead="دامپزشکی"))
    text = apply(client, sheet)
    assert f"?sheet={sheet.pk}" in text and 'id="questions"' in text
    listed = client.get(reverse("register"), {"sheet": sheet.pk}).content.decode()
    assert "hq-1398-5/1.1" in listed and "hq-1398-5/2.1" in listed
    old = client.get(reverse("register"), {"closed_before": "1"}).content.decode()
    assert "hq-1398-5/2.1" in old and "hq-1398-5/1.1" not in old
    client.post(reverse("sheet-answer", args=[sheet.pk]), {"name": "دامپزشکی", "who-is": world.parties["roads"].pk})
    assert Obligation.objects.get(code="hq-1398-5/3.1").state == State.OPEN
    assert list(ledger.audit()) == []


def test_a_plan_that_has_changed_is_not_applied(world: Personas, client: Client) -> None:
    signed_in(world, client)
    sheet = brought(world, row())
    response = client.post(reverse("sheet-apply", args=[sheet.pk]), {"mark": "old"})
    assert response.status_code == 302
    assert not Obligation.objects.exists()


def test_the_copy_carries_codes_and_comes_back_the_same(world: Personas, client: Client) -> None:
    signed_in(world, client)
    sheet = brought(
        world, row("۱", due=43784), row(2, lead="بنیاد مسکن - دامپزشکی"), row(2, lead="بنیاد مسکن - دامپزشکی")
    )
    apply(client, sheet)
    out = client.get(reverse("sheet-out", args=[sheet.pk, "all", "xlsx"])).content
    cells = list(load_workbook(io.BytesIO(out)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert cells[0][-1] == "شناسه دبیر"
    assert [one[-1] for one in cells[1:]] == ["hq-1398-5/1.1", "hq-1398-5/2.1", "hq-1398-5/2.1"]
    tables = read_tables(out)
    found = first_layout(tables, world.bodies["hq"])
    assert found
    assert {str(one.outcome) for one in make_plan(tables[0], found, world.bodies["hq"]).rows} == {"same"}


def test_refused_rows_leave_with_their_reason(world: Personas, client: Client) -> None:
    signed_in(world, client)
    sheet = brought(world, row(1), row(2, None), row(3, '=HYPERLINK("x")', number=None))
    out = client.get(reverse("sheet-out", args=[sheet.pk, "refused", "xlsx"])).content
    active = load_workbook(io.BytesIO(out)).active
    assert active is not None
    cells = list(active.iter_rows())
    assert [cell.value for cell in cells[0]][-1] == "دلیل رد"
    assert len(cells) == 3 and all(line[-1].value for line in cells[1:])
    assert cells[2][3].data_type != "f"
    text = client.get(reverse("sheet-out", args=[sheet.pk, "refused", "csv"])).content.decode("utf-8-sig")
    assert "دلیل رد" in text
    assert client.get(reverse("sheet-out", args=[sheet.pk, "refused", "pdf"])).status_code == 404


def test_reminders_are_woken_and_put_back(world: Personas, client: Client) -> None:
    signed_in(world, client)
    sheet = brought(world, row(1), row(2), row(3, state="انجام شد"))
    apply(client, sheet)
    text = client.get(reverse("sleeping"), {"sheet": sheet.pk}).content.decode()
    assert text.count('name="debt"') == 2
    one = Obligation.objects.get(code="hq-1398-5/1.1")
    text = client.post(reverse("wake"), {"debt": one.pk}, follow=True).content.decode()
    one = Obligation.objects.get(pk=one.pk)
    assert not one.asleep and 'name="again"' in text
    client.post(reverse("wake"), {"debt": one.pk, "again": "1"})
    assert Obligation.objects.get(pk=one.pk).asleep


def test_waking_none_says_that_some_must_be_chosen(world: Personas, client: Client) -> None:
    signed_in(world, client)
    apply(client, brought(world, row()))
    text = client.post(reverse("wake"), follow=True).content.decode()
    assert "برگزینید" in text and Obligation.objects.filter(asleep=True).exists()


def test_only_a_secretariat_is_asked_for_a_file(world: Personas, client: Client) -> None:
    client.force_login(world.users["officer"])
    text = client.get(reverse("registers")).content.decode()
    assert "تنها دبیرخانه نهاد" in text and 'type="file"' not in text


def test_a_sheet_is_put_away(world: Personas, client: Client) -> None:
    signed_in(world, client)
    sheet = brought(world, row())
    client.post(reverse("sheet-discard", args=[sheet.pk]))
    assert "دفتر.xlsx" not in client.get(reverse("registers")).content.decode()
    assert brought(world, row()).pk != sheet.pk


def test_a_sheet_goes_with_its_meeting_above_the_normal_class(world: Personas, client: Client) -> None:
    """Its cells are what the meeting decided; the staff, who may no longer read that, get them by no sheet either."""
    signed_in(world, client)
    sheet = brought(world, row(text="متن محرمانه"))
    apply(client, sheet)
    addresses = [reverse("sheet", args=[sheet.pk]), reverse("sheet-out", args=[sheet.pk, "all", "csv"])]
    signed_in(world, client, "staff")
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    classify_meeting(Meeting.objects.get(), SecrecyClass.CONFIDENTIAL, by=world.secretary)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert "دفتر.xlsx" not in client.get(reverse("registers")).content.decode()
    signed_in(world, client)
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_others_do_not_know_of_it(world: Personas, client: Client) -> None:
    sheet = brought(world, row())
    for persona in ("officer", "other_secretary", "governor", "admin", "county"):
        signed_in(world, client, persona)
        assert client.get(reverse("sheet", args=[sheet.pk])).status_code == 404
        assert client.get(reverse("sheet-out", args=[sheet.pk, "all", "csv"])).status_code == 404
        assert "دفتر.xlsx" not in client.get(reverse("registers")).content.decode()
