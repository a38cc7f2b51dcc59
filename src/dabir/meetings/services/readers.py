"""The class of what is said in a meeting, and who may read a meeting above the normal class."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dabir.directory.models import Post
from dabir.foundation import ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import Dissent, Meeting, NamedReader, Statement


def classify_statement(statement: Statement, secrecy: SecrecyClass, *, by: Acting) -> Statement:
    """Say a statement's class; above normal it is left out of the public version of the minutes."""
    require(by, "meetings.classify_statement", statement.meeting)
    with ledger.change("meetings.classify_statement", by=by, on=statement.meeting, statement=statement.order) as change:
        change.update(statement, secrecy=secrecy)
    return statement


def classify_dissent(dissent: Dissent, secrecy: SecrecyClass, *, by: Acting) -> Dissent:
    """Say a dissent's class; above normal the public version of the minutes tells that there is one, and no more."""
    require(by, "meetings.classify_dissent", dissent.meeting)
    with ledger.change("meetings.classify_dissent", by=by, on=dissent.meeting) as change:
        change.update(dissent, secrecy=secrecy)
    return dissent


def name_reader(meeting: Meeting, post: Post, *, by: Acting) -> NamedReader:
    """Let a post's holders read a meeting above the normal class."""
    require(by, "meetings.name_reader", meeting)
    with ledger.change("meetings.name_reader", by=by, on=meeting) as change:
        if existing := meeting.readers.filter(post=post).first():
            raise Conflict(_("This post may read it already."), existing=existing)
        return change.create(NamedReader(meeting=meeting, post=post))


def remove_reader(meeting: Meeting, reader: NamedReader, *, by: Acting) -> None:
    """Take that leave back."""
    require(by, "meetings.remove_reader", meeting)
    with ledger.change("meetings.remove_reader", by=by, on=meeting) as change:
        change.delete(reader)
