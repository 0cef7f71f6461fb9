"""What our side adds to one generation: everything between the job that begins a Call and the row of its picture.

    python benchmarks/providers.py --json

A stand-in in this process answers at once, over real HTTP, with a picture of 1 MP drawn beforehand. One operation is a
Run of one candidate, from its queued job to its end: request, answer, decoding, screening, files, rows and money. The
time in the stand-in's own hands is taken off. Medians, on SQLite, or on PostgreSQL when DATABASE_URL names it; `cpu_ms`
is what one generation takes of all cores together, which a busy machine does not change.
"""

import argparse
import base64
import io
import json
import os
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
WANTED_MS = 150
SIDE_PX = 1024
WARM = 5


class StandIn(BaseHTTPRequestHandler):
    """OpenAI's answer, ready before anybody asks."""

    protocol_version = "HTTP/1.1"
    body = b""
    spent_s: list[float] = []
    prepared_s = 0.0  # CPU time that went into what comes before the job

    def do_POST(self):
        began = time.perf_counter()
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)
        self.spent_s.append(time.perf_counter() - began)

    def log_message(self, *args):
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    parser.add_argument("--runs", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cardmaker-bench-") as home:
        figures = measure(home, options.runs)
    print(json.dumps(figures) if options.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))
    sys.exit(not figures["met"])


def measure(home: str, runs: int) -> dict:
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    prepare(home, server.server_port)
    for number in range(WARM):
        one_generation(number)
    began, prepared = time.process_time(), StandIn.prepared_s
    taken = [one_generation(WARM + number) for number in range(runs)]
    cpu_ms = (time.process_time() - began - (StandIn.prepared_s - prepared)) / runs * 1000
    theirs_ms = median(StandIn.spent_s[WARM:]) * 1000
    whole_ms = median(taken) * 1000
    ours_ms = whole_ms - theirs_ms
    from django.db import connection

    return {
        "database": connection.vendor,
        "generations": runs,
        "whole_ms": round(whole_ms, 1),
        "stand_in_ms": round(theirs_ms, 1),
        "overhead_ms": round(ours_ms, 1),
        "cpu_ms": round(cpu_ms, 1),
        "wanted_ms": WANTED_MS,
        "met": ours_ms <= WANTED_MS,
    }


def prepare(home: str, port: int) -> None:
    """Tables, one model on the route, and a picture that takes as much decoding as a real one."""
    os.environ.update(
        CARDMAKER_ENV="test",
        CARDMAKER_HOME=home,
        DJANGO_SETTINGS_MODULE="cardmaker.settings",
        IMAGE_PROVIDER="routes",
        OPENAI_API_KEY="bench",
        OPENAI_BASE_URL=f"http://127.0.0.1:{port}",
        LOG_LEVEL="ERROR",
    )
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_databases

    setup_databases(verbosity=0, interactive=False)
    call_command("loaddata", "formats", "styles", verbosity=0)
    from designs.models import ModelChoice, ProviderModel

    row = ProviderModel.objects.create(
        provider="openai", model_id="bench", tier="draft", price={"image": 1}, limits={"longest_px": SIDE_PX}
    )
    ModelChoice.objects.create(rank=1, model=row)
    encoded = base64.b64encode(picture()).decode()
    StandIn.body = json.dumps({"data": [{"b64_json": encoded}], "usage": {"output_tokens": 1}}).encode()


def picture() -> bytes:
    """1 MP of what a PNG finds neither trivial nor hopeless."""
    import numpy as np
    from PIL import Image

    y, x = np.mgrid[0:SIDE_PX, 0:SIDE_PX].astype(np.float32) / SIDE_PX
    bands = [np.sin(9 * x + k) * np.cos(7 * y - k) + 0.02 * np.sin(900 * x * y) for k in (0, 1, 2)]
    pixels = np.stack([(band + 1.1) * 110 for band in bands], axis=-1).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def one_generation(number: int) -> float:
    """Seconds from the job's first look to the end of the Run."""
    from django.utils import timezone

    from accounts.models import Account, Shop
    from designs.making import generation
    from designs.models import Design, Page

    before = time.process_time()
    at = timezone.now()
    shop, _ = Shop.objects.get_or_create(code="bench", defaults={"kind": "shopify", "domain": "bench.example"})
    account = Account.objects.create(kind="person")
    design = Design.objects.create(
        account=account, shop=shop, kind="card", format_id="card-5x7-flat", created_at=at, updated_at=at
    )
    Page.objects.create(design=design, position="front", prompt="a fox in the snow")
    run = generation.start_run(design, stage="candidate", positions=["front"], count=1, at=at)
    StandIn.prepared_s += time.process_time() - before
    began = time.perf_counter()
    while generation.execute(str(run.pk)) is not None:
        pass
    took_s = time.perf_counter() - began
    run.refresh_from_db()
    if run.state != "done":
        raise SystemExit(f"run {number} is {run.state}: {run.error_message}")
    return took_s


if __name__ == "__main__":
    main()
