"""What Django and allauth say on our pages, listed so that our catalogue words it: theirs is familiar in tone, and says
another word for a password."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as ngettext

SENTENCES = (
    _("You have signed out."),
    _("Successfully signed in as %(name)s."),
    _("The username and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("This account is currently inactive."),
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("Password successfully changed."),
    _("This password is too common."),
    _("The password is too similar to the %(verbose_name)s."),
    ngettext(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        10,
    ),
)
