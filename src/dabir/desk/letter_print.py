"""Letters as one print file, for Word, or as one archive with a file each."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from dabir.desk.acting import DeskRequest
from dabir.desk.downloads import saved
from dabir.desk.letters import chosen
from dabir.foundation.access import may
from dabir.foundation.errors import Invalid
from dabir.letters import services
from dabir.letters.documents import sheets_of
from dabir.letters.models import Letter, LetterKind, LetterState
from dabir.persian import clock, jalali
from dabir.writing.letters import Sheet
from dabir.writing.letters_docx import each_docx, to_docx
from dabir.writing.letters_pdf import each_pdf, to_pdf
from dabir.writing.letters_zip import file_name, to_zip


@csrf_exempt  # printing twice is twice a file: the form is not one that is answered once; `_printed` is protected
@require_POST
def print_letters(request: DeskRequest) -> HttpResponse:
    """The chosen letters in the form that the button says: `pdf`, `docx`, or each of them zipped."""
    return _printed(request)


@csrf_protect
def _printed(request: DeskRequest) -> HttpResponse:
    letters = chosen(request)
    if not letters:
        raise Invalid(_("Choose at least one letter."))
    if any(letter.kind == LetterKind.COVERING or letter.came_in for letter in letters):
        raise Invalid(_("Covering letters are printed with their codes, and letters that came in are kept as scans."))
    form = request.POST.get("form", "pdf")
    sheets = sheets_of(letters)
    data = _file(sheets, form)
    waiting = [letter for letter in letters if letter.state == LetterState.AWAITING]
    if waiting and all(may(request.acting, "letters.mark_printed", letter) for letter in waiting):
        services.mark_printed(waiting, by=request.acting)
    return saved(data, f"{_name(letters, sheets)}.{form.rsplit('.')[-1]}")


def _file(sheets: Sequence[Sheet], form: str) -> bytes:
    if form == "pdf":
        return to_pdf(sheets)
    if form == "docx":
        return to_docx(sheets)
    if form == "pdf.zip":
        return to_zip(sheets, form="pdf", files=each_pdf(sheets))
    if form == "docx.zip":
        return to_zip(sheets, form="docx", files=each_docx(sheets))
    raise Invalid(_("Choose PDF or Word."))


def _name(letters: Sequence[Letter], sheets: Sequence[Sheet]) -> str:
    """One letter by its number and recipient, several by the day."""
    if len(letters) == 1 and letters[0].number:
        return file_name(1, sheets[0]).removeprefix("1-")
    return f"letters-{jalali.format_day(clock.today(), persian_digits=False).replace('/', '-')}"
