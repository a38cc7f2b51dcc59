"""A list that somebody has put together is kept under a name, and comes back as it was."""

from __future__ import annotations

import re

import pytest

from dabir.foundation import ledger
from dabir.foundation.errors import Invalid
from dabir.meetings.models import Meeting
from dabir.obligations import services
from dabir.obligations.listing import Listing
from dabir.obligations.models import SavedView
from dabir.obligations.queries import Filters
from tests.desk.conftest import SignIn
from tests.personas import Personas

KEPT = {"name": "بی‌مجری‌ها", "unsettled": "1", "order": "lead", "column": ["debt", "left"]}


def tabs(page: str) -> list[str]:
    nav = re.search(r'<nav class="tabs.*?</nav>', page, re.S)
    return re.findall(r"<bdi>([^<]+)</bdi>", nav[0]) if nav else []


def heads(page: str) -> list[str]:
    table = re.search(r"<thead>.*?</thead>", page, re.S)
    return [re.sub("<.*?>", "", cell).strip() for cell in re.findall(r"<th.*?</th>", table[0], re.S)] if table else []


def test_a_view_comes_back_with_its_filters_order_and_columns(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    page = client.post("/views/save/", KEPT, follow=True).content.decode()
    assert tabs(page) == ["بی‌مجری‌ها"] and heads(page) == ["تکلیف", "روز مانده"]
    assert page.count('class="action"') == 2
    again = client.get(f"/register/?view={SavedView.objects.get().pk}").content.decode()
    assert heads(again) == ["تکلیف", "روز مانده"] and again.count('class="action"') == 2
    assert not list(ledger.audit())


def test_saving_under_the_same_name_writes_the_view_anew(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    client.post("/views/save/", KEPT)
    client.post("/views/save/", {"name": " بي‌مجري‌ها ", "overdue": "1"})  # as an Arabic keyboard writes it
    assert SavedView.objects.get().query == "overdue=1"


def test_the_register_opens_with_the_view_that_was_chosen_for_it(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    client.post("/views/save/", KEPT | {"default": "1"})
    client.post("/views/save/", {"name": "همه", "order": "-due"})
    assert client.get("/register/").content.decode().count('class="action"') == 2
    assert heads(client.get("/register/?view=0").content.decode())[0] == "مهلت"
    client.post("/views/save/", KEPT)
    assert not SavedView.objects.filter(is_default=True).exists()
    client.post("/views/save/", KEPT | {"default": "1"})
    client.post("/views/save/", {"name": "همه", "default": "1"})
    assert SavedView.objects.get(is_default=True).name == "همه"


def test_a_view_to_open_with_is_saved_and_chosen_or_neither(
    sign_in: SignIn, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the form that is sent again after a kill would be taken for one that had its effect."""

    def fails(*_args: object, **_more: object) -> None:
        raise Invalid("x")

    monkeypatch.setattr(services, "open_with_view", fails)
    assert sign_in("secretary").post("/views/save/", KEPT | {"default": "1"}).status_code == 422
    assert not SavedView.objects.exists()


def test_what_is_changed_in_a_view_stays_beside_it(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    client.post("/views/save/", KEPT)
    pk = SavedView.objects.get().pk
    page = client.get(f"/register/?words=&column=debt&view={pk}").content.decode()
    assert heads(page) == ["تکلیف"] and "پس از ذخیره تغییر کرده است" in page
    assert "پس از ذخیره تغییر کرده است" not in client.get(f"/register/?view={pk}").content.decode()


def test_the_files_of_a_view_are_those_of_its_list(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    page = client.post("/views/save/", KEPT, follow=True).content.decode()
    address = re.search(r'href="(/register\.csv[^"]*)"', page)
    assert address
    text = client.get(address[1].replace("&amp;", "&")).content.decode("utf-8-sig")
    assert text.splitlines()[0] == "تکلیف,شناسه دبیر,روز مانده" and len(text.splitlines()) == 3


def test_a_view_is_renamed_and_deleted_and_its_list_can_be_saved_again(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    client.post("/views/save/", KEPT)
    pk = SavedView.objects.get().pk
    assert tabs(client.post(f"/views/{pk}/rename/", {"name": "تازه"}, follow=True).content.decode()) == ["تازه"]
    page = client.post(f"/views/{pk}/delete/", follow=True).content.decode()
    assert not SavedView.objects.exists() and heads(page) == ["تکلیف", "روز مانده"] and "«تازه» حذف شد" in page
    assert client.get(f"/register/?view={pk}").status_code == 200


@pytest.mark.parametrize("name", ["", " ", "\0", "ن" * 61])
def test_a_view_without_a_name_that_can_be_is_refused(sign_in: SignIn, name: str) -> None:
    assert sign_in("secretary").post("/views/save/", KEPT | {"name": name}).status_code == 422
    assert not SavedView.objects.exists()


def test_two_views_of_one_person_have_two_names(sign_in: SignIn, world: Personas) -> None:
    one = services.save_view("یک", Listing(), by=world.secretary)
    services.save_view("دو", Listing(), by=world.secretary)
    assert sign_in("secretary").post(f"/views/{one.pk}/rename/", {"name": "دو"}).status_code == 422
    services.save_view("یک", Listing(), by=world.staff)
    assert SavedView.objects.filter(name="یک").count() == 2


def test_a_shared_view_is_the_secretariats_and_only_its_owner_changes_it(world: Personas, sign_in: SignIn) -> None:
    listing = Listing(Filters(overdue=True))
    view = services.save_view("دیرکردها", listing, by=world.secretary, shared_with=world.bodies["hq"])
    assert tabs(sign_in("staff").get("/register/").content.decode()) == ["دیرکردها"]
    assert tabs(sign_in("other_secretary").get("/register/").content.decode()) == []
    assert sign_in("staff").post(f"/views/{view.pk}/delete/").status_code == 403
    assert sign_in("other_secretary").post(f"/views/{view.pk}/delete/").status_code == 404
    foreign = {"name": "x", "shared": str(world.bodies["committee"].pk)}
    assert sign_in("secretary").post("/views/save/", foreign).status_code == 403


def test_views_have_an_end(world: Personas, monkeypatch: pytest.MonkeyPatch, sign_in: SignIn) -> None:
    monkeypatch.setattr(services, "MOST_VIEWS", 1)
    client = sign_in("secretary")
    assert client.post("/views/save/", {"name": "یک"}).status_code == 302
    assert client.post("/views/save/", {"name": "دو"}).status_code == 422
    assert client.post("/views/save/", {"name": "یک", "words": "x" * 3_000}).status_code == 302


def test_a_shared_view_opens_nobody_elses_register(sign_in: SignIn, world: Personas, meeting: Meeting) -> None:
    view = services.save_view("مشترک", Listing(Filters(unsettled=True)), by=world.staff, shared_with=world.bodies["hq"])
    services.open_with_view(view, by=world.staff)
    whole, narrowed = (sign_in(who).get("/register/").content.decode() for who in ("secretary", "staff"))
    assert tabs(whole) == ["مشترک"] and whole.count('class="action"') > narrowed.count('class="action"') == 2
