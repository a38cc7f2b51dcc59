"""Codes of invitations: eight letters and digits that nobody mistakes for others, shown as XXXX-XXXX.

31 signs make 8.5 × 10¹¹ codes: too many to try at the rate that `joining` allows, too few to hide behind a plain hash.
Therefore the hash is keyed with the installation's secret key, and covers the mobile number that the code is bound to.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils.crypto import salted_hmac

from dabir.persian.digits import to_ascii

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O, 1 I L."""
LENGTH = 8
LIFE = timedelta(days=30)
_LONGEST_TYPED = 40

# What the same keys write while the keyboard is Persian (ISIRI 9147, and where Windows' own differs).
_KEYS = dict(zip("شذزیثبلاهتنمپدخحضقسفعرصطغظ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=True)) | {
    "ئ": "M",
    "ي": "D",
    "ك": "K",
}
_PERSIAN_KEYBOARD = str.maketrans(_KEYS)


def new() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """`XXXX-XXXX`."""
    return f"{code[:4]}-{code[4:]}"


def typed(text: str) -> str:
    """The code that somebody meant: in any case, in any digits, with whatever between, also on a Persian keyboard."""
    signs = to_ascii(text[:_LONGEST_TYPED]).translate(_PERSIAN_KEYBOARD).upper()
    return "".join(filter(str.isalnum, signs))


def digest(mobile: str, code: str) -> str:
    """What is kept of a code: HMAC-SHA-256 of it and its mobile number, with the installation's secret key."""
    return salted_hmac("dabir.directory.codes", f"{mobile}:{code}", algorithm="sha256").hexdigest()
