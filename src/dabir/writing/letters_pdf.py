"""Letters as one PDF by Typst, in the font that comes with Dabir; the same on every machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst

from dabir.writing.letters import COPIES, ENCLOSURES, OF, PAGE, SUBJECT, TO, Sheet, directions, reference_lines

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "letters.typ"


def to_pdf(sheets: Sequence[Sheet]) -> bytes:
    """Each sheet from a new page on, tagged (PDF/UA-1) so that it reads aloud."""
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"sheets": _data(sheets)},
        format="pdf",
        pdf_standards="ua-1",
    )
    # The viewer's preference for facing pages, which a letter has none of. Chromium's copying takes it for every line's
    # direction, and would turn the code around. Of one length, so that the file's table of offsets holds.
    return made.replace(b"/Direction/R2L", b"/Direction/L2R")


def each_pdf(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """Each sheet as a file of its own."""
    return (to_pdf([sheet]) for sheet in sheets)


def to_png(sheet: Sheet, *, ppi: float = 80) -> bytes:
    """The first page of a letter as a picture, for a preview."""
    made = typst.compile(
        _TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs={"sheets": _data([sheet])}, format="png", ppi=ppi
    )
    return made[0] if isinstance(made, list) else made


def _data(sheets: Sequence[Sheet]) -> str:
    return json.dumps([_values(sheet) for sheet in sheets], ensure_ascii=False)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_HERE / "fonts")])


def _values(sheet: Sheet) -> dict[str, Any]:
    values = asdict(sheet)
    values["words"] = {"to": TO, "subject": SUBJECT, "page": PAGE, "of": OF, "copies": COPIES, "enclosures": ENCLOSURES}
    values["reference"] = [(name, list(directions(text))) for name, text in reference_lines(sheet)]
    values["lines"] = sheet.head.split("\n")
    values["enclosures"] = [list(directions(text)) for text in sheet.enclosures]
    values["foot"] = list(directions(sheet.footer))
    values["paragraphs"] = [list(directions(text)) for text in sheet.paragraphs]
    if sheet.panel:
        values["panel"]["rows"] = [(name, list(directions(text))) for name, text in sheet.panel.rows]
    if sheet.grid:
        values["grid"]["whole"] = sheet.grid.is_short
        values["grid"]["rows"] = [[list(directions(cell)) for cell in row] for row in sheet.grid.rows]
    return values
