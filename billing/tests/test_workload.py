from datetime import timedelta

import pytest

from billing.models import Guardrails
from billing.quota import QuotaSpent, account_subject, used
from billing.tests.conftest import NOON
from billing.workload import take_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("work", "field", "resets_at"),
    [
        ("design", "designs_per_day", "2026-11-22T00:00:00+00:00"),
        ("proof", "proofs_per_day", "2026-11-22T00:00:00+00:00"),
        ("preview", "previews_per_hour", "2026-11-21T13:00:00+00:00"),
    ],
)
def test_work_is_taken_on_up_to_the_limit_that_ops_set(person, work, field, resets_at):
    Guardrails.objects.create(**{field: 2})
    take_on(work, person.pk, amount=2, at=NOON)

    with pytest.raises(QuotaSpent) as refused:
        take_on(work, person.pk, at=NOON)

    assert refused.value.details == {"action": work, "limit": 2, "resets_at": resets_at}
    take_on(work, person.pk, at=NOON + timedelta(days=1))


def test_a_limit_left_empty_only_counts(person):
    Guardrails.objects.create(designs_per_day=None)
    take_on("design", person.pk, amount=1_000, at=NOON)

    assert used(account_subject(person.pk), "design", "day", at=NOON) == 1_000


def test_the_limits_have_sensible_defaults(db):
    limits = Guardrails.current()

    assert (limits.designs_per_day, limits.proofs_per_day, limits.previews_per_hour) == (60, 60, 600)
