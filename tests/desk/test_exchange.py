"""The page of the exchange with NIPA: out, in, looked at, recorded."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dabir.obligations.exchange.profiles import profiles
from dabir.obligations.models import Report
from tests import reported
from tests.cycle.test_exchange import SAID, workbook
from tests.desk.conftest import SignIn
from tests.personas import Personas


def test_a_table_leaves_comes_back_and_is_recorded_after_a_look(world: Personas, sign_in: SignIn) -> None:
    debt = reported.owed(world)
    client, address = sign_in("secretary"), reverse("exchange")
    asked = {"profile": "nipa", "body": "hq", "year": "۱۳۹۸"}
    taken = client.get(reverse("exchange-out"), asked)
    assert taken["Content-Disposition"].startswith("attachment") and taken.content.startswith(b"PK")
    assert client.get(reverse("exchange-out"), asked | {"profile": "none"}).status_code == 404
    assert client.get(reverse("exchange-out"), asked | {"year": "x"}).status_code == 422
    data = workbook(world, world.secretary, profiles()[0]["nipa"], **SAID)
    sent = {"profile": "nipa", "file": SimpleUploadedFile("نیپا.xlsx", data)}
    page = client.post(address, sent).content.decode()
    assert debt.code in page and "۵۰٪" in page and "۴۰٪" in page and not Report.objects.exists()
    kept = page.split('name="kept" value="')[1].split('"')[0]
    assert client.post(address, {"kept": kept, "sure": "1", "profile": "nipa"}).status_code == 302
    assert Report.objects.get().percent == 40
    broken = client.post(address, {"profile": "nipa", "file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 no zip")})
    assert broken.status_code == 422 and "x.xlsx" in broken.content.decode()
