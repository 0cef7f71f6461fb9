"""How providers call back: the address that they are told, and the proof that a delivery is theirs.

fal signs with Ed25519 keys that it publishes (docs.fal.ai, webhooks), Replicate by Standard Webhooks with one secret
an account (replicate.com/docs, webhooks); both read 2026-11-21.
"""

import base64
import binascii
import hashlib
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.core import signing
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from cardmaker.core.http import OutsideRejected, OutsideUnavailable, shared_client
from cardmaker.core.readjson import read_json

TOLERANCE_S = 300  # a delivery older or newer than that is not believed
KEYS_KEPT_S = 3_600  # theirs may be kept for a day; a new key should not wait that long
KEYS_AGAIN_S = 60  # an unknown key asks for theirs anew at most so often: strangers send unknown keys for nothing
SALT = "designs.callbacks"
FAL_HEADERS = ("X-Fal-Webhook-Request-Id", "X-Fal-Webhook-User-Id", "X-Fal-Webhook-Timestamp")
_keys: dict[str, tuple[float, list[Ed25519PublicKey]]] = {}


def address(provider: str, key: str) -> str:
    """Where this provider tells how the call with our `key` ended; "" when nobody can reach us."""
    if not settings.CALL_BACK_URL:
        return ""
    told = urlencode({"call": signing.Signer(salt=SALT).sign(key)})
    return f"{settings.CALL_BACK_URL}/api/v1/webhooks/{provider}/?{told}"


def key_of(token: str) -> str:
    """Our key from the address of a delivery; "" for one that we never gave."""
    try:
        return str(signing.Signer(salt=SALT).unsign(token))
    except signing.BadSignature:
        return ""


def from_fal(body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether fal signed this body within the last five minutes."""
    told = [headers.get(name, "") for name in FAL_HEADERS]
    try:
        fresh = abs(time.time() - int(told[2])) <= TOLERANCE_S
        signature = bytes.fromhex(headers.get("X-Fal-Webhook-Signature", ""))
    except ValueError:
        return False
    if not all(told) or not fresh:
        return False
    message = "\n".join([*told, hashlib.sha256(body).hexdigest()]).encode()
    known = fal_keys(max_age_s=KEYS_KEPT_S)
    return _signed(message, signature, known) or _signed(message, signature, fal_keys(max_age_s=KEYS_AGAIN_S))


def from_replicate(body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether Replicate signed this body within the last five minutes."""
    if not settings.REPLICATE_WEBHOOK_SECRET:
        return False
    named = {name: headers.get(name, "") for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}
    try:
        Webhook(settings.REPLICATE_WEBHOOK_SECRET).verify(body, named)
    except (WebhookVerificationError, ValueError, binascii.Error):
        return False
    return True


def fal_keys(*, max_age_s: float) -> list[Ed25519PublicKey]:
    """fal's public keys, asked for when those we have are older. Without an answer the old ones hold."""
    url = settings.FAL_JWKS_URL
    read_at, keys = _keys.get(url, (float("-inf"), []))
    if time.monotonic() - read_at <= max_age_s:
        return keys
    try:
        answer = shared_client("fal keys", url.rpartition("/")[0], timeout_s=5).request("GET", url, operation="keys")
        keys = keys_in(read_json(answer.content))
    except (OutsideUnavailable, OutsideRejected, ValueError):
        return keys
    _keys[url] = (time.monotonic(), keys)
    return keys


def keys_in(jwks: Any) -> list[Ed25519PublicKey]:
    """The Ed25519 keys of a JSON Web Key Set; others are left out."""
    entries: Sequence[Any] = jwks.get("keys", []) if isinstance(jwks, Mapping) else []
    found = []
    for entry in entries:
        if isinstance(entry, Mapping) and entry.get("kty") == "OKP" and entry.get("crv") == "Ed25519":
            try:
                raw = base64.urlsafe_b64decode(str(entry.get("x")) + "==")
                found.append(Ed25519PublicKey.from_public_bytes(raw))
            except (ValueError, binascii.Error):
                continue
    return found


def _signed(message: bytes, signature: bytes, keys: Sequence[Ed25519PublicKey]) -> bool:
    for key in keys:
        try:
            key.verify(signature, message)
        except InvalidSignature:
            continue
        return True
    return False
