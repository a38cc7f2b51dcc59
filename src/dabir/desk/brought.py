"""Forms that go out together, and files that come back: read, looked at, and carried by the page until they are
recorded."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from dabir.cycle.courier_in import Returned
from dabir.desk import uploads
from dabir.desk.acting import DeskRequest
from dabir.foundation import files
from dabir.foundation.errors import Invalid
from dabir.foundation.tables import NotRead, read_form
from dabir.reading.sheets.child import from_plain, plain
from dabir.writing.courier import CourierForm, to_xlsx
from dabir.writing.courier_docx import each_docx
from dabir.writing.letters_zip import safe

LARGEST_KEPT = 2_000_000
"""Letters of what a page carries from the look to the recording."""
WRITERS: dict[str, Callable[[Iterable[CourierForm]], Iterator[bytes]]] = {
    "xlsx": partial(map, to_xlsx),
    "docx": each_docx,
}


def packed(found: Sequence[tuple[str, CourierForm]], form: str) -> bytes:
    """A ZIP with a file for each, under its name."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for (name, _form), data in zip(found, WRITERS[form](one for _name, one in found), strict=True):
            package.writestr(f"{safe(name)}.{form}", data)
    return held.getvalue()


def uploaded(request: DeskRequest) -> tuple[list[Returned], list[str]]:
    """The forms that were sent, and why others are none."""
    sent = request.FILES.getlist("file")
    unread = [str(NotRead("too-large", name)) for name in uploads.too_large(request)]
    if len(sent) > settings.MOST_UPLOADS:
        raise Invalid(uploads.too_many(), field="file")
    if not sent and not unread:
        raise Invalid(_("Choose the file."), field="file")
    forms = []
    for file in sent:
        data = file.read()
        try:
            tables = read_form(data, name=file.name or "")
        except NotRead as error:
            unread.append(str(error))
        else:
            forms.append(Returned(files.shown_name(file.name or ""), tables, files.put(data)))
    if not forms:
        raise Invalid(" ".join(unread), field="file")
    return forms, unread


def keep(forms: list[Returned], request: DeskRequest, salt: str) -> str:
    """What the page carries from the look to the recording: signed, and of the same post."""
    said = [[form.name, [plain(table) for table in form.tables], form.sha256] for form in forms]
    carried = signing.dumps(said, salt=f"{salt}.{request.acting.post_id}", compress=True)
    if len(carried) > LARGEST_KEPT:
        raise Invalid(_("These forms are too large to be looked at together; bring fewer at once."), field="file")
    return carried


def kept(text: str, request: DeskRequest, salt: str) -> list[Returned]:
    """The forms of `keep`; `Invalid` where they were changed or are a day old."""
    try:
        said = signing.loads(text, salt=f"{salt}.{request.acting.post_id}", max_age=24 * 3600)
        return [Returned(name, [from_plain(table) for table in tables], digest) for name, tables, digest in said]
    except (signing.BadSignature, json.JSONDecodeError, KeyError, TypeError, ValueError):
        raise Invalid(_("What was looked at is too old. Choose the file again."), field="file") from None
