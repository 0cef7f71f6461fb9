"""`manage.py draw_samples`: draw the landing page's samples now, so that no visitor waits for them."""

from typing import Any

from django.core.management.base import BaseCommand

from designs.calendar_samples import SHEETS
from designs.fonts import FONTS
from designs.sample_files import face_picture, next_year, sample_picture, sheet_picture
from designs.samples import SAMPLES


class Command(BaseCommand):
    help = "Draw the sample cards and calendars and the names of the fonts. Safe to repeat: what is there is kept."

    def handle(self, **options: Any) -> None:
        for sample in SAMPLES.values():
            for side in sample.sides:
                sample_picture(sample.name, side)
        for name in SHEETS:
            sheet_picture(name, next_year())
        for code in FONTS:
            face_picture(code)
        self.stdout.write(
            f"{len(SAMPLES)} sample cards, {len(SHEETS)} calendar sheets and {len(FONTS)} font names are drawn."
        )
