"""The addresses of debts' progress."""

from __future__ import annotations

from django.urls import URLPattern, path

from dabir.desk import capital, exchange, progress, reports

urlpatterns: list[URLPattern] = [
    path("progress/<path:code>/", progress.progress, name="progress"),
    path("debts/<int:pk>/report/", reports.report, name="debt-report"),
    path("debts/<int:pk>/path/", reports.plan_path, name="debt-path"),
    path("debts/<int:pk>/reporting/", reports.set_reporting, name="debt-reporting"),
    path("debts/<int:pk>/endorsers/", reports.set_endorsers, name="debt-endorsers"),
    path("debts/<int:pk>/obstacle/", reports.raise_obstacle, name="debt-obstacle"),
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange.xlsx", exchange.out, name="exchange-out"),
    path("capital/", capital.capital, name="capital"),
    path("capital.<str:form>", capital.out, name="capital-out"),
    path("obstacles/<int:pk>/follow/", capital.follow, name="obstacle-follow"),
    path("obstacles/<int:pk>/end/", reports.end_obstacle, name="obstacle-end"),
    path("reports/<int:pk>/confirm/", reports.confirm, name="report-confirm"),
    path("reports/<int:pk>/endorse/", reports.endorse, name="report-endorse"),
    path("reports/<int:pk>/verify/", reports.verify, name="report-verify"),
    path("reports/<int:pk>/return/", reports.return_report, name="report-return"),
    path("reports/steps/<int:pk>/scan/", reports.step_scan, name="report-scan"),
    path("evidence/<int:pk>/", reports.evidence, name="evidence"),
    path("evidence/<int:pk>/photo/", reports.photo, name="evidence-photo"),
]
