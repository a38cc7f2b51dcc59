"""Why a paper was not read: each cause in a sentence that names the file, the cause and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.foundation.errors import Invalid
from dabir.meetings.models import MinutesVersion

_SENTENCES: dict[str, str | Promise] = {
    # What the file is: `reading` names these causes.
    "empty": _("“%(name)s” is empty. Choose the file that holds the minutes."),
    "too-large": _("“%(name)s” is larger than 10 MB. Give the minutes alone, without pictures or annexes."),
    "binary": _("“%(name)s” is no text. Save the document as .docx or as plain text, or paste its text."),
    "undecodable": _("“%(name)s” is in an unknown encoding. Save it again as UTF-8, or paste its text."),
    "long-line": _("“%(name)s” has a line that is far too long. Save it with one line to each paragraph."),
    "too-much": _("“%(name)s” unfolds into far more than minutes have. Give the minutes alone."),
    "damaged": _("“%(name)s” is damaged or incomplete. Open it in Word and save it as .docx."),
    "unsafe": _("“%(name)s” declares entities, which no Word document does. Open it in Word and save it as .docx."),
    "protected": _("“%(name)s” is protected with a password. Save it without the password."),
    "only-pictures": _("“%(name)s” holds pictures and no text. Give the minutes as text."),
    "old-word": _(
        "“%(name)s” is a document that only LibreOffice opens, which this server does not have. "
        "Open it in Word and save it as .docx."
    ),
    "unconverted": _("“%(name)s” cannot be opened by LibreOffice. Open it in Word and save it as .docx."),
    "scanned": _("“%(name)s” holds pictures of pages and no text. Give the Word document that it was made from."),
    "damaged-pdf": _("“%(name)s” is damaged or incomplete. Give the Word document that it was made from, or its text."),
    "own": _("“%(name)s” is a document of this very register: its minutes are on record already."),
    "public": _(
        "“%(name)s” is the public version of minutes of this very register: the whole of them is on record already."
    ),
    "picture": _("“%(name)s” is a picture. Give the minutes as a Word document or as text."),
    "spreadsheet": _("“%(name)s” is a spreadsheet. Copy the minutes into a Word document."),
    "slides": _("“%(name)s” holds slides. Copy the minutes into a Word document."),
    "archive": _("“%(name)s” is an archive. Unpack it, and give the minutes in it."),
    "markup": _("“%(name)s” is a web page or an XML document. Open it in Word and save it as .docx."),
    "named-word": _("“%(name)s” is plain text, though its name says a Word document. Name it .txt."),
    "named-pdf": _("“%(name)s” is plain text, though its name says a PDF. Name it .txt."),
    "named-text": _("“%(name)s” is a Word document, though its name says plain text. Name it .docx, or .doc."),
    "unrecognised": _(
        "Nothing of minutes was found in “%(name)s”: no resolution, no discussion, no list of those present. "
        "Check that it is the minutes of a meeting, with its headings."
    ),
    # What its reading took.
    "time": _("“%(name)s” took too long to read. Split it, or give the minutes of one meeting alone."),
    "memory": _("“%(name)s” is too much to read at once. Give the minutes of one meeting alone."),
    "answer": _("“%(name)s” is too much to read at once. Give the minutes of one meeting alone."),
    # What happened meanwhile, or to the machine.
    "disk": _(
        "“%(name)s” was not kept: the server's disk is full. Ask the administrator to make room, and bring it again."
    ),
    "many-wait": _("“%(name)s” was not kept: too many papers of this body wait already. Bring it when some are read."),
    "twice": _("“%(name)s” was brought a second time while it was being read. Work on the paper that is there."),
    "refused": _("“%(name)s” was not kept: you no longer hold the post in which you brought it."),
    "lost": _(
        "“%(name)s” was not read: the server stopped each time it tried. "
        "Bring its text alone, and tell the administrator."
    ),
    "crash": _("“%(name)s” could not be read: a fault of the program, which has been noted. Try its text."),
}
_SAME = {"disk-full": "disk"}


class NotRead(Invalid):
    """A paper that was not read, or not kept. `cause` is one word, to be stored; the sentence follows from it."""

    def __init__(self, cause: str, name: str) -> None:
        super().__init__(why(cause, name), field="file")
        self.cause = cause


def why(cause: str, name: str) -> str:
    """The sentence in the reader's language."""
    kind = cause.partition(":")[0]
    return str(_SENTENCES.get(_SAME.get(kind, kind), _SENTENCES["crash"])) % {"name": isolated(name)}


def own_cause(version: MinutesVersion, record: str) -> str:
    """The cause for a document that this register has made from that version of minutes, with the record of this
    SHA-256 inside: the whole one, or what the public got of it."""
    return f"{'own' if record == version.sha256 else 'public'}:{version.pk}"


def version_in(cause: str) -> int | None:
    """The key of the version that such a cause leads to; None for every other cause."""
    kind, _colon, key = cause.partition(":")
    return int(key) if kind in ("own", "public") and key.isdecimal() else None


def isolated(name: str) -> str:
    """A name that does not turn the sentence around it, whichever way it is written."""
    return f"\u2068{name}\u2069"
