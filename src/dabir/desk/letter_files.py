"""Files of letters, for whoever may see the letter: enclosures, the scan of one that came in, and of receipts."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dabir.desk.acting import DeskRequest
from dabir.desk.downloads import attachment, saved
from dabir.desk.letters import found, sees_receipts
from dabir.foundation import files
from dabir.foundation.access import get_visible
from dabir.foundation.errors import Missing
from dabir.foundation.models import StoredFile
from dabir.letters.models import Enclosure, Recipient


@require_GET
def enclosure(request: DeskRequest, pk: int) -> HttpResponse:
    one = get_visible(Enclosure.objects.filter(letter__in=found(request), file__isnull=False), pk=pk)
    assert one.file is not None
    return attachment(one.file, one.text)


@require_GET
def scan(request: DeskRequest, pk: int) -> HttpResponse:
    """Of a letter that came in."""
    letter = get_visible(found(request).filter(scan__isnull=False).select_related("scan"), pk=pk)
    assert letter.scan is not None
    return _scan(letter.scan, f"letter-{letter.pk}")


@require_GET
def receipt(request: DeskRequest, pk: int) -> HttpResponse:
    """The signed copy that came back, for those who send the letter and those who see all."""
    rows = Recipient.objects.filter(letter__in=found(request), scan__isnull=False).select_related("letter", "scan")
    one = get_visible(rows, pk=pk)
    if not sees_receipts(request.acting, one.letter) or one.scan is None:
        raise Missing(_("There is no such page."))
    return _scan(one.scan, f"receipt-{one.letter.number or one.letter.pk}".replace("/", "_"))


def _scan(file: StoredFile, name: str) -> HttpResponse:
    data = files.get(file)
    return saved(data, f"{name}.{files.ending_of(data)}")
