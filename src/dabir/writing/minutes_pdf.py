"""Minutes as a PDF by Typst: PDF/A-3a with PDF/UA-1, the structured source inside, the same bytes for the same paper.

A server lets a child process do the typesetting (`typeset`).
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import segno
import typst

from dabir.persian.digits import to_persian
from dabir.reading.minutes import EMBEDDED
from dabir.writing import minutes_body
from dabir.writing.coverage import shown
from dabir.writing.letters import directions
from dabir.writing.minutes import Paper, facts, shown_day
from dabir.writing.minutes_body import Piece

_HERE = Path(__file__).parent
MEMORY, SECONDS = 1_500_000_000, 60
"""What a child needs at most for the longest paper: bytes of address space, and time."""
_WORDS = {
    "page": "صفحه",
    "of": "از",
    "qr": "رمزینه اصالت‌سنجی این صورتجلسه",
    "draft": "پیش‌نویس",
    "source": "متن ساختارمند صورتجلسه",
    "signatures": "امضای حاضران:",
}
_SIGN_HERE, _SIGNED = "امضا:", "امضا در"
_WIDTHS = {"محل برگزاری جلسه": 1.6, "ریاست جلسه": 1.7, "دبیر جلسه": 1.7}


def to_pdf(paper: Paper) -> bytes:
    """The whole paper."""
    return typeset(as_data(paper))


def as_data(paper: Paper) -> bytes:
    """What `typeset` takes: the paper as JSON, every value as it is printed."""
    header = paper.minutes.header
    first, second = facts(paper)
    day = [["تاریخ جلسه", 8.5, False], [" ".join(filter(None, (header.weekday, shown_day(header.date)))), 10.5, True]]
    running = " - ".join(filter(None, (paper.title, shown_day(header.date))))
    data = {
        "title": _title(paper.title),
        "author": shown(paper.body) or "-",
        "keywords": [paper.stamp.address("")] if paper.version else [],
        "description": shown(f"{_WORDS['source']}، {paper.state}"),
        "running": shown(running),
        "basmala": shown(paper.basmala),
        "heading": _title(header.title or paper.title),
        "day": day if day[1][0] else [],
        "issuer": [shown(line) for line in (paper.heading or ((header.issuer,) if header.issuer else ()))],
        "facts": [[_fact(fact) for fact in row] for row in (first, second)],
        "marks": [shown(mark) for mark in paper.marks],
        "classified": bool(paper.secrecy),
        "draft": paper.is_draft,
        "footer": _footer(paper),
        "qr": bool(paper.address),
        "source": bool(paper.source),
        "embedded": EMBEDDED,
        "words": _WORDS,
        "parts": [_part(part) for part in minutes_body.parts(paper.minutes)] + _further(paper),
        "signers": [_signer(asdict(signer)) for signer in paper.signers],
        "sign-height": 56,
    }
    whole = {
        "paper": data,
        "source": paper.source.decode(),
        "address": paper.address,
        "at": int(paper.at.timestamp()),
    }
    return json.dumps(whole, ensure_ascii=False).encode()


def typeset(data: bytes, _parent: Any = None) -> bytes:
    """`as_data` as a PDF; also for a child process, whose parent it asks nothing."""
    whole = json.loads(data)
    sources: Any = {
        "main.typ": (_HERE / "minutes.typ").read_bytes(),
        "paper.json": json.dumps(whole["paper"], ensure_ascii=False).encode(),
        "source.json": whole["source"].encode(),
        "qr.svg": qr(whole["address"]),
    }
    made = typst.compile(
        sources,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=["ua-1", "a-3a"],
        timestamp=whole["at"],
    )
    assert isinstance(made, bytes)
    # As in `letters_pdf`: some programs would turn Latin signs around. Of one length.
    return made.replace(b"/Direction/R2L", b"/Direction/L2R")


def qr(address: str) -> bytes:
    """The address as a QR code (SVG); medium correction, so that a stain or a fold does it no harm."""
    held = io.BytesIO()
    segno.make(address or "-", error="m", micro=False).save(held, kind="svg", border=2, dark="#1a2130", xmldecl=False)
    return held.getvalue()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_HERE / "fonts")])


def _title(text: str) -> str:
    """A title that is one: no file for screen readers is without."""
    return " ".join(shown(text).split()) or "صورتجلسه"


def _fact(fact: tuple[str, str]) -> list[Any]:
    return [fact[0], _pieces([(fact[1], False)]), _WIDTHS.get(fact[0], 1)]


def _pieces(pieces: list[Piece] | tuple[Piece, ...]) -> list[tuple[str, bool, bool]]:
    """The words with their directions and weights."""
    return [
        (piece, latin, bold)
        for words, bold in pieces
        for piece, latin in directions(" ".join(shown(words).split("\n")))
    ]


def _part(part: minutes_body.Part) -> dict[str, Any]:
    runs = [
        {
            "look": str(look),
            "blocks": [{"label": _label(block), "pieces": _pieces(block.pieces)} for block in blocks],
        }
        for look, blocks in groupby(part.blocks, key=lambda block: block.look)
    ]
    return {"heading": shown(part.heading).strip(), "runs": runs}


def _label(block: minutes_body.Block) -> str:
    """A hyphen before a number is a sign to programs that copy, and would change places with it; a dash is none."""
    return shown(block.label.replace("-", "–"))


def _further(paper: Paper) -> list[dict[str, Any]]:
    return [_part(part) for part in minutes_body.further(paper)]


def _signer(signer: dict[str, str]) -> dict[str, Any]:
    rows = [(shown(row), bold) for row, bold in ((signer["name"], True), (signer["post"], False)) if row]
    return {"rows": rows, "foot": f"{_SIGNED} {to_persian(signer['signed'])}" if signer["signed"] else _SIGN_HERE}


def _footer(paper: Paper) -> list[list[tuple[str, bool, bool]]]:
    """Number, version and hash; of a draft only what it is."""
    lines: list[str] = []
    if paper.is_draft:
        lines.append(f"{paper.state} - بی‌اعتبار تا تأیید نهایی")
    else:
        lines.append(f"{paper.state} - نسخه {to_persian(str(paper.version))}")
        lines.append(f"شناسه: {paper.code}")
        lines.append(f"چکیده: {paper.stamp.short}")
    if paper.footer:
        lines.append(paper.footer)
    return [_pieces([(line, False)]) for line in lines]
