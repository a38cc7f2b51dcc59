"""How files come in. A file that is too large is not taken, neither into memory nor onto the disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import ngettext

from dabir.desk.jinja import figures


class LargestUpload(FileUploadHandler):
    """Passes over each file from where it grows larger than `settings.LARGEST_UPLOAD`, and notes its name on the
    request; the form's other fields and files come in as ever. First of the handlers: the others store."""

    def handle_raw_input(self, *_args: Any, **_more: Any) -> None:
        assert self.request is not None
        self.request.too_large = []  # type: ignore[attr-defined]

    def new_file(self, *args: Any, **more: Any) -> None:
        super().new_file(*args, **more)
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.size += len(raw_data)
        if self.size > settings.LARGEST_UPLOAD:
            self.request.too_large.append(self.file_name)  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """None: the next handler has the file."""
        return None


def too_large(request: HttpRequest) -> list[str]:
    """The names of the files that were passed over."""
    request.FILES  # noqa: B018  (the form is read now, if it was not yet)
    return getattr(request, "too_large", [])


def too_many() -> str:
    """What is said to more files than are taken at once."""
    most = settings.MOST_UPLOADS
    sentence = ngettext("Choose %(count)s file at most.", "Choose %(count)s files at most.", most)
    return sentence % {"count": figures(most)}
