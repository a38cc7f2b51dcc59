"""The page of works that wait for the capital."""

from __future__ import annotations

from django.urls import reverse

from dabir.obligations.models import Obstacle
from tests.desk.conftest import SignIn
from tests.obligations.reporting.test_capital import MINISTRY, work
from tests.personas import Personas


def test_word_from_the_capital_is_recorded_on_the_page_and_shown(world: Personas, sign_in: SignIn) -> None:
    it, client, address = work(world), sign_in("secretary"), reverse("capital")
    page = client.get(address).content.decode()
    assert MINISTRY in page and "۸۱" in page and reverse("obstacle-follow", args=[it.pk]) in page
    sent = {"promised_by": "نماینده", "promise": "زودتر", "promised_for": "1398/07/10", "next": address}
    assert client.post(reverse("obstacle-follow", args=[it.pk]), sent).status_code == 302
    assert Obstacle.objects.get().promise == "زودتر"
    page = client.get(address).content.decode()
    assert "زودتر" in page and "۱۳۹۸/۰۷/۱۰" in page and "badge late" in page
    assert client.post(reverse("obstacle-follow", args=[it.pk]), {"next": address}).status_code in (409, 422)
    assert client.get(reverse("capital-out", args=["pdf"])).content.startswith(b"%PDF")
    seen = sign_in("governor").get(address).content.decode()
    assert MINISTRY in seen and reverse("obstacle-follow", args=[it.pk]) not in seen
    assert MINISTRY not in sign_in("outsider").get(address).content.decode()
