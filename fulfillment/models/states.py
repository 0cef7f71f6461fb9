"""How a row with states moves: one table of moves, one conditional UPDATE, one line of history."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import connection, models, transaction

from cardmaker.core import shortpath
from cardmaker.core.models import IllegalMove


class Stateful(models.Model):
    """A row whose `state` only ever moves along MOVES. Subclasses say in `_history` what is told of a move."""

    MOVES: ClassVar[Mapping[str, set[str]]] = {}

    state: Any

    class Meta:
        abstract = True

    def move(self, to: str, *, at: datetime, note: str = "", actor: str = "", **changes: Any) -> None:
        """Go to `to` and write history. Raises IllegalMove, also when another worker was faster."""
        if not self.try_move(to, at=at, note=note, actor=actor, **changes):
            raise IllegalMove(f"{self} is {self.state} and cannot become {to}.")

    def try_move(self, to: str, *, at: datetime, note: str = "", actor: str = "", **changes: Any) -> bool:
        """Like `move`, but answers False where `move` raises."""
        sources = [source for source, targets in self.MOVES.items() if to in targets]
        rows: models.QuerySet[Any] = type(self)._default_manager.all()
        with transaction.atomic():
            # The WHERE clause is the guard: of two racing workers exactly one UPDATE matches. It names the one state
            # that history will tell, so a row that was read too early is read again.
            while (before := self.state) not in sources or not _moved(
                rows.filter(pk=self.pk, state=before),
                {"state": to, **changes},
                self._history(before, to, at=at, note=note, actor=actor),
            ):
                self.refresh_from_db(fields=["state"])
                if self.state == before:
                    return False
        for name, value in (changes | {"state": to}).items():
            setattr(self, name, value)
        return True

    def _history(self, before: str, to: str, *, at: datetime, note: str, actor: str) -> models.Model | None:
        """The row that tells of this move, unsaved; None where there is nothing to tell."""
        raise NotImplementedError


def _moved(rows: models.QuerySet[Any], changes: dict[str, Any], told: models.Model | None) -> bool:
    """The UPDATE and its line of history: one statement where the database can, else two."""
    if told is not None and connection.vendor == "postgresql":
        return shortpath.move(rows, changes, told)
    if not rows.update(**changes):
        return False
    if told is not None:
        told.save(force_insert=True)
    return True
