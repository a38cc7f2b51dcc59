"""Handing a message over to whoever carries it: a mail server, or the installation's own adapter for SMS.

`settings.SMS_ADAPTER` names a module with `send(mobile: str, text: str) -> str`: it hands the text over and returns the
carrier's id of it, or raises. `NotSent` says that it was surely not taken, so that another try may be made; after any
other exception nobody knows, and it is not sent again. `sms_files` is one that writes files.
"""

from __future__ import annotations

import smtplib
from importlib import import_module

from django.conf import settings
from django.core import mail

from dabir.foundation.models import Digests

REFUSALS = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
)
"""With these a mail server has said that it does not take the message."""


class NotSent(Exception):
    """The message was surely not taken."""


def ways() -> list[Digests]:
    """How messages can go from this installation."""
    return [
        *([Digests.EMAIL] if settings.SENDS_EMAIL else []),
        *([Digests.SMS] if settings.SMS_ADAPTER else []),
    ]


def by_email(address: str, subject: str, text: str) -> None:
    """Hand it over; `NotSent` while there is no server, or it refuses. Not inside a transaction."""
    if not settings.SENDS_EMAIL:
        raise NotSent
    connection = mail.get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent from error
    try:
        mail.EmailMessage(subject, text, to=[address], connection=connection).send()
    except REFUSALS as error:
        raise NotSent from error
    finally:
        connection.close()


def by_sms(mobile: str, text: str) -> str:
    """Hand it over, and return its id; `NotSent` where there is no adapter, or it says so. Not inside a transaction."""
    if not settings.SMS_ADAPTER:
        raise NotSent
    return str(import_module(settings.SMS_ADAPTER).send(mobile, text))
