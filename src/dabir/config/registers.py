"""`dabir import register FILE --body CODE`: an old register by the command line, its outcome as text or JSON."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from dabir.cycle.import_plan import Outcome, Plan, PlannedRow
from dabir.cycle.importing import import_register
from dabir.directory.models import Body, Party
from dabir.foundation.acting import Acting
from dabir.foundation.errors import Invalid
from dabir.persian import jalali
from dabir.reading.sheets.table import LARGEST


def bring_in(options: Namespace, by: Acting) -> int:
    """Status 0 when all is in; 1 when rows were refused or names are open; `Invalid` (2) when nothing can come in."""
    body = Body.objects.filter(code=options.body).first()
    if body is None:
        raise Invalid(f"there is no body “{options.body}”")
    path = Path(options.file)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Invalid(f"{path}: {error.strerror}") from None
    plan = import_register(data, name=path.name, body=body, by=by, dry_run=options.dry_run)
    for title in plan.unread:
        print(f"not read: the sheet “{title}”, which looks like a register too", file=sys.stderr)
    if options.json:
        json.dump(as_json(plan), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _print(plan, dry_run=options.dry_run)
    return 1 if plan.questions or plan.counts[Outcome.REFUSED] else 0


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as docs/registers.md describes it."""
    parties = Party.objects.in_bulk(
        {party for row in plan.rows for named in (*row.leads, *row.helpers) for party in named.parties}
    )
    names = {pk: party.name for pk, party in parties.items()}
    questions = [
        {"text": asked.text, "rows": asked.rows, "candidates": [candidate.name for candidate in asked.candidates]}
        for asked in plan.questions
    ]
    return {"rows": [_row(row, names) for row in plan.rows], "questions": questions}


def _row(row: PlannedRow, names: dict[int, str]) -> dict[str, Any]:
    entry, due = row.entry, row.due
    named = {"lead": row.leads, "helper": row.helpers}
    if not row.leads and not row.helpers:  # a refused row is not taken any further than its cells
        parties = [{"text": text, "organization": None, "role": "lead"} for text in entry.leads]
        parties += [{"text": text, "organization": None, "role": "helper"} for text in entry.helpers]
    else:
        parties = [
            {"text": one.text, "organization": names[party] if party else None, "role": role}
            for role, of_role in named.items()
            for one in of_role
            for party in (one.parties or (None,))
        ]
    return {
        "row": entry.row,
        "outcome": str(row.outcome),
        "reason": str(row.reason) if row.reason else None,
        "meeting": row.meeting or None,
        "text": entry.text,
        "parties": parties,
        "due": {
            "jalali": jalali.format_day(due.day, persian_digits=False) if due.day else None,
            "kind": str(due.kind),
            "text": due.text,
        },
        "state": row.state or None,
        "old_state": entry.state,
        "code": row.code or None,
    }


def _print(plan: Plan, *, dry_run: bool) -> None:
    for row in plan.rows:
        if row.outcome is Outcome.REFUSED:
            print(f"row {row.entry.row}: refused: {row.reason}")
    for asked in plan.questions:
        likely = f" (perhaps {asked.candidates[0].name})" if asked.candidates else ""
        print(f"who is “{asked.text}”?{likely} rows {', '.join(map(str, asked.rows))}")
    counts = ", ".join(f"{count} {outcome}" for outcome, count in plan.counts.items())
    print(f"{len(plan.rows)} rows: {counts}; {len(plan.questions)} names open" + (" (nothing stored)" * dry_run))
