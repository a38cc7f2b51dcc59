"""What speakers quote, on the meeting's page."""

from __future__ import annotations

from django.urls import reverse

from dabir.cycle.accepting import accept_reading
from tests.desk.conftest import SignIn
from tests.meetings.test_claims import bring
from tests.personas import Personas


def test_page_shows_claims_with_their_source_and_the_class_of_a_statement(world: Personas, sign_in: SignIn) -> None:
    meeting = accept_reading(bring(world), by=world.secretary, version=0)
    page = sign_in("secretary").get(reverse("meeting", args=[meeting.code])).content.decode()
    told = page[page.index('class="statement"') :]
    assert told.index("دکتر قاسملو") < told.index('href="#L4"') < told.index("منبع:") < told.index("دکتر رودکی")
    assert told.index("دکتر رودکی") < told.index('class="badge confidential"')
