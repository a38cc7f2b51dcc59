"""The addresses of the staff's pages."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, path

from dabir.desk import home, signin, switches

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("link/<str:token>/", signin.link, name="link"),
    path("language/", switches.language, name="language"),
    path("theme/", switches.theme, name="theme"),
    path("post/", switches.post, name="post"),
]
