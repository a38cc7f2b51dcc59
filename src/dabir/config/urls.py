"""All addresses, and the pages for what Django itself refuses."""

from __future__ import annotations

from django.urls import include, path

from dabir.desk import errors

urlpatterns = [path("", include("dabir.desk.urls"))]

handler400 = errors.bad_request
handler403 = errors.refused
handler404 = errors.missing
handler500 = errors.broken
