"""Webhook deliveries: stored before anything is done with them, handled once, replayable."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from cardmaker.core import jobs, shortpath
from cardmaker.core.jobs import enqueue
from cardmaker.core.models.job import Job
from cardmaker.core.sealing import SealedJSONField

EXTERNAL_ID_MAX, TOPIC_MAX = 200, 100  # characters: what comes from outside is cut to them before it is stored


class InboxEvent(models.Model):
    """One delivery. The sender repeats, shuffles and delays them; (source, external_id) makes each count once."""

    class State(models.TextChoices):
        NEW = "new"
        HANDLED = "handled"
        IGNORED = "ignored"  # a topic we do not know yet, kept to be replayed when we do
        DEAD = "dead"

    source = models.CharField(max_length=20)
    external_id = models.CharField(max_length=EXTERNAL_ID_MAX)
    topic = models.CharField(max_length=TOPIC_MAX)
    shop_domain = models.CharField(max_length=255, blank=True)
    payload = SealedJSONField()
    then = models.CharField(max_length=80)  # the kind of job that handles it
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="inbox_event_once")]
        indexes = [models.Index(fields=["state", "received_at"], name="inbox_event_state")]

    def __str__(self) -> str:
        return f"{self.source} {self.topic} {self.external_id}"

    @classmethod
    def receive(
        cls,
        *,
        source: str,
        external_id: str,
        topic: str,
        payload: dict[str, Any],
        at: datetime,
        then: str,
        shop_domain: str = "",
    ) -> "InboxEvent | None":
        """Store a delivery and queue `then` with its key, in one transaction. None: it had come before."""
        told: dict[str, Any] = {
            "source": source,
            "external_id": external_id,
            "topic": topic,
            "shop_domain": shop_domain,
            "payload": payload,
        }
        event = cls(then=then, received_at=at, **told)
        return event if event._store_with(jobs.unqueued(then, run_at=at)) else None

    def _store_with(self, job: Job) -> bool:
        """Write this delivery and the job that handles it. False, and nothing is written: it had come before."""
        if shortpath.there_is_one():
            self.pk = shortpath.receive(self, job)
            self._state.adding, self._state.db = False, connection.alias
            return self.pk is not None
        if InboxEvent.objects.filter(source=self.source, external_id=self.external_id).exists():
            return False
        try:
            with transaction.atomic():
                self.save(force_insert=True)
                job.subject = str(self.pk)
                job.queue()
        except IntegrityError:  # the same delivery came twice at once
            return False
        return True

    def replay(self, *, at: datetime) -> None:
        """Handle it again, whatever became of it: for dead letters and for topics learned since."""
        with transaction.atomic():
            InboxEvent.objects.filter(pk=self.pk).update(state=self.State.NEW, handled_at=None, last_error="")
            enqueue(self.then, self.pk, at=at)
        self.refresh_from_db()


def handle(event_id: int | str, handlers: Mapping[str, Callable[[InboxEvent], object]], *, at: datetime) -> None:
    """Handle one event by its topic. The lock, the effects and the state share a transaction: a rerun is a no-op."""
    with transaction.atomic():
        event = InboxEvent.objects.select_for_update().get(pk=event_id)
        if event.state in (InboxEvent.State.HANDLED, InboxEvent.State.IGNORED):
            return
        handler = handlers.get(event.topic)
        if handler:
            handler(event)
        event.state = InboxEvent.State.HANDLED if handler else InboxEvent.State.IGNORED
        event.handled_at, event.last_error = at, ""
        event.save(update_fields=["state", "handled_at", "last_error"])


def bury(event_id: str, error: str) -> None:
    """Mark an event whose job is stuck as a dead letter. Give it to `jobs.register(on_stuck=...)`."""
    InboxEvent.objects.filter(pk=event_id, state=InboxEvent.State.NEW).update(
        state=InboxEvent.State.DEAD, last_error=error[:500]
    )
