import csv
import io
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from billing import appendonly
from billing.ledgercheck import check
from billing.models import Budget, Hold, LedgerEntry

pytestmark = pytest.mark.django_db

REFUSED = "append-only"


@pytest.fixture
def entry(hold, pay):
    hold()
    return pay()


@pytest.mark.parametrize("change", [{"amount_micros": 1}, {"key": "other"}, {"account_id": uuid4(), "provider": "x"}])
def test_the_database_refuses_to_change_a_line(entry, change):
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        LedgerEntry.objects.update(**change)

    assert LedgerEntry.objects.get().amount_micros == 150


def test_the_database_refuses_to_delete_a_line(entry):
    if connection.vendor == "sqlite":  # left out of test databases, which are emptied by DELETE
        connection.cursor().execute(appendonly.SQLITE_DELETE)

    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        LedgerEntry.objects.all().delete()
    assert LedgerEntry.objects.count() == 1


def test_a_pseudonym_is_the_one_change_allowed(entry):
    pseudonym = uuid4()

    LedgerEntry.objects.update(account_id=pseudonym)

    assert LedgerEntry.objects.get().account_id == pseudonym


def test_saving_a_line_again_is_a_mistake(entry):
    with pytest.raises(TypeError, match="corrects it"):
        entry.save()


def test_ledger_holds_and_budgets_agree(entry, capsys):
    call_command("check_ledger")

    assert capsys.readouterr().out == "Ledger, holds and budgets agree.\n"


@pytest.mark.parametrize(
    ("model", "change", "says"),
    [
        (Budget, {"spent_micros": 149}, "spent 149, its holds 150"),
        (Budget, {"reserved_micros": 0}, "reserved 0, its holds 400"),
        (Hold, {"open_micros": 1}, "open 1, by its moves 400"),
        (Hold, {"spent_micros": 1}, "spent 1, its lines 150"),
        (Hold, {"state": "settled"}, "settled with 400 open"),
        (Budget, {"overrun": True}, "overrun True"),
        (Budget, {"ceiling_micros": 9_999}, "ceiling 9999"),
    ],
)
def test_a_micro_dollar_in_the_wrong_place_is_found(entry, model, change, says):
    model.objects.filter(pk=model.objects.order_by("pk").first().pk).update(**change)

    assert any(says in sentence for sentence in check())
    with pytest.raises(CommandError, match="disagreements"):
        call_command("check_ledger", stderr=io.StringIO())


def test_a_line_without_its_move_is_found(entry):
    fields = {"meter": "ai", "kind": "charge", "provider": "sketch", "amount_micros": 5, "at": entry.at}
    LedgerEntry.objects.create(
        key="stray", hold=entry.hold, account_id=entry.account_id, shop_id=entry.shop_id, **fields
    )

    assert check() == [
        "hold run:1: spent 150, its lines 155; open 400, by its moves 400",
        "ai: lines of 155, budgets a month of 150",
    ]


def test_a_line_of_no_hold_is_found(entry):
    fields = {"meter": "ai", "kind": "charge", "provider": "sketch", "amount_micros": 0, "at": entry.at}
    LedgerEntry.objects.create(key="stray", account_id=entry.account_id, shop_id=entry.shop_id, **fields)

    assert check() == ["line stray: it belongs to no hold"]


def test_the_ledger_is_exported_as_csv(entry, capsys):
    call_command("export_ledger", "--from", "2026-11-21", "--to", "2026-11-22")

    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(line["key"], line["amount_micros"], line["at"]) for line in lines] == [
        ("call:1", "150", "2026-11-21T12:00:00+00:00")
    ]


@pytest.mark.parametrize("dates", [("2026-11-20", "2026-11-21"), ("2026-11-22", "2026-11-23")])
def test_other_days_are_not_exported(entry, capsys, dates):
    call_command("export_ledger", "--from", dates[0], "--to", dates[1])

    assert capsys.readouterr().out.count("\n") == 1


def test_text_that_a_spreadsheet_would_run_is_quoted(hold, shop, person, capsys):
    from billing.budget import settle
    from billing.tests.conftest import NOON
    from billing.tests.spending import Spend

    hold()
    settle("run:1", key="call:1", share_micros=1, spend=Spend("=cmd()", "m", 1, "", 1), at=NOON)
    call_command("export_ledger")

    assert ",'=cmd()," in capsys.readouterr().out
