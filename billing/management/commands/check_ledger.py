"""manage.py check_ledger: prove that ledger, holds and budgets agree."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from billing.ledgercheck import check


class Command(BaseCommand):
    help = "Compare ledger, holds and budgets. Exits with 1 when they disagree."

    def handle(self, *args: Any, **options: Any) -> None:
        disagreements = check()
        for sentence in disagreements:
            self.stderr.write(sentence)
        if disagreements:
            raise CommandError(f"{len(disagreements)} disagreements.")
        self.stdout.write("Ledger, holds and budgets agree.")
