"""To the office's own sign-in and back; there where the settings name one."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET, require_POST


@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    answer: HttpResponseBase = views.login(request, provider_id)
    return answer


@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    answer: HttpResponseBase = views.callback(request, provider_id)
    return answer
