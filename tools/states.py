"""Draws lifecycles from the code: `python -m tools.states` writes docs/states.md, `--check` fails when it is old."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "states.md"


def drawn() -> str:
    from dabir.letters.models import Letter
    from dabir.meetings.models import Draft, Manuscript, Meeting, Suggestion
    from dabir.obligations.models import Obligation, Report, Sheet

    parts = ["# States", "", "Drawn from the code by `python -m tools.states`."]
    for model in (Meeting, Manuscript, Suggestion, Draft, Sheet, Obligation, Report, Letter):
        parts += ["", f"## {model.__name__}", "", "```mermaid", "stateDiagram-v2"]
        parts += [f"    {state} : {label}" for state, label in _labels(model)]
        parts += [f"    {t.source} --> {t.target} : {t.name}" for t in _transitions(model)]
        parts += ["```"]
    return "\n".join(parts) + "\n"


def _labels(model: Any) -> list[tuple[str, str]]:
    from django.utils.translation import override

    with override("en"):
        return [(value, str(label)) for value, label in model._meta.get_field("state").choices]


def _transitions(model: Any) -> list[Any]:
    field = model._meta.get_field("state")
    return sorted(field.get_all_transitions(model), key=lambda t: (t.name, t.source))


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabir.config.settings")
    import django

    django.setup()
    if "--check" in sys.argv:
        if PAGE.read_text(encoding="utf-8") == drawn():
            return 0
        print("docs/states.md is not what the code says: run `python -m tools.states`")
        return 1
    PAGE.write_text(drawn(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
