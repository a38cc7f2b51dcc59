"""The addresses of deadlines and of the events that start them."""

from __future__ import annotations

from django.urls import URLPattern, path

from dabir.desk import deadlines, happenings

urlpatterns: list[URLPattern] = [
    path("deadline/<path:code>/", deadlines.deadline, name="deadline"),
    path("debts/<int:pk>/extension/", deadlines.ask, name="extension-ask"),
    path("extensions/<int:pk>/withdraw/", deadlines.withdraw, name="extension-withdraw"),
    path("extensions/<int:pk>/decide/", deadlines.decide, name="extension-decide"),
    path("debts/<int:pk>/rhythm/", deadlines.set_rhythm, name="debt-rhythm"),
    path("debts/<int:pk>/waits/", deadlines.add_wait, name="debt-waits"),
    path("debts/<int:pk>/waits/<int:other>/remove/", deadlines.remove_wait, name="debt-waits-remove"),
    path("events/", happenings.happenings, name="events"),
    path("events/record/", happenings.record, name="event-record"),
    path("events/<int:pk>/take-back/", happenings.take_back, name="event-take-back"),
]
