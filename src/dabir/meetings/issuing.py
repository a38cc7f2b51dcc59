"""Minutes as files that leave: made once and kept for a while, since their bytes hang on the paper alone; and what is
known of those that left."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from enum import StrEnum
from threading import Lock

from django.core.cache import caches
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dabir.foundation import child
from dabir.foundation.errors import Invalid
from dabir.meetings.models import IssuedFile, MinutesVersion
from dabir.writing import minutes_akn, minutes_docx, minutes_pdf
from dabir.writing.minutes import Audience, Paper

KEPT = 3_600
"""Seconds for which a file is kept, so that a second download is quick."""
_typesetting = Lock()
"""One paper at a time: each may need a gigabyte."""


class Form(StrEnum):
    """As what minutes leave."""

    PDF = "pdf"
    DOCX = "docx"
    AKN = "akn"
    JSON = "json"


TYPES: dict[str, str] = {
    Form.PDF: "application/pdf",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.AKN: "application/akn+xml",
    Form.JSON: "application/json",
}
SUFFIXES: dict[str, str] = {Form.PDF: "pdf", Form.DOCX: "docx", Form.AKN: "xml", Form.JSON: "json"}


def versions_of(record: str) -> QuerySet[MinutesVersion]:
    """The versions whose record has this SHA-256, as a whole or as it left for the public; the newest one first."""
    left = IssuedFile.objects.filter(record=record)
    return MinutesVersion.objects.filter(Q(sha256=record) | Q(pk__in=left.values("version"))).order_by("-number", "pk")


def print_paper(paper: Paper, form: Form) -> bytes:
    """The paper in this form."""
    if form == Form.JSON:
        return json.dumps(json.loads(paper.source), ensure_ascii=False, indent=1).encode() + b"\n"
    if form == Form.AKN:
        return minutes_akn.to_akn(paper)
    data = minutes_pdf.as_data(paper)
    if form == Form.DOCX:
        return _kept(form, data + paper.font.encode(), lambda: minutes_docx.to_docx(paper))
    return _kept(form, data, lambda: _typeset(data))


def file_name(version: MinutesVersion, form: Form, audience: Audience) -> str:
    """ASCII, so that every program keeps it: `zanjan-hq-1398-11-v1.pdf`, `…-v1-public.pdf`."""
    public = "-public" if audience == Audience.PUBLIC else ""
    return f"{version.meeting.code}-v{version.number}{public}.{SUFFIXES[form]}"


def _kept(form: Form, data: bytes, make: Callable[[], bytes]) -> bytes:
    """What was made of this data, else what is made now."""
    key = f"minutes:{form}:{hashlib.sha256(data).hexdigest()}"
    cache = caches["process"]
    found: bytes | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT)
    return found


def _typeset(data: bytes) -> bytes:
    try:
        with _typesetting:
            return child.run(minutes_pdf.typeset, data, memory=minutes_pdf.MEMORY, seconds=minutes_pdf.SECONDS)
    except child.ChildFailed:
        raise Invalid(_("This paper is too long to be typeset here. Take it as a Word document.")) from None
