"""One message a day to whoever wants one: at most once, of what is new, and no word of what is classified."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import mail
from pytest_django import Settings

from dabir.cycle import digests
from dabir.cycle.escalating import look
from dabir.cycle.models import NoticeKind, Told
from dabir.cycle.notices import mark_all_read, tell
from dabir.directory import services as directory
from dabir.directory import tenures
from dabir.directory.models import Post
from dabir.foundation import ledger, sending, services, sms_files
from dabir.foundation.errors import Invalid, Refused
from dabir.foundation.jobs import line, running, schedule
from dabir.foundation.jobs.model import JobState
from dabir.foundation.models import Chore, Digests, User
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import LetterKind
from dabir.letters.notices import WAITING
from dabir.letters.parts import Addressee, write_letter
from dabir.letters.wordings import Words
from dabir.obligations import extending
from dabir.obligations.models import Obligation
from dabir.obligations.reporting import services as reporting
from dabir.persian import clock
from tests import builders, kept, personas
from tests.at_once import at_once
from tests.cycle.test_escalating import DUE, at, chased
from tests.jobs import work_off
from tests.personas import Personas
from tests.reported import day, progress

SUNDAY, FRIDAY = date(2019, 10, 13), date(2019, 10, 11)


@pytest.fixture(autouse=True)
def carriers(settings: Settings) -> None:
    settings.SENDS_EMAIL, settings.SMS_ADAPTER = True, "dabir.foundation.sms_files"
    settings.ADDRESS = "https://dabir.example.ir"


def wants(world: Personas, persona: str, way: Digests) -> User:
    acting = getattr(world, persona)
    email = f"{persona}@example.ir"
    return services.set_digests(world.users[persona], by=acting, email=email, digests=way)


def sent_sms(home: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((home / "sms").glob("*.txt"))]


def a_morning(day: date = SUNDAY) -> int:
    put = digests.put_all(day)
    work_off()
    return put


def the_chore() -> Chore:
    return Chore.objects.get(name=digests.NAME)


def test_message_goes_once_and_names_what_is_new(world: Personas, home: Path) -> None:
    debt = chased(world)
    wants(world, "officer", Digests.SMS)
    wants(world, "head", Digests.EMAIL)
    look(DUE, by=world.operator)
    assert (a_morning(), a_morning()) == (2, 0)
    assert sent_sms(home) == ["دبیر\nسررسید امروز: ۱\nhttps://dabir.example.ir/notices/"]
    assert debt.code in mail.outbox[0].body and debt.action[:30] in mail.outbox[0].body
    assert mail.outbox[0].to == ["head@example.ir"] and len(mail.outbox) == 1
    assert a_morning(SUNDAY.replace(day=14)) == 2 and len(sent_sms(home)) == len(mail.outbox) == 1
    assert not list(ledger.audit())


def test_each_who_has_the_post_that_day_is_told_once_and_no_address_twice(world: Personas, home: Path) -> None:
    chased(world)
    post = Post.objects.get(party__code="post-officer")
    wants(world, "officer", Digests.SMS)
    for name, kind, ends in (("old", "substitute", SUNDAY - timedelta(days=1)), ("new", "substitute", None)):
        person = directory.create_person(by=world.operator, name=f"نمونه {name}", username=name)
        directory.appoint(by=world.operator, person=person, post=post, starts=FRIDAY, ends=ends, kind=kind)
        assert person.user
        ours = tenures.acting_for(person.user)
        services.set_digests(person.user, by=ours, email=f"{name}@example.ir", digests=Digests.EMAIL)
    world.users["head"] = wants(world, "head", Digests.EMAIL)
    services.set_digests(world.users["head"], by=world.head, email="New@example.ir", digests=Digests.EMAIL)
    look(DUE, by=world.operator)
    for morning in (13, 14, 15):
        a_morning(SUNDAY.replace(day=morning))
    assert len(sent_sms(home)) == 1 and [one.to for one in mail.outbox] in ([["New@example.ir"]], [["new@example.ir"]])
    assert Told.objects.count() == 2
    assert not list(ledger.audit())


def test_what_two_posts_of_one_person_were_told_is_said_once(world: Personas, home: Path) -> None:
    chased(world)
    user = wants(world, "officer", Digests.SMS)
    post = Post.objects.get(party__code="post-head")
    directory.appoint(by=world.operator, person=user.person, post=post, starts=FRIDAY, kind="substitute")
    look(DUE, by=world.operator)
    a_morning()
    assert len(digests.digest_of(user, SUNDAY).notices) == 0
    assert [text.splitlines()[1] for text in sent_sms(home)] == ["سررسید امروز: ۱"]


def test_what_was_read_has_ended_or_sleeps_and_days_off_are_silent(world: Personas, home: Path) -> None:
    debt = chased(world)
    wants(world, "officer", Digests.SMS)
    look(DUE, by=world.operator)
    assert a_morning(FRIDAY) == 0
    Obligation.objects.filter(pk=debt.pk).update(asleep=True)
    a_morning()
    Obligation.objects.filter(pk=debt.pk).update(asleep=False, state="proposed", proposed_at=clock.now())
    user = User.objects.get(username="officer")
    assert digests.digest_of(user, SUNDAY).notices == []
    Obligation.objects.filter(pk=debt.pk).update(state="open")
    assert digests.digest_of(user, SUNDAY).notices
    mark_all_read(by=world.officer)
    a_morning(SUNDAY.replace(day=14))
    assert sent_sms(home) == [] and set(Chore.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_no_message_says_of_a_moved_deadline_that_it_has_passed(
    world: Personas, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notice was written in the morning, and more time given on that day."""
    debt = chased(world)
    user = wants(world, "officer", Digests.EMAIL)
    today = DUE + timedelta(days=1)
    look(at(monkeypatch, today), by=world.operator)
    assert [one.kind for one in digests.digest_of(user, today).notices] == ["late"]
    asked = extending.ask_extension(debt, by=world.officer, wanted=day("1398/12/01"), reason="برف")
    extending.grant_extension(asked, by=world.secretary)
    assert digests.digest_of(user, today).notices == []
    look(at(monkeypatch, day("1398/12/02")), by=world.operator)
    assert [one.kind for one in digests.digest_of(user, SUNDAY).notices] == ["late"]


def test_no_message_asks_for_a_report_that_has_come(
    world: Personas, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    debt = chased(world, report_months=1)
    user = wants(world, "officer", Digests.EMAIL)
    look(at(monkeypatch, day("1398/07/02")), by=world.operator)
    assert [one.kind for one in digests.digest_of(user, SUNDAY).notices] == ["report-due"]
    report = reporting.report(debt, progress(), by=world.officer)
    assert digests.digest_of(user, SUNDAY).notices == []
    reporting.return_report(report, "ناخوانا", by=world.head)
    assert [one.kind for one in digests.digest_of(user, SUNDAY).notices] == ["report-due"]


def test_no_word_of_what_is_classified_leaves(world: Personas, home: Path) -> None:
    post = Post.objects.get(party__code="post-head")
    for number, secrecy in enumerate((SecrecyClass.SECRET, SecrecyClass.CONFIDENTIAL, SecrecyClass.NORMAL), 1):
        letter = write_letter(
            Words(f"موضوع {secrecy.value}", "متن نهانی"),
            by=world.secretary,
            body=world.bodies["hq"],
            kind=LetterKind.WARNING,
            to=[Addressee(world.parties["agriculture"])],
            secrecy=secrecy,
        )
        builders.numbered(world, letter, str(number))
        assert tell([post], NoticeKind.LETTER, f"letter:{number}", by=world.operator, letter=letter)
    user = wants(world, "head", Digests.EMAIL)
    digest = digests.digest_of(user, SUNDAY)
    a_morning()
    said = f"{mail.outbox[0].subject}{mail.outbox[0].body}" + digests.short_words_of(digest, "")
    assert "موضوع normal" in said and said.count(f"{WAITING} (۲)") == 2
    for word in ("secret", "confidential", "نهانی"):
        assert word not in said


def test_message_that_was_surely_not_taken_is_tried_again(
    world: Personas, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chased(world)
    wants(world, "officer", Digests.SMS)
    look(DUE, by=world.operator)
    monkeypatch.setattr(sms_files, "send", _refuses)
    a_morning()
    assert (the_chore().state, the_chore().trouble, the_chore().mark) == ("waiting", "not-sent: ConnectionError", "")
    assert not Told.objects.exists()
    monkeypatch.undo()
    Chore.objects.update(not_before=1.0)
    monkeypatch.setenv("DABIR_TODAY", "1398/07/20")
    work_off()
    assert len(sent_sms(home)) == 1 and the_chore().state == JobState.DONE


def _refuses(_mobile: str, _text: str) -> str:
    raise sending.NotSent from ConnectionError("no line")


class Killed(BaseException):
    """The process is gone."""


def test_worker_that_dies_while_it_sends_sends_no_second_one_and_it_says_so(
    world: Personas, home: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    chased(world)
    wants(world, "officer", Digests.SMS)
    look(DUE, by=world.operator)
    send = sms_files.send

    def dies_behind_it(mobile: str, text: str) -> str:
        send(mobile, text)
        raise Killed

    monkeypatch.setattr(sms_files, "send", dies_behind_it)
    digests.put_all(SUNDAY)
    job = line.claim_next(limit=9)
    assert job
    with pytest.raises(Killed):
        running.carry_out(job)
    Chore.objects.update(alive_at=time.time() - settings.JOB_LEASE - 1)
    work_off()
    assert len(sent_sms(home)) == 1
    assert (the_chore().state, the_chore().cause) == (JobState.FAILED, "unsure")
    services.retry_job("chore", the_chore().pk, by=world.admin)
    work_off()
    assert len(sent_sms(home)) == 1 and the_chore().cause == "unsure"


def test_many_workers_put_a_message_of_the_day_once(transactional_db: None) -> None:
    world = kept.once("world", personas.build)
    wants(world, "officer", Digests.SMS)

    def run() -> None:
        digests.put_all(SUNDAY)
        schedule.look(0)

    at_once(run)
    assert Chore.objects.filter(name=digests.NAME).count() == 1


@pytest.mark.parametrize(
    ("email", "way"), [("", "email"), ("x", ""), ("a@b.ir", "pigeon"), ("a@b.ir\nBcc: c@d.ir", "email")]
)
def test_way_that_reaches_nobody_is_refused(world: Personas, email: str, way: str) -> None:
    with pytest.raises(Invalid):
        services.set_digests(world.users["officer"], by=world.officer, email=email, digests=way)
    with pytest.raises(Refused):
        services.set_digests(world.users["officer"], by=world.admin, email="a@b.ir", digests="email")


def test_whose_mobile_number_is_taken_away_gets_no_more_sms(world: Personas) -> None:
    user = wants(world, "officer", Digests.SMS)
    directory.set_mobile(by=world.admin, person=user.person, mobile="0912 111 22 33")
    user.refresh_from_db()
    assert (user.mobile, user.digests) == ("09121112233", Digests.SMS)
    directory.set_mobile(by=world.admin, person=user.person, mobile="")
    user.refresh_from_db()
    assert (user.mobile, user.digests) == (None, Digests.NONE)


def test_way_without_a_carrier_is_refused_and_a_test_tells(world: Personas, settings: Settings, home: Path) -> None:
    user = wants(world, "officer", Digests.SMS)
    services.send_test_message(user, by=world.officer)
    assert len(sent_sms(home)) == 1
    settings.SMS_ADAPTER = ""
    with pytest.raises(Invalid):
        services.send_test_message(user, by=world.officer)
    with pytest.raises(Invalid):
        wants(world, "head", Digests.SMS)
