"""Courier forms: what goes with a letter to an agency without an account, with an id that only this register can make.

The id is the extract's key and a check over it, the letter and the debt's code: one that was changed, or made
elsewhere, is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hmac import compare_digest

from django.utils.crypto import salted_hmac
from django.utils.translation import override

from dabir.cycle.extract_text import until
from dabir.directory.codes import ALPHABET
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter
from dabir.obligations.models import Extract
from dabir.persian import jalali
from dabir.persian.digits import to_ascii, to_persian
from dabir.writing.courier import CourierForm, FormRow

_KEY = re.compile(r"(\d{1,12})-([A-Z2-9]{4})-?([A-Z2-9]{4})")
BLANK = "…………"


def key_of(extract: Extract) -> str:
    """`123-XXXX-XXXX`."""
    check = _check(extract)
    return f"{extract.pk}-{check[:4]}-{check[4:]}"


def number_in_key(text: str) -> int | None:
    """The extract's key that an id names, whatever its check; None for what is no id."""
    found = _KEY.fullmatch(_plain(text))
    return int(found[1]) if found else None


def is_key_of(text: str, extract: Extract) -> bool:
    found = _KEY.fullmatch(_plain(text))
    return found is not None and compare_digest(found[2] + found[3], _check(extract))


def form_of(letter: Letter, lead: int) -> CourierForm | None:
    """The form of a letter for one of its debtors, by the party's key; None where it tells of nothing that it owes."""
    extracts = letter.extracts.filter(obligation__lead=lead).order_by("id")
    rows = tuple(
        FormRow(key_of(extract), extract.obligation.code, to_persian(extract.obligation.action), until(debt))
        for extract in extracts.select_related("obligation")
        for debt in [extract.obligation]
    )
    if not rows:
        return None
    recipient = letter.recipients.filter(party=lead).first()
    number, day = (to_persian(letter.number), jalali.format_day(letter.dated)) if letter.dated else (BLANK, BLANK)
    with override("fa"):
        secrecy = SecrecyClass(letter.secrecy)
        marks = (str(secrecy.label),) if secrecy != SecrecyClass.NORMAL else ()
    return CourierForm(
        heads=(
            f"{letter.body.party.name} به {recipient or ''}",
            f"نامه شماره {number} مورخ {day}: {to_persian(letter.subject)}",
        ),
        rows=rows,
        marks=marks,
    )


def forms_of(letters: Iterable[Letter], leads: set[int] | None = None) -> list[tuple[str, CourierForm]]:
    """Each form with the name that it is saved under: the debtor's, and the letter's; of these debtors alone."""
    found = []
    for letter in letters:
        for recipient in letter.recipients.filter(is_copy=False).select_related("party"):
            if leads is None or recipient.party_id in leads:
                form = form_of(letter, recipient.party_id)
                if form:
                    found.append((f"{recipient.party.name} {letter.pk}", form))
    return found


def _plain(text: str) -> str:
    return "".join(to_ascii(text[:60]).upper().split())


def _check(extract: Extract) -> str:
    debt = extract.obligation
    said = f"{extract.pk}:{extract.letter_id}:{debt.code}"
    digest = salted_hmac("dabir.cycle.courier", said, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:8])
