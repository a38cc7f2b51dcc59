"""Which letters may be seen."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from dabir.foundation.acting import Acting, Function
from dabir.foundation.secrecy import KEEPERS, SecrecyClass
from dabir.letters.models import Letter, LetterState, Recipient


def visible_to(by: Acting) -> QuerySet[Letter]:
    """Normal letters: governor, auditor and operator all, a secretariat those of its bodies, and whoever acts for a
    recipient what has been sent to it: a letter with a number. Above normal: the secretary, the body's chair, and the
    recipient's head."""
    letters = Letter.objects.all()
    if by.operator:
        return letters
    if by.sees_nothing:
        return letters.none()
    normal, own = Q(secrecy=SecrecyClass.NORMAL), Q(body__in=by.secretariats)
    sent = Q(state=LetterState.NUMBERED)
    received = sent & Q(Exists(Recipient.objects.filter(letter=OuterRef("pk"), party__in=by.parties)))
    visible = normal & received | normal & own | Q(body__in=by.chaired)
    if by.sees_all:
        visible |= normal
    if by.function in KEEPERS:
        visible |= own
    if by.function == Function.HEAD:
        visible |= received
    return letters.filter(visible)
