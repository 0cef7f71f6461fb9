import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts.models import User
from designs.making.generation import start_run
from designs.models import Call, Design, Format, Image, PrintSpec, Proof, Run, StyleTemplate
from designs.tests.factories import NOON, CallFactory, DesignFactory, ImageFactory, ready_proof

pytestmark = pytest.mark.usefixtures("shelf")


@pytest.fixture
def ops(client):
    client.force_login(User.objects.create_superuser("ops@example.com", "x"))
    return client


def address(model, page="changelist", *args):
    return reverse(f"admin:designs_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", [Call, Design, Format, Image, PrintSpec, Proof, Run, StyleTemplate])
def test_every_list_and_page_opens(ops, model):
    ready_proof()
    CallFactory()
    row = model.objects.first()

    assert ops.get(address(model)).status_code == 200
    assert ops.get(address(model, "change", row.pk)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("model", [Call, Design, Image, Proof, Run])
def test_lists_cost_the_same_with_more_rows(ops, model, count, django_assert_max_num_queries):
    for _ in range(count):
        design = ready_proof().design if model is Proof else DesignFactory()
        ImageFactory(design=design)
        CallFactory(run__design=design)

    with django_assert_max_num_queries(11):
        ops.get(address(model))


def test_ops_cancel_a_run_and_see_who_refuses(ops, fake):
    run = start_run(DesignFactory(), stage="candidate", positions=["front"], at=NOON)
    asked = {"action": "cancel_runs", "_selected_action": [str(run.pk)]}
    ops.post(address(Run), asked)
    run.refresh_from_db()

    assert run.state == "cancelled"
    answer = ops.post(address(Run), {**asked, "action": "resume_runs"}, follow=True)
    assert "This run is cancelled: it cannot become queued." in answer.content.decode()


def test_ops_decide_on_calls_and_see_which_cannot_be_decided_on(ops, fake):
    run = start_run(DesignFactory(), stage="candidate", positions=["front"], at=NOON)
    Call.objects.update(outcome="unknown", sent_at=NOON)
    CallFactory(run=run, number=9)
    asked = {"action": "call_was_made", "_selected_action": list(Call.objects.values_list("pk", flat=True))}
    page = ops.post(address(Call), asked, follow=True).content.decode()

    assert "Settled 1 of 2 calls." in page
    assert "Only a call whose outcome is not known can be decided on." in page
    assert list(Call.objects.order_by("number").values_list("outcome", "actual_micros")) == [
        ("failed", 8_000), ("planned", 0),
    ]  # fmt: skip
    assert LogEntry.objects.get().change_message == "Settled."


def test_nothing_that_people_made_can_be_edited_or_deleted(ops):
    design = DesignFactory()

    assert ops.post(address(Design, "delete", design.pk), {"post": "yes"}).status_code == 403
    assert ops.post(address(Design, "change", design.pk), {"state": "ordered"}).status_code == 403
    assert ops.post(address(Format, "delete", "card-5x7-flat"), {"post": "yes"}).status_code == 403
