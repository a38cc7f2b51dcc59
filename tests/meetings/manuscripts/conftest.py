"""Meetings that were held here, and nobody has written their minutes yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from dabir.meetings.models import Meeting
from tests import builders
from tests.personas import Personas

Held = Callable[..., Meeting]


@pytest.fixture
def held(world: Personas) -> Held:
    """Makes session 11 of the headquarters as its record stands after it was held: `held(venue=…)`."""
    return partial(builders.held, world)
