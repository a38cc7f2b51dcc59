"""Each verb that writes is killed: just before one of its writes, around its commit, or at a random instant. Afterwards
the home holds all of it or nothing, and the ledger audits clean. The same form sent again does what was not done, and
nothing twice; sent twice at the same time, from two connections, it has one effect.

Which verbs there are the table of rights says (`tests.test_rights.VERBS`), in which none can be missing, so that none
can be missing here. Run as a program, this module is the one who kills (`kill`).
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass, field

from tools.drill import homes, postgres

TODAY = "1398/07/20"


@dataclass(slots=True)
class Kills:
    """Of so many verbs, how often a kill had left nothing and how often everything, and which of them refuse the second
    of two forms that come at the same time."""

    verbs: int = 0
    nothing: int = 0
    everything: int = 0
    refuse: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def kill_verbs(*, times: int, seed: int, verbs: Collection[str] = (), on_postgres: bool = False) -> Kills:
    """Kill each verb, or each of these, so many times, in homes on SQLite or on a PostgreSQL of the drill's own. Raises
    where a kill has left a half, or a form that is sent again has an effect again."""
    with postgres.server(synced=False) if on_postgres else nullcontext() as server, homes.sample(server) as home:
        told = homes.told(home, __name__, "kill", str(times), str(seed), *sorted(verbs))
    found = Kills(**json.loads(told))
    assert not found.faults, "\n".join(found.faults)
    return found


def _kill_here(times: int, seed: int, verbs: Collection[str]) -> Kills:
    from tools.drill import stage
    from tools.drill.acts import cases

    known, chance = cases(), random.Random(seed)
    home = stage.prepare()
    found = Kills(verbs=len(verbs or known))
    for name in verbs or known:
        said = stage.try_out(known[name], home, random.Random(chance.random()), times)
        print(name, said, file=sys.stderr, flush=True)
        found.nothing += said.nothing
        found.everything += said.everything
        found.refuse.extend([name] * said.refused)
        fault = said.fault or ("it writes nothing" if said.silent else "")
        found.faults.extend([f"{name}: {fault}"] * bool(fault))
    return found


if __name__ == "__main__":
    import django

    os.environ["DABIR_TODAY"] = TODAY
    django.setup()
    homes.say(_kill_here(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
