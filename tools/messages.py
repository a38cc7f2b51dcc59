"""The catalogue of messages: `python -m tools.messages` collects and compiles, `--check` fails on what is missing.

Babel extracts, since Django's own extractor misses most forms in Jinja2 files. English is the language of the source.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "dabir"
FOLDER = PACKAGE / "config" / "locale" / "fa" / "LC_MESSAGES"
METHODS = [("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2"), ("**.py", "python")]
KEYWORDS = {"_": (1,), "gettext": (1,), "gettext_lazy": (1,), "ngettext": (1, 2)}


def extracted() -> Catalog:
    catalog = Catalog(locale="fa", project="dabir", header_comment="# Persian texts of Dabir.", fuzzy=False)
    options = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
    for name, _line, message, comments, context in extract_from_dir(
        PACKAGE, METHODS, options, keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def stored() -> Catalog:
    path = FOLDER / "django.po"
    if not path.exists():
        return Catalog(locale="fa")
    with path.open("rb") as file:
        return read_po(file, locale="fa")


def compiled(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def collect() -> int:
    catalog = stored()
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "django.po").open("wb") as file:
        write_po(file, catalog, sort_output=True, no_location=True, omit_header=False, width=0)
    (FOLDER / "django.mo").write_bytes(compiled(stored()))
    return check()


def check() -> int:
    catalog, wanted = stored(), extracted()
    missing = [m.id for m in wanted if m.id and not _translated(catalog, m.id)]
    for message in missing:
        print(f"no Persian for: {message}")
    if (FOLDER / "django.mo").read_bytes() != compiled(catalog):
        print("django.mo is not made of django.po: run `make messages`")
        return 1
    return 1 if missing else 0


def _translated(catalog: Catalog, message_id: str | tuple[str, ...] | list[str]) -> bool:
    found = catalog.get(message_id if isinstance(message_id, str) else message_id[0])
    return bool(found and found.string and (isinstance(found.string, str) or all(found.string)))


if __name__ == "__main__":
    sys.exit(check() if "--check" in sys.argv else collect())
