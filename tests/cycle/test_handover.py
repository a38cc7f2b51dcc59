"""What a post leaves to whoever takes it over, and that its debts stay the post's."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client

from dabir.cycle.escalating import look
from dabir.cycle.handover import handover_of, tables_of
from dabir.cycle.models import Notice, NoticeKind
from dabir.cycle.news import tell_news
from dabir.cycle.notices import mark_all_read, tell, unread
from dabir.directory import services, tenures
from dabir.directory.models import Post, Tenure
from dabir.foundation.models import Event, User
from dabir.persian import clock
from dabir.persian.jalali import format_day
from dabir.writing import tables_pdf
from tests import builders, reported
from tests.personas import Personas

pytestmark = pytest.mark.django_db


def test_a_successor_finds_the_debts_and_both_sign_a_sheet_that_names_them(world: Personas, client: Client) -> None:
    debt = reported.owed(world)
    post = Post.objects.get(party__code="post-officer")
    tenure = Tenure.objects.get(post=post)
    services.end_tenure(by=world.operator, tenure=tenure, ends=clock.today() - date.resolution)
    heir = services.create_person(by=world.operator, name="جانشین نمونه", username="heir")
    services.appoint(by=world.operator, person=heir, post=post, starts=clock.today())
    assert heir.user is not None
    by = tenures.acting_for(heir.user)
    sheet = handover_of(post, by=by)
    assert [one.debt for one in sheet.debts] == [debt]
    assert sheet.before and sheet.before.person.name == "نمونه officer"
    assert sheet.holder and sheet.holder.person == heir
    paper = pypdfium2.PdfDocument(BytesIO(tables_pdf.to_pdf(*tables_of(sheet))))
    said = "".join(page.get_textpage().get_text_range() for page in paper)
    assert heir.name in said and debt.code in [row[0] for row in tables_of(sheet)[0].rows]
    client.force_login(heir.user)
    assert debt.code in client.get("/parties/post-officer/hand-over/").content.decode()
    told = tell([post], NoticeKind.SUCCESSOR, "successor:1", by=world.operator)
    assert client.post(f"/notices/{told[0].pk}/").headers["Location"] == "/parties/post-officer/hand-over/"
    client.force_login(world.users["outsider"])
    assert client.get("/parties/post-officer/hand-over/").status_code == 403


def test_on_the_last_day_of_whoever_leaves_both_sign_and_the_successor_is_told_on_their_first(
    world: Personas, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported.owed(world)
    tell_news(by=world.operator)
    post = Post.objects.get(party__code="post-officer")
    services.end_tenure(by=world.operator, tenure=Tenure.objects.get(post=post), ends=clock.today())
    heir = services.create_person(by=world.operator, name="جانشین نمونه", username="heir")
    first_day = clock.today() + date.resolution
    services.appoint(by=world.operator, person=heir, post=post, starts=first_day)
    sheet = handover_of(post, by=world.officer)
    assert sheet.before and sheet.before.person.name == "نمونه officer"
    assert sheet.holder and sheet.holder.person == heir
    for _time in range(2):
        tell_news(by=world.operator)
        look(by=world.operator)
        assert not Notice.objects.filter(kind=NoticeKind.SUCCESSOR).exists()
    mark_all_read(by=world.officer)
    monkeypatch.setenv("DABIR_TODAY", format_day(first_day, persian_digits=False))
    before = Event.objects.count()
    for _time in range(2):
        look(by=world.operator)
        assert unread(tenures.acting_for(User.objects.get(username="heir"))) == 1
    assert Event.objects.filter(number__gt=before, verb="cycle.tell").count() == 1


def test_it_holds_nothing_that_its_reader_may_not_see(world: Personas) -> None:
    builders.meeting(world)
    post = Post.objects.get(party__code="post-officer")
    assert handover_of(post, by=world.officer).debts == []  # not released yet
    assert len(handover_of(post, by=world.secretary).debts) == 1
    assert handover_of(post, by=world.other_secretary).debts == []
    reported.owed(world)
    assert len(handover_of(post, by=world.officer).debts) == 1
    assert handover_of(post, by=world.county).debts == []  # who only receives its result is not told what was reported


def test_a_secretariats_sheet_has_its_papers_and_its_letters_without_a_number(world: Personas) -> None:
    letters = builders.reminders(world)
    sheet = handover_of(Post.objects.get(party__code="post-secretary"), by=world.secretary)
    assert {one.pk for one in letters} <= {one.pk for one in sheet.letters}
