import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from designs.console.provider_panel import providers
from designs.making import breaker
from designs.models import ModelChoice, ModelHealth, ProviderModel

pytestmark = pytest.mark.django_db


@pytest.fixture
def ops(client):
    client.force_login(User.objects.create_superuser("ops@example.com", "x"))
    return client


@pytest.fixture
def rows(db):
    call_command("loaddata", "providers", verbosity=0)
    breaker.went_well(1, took_ms=450, at=timezone.now())
    breaker.went_wrong(3, "auth", at=timezone.now())


@pytest.mark.parametrize("model", [ProviderModel, ModelChoice, ModelHealth])
def test_every_list_and_page_opens(ops, rows, model):
    place = f"admin:designs_{model._meta.model_name}"

    assert ops.get(reverse(f"{place}_changelist")).status_code == 200
    assert ops.get(reverse(f"{place}_change", args=[model.objects.first().pk])).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("model", "queries"), [(ProviderModel, 6), (ModelChoice, 7), (ModelHealth, 6)])
def test_lists_cost_the_same_with_more_rows(ops, rows, model, queries, count, django_assert_max_num_queries):
    for pk in (5, 6):
        breaker.went_well(pk, took_ms=1, at=timezone.now())
    keep = model.objects.order_by("pk").values_list("pk", flat=True)[:count]
    model.objects.exclude(pk__in=list(keep)).delete()

    with django_assert_max_num_queries(queries):
        ops.get(reverse(f"admin:designs_{model._meta.model_name}_changelist"))


def test_a_price_nobody_can_read_is_refused_beside_its_field(ops, rows):
    row = ProviderModel.objects.get(pk=1)
    form = {"provider": "openai", "model_id": row.model_id, "tier": "draft", "purpose": "image", "price": '{"pic": 1}',
            "limits": "{}", "shape": "{}", "options": "{}", "active": "on"}  # fmt: skip
    answer = ops.post(reverse("admin:designs_providermodel_change", args=[1]), form)

    assert "There is no price named pic." in answer.content.decode()
    row.refresh_from_db()
    assert "tokens" in row.price


@pytest.mark.parametrize("count", [1, 3])
def test_the_panel_shows_who_works_and_who_rests(rows, count, django_assert_num_queries):
    for pk in range(5, 5 + count):
        breaker.went_well(pk, took_ms=1, at=timezone.now())
    with django_assert_num_queries(3):
        facts = providers(timezone.now())

    shown = {model["row"].pk: (model["state"], model["errors"], model["last_error"]) for model in facts["models"]}
    assert (shown[1], shown[3]) == (("works", 0, ""), ("resting", 10, "auth"))


def test_the_start_page_has_the_panel(ops, rows):
    assert "Picture and text services" in ops.get("/admin/").content.decode()
