import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, BetaEntry, Shop, User
from accounts.tests.conftest import NOON
from billing.budget import reserve, settle
from billing.models import Budget, Guardrails, LedgerEntry
from billing.tests.spending import spend

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


def guardrails_form(**changes):
    limits = Guardrails.current()
    fields = {field.name: getattr(limits, field.name) for field in limits._meta.fields if field.editable}
    fields |= {"alert_percents": str(limits.alert_percents)} | changes
    return {name: value for name, value in fields.items() if value not in (None, False)}


def test_a_changed_cap_acts_on_the_running_period_and_stands_in_the_history(admin_client, spent):
    Guardrails.current()
    url = reverse("admin:billing_guardrails_change", args=[1])

    answer = admin_client.post(url, guardrails_form(ai_cap_month_micros=2_000, paid_calls_stopped="on"))

    assert answer.status_code == 302, answer.context["errors"]
    row = Budget.objects.get(scope="platform", starts_on=timezone.now().date().replace(day=1))
    assert (row.cap_micros, row.ceiling_micros, row.overrun) == (2_000, 2_700, True)
    assert Guardrails.current().paid_calls_stopped is True
    entry = LogEntry.objects.get()
    assert entry.change_message == "paid_calls_stopped: False → True; ai_cap_month_micros: 200000000 → 2000"


@pytest.mark.parametrize(
    "wrong", [{"ai_cap_month_micros": -1}, {"alert_percents": "[95, 70]"}, {"alert_percents": "7"}]
)
def test_impossible_limits_are_refused(admin_client, wrong):
    answer = admin_client.post(reverse("admin:billing_guardrails_change", args=[1]), guardrails_form(**wrong))

    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == list(wrong)
    assert LogEntry.objects.count() == 0


def test_the_list_of_guardrails_is_the_one_row(admin_client):
    answer = admin_client.get(reverse("admin:billing_guardrails_changelist"))

    assert answer.url == reverse("admin:billing_guardrails_change", args=[1])


def test_ops_list_somebody_for_the_beta_in_one_spelling(admin_client):
    body = {"kind": "email", "value": " Grace@Example.com ", "note": ""}
    admin_client.post(reverse("admin:accounts_betaentry_add"), body)
    answer = admin_client.post(reverse("admin:accounts_betaentry_add"), {"kind": "network", "value": "10.0.0.999"})

    assert list(BetaEntry.objects.values_list("value", flat=True)) == ["grace@example.com"]
    assert "not a network" in answer.content.decode()


def test_a_shops_token_is_never_shown(admin_client, house):
    page = admin_client.get(reverse("admin:accounts_shop_change", args=[house.pk])).content.decode()

    assert house.access_token not in page
    assert Shop.objects.get().access_token == house.access_token


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
