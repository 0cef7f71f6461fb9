"""The kills: at each named point, in the middle of a call, and anywhere; with the supplier and the mail playing up."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

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
FIRED_S = 40.0
THINKING_MS = 1200  # below SUBMIT_SETTLE_S of the stack
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

    def run(self, rounds: int) -> None:
        deck = [fault for _ in range(rounds) for fault in self.chance.sample(FAULTS, len(FAULTS))]
        for number in range(1, rounds + 1):
            began = time.monotonic()
            for phase in PHASES:
                self.named_kills(phase, [deck.pop(), deck.pop()])
            self.kill_in_mid_call()
            self.kill_anywhere(whole_worker=number % 4 == 0)
            self.lose_both_deliveries()
            so_far = f"{self.kills.total()} kills and {self.market.paid()} orders so far"
            self.tell(f"round {number}: {so_far}, {time.monotonic() - began:.1f} s")

    def named_kills(self, points: tuple[str, ...], faults: list[Json]) -> None:
        """One kill at each of these points, while orders come in and these faults are on."""
        for fault in faults:
            self.switch_on(fault)
        self.stack.markers.arm(points)
        self.market.pay(2)
        if not self.stack.markers.fired_within(FIRED_S):
            raise StackBroken(f"Nobody came by {', '.join(self.stack.markers.armed())}.\n{self.stack.logs()}")
        self.kills.update(points)
        self.market.no_faults()
        self.market.await_all_placed()

    def kill_in_mid_call(self) -> None:
        """A worker dies while the supplier is still thinking, and another is there to take over its job.

        The supplier stores the order after that. The settle time is longer than its thinking.
        """
        self.market.fault("slow", service="gooten", operation="POST orders", times=1, value=THINKING_MS)
        self.market.pay(1)
        self.stack.until("the supplier to be called", self._called_slowly, every_s=0.02)
        self.kill_senders()
        self.kills["in mid-call"] += 1
        self.faults["slow"] += 1
        self.market.await_all_placed()
        self.market.no_faults()

    def _called_slowly(self) -> bool:
        return any(switch["hits"] for switch in self.market.state()["faults"].get("slow", []))

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
