"""An administrator's leave to read: what was opened by it stands there, and without it there is nothing to open."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from dabir.config.commands import run
from dabir.cycle.digests import digest_of
from dabir.cycle.models import NoticeKind
from dabir.cycle.notices import tell
from dabir.directory import services, tenures
from dabir.directory.models import ContentAccess, ContentRead, Post
from dabir.foundation import ledger
from dabir.foundation.errors import Refused
from dabir.foundation.models import Event
from dabir.meetings.models import Meeting
from dabir.obligations.models import Obligation
from dabir.persian import clock
from tests.personas import Personas


def signed_in(world: Personas, persona: str) -> Client:
    client = Client()
    client.force_login(world.users[persona], backend="dabir.foundation.accounts.NameOrMobileBackend")
    return client


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def addresses() -> list[str]:
    return list(ContentRead.objects.values_list("address", flat=True))


@pytest.mark.django_db
def test_each_page_file_and_export_that_was_opened_by_leave_stands_once_on_its_page_for_the_auditor(
    world: Personas, meeting: Meeting
) -> None:
    admin, auditor = signed_in(world, "admin"), signed_in(world, "auditor")
    debt = Obligation.objects.filter(meeting=meeting, released_at=None).first()
    assert debt is not None
    opened = [f"/m/{meeting.code}/", f"/o/{debt.code}/", "/register/", "/register.xlsx", "/meetings/"]
    for address in opened:
        admin.get(address, {"words": "سند"})
    assert addresses() == []  # no leave, nothing read
    services.open_content(by=world.admin, reason="خطای نمایش صورتجلسه")
    answers = {address: admin.get(address, {"words": "سند"}).status_code for address in opened}
    assert set(answers.values()) == {200}, answers
    before = Event.objects.count()
    for address in [*opened, "/m/no-such-meeting/", "/leave-to-read/", "/static/desk.css"]:
        admin.get(address, {"words": "آب"})
    assert addresses() == opened and Event.objects.count() == before
    assert ContentRead.objects.get(address=f"/o/{debt.code}/").codes == debt.code
    page = text(auditor.get("/leave-to-read/"))
    assert all(f">{address}<" in page for address in opened) and debt.code in page
    assert not list(ledger.audit())
    officer = signed_in(world, "officer")
    assert officer.get("/leave-to-read/").status_code == 403
    with pytest.raises(Refused):
        services.note_read(by=world.auditor, address="/")


@pytest.mark.django_db
def test_what_is_read_in_the_next_leave_stands_there(world: Personas, meeting: Meeting) -> None:
    admin = signed_in(world, "admin")
    for reason in ("نخست", "دوم"):
        services.open_content(by=world.admin, reason=reason)
        assert admin.get(f"/m/{meeting.code}/").status_code == 200
        admin.post("/leave-to-read/end/")
    assert addresses() == [f"/m/{meeting.code}/"] * 2
    assert [one.reads.count() for one in ContentAccess.objects.all()] == [1, 1]


@pytest.mark.django_db
def test_a_page_that_could_not_be_noted_is_not_handed_out(
    world: Personas, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = signed_in(world, "admin")
    admin.raise_request_exception = False
    services.open_content(by=world.admin, reason="خطا")

    def fails(**_more: object) -> None:
        raise OSError

    monkeypatch.setattr(services, "note_read", fails)
    answer = admin.get(f"/m/{meeting.code}/")
    assert answer.status_code == 500 and meeting.code not in text(answer)


@pytest.mark.django_db
def test_the_hosts_commands_in_an_administrators_name_are_noted_too(
    world: Personas, meeting: Meeting, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["meetings", "--user", world.users["admin"].username]
    run(command)
    assert meeting.code not in capsys.readouterr().out
    services.open_content(by=world.admin, reason="خطا")
    run(command)
    assert meeting.code in capsys.readouterr().out
    assert addresses() == [" ".join(["dabir", *command])]


@pytest.mark.django_db
def test_nothing_that_comes_by_itself_carries_the_record_to_an_administrator_with_or_without_leave(
    world: Personas, meeting: Meeting
) -> None:
    """A calendar address, a notice and a digest go on when the leave is over; so they never have it."""
    user = world.users["admin"]
    services.open_content(by=world.admin, reason="خطا")
    by = tenures.acting_for(user)
    assert by.reads_until is not None and by.post_id is not None
    _feed, token = services.make_feed(by=by, of=world.bodies["hq"])
    calendar = Client().get(f"/feeds/{token}.ics")
    assert calendar.status_code == 200 and "VEVENT" not in text(calendar)
    debt = Obligation.objects.filter(meeting=meeting).first()
    post = Post.objects.get(pk=by.post_id)
    assert tell([post], NoticeKind.LATE, "late", by=world.operator, obligation=debt) == []
    assert not digest_of(user, clock.today()).notices
    with time_machine.travel(clock.machine_now() + timedelta(hours=5)):
        assert tenures.acting_for(user).sees_nothing
