"""The addresses of meetings: their list below `/meetings/`, each one's tasks below `/m/<code>/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from dabir.desk import calling, checking, documents, holding, lists, meeting_page, meetings, planning, sealing, signing

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings.<str:form>", lists.meetings_out, name="meetings-out"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", planning.new, name="meeting-new"),
    path("m/<str:code>/", meeting_page.meeting, name="meeting"),
    path("m/<str:code>/file/", meetings.paper, name="meeting-file"),
    path("m/<str:code>/draft.<str:form>", documents.draft, name="meeting-draft"),
    path("m/<str:code>/v<int:number>/<str:audience>.<str:form>", documents.document, name="meeting-document"),
    path("m/<str:code>/class/", meetings.classify, name="meeting-class"),
    path("m/<str:code>/readers/", meetings.add_reader, name="meeting-reader"),
    path("m/<str:code>/call/", calling.call_to, name="meeting-call"),
    path("calls/<str:code>/", calling.call, name="call"),
    path("m/<str:code>/hold/", holding.hold, name="meeting-hold"),
    path("m/<str:code>/attendance/", holding.attendance, name="meeting-attendance"),
    path("m/<str:code>/attendance/add/", holding.add, name="attendance-add"),
    path("m/<str:code>/attendance/<int:pk>/remove/", holding.drop, name="attendance-drop"),
    path("m/<str:code>/change/", planning.change, name="meeting-change"),
    path("m/<str:code>/cancel/", planning.cancel, name="meeting-cancel"),
    path("m/<str:code>/revive/", planning.revive, name="meeting-revive"),
    path("m/<str:code>/called/", planning.invite, name="meeting-invite"),
    path("m/<str:code>/called/<int:pk>/remove/", planning.uninvite, name="meeting-uninvite"),
    path("m/<str:code>/agenda/", planning.add_item, name="agenda-add"),
    path("m/<str:code>/agenda/<int:pk>/", planning.edit_item, name="agenda-edit"),
    path("m/<str:code>/files/", planning.attach, name="meeting-attach"),
    path("attachments/<int:pk>/", planning.attached, name="attachment"),
    path("attachments/<int:pk>/remove/", planning.detach, name="attachment-remove"),
    path("m/<str:code>/check/", checking.check, name="check"),
    path("m/<str:code>/check/round/", checking.send_round, name="check-round"),
    path("m/<str:code>/check/suggest/", checking.suggest, name="check-suggest"),
    path("m/<str:code>/check/dissent/", checking.dissent, name="check-dissent"),
    path("m/<str:code>/check/errors/", checking.override, name="check-override"),
    path("corrections/<int:pk>/", checking.answer, name="check-answer"),
    path("dissents/<int:pk>/remove/", checking.remove_dissent, name="dissent-remove"),
    path("m/<str:code>/seal/", sealing.seal, name="meeting-seal"),
    path("m/<str:code>/erratum/", sealing.erratum, name="meeting-erratum"),
    path("m/<str:code>/versions/<int:number>/", sealing.version, name="meeting-version"),
    path("statements/<int:pk>/class/", sealing.classify_statement, name="statement-class"),
    path("m/<str:code>/sign/", signing.sign, name="meeting-sign"),
    path("m/<str:code>/scans/", signing.attach, name="meeting-scan"),
    path("signatures/<int:pk>/remove/", signing.remove_signature, name="signature-remove"),
    path("scans/", signing.pile, name="scans"),
    path("scans/<int:pk>/", signing.scan, name="scan"),
    path("scans/<int:pk>/remove/", signing.remove_scan, name="scan-remove"),
    path("readers/<int:pk>/remove/", meetings.remove_reader, name="meeting-reader-remove"),
    path("m/<str:code>/minutes/", include("dabir.desk.minutes_urls")),
]
