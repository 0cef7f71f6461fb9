"""`manage.py contact_sheet`: what the built-in illustrator draws for a file of prompts, on one sheet to look at."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from designs.providers.sketch.sheet import SheetLine, encoded, lines_of, sheet

FORMATS = (".webp", ".png", ".jpg")


class Command(BaseCommand):
    help = "Draw every prompt of a file and lay the pictures out on contact sheets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prompts", type=Path, required=True, help='one prompt a line, or "style | prompt"')
        parser.add_argument("--out", type=Path, required=True, help="folder for the sheets")
        parser.add_argument("--count", type=int, default=4, help="candidates of each prompt, side by side")
        parser.add_argument("--across", type=int, default=8, help="pictures in a row")
        parser.add_argument("--down", type=int, default=6, help="rows on a sheet")
        parser.add_argument("--cell", type=int, default=240, help="width of a picture in pixels")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--format", choices=[name[1:] for name in FORMATS], default="webp")

    def handle(self, **options: Any) -> None:
        lines = _lines(options["prompts"])
        wanted = [(line, options["seed"] + number) for line in lines for number in range(options["count"])]
        if not wanted:
            raise CommandError("There is no prompt in the file.")
        options["out"].mkdir(parents=True, exist_ok=True)
        on_a_sheet = options["across"] * options["down"]
        for number, first in enumerate(range(0, len(wanted), on_a_sheet), start=1):
            pixels = sheet(wanted[first : first + on_a_sheet], across=options["across"], cell_px=options["cell"])
            path = options["out"] / f"sheet-{number}.{options['format']}"
            path.write_bytes(encoded(pixels, path.suffix))
            self.stdout.write(f"{path} ({path.stat().st_size // 1000} KB)")


def _lines(path: Path) -> list[SheetLine]:
    try:
        return lines_of(path.read_text())
    except OSError as exc:
        raise CommandError(f"{path} cannot be read: {exc.strerror}.") from exc
