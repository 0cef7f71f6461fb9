"""What every webhook view does with a delivery before anything else: read it, take it as an object, or turn it away."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from cardmaker.core.api import error_response
from cardmaker.core.readjson import read_json


def raw_body(request: HttpRequest, *, max_bytes: int) -> bytes:
    """The raw bytes, read past the limit for people's requests: a delivery may well be larger than that.

    Raises RequestDataTooBig, which is answered with 400.
    """
    body: bytes = request.read(max_bytes + 1)
    if len(body) > max_bytes:
        raise RequestDataTooBig("A delivery larger than anybody sends.")
    return body


def object_in(body: bytes) -> dict[str, Any]:
    """The body as an object; what cannot be read is kept as an empty one, for the delivery was proven."""
    try:
        payload = read_json(body)
    except ValueError:
        return {}
    return payload if isinstance(payload, dict) else {}


def unproven() -> HttpResponse:
    return error_response("not_authenticated", "This delivery is not proven to come from where it says.", 401)
