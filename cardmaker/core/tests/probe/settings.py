"""The settings of worker processes under test."""

from cardmaker.settings import *  # noqa: F403
from cardmaker.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "cardmaker.core.tests.probe"]
JOB_BACKOFF_S = [0.2, 0.2, 0.2, 0.2]
