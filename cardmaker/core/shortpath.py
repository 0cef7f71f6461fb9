"""Queueing a job, storing a delivery and moving a row in one round trip each, where the database can do so.

PostgreSQL takes a WITH of INSERTs as one statement: all of it is written, or nothing, and a web process that answers a
hundred deliveries a second waits once instead of eight times. SQLite sits in the same process, where a statement costs
next to nothing: there `Job.queue` and `InboxEvent.receive` write their rows one by one.
"""

from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models.sql import UpdateQuery

from cardmaker.core import queue

if TYPE_CHECKING:
    from cardmaker.core.models import Event, InboxEvent, Job

QUEUE = """
WITH {step} wake AS (INSERT INTO django_q_ormq ("key", payload, lock) VALUES (%s, %s, %s) RETURNING id)
INSERT INTO core_job (id, created_at, kind, subject, lane, account_id, state, attempts, run_at, worker, last_error,
                      queue_ref)
SELECT %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, wake.id FROM wake
RETURNING queue_ref
"""
RECEIVE = """
WITH event AS (
    INSERT INTO core_inboxevent (source, external_id, topic, shop_domain, payload, "then", received_at, state,
                                 last_error)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (source, external_id) DO NOTHING RETURNING id),
wake AS (
    INSERT INTO django_q_ormq ("key", payload, lock) SELECT %s, %s, %s FROM event RETURNING id)
INSERT INTO core_job (id, created_at, kind, subject, lane, account_id, state, attempts, run_at, worker, last_error,
                      queue_ref)
SELECT %s, %s, %s, event.id::text, %s, %s, %s, %s, %s, %s, %s, wake.id FROM event, wake
RETURNING subject
"""


def there_is_one() -> bool:
    return connection.vendor == "postgresql" and queue.is_a_table()


def queue_job(job: "Job", step: "Event | None" = None) -> int:
    """Write a new job, the queue row that wakes a worker for it, and a step of the funnel. Answers that row's key."""
    wake = [job.lane, queue.package(job.pk, job.kind), job.run_at]
    told, values = _inserted(step) if step is not None else ("", [])
    statement = QUEUE.format(step=f"step AS ({told})," if told else "")
    (queue_ref,) = _call(statement, [*values, *wake, job.pk, job.created_at, job.kind, job.subject, *_state(job)])
    return int(queue_ref)


def move(rows: models.QuerySet[Any], changes: dict[str, Any], told: models.Model) -> bool:
    """Change these rows, and write the row that tells of it if there were any. False: there were none."""
    query: Any = rows.query.chain(UpdateQuery)  # as QuerySet.update does
    query.add_update_values(changes)
    change, values = query.get_compiler(connection=connection).as_sql()
    insert, told_values = _inserted(told, "SELECT {values} FROM moved LIMIT 1")
    statement = f"WITH moved AS ({change} RETURNING 1) {insert} RETURNING 1"
    return _call(statement, [*values, *told_values]) is not None


def _inserted(row: models.Model, source: str = "VALUES ({values})") -> tuple[str, list[Any]]:
    """The INSERT of one new row whose key the database gives, and its values."""
    meta = row._meta
    fields = [field for field in meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    given = source.format(values=", ".join(["%s"] * len(fields)))
    return f'INSERT INTO "{meta.db_table}" ({columns}) {given}', values


def receive(event: "InboxEvent", job: "Job") -> int | None:
    """Write a delivery and the job that handles it, which is told the delivery's key. None: it had come before."""
    wake = [job.lane, queue.package(job.pk, job.kind), job.run_at]
    told = [event.source, event.external_id, event.topic, event.shop_domain, _sealed(event), event.then]
    stored = [*told, event.received_at, event.state, event.last_error]
    row = _call(RECEIVE, [*stored, *wake, job.pk, job.created_at, job.kind, *_state(job)])
    return int(row[0]) if row else None


def _state(job: "Job") -> list[Any]:
    return [job.lane, job.account_id, job.state, job.attempts, job.run_at, job.worker, job.last_error]


def _sealed(event: "InboxEvent") -> Any:
    return event._meta.get_field("payload").get_prep_value(event.payload)


def _call(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()
