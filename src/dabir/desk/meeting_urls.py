"""The addresses of meetings: their list below `/meetings/`, each one's tasks below `/m/<code>/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from dabir.desk import communication, documents, lists, meeting_page, meetings

urlpatterns: list[URLPattern] = [
    path("meetings.<str:form>", lists.meetings_out, name="meetings-out"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("m/<str:code>/", meeting_page.meeting, name="meeting"),
    path("m/<str:code>/file/", meetings.paper, name="meeting-file"),
    path("m/<str:code>/v<int:number>/<str:audience>.<str:form>", documents.document, name="meeting-document"),
    path("m/<str:code>/class/", meetings.classify, name="meeting-class"),
    path("m/<str:code>/readers/", meetings.add_reader, name="meeting-reader"),
    path("readers/<int:pk>/remove/", meetings.remove_reader, name="meeting-reader-remove"),
    path("m/<str:code>/communicate/", communication.page, name="meeting-communicate"),
    path("m/<str:code>/communicate/write/", communication.write, name="meeting-communicate-write"),
    path("m/<str:code>/finish/", communication.finish, name="meeting-finish"),
    path("m/<str:code>/reopen/", communication.reopen, name="meeting-reopen"),
    path("debts/<int:pk>/gap/", communication.gap_reason, name="gap-reason"),
]
