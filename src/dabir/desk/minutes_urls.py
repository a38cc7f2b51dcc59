"""The addresses of minutes that are written here, below `/m/<code>/minutes/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from dabir.desk import minutes, minutes_past, minutes_words

urlpatterns: list[URLPattern] = [
    path("", minutes.minutes, name="minutes"),
    path("begin/", minutes.begin, name="minutes-begin"),
    path("save/", minutes.save, name="minutes-save"),
    path("attendance/", minutes.attendance, name="minutes-attendance"),
    path("compile/", minutes.compile_text, name="minutes-compile"),
    path("newest/", minutes.newest, name="minutes-newest"),
    path("words/", minutes_words.words, name="minutes-words"),
    path("revisions/", minutes_past.past, name="minutes-revisions"),
    path("revisions/<int:number>/", minutes_past.revision, name="minutes-revision"),
    path("revisions/<int:number>/restore/", minutes_past.restore, name="minutes-restore"),
    path("clashes/<int:number>/", minutes_past.clash, name="minutes-clash"),
]
