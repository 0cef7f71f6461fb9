"""What every row with a public id has."""

import uuid

from django.db import models
from django.utils import timezone


class PublicRow(models.Model):
    """A row whose key may stand in an address: unguessable, so that nobody can count our customers or orders."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
