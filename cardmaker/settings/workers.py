"""Tasks and their workers, and how patiently suppliers are asked."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from cardmaker.settings.environment import ENVIRONMENT, PRODUCTION, SANDBOX, env

# Tasks: rows in the same database, so that a task commits with its data
Q_CLUSTER: dict[str, Any] = {
    "name": "fast",
    "orm": "default",
    "workers": 1,
    "queue_limit": 1,
    "bulk": 1,
    "poll": 0.1,
    "timeout": 120,
    "retry": 420,
    "max_attempts": 0,  # attempts are counted on the Job row; django-q2 would drop the queue row silently
    "save_limit": -1,
    "catch_up": False,
    "ALT_CLUSTERS": {"slow": {"timeout": 120, "retry": 420}},
}
WORKERS_FAST = env.int("WORKERS_FAST", default=1)
WORKERS_SLOW = env.int("WORKERS_SLOW", default=1)
# Somebody waits for a web answer at once, and for a task a moment: on a machine that both share the web goes first.
WORKER_NICENESS = env.int("WORKER_NICENESS", default=0 if ENVIRONMENT == "test" else 5)
JOB_BACKOFF_S = env.list("JOB_BACKOFF_S", cast=float, default=[2, 10, 60, 300])
# How long the outcome of an interrupted paid call is left alone before the other side is asked about it.
SUBMIT_SETTLE_S = env.float("SUBMIT_SETTLE_S", default=5.0 if SANDBOX else 90.0)
SUPPLIER_TIMEOUT_S = env.float("SUPPLIER_TIMEOUT_S", default=min(15.0, SUBMIT_SETTLE_S * 0.8))
if SUPPLIER_TIMEOUT_S >= SUBMIT_SETTLE_S:
    raise ImproperlyConfigured("SUPPLIER_TIMEOUT_S must be shorter than SUBMIT_SETTLE_S: a call must be over by then.")
# Webhooks are hints and get lost: every open print job is also read this often.
SUPPLIER_POLL_S = env.float("SUPPLIER_POLL_S", default=4.0 if SANDBOX else 1200.0)
# Printify allows fewer calls than Gooten and tells most news by webhook.
SUPPLIER_POLLS_S = {"printify": env.float("PRINTIFY_POLL_S", default=SUPPLIER_POLL_S * 1.5)}
SUPPLIER_POLL_TICK_S = env.int("SUPPLIER_POLL_TICK_S", default=2 if SANDBOX else 60)
CRASH_POINT = env.str("CARDMAKER_CRASH_POINT", default="")  # kill tests only
if PRODUCTION and CRASH_POINT:
    raise ImproperlyConfigured("CARDMAKER_CRASH_POINT is for kill tests, never for production.")
