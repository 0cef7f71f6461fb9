"""`manage.py draw_samples`: draw the landing page's samples now, so that no visitor waits for them."""

from typing import Any

from django.core.management.base import BaseCommand

from designs.fonts import FONTS
from designs.models import StyleTemplate
from designs.studio.calendar_samples import SHEETS
from designs.studio.sample_files import face_picture, next_year, sample_picture, sheet_picture, style_picture
from designs.studio.samples import SAMPLES


class Command(BaseCommand):
    help = "Draw the samples of cards, styles, calendars and fonts. Safe to repeat: what is there is kept."

    def handle(self, **options: Any) -> None:
        for sample in SAMPLES.values():
            for side in sample.sides:
                sample_picture(sample.name, side)
        styles = StyleTemplate.objects.on_offer()
        for style in styles:
            style_picture(style)
        for name in SHEETS:
            sheet_picture(name, next_year())
        for code in FONTS:
            face_picture(code)
        self.stdout.write(
            f"{len(SAMPLES)} sample cards, {len(styles)} styles, {len(SHEETS)} calendar sheets and {len(FONTS)} font "
            "names are drawn."
        )
