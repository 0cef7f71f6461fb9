"""Encryption at rest for personal data and tokens: Fernet, newest key of settings.SEALING_KEYS first."""

import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Unreadable(ValueError):
    """The text was sealed with a key we no longer have, or was altered."""


def seal(text: str) -> str:
    """Encrypt `text`. The same text seals differently each time."""
    return _box(tuple(settings.SEALING_KEYS)).encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """The text that was sealed, with any key we have. Raises Unreadable."""
    try:
        return _box(tuple(settings.SEALING_KEYS)).decrypt(text.encode()).decode()
    except InvalidToken as exc:
        raise Unreadable("sealed with another key, or altered") from exc


def blind(text: str) -> str:
    """What stands beside a sealed text so that it can be found: the same for the same text, and tells nobody the text.

    Letter case and spaces around it do not count. '' for ''.
    """
    return blinds(text)[0] if text.strip() else ""


def blinds(text: str) -> list[str]:
    """What `blind` answers and answered with each key we have, newest first: look for all of them."""
    plain = text.strip().lower().encode()
    return [hmac.new(key.encode(), b"blind:" + plain, "sha256").hexdigest() for key in settings.SEALING_KEYS]


class SealedTextField(models.TextField):  # type: ignore[type-arg]  # generic in the stubs only
    """Text that the database holds only encrypted. It cannot be searched or compared there; empty stays empty."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return unseal(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        return seal(str(value)) if value else value


class SealedJSONField(models.TextField):  # type: ignore[type-arg]  # generic in the stubs only
    """Plain data (dicts, lists, text, numbers) that the database holds only encrypted."""

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return json.loads(unseal(value)) if value else None

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else seal(json.dumps(value, cls=DjangoJSONEncoder))


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
