"""What no letter can be, the words of a body, and who signs."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from dabir.cycle import inviting
from dabir.cycle.inviting import Guest
from dabir.foundation import ledger
from dabir.foundation.errors import Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters import services, wordings
from dabir.letters.documents import BASMALA, Look, look_of, sheet_of, signers_of
from dabir.letters.models import Letter, Letterhead, LetterKind, Wording
from dabir.letters.parts import Addressee, write_letter
from dabir.letters.wordings import Words
from dabir.persian.jalali import to_gregorian
from dabir.writing.letters import reference_lines
from tests.personas import Personas

DAY = to_gregorian(1398, 7, 19)


@pytest.fixture
def letters(world: Personas) -> list[Letter]:
    guests = [Guest(world.parties["housing"], "09121110001"), Guest(world.parties["agriculture"], "09121110002")]
    return [made.letter for made in inviting.invite(guests, by=world.secretary, body=world.bodies["hq"])]


@pytest.mark.parametrize("values", [
    {"number": "1"}, {"dated": DAY}, {"state": "numbered"}, {"number": "1", "dated": DAY}, {"invitation": None},
    {"number": "ي", "dated": DAY, "state": "numbered"}, {"state": "received"}, {"registered_on": DAY},
    {"sender_name": "کسی"}, {"registered_as": "۱"},
])  # fmt: skip
def test_the_database_refuses_what_no_letter_can_be(letters: list[Letter], values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        query = Letter.objects.filter(pk=letters[0].pk)
        if values.get("number") == "ي":  # past the field, which would write it canonically
            from django.db import connection

            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE letters_letter SET number = %s, dated = %s, state = 'numbered' WHERE id = %s",
                    ["ي", DAY, letters[0].pk],
                )
        else:
            query.update(**values)


def test_a_body_words_its_own_letters(world: Personas) -> None:
    hq, committee = world.bodies["hq"], world.bodies["committee"]
    text = "به {دستگاه}\n\n  تا {مهلت}\u202e "
    services.set_wording(by=world.secretary, body=hq, kind=LetterKind.COVERING, subject="دعوت از {سمت}", text=text)
    assert wordings.words_of(hq, LetterKind.COVERING) == wordings.Words("دعوت از {سمت}", "به {دستگاه}\nتا {مهلت}")
    assert wordings.words_of(committee, LetterKind.COVERING) == wordings.OURS[LetterKind.COVERING]
    (made,) = inviting.invite([Guest(world.parties["housing"], "09121110001")], by=world.secretary, body=hq)
    assert made.letter.text == f"به {world.parties['housing'].name}\nتا ۱۳۹۸/۰۸/۲۰"


@pytest.mark.parametrize(("subject", "text"), [
    ("", "متن"), ("موضوع", " \n "), ("موضوع", "{کسی}"), ("{0.__class__}", "متن"), ("ب" * 151, "متن"), ("ب", "ب" * 2001),
])  # fmt: skip
def test_words_that_no_letter_can_have_are_refused(world: Personas, subject: str, text: str) -> None:
    with pytest.raises(Invalid):
        services.set_wording(
            by=world.secretary, body=world.bodies["hq"], kind=LetterKind.COVERING, subject=subject, text=text
        )
    assert not Wording.objects.exists()


def test_our_own_words_are_not_stored_as_the_bodys(world: Personas) -> None:
    ours = wordings.OURS[LetterKind.COVERING]
    services.set_wording(
        by=world.secretary, body=world.bodies["hq"], kind=LetterKind.COVERING, subject=ours.subject, text=ours.text
    )
    assert not Wording.objects.exists()


def test_a_place_is_filled_and_what_stands_in_it_is_not_filled_again() -> None:
    words = wordings.filled(wordings.Words("{سمت}", "{دستگاه}"), {"سمت": "{دستگاه}", "دستگاه": "نام"})
    assert words == wordings.Words("{دستگاه}", "نام")


def test_a_body_has_a_letterhead_and_what_is_empty_is_ours(world: Personas) -> None:
    hq = world.bodies["hq"]
    values = {"heading": " استانداری \n\nدبیرخانه\u202e ", "signer": "مریم نمونه", "font": "B Zar", "footer": "نشانی"}
    services.set_letterhead(by=world.secretary, body=hq, values=values)
    look = look_of(hq)
    assert look == Look(BASMALA, "استانداری\nدبیرخانه", ("مریم نمونه",), "B Zar", "نشانی")
    services.set_letterhead(by=world.admin, body=hq, values={})
    assert look_of(hq) == Look(BASMALA, hq.party.name, signers_of(hq))
    assert Letterhead.objects.count() == 1 and not list(ledger.audit())


@pytest.mark.parametrize("values", [
    {"heading": "\n".join("abcdef")}, {"heading": "س" * 301}, {"font": 'x"><w:b/>'}, {"signer_post": "دبیر"},
])  # fmt: skip
def test_a_letterhead_that_no_paper_can_have_is_refused(world: Personas, values: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        services.set_letterhead(by=world.secretary, body=world.bodies["hq"], values=values)


def test_a_sheet_parts_recipients_from_copies_and_leaves_open_what_is_not_known(world: Personas) -> None:
    to = [Addressee(world.parties["housing"]), Addressee(world.parties["roads"], is_copy=True)]
    letter = write_letter(
        Words("موضوع 2", "متن"),
        by=world.secretary,
        body=world.bodies["hq"],
        kind=LetterKind.OTHER,
        to=to,
        secrecy=SecrecyClass.CONFIDENTIAL,
        enclosures=["صورتجلسه 11"],
    )
    sheet = sheet_of(letter)
    assert (sheet.to, sheet.copies) == ((world.parties["housing"].name,), (world.parties["roads"].name,))
    assert (sheet.number, sheet.day, sheet.marks) == ("", "", ("محرمانه",))
    assert (sheet.subject, sheet.enclosures) == ("موضوع ۲", ("صورتجلسه ۱۱",))
    assert "None" not in repr(reference_lines(sheet))


def test_who_signs_is_told_by_the_directory(world: Personas) -> None:
    hq = world.bodies["hq"]
    assert signers_of(hq) == ("نمونه secretary", "سمت secretary", f"دبیرخانه {hq.party.name}")
    assert signers_of(world.bodies["committee"])[-1] == f"دبیرخانه {world.bodies['committee'].party.name}"
