"""Which form a file has: its content tells, not its name; and whether the name says the same."""

from __future__ import annotations

from dabir.reading.sources.unreadable import Unreadable

WORD = ("docx", "doc", "rtf", "odt")
"""The forms that Word and its like write."""

_SUFFIXES = {
    "text": ("txt", "text", "md", "markdown"),
    "docx": ("docx", "docm", "dotx", "dotm"),
    "doc": ("doc", "dot"),
    "rtf": ("rtf",),
    "odt": ("odt", "ott"),
    "pdf": ("pdf",),
}
_FORM_OF_SUFFIX = {suffix: form for form, suffixes in _SUFFIXES.items() for suffix in suffixes}

# What the first bytes tell; a zip or an OLE file holds any of several kinds.
_BEGINNINGS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"RIFF", "picture"),
    (b"AT&TFORM", "picture"),
    (b"Rar!\x1a", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "protected"),
    ("WordDocument", "doc"),
    ("Workbook", "spreadsheet"),
    ("Book", "spreadsheet"),
    ("PowerPoint Document", "slides"),
)
_OPEN_DOCUMENTS = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
    (b"application/vnd.oasis.opendocument.presentation", "slides"),
)
_PHOTOGRAPH = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")


def form_of(data: bytes) -> str:
    """ "text", "pdf" or one of `WORD`; `Unreadable` where the content is of a kind that is not read. An empty file is
    text."""
    form = next((form for beginning, form in _BEGINNINGS if data.startswith(beginning)), "text")
    if data[4:12] in _PHOTOGRAPH or (data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"):
        form = "picture"
    if form == "zip":
        form = _in_zip(data)
    elif form == "ole":
        form = next((form for name, form in _OLE_STREAMS if name.encode("utf-16-le") in data), "binary")
    if form not in ("text", "pdf", *WORD):
        raise Unreadable(form)
    return form


def suffix_form(name: str) -> str | None:
    """The form that a file's name says, or None where it says none that is read."""
    return _FORM_OF_SUFFIX.get(name.rpartition(".")[2].lower())


def check_name(form: str, name: str) -> bool:
    """Whether the name says this form; `Unreadable` where it says text for a Word document, or the other way round."""
    said = suffix_form(name)
    if said is None or said == form:
        return True
    if form == "text":
        raise Unreadable("named-pdf" if said == "pdf" else "named-word")
    if said == "text" and form in WORD:
        raise Unreadable("named-text")
    return False


def _in_zip(data: bytes) -> str:
    beginning = data[:200]
    if b"mimetype" in beginning:
        return next((form for name, form in _OPEN_DOCUMENTS if name in beginning), "archive")
    from dabir.reading.sources.docx.package import names_in  # noqa: PLC0415  (text needs none of it)

    folders = {name.partition("/")[0] for name in names_in(data)}
    if "xl" in folders:
        return "spreadsheet"
    if "ppt" in folders:
        return "slides"
    return "docx" if "word" in folders or "_rels" in folders else "archive"
