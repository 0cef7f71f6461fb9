"""What reserving and settling cost: by size of the ledger, on one hot budget, at the edge of the cap, and in a storm.

    DATABASE_URL=postgres://… python benchmarks/budget.py --json

Needs PostgreSQL; makes databases of its own below the name in DATABASE_URL and drops them. One operation is a
reserve and its settle. Cost is measured in interleaved runs against a small and a large ledger.

In the storm 64 workers hold, settle, release and overdraw at clocks that differ by days; their processes are killed at
random and begin again with the same keys; the cap is lowered meanwhile. The database itself notes every grant above a
cap, and in the end ledger, holds and budgets are compared, and what is left is granted to the last micro-dollar.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardmaker.settings")

SMALL, LARGE = 1_000, 1_000_000
PROCESSES, THREADS = 8, 8
WANTED = {"rate_per_s": 500, "cost_ratio": 1.2}
AMOUNT = 1_000  # micro-dollars a hold
TOLD = ("rate_per_s", "p99_ms", "over_micros", "false_refusals", "cost_ratio", "met")
OPERATIONS, LIVES, DEATH = 25, 4, 0.004  # of a worker in the storm; how often it may die, and how likely at each step
MID_MONTH = datetime(2026, 11, 15, 12, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    parser.add_argument("--seconds", type=float, default=5, help="how long the hot budget is pressed")
    parser.add_argument("--rounds", type=int, default=7, help="interleaved runs a ledger")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("--number", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--life", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        print(json.dumps(WORK[options.work](options)))
        return
    figures = measure(options)
    told = {name: figures[name] for name in TOLD}
    print(json.dumps(told) if options.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))
    sys.exit(not figures["met"])


# ---- the workers: each runs in a process of its own, on the database that DATABASE_URL names


def payer(number: int):
    from accounts.models import Account, Shop

    shop, _ = Shop.objects.get_or_create(
        code=f"bench-{number}", defaults={"kind": "shopify", "domain": f"bench-{number}.example"}
    )
    return {"account_id": Account.objects.create(kind="person").pk, "shop_id": shop.pk}


def operate(key: str, payer: dict, at: datetime) -> None:
    from billing.budget import Spend, reserve, settle

    reserve(key=key, meter="ai", amount_micros=AMOUNT, at=at, **payer)
    spend = Spend("bench", "none", 1, key, AMOUNT)
    settle(key, key=f"{key}:1", share_micros=AMOUNT, spend=spend, at=at)


def timed(key: str, who: dict, at: datetime) -> float:
    started = time.perf_counter()
    operate(key, who, at)
    return (time.perf_counter() - started) * 1000


def time_few(options) -> list[float]:
    """Milliseconds of each of 200 operations, after 20 that warm up."""
    who, at, stamp = payer(options.number), datetime.now(UTC), time.time_ns()
    return [timed(f"bench:{stamp}:{number}", who, at) for number in range(220)][20:]


def press(options) -> list[float]:
    """Milliseconds of every operation that fits into the time."""
    who, at, taken, name = payer(options.number), datetime.now(UTC), [], f"press:{time.time_ns()}:{options.number}"
    operate(f"{name}:warm", who, at)
    sys.stdin.readline()
    until = time.perf_counter() + options.seconds
    while time.perf_counter() < until:
        taken.append(timed(f"{name}:{len(taken)}", who, at))
    return taken


def edge(options) -> list[int]:
    """How many of 40 tries each thread was granted."""
    whos, at = [payer(options.number * THREADS + thread) for thread in range(THREADS)], datetime.now(UTC)
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda thread: tries(f"{options.number}:{thread}", whos[thread], at), range(THREADS)))


def tries(name: str, who: dict, at: datetime) -> int:
    from django.db import connection

    from billing.budget import OverBudget

    granted = 0
    for number in range(40):
        try:
            operate(f"edge:{name}:{number}", who, at)
        except OverBudget:
            continue
        granted += 1
    connection.close()
    return granted


def storm(options) -> int:
    """Eight workers in one process. Run again with the same number it does the same, with the same keys."""
    whos = payers_of_the_storm(options.number)
    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(lambda thread: weather(options, thread, whos[thread]), range(THREADS)))


def payers_of_the_storm(number: int) -> list[dict]:
    """The same in every life of the process."""
    from uuid import UUID

    from accounts.models import Account, Shop

    shop, _ = Shop.objects.get_or_create(
        code=f"storm-{number}", defaults={"kind": "shopify", "domain": f"storm-{number}.example"}
    )
    keys = [UUID(int=1_000 + number * THREADS + thread) for thread in range(THREADS)]
    return [{"account_id": Account.objects.get_or_create(pk=key)[0].pk, "shop_id": shop.pk} for key in keys]


def weather(options, thread: int, who: dict) -> int:
    """What one worker does: how many holds it was granted."""
    from django.db import connection

    from billing.budget import OverBudget

    fate = random.Random(f"{options.number}:{thread}:{options.life}")
    granted = 0
    for number in range(OPERATIONS):
        try:
            gust(f"storm:{options.number}:{thread}:{number}", who, fate, mortal=options.life < LIVES)
        except OverBudget:
            continue
        granted += 1
    connection.close()
    return granted


def gust(key: str, who: dict, fate: random.Random, *, mortal: bool) -> None:
    """One hold and what becomes of it. What it asks for depends on its key alone: a repeat asks for the same."""
    from django.db import transaction

    from billing.budget import Spend, mark_unknown, release, reserve, settle

    def perhaps_die() -> None:
        if mortal and fate.random() < DEATH:
            os._exit(9)

    plan = random.Random(key)
    at = MID_MONTH + timedelta(seconds=plan.uniform(-2, 2) * 86_400)  # workers' clocks disagree by days
    amount, share = plan.randrange(1, 2 * AMOUNT), plan.random()
    with transaction.atomic():
        reserve(key=key, meter="ai", amount_micros=amount, at=at, **who)
        perhaps_die()  # before the commit
    perhaps_die()
    end = plan.choice(["settle", "less", "more", "release", "parts", "unknown"])
    spent = {"less": int(amount * share), "more": amount + plan.randrange(1, 50)}.get(end, amount)
    if end == "unknown":
        mark_unknown(key, at=at)
    if end == "release":
        release(key, key=f"{key}:released", at=at)
    elif end == "parts":
        first = int(amount * share)
        settle(key, key=f"{key}:1", share_micros=first, spend=Spend("bench", "none", 1, key, first), at=at)
        perhaps_die()
        release(key, key=f"{key}:released", at=at)
    else:
        settle(key, key=f"{key}:1", share_micros=amount, spend=Spend("bench", "none", 1, key, spent), at=at)
    perhaps_die()


def calm(_) -> dict:
    """After the storm: grants above the cap, disagreements, and whether what is left is granted to the last micro."""
    from django.db import connection

    from billing import limits
    from billing.budget import OverBudget, reserve
    from billing.ledgercheck import check
    from billing.models import Budget, Hold

    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(micros), 0) FROM bench_over")
        over = cursor.fetchone()[0]
    row = Budget.objects.get(scope="platform", starts_on__month=MID_MONTH.month)
    limits.change(by="bench", at=MID_MONTH, ai_cap_month_micros=row.committed_micros + AMOUNT)
    false_refusals, who = 0, payers_of_the_storm(0)[0]
    try:
        reserve(key="calm:rest", meter="ai", amount_micros=AMOUNT, at=MID_MONTH, **who)
    except OverBudget:
        false_refusals += 1
    try:
        reserve(key="calm:one-more", meter="ai", amount_micros=1, at=MID_MONTH, **who)
        over += 1
    except OverBudget:
        pass
    left_open = Hold.objects.filter(key__startswith="storm:", open_micros__gt=0).count()
    return {"over": over, "false_refusals": false_refusals, "disagreements": len(check()) + left_open}


# ---- the measurement


def measure(options) -> dict:
    base = os.environ.get("DATABASE_URL", "")
    if not base.startswith("postgres"):
        sys.exit("DATABASE_URL must name PostgreSQL.")
    names = {"small": SMALL, "large": LARGE, "hot": 0, "edge": 0, "storm": 0}
    urls = {name: sibling(base, name) for name in names}
    try:
        for name, rows in names.items():
            in_database(urls[name], "prepare", rows)
        ratio, small_ms, large_ms = compare(urls, options.rounds)
        taken = [one for run in together(urls["hot"], "press", options.seconds) for one in run]
        over, false_refusals = at_the_edge(urls["edge"])
        stormy = in_a_storm(urls["storm"])
    finally:
        for url in urls.values():
            in_database(url, "drop", 0)
    rate = len(taken) / options.seconds
    over, false_refusals = over + stormy["over"], false_refusals + stormy["false_refusals"]
    exact = not (over or false_refusals or stormy["disagreements"]) and stormy["deaths"] > 0
    met = (rate >= WANTED["rate_per_s"], ratio <= WANTED["cost_ratio"], exact)
    return {
        "rate_per_s": round(rate),
        "p99_ms": round(sorted(taken)[len(taken) * 99 // 100], 2),
        "over_micros": over,
        "false_refusals": false_refusals,
        "cost_ratio": round(ratio, 3),
        "small_ms": round(small_ms, 2),
        "large_ms": round(large_ms, 2),
        "disagreements": stormy["disagreements"],
        "deaths": stormy["deaths"],
        "holds_in_the_storm": stormy["granted"],
        "met": all(met),
    }


def compare(urls: dict, rounds: int) -> tuple[float, float, float]:
    """The ratio of medians, and both medians in milliseconds."""
    taken = {"small": [], "large": []}
    for number in range(rounds):
        for name, found in taken.items():
            found.append(median(start(urls[name], "time", number).communicate_json()))
    return median(taken["large"]) / median(taken["small"]), median(taken["small"]), median(taken["large"])


def at_the_edge(url: str) -> tuple[int, int]:
    """Micro-dollars above a cap that half of the 64 workers' tries fill, and tries refused while money was left."""
    room = PROCESSES * THREADS * 20
    in_database(url, "cap", room * AMOUNT)
    granted = sum(sum(run) for run in together(url, "edge", 0))
    return max(granted - room, 0) * AMOUNT, max(room - granted, 0)


def in_a_storm(url: str) -> dict:
    """64 workers, killed and begun again until each has ended, with a cap that half of their holds fill and that is
    lowered in mid-flight. `deaths`: of processes with eight workers each."""
    room = PROCESSES * THREADS * OPERATIONS * AMOUNT // 2
    in_database(url, "cap", room)
    in_database(url, "watch", 0)
    with ThreadPoolExecutor(PROCESSES + 1) as pool:
        lowering = pool.submit(lower_later, url, room // 2)
        lives = list(pool.map(lambda number: outlive(url, number), range(PROCESSES)))
        lowering.result()
    end = start(url, "calm", 0).communicate_json()
    return end | {"deaths": sum(deaths for deaths, _ in lives), "granted": sum(granted for _, granted in lives)}


def outlive(url: str, number: int) -> tuple[int, int]:
    """Begin the process again until it ends by itself: how often it died, and what it was granted in the end."""
    for life in range(LIVES + 1):
        worker = start(url, "storm", number, life=life)
        answer, _ = worker.communicate(timeout=600)
        if worker.returncode == 0:
            return life, json.loads(answer)
    sys.exit("A worker in the storm never came to its end.")


def lower_later(url: str, cap: int) -> None:
    time.sleep(4)
    in_database(url, "lower", cap)


class Worker(subprocess.Popen):
    def communicate_json(self):
        answer, _ = self.communicate("go\n", timeout=600)
        return json.loads(answer)


def start(url: str, work: str, number: int, seconds: float = 0, life: int = 0) -> Worker:
    command = [sys.executable, __file__, "--work", work, "--number", str(number), "--seconds", str(seconds)]
    command += ["--life", str(life)]
    environment = os.environ | {"DATABASE_URL": url}
    return Worker(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def together(url: str, work: str, seconds: float) -> list:
    workers = [start(url, work, number, seconds) for number in range(PROCESSES)]
    time.sleep(6)  # until all are warm; each waits for its line on stdin
    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(Worker.communicate_json, workers))


def sibling(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path}_bench_{name}"))


def in_database(url: str, act: str, amount: int) -> None:
    command = [sys.executable, __file__, "--work", act, "--number", str(amount)]
    environment = os.environ | {"DATABASE_URL": url}
    subprocess.run(command, env=environment, check=True, timeout=900, stdout=subprocess.DEVNULL)


def prepare(options) -> None:
    """An empty database of our own, with a ledger of `number` lines and caps nobody reaches."""
    server("CREATE DATABASE")
    from django.core.management import call_command
    from django.db import connection

    from billing.models import Guardrails

    call_command("migrate", verbosity=0)
    limits = dict.fromkeys(["ai_cap_account_month_micros", "ai_cap_shop_month_micros", "ai_cap_month_micros"], 10**15)
    Guardrails.objects.create(**limits)
    with connection.cursor() as cursor:
        cursor.execute(FILL, [options.number])
        cursor.execute("VACUUM ANALYZE")


def cap(options) -> None:
    from billing.models import Guardrails

    Guardrails.objects.update(ai_cap_month_micros=options.number)


def lower(options) -> None:
    """As ops do it: the running month is lowered with it."""
    from billing import limits

    limits.change(by="bench", at=MID_MONTH, ai_cap_month_micros=options.number)


def watch(_) -> None:
    """Have the database note each grant above its cap: whatever the code believes, this sees it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(WATCH, None)


def drop(_) -> None:
    server("DROP DATABASE IF EXISTS")


def server(statement: str) -> None:
    import psycopg

    url = os.environ["DATABASE_URL"]
    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'{statement} "{name}"')


FILL = """
WITH numbered AS (SELECT n, gen_random_uuid() AS hold FROM generate_series(1, %s) AS n),
     holds AS (
       INSERT INTO billing_hold (id, created_at, key, meter, amount_micros, open_micros, spent_micros, state,
                                 account_id, shop_id, reserved_at)
       SELECT hold, now(), 'old:' || n, 'ai', 1000, 0, 1000, 'settled', gen_random_uuid(), gen_random_uuid(), now()
       FROM numbered RETURNING id, key, account_id, shop_id),
     moves AS (
       INSERT INTO billing_holdmove (hold_id, key, kind, share_micros, actual_micros, at)
       SELECT id, key || ':1', 'settle', 1000, 1000, now() FROM holds)
INSERT INTO billing_ledgerentry (key, meter, kind, provider, model, units, request_id, reason, amount_micros,
                                 original_amount, original_currency, rate, account_id, shop_id, hold_id, at)
SELECT key || ':1', 'ai', 'charge', 'bench', 'none', 1, key, '', 1000, '', 'USD', '1', account_id, shop_id, id, now()
FROM holds
"""

WATCH = """
CREATE TABLE bench_over (micros bigint);
CREATE FUNCTION bench_watch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bench_over VALUES (NEW.spent_micros + NEW.reserved_micros - NEW.cap_micros);
    RETURN NEW;
END $$;
CREATE TRIGGER bench_watch AFTER UPDATE ON billing_budget FOR EACH ROW
WHEN (NEW.reserved_micros > OLD.reserved_micros AND NEW.spent_micros + NEW.reserved_micros > NEW.cap_micros)
EXECUTE FUNCTION bench_watch();
"""

WORK = {"storm": storm, "calm": calm, "lower": lower, "watch": watch}
WORK |= {"time": time_few, "press": press, "edge": edge, "prepare": prepare, "cap": cap, "drop": drop}

if __name__ == "__main__":
    import django

    django.setup()
    main()
