"""Kill the worker at every step between a delivery and the shipped mail, then count what the supplier got."""

import argparse
import json
import os
import random
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

from fulfillment.torture import controls, databases
from fulfillment.torture.counting import book_problems, sent_to, supplier_problems, too_few_kills
from fulfillment.torture.market import Market
from fulfillment.torture.points import POINTS
from fulfillment.torture.rounds import Torment
from fulfillment.torture.stack import Stack, StackBroken
from fulfillment.torture.ways import WAYS, Way
from fulfillment.walkthrough.web import WalkFailed

Json = dict[str, Any]
LISTS, COUNTS = ("problems", "controls_that_did_not_fail"), ("by_supplier", "kills", "faults")
NO_POSTGRES = "Skipped: DATABASE_URL names no PostgreSQL. With --sqlite the torture runs on SQLite."


def main(words: Sequence[str] | None = None) -> int:
    """0: all held, or skipped. 1: something was lost, doubled or leaked, or a control did not fail."""
    options = _options(words)
    server_url = os.environ.get("DATABASE_URL", "")
    if not options.sqlite and not databases.is_postgres(server_url):
        print(NO_POSTGRES)
        return 0
    began, home = time.monotonic(), Path(tempfile.mkdtemp(prefix="cardmaker-torture-"))
    _tell(f"seed {options.seed}, {options.kills} kills at each of {len(POINTS)} points: {', '.join(POINTS)}")
    try:
        # Side by side: most of a way is waiting for what has to settle, and each has a stack of its own.
        with ThreadPoolExecutor(len(WAYS)) as threads:
            parts = list(threads.map(partial(_go, home, server_url, options), WAYS))
    except (StackBroken, WalkFailed) as failure:
        print(f"✗ {failure}", file=sys.stderr)
        return 1
    finally:
        if not options.keep:
            shutil.rmtree(home, ignore_errors=True)
    report = _summed(parts) | {"seed": options.seed, "seconds": round(time.monotonic() - began, 1)}
    print(json.dumps(report) if options.json else _told(report))
    return 0 if report["held"] else 1


def _go(home: Path, server_url: str, options: argparse.Namespace, way: Way) -> Json:
    """One way of an order on a stack of its own."""
    own = home / way.name
    own.mkdir()
    where: AbstractContextManager[str] = (
        databases.sqlite(own) if options.sqlite else databases.postgres(server_url, f"torture_{way.name}")
    )
    with where as url, Stack(own, url, copies=True) as stack:
        return torture(stack, way, options)


def torture(stack: Stack, way: Way, options: argparse.Namespace) -> Json:
    """All kills of this way, the count, then its negative controls."""
    stack.inside("open")
    chance = random.Random(f"{options.seed} {way.name}")  # noqa: S311 - chance, not secrecy
    torment = Torment(stack, Market(stack), chance, lambda line: _tell(f"{way.name}: {line}"))
    torment.run(options.kills, way.one_round)
    facts = torment.market.await_all_over()
    state = torment.market.state()
    orders, sent = torment.market.paid(), sent_to(state)
    problems = supplier_problems(state) + book_problems(facts, orders)
    problems += too_few_kills(torment.kills, way.points, options.kills)
    torment.tell(f"counted: {orders} paid, {sent.total()} printed ({dict(sent)}), {len(problems)} problems")
    unnoticed = [] if options.no_controls else _controls(torment, way)
    return {
        "problems": [f"{way.name}: {problem}" for problem in problems],
        "controls_that_did_not_fail": unnoticed,
        "orders_paid": orders,
        "by_supplier": sent,
        "kills": torment.kills,
        "faults": torment.faults,
    }


def _controls(torment: Torment, way: Way) -> list[str]:
    """The guards whose absence the count did not notice; there must be none."""
    unnoticed = []
    for control in way.controls:
        noticed = controls.fails_without(control, torment)
        torment.tell(f"without “{control.guard}” the count {'fails, as it must' if noticed else 'DOES NOT FAIL'}")
        unnoticed += [] if noticed else [control.name]
    return unnoticed


def _summed(parts: Sequence[Json]) -> Json:
    """The ways together."""
    lists = {name: [each for part in parts for each in part[name]] for name in LISTS}
    counts: dict[str, Counter[str]] = {name: sum((part[name] for part in parts), Counter()) for name in COUNTS}
    return {
        "held": not any(lists.values()),
        **lists,
        "orders_paid": sum(part["orders_paid"] for part in parts),
        "supplier_orders": counts["by_supplier"].total(),
        **{name: dict(count) for name, count in counts.items()},
    }


def _told(report: Json) -> str:
    kills = ", ".join(f"{point} {times}" for point, times in report["kills"].items())
    faults = ", ".join(f"{fault} {times}" for fault, times in report["faults"].items())
    lines = [
        f"kills: {kills}",
        f"faults: {faults}",
        *(f"✗ {problem}" for problem in report["problems"]),
        *(f"✗ the control “{name}” did not fail" for name in report["controls_that_did_not_fail"]),
        f"{'✓ held' if report['held'] else '✗ NOT HELD'}: {report['supplier_orders']} supplier orders for "
        f"{report['orders_paid']} paid ones, {sum(report['kills'].values())} kills, seed {report['seed']}, "
        f"{report['seconds']} s",
    ]
    return "\n".join(lines)


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fulfillment.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=int(os.environ.get("TORTURE_KILLS", "10")), help="at each point")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="repeats the same chances")
    parser.add_argument("--sqlite", action="store_true", help="on SQLite instead of PostgreSQL")
    parser.add_argument("--json", action="store_true", help="one line of JSON on stdout at the end")
    parser.add_argument("--no-controls", action="store_true", help="leave the negative controls out")
    parser.add_argument("--keep", action="store_true", help="leave home and logs behind")
    return parser.parse_args(words)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
