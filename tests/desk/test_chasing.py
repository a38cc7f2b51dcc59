"""Pages of following up: today's letters by one press, a body's ladder, and what one is told of."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.cycle.digests import digest_of
from dabir.cycle.escalating import look
from dabir.cycle.ladder import OURS, steps_of
from dabir.cycle.models import LadderStep, Notice
from dabir.cycle.reminding import proposals, write_reminders
from dabir.letters.models import Letter, LetterKind
from dabir.obligations import extending
from dabir.persian import clock
from tests.cycle.test_escalating import DUE, at, chased, on
from tests.desk.conftest import SignIn
from tests.personas import Personas
from tests.reported import day


def test_letters_of_today_are_written_by_one_press(
    world: Personas, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    debt = chased(world)
    at(monkeypatch, on(3))
    secretary = sign_in("secretary")
    page = secretary.get("/follow-up/").content.decode()
    assert debt.code in page and 'name="letter"' in page
    key = page.split('name="letter" value="')[1].split('"')[0]
    assert secretary.post("/follow-up/write/", {}).status_code == 422
    assert secretary.post("/follow-up/write/", {"letter": f"{'9' * 40}:{key}"}).status_code == 409
    assert secretary.post("/follow-up/write/", {"letter": key}).status_code == 302
    letter = Letter.objects.get(kind=LetterKind.REMINDER)
    assert secretary.get(f"/letters/{letter.pk}/").status_code == 200
    assert 'name="letter"' not in secretary.get("/follow-up/").content.decode()
    assert secretary.post("/follow-up/write/", {"letter": key}).status_code == 409
    assert Letter.objects.filter(kind=LetterKind.REMINDER).count() == 1


def test_body_has_its_own_ladder_and_gets_ours_back(world: Personas, sign_in: SignIn) -> None:
    secretary = sign_in("secretary")
    body = world.bodies["hq"]
    address = f"/parties/{body.party.code}/ladder/"
    typed = {
        "rung-0": "notice", "days-0": "۳", "when-0": "before", "working-0": "1",
        "rung-1": "warning", "days-1": "5", "when-1": "after",
        "rung-2": "warning", "days-2": "",
    }  # fmt: skip
    assert secretary.post(address, typed).status_code == 302
    assert [(s.rung, s.days, s.working) for s in steps_of(body)] == [("notice", -3, True), ("warning", 5, False)]
    assert secretary.post(address, typed | {"days-0": "x"}).status_code == 422
    assert "۳" in secretary.get(address).content.decode()
    secretary.post(f"{address}restore/")
    assert steps_of(body) == OURS and not LadderStep.objects.exists()
    assert sign_in("staff").post(address, typed).status_code == 403


def test_body_names_who_gets_the_report_to_the_deputy(world: Personas, sign_in: SignIn) -> None:
    secretary = sign_in("secretary")
    body = world.bodies["hq"]
    address = f"/parties/{body.party.code}/ladder/"
    assert world.parties["governor-office"].name in secretary.get(address).content.decode()
    assert secretary.post(f"{address}deputy/", {"deputy": "سمت head"}).status_code == 302
    body.refresh_from_db()
    assert body.deputy and body.deputy.party.code == "post-head"
    assert 'value="سمت head"' in secretary.get(address).content.decode()
    assert secretary.post(f"{address}deputy/", {"deputy": "کسی که نیست"}).status_code == 422
    assert sign_in("staff").post(f"{address}deputy/", {"deputy": ""}).status_code == 403
    secretary.post(f"{address}deputy/", {"deputy": ""})
    body.refresh_from_db()
    assert body.deputy is None


def test_notice_of_proposed_letters_leads_to_them_and_no_message_names_written_ones(
    world: Personas, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    chased(world)
    look(at(monkeypatch, on(3)), by=world.operator)
    staff = sign_in("staff")
    assert 'href="/follow-up/"' in staff.get("/?kind=remind").content.decode()
    notice = Notice.objects.get(post=world.staff.post_id, kind="remind")
    assert "نامه‌های پیشنهادی پیگیری" in staff.get("/notices/").content.decode()
    user = world.users["staff"]
    assert notice in digest_of(user, clock.today()).notices
    assert staff.post(f"/notices/{notice.pk}/").headers["Location"] == "/follow-up/"
    Notice.objects.update(read_at=None)
    write_reminders([proposals(world.secretary)[0].key], by=world.secretary)
    assert notice not in digest_of(user, clock.today()).notices


def test_notice_rings_leads_to_its_debt_and_is_read(
    world: Personas, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    debt = chased(world)
    look(at(monkeypatch, DUE), by=world.operator)
    officer = sign_in("officer")
    assert b"bell-count" in officer.get("/").content
    assert debt.code in officer.get("/notices/?unread=1").content.decode()
    notice = Notice.objects.get(post=world.officer.post_id)
    assert officer.post(f"/notices/{notice.pk}/").headers["Location"].endswith(f"/progress/{debt.code}/")
    assert b"bell-count" not in officer.get("/").content
    others = Notice.objects.exclude(post=world.officer.post_id).first()
    assert others is not None and officer.post(f"/notices/{others.pk}/").status_code == 404


def test_page_says_which_notice_no_longer_holds(
    world: Personas, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    debt = chased(world)
    look(at(monkeypatch, DUE), by=world.operator)
    officer, words = sign_in("officer"), "دیگر برقرار نیست"
    assert words not in officer.get("/notices/").content.decode()
    asked = extending.ask_extension(debt, by=world.officer, wanted=day("1398/09/05"), reason="برف")
    extending.grant_extension(asked, by=world.secretary)
    assert officer.get("/notices/").content.decode().count(words) == 1


def test_page_of_notices_costs_the_same_with_many_and_has_pages(world: Personas, sign_in: SignIn) -> None:
    debt = chased(world)
    client = sign_in("officer")
    client.get("/notices/")
    shown, queries = [], []
    for number in (1, 60):
        Notice.objects.all().delete()
        Notice.objects.bulk_create(
            Notice(post_id=world.officer.post_id or 0, kind="near", key=f"{n}", obligation=debt, at=clock.now())
            for n in range(number)
        )
        with CaptureQueriesContext(connection) as caught:
            page = client.get("/notices/").content.decode()
        shown.append(page.count('class="notice"'))
        queries.append(len(caught))
    assert shown == [1, 50] and queries[0] == queries[1]
    rest = page.split("?page=")[1].split('"')[0]
    assert client.get(f"/notices/?page={rest}").content.decode().count('class="notice"') == 10
