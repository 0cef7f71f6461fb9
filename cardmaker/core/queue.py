"""Queue rows in django-q2's own format, so that its admin pages and `qcluster` can read them.

A queue row is only a wake-up: what is to be done, how often and when stands on the Job.
"""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.utils import timezone

ENTRY_POINT = "cardmaker.core.jobs.run"


def push(job_id: UUID, name: str, *, lane: str, run_at: datetime) -> int | None:
    """Queue a wake-up for `run_at`. Returns the queue row's key, or None where the broker is not the database.

    A broker outside the database holds no task back: there a later job is left to the sweeper.
    """
    from django_q.models import OrmQ

    if is_a_table():
        return int(OrmQ.objects.create(key=lane, payload=package(job_id, name), lock=run_at).pk)
    if run_at <= timezone.now():
        broker(lane).enqueue(package(job_id, name))
    return None


def is_a_table() -> bool:
    """Whether the broker is our own database, so that a wake-up commits with its job."""
    from django_q.conf import Conf

    return Conf.ORM == "default" and not Conf.BROKER_CLASS


def package(job_id: UUID, name: str) -> str:
    """What stands in a queue row: a call of our entry point, signed as django-q2 signs its tasks."""
    from django_q.humanhash import uuid as task_uuid
    from django_q.signing import SignedPackage

    task = {"id": task_uuid()[1], "name": name, "func": ENTRY_POINT, "args": (str(job_id),), "kwargs": {}}
    return str(SignedPackage.dumps(task | {"started": timezone.now()}))


def forget(queue_ref: int | None) -> None:
    """Take back a wake-up that is no longer needed."""
    from django_q.models import OrmQ

    if queue_ref is not None:
        OrmQ.objects.filter(pk=queue_ref).delete()


def unpack(package: str) -> dict[str, Any]:
    """The task in a queue row. Raises django_q.signing.BadSignature for what we did not write."""
    from django_q.signing import SignedPackage

    task: dict[str, Any] = SignedPackage.loads(package)
    return task


@cache
def broker(lane: str) -> Any:
    """django-q2's broker for this lane."""
    from django_q.brokers import get_broker

    return get_broker(lane)
