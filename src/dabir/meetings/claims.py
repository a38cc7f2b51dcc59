"""What speakers quoted, as rows: figures with their unit, and laws."""

from __future__ import annotations

from decimal import Decimal

from dabir.meetings.models import Claim, Meeting, Statement
from dabir.reading.minutes import Claim as Quoted

_MOST = Decimal(10) ** 16  # what the column holds; a figure beyond it keeps its words alone


def claim_row(meeting: Meeting, statement: Statement | None, order: int, quoted: Quoted) -> Claim:
    """The row of a claim, not yet stored; long words are cut to their column."""
    value = Decimal(quoted.value) if quoted.value else None
    return Claim(
        meeting=meeting,
        statement=statement,
        order=order,
        kind=str(quoted.kind),
        text=quoted.text[:300],
        subject=(quoted.subject or "")[:300],
        value=value.quantize(Decimal("0.0001")) if value is not None and value < _MOST else None,
        unit=(quoted.unit or "")[:40],
        source=(quoted.source or "")[:300],
        line=quoted.lines[0] or None,
    )
