"""The addresses of a meeting's communication, and of what comes back of it."""

from __future__ import annotations

from django.urls import URLPattern, path

from dabir.desk import communication, courier_forms, debts, report_forms

urlpatterns: list[URLPattern] = [
    path("m/<str:code>/communicate/", communication.page, name="meeting-communicate"),
    path("m/<str:code>/communicate/write/", communication.write, name="meeting-communicate-write"),
    path("m/<str:code>/forms-<str:form>.zip", courier_forms.out, name="courier-out"),
    path("courier/", courier_forms.bring_in, name="courier-forms"),
    path("courier/reports/", report_forms.bring_in, name="report-forms"),
    path("courier/reports/<str:code>-<str:form>.zip", report_forms.out, name="report-forms-out"),
    path("m/<str:code>/finish/", communication.finish, name="meeting-finish"),
    path("m/<str:code>/reopen/", communication.reopen, name="meeting-reopen"),
    path("debts/<int:pk>/gap/", communication.gap_reason, name="gap-reason"),
    path("debts/acknowledge/", debts.acknowledge_all, name="acknowledge-all"),
    path("debts/<int:pk>/acknowledge/", debts.acknowledge, name="acknowledge"),
]
