"""Coming in by an invitation: a mobile number and the code of the letter that belong together, then a password.

Nobody is signed in here, so there is no `by`; what opens the door is the code. Whoever guesses is told one sentence for
whatever is wrong, and after a few attempts, from one number or one address, nothing for an hour. A new code from the
secretariat lets its number try again at once.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from dabir.directory import codes
from dabir.directory import parts as directory
from dabir.directory.models import Invitation, WrongCode
from dabir.foundation import accounts, ledger
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.models import User
from dabir.foundation.prepared import fresh
from dabir.persian import clock

WINDOW = timedelta(hours=1)
MOST_OF_NUMBER = 5
MOST_OF_ADDRESS = 30
"""An office may share one address."""


class TooManyTries(Invalid):
    """Whoever this is has to wait."""


def find_invitation(mobile: str, code: str, *, address: str | None) -> Invitation:
    """The open invitation of this number and this code, as somebody typed them at `address`.

    `Invalid` with one sentence whichever of them is wrong, `TooManyTries` without a look at them, and `Conflict` where
    both are right but the code is used, revoked or over.
    """
    number, code = _number(mobile), codes.typed(code)
    _refuse_guessing(number, address)  # before anything is locked
    with ledger.standstill():
        _refuse_guessing(number, address)
        digest = codes.digest(number, code)
        found = Invitation.objects.select_related("post__party__parent", "body__party").filter(digest=digest).first()
        if found is None or not number:
            directory.note_wrong_code(number, address)
    if found is None or not number:
        raise Invalid(_("This mobile number and this code do not belong together. Look at both again."))
    _refuse_closed(found)
    return found


def join(invitation: Invitation, *, name: str, password: str) -> User:
    """Whoever found the invitation comes in: see `directory.parts.use_invitation`. Once; `Conflict` for the second."""
    user = accounts.with_password(f"m{invitation.mobile}", invitation.mobile, password)
    with ledger.standstill():
        now = fresh(invitation, "post__party", "person")
        _refuse_closed(now)
        return directory.use_invitation(now, name, user)


def _number(text: str) -> str:
    try:
        return accounts.clean_mobile(text)
    except Invalid:
        return ""


def _refuse_guessing(number: str, address: str | None) -> None:
    since = clock.now() - WINDOW
    wrong = WrongCode.objects.filter(at__gt=since)
    newest = Invitation.objects.filter(mobile=number, issued_at__gt=since).order_by("-issued_at").first()
    of_number = wrong.filter(mobile=number, at__gt=newest.issued_at) if newest else wrong.filter(mobile=number)
    guessed = bool(number) and of_number.count() >= MOST_OF_NUMBER
    if guessed or wrong.filter(address=address).count() >= MOST_OF_ADDRESS:
        raise TooManyTries(_("Too many wrong attempts. Wait an hour, or ask the secretariat for a new letter."))


def _refuse_closed(invitation: Invitation) -> None:
    if invitation.used_at:
        raise Conflict(_("This code has been used. Sign in with the mobile number and your password."))
    if invitation.revoked_at or invitation.expires_at <= clock.now():
        raise Conflict(_("This code is no longer valid. Ask the secretariat for a new letter."))
