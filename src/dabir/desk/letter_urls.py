"""The addresses of letters, of the invitations that they carry, and of those who come in by them."""

from __future__ import annotations

from django.urls import path

from dabir.desk import invitations, joining, letter_numbers, letter_print, letterheads, letters

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/password/", joining.password, name="join-password"),
    path("letters/", letters.letters, name="letters"),
    path("letters/numbers/", letter_numbers.numbers, name="letter-numbers"),
    path("letters/print/", letter_print.print_letters, name="letters-print"),
    path("letterhead/", letterheads.letterhead, name="letterhead"),
    path("letterhead/preview.png", letterheads.preview, name="letterhead-preview"),
    path("letters/take-back/", letters.take_back, name="letters-take-back"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/withdraw/", letters.withdraw, name="letter-withdraw"),
    path("letters/<int:pk>/number/", letters.number, name="letter-number"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.invite, name="invite"),
    path("invitations/new-codes/", invitations.reissue, name="invitations-reissue"),
    path("invitations/print/", invitations.print_file, name="invitations-print"),
    path("invitations/words/", invitations.wording, name="invitation-wording"),
    path("invitations/<int:pk>/revoke/", invitations.revoke, name="invitation-revoke"),
]
