"""`manage.py worker`: runs the queued jobs until it is stopped."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cardmaker.core.lane import LaneWorker
from cardmaker.core.models.job import LANES
from cardmaker.core.supervisor import Supervisor


class Command(BaseCommand):
    help = "Run queued jobs with WORKERS_FAST and WORKERS_SLOW processes. SIGTERM or Ctrl-C ends it within 5 s."
    requires_system_checks: list[str] = []  # a killed worker must be back quickly

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--child", action="store_true", help="be one worker process; the supervisor starts these")
        parser.add_argument("--lane", choices=LANES, help="with --child: which queue to work on")
        parser.add_argument("--parent", type=int, default=0, help="with --child: end when this process is gone")

    def handle(self, **options: Any) -> None:
        if options["child"]:
            LaneWorker(options["lane"] or "fast", parent=options["parent"] or os.getppid()).run()
        else:
            Supervisor({"fast": settings.WORKERS_FAST, "slow": settings.WORKERS_SLOW}).run()
