"""`manage.py generate_product_images`: pictures for every product of a CSV file, within a budget."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Account, Shop
from cardmaker.core.errors import BadInput
from cardmaker.core.money import MICROS_PER_DOLLAR, Money, NotAnAmount, dollars
from designs.models import Run
from designs.products import batch, sheet
from designs.products.batch import Progress
from designs.products.sheet import Row
from designs.products.shots import MOST_SHOTS

TICK_S = 1.0
SILENT_AFTER_S = 60.0
NOBODY_WORKS = (
    "Nothing has been drawn for a minute. Is a worker running (manage.py worker)? Pictures wait, none is lost."
)
MICROS_PER_CENT = MICROS_PER_DOLLAR // 100


class Command(BaseCommand):
    help = (
        "Picture every product of a CSV file (columns name or title, description, sku or handle). Begun again with the"
        " same file it goes on where it stopped and pays for no picture twice. The pictures are drawn by the workers."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--variations", type=int, default=12, help="pictures of each product")
        parser.add_argument("--budget", required=True, help="dollars for the whole file, over all beginnings: 5.00")
        parser.add_argument("--shop", default=Shop.HOUSE_CODE, help="whose products these are")
        parser.add_argument("--no-wait", action="store_true", help="queue the pictures and leave")

    def handle(self, **options: Any) -> None:
        rows, shop = _rows(options["file"]), _shop(options["shop"])
        budget_micros, variations = _micros(options["budget"]), _variations(options["variations"])
        account = _owner(shop)
        ended: list[Progress] = []
        for row in rows:
            spent = batch.committed_micros(batch.briefs_of(rows, account))
            progress = batch.go_on(
                row, account, shop, variations=variations, left_micros=budget_micros - spent, at=timezone.now()
            )
            self._tell(progress)
            if progress.run is not None and not options["no_wait"]:
                self._wait(progress.run)
            ended.append(progress)
        self._close(rows, account, ended, budget_micros)

    def _tell(self, progress: Progress) -> None:
        words = {"begun": "drawing", "going": "being drawn", "done": "there", "refused": "refused"}
        said = words.get(progress.state, "over the budget")
        self.stdout.write(f"line {progress.line}  {progress.name}  {said}  {progress.message}".rstrip())

    def _wait(self, run: Run) -> None:
        seen, since, told = -1, time.monotonic(), False
        while run.state in Run.OPEN:
            if run.done_calls != seen:
                seen, since = run.done_calls, time.monotonic()
                self.stdout.write(f"    {run.done_calls} of {run.total_calls}")
            elif not told and time.monotonic() - since > SILENT_AFTER_S:
                self.stderr.write(NOBODY_WORKS)
                told = True
            time.sleep(TICK_S)
            run.refresh_from_db()
        if run.error_message:
            self.stdout.write(f"    {run.error_message}")

    def _close(self, rows: list[Row], account: Account, ended: list[Progress], budget_micros: int) -> None:
        spent = batch.committed_micros(batch.briefs_of(rows, account))
        bad = sum(progress.state in ("refused", "too_dear") for progress in ended)
        self.stdout.write(f"{len(ended) - bad} of {len(ended)} products, {dollars(spent)} of {dollars(budget_micros)}.")
        if bad:
            raise CommandError(f"{bad} products were left out; see above. Mend them, or the budget, and begin again.")


def _rows(path: Path) -> list[Row]:
    try:
        return sheet.read(path.read_bytes())
    except OSError as exc:
        raise CommandError(f"{path} cannot be read: {exc.strerror}.") from exc
    except BadInput as exc:
        raise CommandError(f"{path}: {exc.message}") from exc


def _shop(code: str) -> Shop:
    if code == Shop.HOUSE_CODE:
        return Shop.objects.house()
    shop = Shop.objects.filter(code=code, active=True).first()
    if shop is None:
        raise CommandError(f"There is no shop {code}.")
    return shop


def _owner(shop: Shop) -> Account:
    if shop.account is None:
        raise CommandError(f"The shop {shop.code} has no account.")
    return shop.account


def _micros(text: str) -> int:
    try:
        amount = Money.parse(text, "USD")
    except NotAnAmount as exc:
        raise CommandError("--budget is an amount in dollars, such as 5.00.") from exc
    if amount.minor <= 0:
        raise CommandError("--budget must be more than nothing.")
    return amount.minor * MICROS_PER_CENT


def _variations(count: int) -> int:
    if not 1 <= count <= MOST_SHOTS:
        raise CommandError(f"--variations is from 1 to {MOST_SHOTS}.")
    return count
