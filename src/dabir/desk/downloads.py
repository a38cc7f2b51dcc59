"""Files handed out: always to be saved, never shown by the browser itself, whatever they hold."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from dabir.foundation import files
from dabir.foundation.models import StoredFile


def under(name: str) -> str:
    """The header that names what is to be saved; Chromium would write “_” for a zero-width non-joiner in it."""
    return content_disposition_header(True, name.replace("\u200c", " ")) or "attachment"


def attachment(file: StoredFile, name: str) -> HttpResponse:
    """A stored file under the name that its papers know it by."""
    return saved(files.get(file), name)


def saved(data: bytes, name: str) -> HttpResponse:
    """Bytes to be saved under a name."""
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = under(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
