import pytest
from django.utils import timezone

from accounts.models import AccessToken, Account, Shop
from designs.models import Run
from designs.tests.factories import DesignFactory, RunFactory, ShopFactory, bearer

pytestmark = pytest.mark.usefixtures("shelf")


def test_an_unchanged_run_costs_one_query(client, django_assert_num_queries):
    run = RunFactory()
    headers = bearer(run.design)
    etag = client.get(f"/api/v1/runs/{run.pk}/", headers=headers).headers["ETag"]

    with django_assert_num_queries(1):
        answer = client.get(f"/api/v1/runs/{run.pk}/", headers={**headers, "If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_changed_run_is_told(client):
    run = RunFactory()
    headers = bearer(run.design)
    etag = client.get(f"/api/v1/runs/{run.pk}/", headers=headers).headers["ETag"]
    run.move(Run.State.RUNNING, at=timezone.now())
    answer = client.get(f"/api/v1/runs/{run.pk}/", headers={**headers, "If-None-Match": etag})

    assert (answer.status_code, answer.json()["state"], answer.json()["version"]) == (200, "running", 2)


def test_a_revoked_token_opens_nothing(client):
    run = RunFactory()
    headers = bearer(run.design)
    AccessToken.objects.all().revoke(at=timezone.now())

    assert client.get(f"/api/v1/runs/{run.pk}/", headers=headers).status_code in (401, 404)


@pytest.mark.parametrize("fate", ["merged_into", "erased_at"])
def test_the_token_of_an_account_that_is_no_more_opens_nothing(client, fate):
    run = RunFactory()
    headers = bearer(run.design)
    end = Account.objects.create(kind="person") if fate == "merged_into" else timezone.now()
    Account.objects.filter(pk=run.account_id).update(**{fate: end})

    assert client.get(f"/api/v1/runs/{run.pk}/", headers=headers).status_code in (401, 404)


def test_a_shop_that_was_closed_is_told_nothing(client):
    run = RunFactory()
    headers = bearer(run.design)
    Shop.objects.filter(pk=run.shop_id).update(active=False)

    assert client.get(f"/api/v1/runs/{run.pk}/", headers=headers).status_code in (401, 404)


def test_an_altered_token_is_refused_in_the_error_shape(client):
    answer = client.get(f"/api/v1/runs/{RunFactory().pk}/", headers={"Authorization": "Bearer nonsense"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_authenticated")


def test_a_token_of_another_shop_does_not_see_the_run(client):
    run = RunFactory()
    other = DesignFactory(account=run.account, shop=ShopFactory())

    assert client.get(f"/api/v1/runs/{run.pk}/", headers=bearer(other)).status_code == 404


def test_a_guest_is_known_by_the_session(client, django_assert_num_queries):
    run = RunFactory()
    session = client.session
    session["guest_account"] = str(run.account_id)
    session.save()
    etag = client.get(f"/api/v1/runs/{run.pk}/").headers["ETag"]

    with django_assert_num_queries(2):
        assert client.get(f"/api/v1/runs/{run.pk}/", headers={"If-None-Match": etag}).status_code == 304


def test_nobody_sees_the_run_of_a_deleted_design(client):
    run = RunFactory()
    headers = bearer(run.design)
    run.design.touch(at=timezone.now(), deleted_at=timezone.now())

    assert client.get(f"/api/v1/runs/{run.pk}/", headers=headers).status_code == 404
