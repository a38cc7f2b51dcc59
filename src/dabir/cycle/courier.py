"""Courier forms: what goes with a letter to an agency without an account, with an id that only this register can make.

The id is the extract's key and a check over it, the letter and the debt's code: one that was changed, or made
elsewhere, is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hmac import compare_digest

from django.db.models import prefetch_related_objects
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from dabir.cycle.extract_text import until
from dabir.directory.codes import ALPHABET
from dabir.foundation.secrecy import SecrecyClass
from dabir.letters.models import Letter, Recipient
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


def forms_of(letters: Sequence[Letter], leads: set[int] | None = None) -> list[tuple[str, CourierForm]]:
    """The form of each letter for each of its debtors, or for these alone, with the name that it is saved under: the
    debtor's, and the letter's. None where a letter tells of nothing that a recipient owes. A bounded number of queries.
    """
    prefetch_related_objects(letters, "body__party")
    told: dict[tuple[int, int | None], list[Extract]] = {}
    for extract in Extract.objects.filter(letter__in=letters).select_related("obligation").order_by("id"):
        told.setdefault((extract.letter_id, extract.obligation.lead_id), []).append(extract)
    to: dict[int, list[Recipient]] = {}
    recipients = Recipient.objects.filter(letter__in=letters, is_copy=False)
    for recipient in recipients.select_related("party").order_by("id"):
        to.setdefault(recipient.letter_id, []).append(recipient)
    return [
        (f"{recipient.party.name} {letter.pk}", _form(letter, recipient, extracts))
        for letter in letters
        for recipient in to.get(letter.pk, ())
        if leads is None or recipient.party_id in leads
        if (extracts := told.get((letter.pk, recipient.party_id)))
    ]


def _form(letter: Letter, recipient: Recipient, extracts: Iterable[Extract]) -> CourierForm:
    number, day = (to_persian(letter.number), jalali.format_day(letter.dated)) if letter.dated else (BLANK, BLANK)
    debts = [(key_of(extract), extract.obligation) for extract in extracts]
    return CourierForm(
        heads=(
            f"{letter.body.party.name} به {recipient}",
            f"نامه شماره {number} مورخ {day}: {to_persian(letter.subject)}",
        ),
        rows=tuple(FormRow(key, debt.code, to_persian(debt.action), until(debt)) for key, debt in debts),
        marks=_class_of(letter),
    )


def _class_of(letter: Letter) -> tuple[str, ...]:
    with override("fa"):
        secrecy = SecrecyClass(letter.secrecy)
        return (str(secrecy.label),) if secrecy != SecrecyClass.NORMAL else ()


def _plain(text: str) -> str:
    return "".join(to_ascii(text[:60]).upper().split())


def _check(extract: Extract) -> str:
    return check_over("dabir.cycle.courier", f"{extract.pk}:{extract.letter_id}:{extract.obligation.code}")


def check_over(salt: str, said: str) -> str:
    """Eight signs that this installation alone can make."""
    digest = salted_hmac(salt, said, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:8])
