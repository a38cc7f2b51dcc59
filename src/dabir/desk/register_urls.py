"""The addresses of old registers, below `/registers/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from dabir.desk import old_registers, sleeping

urlpatterns: list[URLPattern] = [
    path("", old_registers.registers, name="registers"),
    path("sleeping/", sleeping.sleeping, name="sleeping"),
    path("wake/", sleeping.wake, name="wake"),
    path("<int:pk>/", old_registers.sheet, name="sheet"),
    path("<int:pk>/columns/", old_registers.columns, name="sheet-columns"),
    path("<int:pk>/answer/", old_registers.answer, name="sheet-answer"),
    path("<int:pk>/apply/", old_registers.apply, name="sheet-apply"),
    path("<int:pk>/discard/", old_registers.discard, name="sheet-discard"),
    path("<int:pk>/<str:what>.<str:form>", old_registers.out, name="sheet-out"),
]
