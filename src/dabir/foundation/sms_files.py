"""An adapter for SMS that sends nothing: each message is a file in DABIR_HOME/sms, for tests and for a first look."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from django.conf import settings

from dabir.foundation.sending import NotSent
from dabir.persian import clock


def send(mobile: str, text: str) -> str:
    """Write it as `<time>-<mobile>-<id>.txt`, and return the id."""
    key = uuid4().hex[:12]
    folder = Path(settings.DABIR_HOME) / "sms"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{clock.now():%Y%m%d%H%M%S}-{mobile}-{key}.txt"
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise NotSent from error
    return key
