"""POST /feedback/: a message to us, from an app or an embed; our own page has a form that works without a script."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.proof import PROOF_NEEDED, PROOF_OF_WORK, ProvenToWrite
from accounts.identity import caller_of
from cardmaker.core.idempotency import IdempotentPost
from cardmaker.core.middleware import client_address
from fulfillment.care import feedback
from fulfillment.care.feedback import MESSAGE_MAX, REFERENCE_MAX, Message
from fulfillment.models import Feedback

LONGEST_BODY_TEXT = 100_000  # far above our limit: the domain's refusal names the real one


class FeedbackIn(serializers.Serializer[None]):
    subject = serializers.ChoiceField(Feedback.Subject.choices)
    message = serializers.CharField(max_length=LONGEST_BODY_TEXT, help_text=f"At most {MESSAGE_MAX:,} characters.")
    email = serializers.EmailField(required=False, allow_blank=True, default="", help_text="Where we may answer.")
    reference = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=REFERENCE_MAX, help_text="An order or tracking number."
    )


class FeedbackOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    removed = serializers.ListField(child=serializers.CharField(), help_text="What we took out of the message.")


class FeedbackCreate(IdempotentPost, APIView):
    """POST /feedback/: write to us. A guest proves some work first; at most twenty an hour from one network."""

    permission_classes = [ProvenToWrite]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method == "POST":  # outside the transaction of the idempotency key: the row is a whole network's
            feedback.make_room(client_address(request._request), proven=True, at=timezone.now())

    @extend_schema(
        request=FeedbackIn,
        responses={201: FeedbackOut, 428: PROOF_NEEDED},
        parameters=[PROOF_OF_WORK],
        operation_id="feedback_create",
    )
    def post(self, request: Request) -> Response:
        body = FeedbackIn(data=request.data)
        body.is_valid(raise_exception=True)
        written = Message(**body.validated_data)
        account = caller_of(request).account
        taken = feedback.give(written, account=account, proven=True, at=timezone.now())
        shown = FeedbackOut({"id": taken.feedback.pk, "removed": taken.removed})
        return Response(shown.data, status=status.HTTP_201_CREATED)
