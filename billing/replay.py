"""The time machine: a month's requests once more, under other limits. Reads and writes nothing: values in, values out.

A press that was refused when it happened left no trace, so only what was served can be served or refused here. A guest
who has signed in since counts as the person. How many pages of a calendar are drawn again in a day is not replayed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from uuid import UUID

from billing import caps, periods
from billing.allowance import rung_at, rungs_of
from billing.caps import Payer
from billing.models import Guardrails, Rung

BEGINNING = ("candidate", "page", "shots")
Place = tuple[str, str, str, str, str]  # meter, scope, key, period, first day


@dataclass(frozen=True, slots=True)
class Move:
    """A share that was settled for `actual_micros`, or given back."""

    at: datetime
    share_micros: int
    actual_micros: int


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked and reserved. `count`: pictures for each of `positions` (candidates), finals, pages or shots.

    `action`: an allowance's, "shots" of a product, "print" for a print job, "other" for what no ladder limits.
    `work`: the Design or the Order it was for.
    """

    at: datetime
    payer: Payer
    shop_zone: str
    amount_micros: int
    moves: tuple[Move, ...]
    action: str
    kind: str = ""
    count: int = 1
    work: UUID | None = None
    positions: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What came of it. `spent_micros`, `served` and `reduced` by meter; `refused` by meter and reason."""

    spent_micros: Counter[str] = field(default_factory=Counter)
    served: Counter[str] = field(default_factory=Counter)
    reduced: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    orders: int = 0
    orders_refused: int = 0
    fullest_percent: dict[str, int] = field(default_factory=dict)


def replay(requests: Iterable[Request], limits: Guardrails, rungs: Sequence[Rung]) -> Outcome:
    """Ask each request again in its order of time, under these limits and rungs."""
    machine = _Machine(limits, rungs)
    for request in sorted(requests, key=lambda each: each.at):
        machine.ask(request)
    machine.go_to(None)
    return machine.outcome


class _Machine:
    """Budgets, quotas and what is still to be settled, in memory."""

    def __init__(self, limits: Guardrails, rungs: Sequence[Rung]) -> None:
        self.limits, self.rungs, self.outcome = limits, rungs, Outcome()
        self.spent: Counter[Place] = Counter()
        self.reserved: Counter[Place] = Counter()
        self.due: list[tuple[datetime, int, Request, Move, int]] = []  # a heap: when, in which order, what of it
        self.used: Counter[tuple[object, ...]] = Counter()
        self.begun: set[UUID] = set()
        self.orders: dict[UUID, bool] = {}
        self.asked = 0

    def go_to(self, at: datetime | None) -> None:
        """Settle what was settled until then; None: everything."""
        while self.due and (at is None or self.due[0][0] <= at):
            _, _, request, move, part = heappop(self.due)
            whole = max(request.amount_micros, 1)
            share, actual = move.share_micros * part // whole, move.actual_micros * part // whole
            for place in self._places(request):
                self.reserved[place] -= share
                self.spent[place] += actual
            self.outcome.spent_micros[request.payer.meter] += actual

    def ask(self, request: Request) -> None:
        self.go_to(request.at)
        meter = request.payer.meter
        refusal, amount = self._print(request) if meter == "print" else self._pictures(request)
        if refusal:
            self.outcome.refused[meter, refusal] += 1
            return
        self.outcome.served[meter] += 1
        self.outcome.reduced[meter] += amount < request.amount_micros
        for place in self._places(request):
            self.reserved[place] += amount
        for move in request.moves:
            self.asked += 1
            heappush(self.due, (move.at, self.asked, request, move, amount))
        self._note_fullest(request)

    def _pictures(self, request: Request) -> tuple[str, int]:
        """A reason to refuse, or "" and the amount to reserve."""
        if self.limits.paid_calls_stopped:
            return "stopped", 0
        own = rungs_of(request.kind, self.rungs)
        account = self._place(request, "account", "month")
        committed = self.spent[account] + self.reserved[account]
        rung = rung_at(own, self._percent(request), spent_micros=committed, limits=self.limits)
        refusal = self._turn(request, rung)
        if refusal:
            return refusal, 0
        amount = request.amount_micros
        if request.action == "candidate":
            wanted = min(request.count, rung.candidates)
            amount = self._afford(request, wanted)
            if not amount and request.amount_micros:
                return self._over(request, -(-request.amount_micros // request.count)), 0
        elif request.action == "final" and request.count > rung.finals:
            return "finals", 0
        elif request.action == "shots" and request.count > rung.candidates:
            return "candidates", 0
        elif request.action == "page" and (rung.tier == "low" or self._over(request, amount)):
            amount = min(amount, self.limits.candidate_price_micros * request.count)
        over = self._over(request, amount)
        if not over:
            self._take_turn(request)
        return over, amount

    def _print(self, request: Request) -> tuple[str, int]:
        assert request.work is not None
        if self.limits.supplier_orders_stopped:
            return "stopped", 0
        # One placing has a job for each supplier: the day counts the order, and what refuses one job refuses it all.
        if self.orders.get(request.work) is False:
            return "order", 0
        day = ("orders", periods.starts_on("day", zone=caps.PLATFORM_ZONE, at=request.at))
        new = request.work not in self.orders
        limit = self.limits.orders_per_day
        full = new and limit is not None and self.used[day] >= limit
        refusal = "orders_per_day" if full else self._over(request, request.amount_micros)
        if new:
            self.used[day] += not refusal
            self.outcome.orders += not refusal
            self.outcome.orders_refused += bool(refusal)
            self.orders[request.work] = not refusal
        return refusal, request.amount_micros

    def _turn(self, request: Request, rung: Rung) -> str:
        """Whether the week, or the page, has had its share."""
        week = self.used[self._week(request)]
        if self._begins(request) and rung.weekly_quota is not None and week >= rung.weekly_quota:
            return "weekly_quota"
        runs = rung.runs_of_a_page
        pages = [(request.work, position) for position in request.positions]
        if request.action == "candidate" and runs is not None and any(self.used[page] >= runs for page in pages):
            return "page_runs"
        return ""

    def _take_turn(self, request: Request) -> None:
        if self._begins(request):
            assert request.work is not None
            self.used[self._week(request)] += 1
            self.begun.add(request.work)
        for position in request.positions if request.action == "candidate" else ():
            self.used[request.work, position] += 1

    def _begins(self, request: Request) -> bool:
        return request.action in BEGINNING and request.work is not None and request.work not in self.begun

    def _week(self, request: Request) -> tuple[object, ...]:
        start = periods.starts_on("week", zone=request.payer.zone, at=request.at)
        return "week", request.payer.account_id, request.kind, start

    def _afford(self, request: Request, wanted: int) -> int:
        """The amount for as many of `wanted` pictures as every budget still has room for."""
        unit = -(-request.amount_micros // request.count)
        for count in range(wanted, 0, -1):
            amount = request.amount_micros if count == request.count else unit * count
            if not self._over(request, amount):
                return amount
        return 0

    def _over(self, request: Request, amount: int) -> str:
        """The budget that has no room for `amount`, or ""."""
        for place in self._places(request):
            cap = self._cap(request, place)
            if cap is not None and self.spent[place] + self.reserved[place] + amount > cap:
                return f"{place[1]} {place[3]}"
        return ""

    def _percent(self, request: Request) -> int:
        place = self._place(request, "platform", "month")
        cap = self._cap(request, place)
        return (self.spent[place] + self.reserved[place]) * 100 // cap if cap else 0

    def _cap(self, request: Request, place: Place) -> int | None:
        return caps.cap_of(self.limits, place[0], place[1], place[3], visitor=request.payer.guest)

    def _places(self, request: Request) -> list[Place]:
        return [self._place(request, scope, period) for scope, period in request.payer.places]

    def _place(self, request: Request, scope: str, period: str) -> Place:
        zones = {"account": request.payer.zone, "shop": request.shop_zone}
        start = periods.starts_on(period, zone=zones.get(scope, caps.PLATFORM_ZONE), at=request.at)
        return request.payer.meter, scope, request.payer.key(scope), period, start.isoformat()

    def _note_fullest(self, request: Request) -> None:
        for place in self._places(request):
            cap = self._cap(request, place)
            if place[1] == "platform" and cap:
                name = f"{place[0]} {place[3]}"
                percent = (self.spent[place] + self.reserved[place]) * 100 // cap
                self.outcome.fullest_percent[name] = max(self.outcome.fullest_percent.get(name, 0), percent)


def grouped(refused: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Refusals as meter → reason → how many, in a fixed order."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (meter, reason), count in sorted(refused.items()):
        found[meter][reason] = count
    return dict(found)
