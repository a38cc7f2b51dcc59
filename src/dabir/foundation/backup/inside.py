"""The child process that fills a database with an archive: its order comes as JSON on stdin, what it says goes out as
lines of JSON: `{"step": …}` while it works, in the end `{"rows": …}` or `{"fault": …}`.

Which database that is, its environment says (`DABIR_HOME`, `DATABASE_URL`).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def main() -> int:
    order = json.loads(sys.stdin.readline())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabir.config.settings")
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    from django.db import DatabaseError, connection  # noqa: PLC0415

    from dabir.foundation.backup.archive import opened  # noqa: PLC0415
    from dabir.foundation.backup.loading import load  # noqa: PLC0415
    from dabir.foundation.errors import DomainError  # noqa: PLC0415

    try:
        with opened(Path(order["archive"]), order["key"]) as archive:
            load(archive, set_aside=order["set_aside"], step=lambda name: _say(step=name))
    except (DomainError, DatabaseError, OSError) as error:
        _say(fault=str(error))
        return 1
    finally:
        connection.close()
    _say(rows=archive.manifest.rows)
    return 0


def _say(**what: Any) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
