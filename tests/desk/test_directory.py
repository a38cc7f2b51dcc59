from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from dabir.directory import services
from dabir.directory.models import Party, Person, Place, Post, Tenure
from dabir.meetings.models import Meeting
from tests.desk.conftest import SignIn
from tests.personas import Personas


def test_parties_are_found_by_any_of_their_names(world: Personas, sign_in: SignIn) -> None:
    page = sign_in("officer").get("/parties/?words=جهاد").content.decode()
    assert "سازمان جهاد کشاورزی" in page and "راه و شهرسازی" not in page
    assert 'class="empty"' in sign_in("officer").get("/parties/?words=هیچکس").content.decode()


@pytest.mark.parametrize("code", ["agriculture", "hq", "members", "post-secretary", "monitoring"])
def test_each_kind_of_party_has_a_page(sign_in: SignIn, meeting: Meeting, code: str) -> None:
    party = Party.objects.get(code=code)
    assert party.name in sign_in("secretary").get(f"/parties/{code}/").content.decode()


def test_a_party_page_shows_only_debts_that_one_may_see(sign_in: SignIn, meeting: Meeting) -> None:
    action = "پیش‌نویس دوم را ارائه نماید"
    assert action in sign_in("secretary").get("/parties/consultants/").content.decode()
    assert action not in sign_in("outsider").get("/parties/consultants/").content.decode()


def test_the_administrator_enters_a_person_gives_a_post_and_hands_a_link(world: Personas, sign_in: SignIn) -> None:
    client = sign_in("admin")
    response = client.post("/people/add/", {"name": "سارا نمونه", "username": "sara", "mobile": "۰۹۱۲۰۰۰۰۰۰۱"})
    person = Person.objects.get(name="سارا نمونه")
    assert response.headers["Location"] == f"/people/{person.pk}/"
    post = Post.objects.get(party__code="post-auditor")
    client.post(f"/people/{person.pk}/appoint/", {"post": post.pk, "kind": "substitute", "starts": "+0"})
    assert Tenure.objects.filter(person=person, post=post).exists()
    page = client.post(f"/people/{person.pk}/link/").content.decode()
    found = re.search(r"http://testserver(/link/[\w-]+/)", page)
    assert found and Client().get(found[1]).status_code == 200
    assert found[1] not in client.get(f"/people/{person.pk}/").content.decode()


def test_the_administrator_ends_a_tenure_and_enters_a_post(world: Personas, sign_in: SignIn) -> None:
    client, tenure = sign_in("admin"), Tenure.objects.get(person__user=world.users["outsider"])
    client.post(f"/people/tenures/{tenure.pk}/end/", {"ends": "۱۳۹۸/۰۷/۱۹"})
    tenure.refresh_from_db()
    assert str(tenure.ends) == "2019-10-11"
    fields = {"name": "کارشناس", "code": "expert", "parent-is": world.parties["roads"].pk, "function": "officer"}
    assert client.post("/directory/new/post/", fields).headers["Location"] == "/parties/expert/"
    assert Post.objects.filter(party__code="expert").exists()


@pytest.mark.parametrize("persona", ["staff", "governor", "auditor", "officer"])
def test_people_are_not_for_everyone(world: Personas, sign_in: SignIn, persona: str) -> None:
    client, person = sign_in(persona), Person.objects.get(user=world.users["officer"])
    assert client.get("/people/").status_code == 403
    assert client.get("/directory/new/post/").status_code == 403
    assert client.get(f"/people/{person.pk}/").status_code == 404
    assert client.post(f"/people/{person.pk}/link/").status_code == 404
    assert client.post("/people/add/", {"name": "کسی"}).status_code == 403
    assert not Person.objects.filter(name="کسی").exists()


def test_a_secretary_sees_the_people_of_agencies_and_no_others(world: Personas, sign_in: SignIn) -> None:
    client = sign_in("secretary")
    people = client.get("/people/").content.decode()
    assert "نمونه officer" in people and "نمونه admin" not in people and "نمونه other_secretary" not in people
    assert client.get(f"/people/{Person.objects.get(user=world.users['admin']).pk}/").status_code == 404
    assert b"/people/" in client.get("/parties/").content


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("organization", {"place": ""}),
        ("unit", {"parent": "roads"}),
        ("firm", {}),
        ("group", {}),
        ("body", {"code": "new-body"}),
        ("post", {"parent": "roads", "function": "head"}),
    ],
)
def test_the_administrator_enters_a_party_of_each_kind(
    world: Personas, sign_in: SignIn, kind: str, more: dict[str, str]
) -> None:
    client = sign_in("admin")
    assert client.get(f"/directory/new/{kind}/").status_code == 200
    parent = {"parent": world.parties[more["parent"]].name} if "parent" in more else {}
    form = {"name": "نام تازه", "aliases": "نام دیگر\r\n\r\nنام سوم", **more, **parent}
    made = Party.objects.get(code=client.post(f"/directory/new/{kind}/", form).headers["Location"].split("/")[2])
    assert (made.kind, made.name, made.names.count()) == (kind, "نام تازه", 3)


def test_who_enters_a_name_that_is_on_record_hears_of_it(world: Personas, sign_in: SignIn) -> None:
    name = world.parties["agriculture"].name
    posted = sign_in("admin").post("/directory/new/organization/", {"name": name}, follow=True)
    text = posted.content.decode()
    assert "همین نام پیش‌تر ثبت شده است: agriculture" in text
    other = sign_in("admin").post("/directory/new/organization/", {"name": "اداره نو"}, follow=True)
    assert "همین نام" not in other.content.decode()


def test_what_is_wrong_with_a_new_party_stands_beside_its_field(world: Personas, sign_in: SignIn) -> None:
    client = sign_in("secretary")
    response = client.post("/directory/new/organization/", {"name": "نو", "code": "بد", "place": ""})
    page = response.content.decode()
    assert response.status_code == 422 and 'aria-invalid="true"' in page and 'value="نو"' in page
    assert client.post("/directory/new/organization/", {"name": "نو", "place": "ناکجا"}).status_code == 422
    assert client.post("/directory/new/organization/", {"name": "ن\0و"}).status_code in (302, 422)
    assert client.post("/directory/new/unit/", {"name": "واحد"}).status_code == 422
    assert client.get("/directory/new/nothing/").status_code == 404


def test_a_secretary_is_offered_agencies_functions_alone(world: Personas, sign_in: SignIn) -> None:
    client = sign_in("secretary")
    page = client.get("/directory/new/post/").content.decode()
    assert 'value="officer"' in page and 'value="admin"' not in page
    assert client.get("/directory/new/body/").status_code == 403
    form = {"name": "مدیر", "parent-is": world.parties["roads"].pk, "function": "admin"}
    assert client.post("/directory/new/post/", form).status_code == 403


def test_a_renamed_party_shows_both_names_with_their_days(world: Personas, sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("admin")
    client.post("/parties/agriculture/rename/", {"name": "سازمان کشاورزی", "starts": "۱۳۹۸/۰۷/۱۸"})
    page = client.get("/parties/agriculture/").content.decode()
    assert "<h1><bdi" in page and "سازمان کشاورزی" in page
    assert "formerly" in page and "سازمان جهاد کشاورزی استان زنجان" in page and "۱۳۹۸/۰۷/۱۷" in page


def test_seats_and_members_are_given_and_ended_on_the_edit_page(world: Personas, sign_in: SignIn) -> None:
    client, roads = sign_in("admin"), world.parties["roads"]
    client.post(
        "/parties/hq/seats/", {"party-is": roads.pk, "capacity": "invitee", "office": "", "starts": "1398/07/01"}
    )
    seat = roads.seats.get()
    assert client.get("/parties/hq/edit/").content.decode().count(roads.name) >= 1
    client.post(f"/directory/seats/{seat.pk}/end/", {"ends": "1398/07/10"})
    assert "کرسی‌های پیشین" in client.get("/parties/hq/").content.decode()
    client.post("/directory/new/group/", {"name": "گروه نو", "code": "own"})
    client.post("/parties/own/members/", {"member-is": roads.pk, "starts": ""})
    assert roads.name in client.get("/parties/own/").content.decode()
    membership = Party.objects.get(code="own").memberships.get()
    client.post(f"/directory/members/{membership.pk}/end/", {"ends": "1398/07/10"})
    membership.refresh_from_db()
    assert membership.ends


def test_a_party_page_says_who_speaks_for_it(world: Personas, sign_in: SignIn) -> None:
    page = sign_in("officer").get("/parties/agriculture/").content.decode()
    assert "نمونه head" in page and "سمت head" in page and "0900" not in page and "۰۹۰۰" not in page


def test_a_mobile_number_is_taken_in_any_digits_and_a_user_is_shut_out(world: Personas, sign_in: SignIn) -> None:
    client, officer = sign_in("secretary"), Person.objects.get(user=world.users["officer"])
    inside = sign_in("officer")
    client.post(f"/people/{officer.pk}/mobile/", {"mobile": "+۹۸ ۹۱۲-۱۱۱۲۲۳۳"})
    officer = Person.objects.select_related("user").get(pk=officer.pk)
    assert officer.user and officer.user.mobile == "09121112233"
    assert inside.get("/register/").status_code == 200
    client.post(f"/people/{officer.pk}/active/", {"active": ""})
    assert inside.get("/register/").status_code == 302
    client.post(f"/people/{officer.pk}/active/", {"active": "1"})
    assert inside.get("/register/").status_code == 200


def test_places_are_browsed_searched_and_chosen(world: Personas, sign_in: SignIn) -> None:
    services.load_divisions(by=world.operator)
    client = sign_in("admin")
    assert "زنجان" in client.get("/places/").content.decode()
    found = client.get("/places/?words=ایجرود").content.decode()
    ijrud = Place.objects.get(name="ایجرود", kind="county")
    assert f"/places/{ijrud.pk}/" in found
    page = client.get(f"/places/{ijrud.pk}/").content.decode()
    assert "حلب" in page and "۲ بخش" in page
    client.cookies["language"] = "en"
    assert "2 districts" in client.get(f"/places/{ijrud.pk}/").content.decode()
    client.cookies["language"] = "fa"
    form = {"name": "دفتر ایجرود", "place": "زنجان/ایجرود"}
    client.post("/directory/new/organization/", form)
    assert Party.objects.get(name="دفتر ایجرود").place == ijrud
    several = client.post("/directory/new/organization/", {"name": "دیگر", "place": "حومه"})
    assert several.status_code == 422 and "/حومه" in several.content.decode()


def test_a_new_county_is_split_from_another_on_a_day(world: Personas, sign_in: SignIn) -> None:
    services.load_divisions(by=world.operator)
    client = sign_in("admin")
    zanjan = Place.objects.get(name="زنجان", kind="province")
    district = Place.objects.get(name="حلب", kind="district", parent__parent=zanjan)
    villages = district.children.count()
    client.post("/places/add/", {"parent": zanjan.pk, "name": "حلب", "starts": "1398/07/10"})
    county = Place.objects.get(name="حلب", kind="county")
    form = {"name": "حلب", "parent": county.pk, "starts": "1398/07/10"}
    where = client.post(f"/places/{district.pk}/change/", form).headers["Location"]
    moved = Place.objects.get(pk=where.split("/")[2])
    assert moved.parent == county and moved.children.filter(ends=None).count() == villages
    district.refresh_from_db()
    assert str(district.ends) == "2019-10-01"
    assert client.get(where).status_code == 200 and client.get(f"/places/{district.pk}/").status_code == 200


def test_two_parties_are_merged_after_a_look_and_taken_apart_again(
    world: Personas, sign_in: SignIn, meeting: Meeting
) -> None:
    client, roads = sign_in("admin"), world.parties["roads"]
    assert client.get("/directory/duplicates/").status_code == 200
    assert client.get("/parties/consultants/merge/").status_code == 200
    form = {"into": roads.name, "into-is": roads.pk}
    preview = client.post("/parties/consultants/merge/", form).content.decode()
    assert "تکلیفی که مجری آن است" in preview and Party.objects.get(code="consultants").merged_into is None
    response = client.post("/parties/consultants/merge/", form | {"sure": "1"})
    assert response.headers["Location"] == "/parties/roads/"
    assert client.get("/parties/consultants/").headers["Location"] == "/parties/roads/"
    assert client.get("/parties/%00/").status_code == client.get("/parties/nobody/").status_code == 404
    assert "مهندسین مشاور" in client.get("/parties/roads/").content.decode()
    assert "پیش‌نویس دوم" in sign_in("secretary").get("/parties/roads/").content.decode()
    assert client.post("/parties/consultants/unmerge/").headers["Location"] == "/parties/consultants/"
    assert client.get("/parties/consultants/").status_code == 200


def test_what_stands_in_the_way_of_a_merge_is_said_on_its_page(world: Personas, sign_in: SignIn) -> None:
    form = {"into-is": world.parties["agriculture"].pk, "sure": "1"}
    response = sign_in("admin").post("/parties/governor-office/merge/", form)
    assert response.status_code == 422 and 'role="alert"' in response.content.decode()


def test_the_directory_leaves_as_a_workbook_and_comes_in_after_a_look(world: Personas, sign_in: SignIn) -> None:
    client = sign_in("admin")
    response = client.get("/directory/file/out/")
    assert "attachment" in response["Content-Disposition"] and response.content.startswith(b"PK")
    same = client.post("/directory/file/", {"file": SimpleUploadedFile("a.xlsx", response.content)})
    assert same.status_code == 200 and 'name="kept"' not in same.content.decode()
    table = "شناسه,نوع,نام\nnew-one,دستگاه,دستگاه نو\n"
    assert (
        client.post("/directory/file/", {"file": SimpleUploadedFile("parties.csv", table.encode())}).status_code == 422
    )
    book = load_workbook(BytesIO(response.content))
    book["دستگاه‌ها"].append(["new-one", "دستگاه", "دستگاه نو"])
    changed = BytesIO()
    book.save(changed)
    look = client.post("/directory/file/", {"file": SimpleUploadedFile("a.xlsx", changed.getvalue())}).content.decode()
    kept = re.search(r'name="kept" value="([^"]+)"', look)
    assert kept and "new-one" in look and not Party.objects.filter(code="new-one").exists()
    saved = client.post("/directory/file/", {"kept": kept[1], "sure": "1"})
    assert saved.status_code == 302 and Party.objects.get(code="new-one").name == "دستگاه نو"
    assert client.post("/directory/file/", {"kept": kept[1] + "x", "sure": "1"}).status_code == 422


@pytest.mark.parametrize("data", [b"", b"PK", b"not a workbook", b"\0" * 100, b"<html>"])
def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(sign_in: SignIn, world: Personas, data: bytes) -> None:
    response = sign_in("secretary").post("/directory/file/", {"file": SimpleUploadedFile("a.xlsx", data)})
    assert response.status_code == 422 and 'role="alert"' in response.content.decode()
    assert sign_in("secretary").post("/directory/file/", {}).status_code == 422
