"""A form's stamp: signed, with the time. Nobody fills a form in within three seconds, and nobody sends one twice."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction

from accounts.models import SpentProof
from cardmaker.core.errors import Refused

SIGNER = Signer(salt="accounts.formstamps")
SOONEST, LATEST = timedelta(seconds=3), timedelta(hours=24)


class OutOfTime(Refused):
    """The form came back too soon for a person, or too late, or its stamp is not ours. A fresh one may be sent."""

    code = "form_out_of_time"


@dataclass(frozen=True, slots=True)
class Stamp:
    nonce: str
    expires_at: datetime


def stamp(*, at: datetime) -> str:
    return SIGNER.sign_object([secrets.token_hex(16), int(at.timestamp())])


def read(text: str, *, at: datetime) -> Stamp:
    """The stamp of a form that comes back now. Raises OutOfTime."""
    try:
        nonce, seconds = SIGNER.unsign_object(text)
    except (BadSignature, ValueError, TypeError) as exc:
        raise OutOfTime("This form is out of date. Please send it once more.") from exc
    handed_out_at = datetime.fromtimestamp(seconds, tz=at.tzinfo)
    if at < handed_out_at + SOONEST:
        raise OutOfTime("That was faster than anybody types. Please wait a moment and send it once more.")
    if at > handed_out_at + LATEST:
        raise OutOfTime("This form was open for a long time. Please send it once more.")
    return Stamp(nonce, handed_out_at + LATEST)


def spend(used: Stamp) -> bool:
    """False: the same form was sent before. In the transaction of what it brings."""
    try:
        with transaction.atomic():
            SpentProof.objects.create(nonce=used.nonce, expires_at=used.expires_at)
    except IntegrityError:
        return False
    return True
