"""Files handed out: to be saved, and not shown by the browser itself, whatever they hold; only a picture within our own
pages is."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from dabir.foundation import files
from dabir.foundation.errors import Missing
from dabir.foundation.models import StoredFile
from dabir.foundation.small_pictures import small_of


def under(name: str) -> str:
    """The header that names what is to be saved; Chromium would write “_” for a zero-width non-joiner in it."""
    return content_disposition_header(True, name.replace("\u200c", " ")) or "attachment"


def attachment(file: StoredFile, name: str) -> HttpResponse:
    """A stored file under the name that its papers know it by."""
    return saved(files.get(file), name)


def picture(file: StoredFile) -> HttpResponse:
    """A stored JPEG or PNG, small and drawn anew, to be shown; `Missing` where the bytes are none."""
    data = small_of(file)
    if not data:
        raise Missing(_("There is no such page."))
    response = HttpResponse(data, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def saved(data: bytes, name: str) -> HttpResponse:
    """Bytes to be saved under a name."""
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = under(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
