"""`python -m cardmaker.sandbox`: bring the database up to date, then serve on SANDBOX_PORT (default PORT + 1)."""

import os
import sys

import django
from django.conf import settings
from django.core.management import call_command

THREADS = 32  # a switched-on time-out holds its thread; the others must still answer


def main() -> None:
    """Replace this process with gunicorn, so that a signal to it reaches the server."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cardmaker.sandbox.settings"
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "cardmaker.sandbox.wsgi",
        "--bind",
        f"127.0.0.1:{settings.SANDBOX_PORT}",
    ]
    command += ["--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS), "--timeout", "120"]
    command += ["--graceful-timeout", "2", "--log-level", "warning", "--keep-alive", "5", "--no-control-socket"]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter with fixed arguments


if __name__ == "__main__":
    main()
