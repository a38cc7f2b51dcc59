"""Courier forms through the pages: taken as a ZIP, brought back, looked at, recorded."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dabir.cycle.communicating import number_letters
from dabir.cycle.courier import forms_of
from dabir.cycle.extracts import communicate
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Recipient, Way
from dabir.letters.numbering import Numbered
from dabir.meetings.models import Meeting
from dabir.obligations.models import Obligation
from dabir.persian.jalali import to_gregorian
from tests.cycle.test_courier import FILLED, in_docx, in_xlsx
from tests.desk.conftest import SignIn
from tests.personas import Personas


@pytest.fixture
def told(world: Personas, meeting: Meeting) -> Meeting:
    letters = communicate(meeting, by=world.secretary)
    day = to_gregorian(1398, 7, 18)
    number_letters([Numbered(x, str(n), day) for n, x in enumerate(letters, 1)], by=world.staff, way=Way.COURIER)
    return meeting


def test_the_forms_of_agencies_without_an_account_come_as_a_zip(sign_in: SignIn, told: Meeting) -> None:
    client = sign_in("secretary")

    def names(form: str, **asked: str) -> list[str]:
        response = client.get(reverse("courier-out", args=[told.code, form]), asked)
        assert response.status_code == 200
        return zipfile.ZipFile(io.BytesIO(response.content)).namelist()

    (only,) = names("docx")
    assert only.startswith("شعبه بنیاد مسکن شهرستان ایجرود") and only.endswith(".docx")
    assert len(names("xlsx", all="1")) == 5
    assert client.get(reverse("courier-out", args=[told.code, "pdf"])).status_code == 404


def test_forms_of_letters_above_the_normal_class_go_to_nobody_who_may_not_see_these(
    world: Personas, sign_in: SignIn, meeting: Meeting
) -> None:
    communicate(meeting, by=world.secretary, secrecy=SecrecyClass.CONFIDENTIAL)
    address = reverse("courier-out", args=[meeting.code, "xlsx"])
    assert sign_in("secretary").get(address, {"all": "1"})["Content-Disposition"].startswith("attachment")
    assert "Content-Disposition" not in sign_in("staff").get(address, {"all": "1"})


def test_forms_are_looked_at_first_and_then_recorded(world: Personas, sign_in: SignIn, told: Meeting) -> None:
    client, address = sign_in("staff"), reverse("courier-forms")
    forms = []
    for code, fill in (("consultants", in_docx), ("county-housing", in_xlsx)):
        party = world.parties[code]
        recipient = Recipient.objects.get(party=party, is_copy=False)
        ((_name, made),) = forms_of([recipient.letter], {party.pk})
        suffix = "docx" if fill is in_docx else "xlsx"
        forms.append(SimpleUploadedFile(f"{code}.{suffix}", fill(made, **FILLED)))
    forms.append(SimpleUploadedFile("<b>x.docx", b"not a document"))
    looked = client.post(address, {"file": forms})
    page = looked.content.decode()
    assert looked.status_code == 200 and "hq-1398-11/3.1" in page and "۱۳۹۸/۰۷/۱۹" in page and "<b>x" not in page
    assert not Obligation.objects.exclude(acknowledged_at=None).exists()
    kept = looked.context["kept"] if looked.context else page.split('name="kept" value="')[1].split('"')[0]
    assert client.post(address, {"kept": kept[:-3] + "xxx", "sure": "1"}).status_code == 422
    assert client.post(address, {"kept": kept, "sure": "1"}).status_code == 302
    assert Obligation.objects.exclude(acknowledged_at=None).count() == 2


def test_an_agency_answers_on_its_own_page(world: Personas, sign_in: SignIn, told: Meeting) -> None:
    debt = Obligation.objects.get(code="hq-1398-11/3.1")
    client = sign_in("consultant")
    page = client.get(reverse("debt", args=[debt.code])).content.decode()
    assert reverse("acknowledge", args=[debt.pk]) in page and "۱۳۹۸/۰۷/۱۸" in page
    assert client.post(reverse("acknowledge", args=[debt.pk]), {"kind": "acknowledged"}).status_code == 302
    debt.refresh_from_db()
    assert debt.acknowledged_at is not None and debt.replies.get().said_by == world.consultant.name
    assert "وصول" in client.get(reverse("debt", args=[debt.code])).content.decode()
