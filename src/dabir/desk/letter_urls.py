"""The addresses of letters, of the invitations that they carry, and of those who come in by them."""

from __future__ import annotations

from django.urls import path

from dabir.desk import (
    invitations,
    joining,
    letter_compose,
    letter_files,
    letter_numbers,
    letter_print,
    letter_receipts,
    letterheads,
    letters,
    lists,
    wordings,
)

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/password/", joining.password, name="join-password"),
    path("letters/", letters.letters, name="letters"),
    path("letters/numbers/", letter_numbers.numbers, name="letter-numbers"),
    path("letters.<str:form>", lists.letters_out, name="letters-out"),
    path("letters/new/", letter_compose.compose, name="letter-new"),
    path("letters/register/", letter_compose.register, name="letter-register"),
    path("letters/receipts/", letter_receipts.receipts, name="letter-receipts"),
    path("letters/receipts/<int:pk>/take-back/", letter_receipts.take_back, name="receipt-take-back"),
    path("letters/receipts/<int:pk>/scan/", letter_files.receipt, name="receipt-scan"),
    path("letters/enclosures/<int:pk>/", letter_files.enclosure, name="letter-enclosure"),
    path("letters/<int:pk>/edit/", letter_compose.edit, name="letter-edit"),
    path("letters/<int:pk>/scan/", letter_files.scan, name="letter-scan"),
    path("letters/<int:pk>/way/", letters.set_way, name="letter-way"),
    path("letters/print/", letter_print.print_letters, name="letters-print"),
    path("letterhead/", letterheads.letterhead, name="letterhead"),
    path("letterhead/preview.png", letterheads.preview, name="letterhead-preview"),
    path("letters/words/", wordings.wording, name="letter-wording"),
    path("letters/take-back/", letters.take_back, name="letters-take-back"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/withdraw/", letters.withdraw, name="letter-withdraw"),
    path("letters/<int:pk>/number/", letters.number, name="letter-number"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.invite, name="invite"),
    path("invitations/new-codes/", invitations.reissue, name="invitations-reissue"),
    path("invitations/print/", invitations.print_file, name="invitations-print"),
    path("invitations/<int:pk>/revoke/", invitations.revoke, name="invitation-revoke"),
]
