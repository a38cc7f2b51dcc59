"""Papers for the tests of what leaves: the examples of this project, as read, and one with everything."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from dabir.reading.context import Context
from dabir.reading.minutes import Minutes, source_of
from dabir.reading.reader import read
from dabir.writing.minutes import Amendment, Objection, Paper, Signer
from dabir.writing.stamp import Stamp

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "minutes" / "zanjan-hq-1398-11.txt"
SEED = ROOT.parent / "shared" / "seed" / "minutes-11.txt"
AT = datetime(2019, 10, 9, 12, tzinfo=UTC)
CODE = "zanjan-hq-1398-11"


@cache
def _read(path: Path) -> dict[str, Any]:
    return read(path.read_bytes(), Context()).as_json()


def minutes_of(path: Path = EXAMPLE) -> Minutes:
    return Minutes.from_json(_read(path))


def paper(minutes: Minutes | None = None, **changes: Any) -> Paper:
    """Version 1 of session 11, as it is recorded."""
    minutes = minutes or minutes_of()
    source = source_of(minutes.as_json())
    sha256 = hashlib.sha256(source).hexdigest()
    made = Paper(
        minutes=minutes,
        source=source,
        code=CODE,
        title="جلسه ۱۱ ستاد فرماندهی اقتصاد مقاومتی استان زنجان",
        state="ثبت از روی نسخه امضاشده",
        at=AT,
        version=1,
        sha256=sha256,
        address=Stamp.of(CODE, 1, sha256).address("https://dabir.example"),
        heading=("سازمان مدیریت و برنامه‌ریزی استان زنجان",),
        body="ستاد فرماندهی اقتصاد مقاومتی استان زنجان",
        signers=(Signer("استاندار زنجان", "رئیس جلسه", "۱۳۹۸/۰۷/۲۰"), Signer("", "جهاد کشاورزی")),
    )
    return dataclasses.replace(made, **changes)


def full() -> Paper:
    """With class, dissent, erratum and attachments."""
    return paper(
        secrecy="محرمانه",
        amendments=(Amendment(1, "دو هفته", "سه هفته", "۲"),),
        objections=(Objection("نماینده اتاق تعاون", "مهلت کوتاه است", "۲"),),
        attachments=("گزارش مطالعات.pdf",),
        footer="زنجان، میدان استقلال",
    )
