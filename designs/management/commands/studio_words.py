"""manage.py studio_words: write the table of what the studio says, after a message was added or changed."""

from typing import Any

from django.core.management.base import BaseCommand

from designs import studio_words


class Command(BaseCommand):
    help = "Write static/studio/words.json anew from the studio's sources."

    def handle(self, *args: Any, **options: Any) -> None:
        studio_words.TABLE.write_text(studio_words.table(), encoding="utf-8")
        self.stdout.write(f"{len(studio_words.messages())} messages")
