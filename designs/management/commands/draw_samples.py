"""`manage.py draw_samples`: draw the landing page's sample cards now, so that no visitor waits for them."""

from typing import Any

from django.core.management.base import BaseCommand

from designs.fonts import FONTS
from designs.sample_files import face_picture, sample_picture
from designs.samples import SAMPLES


class Command(BaseCommand):
    help = "Draw the sample cards and the names of the fonts. Safe to repeat: what is there is kept."

    def handle(self, **options: Any) -> None:
        for sample in SAMPLES.values():
            for side in sample.sides:
                sample_picture(sample.name, side)
        for code in FONTS:
            face_picture(code)
        self.stdout.write(f"{len(SAMPLES)} sample cards and {len(FONTS)} font names are drawn.")
