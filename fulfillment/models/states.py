"""How a row with states moves: one table of moves, one conditional UPDATE, one line of history."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction

from cardmaker.core.models import IllegalMove


class Stateful(models.Model):
    """A row whose `state` only ever moves along MOVES. Subclasses write their own history in `_remember`."""

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
            while (before := self.state) not in sources or not rows.filter(pk=self.pk, state=before).update(
                state=to, **changes
            ):
                self.refresh_from_db(fields=["state"])
                if self.state == before:
                    return False
            self._remember(before, to, at=at, note=note, actor=actor)
        for name, value in (changes | {"state": to}).items():
            setattr(self, name, value)
        return True

    def _remember(self, before: str, to: str, *, at: datetime, note: str, actor: str) -> None:
        raise NotImplementedError
