"""Signing in by an OpenID Connect server, which runs here: for those who have a user, and for nobody else."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from pytest_django import Settings

from dabir.config.oidc import openid_connect, origin_of
from dabir.foundation.models import Event
from tests.personas import Personas

pytestmark = pytest.mark.django_db
CLIENT = "dabir"


class Office(BaseHTTPRequestHandler):
    """Who signs in there is what the code says."""

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        if self.path.endswith("/openid-configuration"):
            addresses = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            found = {f"{name}_endpoint": f"{here}/{path}" for name, path in addresses.items()}
            self._answer(found | {"issuer": here, "jwks_uri": f"{here}/keys"})
        else:
            name = self.headers["Authorization"].removeprefix("Bearer ")
            self._answer({"sub": f"id-{name}", "preferred_username": name})

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        name, now = form["code"][0], int(time.time())
        claims = {
            "iss": f"http://{self.headers['Host']}",
            "aud": CLIENT,
            "sub": f"id-{name}",
            "iat": now,
            "exp": now + 60,
        }
        token = jwt.encode(claims, "k" * 32, algorithm="HS256")
        self._answer({"access_token": name, "token_type": "Bearer", "id_token": token})

    def _answer(self, value: object) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture
def office(settings: Settings) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    settings.OIDC_SERVER = address
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(address, CLIENT, "secret", "")
    yield address
    server.shutdown()


def come_by(name: str) -> Client:
    client = Client()
    sent = client.post("/sign-in/by/office/").headers["Location"]
    state = parse_qs(urlsplit(sent).query)["state"][0]
    client.get("/sign-in/by/office/back/", {"code": name, "state": state})
    return client


def test_whoever_has_a_user_comes_in_and_is_connected_once(office: str, world: Personas) -> None:
    assert "/sign-in/by/office/" in Client().get("/sign-in/").content.decode()
    for _ in range(2):
        assert come_by("Officer").get("/register/").status_code == 200
    assert Event.objects.filter(verb="foundation.connect_office_sign_in").count() == 1


def test_a_stranger_is_not_made_a_user_and_whoever_is_shut_out_stays_so(office: str, world: Personas) -> None:
    world.users["head"].is_active = False
    world.users["head"].save()
    for name in ("nobody", "head", ""):
        client = come_by(name)
        assert client.get("/register/").status_code == 302
        assert "/sign-in/" in client.get("/register/").headers["Location"]


def test_without_a_server_there_is_no_such_door(world: Personas) -> None:
    assert Client().post("/sign-in/by/office/").status_code == 404
    assert "/sign-in/by/" not in Client().get("/sign-in/").content.decode()


@pytest.mark.once
def test_the_policy_names_the_servers_origin() -> None:
    assert origin_of("https://id.example.ir/realms/office") == "https://id.example.ir"
