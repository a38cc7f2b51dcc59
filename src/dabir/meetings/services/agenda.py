"""The agenda of a meeting while it is written: its items in their order, and the files that belong to them."""

from __future__ import annotations

from pathlib import PurePath

from django.db import OperationalError
from django.utils.translation import gettext as _

from dabir.directory.models import Party
from dabir.foundation import files, ledger
from dabir.foundation.access import require
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Conflict, Invalid
from dabir.foundation.secrecy import SecrecyClass
from dabir.meetings.models import AgendaItem, Attachment, Meeting, MeetingState

OPEN = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.HELD)
"""States in which an agenda can still be written: until the minutes stand."""
MOST_ITEMS, MOST_FILES = 60, 40
LONGEST_ITEM = 2_000
LARGEST_FILE = 10 * 1024 * 1024
SUFFIXES = frozenset(
    ".pdf .docx .doc .odt .rtf .txt .xlsx .xls .ods .csv .pptx .ppt .odp .jpg .jpeg .png .tif .tiff .webp .zip".split()
)


def add_item(
    meeting: Meeting,
    *,
    by: Acting,
    text: str,
    presenter: Party | None = None,
    presenter_text: str = "",
    minutes: int | None = None,
) -> AgendaItem:
    """One more item, the last one. Who presents it is a party, or words."""
    require(by, "meetings.add_item", meeting)
    text = _checked(text, minutes)
    with ledger.change("meetings.add_item", by=by, on=meeting) as change:
        _open(meeting)
        orders = list(meeting.agenda.values_list("order", flat=True))
        if len(orders) >= MOST_ITEMS:
            raise Invalid(_("An agenda has at most %(count)s items.") % {"count": MOST_ITEMS}, field="text")
        item = AgendaItem(meeting=meeting, order=max(orders, default=0) + 1, text=text, minutes=minutes)
        item.presenter, item.presenter_text = presenter, "" if presenter else presenter_text.strip()[:200]
        return change.create(item)


def edit_item(
    item: AgendaItem,
    *,
    by: Acting,
    text: str,
    presenter: Party | None = None,
    presenter_text: str = "",
    minutes: int | None = None,
) -> AgendaItem:
    """Other words, another presenter or another length."""
    require(by, "meetings.edit_item", item.meeting)
    text = _checked(text, minutes)
    with ledger.change("meetings.edit_item", by=by, on=item.meeting) as change:
        _open(item.meeting)
        said = "" if presenter else presenter_text.strip()[:200]
        change.update(item, text=text, presenter=presenter, presenter_text=said, minutes=minutes)
    return item


def move_item(item: AgendaItem, *, by: Acting, up: bool) -> None:
    """Change places with the item before it, or the one after it; nothing where there is none."""
    require(by, "meetings.move_item", item.meeting)
    with ledger.change("meetings.move_item", by=by, on=item.meeting) as change:
        _open(item.meeting)
        items = list(item.meeting.agenda.order_by("order", "id"))
        at = next((n for n, one in enumerate(items) if one.pk == item.pk), 0)
        other = at - 1 if up else at + 1
        if 0 <= other < len(items):
            items[at], items[other] = items[other], items[at]
            for order, one in enumerate(items, 1):
                change.update(one, order=order)


def remove_item(item: AgendaItem, *, by: Acting) -> None:
    """Take an item off the agenda; the ledger keeps its words, and its files stay with the meeting."""
    require(by, "meetings.remove_item", item.meeting)
    with ledger.change("meetings.remove_item", by=by, on=item.meeting, reason=item.text[:300]) as change:
        _open(item.meeting)
        for attachment in item.attachments.all():
            change.update(attachment, item=None)
        change.delete(item)


def attach_file(
    meeting: Meeting,
    data: bytes,
    *,
    by: Acting,
    name: str,
    item: AgendaItem | None = None,
    secrecy: SecrecyClass = SecrecyClass.NORMAL,
) -> Attachment:
    """A file of at most 10 MB with the meeting, or with one item of its agenda. Above the normal class those who are
    called do not see it, and it is left out of the public version."""
    require(by, "meetings.attach_file", meeting)
    name = files.shown_name(name)
    if item is not None and item.meeting_id != meeting.pk:
        raise Invalid(_("This item is of another meeting."), field="item")
    if not data:
        raise Invalid(_("“%(name)s” is empty.") % {"name": name}, field="file")
    if len(data) > LARGEST_FILE:
        raise Invalid(_("“%(name)s” is larger than 10 MB.") % {"name": name}, field="file")
    if PurePath(name).suffix.lower() not in SUFFIXES:
        raise Invalid(_("Give a document, a table, slides, a picture, a PDF or a ZIP."), field="file")
    try:
        files.put(data)
    except (OSError, OperationalError) as error:
        if not files.is_full(error):
            raise
        raise Invalid(_("The server's disk is full. Ask the administrator to make room."), field="file") from None
    with ledger.change("meetings.attach_file", by=by, on=meeting, file=name) as change:
        _open(meeting)
        if meeting.attachments.count() >= MOST_FILES:
            raise Invalid(_("A meeting has at most %(count)s files.") % {"count": MOST_FILES}, field="file")
        stored = files.register(change, data)
        if existing := meeting.attachments.filter(file=stored).first():
            raise Conflict(_("This very file is with the meeting already."), existing=existing)
        return change.create(Attachment(meeting=meeting, item=item, file=stored, name=name, secrecy=secrecy))


def detach_file(attachment: Attachment, *, by: Acting) -> None:
    """Take a file off the meeting; the ledger keeps which one it was."""
    require(by, "meetings.detach_file", attachment.meeting)
    facts = {"file": attachment.name, "sha256": attachment.file.sha256}
    with ledger.change("meetings.detach_file", by=by, on=attachment.meeting, **facts) as change:
        _open(attachment.meeting)
        change.delete(attachment)


def _checked(text: str, minutes: int | None) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST_ITEM:
        raise Invalid(_("Write what is to be talked about, in at most 2000 letters."), field="text")
    if minutes is not None and not 0 < minutes <= 600:
        raise Invalid(_("Write minutes between 1 and 600."), field="minutes")
    return text


def _open(meeting: Meeting) -> None:
    meeting.refresh_from_db(fields=["state"])
    if meeting.state not in OPEN:
        raise Invalid(_("The agenda of this meeting stands on record."))
