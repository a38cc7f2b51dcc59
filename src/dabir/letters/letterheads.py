"""What may stand in a body's letterhead."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from dabir.directory.models import Body
from dabir.foundation.errors import Invalid
from dabir.letters.models import Letterhead
from dabir.letters.wordings import tidy

LONGEST = {"heading": 300, "basmala": 60, "signer": 100, "signer_post": 200, "font": 60, "footer": 300}
"""Letters of each field."""
MOST_LINES = 5
FONTS = ("Vazirmatn", "B Nazanin", "B Zar", "B Mitra", "B Lotus", "IRANSans", "Tahoma")
"""What offices have in Word; any other can be written. The first one comes inside the file."""


def clean(body: Body, values: Mapping[str, str]) -> Letterhead:
    """A letterhead of these values, not stored; `Invalid` where one cannot be. What is left out is empty."""
    own = Letterhead(body=body)
    for name, longest in LONGEST.items():
        text = tidy(values.get(name, ""))
        if name != "heading":
            text = text.replace("\n", " ")
        if len(text) > longest:
            raise Invalid(_("At most %(count)s letters.") % {"count": longest}, field=name)
        setattr(own, name, text)
    if len(own.heading.splitlines()) > MOST_LINES:
        raise Invalid(_("At most %(count)s lines.") % {"count": MOST_LINES}, field="heading")
    if own.font and not re.fullmatch(r"[\w .-]+", own.font):
        raise Invalid(_("A font's name has letters, digits, blanks and hyphens alone."), field="font")
    if own.signer_post and not own.signer:
        raise Invalid(_("Write who signs, too."), field="signer")
    return own
