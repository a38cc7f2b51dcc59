"""An agency answers to the communication of its debt."""

from __future__ import annotations

import pytest

from dabir.cycle.communicating import number_letters
from dabir.cycle.extracts import communicate
from dabir.foundation import ledger
from dabir.foundation.errors import Invalid, Refused
from dabir.letters.models import Way
from dabir.letters.numbering import Numbered
from dabir.obligations import services
from dabir.obligations.models import Obligation, ReplyKind
from dabir.obligations.replies import Answer
from dabir.persian.jalali import to_gregorian
from tests import builders
from tests.personas import Personas


@pytest.fixture
def debt(world: Personas) -> Obligation:
    """That of the consultants, communicated."""
    meeting = builders.meeting(world)
    owed = Obligation.objects.get(code="hq-1398-11/3.1")
    (letter,) = communicate(meeting, by=world.secretary, debts=[owed.pk])
    number_letters([Numbered(letter, "۷", to_gregorian(1398, 7, 19))], by=world.staff, way=Way.COURIER)
    return Obligation.objects.get(pk=owed.pk)


def test_the_first_acknowledgement_counts_and_the_same_again_changes_nothing(world: Personas, debt: Obligation) -> None:
    answer = Answer.of("acknowledged", remark="در دست اقدام")
    assert services.acknowledge(debt, by=world.consultant, answer=answer)
    head = ledger.head()
    assert not services.acknowledge(debt, by=world.consultant, answer=answer)
    debt.refresh_from_db()
    assert debt.acknowledged_at and debt.replies.count() == 1 and ledger.head() == head
    assert not list(ledger.audit())


def test_an_objection_is_kept_and_acknowledges_nothing(world: Personas, debt: Obligation) -> None:
    services.acknowledge(debt, by=world.consultant, answer=Answer.of("objection", "مهلت کوتاه است\u202e<script>"))
    debt.refresh_from_db()
    reply = debt.replies.get()
    assert (reply.kind, reply.text, debt.acknowledged_at) == (ReplyKind.OBJECTION, "مهلت کوتاه است <script>", None)


@pytest.mark.parametrize(("kind", "text"), [("objection", " "), ("maybe", "x"), ("", ""), ("objection", "ا" * 2_001)])
def test_an_answer_that_can_be_none_is_refused(kind: str, text: str) -> None:
    with pytest.raises(Invalid):
        Answer.of(kind, text)


def test_others_and_what_is_not_communicated_are_refused(world: Personas, debt: Obligation) -> None:
    for by in (world.officer, world.head, world.secretary, world.auditor):
        with pytest.raises(Refused):
            services.acknowledge(debt, by=by, answer=Answer.of("acknowledged"))
    other = Obligation.objects.get(code="hq-1398-11/7.1")
    services.release([other], by=world.secretary)
    with pytest.raises(Invalid):
        services.acknowledge(other, by=world.operator, answer=Answer.of("acknowledged"))
