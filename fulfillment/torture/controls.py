"""Negative controls: take one guard out, do the same again, and see that the count notices."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from fulfillment.torture.market import Market
from fulfillment.torture.rounds import Torment
from fulfillment.torture.stack import StackBroken

UNGUARDED = "fulfillment.torture.unguarded.settings"
STUCK = "SELECT count(*) FROM core_job WHERE state = 'stuck'"


@dataclass(frozen=True)
class Count:
    """`excess`: supplier orders above paid ones, negative when some are lost. `stuck`: jobs that gave up."""

    excess: int
    stuck: int

    def __sub__(self, other: "Count") -> "Count":
        return Count(self.excess - other.excess, self.stuck - other.stuck)


@dataclass(frozen=True)
class Control:
    """Without `guard`, `harm` must make the count differ as `fails` says, within `within_s`, and stay so."""

    name: str
    guard: str
    harm: Callable[[Torment], None]
    fails: Callable[[Count], bool]
    within_s: float = 40.0  # a busy machine takes long; nobody waits for what was noticed
    tries: int = 1  # more than one where the harm needs the right moment


def at_point(point: str) -> Callable[[Torment], None]:
    """Kill once at this point, with one order under way."""

    def harm(torment: Torment) -> None:
        torment.stack.markers.arm([point])
        torment.market.pay(1)
        if not torment.stack.markers.fired_within(30):
            raise StackBroken(f"Nobody came by {point}.\n{torment.stack.logs()}")

    return harm


def in_mid_call(torment: Torment) -> None:
    """Without a settle time a successor asks at once: the supplier has to think for longer than he takes to come."""
    torment.kill_in_mid_call(thinking_ms=4_000)


def doubled(more: Count) -> bool:
    return more.excess == 1


def lost(more: Count) -> bool:
    return more.excess == -1


def stuck(more: Count) -> bool:
    return more.stuck == 1


# The one that loses an order comes last: the next worker with that guard would find it again.
CONTROLS = (
    Control("ask", "a look at the supplier before an order is sent again", at_point("submit.answered"), doubled),
    Control("wait", "a settle time before that look", in_mid_call, doubled, within_s=15, tries=3),
    Control("place", "an order is placed once", at_point("order.placed"), doubled),
    Control("parcel", "a look whether the shop knows the parcel", at_point("announce.answered"), stuck, within_s=90),
    Control("free", "jobs of a killed worker are freed", at_point("submit.claimed"), lost, within_s=8),
)


def fails_without(control: Control, torment: Torment) -> bool:
    """Whether the count notices that this guard is missing. The stack is of no other use afterwards."""
    stack, market = torment.stack, torment.market
    before = count(market)
    stack.stop_one("worker")
    if control.name == "place":
        stack.inside("unguard")
    stack.start_worker(DJANGO_SETTINGS_MODULE=UNGUARDED, TORTURE_UNGUARDED=control.name)
    return any(_noticed_after_harm(control, torment, before) for _ in range(control.tries))


def _noticed_after_harm(control: Control, torment: Torment, before: Count) -> bool:
    with suppress(StackBroken):  # without a guard what `harm` waits for may never come
        control.harm(torment)
    return _noticed(control, torment.market, before)


def count(market: Market) -> Count:
    return Count(market.printed() - market.paid(), int(market.stack.ask(STUCK)[0]))


def _noticed(control: Control, market: Market, before: Count) -> bool:
    deadline = time.monotonic() + control.within_s
    if control.fails is lost:  # an order that is merely late is not lost
        time.sleep(control.within_s)
    while not control.fails(count(market) - before):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.3)
    return True
