"""The settings of worker processes under test: no more of the product than a worker needs, for a quick start."""

from cardmaker.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_q",
    "cardmaker.core",
    "cardmaker.core.tests.probe",
]
AUTH_USER_MODEL = "auth.User"  # nobody asks for one
JOB_BACKOFF_S = [0.2, 0.2, 0.2, 0.2]
