"""Report forms through the pages: taken as a ZIP, brought back, looked at, recorded."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dabir.cycle.report_forms import report_forms
from dabir.obligations.models import Report
from tests import reported
from tests.cycle.test_report_forms import SAID, SIGNATURE, in_docx
from tests.desk.conftest import SignIn
from tests.personas import Personas


def test_report_forms_leave_come_back_and_are_recorded_after_a_look(world: Personas, sign_in: SignIn) -> None:
    debt = reported.owed(world)
    client, address = sign_in("staff"), reverse("report-forms")
    taken = client.get(reverse("report-forms-out", args=["hq", "docx"]), {"all": "1"})
    (name,) = zipfile.ZipFile(io.BytesIO(taken.content)).namelist()
    assert debt.lead and name.startswith(debt.lead.name)
    assert client.get(reverse("report-forms-out", args=["other", "xlsx"])).status_code == 404
    ((_name, form),) = report_forms(world.bodies["hq"], by=world.staff, everyone=True)
    sent = SimpleUploadedFile("a.docx", in_docx(form, **SAID, **SIGNATURE))
    looked = client.post(address, {"file": [sent, SimpleUploadedFile("<b>x.docx", b"no document")]})
    page = looked.content.decode()
    assert looked.status_code == 200 and debt.code in page and "۴۰٪" in page and "<b>x" not in page
    assert SIGNATURE["نام و سمت امضاکننده"] in page and not Report.objects.exists()
    kept = page.split('name="kept" value="')[1].split('"')[0]
    assert client.post(address, {"kept": kept[:-3] + "xxx", "sure": "1"}).status_code == 422
    assert client.post(address, {"kept": kept, "sure": "1"}).status_code == 302
    assert Report.objects.get().state == "confirmed"
    assert "۴۰" in client.get(reverse("progress", args=[debt.code])).content.decode()
