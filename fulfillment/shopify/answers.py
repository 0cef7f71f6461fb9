"""Reading a GraphQL answer of Shopify: what ran, what was refused, what nobody knows. Pure functions on parsed JSON.

Source: shopify.dev/docs/api/usage/response-codes and recorded answers, read November 2026.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cardmaker.core.http import OutsideRejected, OutsideUnavailable

THROTTLED = "THROTTLED"
ACCESS_DENIED = "ACCESS_DENIED"
# Nobody knows whether a mutation ran. Every other code says that it did not.
UNKNOWN_OUTCOME = {"INTERNAL_SERVER_ERROR", "TIMEOUT", "SERVICE_UNAVAILABLE"}
# Shopify writes scopes in backquotes, and more words around them.
SCOPES = re.compile(r"`((?:read|write)_[a-z_]+)`")

# Shopify quotes ids in its refusals. They would end up in logs and in the last error of a job.
IDS = re.compile(r"gid://shopify/[^\s\"',;)]+|(?<![\w#])\d{6,}(?!\w)")


@dataclass(frozen=True, slots=True)
class UserError:
    """One refusal. `code` is "" where the mutation has none; `field` is a path such as ("input", "variants", "0")."""

    message: str
    code: str = ""
    field: tuple[str, ...] = ()


class ShopifyRejected(OutsideRejected):
    """Shopify refused. `errors` lists why; `codes` are their codes, or the top-level or HTTP one."""

    code = "shopify_rejected"

    def __init__(self, message: str, *, errors: Sequence[UserError] = ()) -> None:
        super().__init__(without_ids(message), details={"codes": [error.code for error in errors if error.code]})
        self.errors = tuple(errors)

    @property
    def codes(self) -> set[str]:
        return {error.code for error in self.errors if error.code}


class ScopeMissing(ShopifyRejected):
    """The merchant has not allowed what this needs. `scopes` are Shopify's names of it; nothing was done."""

    code = "scope_missing"

    def __init__(self, scopes: Collection[str], *, domain: str) -> None:
        named = ", ".join(sorted(scopes))
        denied = UserError("Access denied", ACCESS_DENIED)
        super().__init__(f"The merchant of {domain} has not allowed the app {named}.", errors=[denied])
        self.scopes, self.domain = frozenset(scopes), domain


class ShopifyUnavailable(OutsideUnavailable):
    """Shopify gave no usable answer; a mutation may have run."""

    code = "shopify_unavailable"


@dataclass(frozen=True, slots=True)
class Cost:
    """Points of the last call against the shop's bucket."""

    requested: float
    available: float
    restore_per_s: float
    most: float = 0.0

    def wait_s(self) -> float:
        """How long until the bucket holds enough for the same call again; at least a second."""
        return max(1.0, (self.requested - self.available) / max(self.restore_per_s, 1.0))


def cost_of(answer: Mapping[str, Any]) -> Cost | None:
    cost = (answer.get("extensions") or {}).get("cost") or {}
    status = cost.get("throttleStatus") or {}
    if not {"currentlyAvailable", "restoreRate"} <= status.keys():
        return None
    return Cost(
        requested=float(cost.get("requestedQueryCost") or 0),
        available=float(status["currentlyAvailable"]),
        restore_per_s=float(status["restoreRate"]),
        most=float(status.get("maximumAvailable") or status["currentlyAvailable"]),
    )


def denied_fields(answer: Mapping[str, Any]) -> frozenset[str]:
    """The fields directly below the root that we were refused: each is null beside an ACCESS_DENIED with its path."""
    paths = [error.get("path") or [] for error in _denied(answer)]
    return frozenset(str(path[1]) for path in paths if len(path) > 1)


def scopes_wanted(answer: Mapping[str, Any]) -> frozenset[str]:
    """The scopes that Shopify names where it denies something. None for what is denied for another cause."""
    required = [str(error["extensions"].get("requiredAccess") or "") for error in _denied(answer)]
    return frozenset(scope for text in required for scope in SCOPES.findall(text))


def _denied(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    errors = answer.get("errors") or []
    return [error for error in errors if isinstance(error, dict) and _code(error) == ACCESS_DENIED]


def _code(error: Mapping[str, Any]) -> str:
    return str((error.get("extensions") or {}).get("code") or "GRAPHQL_ERROR")


def error_codes(answer: Mapping[str, Any]) -> list[str]:
    """Codes of the top-level errors, in order; an error without one counts as "GRAPHQL_ERROR"."""
    errors = answer.get("errors") or []
    if not isinstance(errors, list):  # some gateways in front of Shopify answer a plain sentence
        return ["GRAPHQL_ERROR"]
    return [_code(error) for error in errors]


def data_of(answer: Mapping[str, Any], *, name: str, domain: str = "the shop") -> dict[str, Any]:
    """The data of operation `name`, complete or partial. Raises ShopifyRejected, ScopeMissing or ShopifyUnavailable.

    Errors beside data do not mean that a mutation did not run: a hold was once placed, its data returned in full, and
    ACCESS_DENIED reported for one nested field. So whatever has data counts as done.
    """
    data = answer.get("data")
    codes = error_codes(answer)
    if codes and not _has_content(data):
        scopes = scopes_wanted(answer)
        raise ScopeMissing(scopes, domain=domain) if scopes else _failure(name, codes)
    if not isinstance(data, dict):
        raise ShopifyUnavailable(f"Shopify's answer to {name} has no data")
    refuse_user_errors(data, name=name)
    return data


def without_ids(message: str) -> str:
    """The same sentence without the ids in it."""
    return IDS.sub("…", message)


def refuse_user_errors(data: Mapping[str, Any], *, name: str) -> None:
    """Raises ShopifyRejected when a mutation of `data` lists userErrors."""
    payloads = [payload for payload in data.values() if isinstance(payload, dict)]
    # orderCancel has a list of its own beside the deprecated one.
    lists = [found for payload in payloads for name, found in payload.items() if name.lower().endswith("usererrors")]
    errors = [_user_error(error) for found in lists for error in found or []]
    if errors:
        raise ShopifyRejected(f"Shopify refused {name}: {errors[0].message}", errors=errors)


def _has_content(data: Any) -> bool:
    return isinstance(data, dict) and any(root is not None for root in data.values())


def _failure(name: str, codes: Sequence[str]) -> ShopifyRejected | ShopifyUnavailable:
    if UNKNOWN_OUTCOME & set(codes):
        return ShopifyUnavailable(f"Shopify failed in {name}")
    # The messages of top-level errors may quote what we sent; the codes say enough.
    errors = [UserError(message=f"error {code}", code=code) for code in codes]
    return ShopifyRejected(f"Shopify refused {name}: {', '.join(codes)}", errors=errors)


def _user_error(error: Mapping[str, Any]) -> UserError:
    path = error.get("field") or ()
    return UserError(str(error.get("message") or ""), str(error.get("code") or ""), tuple(str(part) for part in path))
