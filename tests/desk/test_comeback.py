"""A refused form comes back on its page with all that was typed and the sentence beside its field."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.http import QueryDict

from dabir.desk.refill import refill
from dabir.meetings.models import Meeting, Point
from dabir.obligations.models import Obligation
from tests.desk.conftest import SignIn
from tests.forms import hidden_fields

NASTY = "\"><script>alert(1)</script> & 'x' </textarea>\nخط دوم"


def test_what_was_typed_comes_back_with_the_sentence_beside_its_field(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    point = Point.objects.get(meeting=meeting, number="۸")
    page, address = f"/m/{meeting.code}/?promote={point.pk}", f"/points/{point.pk}/promote/"
    typed = {"action": NASTY, "lead": "راه و شهرسازی", "day": "فردا"}
    answer = client.post(address, typed, headers={"Referer": f"http://testserver{page}"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert unescape(re.search(r'<textarea[^>]*name="action"[^>]*>(.*?)</textarea>', html, re.S)[1]) == "\n" + NASTY  # type: ignore[index]
    assert 'value="راه و شهرسازی"' in html and "<script>alert" not in html
    field = re.search(r'<input[^>]*name="day"[^>]*>', html)
    assert field and 'aria-invalid="true"' in field[0] and "autofocus" in field[0] and 'value="فردا"' in field[0]
    assert field.start() < html.index('class="fault"') < html.index("<button", html.index("</output>", field.start()))
    assert f'<meta name="page-address" content="{page}">' in html
    assert not Obligation.objects.filter(point=point).exists()


def test_the_form_that_was_sent_is_filled_and_no_other(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    debts = Obligation.objects.filter(resolution__number="۲", parent=None, due_day=None)
    page = f"/r/{meeting.code}/2/"
    answer = client.post(
        f"/debts/{debts[0].pk}/cancel/", {"reason": "", "next": page}, headers={"Referer": f"http://testserver{page}"}
    ).content.decode()
    assert answer.count('class="fault"') == 1
    form = answer[: answer.index('class="fault"')].rindex("<form")
    assert f"/debts/{debts[0].pk}/cancel/" in answer[form : form + 200]
    assert re.search(r'<details class="more" open>\s*<summary>', answer[:form])  # or nobody would see it


def test_a_name_of_several_parties_comes_back_with_them(sign_in: SignIn, meeting: Meeting) -> None:
    client = sign_in("secretary")
    gap, page = Obligation.objects.get(resolution__number="۴"), f"/r/{meeting.code}/4/"
    answer = client.post(f"/debts/{gap.pk}/settle/", {"lead": "شهرستان ایجرود", "next": page})
    html = answer.content.decode()
    keys = re.findall(r'type="radio" name="lead-is" value="(\d+)"', html)
    assert answer.status_code == 422 and len(keys) > 1
    form = hidden_fields(html, f"/debts/{gap.pk}/settle/")
    assert (
        client.post(f"/debts/{gap.pk}/settle/", form | {"lead": "شهرستان ایجرود", "lead-is": keys[0]}).status_code
        == 302
    )
    gap.refresh_from_db()
    assert str(gap.lead_id) == keys[0]


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/", "http://testserver/no/such/page/", "//x"])
def test_without_a_page_of_ours_the_refusal_has_its_own(sign_in: SignIn, meeting: Meeting, referer: str) -> None:
    gap = Obligation.objects.get(resolution__number="۴")
    answer = sign_in("secretary").post(f"/debts/{gap.pk}/settle/", {"lead": "هیچ‌کس"}, headers={"Referer": referer})
    assert answer.status_code == 422 and 'class="refusal"' in answer.content.decode()


def test_a_page_that_its_reader_may_not_see_is_not_drawn(sign_in: SignIn, meeting: Meeting) -> None:
    answer = sign_in("outsider").post("/debts/release/", {"debt": "1", "next": f"/m/{meeting.code}/"})
    assert answer.status_code == 404 and meeting.title not in answer.content.decode()


FORM = """<details class="more"><form action="/a/" method="post"><input type="hidden" name="k" value="1">
<input name="x" value="old" autofocus><input type="checkbox" name="c" value="1" checked><input type="radio" name="r"
 value="a" checked><input type="radio" name="r" value="b"><select name="s"><option value="1" selected>1</option><option
 value="2">2</option></select><textarea name="t">old</textarea><input name="x"><input type="password" name="p"></form>
</details><form action="/a/" method="post"><input type="hidden" name="k" value="2"><input name="x"></form>"""


def refilled(at: str | None, **posted: list[str]) -> str:
    data = QueryDict(mutable=True)
    for name, values in posted.items():
        data.setlist(name, values)
    html = refill(FORM, action="/a/", page="/", posted=data, sentence="<چرا>", at=at)
    assert html is not None
    return html


def test_every_kind_of_field_is_filled() -> None:
    html = refilled("s", k=["1"], x=["یک", "دو"], r=["b"], s=["2"], t=["<متن>"], p=["راز"])
    assert 'name="x" value="یک"' in html and 'name="x" value="دو"' in html
    assert "checked" not in re.search(r'<input type="checkbox"[^>]*>', html)[0]  # type: ignore[index]
    assert re.search(r'value="b" checked', html) and not re.search(r'value="a" checked', html)
    assert re.search(r'value="2" selected', html) and not re.search(r'value="1" selected', html)
    assert "&lt;متن&gt;</textarea>" in html and "راز" not in html
    assert '</select><p class="fault" role="alert" id="refusal">&lt;چرا&gt;</p>' in html
    assert html.count("autofocus") == 1 and html.startswith('<details class="more" open>')


FOLDS = """<form action="/a/" method="post"><input name="x"><details class="outer"><details class="inner">
<input name="y"></details></details><details class="other"><input name="z"></details></form>"""


@pytest.mark.parametrize(("at", "opened"), [("x", []), ("y", ["outer", "inner"]), ("z", ["other"]), (None, [])])
def test_the_folds_around_the_field_at_fault_open_and_no_others(at: str | None, opened: list[str]) -> None:
    html = refill(FOLDS, action="/a/", page="/", posted=QueryDict("x=1&y=2&z=3"), sentence="چرا", at=at)
    assert html and re.findall(r'<details class="(\w+)" open>', html) == opened
    assert html.count("autofocus") == (at is not None)


def test_the_hidden_values_say_which_of_two_forms_it_is() -> None:
    html = refilled(None, k=["2"], x=["یک"])
    assert html.index("یک") > html.index("</details>") and html.count('class="fault"') == 1
    assert 'value="old"' in html


def test_a_page_without_the_form_is_left_alone() -> None:
    assert refill(FORM, action="/b/", page="/", posted=QueryDict("x=1"), sentence="", at=None) is None
