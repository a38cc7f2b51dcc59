"""The addresses of the staff's pages."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from dabir.desk import (
    backups,
    calendars,
    days,
    debts,
    home,
    lists,
    orders,
    register,
    saved_views,
    signin,
    sources,
    switches,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("link/<str:token>/", signin.link, name="link"),
    path("language/", switches.language, name="language"),
    path("theme/", switches.theme, name="theme"),
    path("post/", switches.post, name="post"),
    path("", include("dabir.desk.letter_urls")),
    path("", include("dabir.desk.communication_urls")),
    path("papers/", include("dabir.desk.paper_urls")),
    path("registers/", include("dabir.desk.register_urls")),
    path("register/", register.register, name="register"),
    path("views/save/", saved_views.save, name="view-save"),
    path("views/<int:pk>/rename/", saved_views.rename, name="view-rename"),
    path("views/<int:pk>/delete/", saved_views.delete, name="view-delete"),
    path("register.<str:form>", lists.register_out, name="register-out"),
    path("parties.<str:form>", lists.parties_out, name="parties-out"),
    path("r/<path:code>/", sources.resolution, name="resolution"),
    path("o/<path:code>/", sources.debt, name="debt"),
    path("debts/release/", debts.release, name="release"),
    path("debts/<int:pk>/settle/", debts.settle, name="settle"),
    path("debts/<int:pk>/due/", debts.set_due, name="set-due"),
    path("debts/<int:pk>/withdraw/", debts.withdraw, name="withdraw"),
    path("debts/<int:pk>/cancel/", debts.cancel, name="cancel"),
    path("orders/new/", orders.new_order, name="order-new"),
    path("orders/meetings/", orders.meetings, name="order-meetings"),
    path("orders/<int:pk>/number/", orders.set_number, name="order-number"),
    path("points/<int:pk>/promote/", debts.promote, name="promote"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/announce/", calendars.announce, name="calendar-announce"),
    path("calendar/entries/<int:pk>/withdraw/", calendars.withdraw, name="calendar-withdraw"),
    path("calendar/month/", days.month, name="calendar-month"),
    path("calendar/day/", days.typed_day, name="calendar-day"),
    path("", include("dabir.desk.meeting_urls")),
    path("", include("dabir.desk.directory_urls")),
    path("backups/", backups.backups, name="backups"),
    path("backups/now/", backups.back_up_now, name="backup-now"),
]
