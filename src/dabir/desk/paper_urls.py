"""The addresses of the papers under review, below `/papers/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from dabir.desk import papers, workbench

urlpatterns: list[URLPattern] = [
    path("", papers.papers, name="papers"),
    path("reading/", papers.readings_list, name="readings"),
    path("reading/<int:pk>/", papers.reading, name="reading"),
    path("reading/<int:pk>/cancel/", papers.cancel, name="reading_cancel"),
    path("reading/<int:pk>/forget/", papers.forget, name="reading_forget"),
    path("<int:pk>/", workbench.draft, name="draft"),
    path("<int:pk>/correct/", workbench.correct, name="draft_correct"),
    path("<int:pk>/undo/", workbench.undo, name="draft_undo"),
    path("<int:pk>/discard/", workbench.discard, name="draft_discard"),
    path("<int:pk>/restore/", workbench.restore, name="draft_restore"),
    path("<int:pk>/secrecy/", workbench.secrecy, name="draft_secrecy"),
    path("<int:pk>/accept/", workbench.accept, name="draft_accept"),
    path("<int:pk>/original/", workbench.original, name="draft_original"),
    path("<int:pk>/parties/", workbench.found_parties, name="draft_parties"),
    path("<int:pk>/day/", workbench.resolved_day, name="draft_day"),
]
