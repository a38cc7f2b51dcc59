"""The addresses of following up: today's letters, a body's ladder, and what one is told of."""

from __future__ import annotations

from django.urls import URLPattern, path

from dabir.desk import chasing, messages_to_me, notices

urlpatterns: list[URLPattern] = [
    path("follow-up/", chasing.today, name="follow-up"),
    path("follow-up/write/", chasing.write, name="follow-up-write"),
    path("parties/<str:code>/ladder/", chasing.ladder, name="ladder"),
    path("parties/<str:code>/ladder/deputy/", chasing.deputy, name="ladder-deputy"),
    path("parties/<str:code>/ladder/restore/", chasing.restore, name="ladder-restore"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read, name="notices-read"),
    path("my-messages/", messages_to_me.my_messages, name="my-messages"),
    path("my-messages/test/", messages_to_me.test, name="my-messages-test"),
    path("notices/<int:pk>/", notices.follow, name="notice"),
]
