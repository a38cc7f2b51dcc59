"""Letters of the headquarters that wait for their number."""

from __future__ import annotations

import pytest

from dabir.letters.models import Letter, LetterKind
from dabir.letters.parts import Addressee, write_letter
from dabir.letters.wordings import Words
from tests.personas import Personas

TO = ("housing", "agriculture", "roads")


@pytest.fixture
def waiting(world: Personas) -> list[Letter]:
    """Three reminders, to one agency each."""
    return [
        write_letter(
            Words(f"یادآوری گزارش {number}", "گزارش را بفرستید."),
            by=world.secretary,
            body=world.bodies["hq"],
            kind=LetterKind.REMINDER,
            to=[Addressee(world.parties[to])],
        )
        for number, to in enumerate(TO, 1)
    ]
