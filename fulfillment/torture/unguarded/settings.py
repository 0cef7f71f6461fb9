"""The settings of a worker without a guard. TORTURE_UNGUARDED names the guard; see `guards.py`."""

from cardmaker.settings import *  # noqa: F403
from cardmaker.settings import INSTALLED_APPS, PRODUCTION, env

if PRODUCTION:
    raise RuntimeError("A worker without its guards never runs in production.")

INSTALLED_APPS = [*INSTALLED_APPS, "fulfillment.torture.unguarded.apps.UnguardedConfig"]
TORTURE_UNGUARDED = env.str("TORTURE_UNGUARDED")
