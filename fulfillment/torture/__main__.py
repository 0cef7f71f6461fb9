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
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from fulfillment.torture import calendar_rounds, controls, databases, errands
from fulfillment.torture.counting import book_problems, sent_to, supplier_problems
from fulfillment.torture.market import Market
from fulfillment.torture.points import POINTS
from fulfillment.torture.rounds import Torment
from fulfillment.torture.stack import Stack, StackBroken
from fulfillment.walkthrough.web import WalkFailed

Json = dict[str, Any]
NO_POSTGRES = "Skipped: DATABASE_URL names no PostgreSQL. With --sqlite the torture runs on SQLite."


def main(words: Sequence[str] | None = None) -> int:
    """0: all held, or skipped. 1: something was lost, doubled or leaked, or a control did not fail."""
    options = _options(words)
    server_url = os.environ.get("DATABASE_URL", "")
    if not options.sqlite and not databases.is_postgres(server_url):
        print(NO_POSTGRES)
        return 0
    home = Path(tempfile.mkdtemp(prefix="cardmaker-torture-"))
    where: AbstractContextManager[str] = (
        databases.sqlite(home) if options.sqlite else databases.postgres(server_url, "torture")
    )
    try:
        with where as url, Stack(home, url) as stack:
            report = torture(stack, options)
    except (StackBroken, WalkFailed) as failure:
        print(f"✗ {failure}", file=sys.stderr)
        return 1
    finally:
        if not options.keep:
            shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(report) if options.json else _told(report))
    return 0 if report["held"] else 1


def torture(stack: Stack, options: argparse.Namespace) -> Json:
    """All kills, the count, then the negative controls."""
    began = time.monotonic()
    _tell(f"seed {options.seed}, {options.kills} kills at each of {len(POINTS)} points: {', '.join(POINTS)}")
    stack.inside("open")
    torment = Torment(stack, Market(stack), random.Random(options.seed), _tell)  # noqa: S311 - chance, not secrecy
    torment.run(options.kills, errands.run, calendar_rounds.run)
    facts = torment.market.await_all_over()
    state = torment.market.state()
    orders, sent = torment.market.paid(), sent_to(state)
    problems = supplier_problems(state) + book_problems(facts, orders)
    _tell(f"counted: {orders} paid, {sent.total()} printed ({dict(sent)}), {len(problems)} problems")
    unnoticed = [] if options.no_controls else _controls(torment)
    return {
        "held": not problems and not unnoticed,
        "problems": problems,
        "controls_that_did_not_fail": unnoticed,
        "seed": options.seed,
        "orders_paid": orders,
        "supplier_orders": sent.total(),
        "by_supplier": dict(sent),
        "kills": dict(torment.kills),
        "faults": dict(torment.faults),
        "seconds": round(time.monotonic() - began, 1),
    }


def _controls(torment: Torment) -> list[str]:
    """The guards whose absence the count did not notice; there must be none."""
    unnoticed = []
    for control in controls.CONTROLS:
        noticed = controls.fails_without(control, torment)
        _tell(f"without “{control.guard}” the count {'fails, as it must' if noticed else 'DOES NOT FAIL'}")
        unnoticed += [] if noticed else [control.name]
    return unnoticed


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
