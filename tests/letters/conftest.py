"""Letters of the headquarters that wait for their number."""

from __future__ import annotations

import pytest

from dabir.letters.models import Letter
from tests import builders
from tests.personas import Personas


@pytest.fixture
def waiting(world: Personas) -> list[Letter]:
    """Three reminders, to one agency each: housing, agriculture, roads."""
    return builders.reminders(world)
