"""Who may keep the directory: one table, every verb against every persona."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from dabir.directory import rules, services
from dabir.foundation.errors import Missing, Refused
from tests.conftest import TODAY
from tests.personas import POSTS, Personas

CALLS: dict[str, Callable[[Personas], dict[str, Any]]] = {
    "create_party": lambda w: {"kind": "firm", "code": "new", "name": "نو"},
    "add_name": lambda w: {"party": w.parties["roads"], "name": "نو"},
    "rename_party": lambda w: {"party": w.parties["roads"], "name": "نو", "starts": TODAY},
    "create_group": lambda w: {"code": "new", "name": "نو"},
    "add_member": lambda w: {"group": w.parties["members"], "member": w.parties["roads"]},
    "end_membership": lambda w: {"membership": None, "ends": TODAY},
    "create_body": lambda w: {"code": "new", "name": "نو"},
    "give_seat": lambda w: {"body": w.bodies["hq"], "party": w.parties["roads"]},
    "end_seat": lambda w: {"seat": w.bodies["hq"].seats.first(), "ends": TODAY},
    "create_post": lambda w: {"code": "n", "name": "نو", "organization": w.parties["roads"], "function": "head"},
    "create_person": lambda w: {"name": "نو"},
    "appoint": lambda w: {"person": w.users["officer"].person, "post": None, "starts": TODAY},
    "end_tenure": lambda w: {"tenure": None, "ends": TODAY},
    "issue_link": lambda w: {"user": w.users["officer"]},
    "load_divisions": lambda w: {},
}


def test_every_verb_has_a_row() -> None:
    verbs = {name for name, f in inspect.getmembers(services, inspect.isfunction) if f.__module__ == services.__name__}
    assert {verb for verb in verbs if not verb.startswith("_")} == set(CALLS) == set(rules.VERBS)


@pytest.mark.parametrize("verb", CALLS)
def test_nobody_but_the_administrator_keeps_the_directory(world: Personas, verb: str) -> None:
    arguments = CALLS[verb](world)
    for persona in sorted(set(POSTS) - {"admin"}):
        with pytest.raises(Refused):
            getattr(services, verb)(by=getattr(world, persona), **arguments)
    with pytest.raises(Missing):
        getattr(services, verb)(by=world.stranger, **arguments)


@pytest.mark.parametrize(
    "verb", ["create_party", "add_name", "create_body", "give_seat", "create_person", "issue_link"]
)
def test_the_administrator_does(world: Personas, verb: str) -> None:
    getattr(services, verb)(by=world.admin, **CALLS[verb](world))
