from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from cardmaker.core import views
from cardmaker.core.models import Beat


def test_healthz_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readyz_tells_what_stands(client, db):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "database": True,
        "migrated": True,
        "worker": False,
        "oldest_job_s": {"fast": 0, "slow": 0},
    }


def test_readyz_loads_the_migrations_once(client, db, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(3):
        assert client.get("/readyz").json()["migrated"] is True


def test_readyz_looks_again_until_every_migration_is_applied(client, db, monkeypatch):
    monkeypatch.setattr(views, "_all_applied", False)
    ((app, newest),) = MigrationLoader(connection).graph.leaf_nodes("core")
    MigrationRecorder(connection).record_unapplied(app, newest)
    before = client.get("/readyz")
    MigrationRecorder(connection).record_applied(app, newest)
    after = client.get("/readyz")

    assert [(answer.status_code, answer.json()["migrated"]) for answer in (before, after)] == [
        (503, False),
        (200, True),
    ]


@pytest.mark.parametrize(("age_s", "worker"), [(5, True), (31, False)])
def test_readyz_knows_a_worker_by_its_beat(client, db, age_s, worker):
    at = timezone.now() - timedelta(seconds=age_s)
    Beat.objects.create(supervisor="s", started_at=at, beat_at=at)

    assert client.get("/readyz").json()["worker"] is worker


def test_a_page_that_lost_its_token_says_what_to_do(rf, db):
    answer = views.csrf_failure(rf.post("/api/v1/designs/"))

    assert (answer.status_code, b'"csrf"' in answer.content) == (403, True)


def test_the_sandbox_has_its_own_address(client, settings):
    answer = client.get("/sandbox/state/")

    assert (answer.status_code, answer["Location"]) == (302, settings.SANDBOX_URL + "/sandbox/state/")
