"""A passkey of a virtual device: added, and signed in with in the place of password and code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from dabir.foundation import accounts
from tests.e2e.conftest import Visit
from tests.personas import Personas

PASSWORD = "کلید-دشوار-۱۳۹۸"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.once
def test_a_passkey_signs_in_without_password_and_counts_as_a_second_factor(
    visit: Callable[..., Visit], world: Personas, settings: Settings
) -> None:
    settings.BEHIND_TLS = settings.MFA_PASSKEY_LOGIN_ENABLED = True
    settings.MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the browser takes localhost for safe, the library does not
    settings.SECOND_FACTOR = "required"
    token = accounts.issue_link(world.users["secretary"], by=world.operator)
    seen = visit()
    page = seen.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(f"/link/{token}/")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click(".door .btn.primary")
    page.wait_for_selector("nav.nav-wide")
    assert "/second-factor/" in page.content()
    page.goto("/second-factor/passkeys/add/")
    page.fill("[name=password]", PASSWORD)
    page.click(".door .btn.primary")
    page.fill("[name=name]", "تلفن من")
    page.click("[data-passkey] .btn")
    page.wait_for_selector(".paper-codes")
    page.goto("/second-factor/")
    assert "تلفن من" in page.content()
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.click("[data-passkey] .btn")
    page.wait_for_url(lambda address: not address.endswith("/sign-in/"))
    page.wait_for_selector("nav.nav-wide")
    assert page.locator("[name=login]").count() == 0
    assert "/second-factor/set-up/" not in page.content() and page.locator(".page .note.warning").count() == 0
    assert Authenticator.objects.filter(type="webauthn").count() == 1 and seen.said == []


@pytest.mark.django_db
def test_without_https_there_are_no_passkeys(world: Personas, client: Client) -> None:
    client.force_login(world.users["secretary"])
    assert client.get("/second-factor/passkeys/add/").status_code == 404
    assert "passkey" not in Client().get("/sign-in/").content.decode()
