"""What imports cannot say, read from the source: who writes, who calls half-verbs, what a service must have."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "dabir"
MODULES = [p for p in sorted(SOURCE.rglob("*.py")) if "migrations" not in p.parts]
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
NAMED_BY_THEIR_RULE = [
    SOURCE / "obligations" / f"{rule}.py" for rule in ("extending", "events", "recurring", "waiting")
]
"""Services beside a room's `services.py`."""
SERVICE_MODULES = [
    *NAMED_BY_THEIR_RULE,
    *(p for p in MODULES if p.name == "services.py" or p.parent.name == "services"),
    SOURCE / "cycle" / "accepting.py",
    SOURCE / "cycle" / "classifying.py",
    SOURCE / "cycle" / "communicating.py",
    SOURCE / "cycle" / "recording.py",
]


def calls(path: Path) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def holds_for(paths: Iterable[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """A rule for each of these files, as one test: it tells all that break it."""

    def of(rule: Callable[[Path], None]) -> Callable[[], None]:
        def test() -> None:
            faults = []
            for path in paths:
                try:
                    rule(path)
                except AssertionError as error:
                    faults.append(f"{name(path)}: {error}")
            assert not faults, "\n".join(faults)

        test.__doc__ = rule.__doc__
        return test

    return of


def is_manager(node: ast.expr) -> bool:
    """True for `X.objects`, `X._default_manager`, and for what is chained on them."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


@holds_for(MODULES)
def test_only_the_ledger_writes_rows(path: Path) -> None:
    """Exceptions: the search table is derived, and `obligations/making.py` fills it; jobs, arrivals of forms, revisions
    of minutes that are being written, how far the ledger was read, sessions and secrets of sign-in are no records."""
    if name(path) in (
        "foundation/ledger.py",
        "obligations/making.py",
        "foundation/jobs/line.py",
        "foundation/once.py",
        "cycle/reader.py",
        "foundation/second_factor.py",
        "foundation/sessions.py",
        "meetings/manuscripts/revisions.py",
    ):
        return
    for call, function in calls(path):
        by_stored = isinstance(function.value, ast.Name) and function.value.id == "stored"
        written = (function.attr in WRITES and is_manager(function.value)) or (
            function.attr in ("insert", "update") and by_stored
        )
        saved = function.attr in ("save", "delete") and not call.args and not isinstance(function.value, ast.Attribute)
        assert not written and not (saved and not is_change(function)), f"{path.name}:{call.lineno} writes by itself"


def is_change(function: ast.Attribute) -> bool:
    return isinstance(function.value, ast.Name) and function.value.id == "change"


@holds_for(MODULES)
def test_doors_and_queries_open_no_change(path: Path) -> None:
    if path in NAMED_BY_THEIR_RULE or path.parent.name in ("services", "cycle"):
        return
    if path.name in ("services.py", "parts.py", "accounts.py", "ledger.py"):
        return
    if name(path) in (
        "foundation/second_factor.py",
        "foundation/sessions.py",
        "foundation/office_sign_in.py",
    ):  # as accounts
        return
    opened = [call.lineno for call, f in calls(path) if f.attr == "change" and getattr(f.value, "id", "") == "ledger"]
    assert not opened, f"{name(path)} opens a change at line {opened}: only services and half-verbs do"


@holds_for(MODULES)
def test_half_verbs_are_called_by_cycle_alone(path: Path) -> None:
    if path.parent.name == "cycle":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        imported: list[str] = []
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".parts"):
            imported = [a.name for a in node.names if a.name.islower()]
        elif isinstance(node, ast.ImportFrom):
            imported = [a.name for a in node.names if a.name == "parts"]
        assert not imported, f"{name(path)}:{node.lineno} takes half-verbs {imported}"  # type: ignore[attr-defined]


@holds_for(SERVICE_MODULES)
def test_a_service_says_who_acts_requires_it_and_has_a_docstring(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        assert "by" in [a.arg for a in node.args.kwonlyargs], f"{node.name} does not say who acts"
        assert ast.get_docstring(node), f"{node.name} has no docstring"
        called = {getattr(c.func, "id", "") for c in ast.walk(node) if isinstance(c, ast.Call)}
        assert "require" in called, f"{node.name} requires nothing"


@holds_for(MODULES)
def test_the_clock_is_asked_and_not_the_system(path: Path) -> None:
    if name(path) == "persian/clock.py":
        return
    asked = [
        c.lineno
        for c, f in calls(path)
        if f.attr in ("now", "today", "utcnow") and getattr(f.value, "id", "") != "clock"
    ]
    assert not asked, f"{name(path)} asks the system's clock at line {asked}"


@holds_for(MODULES)
def test_no_module_is_too_long_to_read_at_a_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


@holds_for(MODULES)
def test_no_text_to_translate_is_put_together(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", "") in ("_", "gettext", "gettext_lazy")
            and node.args
        ):
            assert isinstance(node.args[0], ast.Constant), f"{name(path)}:{node.lineno}"


@holds_for(sorted((SOURCE / "desk" / "static").glob("*.css")))
def test_the_stylesheet_knows_no_left_and_right(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    physical = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right)|(?<![-\w])(?:left|right)\s*:|text-align:\s*(?:left|right)",
        text,
    )
    assert not physical
