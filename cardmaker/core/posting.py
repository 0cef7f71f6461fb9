"""Mail by Postmark, counted for the console as every other service is."""

from collections.abc import Sequence
from typing import Any

from anymail.backends.postmark import EmailBackend as AnymailPostmark
from django.core.mail.backends.smtp import EmailBackend as DjangoSmtp

from cardmaker.core.http import counted

SERVICE = "Mail"


class Postmark(AnymailPostmark):  # type: ignore[misc]  # anymail is not typed
    def send_messages(self, messages: Sequence[Any]) -> int:
        with counted(SERVICE, "send"):
            return int(super().send_messages(messages) or 0)


class Smtp(DjangoSmtp):
    """For `EMAIL_BACKEND`, where another server than Postmark's takes the mail."""

    def send_messages(self, messages: Sequence[Any]) -> int:
        with counted(SERVICE, "send"):
            return int(super().send_messages(messages) or 0)
