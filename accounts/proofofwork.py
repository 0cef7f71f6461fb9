"""Proof of work: before a guest has pictures made or writes to us, the browser computes for a moment.

People do not notice it; a bot that posts by the thousand needs a machine for it. Challenges are altcha's (version 2,
PBKDF2 with SHA-256), signed, bound to one purpose, good for ten minutes and for one answer. No third party is asked.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import altcha
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from accounts import buckets
from accounts.buckets import Pour, Size
from accounts.intake import network_of
from accounts.models import Account, SpentProof
from cardmaker.core.errors import Refused

Purpose = Literal["generation", "feedback"]
HEADER = "Proof-Of-Work"
ALGORITHM = "PBKDF2/SHA-256"
ITERATIONS = 1_000  # of one try: long enough that the browser's own code does the work, short enough to stop soon
GOOD_FOR = timedelta(minutes=10)
PROVEN_FOR = timedelta(hours=2)
LONGEST_ANSWER = 4_000  # characters
# Answers of one network: above so many in an hour the next tries double, quadruple ...
LOAD = Size(points=400, per_hour=60)
CALM, HARDEST = 30, 16


class ProofNeeded(Refused):
    """Compute first. `details`: the challenge for it, and the header in which the answer belongs."""

    code = "proof_of_work_needed"


@dataclass(frozen=True, slots=True)
class Answer:
    """A solved challenge that was checked, but may have been used before."""

    nonce: str
    expires_at: int


def challenge(purpose: Purpose, *, address: str, at: datetime) -> dict[str, Any]:
    """A fresh challenge in altcha's form. The solver needs between half and all of its tries: no bad luck, no good."""
    most = settings.PROOF_OF_WORK_TRIES * harder_by(address, at=at)
    made = altcha.create_challenge(
        ALGORITHM,
        ITERATIONS,
        counter=most // 2 + secrets.randbelow(most - most // 2),
        expires_at=at + GOOD_FOR,
        data={"purpose": purpose},
        hmac_secret=_secret(),
    )
    return dict(made.to_dict())


def is_needed(account: Account | None, *, at: datetime) -> bool:
    """Guests compute, once in a while; who signed in or sells with us does not."""
    if account is None:
        return True
    return account.kind == Account.Kind.GUEST and (account.proven_until is None or account.proven_until <= at)


def require(purpose: Purpose, answer: str, *, account: Account | None, address: str, at: datetime) -> None:
    """Let through whom we know and who computed, and remember a guest for a while. Raises ProofNeeded.

    An answer is spent by this even when what it was computed for is refused afterwards.
    """
    if not is_needed(account, at=at):
        return
    checked = _checked(answer, purpose, at=at)
    if checked is None or not _spend(checked, account, at=at):
        raise needed(purpose, address=address, at=at)
    _count(address, at=at)


def needed(purpose: Purpose, *, address: str, at: datetime) -> ProofNeeded:
    """The refusal that any client can answer."""
    details = {"purpose": purpose, "header": HEADER, "challenge": challenge(purpose, address=address, at=at)}
    return ProofNeeded("Your browser has to compute for a moment first. Please try again.", details=details)


def harder_by(address: str, *, at: datetime) -> int:
    """1 where all is calm, more for a network that had much made by guests lately. One query."""
    excess = int(buckets.level(_load(address), LOAD, at=at)) // CALM
    return int(min(2**excess, HARDEST))


def forget_spent(*, at: datetime) -> int:
    """Delete answers that would be refused as expired anyway."""
    return SpentProof.objects.filter(expires_at__lt=at).delete()[0]


def _checked(text: str, purpose: Purpose, *, at: datetime) -> Answer | None:
    """What was sent, if it is our challenge for this purpose, in time, and solved. Costs one try at the most."""
    if not text or len(text) > LONGEST_ANSWER:
        return None
    try:
        payload = altcha.Payload.from_base64(text)
        parameters = payload.challenge.parameters
        ends_at = parameters.expires_at
        if (parameters.data or {}).get("purpose") != purpose or ends_at is None or ends_at <= at.timestamp():
            return None
        result = altcha.verify_solution(payload, _secret())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Answer(parameters.nonce, ends_at) if result.verified else None


def _spend(answer: Answer, account: Account | None, *, at: datetime) -> bool:
    """False: somebody was faster with the same answer. The unique key decides."""
    expires_at = datetime.fromtimestamp(answer.expires_at, tz=at.tzinfo)
    try:
        with transaction.atomic():
            SpentProof.objects.create(nonce=answer.nonce, expires_at=expires_at)
            if account is not None:
                account.proven_until = at + PROVEN_FOR
                Account.objects.filter(pk=account.pk).update(proven_until=account.proven_until)
    except IntegrityError:
        return False
    return True


def _count(address: str, *, at: datetime) -> None:
    if settings.SANDBOX:  # there everybody comes from one address
        return
    try:
        buckets.pour([Pour(_load(address), LOAD, 1)], at=at)
    except buckets.Full:
        return  # it cannot get any harder


def _load(address: str) -> str:
    return f"proofs:{network_of(address)}"


def _secret() -> str:
    return salted_hmac("accounts.proofofwork", "challenge").hexdigest()
