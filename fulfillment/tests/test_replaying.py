"""The time machine on a month of rows, and that it leaves every one of them as it was."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from billing.budget import Spend, reserve, settle
from billing.models import Guardrails, Rung
from designs.models import Run
from designs.tests.factories import DesignFactory, load_reference_rows
from fulfillment.models import PrintJob
from fulfillment.printing import following
from fulfillment.replaying import _only_reading
from fulfillment.tests.factories import NOON, a_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def month():
    """Six runs of ten pictures for 100 each, which cost 80, and one order."""
    world = a_world()
    load_reference_rows()
    Rung.objects.create(percent=0, candidates=30, finals=9)
    for number in range(6):
        at = NOON + timedelta(minutes=number)
        run = Run.objects.create(
            design=DesignFactory(), account=world.account, shop=world.proof.shop, stage="candidate",
            positions=["front"], count=10, hold_key=f"run:{number}",
        )  # fmt: skip
        Run.objects.filter(pk=run.pk).update(created_at=at)
        who = {"account_id": world.account.pk, "shop_id": world.proof.shop_id}
        reserve(key=run.hold_key, meter="ai", amount_micros=100, at=at, **who)
        spend = Spend("fake", "m", 10, "r", 80)
        settle(run.hold_key, key=f"call:{number}", share_micros=100, spend=spend, at=at + timedelta(seconds=5))
    job = world.print_job()
    following.charge(job, at=NOON)
    PrintJob.objects.filter(pk=job.pk).update(created_at=NOON)
    return job


def replayed(tmp_path, capsys, changes, *options):
    path = tmp_path / "rungs.json"
    path.write_text(changes if isinstance(changes, str) else json.dumps(changes))
    call_command("replay_guardrails", "--from", "2026-11-01", "--to", "2026-12-01", "--rungs", str(path), *options)
    return capsys.readouterr().out


def digest_of_everything():
    """Every row of every table."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        rows = sorted(map(repr, model._base_manager.values_list()))
        found[model._meta.label] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def test_under_the_same_limits_it_comes_out_as_it_happened_and_changes_nothing(month, tmp_path, capsys):
    before = digest_of_everything()

    figures = json.loads(replayed(tmp_path, capsys, {}, "--json"))

    assert digest_of_everything() == before
    cost = figures["happened"]["spent_micros"]["print"]
    assert cost == month.cost_minor * 10_000
    assert figures["happened"] == {
        "served": {"ai": 6, "print": 1},
        "spent_micros": {"ai": 480, "print": cost},
        "orders": 1,
    }
    assert {name: figures["replayed"][name] for name in ("served", "spent_micros", "orders", "refused")} == {
        "served": {"ai": 6, "print": 1},
        "spent_micros": {"ai": 480, "print": cost},
        "orders": 1,
        "refused": {},
    }


def test_changed_caps_and_rungs_say_what_would_have_been(month, tmp_path, capsys):
    changes = {
        "guardrails": {"ai_cap_month_micros": 250, "print_cap_day_micros": 1},
        "rungs": [{"kind": "", "percent": 0, "candidates": 5, "finals": 4}],
    }

    figures = json.loads(replayed(tmp_path, capsys, changes, "--json"))["replayed"]

    assert figures["served"] == {"ai": 6, "print": 0}
    assert (figures["spent_micros"], figures["reduced"]["ai"]) == ({"ai": 240, "print": 0}, 6)
    assert (figures["orders"], figures["orders_refused"]) == (0, 1)
    assert figures["refused"] == {"print": {"platform day": 1}}
    assert Guardrails.current().ai_cap_month_micros == 200_000_000


def test_a_fixture_is_a_file_of_limits_too_and_people_get_a_table(month, tmp_path, capsys):
    fixture = [
        {"model": "billing.guardrails", "pk": 1, "fields": {"ai_cap_month_micros": 0, "updated_at": "2026-01-01"}},
        {"model": "billing.rung", "pk": 1, "fields": {"kind": "", "percent": 0, "candidates": 30, "finals": 9}},
    ]

    table = replayed(tmp_path, capsys, fixture).splitlines()

    assert [line.split() for line in table if line.startswith(("ai: served", "orders  "))] == [
        ["ai:", "served", "6", "0"],
        ["orders", "1", "1"],
    ]
    assert any("left no trace" in line for line in table)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ("{", "cannot be read"),
        ({"guardrail": {}}, "The file is"),
        ({"guardrails": {"ai_cap": 1}}, "has no ai_cap"),
        ({"guardrails": {"ai_cap_month_micros": -1}}, "greater than or equal to 0"),
        ({"rungs": [{"percent": 0}]}, "candidates"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_by_name(tmp_path, capsys, changes, says):
    with pytest.raises(CommandError, match=says):
        replayed(tmp_path, capsys, changes)


def test_the_database_itself_refuses_to_write_meanwhile(db):
    limits = Guardrails.current()

    with pytest.raises(DatabaseError), _only_reading():
        Guardrails.objects.filter(pk=limits.pk).update(orders_per_day=1)

    assert Guardrails.objects.update(orders_per_day=7) == 1
