"""The kills: at each named point, in the middle of a call, and anywhere; with the suppliers and the mail playing up."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from fulfillment.torture.goods import Good
from fulfillment.torture.market import Market
from fulfillment.torture.points import PHASES
from fulfillment.torture.stack import Stack, StackBroken

Json = dict[str, Any]
# What goes wrong outside while the worker dies inside: kind, where, how often.
FAULTS: tuple[Json, ...] = (
    {"kind": "timeout_after", "service": "gooten", "operation": "POST orders", "times": 1, "value": 2},
    {"kind": "http_500_after", "service": "gooten", "operation": "POST orders", "times": 1},
    {"kind": "http_500", "service": "gooten", "operation": "POST orders", "times": 1},
    {"kind": "http_429", "service": "gooten", "operation": "POST orders", "times": 1, "value": 1},
    {"kind": "slow", "service": "gooten", "operation": "POST orders", "times": 2, "value": 700},
    {"kind": "throttled", "service": "shopify", "times": 1},
    {"kind": "http_500_after", "service": "shopify", "operation": "fulfillmentCreate", "times": 1},
    {"kind": "webhooks_lost", "service": "gooten", "times": 4},
    {"kind": "webhooks_duplicate", "times": 6, "value": 3},
    {"kind": "webhooks_shuffle", "times": 8, "value": 1},
)
LOST_ORDERS: Json = {"kind": "webhooks_lost", "service": "shopify", "operation": "orders/", "times": 2}
FIRED_S = 120.0  # when something is broken, not when a machine is busy
THINKING_MS = 900  # well below SUBMIT_SETTLE_S of the stack: a busy machine thinks longer than it was told to
SENDERS = "SELECT worker FROM core_job WHERE state = 'running' AND kind = 'fulfillment.submit_print_job'"


@dataclass
class Torment:
    """Kills and faults on one stack. Everything that is chance comes from `chance`, so that a seed repeats it."""

    stack: Stack
    market: Market
    chance: random.Random
    tell: Callable[[str], object]
    kills: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    deck: list[Json] = field(default_factory=list)

    def run(self, rounds: int, one_round: "Callable[[Torment, int], None]") -> None:
        for number in range(1, rounds + 1):
            began = time.monotonic()
            one_round(self, number)
            so_far = f"{self.kills.total()} kills and {self.market.paid()} orders so far"
            self.tell(f"round {number}: {so_far}, {time.monotonic() - began:.1f} s")

    def some_faults(self, count: int) -> list[Json]:
        """Each of FAULTS comes before one comes again."""
        while len(self.deck) < count:
            self.deck = self.chance.sample(FAULTS, len(FAULTS)) + self.deck
        return [self.deck.pop() for _ in range(count)]

    def named_kills(self, points: tuple[str, ...], faults: list[Json], good: Good | None = None) -> None:
        """One kill at each of these points, while orders come in and these faults are on."""
        for fault in faults:
            self.switch_on(fault)
        self.stack.markers.arm(points)
        self.market.pay(2, good)
        self.await_kills(points)
        self.market.no_faults()
        self.market.await_all_placed()

    def await_kills(self, points: Iterable[str]) -> None:
        """Until every armed point has killed. Raises StackBroken when one was not passed."""
        if not self.stack.markers.fired_within(FIRED_S):
            raise StackBroken(f"Nobody came by {', '.join(self.stack.markers.armed())}.\n{self.stack.logs()}")
        self.kills.update(points)

    def kill_in_mid_call(
        self, service: str = "gooten", operation: str = "POST orders", *, thinking_ms: int = THINKING_MS
    ) -> None:
        """A worker dies while the supplier is still thinking, and another is there to take over its job.

        The supplier stores what it was sent after that. The settle time is longer than its thinking.
        """
        self.think_long(service, operation, thinking_ms)
        self.market.pay(1)
        self.kill_the_thinkers_caller(operation)
        self.market.await_all_placed()
        self.market.no_faults()

    def think_long(self, service: str, operation: str, thinking_ms: int = THINKING_MS) -> None:
        self.switch_on({"kind": "slow", "service": service, "operation": operation, "times": 1, "value": thinking_ms})

    def kill_the_thinkers_caller(self, operation: str) -> None:
        self.stack.until(
            "the supplier to be called", lambda: self._called_slowly(operation), within_s=FIRED_S, every_s=0.02
        )
        self.kill_senders()
        self.kills[f"in mid-call {operation}"] += 1

    def _called_slowly(self, operation: str) -> bool:
        slow = self.market.state()["faults"].get("slow", [])
        return any(switch["hits"] for switch in slow if switch["operation"] == operation)

    def kill_senders(self) -> None:
        """SIGKILL to every process that is sending an order just now."""
        for worker in self.stack.ask(SENDERS):
            with suppress(ProcessLookupError):
                os.kill(int(worker.rpartition(":")[2]), signal.SIGKILL)

    def kill_anywhere(self, *, whole_worker: bool) -> None:
        """Kill whatever happens to be done at a moment of chance; now and then the supervisor too."""
        self.market.pay(2)
        time.sleep(self.chance.uniform(0.1, 1.5))
        children = self.stack.worker_children()
        if whole_worker:
            self.stack.kill("worker")
            self.stack.start_worker()
        elif children:
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(sorted(children)), signal.SIGKILL)
        self.kills["the supervisor" if whole_worker else "anywhere"] += 1
        self.market.await_all_placed()

    def lose_both_deliveries(self) -> None:
        """Neither orders/create nor orders/paid arrives: only the reconciling reading finds the order."""
        self.switch_on(LOST_ORDERS)
        self.market.pay(1)
        self.stack.manage("reconcile", "--hours", "1")
        self.market.await_all_placed()
        self.market.no_faults()

    def switch_on(self, fault: Json) -> None:
        self.market.fault(**fault)
        self.faults[fault["kind"]] += 1


def cards(torment: Torment, number: int) -> None:
    """The cards' way from the delivery to the shipped mail. Now and then the supervisor dies too."""
    for phase in PHASES:
        torment.named_kills(phase, torment.some_faults(3))
    torment.kill_in_mid_call()
    torment.kill_anywhere(whole_worker=number % 4 == 0)
    torment.lose_both_deliveries()
