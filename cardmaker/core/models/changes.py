"""What ops changed: limits, prices, who is let in."""

from typing import Any

from django.db import models


class Change(models.Model):
    """One field of one row that decides something: who set it, when, from what to what. The database keeps it."""

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=254, help_text="A person's address, or the name of a command.")
    subject = models.CharField(max_length=120, db_index=True, help_text="The row, in the words of the console.")
    field = models.CharField(max_length=80)
    old = models.CharField(max_length=400, blank=True)
    new = models.CharField(max_length=400, blank=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("What was changed stays written.")
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.subject}, {self.field}: {self.old} → {self.new}"
