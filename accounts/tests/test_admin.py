from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, BetaEntry, ShopToken, User
from accounts.tests.conftest import NOON
from billing.budget import reserve, settle
from billing.models import Budget, LedgerEntry
from billing.tests.spending import spend
from cardmaker.core.models import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_billing")]
MODELS = {
    "accounts": ["user", "account", "shop", "accesstoken", "betaentry"],
    "billing": ["rung", "budget", "hold", "ledgerentry", "alertsent", "quota", "price"],
}
PAGES = [f"admin:{app}_{model}" for app, models in MODELS.items() for model in models]


@pytest.fixture
def spent(house, guest):
    """Three holds with their lines."""
    for number in range(3):
        key = f"run:{number}"
        reserve(key=key, meter="ai", amount_micros=1_000, account_id=guest.pk, shop_id=house.pk, at=timezone.now())
        settle(key, key=f"{key}:1", share_micros=1_000, spend=spend(900), at=NOON)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", ["", "?q=abc"])
def test_every_list_opens_and_can_be_searched(admin_client, spent, page, query):
    assert admin_client.get(reverse(f"{page}_changelist") + query).status_code == 200


@pytest.mark.parametrize("model", ["budget", "hold", "ledgerentry"])
def test_money_rows_are_looked_at_and_not_touched(admin_client, spent, model):
    row = {"budget": Budget, "hold": Budget.holds.rel.related_model, "ledgerentry": LedgerEntry}[model].objects.first()
    change = reverse(f"admin:billing_{model}_change", args=[row.pk])

    assert admin_client.get(change).status_code == 200
    assert admin_client.post(change, {"amount_micros": 1}).status_code == 403
    assert (
        admin_client.post(reverse(f"admin:billing_{model}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    )
    assert admin_client.get(reverse(f"admin:billing_{model}_add")).status_code == 403


def test_the_ledger_goes_home_as_csv(admin_client, spent):
    body = {"action": "export_csv", "_selected_action": LedgerEntry.objects.values_list("pk", flat=True)}

    answer = admin_client.post(reverse("admin:billing_ledgerentry_changelist"), body)

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert (answer.headers["Content-Type"], len(lines), lines[0][:10]) == ("text/csv", 4, "id,at,key,")


def test_the_list_of_guardrails_is_the_one_row(admin_client):
    answer = admin_client.get(reverse("admin:billing_guardrails_changelist"))

    assert answer.url == reverse("admin:billing_guardrails_change", args=[1])


def test_ops_list_somebody_for_the_beta_in_one_spelling(admin_client):
    body = {"kind": "email", "value": " Grace@Example.com ", "note": ""}
    admin_client.post(reverse("admin:accounts_betaentry_add"), body)
    answer = admin_client.post(reverse("admin:accounts_betaentry_add"), {"kind": "network", "value": "10.0.0.999"})

    assert list(BetaEntry.objects.values_list("value", flat=True)) == ["grace@example.com"]
    assert list(Change.objects.filter(field="value").values_list("by", "new")) == [
        ("admin@example.com", "g…@example.com")
    ]
    assert "not a network" in answer.content.decode()


def test_a_shops_token_is_never_shown(admin_client, house):
    soon = house.created_at + timedelta(hours=1)
    kept = {"access_token": "shpat_secret", "refresh_token": "shprt_secret", "renewed_at": house.created_at}
    ShopToken.objects.create(shop=house, expires_at=soon, refresh_expires_at=soon, **kept)

    page = admin_client.get(reverse("admin:accounts_shop_change", args=[house.pk])).content.decode()

    assert "_secret" not in page


def test_a_change_of_a_shop_leaves_its_old_and_new_values(admin_client, house):
    form = {"name": house.name, "currency": "USD", "zone": "UTC", "country": "US", "strategy": house.strategy}
    form |= {"formats_off": "[]", "allowed_origins": "[]", "active": "on"}
    address = reverse("admin:accounts_shop_change", args=[house.pk])

    refused = admin_client.post(address, form | {"own_brands": '["x"]'})
    admin_client.post(address, form | {"own_brands": '["Meadow & Moor"]'})

    assert "names of 2 to 60 characters" in refused.content.decode()
    house.refresh_from_db()
    assert house.own_brands == ["Meadow & Moor"]
    assert list(Change.objects.values_list("by", "subject", "field", "old", "new")) == [
        ("admin@example.com", "shop house", "own_brands", "[]", "['Meadow & Moor']")
    ]


def test_erasing_from_the_console_is_written_down(admin_client, person):
    body = {"action": "erase", "_selected_action": [person.pk]}
    admin_client.post(reverse("admin:accounts_account_changelist"), body)

    person.refresh_from_db()
    assert (person.erased_at is None, LogEntry.objects.get().change_message) == (False, "Erased.")
    assert not User.objects.filter(email="ada@example.com").exists()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("model", ["account", "ledgerentry", "budget", "hold"])
def test_lists_cost_the_same_for_one_row_and_three(
    admin_client, house, guest, count, model, django_assert_max_num_queries
):
    for number in range(count):
        account = Account.objects.create()
        key = f"run:{number}"
        reserve(key=key, meter="ai", amount_micros=10, account_id=account.pk, shop_id=house.pk, at=NOON)
        settle(key, key=f"{key}:1", share_micros=10, spend=spend(9), at=NOON)
    app = "accounts" if model == "account" else "billing"

    with django_assert_max_num_queries(8):
        admin_client.get(reverse(f"admin:{app}_{model}_changelist"))


def test_the_ledgers_totals_are_those_of_what_the_filters_leave(admin_client, spent, house, guest):
    reserve(key="print:1", meter="print", amount_micros=5_000, account_id=guest.pk, shop_id=house.pk, at=timezone.now())
    settle("print:1", key="print:1:charge", share_micros=5_000, spend=spend(4_321), at=timezone.now())
    url = reverse("admin:billing_ledgerentry_changelist")

    def told(query):
        context = admin_client.get(url + query).context
        return [(row["meter"], row["amount"], row["lines"]) for row in context["totals"]]

    assert told("") == [("ai", "$0.0027", None), ("print", "$0.004321", None)]
    assert told("?meter=ai") == [("ai", "$0.0027", 3)]
    assert told("?q=run:1:1") == [("ai", "$0.0009", 1)]
    assert told("?meter=ai&kind=refund") == []


def test_every_budget_leads_to_its_lines_and_they_agree_to_the_micro_dollar(admin_client, spent):
    url = reverse("admin:billing_ledgerentry_changelist")
    for row in Budget.objects.all():
        answer = admin_client.get(f"{url}?hold__budgets__id__exact={row.pk}")
        assert (answer.context["budget"]["spent"], answer.context["budget"]["agrees"]) == ("$0.0027", True)
    page = admin_client.get(reverse("admin:billing_budget_changelist")).content.decode()
    assert f"?hold__budgets__id__exact={row.pk}" in page

    Budget.objects.filter(pk=row.pk).update(spent_micros=1)
    assert "run check_ledger" in admin_client.get(f"{url}?hold__budgets__id__exact={row.pk}").content.decode()
