"""The signed properties on a line of a cart: which proof, printed where, in which shop, sold as which variant.

The shopper's browser writes them, so nothing in them is believed without the signature, and the proof's digest, which
never leaves us, is part of what is signed.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Literal

from django.conf import settings

VERSION = "v1"
PROOF, SUPPLIER, ITEM, SIGNATURE = "_proof", "_supplier", "_item", "_sig"
FORMAT = "Format"  # the only one that the shopper sees

# missing: no or only some properties. foreign: they name another proof. altered: not as we signed them.
Problem = Literal["missing", "altered", "foreign"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one signature stands for, from our own rows. The order of the fields is that of the signed text."""

    shop_id: str
    proof_id: str
    digest: str
    supplier: str
    item: str
    variant: str


def sign(claim: Claim, *, keys: Sequence[str] | None = None) -> dict[str, str]:
    """The hidden properties for one line. Raises ValueError for a part that holds "|", which separates the parts."""
    signature = _signature(_signed_text(claim), (keys or signing_keys())[0])
    return {PROOF: claim.proof_id, SUPPLIER: claim.supplier, ITEM: claim.item, SIGNATURE: signature}


def problem(properties: Mapping[str, str], claim: Claim, *, keys: Sequence[str] | None = None) -> Problem | None:
    """Why a line with these properties must not be printed as `claim` says; None when all is as we signed it."""
    proof, supplier, item, signature = (properties.get(name, "") for name in (PROOF, SUPPLIER, ITEM, SIGNATURE))
    if not (proof and supplier and item and signature):
        return "missing"
    if proof != claim.proof_id:
        return "foreign"
    if (supplier, item) != (claim.supplier, claim.item) or not _is_ours(signature, claim, keys or signing_keys()):
        return "altered"
    return None


def signing_keys() -> list[str]:
    """Newest first: the first signs, all of them verify, so that carts outlive a change of key."""
    return [settings.LINE_PROPERTY_KEY, *getattr(settings, "LINE_PROPERTY_KEY_FALLBACKS", [])]


def _is_ours(signature: str, claim: Claim, keys: Sequence[str]) -> bool:
    text = _signed_text(claim)
    matches = [hmac.compare_digest(_signature(text, key).encode(), signature.encode()) for key in keys]
    return any(matches)  # all keys were tried, so the time taken says nothing about which one matched


def _signed_text(claim: Claim) -> str:
    parts = astuple(claim)
    if any("|" in part for part in parts):
        raise ValueError("a part of a line signature holds the separator")
    return "|".join([VERSION, *parts])


def _signature(text: str, key: str) -> str:
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return f"{VERSION}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"
