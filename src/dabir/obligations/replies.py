"""What an agency answers to a communication: that it has the debt, or what it objects to.

The first acknowledgement is the one that counts; an objection acknowledges nothing. The same answer again is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dabir.foundation import ledger
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.foundation.models import StoredFile
from dabir.foundation.prepared import fresh, of_one
from dabir.letters.wordings import tidy
from dabir.obligations.models import Obligation, Reply, ReplyKind
from dabir.persian import clock

LONGEST = 2_000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Answer:
    kind: ReplyKind
    text: str = ""
    remark: str = ""
    said_by: str = ""

    @classmethod
    def of(cls, kind: str, text: str = "", remark: str = "", said_by: str = "") -> Answer:
        """From what was typed; `Invalid` where it can be none."""
        if kind not in ReplyKind.values:
            raise Invalid(_("Say whether it is acknowledged or objected to."), field="kind")
        answer = cls(ReplyKind(kind), tidy(text), tidy(remark), tidy(said_by).replace("\n", " "))
        if answer.kind == ReplyKind.OBJECTION and not answer.text:
            raise Invalid(_("Say what is objected to."), field="text")
        for name, value in (("text", answer.text), ("remark", answer.remark)):
            if len(value) > LONGEST:
                raise Invalid(_("At most %(count)s letters.") % {"count": LONGEST}, field=name)
        if len(answer.said_by) > LONGEST_NAME:
            raise Invalid(_("At most %(count)s letters.") % {"count": LONGEST_NAME}, field="said_by")
        return answer

    def is_of(self, reply: Reply | None) -> bool:
        """Whether it says what that reply said."""
        said = (self.kind, self.text, self.remark, self.said_by)
        return reply is not None and said == (reply.kind, reply.text, reply.remark, reply.said_by)


def record(
    change: ledger.Change, debt: Obligation, answer: Answer, *, by: Acting, form: StoredFile | None = None
) -> bool:
    """Keep an answer; False, and nothing is written, where the debt's newest one says the same."""
    debt = fresh(debt)
    if debt.communicated_at is None and not debt.on_paper:
        raise Invalid(_("%(code)s has not been communicated yet.") % {"code": debt.code})
    if answer.is_of(_newest_of(debt)):
        return False
    now = clock.now()
    change.create(
        Reply(
            obligation=debt,
            kind=answer.kind,
            text=answer.text,
            remark=answer.remark,
            said_by=answer.said_by,
            form=form,
            at=now,
            recorded_by=by.name,
        )
    )
    if answer.kind == ReplyKind.ACKNOWLEDGED and debt.acknowledged_at is None:
        change.update(debt, acknowledged_at=now)
    if answer.text:
        change.facts["reason"] = answer.text[:200]
    return True


def _newest_of(debt: Obligation) -> Reply | None:
    return next(iter(of_one(_newest, key=debt.pk)), None)


def _newest(debts: tuple[int, ...]) -> QuerySet[Reply]:
    return Reply.objects.filter(obligation__in=debts).order_by("-id")[:1]
