"""Writing an order or a resolution by hand, as a browser without scripts sends it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from dabir.cycle.recording import record_resolution
from dabir.foundation.models import Event
from dabir.meetings.models import Meeting, Resolution
from dabir.obligations import paragraphs
from dabir.obligations.models import Involved, Obligation, Order, Role
from tests import builders
from tests.desk.conftest import SignIn
from tests.forms import hidden_fields
from tests.personas import Personas

PARAGRAPH = (
    "مقرر شد راه و شهرسازی با همکاری بنیاد مسکن تا ۱۳۹۸/۰۸/۱۵ مسیر را آسفالت کند"
    " و جهاد کشاورزی ظرف ۱۵ روز گزارش خود را ارائه نماید."
)
ORDER = {
    "way": "letter",
    "number": "۱۲/۳۴",
    "day": "1398/07/19",
    "text": "مسیر آسفالت شود",
    "row": "1",
    "1-kind": "day",
}


def post(client: Client, **fields: str) -> str:
    answer = client.post("/orders/new/", ORDER | {"body": "hq"} | {k.replace("__", "-"): v for k, v in fields.items()})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return client.get(answer.headers["Location"]).content.decode()


def test_an_order_is_recorded_with_lead_helpers_and_day(world: Personas, sign_in: SignIn) -> None:
    fields = {"1-lead": "راه و شهرسازی", "1-helpers": "بنیاد مسکن؛ جهاد کشاورزی", "1-recipients": "استانداری"}
    page = post(sign_in("secretary"), **fields, **{"1-day": "۱۳۹۸/۰۸/۱۵"})
    debt, order = Obligation.objects.get(), Order.objects.get()
    assert (debt.lead, str(debt.due_day), debt.action) == (world.parties["roads"], "2019-11-06", "مسیر آسفالت شود")
    involved = set(Involved.objects.values_list("role", "party"))
    assert involved == {
        (Role.HELPER, world.parties["housing"].pk),
        (Role.HELPER, world.parties["agriculture"].pk),
        (Role.RECIPIENT, world.parties["governor-office"].pk),
    }
    assert (order.way, order.number) == ("letter", "۱۲/۳۴")
    assert "دستور با ۱ تکلیف ثبت شد" in page and f'href="/o/{debt.code}/"' in page
    assert re.search(r'<option value="letter"\s+selected>', page)  # the way of the last one


def test_two_debts_of_one_order(world: Personas, sign_in: SignIn) -> None:
    client = sign_in("secretary")
    more = client.post("/orders/new/", ORDER | {"1-action": "نخست", "do": "more"}).content.decode()
    assert more.count('name="row"') == 2 and "نخست" in more and not Order.objects.exists()
    fields = ORDER | {"1-action": "نخست", "2-action": "دوم", "2-kind": "trigger", "2-words": "پس از ابلاغ اعتبار"}
    client.post("/orders/new/", {**fields, "row": ["1", "2"]})
    first, second = Obligation.objects.order_by("id")
    assert (first.action, second.action, second.trigger) == ("نخست", "دوم", "پس از ابلاغ اعتبار")
    assert first.order == second.order and first.state == "unsettled"


def test_a_debt_is_taken_away_again(sign_in: SignIn) -> None:
    fields = ORDER | {"row": ["1", "2"], "1-action": "نخست", "2-action": "دوم", "do": "less-1"}
    page = sign_in("secretary").post("/orders/new/", fields).content.decode()
    assert "دوم" in page and "نخست" not in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"1-lead": "هیچ‌کس"}, "طرفی مانند"),
        ({"1-day": "فردا"}, "۱۳۹۸/۰۷/۲۰"),
        ({"1-kind": "trigger", "1-words": ""}, "با واژه"),
        ({"day": "1398/13/40"}, "چنین روزی"),
        ({"day": "1399/01/01"}, "امروز یا پیش"),
        ({"text": " "}, "بنویسید"),
        ({"way": "x"}, "چه راهی"),
        ({"number": "1" * 41}, "بیش از اندازه"),
        ({"1-day": "1398/07/01"}, "پیش از"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_all_that_was_typed_stays(
    sign_in: SignIn, wrong: dict[str, str], sentence: str
) -> None:
    typed = ORDER | {"body": "hq", "1-action": "کار ویژه", "1-helpers": "بنیاد مسکن", "1-words": "به زودی"} | wrong
    answer = sign_in("secretary").post("/orders/new/", typed)
    html = answer.content.decode()
    assert answer.status_code == 422 and "کار ویژه" in html and 'value="بنیاد مسکن"' in html
    fault = re.search(r'class="fault"[^>]*>([^<]+)<', html)
    assert fault and (sentence in fault[1] or "۱۳۹۸/۰۸/۱۵" in fault[1]), fault
    assert html.count('class="fault"') == 1 and 'aria-invalid="true"' in html
    assert not Order.objects.exists()


def test_all_that_is_wrong_is_said_at_once(sign_in: SignIn) -> None:
    fields = ORDER | {"row": ["1", "2"], "1-lead": "هیچ‌کس", "1-action": "کار", "2-action": "کار", "2-day": "فردا"}
    html = sign_in("secretary").post("/orders/new/", fields).content.decode()
    assert html.count('class="fault"') == 2


def test_an_unknown_lead_may_stay_words(sign_in: SignIn) -> None:
    client = sign_in("secretary")
    refused = client.post("/orders/new/", ORDER | {"1-lead": "دستگاه ناشناس"}).content.decode()
    assert 'name="1-lead-words" value="دستگاه ناشناس"' in refused
    post(client, **{"1-lead": "دستگاه ناشناس", "1-lead-words": "دستگاه ناشناس"})
    debt = Obligation.objects.get()
    assert (debt.lead, debt.lead_text, debt.state) == (None, "دستگاه ناشناس", "unsettled")


def test_a_pasted_paragraph_fills_the_fields_and_two_duties_give_two_debts(world: Personas, sign_in: SignIn) -> None:
    client = sign_in("secretary")
    page = client.post("/orders/new/", ORDER | {"text": PARAGRAPH, "do": "read"}).content.decode()
    assert not Order.objects.exists() and page.count('name="row"') == 2
    fields = hidden_fields(page, "/orders/new/")
    assert fields["1-lead-is"] == str(world.parties["roads"].pk)
    assert fields["2-lead-is"] == str(world.parties["agriculture"].pk)
    assert f'name="1-helpers-is" value="{world.parties["housing"].pk}" checked' in page
    assert 'value="۱۳۹۸/۰۸/۱۵"' in page and 'value="۱۳۹۸/۰۸/۰۴"' in page  # 15 days after the order's own day
    assert "یکی از نام‌های آن" in page  # how sure it is


def test_what_is_not_certain_is_a_gap_with_those_whom_it_may_mean(world: Personas, sign_in: SignIn) -> None:
    text = "مقرر شد سازمان جهاد کشاورزی زنجان گزارش را ارائه نماید."
    page = sign_in("secretary").post("/orders/new/", ORDER | {"text": text, "do": "read"}).content.decode()
    fields = hidden_fields(page, "/orders/new/")
    assert "1-lead-is" not in fields and "جهاد کشاورزی" in fields["1-lead-text"]
    assert f'type="radio" name="1-lead-is" value="{world.parties["agriculture"].pk}"' in page


@pytest.mark.parametrize("text", ["", "سلام", "\x00\x00", "<script>alert(1)</script>", "۱" * 3000])
def test_a_text_that_orders_nothing_leaves_the_fields(sign_in: SignIn, text: str) -> None:
    answer = sign_in("secretary").post("/orders/new/", ORDER | {"text": text, "do": "read", "1-action": "مانده"})
    assert answer.status_code == 200 and "<script>alert" not in answer.content.decode()


def test_a_reader_that_does_not_answer_is_no_fault_of_the_form(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paragraphs, "SECONDS", 0.01)
    answer = sign_in("secretary").post("/orders/new/", ORDER | {"text": PARAGRAPH, "do": "read", "1-action": "مانده"})
    assert answer.status_code == 200 and "مانده" in answer.content.decode()


def test_a_resolution_makes_its_meeting(world: Personas, sign_in: SignIn) -> None:
    post(sign_in("secretary"), way="meeting", number="۴۰", item="۳", **{"1-lead": "راه و شهرسازی"})
    meeting = Meeting.objects.get()
    assert meeting.bodies.get().number == 40 and Resolution.objects.get().code == f"{meeting.code}/3"
    page = sign_in("secretary").get(f"/m/{meeting.code}/")
    assert page.status_code == 200 and "مسیر آسفالت شود" in page.content.decode()


def test_a_meeting_on_record_is_chosen_by_number_or_day(world: Personas, sign_in: SignIn) -> None:
    meeting = builders.meeting(world)
    client = sign_in("secretary")
    for words in ("۱۱", "1398/07/17", "ستاد فرماندهی"):
        found = client.get("/orders/meetings/", {"words": words}).json()["found"]
        assert [one["key"] for one in found] == [meeting.pk], words
    post(client, way="meeting", meeting="1398/07/17", number="", day="")
    assert Resolution.objects.filter(meeting=meeting, text="مسیر آسفالت شود").exists()


def test_meetings_of_others_are_not_completed(world: Personas, sign_in: SignIn) -> None:
    builders.meeting(world)
    assert sign_in("other_secretary").get("/orders/meetings/", {"words": "۱۱"}).json() == {"found": []}


def test_the_number_comes_later_with_an_event(world: Personas, sign_in: SignIn) -> None:
    client = sign_in("secretary")
    post(client, number="")
    debt, order = Obligation.objects.get(), Order.objects.get()
    page = client.get(f"/o/{debt.code}/").content.decode()
    address = f"/orders/{order.pk}/number/"
    assert "بی‌شماره" in page and client.post(address, {"number": " ", "next": f"/o/{debt.code}/"}).status_code == 422
    client.post(address, hidden_fields(page, address) | {"number": "۴۵۶"})
    page = client.get(f"/o/{debt.code}/").content.decode()
    assert "۴۵۶" in page and "شماره داده شد" in page
    assert Event.objects.filter(verb="obligations.set_order_number").count() == 1


def test_the_desk_and_the_register_lead_there_for_those_who_record(sign_in: SignIn) -> None:
    for persona, leads in {"secretary": True, "county": True, "staff": False, "officer": False}.items():
        for address in ("/", "/register/"):
            page = sign_in(persona).get(address).content.decode()
            assert ('data-key="n"' in page) is leads, (persona, address)


def test_a_resolution_by_hand_and_its_history_have_a_page(world: Personas, sign_in: SignIn) -> None:
    resolution, _debts = record_resolution(
        by=world.secretary, body=world.bodies["hq"], number=40, day=builders.SESSION_11, text="گزارش تهیه شود"
    )
    page = sign_in("secretary").get(f"/r/{resolution.code}/").content.decode()
    assert "مصوبه دستی ثبت شد" in page and "گزارش تهیه شود" in page


def test_nul_is_taken_out_of_whatever_a_form_sends(sign_in: SignIn) -> None:
    client = sign_in("secretary")
    post(client, text="مسیر\x00 آسفالت شود", **{"1-lead": "\x00راه و شهرسازی", "number": "\x00۱۲"})
    debt = Obligation.objects.get()
    assert (debt.action, Order.objects.get().number) == ("مسیر آسفالت شود", "۱۲")
    assert client.post(f"/debts/{debt.pk}/cancel/", {"reason": "تکرار\x00ی"}).status_code == 302
    assert "تکراری" in client.get(f"/o/{debt.code}/").content.decode()
