"""Proof of work over HTTP: where a challenge is had, and what a view that needs one says."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import proofofwork
from accounts.identity import caller_of
from cardmaker.core.middleware import client_address

PROOF_OF_WORK = OpenApiParameter(
    proofofwork.HEADER,
    str,
    OpenApiParameter.HEADER,
    description="A guest's answer to a challenge of GET /challenge/, or of the refusal `proof_of_work_needed`.",
)
PROOF_NEEDED = OpenApiResponse(
    description="`proof_of_work_needed`: `details` holds `challenge`, to be solved and sent again in the header that "
    "`details.header` names. Guests are asked once in two hours, people who signed in never."
)


class ChallengeIn(serializers.Serializer[None]):
    purpose = serializers.ChoiceField(["generation", "feedback"])


class ParametersOut(serializers.Serializer[Any]):
    algorithm = serializers.CharField(help_text="PBKDF2/SHA-256")
    nonce = serializers.CharField(
        help_text="Hex. The password of try n is these bytes and n as four bytes, big-endian."
    )
    salt = serializers.CharField(help_text="Hex.")
    cost = serializers.IntegerField(help_text="Iterations of one try.")
    keyLength = serializers.IntegerField()  # noqa: N815 - altcha's own name
    keyPrefix = serializers.CharField(help_text="Hex. The derived key begins with it.")  # noqa: N815
    expiresAt = serializers.IntegerField(help_text="Seconds since 1970.")  # noqa: N815
    data = serializers.DictField()  # type: ignore[assignment]  # shadows a property that is not used here


class SignedChallengeOut(serializers.Serializer[Any]):
    parameters = ParametersOut()
    signature = serializers.CharField()


class ChallengeOut(serializers.Serializer[Any]):
    needed = serializers.BooleanField()
    header = serializers.CharField(help_text="Where the answer belongs.")
    challenge = SignedChallengeOut(allow_null=True)


class ChallengeView(APIView):
    """GET /challenge/?purpose=…: what a guest's browser computes before it has pictures made or writes to us.

    The form is altcha's (version 2). Try n = 0, 1, 2 …: derive `keyLength` bytes by PBKDF2 with SHA-256, until they
    begin with `keyPrefix`. The answer is base64 of {"challenge": …, "solution": {"counter": n, "derivedKey": hex}}.
    """

    @extend_schema(parameters=[ChallengeIn], responses=ChallengeOut, operation_id="challenge_retrieve")
    def get(self, request: Request) -> Response:
        wanted, at = ChallengeIn(data=request.query_params), timezone.now()
        wanted.is_valid(raise_exception=True)
        is_needed = proofofwork.is_needed(caller_of(request).account, at=at)
        address = client_address(request._request)
        purpose = wanted.validated_data["purpose"]
        made = proofofwork.challenge(purpose, address=address, at=at) if is_needed else None
        answer = {"needed": is_needed, "header": proofofwork.HEADER, "challenge": made}
        return Response(ChallengeOut(answer).data, headers={"Cache-Control": "no-store"})


class ProvenFor(BasePermission):
    """Guests compute before they may do this. Asked before anything is counted, looked up or written."""

    purpose: proofofwork.Purpose

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method not in SAFE_METHODS:
            proofofwork.require(
                self.purpose,
                request.headers.get(proofofwork.HEADER, ""),
                account=caller_of(request).account,
                address=client_address(request._request),
                at=timezone.now(),
            )
        return True


class ProvenToGenerate(ProvenFor):
    purpose = "generation"


class ProvenToWrite(ProvenFor):
    purpose = "feedback"
