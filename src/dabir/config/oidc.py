"""The office's own sign-in as the library takes it from the settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

PROVIDER = "office"
"""Its name in our addresses."""


def openid_connect(server: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """No provider without a server."""
    if not server:
        return {}
    app = {
        "provider_id": PROVIDER,
        "name": name or urlsplit(server).hostname,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def origin_of(address: str) -> str:
    """What the content security policy must let our sign-in form lead to."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
