"""A POST with an `Idempotency-Key` has its effect once; its first answer is given again to whoever repeats it."""

import functools
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cardmaker.core.errors import BadInput, Refused
from cardmaker.core.models import IdempotencyKey

KEPT = timedelta(days=2)
LONGEST_KEY = 200


class IdempotencyKeyReused(Refused):
    """The key already stands for another request."""

    code = "idempotency_key_reused"


class IdempotentPost:
    """Mixin for a DRF view, before APIView: its `post` runs in one transaction with the key row.

    A refusal rolls the key back with everything else, so a corrected request may use the same key again. The handler
    must not call outside services or write files: it enqueues.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "post" in cls.__dict__:
            cls.post = _once(cls.__dict__["post"])  # type: ignore[attr-defined]

    def idempotency_scope(self, request: Request) -> str:
        """Who asks: bearer token or session; "" for somebody we do not know yet. Keys of strangers must never meet.

        A network address would not do: a whole office shares one, and the answer names what only its first asker owns.
        """
        bearer = request.headers.get("Authorization", "")
        session = getattr(getattr(request, "session", None), "session_key", None)
        return str(bearer or session or "")

    def idempotency_body(self, request: Request) -> str:
        """What makes two requests the same one. A view that takes files says so by their content."""
        return json.dumps(request.data, sort_keys=True, default=str)


def forget_old_keys() -> int:
    """Delete keys after two days: a client that repeats later than that means a new request."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def _once(post: Callable[..., Response]) -> Callable[..., Response]:
    @functools.wraps(post)
    def wrapped(self: IdempotentPost, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return post(self, request, *args, **kwargs)
        if len(key) > LONGEST_KEY:
            raise BadInput.beside("Idempotency-Key", f"At most {LONGEST_KEY} characters.")
        who = self.idempotency_scope(request)
        body_digest = _digest(self.idempotency_body(request))
        fields = {"body_digest": body_digest, "created_at": timezone.now()}
        with transaction.atomic():
            if not who:
                response = post(self, request, *args, **kwargs)
                _store_for_newcomer(self, request, key, fields, response)
                return response
            # A racing second request waits here until the first has committed, then finds its answer.
            named = {"scope": _scope(who, request), "key": key}
            row, first = IdempotencyKey.objects.get_or_create(**named, defaults=fields)
            if not first:
                return _stored(row, body_digest)
            response = post(self, request, *args, **kwargs)
            _store(row, response)
        return response

    return wrapped


def _scope(who: str, request: Request) -> str:
    return _digest(f"{who}\n{request.path}")


def _store_for_newcomer(
    view: IdempotentPost, request: Request, key: str, fields: dict[str, Any], response: Response
) -> None:
    """Keep the answer for the session that this very request began, so that its repeats find it."""
    session = getattr(request, "session", None)
    if session is not None and session.modified:
        session.save()  # gives it its key
        row = IdempotencyKey.objects.create(scope=_scope(view.idempotency_scope(request), request), key=key, **fields)
        _store(row, response)


def _store(row: IdempotencyKey, response: Response) -> None:
    row.status = response.status_code
    row.answer = json.loads(JSONRenderer().render(response.data) or b"null")
    row.location = response.get("Location", "")
    row.save(update_fields=["status", "answer", "location"])


def _stored(row: IdempotencyKey, body_digest: str) -> Response:
    if row.body_digest != body_digest:
        raise IdempotencyKeyReused("This Idempotency-Key was used for another request.")
    headers = {"Idempotency-Replayed": "true"} | ({"Location": row.location} if row.location else {})
    return Response(row.answer, status=row.status, headers=headers)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
