"""Django's sessions in the database, read by SQL that is made once: each request asks for one."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from dabir.foundation.prepared import of_one
from dabir.persian import clock


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        if self.session_key is None:
            return None
        found = next(iter(of_one(_of_keys, key=self.session_key)), None)
        if found is None or found.expire_date <= clock.machine_now():
            self._session_key = None  # as Django's: whoever comes with it gets a new one
            return None
        return found


def _of_keys(keys: tuple[int, ...]) -> QuerySet[Session]:
    return Session.objects.filter(session_key__in=keys)
