"""Files that are not read: each cause in a sentence, with what to do about it."""

from __future__ import annotations

LARGEST = 10 * 1024 * 1024
"""The most bytes that are read, and the most letters that come out: far above any minutes, far below what would hold
up a machine."""
LONGEST_LINE = 200_000
"""The most letters of a line. A paragraph has some thousands."""
MOST_LINES = 50_000

_AS_DOCX = "open it in Word and save it as .docx"

_CAUSES = {
    # of the file's bytes
    "empty": ("the file is empty", "choose the file that holds the minutes"),
    "too-large": (f"the file is larger than {LARGEST // 1024 // 1024} MB", "split it, or give the minutes alone"),
    "binary": ("the file is no text (it has binary content)", "save the document as .docx, or as plain text"),
    "undecodable": ("the text is in an unknown encoding", "save it again as UTF-8"),
    "long-line": (f"it has a line of more than {LONGEST_LINE:,} letters", "save it with a line to each paragraph"),
    "too-much": ("it unfolds into far more than minutes have", "give the minutes alone"),
    "damaged": ("the file is damaged or incomplete", _AS_DOCX),
    "unsafe": ("it declares entities, which no Word document does", _AS_DOCX),
    "protected": ("it is protected with a password", "save it without the password"),
    "only-pictures": ("it holds pictures or embedded files, and no text", "give the minutes as text"),
    "old-word": ("only LibreOffice opens this kind of document, and it is not installed", _AS_DOCX),
    "unconverted": ("LibreOffice cannot open it", _AS_DOCX),
    # of another kind than minutes come in
    "scanned": ("it holds pictures of pages, and no text", "give the Word document that it was made from, or its text"),
    "damaged-pdf": ("the PDF is damaged or incomplete", "give the Word document that it was made from, or its text"),
    "picture": ("this is a picture", "give the minutes as a Word document or as text"),
    "spreadsheet": ("this is a spreadsheet", "copy the minutes into a Word document"),
    "slides": ("these are slides", "copy the minutes into a Word document"),
    "archive": ("this is an archive", "unpack it, and give the minutes in it"),
    "markup": ("this is a web page or an XML document", _AS_DOCX),
    "named-word": ("its name says a Word document, but it is plain text", "name it .txt"),
    "named-pdf": ("its name says a PDF, but it is plain text", "name it .txt"),
    "named-text": ("its name says plain text, but it is a Word document", "name it .docx, or .doc for an old one"),
    # of the place where it lies, and of the machine
    "missing": ("there is no such file", "check the name"),
    "folder": ("this is a folder", "name the files in it"),
    "forbidden": ("the file cannot be opened", "check its permissions"),
    "disk-full": ("the disk is full", "free some space"),
    "time": ("it took too long to read", "give the minutes of one meeting alone"),
    "memory": ("it is too much to read at once", "give the minutes of one meeting alone"),
}
CAUSES = frozenset(_CAUSES)


class Unreadable(ValueError):
    """A file that is not read. `cause`: one of `CAUSES`; `remedy` says what to do. Both sentences are English."""

    def __init__(self, cause: str) -> None:
        message, self.remedy = _CAUSES[cause]
        super().__init__(message)
        self.cause = cause
