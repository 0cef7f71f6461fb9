"""Gooten's ways of answering: money, errors that may come with 200, parameters in any letter case."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from cardmaker.sandbox import faults

Body = dict[str, Any]
REFERENCE_CODE = "0f8fad5b-d9cb-469f-a165-70867728950e"


class Refusal(Exception):
    """HadError: one or more (property path, message, attempted value)."""

    def __init__(self, *errors: tuple[str, str, object], **extra: object) -> None:
        super().__init__("; ".join(message for _, message, _ in errors))
        self.errors, self.extra = errors, extra


def refused(refusal: Refusal) -> HttpResponse:
    errors: Iterable[Body] = [
        {"AttemptedValue": value, "CustomState": None, "ErrorMessage": message, "PropertyName": name}
        for name, message, value in refusal.errors
    ]
    body = {"HadError": True, "ErrorReferenceCode": REFERENCE_CODE, "Errors": errors, **refusal.extra}
    # Both happen in reality, so a client has to read the body either way.
    return JsonResponse(body, status=400 if faults.take("gooten_400", "gooten") else 200)


def money(amount_minor: int, currency: str = "USD") -> Body:
    """The money object: here, unlike elsewhere, a price is a JSON number."""
    amount = f"{amount_minor / 100:.2f}"
    return {
        "Price": float(amount),
        "CurrencyCode": currency,
        "FormattedPrice": f"${amount}",
        "CurrencyFormat": "${1}",
        "CurrencyDigits": 2,
    }


class Params(dict[str, str]):
    """Query parameters whose names are the same in any letter case."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__({name.lower(): str(value) for name, value in request.GET.items()})

    def named(self, name: str, default: str = "") -> str:
        return self.get(name.lower(), default)


def check_recipe(params: Params) -> HttpResponse | None:
    if params.named("recipeid").lower() != settings.GOOTEN_RECIPE_ID.lower():
        return JsonResponse({"Message": f"The request is invalid. Invalid recipeId '{params.named('recipeid')}'."})
    return None


def check_billing_key(key: object, where: str = "PartnerBillingKey") -> None:
    """Raises Refusal unless it is the key."""
    if key != settings.GOOTEN_BILLING_KEY:
        raise Refusal((where, "Invalid partner billing key", None))


def ignoring_case(body: Body, name: str, default: object = None) -> Any:
    """A member of a request body whose name may be written in any letter case."""
    return next((value for key, value in body.items() if key.lower() == name.lower()), default)
