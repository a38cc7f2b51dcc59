"""Text that is typed into minutes: what may be in it, and how much."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from dabir.persian.digits import to_persian

LONGEST_TEXT = 300_000
"""Letters; more than a hundred pages."""

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls, lone surrogates, and signs that turn the order of what stands behind them.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")


def cleaned(text: str) -> str:
    """`text` as minutes keep it: lines end with a line feed, and there is nothing in it that no reader sees. The
    author's letters stay, ZWNJs and tabs too. Idempotent."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def too_long() -> str:
    """The sentence for a text of more than `LONGEST_TEXT` letters."""
    most = f"{LONGEST_TEXT:,}".replace(",", "\u066c")
    return _("This text is longer than minutes can be: at most %(most)s letters.") % {"most": to_persian(most)}
